//! Pushes whose answer is lost, writers that are killed, and what the next one finds.

use std::fs;
use std::process::Command;
use std::thread;
use std::time::{Duration, Instant};

use credctl::remote::{FailureKind, PutCondition, RemoteObject as _, Stored};

use super::Place;
use crate::harness::Run as _;

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
fn a_hook_that_refuses_denies_the_write() {
    let place = Place::with_files();
    place.hook("pre-receive", "echo 'secret of the server'; exit 1");
    let failure = place.open_by_server("machine").put(PutCondition::Absent, b"one".to_vec()).unwrap_err();
    assert_eq!(failure.kind, FailureKind::Denied);
    assert_eq!(failure.text, "the repository refuses the push: pre-receive hook declined");
    assert_eq!(place.asked(&["rev-list", "--count", "main"]), "1");
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
