//! Vaults at addresses, as users of the library have them: one engine, several machines, and the faults of a network.

mod attachments;
mod engine;
mod exports;
mod program;
mod program_queue;
mod queue;
mod sweep;

use std::fs;
use std::time::Duration;

use credctl::credential::Draft;
use credctl::disk::{FileError, UploadError};
use credctl::store::{Contact, EngineError, Error, Store};
use credctl::vault;

use crate::support::lab::kind_named;
use engine::{ADDRESS, Fault, Operator, Team};

fn login(id: &str) -> Draft {
    Draft::from_texts(kind_named("UsernamePassword"), [("id", id), ("username", "u"), ("password", "p")])
}

fn add(store: &Store<&Operator>, id: &str) -> Result<(), Error> {
    store.change(|vault| vault.add(kind_named("UsernamePassword"), login(id))).map(drop)
}

/// Adds as the program does: as often as it takes.
fn add_again(store: &Store<&Operator>, id: &str) -> Result<(), Error> {
    let added = store.change_previewed(None, credctl::store::Bundles::default(), |vault| {
        vault.add(kind_named("UsernamePassword"), login(id))
    });
    added.map(drop)
}

fn ids(store: &Store<&Operator>) -> Vec<String> {
    let mut ids = Vec::new();
    store.read().unwrap().heads(|head| ids.push(head.id)).unwrap();
    ids
}

fn reason(result: Result<(), Error>) -> UploadError {
    match result {
        Err(Error::Vault(vault::Error::File(FileError::Upload { address, reason }))) => {
            assert_eq!(address, ADDRESS);
            reason
        }
        other => panic!("{other:?}"),
    }
}

#[test]
fn machines_see_what_the_others_stored() {
    let team = Team::with_vault();
    let (one, two) = (team.machine("one"), team.machine("two"));
    add(&one, "a").unwrap();
    assert_eq!(ids(&two), ["a"]);
    add(&two, "b").unwrap();
    assert_eq!(ids(&one), ["a", "b"]);
    // an unchanged object moves no bytes, and the engine is probed once for each machine
    let moved = team.engine.0.borrow().moved;
    assert_eq!(ids(&one), ["a", "b"]);
    assert_eq!((team.engine.0.borrow().moved, team.engine.0.borrow().probes), (moved, 2));
    assert!(team.heard().is_empty());
}

#[test]
fn a_vault_is_made_only_where_none_is() {
    let team = Team::with_vault();
    let exists = team.machine("two").create(&team.lockset());
    assert!(matches!(exists, Err(Error::Vault(vault::Error::File(FileError::Exists { .. })))), "{exists:?}");
    let none = Team::new();
    assert!(
        matches!(none.machine("one").read().err(), Some(Error::NoVault { path }) if path.to_str() == Some(ADDRESS))
    );
}

#[test]
fn a_change_is_made_once_more_on_top_of_what_another_machine_stored() {
    let team = Team::with_vault();
    let (one, two) = (team.machine("one"), team.machine("two"));
    add(&one, "a").unwrap();
    let before = team.engine.0.borrow().object.clone().unwrap();
    add(&two, "b").unwrap();
    let newer = team.engine.0.borrow().object.clone().unwrap();
    // the first machine compares with the older object, and is overtaken before it stores
    team.engine.0.borrow_mut().put(before);
    team.fault(Fault::Overtaken(newer.clone()));
    let three = team.machine("three");
    add_again(&three, "c").unwrap();
    assert_eq!(ids(&one), ["a", "b", "c"]);
    assert_eq!(team.heard(), ["again"]);
    // what cannot be made once more says so
    let object = team.engine.0.borrow().object.clone().unwrap();
    team.fault(Fault::Overtaken(object));
    assert_eq!(reason(add(&two, "d")), UploadError::Outpaced);
    assert_eq!(ids(&two), ["a", "b", "c"]);
    // the command itself decides once more: this id is in use now
    let object = team.engine.0.borrow().object.clone().unwrap();
    team.fault(Fault::Overtaken(object));
    add_again(&one, "e").unwrap();
    assert!(matches!(add_again(&two, "e"), Err(Error::Exists { .. })));
}

#[test]
fn a_lost_answer_is_no_conflict_and_counts_once() {
    let team = Team::with_vault();
    let one = team.machine("one");
    team.fault(Fault::LostAnswer);
    add(&one, "a").unwrap();
    let puts = team.engine.0.borrow().puts;
    // what was lost on its way is sent once more
    team.fault(Fault::LostRequest);
    add(&one, "b").unwrap();
    assert_eq!(team.engine.0.borrow().puts, puts + 2);
    assert_eq!(ids(&team.machine("two")), ["a", "b"]);
    assert_eq!(one.read().unwrap().generation(), 3);
    // also the first generation of a vault
    let other = Team::new();
    other.fault(Fault::LostAnswer);
    other.machine("one").create(&other.lockset()).unwrap();
    add(&other.machine("one"), "a").unwrap();
}

