//! Files of others: what is there already, what is never overwritten, and what is written to.

use std::fs;
use std::os::unix::fs::{PermissionsExt as _, symlink};
use std::process::Command;

use crate::support::{Outcome, PROGRAM, Run as _, Scene};

/// A vault with a login, and every verb that writes a file for somebody else, without `--out`.
fn writers() -> (Scene, Vec<Vec<String>>) {
    let scene = Scene::with_login();
    let template = scene.file("template", "p={{ cred://admin/password }}\n");
    let recipient = scene.recipient("other.txt");
    let words = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect();
    let verbs = vec![
        words(&["export", "admin"]),
        words(&["export", "admin", "--format", "dotenv"]),
        words(&["export", "admin", "--force"]),
        words(&["export", "admin", "--encrypt-to", &recipient]),
        words(&["inject", &template]),
        words(&["inject", &template, "--force"]),
        words(&["environment", "add", "e", "--recipient", &recipient]),
    ];
    (scene, verbs)
}

fn to(scene: &Scene, verb: &[String], more: &[&str]) -> Outcome {
    scene.run(verb.iter().map(String::as_str).chain(more.iter().copied()))
}

#[test]
fn what_is_there_is_left_alone_unless_overwrite_is_given() {
    let (scene, verbs) = writers();
    fs::create_dir(scene.path("there")).unwrap();
    symlink("there/file", scene.path("link")).unwrap();
    for verb in &verbs {
        for out in ["there/file", "link"] {
            if verb[0] == "environment" && out == "link" {
                continue;
            }
            scene.file("there/file", "precious");
            to(&scene, verb, &["--out", out])
                .exits(5)
                .says("exists")
                .says("--overwrite")
                .hides("old-password");
            assert_eq!(fs::read(scene.path("there/file")).unwrap(), b"precious", "{verb:?}");
            to(&scene, verb, &["--out", out, "--overwrite"]).ok();
            assert_ne!(fs::read(scene.path("there/file")).unwrap(), b"precious", "{verb:?}");
            assert_eq!(scene.mode("there/file"), 0o600);
        }
        let names = fs::read_dir(scene.path("there")).unwrap().count();
        assert_eq!(names, 1, "{verb:?} left something behind");
    }
    assert!(fs::symlink_metadata(scene.path("link")).unwrap().is_symlink());
    to(&scene, &verbs[0], &["--overwrite"]).exits(2);
}

#[test]
fn vaults_and_identities_are_never_overwritten() {
    let (scene, verbs) = writers();
    let fixture = format!("{}/tests/it/file/fixtures/v1/passphrase.age", env!("CARGO_MANIFEST_DIR"));
    fs::copy(fixture, scene.path("passphrase.age")).unwrap();
    let other = Scene::with_login();
    other.run(["patch", "admin", "domain=x"]).ok();
    for name in ["vault.age", "vault.age.bak", "vault.age.lock"] {
        fs::copy(other.path(name), scene.path(&format!("other-{name}"))).unwrap();
    }
    // a vault without anything beside it that the same identity opens
    fs::copy(scene.vault(), scene.path("copy.age")).unwrap();
    fs::copy(scene.path("identity.txt"), scene.path("spare.txt")).unwrap();
    scene.file("secret.txt", "not the passphrase of this vault, but named as one\n");
    let spare = fs::read_to_string(scene.path("spare.txt")).unwrap();
    scene.file("marked.txt", format!("\u{feff}{spare}"));
    let wide: Vec<u8> = format!("\u{feff}{spare}").encode_utf16().flat_map(u16::to_le_bytes).collect();
    scene.file("wide.txt", &wide);
    scene.file("noted.txt", format!("{spare}and a note\n"));
    scene.file("ssh", "-----BEGIN OPENSSH PRIVATE KEY-----\nb3BlbnNzaC1rZXktdjEAAAAA\n");
    for name in [
        "identity.txt",
        "spare.txt",
        "marked.txt",
        "wide.txt",
        "noted.txt",
        "ssh",
        "vault.age",
        "vault.age.bak",
        "vault.age.lock",
        "passphrase.age",
        "other-vault.age",
        "other-vault.age.bak",
        "other-vault.age.lock",
        "copy.age",
        "secret.txt",
    ] {
        let before = fs::read(scene.path(name)).unwrap_or_default();
        for verb in &verbs {
            let source = ["--passphrase-file", name];
            let source = if name == "secret.txt" { &source[..] } else { &[] };
            to(&scene, verb, &[&["--out", name, "--overwrite"], source].concat())
                .exits(5)
                .hides("AGE-SECRET")
                .hides("old-password");
            assert_eq!(before, fs::read(scene.path(name)).unwrap_or_default(), "{name}: {verb:?}");
        }
        if !["secret.txt", "copy.age"].contains(&name) {
            scene.run(["export", "admin", "--format", "dotenv", "--out", name, "--merge"]).exits(5);
        }
    }
    // where the backup or the lock of another vault would be
    fs::remove_file(scene.path("other-vault.age.bak")).unwrap();
    to(&scene, &verbs[0], &["--out", "other-vault.age.bak"]).exits(5).says("other-vault.age");
    scene.run(["init", "--vault", "new.age", "--generate-identity", "identity.txt"]).exits(5);
    assert!(!scene.path("new.age").exists());
}

