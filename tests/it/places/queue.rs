//! Changes that wait on a machine until the engine answers.

use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::PathBuf;
use std::time::Duration;

use credctl::store::{
    Contact, EngineError, Error, KeyChange, QueueContact, QueueUse, Role, Scope, Store, Terms,
};
use credctl::vault::{self, MergeReport, OpenConflict};

use super::engine::{ADDRESS, Fault, Operator, Team};
use super::{add, ids};

/// A team whose vault has a login, which the first machine knows, and an engine that does not answer.
fn down() -> Team {
    let team = Team::with_vault();
    add(&team.machine("one"), "a").unwrap();
    team.fault(Fault::Down);
    team
}

fn up(team: &Team) {
    team.engine.0.borrow_mut().faults.clear();
}

/// The vault for a change, which is kept if the engine does not answer.
fn to_change<'a>(team: &'a Team, name: &str) -> Store<&'a Operator> {
    let mut store = team.queueing(name);
    store.contact(QueueUse::Change).unwrap();
    store
}

/// The vault as a machine reads it once the pause of a silent engine is over.
fn later<'a>(team: &'a Team, name: &str) -> Store<&'a Operator> {
    team.machine_at(name, 60, Contact::Usual(Duration::from_millis(300)))
}

/// The ids that a machine reads, after its contact with the engine.
fn read(team: &Team, name: &str) -> Vec<String> {
    let mut store = later(team, name);
    store.contact(QueueUse::Read).unwrap();
    ids(&store)
}

/// The merge of a queue, which must be stored now.
fn stored(team: &Team, name: &str) -> MergeReport {
    match later(team, name).contact(QueueUse::Read).unwrap() {
        QueueContact::Stored(stored) => stored.outcome.answer,
        QueueContact::Direct => panic!("nothing is queued"),
        QueueContact::Queue { copy, .. } => panic!("no answer: {copy:?}"),
        QueueContact::Kept(error) => panic!("{error}"),
    }
}

fn is_pending(team: &Team, name: &str) -> bool {
    let store = team.machine(name);
    store.terms().copy(store.path()).unwrap().queue().is_pending()
}

fn queue_files(team: &Team, name: &str) -> [PathBuf; 2] {
    let store = team.machine(name);
    let queue = store.terms().copy(store.path()).unwrap().queue();
    [queue.path(), queue.base()]
}

fn set_password(store: &Store<&Operator>, id: &str, password: &str) -> Result<(), Error> {
    store.change(|vault| vault.set_password(id, false, None, &password.into(), None)).map(drop)
}

#[test]
fn a_change_waits_until_the_engine_answers() {
    let team = down();
    let copy = fs::read(team.state("one").with_file_name("copy.age")).unwrap();
    add(&to_change(&team, "one"), "b").unwrap();
    assert!(team.heard().contains(&format!("queued: {ADDRESS}")));
    for path in queue_files(&team, "one") {
        assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600, "{path:?}");
    }
    // the base is the copy, and the copy stays
    assert_eq!(fs::read(&queue_files(&team, "one")[1]).unwrap(), copy);
    assert_eq!(fs::read(team.state("one").with_file_name("copy.age")).unwrap(), copy);
    let mut store = team.machine("one");
    let contact = store.contact(QueueUse::Read).unwrap();
    assert!(matches!(contact, QueueContact::Queue { since: Some(_), copy } if copy.reason.is_some()));
    assert_eq!(ids(&store), ["a", "b"]);
    // who does not ask for it changes nothing
    let refused = team.machine("one").contact(QueueUse::Change).err();
    assert!(matches!(refused, Some(Error::Engine(EngineError::Unreachable { .. }))));
    let offline = team.machine_at("one", 0, Contact::Offline).contact(QueueUse::Change).err();
    assert!(matches!(offline, Some(Error::Engine(EngineError::Offline { .. }))));
    up(&team);
    let version = team.engine.0.borrow().version;
    let report = stored(&team, "one");
    assert_eq!((report.taken, report.conflicts.len()), (vec!["b".to_owned()], 0));
    assert_eq!(team.engine.0.borrow().version, version + 1);
    assert!(!is_pending(&team, "one"));
    let files = team.files("one");
    assert!(!files.iter().any(|name| name == "queued.age" || name == "base.age" || name == "queued.age.bak"));
    assert_eq!(read(&team, "two"), ["a", "b"]);
    assert_eq!(read(&team, "one"), ["a", "b"]);
    assert_eq!(team.engine.0.borrow().version, version + 1);
}

