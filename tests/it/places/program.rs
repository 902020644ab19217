//! The program with a vault at an address: what people see, and what a helper gets.

use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::process::Command;
use std::time::{Duration, Instant};

#[cfg(feature = "remote-git")]
use crate::support::lab;
use crate::support::terminal::Terminal;
use crate::support::{Run as _, Scene};

/// The program with a vault at this address, on the machine of this name.
pub(super) fn at(scene: &Scene, address: &str, machine: &str, words: &[&str]) -> Command {
    let mut command = scene.command(words);
    let home = scene.path(machine);
    command.env("CREDCTL_VAULT", address);
    for name in ["STATE", "CACHE"] {
        command.env(format!("XDG_{name}_HOME"), home.join(name.to_lowercase()));
    }
    command
}

/// A scene with an identity, and without a vault.
pub(super) fn with_identity() -> Scene {
    let scene = Scene::new();
    fs::remove_file(scene.vault()).unwrap();
    scene
}

/// A helper for addresses `fake://…`, as a script.
fn helper(scene: &Scene, script: &str) -> String {
    let folder = scene.path("bin");
    fs::create_dir_all(&folder).unwrap();
    let path = folder.join("credctl-remote-fake");
    fs::write(&path, format!("#!/bin/sh\n{script}\n")).unwrap();
    fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).unwrap();
    format!("{}:/usr/bin:/bin", folder.display())
}

#[cfg(feature = "remote-git")]
pub(super) mod with_git {
    use super::*;
    use crate::support::Outcome;

    pub fn repository(scene: &Scene) -> String {
        let path = scene.path("team.git");
        assert!(Command::new("git").args(["init", "-q", "--bare"]).arg(&path).status().unwrap().success());
        format!("git+file://{}#team.age", path.display())
    }

    pub fn run(scene: &Scene, address: &str, machine: &str, words: &[&str]) -> Outcome {
        at(scene, address, machine, words).outcome("old-password")
    }

    #[test]
    fn two_machines_share_a_vault_in_a_repository() {
        let scene = with_identity();
        let address = repository(&scene);
        let recipient = scene.own();
        run(&scene, &address, "one", &["get", "db"]).exits(4).says("no vault at").says(&address);
        run(&scene, &address, "one", &["init", "--recipient", &recipient]).ok();
        run(&scene, &address, "two", &["init", "--recipient", &recipient]).exits(5).says("exists already");
        run(&scene, &address, "one", &["add", "login", "db", "username=app", "password=-"]).ok();
        run(&scene, &address, "two", &["get", "db", "--field", "password"]).ok().prints("old-password");
        let accept = ["patch", "db", "username=root", "--accept-recipients"];
        run(&scene, &address, "two", &accept).ok();
        run(&scene, &address, "one", &["get", "db", "--field", "username"]).ok().prints("root");
        // the copy is encrypted and private, and its path is no part of what people see
        let status = run(&scene, &address, "one", &["status"])
            .ok()
            .prints(&address)
            .prints("compared with its server");
        assert!(!status.stdout().contains("copy.age"), "{status:?}");
        // the copy of this machine has the generation right before
        run(&scene, &address, "one", &["undo"]).ok();
        run(&scene, &address, "one", &["get", "db", "--field", "username"]).ok().prints("app");
    }

    #[test]
    fn a_copy_is_read_offline_and_not_changed() {
        let scene = with_identity();
        let address = repository(&scene);
        run(&scene, &address, "one", &["init", "--recipient", &scene.own()]).ok();
        run(&scene, &address, "one", &["add", "login", "db", "username=app", "password=-"]).ok();
        let get = ["--offline", "get", "db", "--field", "username"];
        run(&scene, &address, "one", &get).ok().prints("app").says("this is the copy of");
        run(&scene, &address, "two", &get).exits(4).says("no copy of");
        run(&scene, &address, "one", &["--offline", "delete", "db", "--yes"])
            .exits(10)
            .says("needs the engine");
        fs::remove_dir_all(scene.path("team.git")).unwrap();
        run(&scene, &address, "one", &["get", "db"]).exits(10).says("git cannot read the repository");
        run(&scene, &address, "one", &get).ok().prints("app");
    }