#[test]
fn without_an_answer_the_copy_is_read_and_nothing_is_written() {
    let team = Team::with_vault();
    let one = team.machine("one");
    add(&one, "a").unwrap();
    team.fault(Fault::Down);
    assert_eq!(ids(&one), ["a"]);
    assert_eq!(team.heard(), ["stale: no answer"]);
    // for a while no read waits for the engine again
    let gets = team.engine.0.borrow().gets;
    assert_eq!(ids(&team.machine_at("one", 10, Contact::Usual(Duration::ZERO))), ["a"]);
    assert_eq!(team.engine.0.borrow().gets, gets);
    assert_eq!(team.heard().len(), 1);
    let refused = add(&one, "b");
    assert!(matches!(refused, Err(Error::Engine(EngineError::Unreachable { .. }))), "{refused:?}");
    let fresh = team.machine_at("one", 0, Contact::Fresh).read().err();
    assert!(matches!(fresh, Some(Error::Engine(EngineError::Unreachable { .. }))));
    let no_copy = team.machine("two").read().err();
    assert!(matches!(no_copy, Some(Error::Engine(EngineError::Unreachable { .. }))));
    team.engine.0.borrow_mut().faults.clear();
    assert_eq!(ids(&team.machine_at("one", 40, Contact::Usual(Duration::ZERO))), ["a"]);
    assert!(team.heard().is_empty());
}

#[test]
fn offline_asks_no_engine_and_writes_nothing() {
    let team = Team::with_vault();
    add(&team.machine("one"), "a").unwrap();
    let asked = |team: &Team| (team.engine.0.borrow().gets, team.engine.0.borrow().puts);
    let before = asked(&team);
    let offline = team.machine_at("one", 0, Contact::Offline);
    assert_eq!(ids(&offline), ["a"]);
    assert_eq!(team.heard(), ["stale: not asked"]);
    assert!(matches!(add(&offline, "b"), Err(Error::Engine(EngineError::Offline { .. }))));
    let none = team.machine_at("two", 0, Contact::Offline).read().err();
    assert!(matches!(none, Some(Error::Engine(EngineError::NoCopy { .. }))));
    assert_eq!(asked(&team), before);
}

#[test]
fn the_object_of_yesterday_is_refused_and_the_copy_stays() {
    let team = Team::with_vault();
    let one = team.machine("one");
    add(&one, "a").unwrap();
    let yesterday = team.engine.0.borrow().object.clone().unwrap();
    add(&one, "b").unwrap();
    team.engine.0.borrow_mut().put(yesterday);
    let refused = one.read().err();
    assert!(matches!(refused, Some(Error::Vault(vault::Error::Distrust(_)))), "{refused:?}");
    assert!(matches!(add(&one, "c"), Err(Error::Vault(vault::Error::Distrust(_)))));
    assert_eq!(ids(&team.machine_at("one", 0, Contact::Offline)), ["a", "b"]);
    // the operator looks at it and accepts it
    let shown = one.look_unjudged().unwrap().unwrap();
    assert!(!shown.is_known());
    shown.accept().unwrap();
    assert_eq!(ids(&one), ["a"]);
    add(&one, "c").unwrap();
}

#[test]
fn a_forged_or_broken_object_does_not_replace_the_copy() {
    let team = Team::with_vault();
    let one = team.machine("one");
    add(&one, "a").unwrap();
    let genuine = team.engine.0.borrow().object.clone().unwrap();
    let cut = genuine[..genuine.len() - 1].to_vec();
    for object in [b"no vault".to_vec(), Vec::new(), cut] {
        team.engine.0.borrow_mut().put(object);
        assert!(one.read().is_err());
        assert_eq!(ids(&team.machine_at("one", 0, Contact::Offline)), ["a"]);
    }
    team.engine.0.borrow_mut().put(genuine);
    assert_eq!(ids(&one), ["a"]);
}

#[test]
fn a_deleted_object_is_told_and_not_made_anew() {
    let team = Team::with_vault();
    let one = team.machine("one");
    add(&one, "a").unwrap();
    team.engine.0.borrow_mut().object = None;
    assert!(matches!(one.read().err(), Some(Error::Engine(EngineError::Gone { .. }))));
    assert!(matches!(add(&one, "b"), Err(Error::Engine(EngineError::Gone { .. }))));
    assert!(team.engine.0.borrow().object.is_none());
    assert_eq!(ids(&team.machine_at("one", 0, Contact::Offline)), ["a"]);
}

#[test]
fn an_engine_that_ignores_conditions_gets_nothing() {
    let team = Team::new();
    team.engine.0.borrow_mut().is_unsound = true;
    let refused = team.machine("one").create(&team.lockset()).err();
    let text = refused.unwrap().to_string();
    assert!(text.contains("does not keep two writers apart"), "{text}");
    assert!(team.engine.0.borrow().object.is_none());
}

#[test]
fn only_the_change_of_this_machine_is_undone() {
    let team = Team::with_vault();
    let (one, two) = (team.machine("one"), team.machine("two"));
    add(&one, "a").unwrap();
    add(&one, "b").unwrap();
    one.undo().unwrap();
    assert_eq!(ids(&two), ["a"]);
    add(&two, "c").unwrap();
    add(&two, "d").unwrap();
    // the copy before is two generations older than the object
    assert!(matches!(one.undo().err(), Some(Error::NothingToUndo)));
    assert_eq!(ids(&one), ["a", "c", "d"]);
}