#[test]
fn changes_gather_in_one_queue() {
    let team = down();
    for id in ["b", "c", "d"] {
        add(&to_change(&team, "one"), id).unwrap();
    }
    assert_eq!(read(&team, "one"), ["a", "b", "c", "d"]);
    let store = team.machine("one");
    let queue = store.terms().copy(store.path()).unwrap().queue();
    let (_, key) = store.read_with_key().unwrap();
    assert_eq!(queue.generations(&key), Some(3));
    up(&team);
    // a change stores them first, and is no part of the queue
    let version = team.engine.0.borrow().version;
    let mut store = team.machine("one");
    assert!(matches!(store.contact(QueueUse::Change).unwrap(), QueueContact::Stored(_)));
    add(&store, "e").unwrap();
    assert_eq!(team.engine.0.borrow().version, version + 2);
    assert_eq!(read(&team, "two"), ["a", "b", "c", "d", "e"]);
    // a queue that is begun after that is another one
    team.fault(Fault::Down);
    add(&to_change(&team, "one"), "f").unwrap();
    up(&team);
    assert_eq!(stored(&team, "one").taken, ["f"]);
}

#[test]
fn an_engine_that_answers_gets_the_change_at_once() {
    let team = Team::with_vault();
    let mut store = team.queueing("one");
    assert!(matches!(store.contact(QueueUse::Change).unwrap(), QueueContact::Direct));
    add(&store, "a").unwrap();
    assert_eq!(read(&team, "two"), ["a"]);
    assert!(!team.files("one").iter().any(|name| name.starts_with("queued") || name.starts_with("base")));
    assert!(!team.heard().iter().any(|heard| heard.starts_with("queued")));
}

#[test]
fn what_both_sides_changed_is_merged() {
    let team = Team::with_vault();
    add(&team.machine("one"), "a").unwrap();
    add(&team.machine("one"), "b").unwrap();
    team.fault(Fault::Down);
    let queue = to_change(&team, "one");
    add(&queue, "mine").unwrap();
    set_password(&queue, "a", "from the queue").unwrap();
    up(&team);
    let two = team.machine("two");
    add(&two, "theirs").unwrap();
    set_password(&two, "b", "from the engine").unwrap();
    set_password(&two, "a", "from the engine, too").unwrap();
    let report = stored(&team, "one");
    let conflicts: Vec<_> = report.conflicts.iter().map(OpenConflict::name).collect();
    assert_eq!(conflicts.len(), 1, "{conflicts:?}");
    assert_eq!(read(&team, "two"), ["a", "b", "mine", "theirs"]);
    let mut vault = two.read().unwrap();
    assert_eq!(vault.residents::<OpenConflict>().unwrap().len(), 1);
    // the value of the engine stays until somebody decides
    for (id, password) in [("a", "from the engine, too"), ("b", "from the engine")] {
        let credential = vault.find(id).unwrap().unwrap();
        assert_eq!(credential.fields().get("password").unwrap().as_text().unwrap().expose(), password);
    }
    assert!(!is_pending(&team, "one"));
}

#[test]
fn a_kill_between_the_merge_and_its_end_counts_nothing_twice() {
    let team = down();
    add(&to_change(&team, "one"), "b").unwrap();
    let files = queue_files(&team, "one").map(|path| (fs::read(&path).unwrap(), path));
    up(&team);
    stored(&team, "one");
    let version = team.engine.0.borrow().version;
    for (bytes, path) in files {
        fs::write(path, bytes).unwrap();
    }
    // also after other changes
    add(&team.machine("two"), "c").unwrap();
    let report = stored(&team, "one");
    assert!(!report.is_changed && report.conflicts.is_empty(), "{report:?}");
    assert_eq!(team.engine.0.borrow().version, version + 1);
    assert_eq!(read(&team, "one"), ["a", "b", "c"]);
    assert!(!is_pending(&team, "one"));
}