    #[test]
    fn a_vault_that_the_server_has_lost_is_not_made_anew_over_its_copy() {
        let scene = with_identity();
        let (address, recipient) = (repository(&scene), scene.own());
        run(&scene, &address, "one", &["init", "--recipient", &recipient]).ok();
        run(&scene, &address, "one", &["add", "login", "db", "username=app", "password=-"]).ok();
        let mut git = Command::new("git");
        git.args(["-C", &scene.text_path("team.git"), "update-ref", "-d", "refs/heads/main"]);
        assert!(git.status().unwrap().success());
        let lost = run(&scene, &address, "one", &["get", "db"]).exits(4).says("any more").says("put it back");
        let copy = lost.stderr.split("the copy is ").nth(1).unwrap().split(": put").next().unwrap();
        for force in [&[][..], &["--force"]] {
            let init = [&["init", "--recipient", &recipient][..], force].concat();
            run(&scene, &address, "one", &init).exits(4).says("any more").says(copy);
        }
        run(&scene, &address, "one", &["--offline", "get", "db", "--field", "username"]).ok().prints("app");
        fs::remove_file(copy).unwrap();
        run(&scene, &address, "one", &["init", "--recipient", &recipient]).ok();
        run(&scene, &address, "one", &["list"]).ok().says("no credentials");
    }

    #[test]
    fn offline_stores_no_bundle_and_asks_no_server() {
        let scene = Scene::with_login();
        let address = repository(&scene);
        scene.run(["grant", "admin", "--api-proxy", "web"]).ok();
        let recipient = scene.own();
        let add = [
            "environment",
            "add",
            "prod",
            "--recipient",
            &recipient,
            "--api-proxy",
            "web",
            "--out",
            &address,
        ];
        scene.run(add).ok();
        scene.run(["--offline", "patch", "admin", "username=ada"]).ok().says("--offline asks no server");
        run(&scene, &address, "server", &["get", "admin", "--field", "username"]).ok().prints("ips");
        scene.run(["--offline", "environment", "list"]).ok().says("was made from generation");
        scene.run(["deploy"]).ok();
        run(&scene, &address, "server", &["get", "admin", "--field", "username"]).ok().prints("ada");
    }

    #[test]
    fn a_bundle_is_stored_at_an_address() {
        let scene = Scene::with_login();
        let address = repository(&scene);
        let recipient = scene.own();
        scene.run(["grant", "admin", "--api-proxy", "web"]).ok();
        let add = [
            "environment",
            "add",
            "prod",
            "--recipient",
            &recipient,
            "--api-proxy",
            "web",
            "--out",
            &address,
        ];
        scene.run(add).ok();
        run(&scene, &address, "server", &["get", "admin", "--field", "username"]).ok().prints("ips");
        scene.run(["patch", "admin", "username=ada"]).ok();
        run(&scene, &address, "server", &["get", "admin", "--field", "username"]).ok().prints("ada");
        scene.run(["environment", "list"]).ok().prints("yes");
        // what is at the address and is no bundle of it is left alone
        let other = address.replace("team.age", "other.age");
        run(&scene, &other, "one", &["init", "--recipient", &recipient]).ok();
        scene.run(["environment", "remove", "prod"]).ok();
        let add =
            ["environment", "add", "prod", "--recipient", &recipient, "--api-proxy", "web", "--out", &other];
        scene.run(add).exits(5).says("exists already");
    }

    #[test]
    fn a_long_attachment_is_an_object_beside_the_vault_and_the_bundle() {
        let scene = Scene::with_login();
        let (address, recipient) = (repository(&scene), scene.own());
        let bundle = address.replace("team.age", "prod.age");
        let files = || {
            let mut git = Command::new("git");
            git.args(["-C", &scene.text_path("team.git"), "ls-tree", "-r", "--name-only", "main"]);
            String::from_utf8(git.output().unwrap().stdout).unwrap()
        };
        let long = scene.file("long.pem", vec![b'7'; 20_000]);
        let one = |words: &[&str]| run(&scene, &address, "one", words).ok();
        one(&["init", "--recipient", &recipient]);
        one(&["add", "login", "db", "username=app", "password=-"]);
        one(&["grant", "db", "--api-proxy", "web"]);
        one(&["attach", "db", &long]);
        let add = ["environment", "add", "prod", "--recipient", &recipient, "--api-proxy", "web"];
        one(&[&add[..], &["--out", &bundle]].concat());
        assert_eq!(files().matches("team.age.d/").count(), 1, "{}", files());
        assert_eq!(files().matches("prod.age.d/").count(), 1, "{}", files());
        let read = |address: &str, machine: &str| {
            let out = scene.text_path(&format!("read-{machine}"));
            run(&scene, address, machine, &["get", "db", "--attachment", "long.pem", "--out", &out]).ok();
            assert_eq!(fs::read(out).unwrap(), vec![b'7'; 20_000]);
        };
        read(&address, "two");
        read(&bundle, "server");
        one(&["doctor"]);
        // a change does not store it again
        let commits = || {
            let mut git = Command::new("git");
            git.args(["-C", &scene.text_path("team.git"), "rev-list", "--count", "main"]);
            String::from_utf8(git.output().unwrap().stdout).unwrap().trim().parse::<u32>().unwrap()
        };
        let before = commits();
        one(&["patch", "db", "username=ada"]);
        assert_eq!(commits(), before + 2);
        // it goes when nothing names it any more
        one(&["detach", "db", "long.pem"]);
        one(&["purge", "db", "--yes"]);
        one(&["patch", "db", "username=eve"]);
        assert!(!files().contains(".d/"), "{}", files());
    }

