//! Pushes whose answer is lost, writers that are killed, and what the next one finds.

use std::fs;
use std::process::Command;
use std::thread;
use std::time::{Duration, Instant};

use credctl::remote::{EngineFailure, FailureKind, Fetched, PutCondition, RemoteObject as _, Stored};

use super::Place;
use crate::harness::{Helper, Run as _};

/// The hook after an update: it runs before the answer is written.
const AFTER: &str = "reference-transaction";
/// Ends the program that answers to the push, once.
const DIE_ONCE: &str = "test -e died || { touch died; kill -9 $PPID; }";

/// The text of a hook that runs these commands after the update of the branch, and then ends the server. The
/// commands find no hooks.
fn after_update(commands: &str) -> String {
    format!(
        "test \"$1\" = committed || exit 0\ntest ! -e died || exit 0\ntouch died\n\
         unset GIT_QUARANTINE_PATH GIT_OBJECT_DIRECTORY GIT_ALTERNATE_OBJECT_DIRECTORIES\ng() {{ git -c core.hooksPath=/dev/null \"$@\"; }}\n\
         export GIT_AUTHOR_NAME=o GIT_AUTHOR_EMAIL=o GIT_COMMITTER_NAME=o GIT_COMMITTER_EMAIL=o\n\
         {commands}\nkill -9 $PPID"
    )
}

/// Commands that put a commit on top, in which a file has another content.
fn on_top(file: &str) -> String {
    format!(
        "blob=$(echo other | g hash-object -w --stdin)\n\
         tree=$({{ g ls-tree main | grep -v '{file}$'; printf '100644 blob %s\\t{file}\\n' $blob; }} | g mktree)\n\
         g update-ref refs/heads/main $(g commit-tree $tree -p main -m other)"
    )
}

#[test]
fn a_push_that_arrived_without_an_answer_is_stored() {
    for commands in [String::new(), on_top("README.md"), on_top("team.age")] {
        let place = Place::with_files();
        let first = place.open("machine").store(None, b"one");
        place.hook(AFTER, &after_update(&commands));
        let second = place.open_by_server("machine").store(Some(&first), b"two");
        assert!(place.path("team.git/died").exists(), "the server was not ended: {commands}");
        let contents = place.asked(&["log", "-p", "--format=%s", "main", "--", "team.age"]);
        assert_eq!(contents.matches("+two").count(), 1, "{contents}");
        let again = place.open("machine").put(PutCondition::Unchanged(&second), b"three".to_vec());
        let is_newest = !commands.contains("team.age");
        assert_eq!(matches!(again, Ok(Stored::Stored { .. })), is_newest, "{again:?}");
    }
}

#[test]
fn a_push_that_never_arrived_is_tried_again() {
    let place = Place::with_files();
    let first = place.open("machine").store(None, b"one");
    place.hook("pre-receive", DIE_ONCE);
    place.open_by_server("machine").store(Some(&first), b"two");
    assert!(place.path("team.git/died").exists());
    assert_eq!(place.asked(&["rev-list", "--count", "main"]), "3");
    assert_eq!(place.open("other machine").found().1, b"two");
}

#[test]
fn a_push_without_an_answer_before_another_one_is_refused() {
    let place = Place::with_files();
    let first = place.open("machine").store(None, b"one");
    // nothing is stored, and somebody else writes meanwhile
    place.hook(
        "pre-receive",
        &after_update(&on_top("team.age")).replace("test \"$1\" = committed || exit 0", ""),
    );
    let put = place.open_by_server("machine").put(PutCondition::Unchanged(&first), b"two".to_vec());
    assert_eq!(put, Ok(Stored::Changed));
    assert_eq!(place.open("machine").found().1, b"other\n");
}

