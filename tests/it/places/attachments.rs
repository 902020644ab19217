//! Attachments of vaults at addresses: each long content is an object of its own beside the vault.

use std::fs;

use credctl::disk::UploadError;
use credctl::store::{Contact, Error, QueueUse, Store};
use credctl::vault::AttachmentProblem;

use super::engine::{ADDRESS, Fault, Operator, Team};
use super::{add, reason};

const LONG: usize = 100_000;

fn attach(store: &Store<&Operator>, name: &str, byte: u8) -> Result<(), Error> {
    let content = store.stage(&mut vec![byte; LONG].as_slice())?;
    store.change(|vault| vault.attach("a", name, content, false, None)).map(drop)
}

/// Forgets the earlier versions of the login.
fn purge(store: &Store<&Operator>) {
    store.change(|vault| vault.purge_versions(&["a".to_owned()])).unwrap();
}

/// The number of blobs that the vault lists.
fn listed(store: &Store<&Operator>) -> usize {
    store.read().unwrap().listed_blobs().unwrap().len()
}

fn content(store: &Store<&Operator>, name: &str) -> Result<Vec<u8>, Error> {
    let credential = store.read()?.find("a")?.unwrap();
    let mut content = Vec::new();
    store.contents()?.open(credential.attachment(name).unwrap())?.pass(&mut content)?;
    Ok(content)
}

/// A team whose login has a long attachment, made by the first machine.
fn attached() -> Team {
    let team = Team::with_vault();
    add(&team.machine("one"), "a").unwrap();
    attach(&team.machine("one"), "key", 7).unwrap();
    team
}

fn blobs(team: &Team) -> usize {
    team.engine.0.borrow().blobs.len()
}

/// The numbers of whole blobs and of drafts that a machine has.
fn files(team: &Team, name: &str) -> (usize, usize) {
    let names = team.state(name).with_file_name("copy.age.d");
    let names = if names.exists() { crate::support::names(&names) } else { Vec::new() };
    let count = |end: &str| names.iter().filter(|name| name.ends_with(end)).count();
    (count(".age"), count(".tmp"))
}

#[test]
fn another_machine_reads_it_and_keeps_a_copy() {
    let team = attached();
    let name = team.engine.0.borrow().blobs.keys().next().unwrap().clone();
    let id = name.strip_prefix(".d/").and_then(|name| name.strip_suffix(".age")).unwrap();
    assert!(id.len() == 32 && uuid::Uuid::parse_str(id).is_ok(), "{name}");
    let two = team.machine("two");
    two.read().unwrap();
    assert_eq!(files(&team, "two"), (0, 0));
    assert_eq!(content(&two, "key").unwrap(), vec![7; LONG]);
    assert_eq!(files(&team, "two"), (1, 0));
    team.machine("three").read().unwrap();
    team.fault(Fault::Down);
    assert_eq!(content(&two, "key").unwrap(), vec![7; LONG]);
    assert_eq!(content(&team.machine("one"), "key").unwrap(), vec![7; LONG]);
    let refused = reason(content(&team.machine("three"), "key").map(drop));
    assert_eq!(refused, UploadError::Unreachable("no answer".to_owned()));
    let offline = reason(content(&team.machine_at("three", 0, Contact::Offline), "key").map(drop));
    assert_eq!(offline, UploadError::Unreachable("--offline asks no server".to_owned()));
}

#[test]
fn it_is_read_where_no_copy_can_be_kept() {
    let team = attached();
    team.block_cache("two");
    assert_eq!(content(&team.machine("two"), "key").unwrap(), vec![7; LONG]);
}

