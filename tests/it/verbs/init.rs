//! `init`: a vault where there is none.

use std::fs;
use std::os::unix::fs::symlink;

use serde_json::json;

use crate::support::{Run as _, Scene, lab};

#[test]
fn a_vault_with_an_identity_of_its_own() {
    let scene = Scene::bare();
    let identity = scene.text_path("identity.txt");
    let answer = scene.run(["init", "--generate-identity", &identity, "-o", "json"]).ok().json();
    let text = fs::read_to_string(&identity).unwrap();
    assert!(text.lines().any(|line| line.starts_with("AGE-SECRET-KEY-1")), "{text}");
    assert_eq!(answer["recipient"], lab::recipient(&scene.path("identity.txt")));
    assert_eq!(answer["recipients"], json!([answer["recipient"]]));
    assert_eq!(answer["lockedWith"], "recipients");
    assert_eq!((scene.mode("identity.txt"), scene.mode("vault.age")), (0o600, 0o600));
    assert!(scene.ids().is_empty());
}

#[test]
fn a_vault_for_recipients_given_and_from_a_file() {
    let scene = Scene::new();
    let one = lab::recipient(&scene.path("identity.txt"));
    scene.run(["init", "--vault", "other.age", "--generate-identity", "other.txt"]).ok();
    let two = lab::recipient(&scene.path("other.txt"));
    let file = scene.file("recipients", format!("# comment\n\n{two}\n{one}\n"));
    scene.run(["init", "--vault", "v.age", "--recipient", &one, "--recipients-file", &file]).ok();
    for identity in ["identity.txt", "other.txt"] {
        scene.run(["list", "--vault", "v.age", "-i", identity]).ok();
    }
    scene.run(["init", "--vault", "w.age", "--recipient", &one]).ok();
    scene.run(["list", "--vault", "w.age", "-i", "other.txt"]).exits(7);
}

#[test]
fn a_vault_that_is_there_is_kept_unless_forced() {
    let scene = Scene::with_login();
    scene.refuses(5, ["init", "--generate-identity", &scene.text_path("i2.txt")], "").says("--force");
    assert!(!scene.path("i2.txt").exists());
    let before = scene.bytes();
    scene.run(["init", "--force", "--recipient", &lab::recipient(&scene.path("identity.txt"))]).ok();
    assert!(scene.ids().is_empty());
    assert_eq!(fs::read(scene.path("vault.age.bak")).unwrap(), before);
}

#[test]
fn an_identity_that_is_there_is_never_overwritten() {
    let scene = Scene::bare();
    let identity = scene.file("identity.txt", "mine");
    scene.run(["init", "--generate-identity", &identity]).exits(5);
    assert_eq!(fs::read_to_string(&identity).unwrap(), "mine");
    symlink("nowhere", scene.path("link")).unwrap();
    scene.run(["init", "--generate-identity", "link"]).exits(5);
    assert!(!scene.vault().exists());
}

#[test]
fn recipients_that_are_none_are_refused() {
    let scene = Scene::bare();
    for recipient in ["nonsense", "age1qqqq", "ssh-ed25519 AAAA", ""] {
        scene.run(["init", "--recipient", recipient]).exits(2);
    }
    // an identity must not be repeated in a message
    let identity = "AGE-SECRET-KEY-1QQPZRY9X8GF2TVDW0S3JN54KHCE6MUA7LQQPZRY9X8GF2TVDW0SUN8A4E";
    scene.run(["init", "--recipient", identity]).exits(2).hides("QQPZRY");
    scene
        .run([
            "init",
            "--recipient",
            "age1yubikey1q2w7u3vpya839jxxuq8g0sedh3d740d4xvn639sqhr95ejj8vu3hyfumptt",
        ])
        .exits(2);
    assert!(!scene.vault().exists());
}

#[test]
fn an_empty_passphrase_is_no_passphrase() {
    let scene = Scene::bare();
    scene.run_with(["init", "--passphrase-stdin"], "\n").exits(2);
    scene.run(["init"]).exits(7).says("--passphrase-stdin");
    assert!(!scene.vault().exists());
}

#[test]
fn the_folder_of_the_vault_is_made_by_default() {
    let scene = Scene::new();
    let recipient = lab::recipient(&scene.path("identity.txt"));
    let mut command = scene.command(["init", "--recipient", &recipient]);
    command.env_remove("CREDCTL_VAULT").outcome("").ok();
    let vault = scene.path("home/data/credctl/vault.age");
    assert!(vault.exists());
    assert_eq!((scene.mode("home/data/credctl"), scene.mode("home/data/credctl/vault.age")), (0o700, 0o600));
    scene.command(["list"]).env_remove("CREDCTL_VAULT").outcome("").ok();
}

#[test]
fn of_several_at_once_one_makes_the_vault() {
    let scene = Scene::bare();
    let statuses: Vec<_> = std::thread::scope(|threads| {
        let run = |number: usize| {
            let scene = &scene;
            threads
                .spawn(move || scene.run(["init", "--generate-identity", &format!("i{number}.txt")]).status())
        };
        let runs: Vec<_> = (0..6).map(run).collect();
        runs.into_iter().map(|run| run.join().unwrap()).collect()
    });
    let winners: Vec<_> = (0..6).filter(|number| statuses[*number] == Some(0)).collect();
    assert_eq!(winners.len(), 1, "{statuses:?}");
    assert!(statuses.iter().all(|status| matches!(status, Some(0 | 5))), "{statuses:?}");
    // identities that open nothing are gone
    let winner = format!("i{}.txt", winners[0]);
    assert_eq!(scene.names(), ["home", &winner, "vault.age", "vault.age.lock"]);
    scene.run(["list", "-i", &winner]).ok();
}

#[test]
fn an_identity_that_cannot_be_written_makes_no_vault() {
    let scene = Scene::bare();
    std::fs::write(scene.vault().with_file_name("file"), "x").unwrap();
    let outcome = scene.run(["init", "--generate-identity", "file/identity.txt"]);
    assert!(matches!(outcome.status(), Some(4 | 10)), "{outcome:?}");
    assert!(!scene.vault().exists());
}

#[test]
fn a_dry_run_makes_nothing() {
    let scene = Scene::bare();
    let words = ["init", "-n", "--generate-identity", "new.txt", "--vault", "deep/vault.age", "-o", "json"];
    let answer = scene.run(words).ok().json();
    assert_eq!(
        (&answer["dryRun"], &answer["lockedWith"]),
        (&serde_json::json!(true), &serde_json::json!("recipients"))
    );
    assert!(!scene.path("deep").exists() && !scene.path("new.txt").exists());
}
