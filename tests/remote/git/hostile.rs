//! Repositories and environments that want to run something, and paths that are no files.

use std::fs;
use std::os::unix::fs::PermissionsExt as _;

use credctl::remote::{FailureKind, PutCondition, RemoteObject as _};

use super::{Place, write_script};
use crate::harness::{Helper, noise};

#[test]
fn a_repository_on_this_machine_runs_nothing() {
    let place = Place::with_files();
    let trap = place.path("trap");
    write_script(&trap, &format!("touch {}", place.path("sprung").display()));
    let hooks =
        ["pre-receive", "update", "post-receive", "post-update", "reference-transaction", "proc-receive"];
    for hook in hooks.into_iter().chain(["push-to-checkout", "pre-auto-gc"]) {
        place.hook(hook, &format!("touch {}", place.path("sprung").display()));
    }
    let trap = trap.to_str().unwrap().to_owned();
    fs::create_dir(place.path("alternate")).unwrap();
    place.git(&["init", "-q", "--bare", "alternate"]).ok();
    fs::create_dir_all(place.path("team.git/objects/info")).unwrap();
    fs::write(
        place.path("team.git/objects/info/alternates"),
        format!("{}\n", place.path("alternate/objects").display()),
    )
    .unwrap();
    for (name, value) in [
        ("core.fsmonitor", trap.as_str()),
        ("core.alternateRefsCommand", &trap),
        ("core.sshCommand", &trap),
        ("core.pager", &trap),
        ("core.editor", &trap),
        ("uploadpack.packObjectsHook", &trap),
        ("receive.denyCurrentBranch", "updateInstead"),
        ("receive.autogc", "true"),
        ("gc.auto", "1"),
        ("filter.x.smudge", &trap),
        ("core.attributesFile", "/dev/null"),
    ] {
        place.asked(&["config", name, value]);
    }
    let mut helper = place.open("machine");
    let first = helper.store(None, b"one");
    assert_eq!(place.open("other machine").found(), (first, b"one".to_vec()));
    assert!(!place.path("sprung").exists());
    // the same with a folder of files, whose branch is checked out
    place.git(&["clone", "-q", "team.git", "work"]).ok();
    for hook in ["pre-receive", "reference-transaction", "push-to-checkout", "post-checkout"] {
        write_script(
            &place.path("work/.git/hooks").join(hook),
            &format!("touch {}", place.path("sprung").display()),
        );
    }
    place.git(&["-C", "work", "config", "receive.denyCurrentBranch", "updateInstead"]).ok();
    let address = place.address("file").replace("team.git", "work");
    let mut helper = Helper::start(&mut place.helper("machine", &address));
    let (tag, _) = helper.found();
    let refused = helper.put(PutCondition::Unchanged(&tag), b"two".to_vec()).unwrap_err();
    assert_eq!(refused.kind, FailureKind::Refused, "{refused}");
    assert!(refused.text.contains("currently checked out"), "{refused}");
    assert!(!place.path("sprung").exists());
}

#[test]
fn variables_and_settings_lead_to_no_other_repository() {
    let place = Place::with_files();
    place.git(&["init", "-q", "trap"]).ok();
    fs::create_dir_all(place.path("hooks")).unwrap();
    write_script(&place.path("hooks/pre-push"), &format!("touch {}", place.path("sprung").display()));
    let hooks = place.path("hooks");
    place.git(&["config", "--global", "core.hooksPath", hooks.to_str().unwrap()]).ok();
    place.git(&["config", "--global", "push.followTags", "true"]).ok();
    place.git(&["config", "--global", "fetch.prune", "true"]).ok();
    place.git(&["config", "--global", "user.name", "Op Erator"]).ok();
    place.git(&["config", "--global", "user.email", "op@localhost"]).ok();
    let trace = place.path("trace");
    let open = || {
        let mut command = place.helper("machine", &place.address("file"));
        command.env("GIT_DIR", place.path("trap/.git")).env("GIT_INDEX_FILE", "/nowhere/index");
        command.env("GIT_OBJECT_DIRECTORY", "/nowhere").env("GIT_WORK_TREE", "/").env("GIT_TRACE", &trace);
        command.env("GIT_EXTERNAL_DIFF", "/nowhere").env("GIT_PROXY_COMMAND", "/nowhere");
        Helper::start(command.current_dir(place.path("trap")))
    };
    let tag = open().store(None, b"one");
    open().store(Some(&tag), b"two");
    assert!(!place.path("sprung").exists() && !trace.exists());
    assert_eq!(place.asked(&["log", "-1", "--format=%an <%ae>", "main"]), "Op Erator <op@localhost>");
    assert_eq!(place.git(&["-C", "trap", "count-objects"]).stdout, "0 objects, 0 kilobytes\n");
}

#[test]
fn only_files_are_read_and_written() {
    let place = Place::with_files();
    place.commit(
        "ln -s /etc/passwd link.age; mkdir folder.age; printf x >folder.age/x; ln -s docs folder;\n\
         git init -q module.age; git -C module.age -c user.name=o -c user.email=o commit -q --allow-empty -m o",
    );
    let before = place.asked(&["rev-parse", "main"]);
    for (name, text) in [
        ("link.age", "a symbolic link"),
        ("folder.age", "a folder"),
        ("module.age", "a submodule"),
        ("folder/page", "something else"),
        ("README.md/x", "something else"),
    ] {
        let mut helper =
            Helper::start(&mut place.helper("machine", &place.address("file").replace("team.age", name)));
        let put = helper.put(PutCondition::Absent, b"x".to_vec()).unwrap_err();
        assert_eq!(put.kind, FailureKind::Refused, "{name}: {put}");
        assert!(put.text.contains(text), "{name}: {put}");
        if text != "something else" {
            assert!(helper.fails(FailureKind::Refused).contains(text), "{name}");
        }
    }
    assert_eq!(place.asked(&["rev-parse", "main"]), before);
}

#[test]
fn the_copy_is_private_and_does_not_grow_for_ever() {
    let place = Place::with_files();
    let size = || {
        let folder = place.path("machine/credctl/git");
        let mode = fs::metadata(&folder).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o700);
        let copies: Vec<_> = fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path()).collect();
        assert_eq!(copies.len(), 1);
        assert_eq!(fs::metadata(&copies[0]).unwrap().permissions().mode() & 0o777, 0o700);
        let counted = place.git(&["--git-dir", copies[0].to_str().unwrap(), "count-objects", "-v"]).ok();
        let sizes = counted.stdout.lines().filter(|line| line.starts_with("size"));
        let sizes = sizes.filter_map(|line| line.split_once(": ")?.1.parse::<u64>().ok());
        sizes.sum::<u64>()
    };
    let (mut tag, mut largest) = (None, 0);
    let mut helper = place.open("machine");
    for round in 0..8 {
        let mut content = noise(4 * 1024 * 1024);
        content[0] = round;
        tag = Some(helper.store(tag.as_deref(), &content));
        largest = largest.max(size());
    }
    assert!(largest < 24 * 1024, "{largest} KiB");
    assert_eq!(place.open("machine").found().1[0], 7);
}