#[test]
fn it_goes_from_the_engine_once_no_generation_names_it() {
    let team = attached();
    let one = team.machine("one");
    attach(&one, "other", 8).unwrap();
    assert_eq!(content(&team.machine("two"), "key").unwrap(), vec![7; LONG]);
    one.change(|vault| vault.detach("a", "key", None)).unwrap();
    // an earlier version names it
    add(&one, "b").unwrap();
    assert_eq!((blobs(&team), files(&team, "one")), (2, (2, 0)));
    purge(&one);
    assert_eq!((blobs(&team), files(&team, "one")), (1, (1, 0)));
    // the list forgets it when it was seen to be gone
    assert_eq!(listed(&one), 2);
    add(&one, "c").unwrap();
    assert_eq!(listed(&one), 1);
    assert_eq!(content(&one, "other").unwrap(), vec![8; LONG]);
    // a machine that only reads keeps no copy of what the vault does not list
    assert_eq!(files(&team, "two"), (1, 0));
    team.machine("two").read().unwrap();
    assert_eq!(files(&team, "two"), (0, 0));
}

#[test]
fn one_that_the_engine_does_not_remove_stays_listed() {
    let team = attached();
    let one = team.machine("one");
    one.change(|vault| vault.detach("a", "key", None)).unwrap();
    let kept = team.engine.0.borrow().blobs.clone();
    purge(&one);
    assert_eq!(blobs(&team), 0);
    team.engine.0.borrow_mut().blobs = kept;
    add(&one, "b").unwrap();
    // it was there before this change, and is removed once more after it
    assert_eq!((listed(&one), blobs(&team)), (1, 0));
    add(&one, "c").unwrap();
    assert_eq!(listed(&one), 0);
}

#[test]
fn a_change_that_is_undone_names_it_again() {
    let team = attached();
    let one = team.machine("one");
    one.change(|vault| vault.detach("a", "key", None)).unwrap();
    one.undo().unwrap();
    assert_eq!(content(&team.machine("two"), "key").unwrap(), vec![7; LONG]);
    one.undo().unwrap();
    add(&one, "b").unwrap();
    assert_eq!(blobs(&team), 1);
}

#[test]
fn a_change_that_fails_leaves_no_blob() {
    let team = Team::with_vault();
    let (one, two) = (team.machine("one"), team.machine("two"));
    add(&one, "a").unwrap();
    // another writer is faster
    let before = team.engine.0.borrow().object.clone().unwrap();
    team.fault(Fault::Overtaken(before));
    assert_eq!(reason(attach(&one, "key", 7)), UploadError::Outpaced);
    assert_eq!((blobs(&team), files(&team, "one")), (0, (0, 0)));
    // the engine answers no more
    team.fault(Fault::Down);
    assert!(attach(&one, "key", 7).is_err());
    team.engine.0.borrow_mut().faults.clear();
    assert_eq!((blobs(&team), files(&team, "one")), (0, (0, 0)));
    // the engine ignores conditions, which the second machine does not know yet
    team.engine.0.borrow_mut().is_unsound = true;
    assert!(matches!(reason(attach(&two, "key", 7)), UploadError::Refused(_)));
    assert_eq!(blobs(&team), 0);
}

#[test]
fn a_lost_answer_leaves_one_blob_or_none() {
    let team = Team::with_vault();
    let one = team.machine("one");
    add(&one, "a").unwrap();
    team.fault(Fault::LostBlob);
    attach(&one, "key", 7).unwrap();
    assert_eq!(blobs(&team), 1);
    assert_eq!(content(&team.machine("two"), "key").unwrap(), vec![7; LONG]);
    // of the vault itself
    team.fault(Fault::LostAnswer);
    attach(&one, "other", 8).unwrap();
    assert_eq!(content(&team.machine("two"), "other").unwrap(), vec![8; LONG]);
    assert_eq!((blobs(&team), files(&team, "one")), (2, (2, 0)));
}

#[test]
fn what_the_engine_has_is_not_trusted() {
    let team = attached();
    let whole = team.engine.0.borrow().blobs.clone();
    for content in team.engine.0.borrow_mut().blobs.values_mut() {
        content.truncate(LONG / 2);
    }
    let two = team.machine("two");
    let problem = |result: Result<Vec<u8>, Error>| match result {
        Err(Error::Vault(credctl::vault::Error::Attachment { problem, .. })) => problem,
        other => panic!("{other:?}"),
    };
    assert!(matches!(problem(content(&two, "key")), AttachmentProblem::Broken(_)));
    assert_eq!(files(&team, "two"), (0, 0));
    team.engine.0.borrow_mut().blobs.clear();
    let missing = problem(content(&two, "key"));
    let AttachmentProblem::Missing(path) = missing else { panic!("{missing:?}") };
    assert!(path.to_str().unwrap().starts_with(&format!("{ADDRESS}.d/")));
    team.engine.0.borrow_mut().blobs = whole;
    assert_eq!(content(&two, "key").unwrap(), vec![7; LONG]);
}