#[test]
fn a_queue_that_is_deleted_gives_up_its_changes_alone() {
    let team = down();
    add(&to_change(&team, "one"), "b").unwrap();
    up(&team);
    fs::remove_file(&queue_files(&team, "one")[0]).unwrap();
    // this machine knows no later generation than the engine has
    assert_eq!(read(&team, "one"), ["a"]);
    add(&team.machine("one"), "c").unwrap();
    // what is left of it does no harm to the next queue
    team.fault(Fault::Down);
    add(&to_change(&team, "one"), "d").unwrap();
    up(&team);
    assert_eq!(stored(&team, "one").taken, ["d"]);
    assert_eq!(read(&team, "two"), ["a", "c", "d"]);
}

#[test]
fn a_change_that_comes_to_nothing_leaves_no_queue() {
    let team = down();
    assert!(matches!(add(&to_change(&team, "one"), "a"), Err(Error::Exists { .. })));
    to_change(&team, "one").change(|_| Ok(())).unwrap();
    assert!(!is_pending(&team, "one"));
    assert!(!team.files("one").iter().any(|name| name == "queued.age" || name == "base.age"));
    // nor does one that is tried
    let mut store = team.queueing("one");
    assert!(matches!(store.contact(QueueUse::Try).unwrap(), QueueContact::Direct));
    store
        .try_change(None, |vault| vault.add(super::kind_named("UsernamePassword"), super::login("b")))
        .unwrap();
    assert!(!is_pending(&team, "one"));
    // where there is no copy, there is nothing to change
    let none = add(&to_change(&team, "two"), "b");
    assert!(matches!(none, Err(Error::Engine(EngineError::NoCopy { .. } | EngineError::Unreachable { .. }))));
    // a trial sees what is queued, and asks nobody
    add(&to_change(&team, "one"), "b").unwrap();
    up(&team);
    let ranges = team.engine.0.borrow().ranges;
    let mut store = team.queueing("one");
    assert!(matches!(store.contact(QueueUse::Try).unwrap(), QueueContact::Queue { .. }));
    assert_eq!(ids(&store), ["a", "b"]);
    assert_eq!(team.engine.0.borrow().ranges, ranges);
    assert!(is_pending(&team, "one"));
}

#[test]
fn keys_and_other_files_are_not_changed_in_a_queue() {
    let team = down();
    add(&to_change(&team, "one"), "b").unwrap();
    let before = fs::read(&queue_files(&team, "one")[0]).unwrap();
    let store = to_change(&team, "one");
    let refused = |result: Option<Error>| {
        assert!(matches!(result, Some(Error::Engine(EngineError::NotQueued { .. }))), "{result:?}");
    };
    refused(store.undo().err());
    refused(store.try_undo().err());
    refused(store.merge(&queue_files(&team, "one")[1], None, false).err());
    refused(store.deploy(credctl::store::Bundles::default()).err());
    refused(store.change(|vault| vault.purge_versions(&["a".to_owned()])).err());
    refused(store.change(|vault| vault.remove_environment("prod")).err());
    let change = KeyChange::to_passphrase(team.lockset());
    refused(store.rekey(store.preview_of_keys().unwrap(), &change).err());
    refused(
        Store::new(ADDRESS, &team.operator, to_change(&team, "new").terms().clone())
            .create(&team.lockset())
            .err(),
    );
    let long = store.stage(&mut vec![7; 20_000].as_slice()).err();
    assert!(long.unwrap().to_string().contains("more than 16 KiB cannot be queued"));
    assert_eq!(fs::read(&queue_files(&team, "one")[0]).unwrap(), before);
}

