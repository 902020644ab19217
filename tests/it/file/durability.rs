//! What stays on the disk whatever happens: failures, many writers, killed writers, odd files.

use std::collections::BTreeSet;
use std::fs::{self, Permissions};
use std::os::unix::fs::{PermissionsExt as _, symlink};
use std::process::{Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use crate::support::{PROGRAM, Run as _, Scene};

#[test]
fn eight_writers_lose_nothing() {
    let scene = Scene::new();
    thread::scope(|threads| {
        for writer in 0..8 {
            let scene = &scene;
            threads.spawn(move || {
                for number in 0..10 {
                    let id = format!("w{writer}-{number}");
                    let words = ["add", "Simple", &id, "value=-", "--lock-timeout", "60s"];
                    scene.run_with(words, &id).ok();
                }
            });
        }
    });
    let ids: BTreeSet<_> = scene.ids().into_iter().collect();
    let expected: BTreeSet<_> = (0..8).flat_map(|w| (0..10).map(move |n| format!("w{w}-{n}"))).collect();
    assert_eq!(ids, expected);
    assert_eq!(scene.names(), ["home", "identity.txt", "vault.age", "vault.age.bak", "vault.age.lock"]);
}

#[test]
fn killed_writers_leave_a_vault_and_every_add_that_was_acknowledged() {
    let scene = Scene::new();
    // long enough that the write takes its time
    let value = "x".repeat(300_000);
    let mut acknowledged = BTreeSet::new();
    let mut killed = 0;
    for round in 0_u64..60 {
        let id = format!("id{round:03}");
        let mut command = scene.command(["add", "Simple", &id, "value=@value", "-o", "name"]);
        scene.file("value", &value);
        let mut child =
            command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
        // spread over the life of a run, and beyond it
        thread::sleep(Duration::from_micros(round * 977 % 24_000));
        child.kill().unwrap();
        let output = child.wait_with_output().unwrap();
        if output.status.success() || output.stdout == format!("{id}\n").as_bytes() {
            acknowledged.insert(id);
        } else {
            killed += 1;
        }
        let ids: BTreeSet<_> = scene.ids().into_iter().collect();
        assert!(
            ids.is_superset(&acknowledged),
            "lost: {:?}",
            acknowledged.difference(&ids).collect::<Vec<_>>()
        );
    }
    assert!(killed > 5, "nothing was killed: {killed}");
    // the next writer is not kept from writing and takes the litter away
    scene.run_with(["add", "Simple", "last", "value=-"], "v").ok();
    assert_eq!(
        scene.names(),
        ["home", "identity.txt", "value", "vault.age", "vault.age.bak", "vault.age.lock"]
    );
    for id in scene.ids() {
        scene.run(["get", &id, "--field", "value"]).ok();
    }
}

#[test]
fn readers_meet_one_whole_generation_while_others_write() {
    let scene = Scene::with_login();
    thread::scope(|threads| {
        let writer = threads.spawn(|| {
            for number in 0..30 {
                scene
                    .run_with(
                        ["patch", "admin", "password=-", "--description", &number.to_string()],
                        number.to_string(),
                    )
                    .ok();
            }
        });
        while !writer.is_finished() {
            let shown = scene.get("admin");
            let description = shown["description"].as_str().unwrap_or("old-password");
            assert_eq!(shown["fields"]["password"], description);
        }
    });
}

#[test]
fn files_are_private_whatever_the_umask() {
    let scene = Scene::bare();
    let script = format!("umask 000; exec {PROGRAM} \"$@\"");
    let run = |words: &[&str], stdin: &str| {
        let mut shell = Command::new("/bin/sh");
        shell.args(["-c", &script, "sh"]).args(words).current_dir(scene.path("."));
        scene.environment(&mut shell);
        shell.env("CREDCTL_VAULT", scene.path("deep/er/vault.age")).outcome(stdin).ok()
    };
    run(&["init", "--generate-identity", "identity.txt"], "");
    run(&["add", "Simple", "a", "value=-"], "x");
    run(&["add", "Simple", "b", "value=-"], "x");
    for name in ["identity.txt", "deep/er/vault.age", "deep/er/vault.age.bak", "deep/er/vault.age.lock"] {
        assert_eq!(scene.mode(name), 0o600, "{name}");
    }
    for name in ["deep", "deep/er"] {
        assert_eq!(scene.mode(name), 0o700, "{name}");
    }
}

#[test]
fn a_mode_that_was_chosen_is_no_wider_afterwards() {
    let scene = Scene::with_login();
    fs::set_permissions(scene.vault(), Permissions::from_mode(0o400)).unwrap();
    scene.run(["patch", "admin", "domain=x"]).ok();
    assert_eq!(scene.mode("vault.age") & 0o077, 0);
}

#[test]
fn a_link_to_a_vault_stays_a_link() {
    let scene = Scene::with_login();
    fs::create_dir(scene.path("sync")).unwrap();
    fs::rename(scene.vault(), scene.path("sync/real.age")).unwrap();
    symlink("sync/real.age", scene.vault()).unwrap();
    scene.login("second");
    assert_eq!(fs::read_link(scene.vault()).unwrap().to_str(), Some("sync/real.age"));
    assert_eq!(scene.ids(), ["admin", "second"]);
    // both names meet the same lock
    scene.run(["list", "--vault", "sync/real.age"]).ok();
    assert!(scene.path("sync/real.age.lock").exists());
    scene.run(["rekey", "--recipient", &crate::support::lab::recipient(&scene.path("identity.txt"))]).ok();
    assert!(scene.vault().is_symlink());
}

#[test]
fn odd_files_in_the_place_of_a_vault_are_refused_fast() {
    let scene = Scene::new();
    fs::create_dir(scene.path("folder")).unwrap();
    assert!(Command::new("mkfifo").arg(scene.path("pipe")).status().unwrap().success());
    symlink("loop", scene.path("loop")).unwrap();
    for (name, status) in
        [("folder", 9), ("pipe", 9), ("/dev/null", 9), ("/dev/zero", 9), ("/", 9), ("loop", 10)]
    {
        for words in [
            &["list"][..],
            &["add", "Simple", "a", "value=-"],
            &["delete", "-y", "a"],
            &["init", "--force", "--generate-identity", "new.txt"],
        ] {
            let start = Instant::now();
            let outcome = scene.run_with(words.iter().chain(&["--vault", name]), "x");
            assert!(start.elapsed() < Duration::from_secs(5), "{name}: {words:?} waits");
            assert_eq!(outcome.status(), Some(status), "{name}: {words:?}: {outcome:?}");
        }
    }
    assert!(scene.path("folder").is_dir());
    assert!(!scene.path("new.txt").exists(), "an identity that opens nothing is left behind");
    assert!(!scene.path("folder.lock").exists() || scene.path("folder").is_dir());
}

#[test]
fn the_generation_before_is_beside_the_vault() {
    let scene = Scene::with_login();
    let before = scene.bytes();
    scene.run(["delete", "-y", "admin"]).ok();
    assert_eq!(fs::read(scene.path("vault.age.bak")).unwrap(), before);
    let mut command = scene.command(["get", "admin", "--field", "password", "--vault", "vault.age.bak"]);
    assert_eq!(command.outcome("").ok().stdout(), "old-password");
}

#[test]
fn reading_writes_nothing() {
    let scene = Scene::with_login();
    fs::remove_file(scene.path("vault.age.lock")).unwrap();
    fs::remove_file(scene.path("vault.age.bak")).unwrap();
    // what a write remembers
    fs::remove_dir_all(scene.path("home/state")).unwrap();
    let modified = fs::metadata(scene.vault()).unwrap().modified().unwrap();
    for words in [
        &["list"][..],
        &["get", "admin"],
        &["get", "nobody"],
        &["types"],
        &["check"],
        &["history"],
        &["access", "admin"],
        &["ref", "list"],
        &["environment", "list"],
        &["project", "list"],
        &["verify", "admin"],
        &["export", "--no-secrets"],
        &["run", "-e", "P=admin/password", "--", "true"],
    ] {
        scene.run(words);
    }
    assert_eq!(scene.names(), ["home", "identity.txt", "vault.age"]);
    // only what this machine remembers of the vault
    assert_eq!(crate::support::names(&scene.path("home")), ["state"]);
    assert_eq!(crate::support::names(&scene.path("home/state/credctl")), ["pins"]);
    assert_eq!(crate::support::names(&scene.path("home/state/credctl/pins")).len(), 2);
    assert_eq!(fs::metadata(scene.vault()).unwrap().modified().unwrap(), modified);
}

#[test]
fn a_failed_change_makes_nothing_beside_a_vault_that_is_not_there() {
    let scene = Scene::bare();
    for words in [
        &["list"][..],
        &["add", "Simple", "a", "value=-"],
        &["patch", "a", "value=-"],
        &["delete", "-y", "a"],
        &["rekey", "--recipient", "age1x"],
    ] {
        scene.run_with(words, "x");
        assert_eq!(scene.names(), ["home"], "{words:?}");
    }
}

#[test]
fn a_verb_that_fails_leaves_the_file_to_the_byte() {
    let scene = Scene::with_login();
    let names = scene.names();
    let rows: [(i32, &[&str], &str); 16] = [
        (5, &["init", "--generate-identity", "i.txt"], ""),
        (5, &["add", "Simple", "admin", "value=-"], "x"),
        (3, &["add", "-f", "-"], "{\"type\":\"Simple\"}"),
        (8, &["add", "-f", "-", "--atomic"], "[{\"type\":\"Simple\",\"value\":\"x\"},{\"type\":\"Simple\"}]"),
        (3, &["update", "admin", "username=x"], ""),
        (5, &["update", "admin", "-f", "-"], "{\"id\":\"b\",\"username\":\"u\",\"password\":\"p\"}"),
        (3, &["put", "nobody", "username=x"], ""),
        (3, &["put", "nobody", "--type", "login", "username=x"], ""),
        (3, &["patch", "admin", "username="], ""),
        (8, &["patch", "admin", "nobody", "domain=x", "--atomic"], ""),
        (3, &["passwd", "admin", "--password-stdin"], ""),
        (4, &["passwd", "nobody", "--password-stdin"], "x"),
        (4, &["delete", "-y", "nobody"], ""),
        (8, &["delete", "-y", "admin", "nobody", "--atomic"], ""),
        (2, &["rekey", "--recipient", "nonsense"], ""),
        (7, &["rekey", "--new-passphrase-file", "missing"], ""),
    ];
    for (status, words, stdin) in rows {
        scene.refuses(status, words, stdin);
        assert_eq!(scene.names(), names, "{words:?}");
    }
}

#[test]
fn a_limit_on_the_size_of_files_is_a_failed_write() {
    let scene = Scene::with_login();
    let before = scene.bytes();
    let script = format!("ulimit -f 0; exec {PROGRAM} \"$@\"");
    let mut command = Command::new("bash");
    command.args(["-c", &script, "-", "add", "Simple", "a", "value=@value"]).current_dir(scene.path("."));
    scene.file("value", "v");
    scene.environment(&mut command);
    command.outcome(b"").exits(10);
    assert_eq!(before, scene.bytes());
    scene.run(["get", "admin"]).ok();
}