#[test]
fn a_key_takes_the_place_of_the_key_before_it() {
    let scene = Scene::with_login();
    let key = include_str!("../../../src/kind/rule/testdata/pair_ec.key.pem");
    scene.run_with(["add", "privkey", "web", "privkey=-"], key).ok();
    scene.file("web.key", "-----BEGIN RSA PRIVATE KEY-----\nMIIE\n");
    let export = ["export", "web", "--out", "web.key", "--overwrite"];
    scene.run(export).exits(5).says("is an SSH private key");
    let own = scene.own();
    for option in [&["--no-secrets"][..], &["--encrypt-to", &own]] {
        let words = [&export[..], &["--format", "pem"], option].concat();
        scene.run(words).exits(5).says("is an SSH private key");
    }
    scene.run(export.into_iter().chain(["--format", "pem"])).ok();
    assert_eq!(fs::read_to_string(scene.path("web.key")).unwrap(), key);
}

#[test]
fn streams_and_devices_are_written_to() {
    let (scene, verbs) = writers();
    let wanted = to(&scene, &verbs[1], &[]).ok();
    let shell = |script: &str| {
        let mut shell = Command::new("bash");
        let words = verbs[1].join(" ");
        shell
            .current_dir(scene.path(""))
            .args(["-c", &script.replace("EXPORT", &format!("\"{PROGRAM}\" {words} -q"))]);
        scene.environment(&mut shell);
        shell.env("CREDCTL_NON_INTERACTIVE", "1");
        shell.outcome("")
    };
    for out in ["/dev/stdout", "/dev/fd/1", "/proc/self/fd/1", "-"] {
        assert_eq!(to(&scene, &verbs[1], &["--out", out]).ok().stdout(), wanted.stdout(), "{out}");
        scene.file("f", "keep\n");
        shell(&format!("EXPORT --out {out} >> f")).ok();
        assert_eq!(
            fs::read_to_string(scene.path("f")).unwrap(),
            format!("keep\n{}", wanted.stdout()),
            "{out}"
        );
    }
    let both = shell("{ echo one; EXPORT --out /dev/fd/5; echo two; } 5>f >&5").ok();
    assert!(both.stdout.is_empty());
    assert_eq!(fs::read_to_string(scene.path("f")).unwrap(), format!("one\n{}two\n", wanted.stdout()));
    let got = shell("EXPORT --out >(cat > g); while ! [ -s g ]; do sleep 0.05; done; cat g").ok();
    assert_eq!(got.stdout(), wanted.stdout());
    let got = shell("mkfifo p; cat p & EXPORT --out p; wait; [ -p p ]").ok();
    assert_eq!(got.stdout(), wanted.stdout());
    let told = shell("EXPORT --out /dev/stderr").ok();
    assert_eq!(told.stderr, wanted.stdout());
    shell("EXPORT --out /dev/null; [ -c /dev/null ]").ok();
    shell("ln -s /dev/fd/5 l; EXPORT --out l 5>>f; [ -L l ]").ok();
    assert!(fs::read_to_string(scene.path("f")).unwrap().ends_with(&format!("two\n{}", wanted.stdout())));
    shell("EXPORT --out /dev/fd/77").exits(10);
    shell("EXPORT --out /dev/stdout --merge").exits(2);
}

#[test]
fn manual_pages_are_all_written_or_none() {
    let scene = Scene::bare();
    fs::create_dir(scene.path("man")).unwrap();
    scene.file("man/credctl-list.1", "mine");
    scene.run(["man", "man"]).exits(5).says("--overwrite");
    assert_eq!(fs::read_dir(scene.path("man")).unwrap().count(), 1);
    assert_eq!(fs::read(scene.path("man/credctl-list.1")).unwrap(), b"mine");
    scene.run(["man", "man", "--overwrite"]).ok();
    assert!(fs::read(scene.path("man/credctl-list.1")).unwrap().starts_with(b".ie"));
    assert_eq!(scene.mode("man/credctl.1"), 0o644);
}

#[test]
fn an_export_is_merged_into_what_is_there() {
    let scene = Scene::with_login();
    let merge =
        |format: &str, out: &str| scene.run(["export", "admin", "--format", format, "--out", out, "--merge"]);
    scene.file("env", "# mine\nA=1");
    fs::set_permissions(scene.path("env"), fs::Permissions::from_mode(0o640)).unwrap();
    merge("dotenv", "env").ok().says("added ADMIN_USERNAME").hides("old-password");
    let text = "# mine\nA=1\nADMIN_USERNAME='ips'\nADMIN_PASSWORD='old-password'\nADMIN_DOMAIN='test'\n";
    assert_eq!(fs::read_to_string(scene.path("env")).unwrap(), text);
    assert_eq!(scene.mode("env"), 0o600);
    let before = fs::metadata(scene.path("env")).unwrap().modified().unwrap();
    merge("dotenv", "env").ok().says("nothing to change");
    assert_eq!(fs::metadata(scene.path("env")).unwrap().modified().unwrap(), before);
    merge("netrc", "new").ok();
    assert_eq!(scene.mode("new"), 0o600);
    // what is not understood is left alone, and not quoted
    for (format, text) in [("dotenv", "S-free text\n"), ("netrc", "S-word\n")] {
        scene.file("odd", text);
        merge(format, "odd").exits(3).says("line 1").hides("S-");
        assert_eq!(fs::read_to_string(scene.path("odd")).unwrap(), text);
    }
    for format in ["csv", "native", "shell", "pem"] {
        merge(format, "env").exits(2).says("dotenv");
    }
    for more in [&["--overwrite"][..], &["--no-secrets"], &["--encrypt-to", "age1x"]] {
        let words = ["export", "admin", "--format", "dotenv", "--out", "env", "--merge"];
        scene.run(words.iter().chain(more)).exits(2);
    }
    assert_eq!(fs::read_to_string(scene.path("env")).unwrap(), text);
}