#[test]
fn a_merge_that_is_refused_loses_nothing() {
    let team = Team::with_vault();
    let one = team.machine("one");
    add(&one, "a").unwrap();
    let yesterday = team.engine.0.borrow().object.clone().unwrap();
    add(&one, "b").unwrap();
    let today = team.engine.0.borrow().object.clone().unwrap();
    team.fault(Fault::Down);
    add(&to_change(&team, "one"), "c").unwrap();
    up(&team);
    // the engine has an older vault than this machine has seen
    team.engine.0.borrow_mut().put(yesterday);
    assert!(team.machine("one").contact(QueueUse::Change).is_err());
    let mut store = team.machine("one");
    let QueueContact::Kept(error) = store.contact(QueueUse::Read).unwrap() else { panic!("it is refused") };
    assert!(!store.uses_queue(), "{error}");
    assert!(is_pending(&team, "one"));
    // a reader stores nothing
    team.engine.0.borrow_mut().put(today);
    let scope = Scope { role: Role::Operator, ..Scope::default() };
    let terms = Terms { scope, ..team.machine("one").terms().clone() };
    let mut reader = Store::new(ADDRESS, &team.operator, terms);
    assert!(matches!(reader.contact(QueueUse::Read).unwrap(), QueueContact::Kept(Error::ReadOnly)));
    assert_eq!(ids(&reader), ["a", "b"]);
    // one of a project does: each change was checked when it was made
    let scope = Scope { project: "payments".to_owned(), ..Scope::default() };
    let terms = Terms { scope, ..team.machine("one").terms().clone() };
    let mut project = Store::new(ADDRESS, &team.operator, terms);
    assert!(matches!(project.contact(QueueUse::Read).unwrap(), QueueContact::Stored(_)));
    assert_eq!(read(&team, "two"), ["a", "b", "c"]);
}

#[test]
fn a_merge_is_made_once_more_if_another_machine_is_faster() {
    let team = down();
    add(&to_change(&team, "one"), "b").unwrap();
    up(&team);
    let before = team.engine.0.borrow().object.clone().unwrap();
    add(&team.machine("two"), "c").unwrap();
    let newer = team.engine.0.borrow().object.clone().unwrap();
    team.engine.0.borrow_mut().put(before);
    team.heard();
    team.fault(Fault::Overtaken(newer));
    stored(&team, "one");
    assert_eq!(team.heard(), ["again"]);
    assert_eq!(read(&team, "two"), ["a", "b", "c"]);
}

#[test]
fn a_queue_of_somebody_else_is_refused() {
    let team = down();
    add(&to_change(&team, "one"), "b").unwrap();
    let other = Team::with_vault();
    fs::write(&queue_files(&team, "one")[0], other.engine.0.borrow().object.clone().unwrap()).unwrap();
    let mut store = team.queueing("one");
    store.contact(QueueUse::Change).unwrap();
    assert!(store.read().is_err());
    // one that this key opens, and that is another vault
    let plain = queue_files(&team, "one")[0].with_file_name("foreign.age");
    let vault = Store::new(&plain, &team.operator, Terms::new(uuid::Uuid::nil(), store.terms().now));
    vault.create(&team.lockset()).unwrap();
    fs::copy(&plain, &queue_files(&team, "one")[0]).unwrap();
    let refused = store.read().err();
    assert!(matches!(refused, Some(Error::Vault(vault::Error::Distrust(_)))), "{refused:?}");
    assert!(matches!(add(&store, "c"), Err(Error::Vault(vault::Error::Distrust(_)))));
}

#[test]
fn a_fresh_read_needs_the_engine_whatever_is_queued() {
    let team = down();
    add(&to_change(&team, "one"), "b").unwrap();
    let fresh = || team.machine_at("one", 0, Contact::Fresh);
    assert!(matches!(
        fresh().contact(QueueUse::Read).err(),
        Some(Error::Engine(EngineError::Unreachable { .. }))
    ));
    // for a while, no read waits for the engine, and a change asks it all the same
    up(&team);
    let mut store = team.machine_at("one", 10, Contact::Usual(Duration::from_millis(300)));
    assert!(matches!(store.contact(QueueUse::Read).unwrap(), QueueContact::Queue { .. }));
    let mut store = team.machine_at("one", 10, Contact::Usual(Duration::from_millis(300)));
    assert!(matches!(store.contact(QueueUse::Change).unwrap(), QueueContact::Stored(_)));
    assert_eq!(ids(&store), ["a", "b"]);
    assert!(matches!(fresh().contact(QueueUse::Read).unwrap(), QueueContact::Direct));
}
