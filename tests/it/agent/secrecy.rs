//! The view of an agent from outside: its memory, its arguments, its files.

use std::fs;
use std::path::Path;
use std::process::Command;

use super::AgentScene;
use crate::support::Run as _;

/// A passphrase that occurs nowhere else.
const CANARY: &str = "Canary-in-the-agent-4711";

fn contains(bytes: &[u8]) -> bool {
    bytes.windows(CANARY.len()).any(|part| part == CANARY.as_bytes())
}

/// Searches every file below a folder.
fn search(folder: &Path) {
    for entry in fs::read_dir(folder).unwrap().flatten() {
        let kind = entry.file_type().unwrap();
        if kind.is_dir() {
            search(&entry.path());
        } else if kind.is_file() {
            assert!(!contains(&fs::read(entry.path()).unwrap()), "{}", entry.path().display());
        }
    }
}

#[test]
fn nothing_of_a_key_is_seen_from_outside() {
    let scene = AgentScene::bare();
    let with = |words: &[&str]| scene.command(words).outcome(format!("{CANARY}\n"));
    with(&["init", "--passphrase-stdin"]).ok();
    let mut unlock = scene.command(&["unlock", "--passphrase-stdin"]);
    unlock.env("CREDCTL_TEST_SECRET", CANARY).env("SECRET", CANARY).outcome(format!("{CANARY}\n")).ok();
    scene.command(&["add", "Simple", "a", "value=-"]).outcome("S-fixture").ok();
    let process = scene.process().unwrap();
    let proc = |name: &str| fs::read(format!("/proc/{process}/{name}")).unwrap_or_default();
    for name in ["environ", "cmdline", "maps", "status", "limits", "stat", "comm"] {
        assert!(!contains(&proc(name)), "{name}");
    }
    assert_eq!(proc("environ"), b"");
    let limits = String::from_utf8(proc("limits")).unwrap();
    let core = limits.lines().find(|line| line.starts_with("Max core file size")).unwrap();
    let words: Vec<_> = core.split_whitespace().skip(4).take(2).collect();
    assert_eq!(words, ["0", "0"], "{core}");
    let stat = String::from_utf8(proc("stat")).unwrap();
    let session = stat.rsplit(')').next().unwrap().split_whitespace().nth(3);
    assert_eq!(session, Some(process.to_string().as_str()), "a session of its own");
    assert_eq!(fs::read_link(format!("/proc/{process}/cwd")).unwrap(), Path::new("/"));
    search(&scene.scene.path("."));
    // a core is not even written if somebody asks for one
    scene.signal("ABRT");
    scene.ends();
    search(&scene.scene.path("."));
    assert!(
        fs::read_dir("/")
            .unwrap()
            .flatten()
            .all(|entry| !entry.file_name().to_string_lossy().starts_with("core"))
    );
}

#[test]
fn an_agent_inherits_no_descriptor() {
    let scene = AgentScene::with_passphrase();
    let leaked = scene.scene.file("leaked", "x");
    let script = format!("exec 7<{leaked}; \"$0\" unlock --passphrase-stdin");
    let mut shell = Command::new("/bin/sh");
    shell.args(["-c", &script, crate::support::PROGRAM]).current_dir(scene.scene.path("."));
    scene.scene.environment(&mut shell);
    shell.env("XDG_RUNTIME_DIR", scene.scene.path("run")).env("CREDCTL_NON_INTERACTIVE", "1");
    shell.outcome("fixture\n").ok();
    let process = scene.process().unwrap();
    for entry in fs::read_dir(format!("/proc/{process}/fd")).into_iter().flatten().flatten() {
        let target = fs::read_link(entry.path()).unwrap_or_default();
        let target = target.to_string_lossy().into_owned();
        assert!(
            !target.contains("leaked") && !target.contains("pipe:") && !target.contains("pts"),
            "{target}"
        );
    }
}

#[test]
fn another_process_of_the_user_cannot_look_into_it() {
    if rustix::process::geteuid().is_root() {
        // root may look everywhere, so the agent and the one who looks are another user
        let folder = tempfile::Builder::new().prefix("credctl-it-").tempdir().unwrap();
        let run = folder.path().join("run");
        let script = "umask 077; mkdir \"$1\"; \"$0\" serve-agent \"$1\" | head -c 1 >/dev/null & \
            sleep 1; for p in /proc/[0-9]*; do \
            if tr '\\0' ' ' < $p/cmdline 2>/dev/null | grep -q \"serve-agent $1 \"; then \
            cat $p/environ $p/maps $p/mem 2>/dev/null | grep -q . && exit 1; ls $p/fd 2>/dev/null | grep -q . \
            && exit 2; found=1; fi; done; test -n \"$found\"";
        std::os::unix::fs::chown(folder.path(), Some(65534), Some(65534)).unwrap();
        let mut other = Command::new("setpriv");
        other.args(["--reuid", "65534", "--regid", "65534", "--clear-groups", "sh", "-c", script]);
        other.arg(crate::support::PROGRAM).arg(&run).env_clear().env("PATH", "/usr/bin:/bin");
        other.outcome("").ok();
        for process in super::processes(run.to_str().unwrap()) {
            let _ = Command::new("kill").arg(process.to_string()).status();
        }
        return;
    }
    let scene = AgentScene::with_passphrase();
    scene.unlock(&[]);
    let process = scene.process().unwrap();
    for name in ["environ", "mem", "maps"] {
        assert!(fs::read(format!("/proc/{process}/{name}")).is_err(), "{name}");
    }
}