#[test]
fn a_push_is_unknown_if_nothing_can_be_found_out() {
    let place = Place::with_files();
    let first = place.open("machine").store(None, b"one");
    place.hook(AFTER, &after_update("mv ../team.git ../gone.git"));
    match place.open_by_server("machine").put(PutCondition::Unchanged(&first), b"two".to_vec()) {
        Ok(Stored::Unknown(text)) => assert!(text.starts_with("the answer to the push was lost"), "{text}"),
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_removal_without_an_answer_is_settled() {
    let before_update =
        |commands: &str| after_update(commands).replace("test \"$1\" = committed || exit 0", "");
    for (hook, text, commits) in [
        // it arrived, and others may have written since, the same file as well
        (AFTER, after_update(""), "Remove team.age\nWrite team.age\nother"),
        (AFTER, after_update(&on_top("README.md")), "other\nRemove team.age\nWrite team.age\nother"),
        (AFTER, after_update(&on_top("team.age")), "other\nRemove team.age\nWrite team.age\nother"),
        // it never arrived
        ("pre-receive", DIE_ONCE.to_owned(), "Remove team.age\nWrite team.age\nother"),
        // nor did it before a commit of others: it is made again on top of that
        ("pre-receive", before_update(&on_top("team.age")), "Remove team.age\nother\nWrite team.age\nother"),
    ] {
        let place = Place::with_files();
        place.open("machine").store(None, b"one");
        place.hook(hook, &text);
        assert_eq!(place.open_by_server("machine").delete(), Ok(()), "{text}");
        assert!(place.path("team.git/died").exists(), "the server was not ended: {text}");
        assert_eq!(place.asked(&["log", "--format=%s", "main"]), commits, "{text}");
        let is_there = place.open("other machine").get(None) != Ok(Fetched::Absent);
        assert_eq!(is_there, commits.starts_with("other") && text.contains("team.age"), "{text}");
    }
    let place = Place::with_files();
    place.open("machine").store(None, b"one");
    place.hook(AFTER, &after_update("mv ../team.git ../gone.git"));
    let failure = place.open_by_server("machine").delete().unwrap_err();
    assert_eq!(failure.kind, FailureKind::Unreachable);
    assert!(failure.text.starts_with("the answer to the push was lost"), "{failure}");
}

#[test]
fn writers_and_removers_at_the_same_time_all_end() {
    let place = Place::with_files();
    let at = |machine: usize, name: &str| {
        let address = place.address("file").replace("team.age", name);
        Helper::start(&mut place.helper(&format!("machine{machine}"), &address))
    };
    // a helper gives up after some faster pushes of others; a caller may repeat that
    let patient = |act: &mut dyn FnMut() -> Result<Stored, EngineFailure>| loop {
        match act() {
            Err(failure) if failure.text.starts_with("the repository refused 10 pushes") => {
                assert_eq!(failure.kind, FailureKind::Unreachable, "{failure}");
            }
            other => return other.unwrap(),
        }
    };
    // each of its own file, and one for which they race
    let write_and_remove = |machine: usize| {
        let (mut own, mut common) =
            (at(machine, &format!("team.age.d/{machine}.age")), at(machine, "race.age"));
        for round in 0..4 {
            let content = format!("{machine} {round}").into_bytes();
            let put = patient(&mut || own.put(PutCondition::Absent, content.clone()));
            assert!(matches!(put, Stored::Stored { .. }), "{put:?}");
            let put = patient(&mut || common.put(PutCondition::Absent, content.clone()));
            assert!(matches!(put, Stored::Stored { .. } | Stored::Changed), "{put:?}");
            assert_eq!(own.found().1, content, "others changed or removed it");
            patient(&mut || own.delete().map(|()| Stored::Changed));
            assert_eq!(own.get(None), Ok(Fetched::Absent));
            patient(&mut || common.delete().map(|()| Stored::Changed));
        }
    };
    thread::scope(|scope| {
        for machine in 0..3 {
            scope.spawn(move || write_and_remove(machine));
        }
    });
    assert_eq!(place.asked(&["ls-tree", "--name-only", "main"]), "README.md\ndocs\nzz.age");
    place.git(&["--git-dir=team.git", "fsck", "--strict"]).ok();
}

#[test]
fn a_hook_that_refuses_denies_the_write() {
    let place = Place::with_files();
    place.hook("pre-receive", "echo 'secret of the server'; exit 1");
    let failure = place.open_by_server("machine").put(PutCondition::Absent, b"one".to_vec()).unwrap_err();
    assert_eq!(failure.kind, FailureKind::Denied);
    assert_eq!(failure.text, "the repository refuses the push: pre-receive hook declined");
    assert_eq!(place.asked(&["rev-list", "--count", "main"]), "1");
    // the same for a removal of a file that is there
    let failure = place.open_file_by_server("machine", "zz.age").delete().unwrap_err();
    assert_eq!(failure.kind, FailureKind::Denied, "{failure}");
    assert_eq!(place.asked(&["show", "main:zz.age"]), "y");
}

#[test]
fn a_killed_writer_stops_none_after_it() {
    let place = Place::with_files();
    let first = place.open("machine").store(None, b"one");
    place.hook("pre-receive", "touch arrived; sleep 1");
    let mut killed = place.open_by_server("machine");
    let (process, condition) = (killed.id().to_string(), PutCondition::Unchanged(&first));
    thread::scope(|scope| {
        scope.spawn(|| {
            let until = Instant::now() + Duration::from_secs(20);
            while !place.path("team.git/arrived").exists() {
                assert!(Instant::now() < until, "the push did not arrive");
                thread::sleep(Duration::from_millis(5));
            }
            // git itself lives on, and has the lock
            Command::new("kill").args(["-9", &process]).outcome("").ok();
        });
        assert!(matches!(killed.put(condition, b"two".to_vec()), Ok(Stored::Unknown(_))));
    });
    fs::remove_file(place.path("team.git/hooks/pre-receive")).unwrap();
    // what a git leaves that was killed
    for folder in fs::read_dir(place.path("machine/credctl/git")).unwrap() {
        fs::write(folder.unwrap().path().join("shallow.lock"), "").unwrap();
    }
    let mut next = place.open("machine");
    let (tag, content) = next.found();
    assert_eq!(content, if tag == first { &b"one"[..] } else { b"two" });
    place.commit("printf more >>README.md");
    next.store(Some(&tag), b"three");
    assert_eq!(place.open("other machine").found().1, b"three");
}