    /// The content of a file in the newest commit, decrypted.
    fn opened(scene: &Scene, name: &str) -> String {
        let mut git = Command::new("git");
        git.args(["-C", &scene.text_path("team.git"), "cat-file", "blob", &format!("main:{name}")]);
        fs::write(scene.path("object"), git.output().unwrap().stdout).unwrap();
        String::from_utf8(lab::decrypt(&scene.path("object"), &scene.path("identity.txt"))).unwrap()
    }

    #[test]
    fn an_encrypted_export_is_stored_at_an_address() {
        let scene = Scene::with_login();
        let address = repository(&scene).replace("team.age", "all.json.age");
        let recipient = scene.own();
        let export = ["export", "--encrypt-to", &recipient, "--out", &address];
        scene.run(export).ok().says(&format!("written to {address}"));
        assert!(opened(&scene, "all.json.age").contains("old-password"));
        // another export takes its place only if it was asked for
        scene.run_with(["patch", "admin", "password=-"], "new-password").ok();
        scene.run(export).exits(5).says("exists already").says("--overwrite");
        assert!(opened(&scene, "all.json.age").contains("old-password"));
        let overwrite = [&export[..], &["--overwrite"]].concat();
        scene.run(["--offline"].iter().chain(&overwrite)).exits(10).says("needs its engine");
        scene.run(&overwrite).ok();
        assert!(opened(&scene, "all.json.age").contains("new-password"));
        // an export that can express nothing leaves the one before
        scene.run(overwrite.iter().chain(&["--format", "netrc", "--with-access", "nothing"])).exits(4);
        assert!(opened(&scene, "all.json.age").contains("new-password"));
        // a vault is never replaced, and neither is a bundle
        let vault = repository(&scene);
        run(&scene, &vault, "one", &["init", "--recipient", &recipient]).ok();
        let bundle = address.replace("all.json", "bundle");
        let add =
            ["environment", "add", "prod", "--recipient", &recipient, "--api-proxy", "web", "--out", &bundle];
        scene.run(add).ok();
        for other in [&vault, &bundle] {
            let words = ["export", "--encrypt-to", &recipient, "--out", other, "--overwrite"];
            scene.run(words).exits(5).says("is not an export of credctl");
            let own = at(&scene, &vault, "one", &words).outcome("");
            own.exits(5).says("is not an export of credctl");
        }
    }

    #[test]
    fn an_export_that_is_not_encrypted_stays_on_this_machine() {
        let scene = Scene::with_login();
        let address = repository(&scene);
        for words in [
            &["export", "--out"][..],
            &["export", "--no-secrets", "--out"],
            &["export", "--overwrite", "--out"],
            &["export", "--force-tty", "--format", "dotenv", "--out"],
        ] {
            let told = scene.run(words.iter().chain(&[address.as_str()])).exits(2);
            told.says("only encrypted exports").says("--encrypt-to");
        }
        let merge = ["export", "--format", "dotenv", "--merge", "--out", &address];
        scene.run(merge).exits(2).says("--merge needs a file");
        let refs = Command::new("git").args(["-C", &scene.text_path("team.git"), "show-ref"]).output();
        assert!(refs.unwrap().stdout.is_empty(), "something was stored");
    }
}

#[test]
fn what_is_no_encrypted_export_needs_a_file() {
    let scene = Scene::with_login();
    let address = "s3://bucket/x";
    for words in [
        &["get", "admin", "--attachment", "x", "--out", address][..],
        &["inject", "--out", address],
        &["sign", "--statement", address],
        &["man", address],
    ] {
        scene.run(words).exits(2).says("is an address, and this needs a file").hides("old-password");
    }
    // with the path of a folder that looks like it, all is as usual
    fs::create_dir_all(scene.path("s3:/bucket")).unwrap();
    scene.run(["export", "--out", "./s3://bucket/x"]).ok();
    for with_credential in ["git+https://canary@host/repo#x", "s3://user:canary@bucket/x"] {
        scene.run(["inject", "--out", with_credential]).exits(2).hides("canary");
        let export = ["export", "--encrypt-to", &scene.own(), "--out", with_credential];
        scene.run(export).exits(2).says("contains a password or a token").hides("canary");
    }
}