#[test]
fn a_writer_that_was_killed_before_it_noted_the_tag_loses_no_backup() {
    let team = Team::with_vault();
    let one = team.machine("one");
    add(&one, "a").unwrap();
    add(&one, "b").unwrap();
    fs::remove_dir_all(team.state("one")).unwrap();
    assert_eq!(ids(&one), ["a", "b"]);
    one.undo().unwrap();
    assert_eq!(ids(&team.machine("two")), ["a"]);
}

#[test]
fn a_state_that_cannot_be_kept_keeps_nobody_from_writing() {
    let team = Team::with_vault();
    let one = team.machine("one");
    add(&one, "a").unwrap();
    fs::remove_dir_all(team.state("one")).unwrap();
    fs::write(team.state("one"), "a file in the place of the folder").unwrap();
    add(&one, "b").unwrap();
    assert_eq!(ids(&team.machine("two")), ["a", "b"]);
}

/// A team whose vault has many credentials, on an engine that gives parts, and the id of one of them.
fn many(count: usize) -> (Team, String) {
    let team = Team::with_vault();
    let one = team.machine("one");
    let kind = kind_named("UsernamePassword");
    let draft = || Draft::from_texts(kind, [("username", "u"), ("password", "p")]);
    one.change(|vault| (0..count).try_for_each(|_| vault.add(kind, draft()).map(drop))).unwrap();
    let id = ids(&one).swap_remove(count / 3);
    let mut world = team.engine.0.borrow_mut();
    (world.has_ranges, world.moved) = (true, 0);
    drop(world);
    (team, id)
}

#[test]
fn one_of_many_is_read_in_parts_where_there_is_no_copy() {
    let (team, _) = many(6000);
    let size = team.engine.0.borrow().object.as_ref().unwrap().len();
    assert!(size > 1_500_000);
    let all = ids(&team.machine("one"));
    let gets = team.engine.0.borrow().gets;
    let mut most = 0;
    let moved = |team: &Team| team.engine.0.borrow().moved;
    let begin = moved(&team);
    for (number, id) in all.iter().step_by(299).enumerate() {
        let before = moved(&team);
        let found = team.machine(&format!("new-{number}")).read().unwrap().find(id).unwrap().unwrap();
        assert_eq!(found.head().id, *id);
        most = most.max(moved(&team) - before);
    }
    let average = (moved(&team) - begin) / all.len().div_ceil(299);
    // a chunk at the begin and one or two at the end, and those of the search
    assert!(average < 6 * 66_000 && most < 9 * 66_000, "{average}, {most}");
    assert_eq!(team.engine.0.borrow().gets, gets);
    // everything comes in few requests
    let ranges = team.engine.0.borrow().ranges;
    assert_eq!(ids(&team.machine("three")).len(), 6000);
    let requests = team.engine.0.borrow().ranges - ranges;
    assert!(requests < 12, "{requests}");
    // the second read makes a copy, and the third one moves nothing
    assert_eq!(ids(&team.machine("new-0")).len(), 6000);
    let before = moved(&team);
    assert!(team.machine("new-0").read().unwrap().find(&all[0]).unwrap().is_some());
    assert_eq!(moved(&team), before);
}

#[test]
fn what_changes_while_it_is_read_in_parts_is_told() {
    let (team, id) = many(3000);
    let mut vault = team.machine("two").read().unwrap();
    add(&team.machine("one"), "later").unwrap();
    let error = vault.find(&id).unwrap_err();
    let vault::Error::Read(source) = &error else { panic!("{error:?}") };
    assert!(source.to_string().contains("was changed while it was read"), "{source}");
    assert!(team.machine("two").read().unwrap().find("later").unwrap().is_some());
    // a change needs all of it
    let gets = team.engine.0.borrow().gets;
    add(&team.machine("four"), "four").unwrap();
    assert_eq!(team.engine.0.borrow().gets, gets + 1);
}

#[test]
fn a_small_object_is_read_whole() {
    let (team, id) = many(500);
    let size = team.engine.0.borrow().object.as_ref().unwrap().len();
    assert!(size > 100_000);
    assert!(team.machine("two").read().unwrap().find(&id).unwrap().is_some());
    assert_eq!(team.engine.0.borrow().moved, size);
    // which made the copy
    assert!(team.machine("two").read().unwrap().find(&id).unwrap().is_some());
    assert_eq!(team.engine.0.borrow().moved, size);
}

#[test]
fn a_vault_is_read_where_no_copy_can_be_kept() {
    let (team, id) = many(10);
    // a file in the place of the folder, which also root cannot write
    team.block_cache("two");
    for _ in 0..2 {
        assert!(team.machine("two").read().unwrap().find(&id).unwrap().is_some());
    }
    assert!(add(&team.machine("two"), "x").is_err());
    assert!(!std::path::Path::new("/.no-working-copy.age").exists());
}