#[test]
fn the_blobs_of_a_writer_that_was_killed_go_with_the_next_change() {
    let team = attached();
    let one = team.machine("one");
    // as if it had stored the blob, and nothing else
    let folder = team.state("one").with_file_name("copy.age.d");
    let id = "0123456789abcdef0123456789abcdef";
    fs::write(folder.join(format!(".{id}.tmp")), "killed").unwrap();
    team.engine.0.borrow_mut().blobs.insert(format!(".d/{id}.age"), b"killed".to_vec());
    assert_eq!(files(&team, "one"), (1, 1));
    add(&one, "b").unwrap();
    assert_eq!((blobs(&team), files(&team, "one")), (1, (1, 0)));
}

#[test]
fn a_queue_reads_attachments_and_takes_short_ones() {
    let team = attached();
    team.fault(Fault::Down);
    let mut store = team.queueing("one");
    store.contact(QueueUse::Change).unwrap();
    assert!(attach(&store, "more", 8).unwrap_err().to_string().contains("cannot be queued"));
    let short = store.stage(&mut vec![9; 1000].as_slice()).unwrap();
    store.change(|vault| vault.attach("a", "short", short, false, None)).unwrap();
    assert!(attach(&store, "more", 8).unwrap_err().to_string().contains("cannot be queued"));
    assert_eq!(content(&store, "key").unwrap(), vec![7; LONG]);
    assert_eq!(content(&store, "short").unwrap(), vec![9; 1000]);
    assert_eq!((blobs(&team), files(&team, "one")), (1, (1, 0)));
    team.engine.0.borrow_mut().faults.clear();
    let mut later = team.machine_at("one", 60, Contact::Usual(std::time::Duration::from_millis(300)));
    later.contact(QueueUse::Read).unwrap();
    assert_eq!(content(&team.machine("two"), "short").unwrap(), vec![9; 1000]);
    assert_eq!(content(&team.machine("two"), "key").unwrap(), vec![7; LONG]);
}

#[test]
fn a_merge_brings_them_to_the_engine_and_from_it() {
    let team = attached();
    let one = team.machine("one");
    let folder = tempfile::tempdir().unwrap();
    // a branch in a file: the copy as it is, with its blobs
    let copy = team.state("one").with_file_name("copy.age");
    let branch = folder.path().join("branch.age");
    fs::copy(&copy, &branch).unwrap();
    let local = Store::new(&branch, &team.operator, team.terms("laptop", 0, Contact::Offline));
    attach(&local, "local", 8).unwrap();
    assert_eq!(blobs(&team), 1);
    let report = one.merge(&branch, None, false).unwrap().answer;
    assert!(report.is_changed && report.missing_blobs.is_empty(), "{report:?}");
    assert_eq!(blobs(&team), 2);
    let two = team.machine("two");
    assert_eq!(content(&two, "local").unwrap(), vec![8; LONG]);
    assert_eq!(content(&two, "key").unwrap(), vec![7; LONG]);
    // and back
    attach(&two, "third", 9).unwrap();
    let online = Contact::Usual(std::time::Duration::from_millis(300));
    let local = Store::new(&branch, &team.operator, team.terms("laptop", 60, online));
    let report = local.merge(std::path::Path::new(ADDRESS), None, false).unwrap().answer;
    assert!(report.missing_blobs.is_empty(), "{report:?}");
    team.fault(Fault::Down);
    let local = Store::new(&branch, &team.operator, team.terms("laptop", 61, Contact::Offline));
    for (name, byte) in [("key", 7), ("local", 8), ("third", 9)] {
        assert_eq!(content(&local, name).unwrap(), vec![byte; LONG]);
    }
}
