//! Reads and writes: conditions, empty repositories, branches, other files, and repositories that are not there.

use std::sync::atomic::{AtomicU32, Ordering};

use credctl::remote::{FailureKind, Fetched, PutCondition, RemoteObject as _, Stored};

use super::{Place, write_script};
use crate::harness::{Helper, conforms, race};

#[test]
fn git_conforms_to_the_protocol() {
    for place in [Place::new(), Place::with_files()] {
        conforms(&|| place.open("machine"));
        // each change is one commit of one file
        assert_eq!(
            place.asked(&["log", "-3", "--format=%an <%ae>: %s", "--name-status", "main"]).lines().count(),
            9
        );
        let last = place.asked(&["log", "-1", "--format=%an <%ae>: %s", "main"]);
        assert_eq!(last, "credctl <credctl@localhost>: Write team.age");
        let removal = place.asked(&["log", "-2", "--format=%an <%ae>: %s", "--name-status", "main"]);
        assert!(
            removal.ends_with("credctl <credctl@localhost>: Remove team.age\n\nD\tteam.age"),
            "{removal}"
        );
    }
    let (place, machines) = (Place::with_files(), AtomicU32::new(0));
    conforms(&|| {
        let machine = machines.fetch_add(1, Ordering::Relaxed);
        place.open_by_server(&format!("machine{machine}"))
    });
}

#[test]
fn acknowledged_writes_of_many_processes_are_stored() {
    let place = Place::with_files();
    // three of one user on one machine, three on machines of their own
    race(6, 50, &|process| place.open(&format!("machine{}", process.saturating_sub(2))));
    assert_eq!(place.asked(&["show", "main:README.md"]), "hello");
    place.git(&["--git-dir=team.git", "fsck", "--strict"]).ok();
}

#[test]
fn other_files_stay_as_they_are() {
    let place = Place::new();
    place.commit(
        "printf a >'new\nline'; printf b >'-rf'; printf c >':(glob)x'; printf d >'a b\"'; printf e >$(printf '\\377');\n\
         printf f >run.sh; chmod +x run.sh; ln -s /etc/passwd link; mkdir -p deep/er; printf g >deep/er/file;\n\
         printf h >team.age.old; printf i >team; mkdir z; printf j >z/team.age",
    );
    let files = || place.asked(&["-c", "core.quotePath=true", "ls-tree", "-r", "main"]);
    let before = files();
    let names = ["team.age", "deep/er/team.age", "new/folder/team.age", "-rf.age", ":(top)y", "run.sh.age"];
    for name in names {
        let mut helper =
            Helper::start(&mut place.helper("machine", &place.address("file").replace("team.age", name)));
        let tag = helper.store(None, b"one");
        helper.store(Some(&tag), b"two");
        assert_eq!(place.asked(&["show", &format!("main:{name}")]), "two");
    }
    let after = files();
    let is_other = |line: &&str| !names.iter().any(|name| line.ends_with(&format!("\t{name}")));
    assert_eq!(after.lines().filter(is_other).collect::<Vec<_>>(), before.lines().collect::<Vec<_>>());
    assert_eq!(after.lines().count(), before.lines().count() + names.len());
    // a removal takes its own file, and the folders that have no other
    for name in names {
        let address = place.address("file").replace("team.age", name);
        assert_eq!(Helper::start(&mut place.helper("machine", &address)).delete(), Ok(()), "{name}");
        assert_eq!(place.asked(&["log", "-1", "--format=%s", "main"]), format!("Remove {name}"));
    }
    assert_eq!(files(), before);
    assert_eq!(place.asked(&["ls-tree", "main", "new"]), "");
    // the mode of a file stays, too
    let mut helper =
        Helper::start(&mut place.helper("machine", &place.address("file").replace("team.age", "run.sh")));
    let (tag, _) = helper.found();
    helper.store(Some(&tag), b"new");
    assert!(place.asked(&["ls-tree", "main", "run.sh"]).starts_with("100755 blob"));
}

#[test]
fn a_commit_of_others_does_not_refuse_a_write() {
    let place = Place::with_files();
    let mut helper = place.open("machine");
    let tag = helper.store(None, b"one");
    place.commit("printf more >>README.md");
    let tag = helper.store(Some(&tag), b"two");
    place.commit("printf more >>README.md");
    // what the helper remembers is old by now
    assert_eq!(helper.get(Some(&tag)), Ok(Fetched::Unchanged));
    place.commit("git rm -q team.age");
    assert_eq!(helper.put(PutCondition::Unchanged(&tag), b"three".to_vec()), Ok(Stored::Changed));
    assert_eq!(helper.get(None), Ok(Fetched::Absent));
    helper.store(None, b"four");
    assert_eq!(place.asked(&["show", "main:README.md"]), "hellomoremore");
}

#[test]
fn the_last_file_of_a_repository_can_go() {
    for name in ["team.age", "deep/er/team.age"] {
        let place = Place::new();
        let open = |machine: &str| {
            let address = place.address("file").replace("team.age", name);
            Helper::start(&mut place.helper(machine, &address))
        };
        // without a branch there is nothing to remove, and nothing to commit
        assert_eq!(open("machine").delete(), Ok(()));
        assert_eq!(place.asked(&["for-each-ref"]), "");
        let tag = open("machine").store(None, b"one");
        assert_eq!(open("other machine").delete(), Ok(()));
        assert_eq!(place.asked(&["ls-tree", "main"]), "");
        let mut next = open("third machine");
        assert_eq!(next.get(Some(&tag)), Ok(Fetched::Absent));
        assert_eq!(next.delete(), Ok(()));
        assert_eq!(open("machine").delete(), Ok(()));
        assert_eq!(place.asked(&["rev-list", "--count", "main"]), "2", "only one removal has a commit");
        assert_eq!(open("fourth machine").store(None, b"one"), tag);
        assert_eq!(place.asked(&["show", &format!("main:{name}")]), "one");
        place.git(&["--git-dir=team.git", "fsck", "--strict"]).ok();
    }
}