#[test]
fn an_address_needs_a_helper_and_has_no_password() {
    let scene = with_identity();
    let run = |address: &str| at(&scene, address, "one", &["list"]).outcome("");
    run("nosuch://bucket/team.age").exits(10).says("there is no program credctl-remote-nosuch");
    for with_credential in ["nosuch://user:canary@host/team.age", "git+https://canary@host/repo#team.age"] {
        run(with_credential).exits(2).says("contains a password or a token").hides("canary");
        let add = ["environment", "add", "prod", "--recipient", "age1", "--out", with_credential];
        scene.run(add).exits(2).hides("canary");
        scene.run(["init", "--recipient", &scene.own()]);
        scene.run(["merge", with_credential]).exits(10).says("://***@host/").hides("canary");
    }
}

#[test]
fn a_helper_gets_nothing_that_unlocks_the_vault() {
    let scene = with_identity();
    let seen = scene.path("seen");
    let script = format!(
        "env > {0}; echo \"$@\" >> {0}; echo '{{\"protocol\":1,\"program\":\"fake 1\"}}'",
        seen.display()
    );
    let path = helper(&scene, &script);
    let mut list = at(&scene, "fake://x/team.age", "one", &["list"]);
    list.env("PATH", path).env("CREDCTL_PASSPHRASE", "canary").env("ENGINE_TOKEN", "its own");
    list.outcome("").exits(10).says("the helper ended before it answered");
    let seen = fs::read_to_string(seen).unwrap();
    assert!(seen.contains("ENGINE_TOKEN=its own") && seen.contains("fake://x/team.age"), "{seen}");
    assert!(!seen.contains("canary") && !seen.contains("CREDCTL_IDENTITY"), "{seen}");
}

#[test]
fn a_helper_that_does_not_answer_delays_a_read_only_for_a_moment() {
    let scene = with_identity();
    let greeting = "echo '{\"protocol\":1,\"program\":\"fake 1\"}'";
    // the object is there once, and then the server is silent
    scene.run(["init", "--recipient", &scene.own()]).ok();
    let once = format!(
        "{greeting}\nread request\nif [ -e {gone} ]; then exec sleep 60; fi\n\
         printf '{{\"is\":\"found\",\"tag\":\"1\",\"length\":%d}}\\n' $(wc -c < {vault})\ncat {vault}\ntouch {gone}",
        gone = scene.text_path("gone"),
        vault = scene.vault().display(),
    );
    let path = helper(&scene, &once);
    let list = || {
        let mut list = at(&scene, "fake://x/team.age", "one", &["list"]);
        list.env("PATH", &path);
        list
    };
    list().outcome("").ok();
    let start = Instant::now();
    list().outcome("").ok().says("no answer within");
    assert!(start.elapsed() < Duration::from_secs(10), "{:?}", start.elapsed());
    // hostile words reach no terminal
    let path = helper(
        &scene,
        &format!(
            "{greeting}\nread request\nprintf '{{\"is\":\"failed\",\"kind\":\"refused\",\"text\":\"a\\\\u001b[2Jb\"}}\\n'"
        ),
    );
    let mut list = at(&scene, "fake://x/team.age", "two", &["list"]);
    let told = list.env("PATH", path).outcome("").exits(10).says("[2Jb");
    assert!(!format!("{told:?}").contains("\\u{1b}"), "{told:?}");
}

#[test]
fn an_engine_that_is_always_slow_is_waited_for() {
    let scene = with_identity();
    scene.run(["init", "--recipient", &scene.own()]).ok();
    // as ssh is: slower than the usual limit, every time
    let slow = format!(
        "echo '{{\"protocol\":1,\"program\":\"fake 1\"}}'\nread request\nsleep 0.6\n\
         printf '{{\"is\":\"found\",\"tag\":\"%s\",\"length\":%d}}\\n' \
         $(cksum < {vault} | cut -d ' ' -f 1) $(wc -c < {vault})\ncat {vault}",
        vault = scene.vault().display(),
    );
    let path = helper(&scene, &slow);
    let names = || {
        let mut list = at(&scene, "fake://x/team.age", "one", &["list", "-o", "name"]);
        list.env("PATH", &path);
        list.outcome("").ok()
    };
    names();
    scene.run_with(["add", "login", "new", "username=app", "password=-"], "p").ok();
    assert_eq!(names().stdout(), "new\n");
}

#[test]
fn a_terminal_shows_what_takes_long() {
    let scene = with_identity();
    let greeting = r#"echo '{"protocol":1,"program":"fake 1"}'"#;
    let slow = format!("{greeting}; read line; sleep 2; echo '{{\"is\":\"absent\"}}'");
    let path = helper(&scene, &slow);
    let mut command = at(&scene, "fake://bucket/team.age", "one", &["get", "db"]);
    command.env("PATH", &path).env("TERM", "xterm");
    let end = Terminal::start(&command, "").end();
    assert_eq!(end.status, 4, "{}", end.shown);
    assert!(end.shown.contains("reading from the server"), "{}", end.shown);
    // nobody else hears of it
    let outcome = command.outcome("").exits(4);
    assert!(!outcome.stderr.contains("reading"), "{outcome:?}");
}