#[test]
fn a_commit_of_others_does_not_refuse_a_removal() {
    let place = Place::with_files();
    let mut helper = place.open("machine");
    helper.store(None, b"one");
    place.commit("printf more >>README.md; printf newer >team.age");
    assert_eq!(helper.delete(), Ok(()));
    assert_eq!(place.asked(&["ls-tree", "--name-only", "main"]), "README.md\ndocs\nzz.age");
    assert_eq!(place.asked(&["show", "main:README.md"]), "hellomore");
    helper.store(None, b"two");
    // what the helper remembers is old by now
    place.commit("git rm -q team.age");
    let tip = place.asked(&["rev-parse", "main"]);
    assert_eq!(helper.delete(), Ok(()));
    assert_eq!(place.asked(&["rev-parse", "main"]), tip);
    place.commit("printf other >team.age");
    assert_eq!(helper.delete(), Ok(()));
    assert_eq!(place.open("other machine").get(None), Ok(Fetched::Absent));
}

#[test]
fn a_branch_that_went_back_refuses_a_write() {
    let place = Place::with_files();
    let mut helper = place.open("machine");
    let one = helper.store(None, b"one");
    let two = helper.store(Some(&one), b"two");
    place.asked(&["update-ref", "refs/heads/main", "main~1"]);
    assert_eq!(helper.put(PutCondition::Unchanged(&two), b"three".to_vec()), Ok(Stored::Changed));
    assert_eq!(helper.found(), (one.clone(), b"one".to_vec()));
    helper.store(Some(&one), b"three");
}

#[test]
fn branches_are_the_default_one_or_the_named_one() {
    let place = Place::with_files();
    let on = |branch: &str| {
        let address = place.address("file").replace('#', &format!("?branch={branch}#"));
        Helper::start(&mut place.helper("machine", &address))
    };
    on("x/y").store(None, b"on x/y");
    place.open("machine").store(None, b"on main");
    assert_eq!(place.asked(&["show", "x/y:team.age"]), "on x/y");
    assert_eq!(place.asked(&["show", "main:team.age"]), "on main");
    assert_eq!(place.asked(&["rev-list", "--count", "x/y"]), "1");
    place.asked(&["symbolic-ref", "HEAD", "refs/heads/x/y"]);
    assert_eq!(place.open("machine").found().1, b"on x/y");
    // a default branch that does not exist is that of an empty repository
    place.asked(&["symbolic-ref", "HEAD", "refs/heads/none"]);
    assert_eq!(place.open("machine").found().1, b"on main");
    place.asked(&["update-ref", "--no-deref", "HEAD", "main"]);
    let text = place.open("machine").fails(FailureKind::Refused);
    assert!(text.contains("?branch=NAME"), "{text}");
}

#[test]
fn repositories_with_long_ids_work() {
    let place = Place::new();
    std::fs::remove_dir_all(place.path("team.git")).unwrap();
    place.git(&["init", "-q", "--bare", "--initial-branch=main", "--object-format=sha256", "team.git"]).ok();
    place.commit("printf hello >README.md");
    conforms(&|| place.open("machine"));
    assert_eq!(place.open("machine").found().0.len(), 64);
}

#[test]
fn what_is_known_is_not_fetched_again() {
    let place = Place::with_files();
    place.open("writer").store(None, b"content");
    let log = place.path("log");
    std::fs::create_dir(place.path("bin")).unwrap();
    write_script(
        &place.path("bin/git"),
        &format!("echo \"$@\" >>{}\nPATH=${{PATH#*:}} exec git \"$@\"", log.display()),
    );
    let open = || {
        let mut command = place.helper("reader", &place.address("file"));
        let path = format!("{}:{}", place.path("bin").display(), std::env::var("PATH").unwrap());
        Helper::start(command.env("PATH", path))
    };
    let fetches = || {
        let log = std::fs::read_to_string(&log).unwrap();
        assert!(!log.contains("content"), "{log}");
        log.lines().filter(|line| line.contains(" fetch ")).count()
    };
    let (tag, _) = open().found();
    assert_eq!(fetches(), 1);
    assert_eq!(open().get(Some(&tag)), Ok(Fetched::Unchanged));
    assert_eq!(open().found().1, b"content");
    let tag = open().store(Some(&tag), b"new content");
    assert_eq!(open().get(Some(&tag)), Ok(Fetched::Unchanged));
    assert_eq!(fetches(), 1);
}

#[test]
fn repositories_that_are_not_there_are_told_apart() {
    let place = Place::with_files();
    for (address, kind) in [
        ("git+file:///no/such/repository#team.age", FailureKind::Refused),
        ("git+ssh://127.0.0.1:1/repository#team.age", FailureKind::Unreachable),
        ("git+https://127.0.0.1:1/repository#team.age", FailureKind::Unreachable),
        ("git+https://s3cret@127.0.0.1:1/repository#team.age", FailureKind::Unreachable),
        ("git+https://user:s3cret@127.0.0.1:1/repository#team.age", FailureKind::Refused),
        ("git+ext::sh -c 'touch pwned' #team.age", FailureKind::Refused),
    ] {
        let mut helper = Helper::start(&mut place.helper("machine", address));
        let text = helper.fails(kind);
        assert!(!text.contains("s3cret"), "{text}");
        let put = helper.put(PutCondition::Absent, b"x".to_vec()).unwrap_err();
        assert_eq!(put.kind, kind, "{put}");
    }
}
