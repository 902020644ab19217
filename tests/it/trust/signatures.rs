//! Every use of a forged vault is refused to a reader who is no signer. Everything that is no attack is silent.

use std::fs;
use std::os::unix::fs::PermissionsExt as _;

use super::{on, signed};
use crate::support::{Run as _, Scene, lab};

/// Puts a text in the place of the vault, in a new file that is locked to its recipients.
fn seal(scene: &Scene, text: &str) {
    lab::encrypt(text.as_bytes(), &scene.vault(), &scene.path("identity.txt"));
}

/// Checks that a machine that knows the vault reads nothing from the file in its place. Returns the outcome on a machine
/// that does not know the vault.
#[track_caller]
fn is_refused(scene: &Scene, secret: &str) -> crate::support::Outcome {
    let before = scene.bytes();
    // it forgets what it took for the vault before
    let fresh = scene.path("home/fresh");
    if fresh.exists() {
        fs::remove_dir_all(fresh).unwrap();
    }
    for words in [
        &["get", "admin", "--reveal"][..],
        &["list"],
        &["export", "--format", "native"],
        &["check"],
        &["patch", "admin", "domain=x"],
        &["undo", "-y"],
        &["recipients", "list"],
    ] {
        let refused = scene.run(words).exits(9).hides(secret);
        assert_eq!(refused.stdout(), "", "{words:?}");
        assert!(scene.bytes() == before, "{words:?}");
    }
    on(scene, "fresh", &["get", "admin", "--reveal"]).outcome("")
}

/// The lines of a text up to the section of this name, and those from there on.
fn cut<'a>(text: &'a str, section: &str) -> (&'a str, &'a str) {
    text.split_at(text.find(&format!("\"{section}\":[")).unwrap())
}

#[test]
fn parts_of_two_generations_make_no_third_one() {
    let scene = signed();
    scene.run_with(["passwd", "admin", "--password-stdin"], "later-password").ok();
    let (genuine, text) = (scene.bytes(), scene.text());
    let earlier = {
        let sealed = fs::read(scene.path("vault.age.bak")).unwrap();
        fs::write(scene.path("earlier.age"), sealed).unwrap();
        String::from_utf8(lab::decrypt(&scene.path("earlier.age"), &scene.path("identity.txt"))).unwrap()
    };
    // replay: the earlier text in a new file, and in its own
    seal(&scene, &earlier);
    is_refused(&scene, "old-password");
    fs::copy(scene.path("earlier.age"), scene.vault()).unwrap();
    is_refused(&scene, "old-password").ok();
    // splice: the first line of now above the content of before, and the other way round
    for (head, tail) in [(&text, &earlier), (&earlier, &text)] {
        for section in ["recipients", "credentials", "history", "chunks"] {
            let spliced = format!("{}{}", cut(head, section).0, cut(tail, section).1);
            seal(&scene, &spliced);
            is_refused(&scene, "old-password").exits(9).hides("-password");
        }
    }
    // swap: two records of the same length in each other's place
    let swapped = text.replacen("ips", "spi", 1);
    seal(&scene, &swapped);
    is_refused(&scene, "later-password").exits(9).hides("-password");
    fs::write(scene.vault(), genuine).unwrap();
    scene.run(["get", "admin"]).ok();
}

#[test]
fn a_removed_recipient_does_not_come_back() {
    let scene = signed();
    let friend = scene.recipient("friend.txt");
    scene.run(["recipients", "add", &friend, "--name", "Friend"]).ok();
    let with_friend = scene.text();
    scene.run(["recipients", "remove", "Friend"]).ok();
    scene.run(["list"]).ok();
    let (genuine, text) = (scene.bytes(), scene.text());
    // roster rollback: the list of recipients of before, in the text of now
    let (head, rest) = cut(&text, "recipients");
    let (_, tail) = cut(rest, "credentials");
    let (roster, _) = cut(cut(&with_friend, "recipients").1, "credentials");
    seal(&scene, &format!("{head}{roster}{tail}"));
    is_refused(&scene, &friend).exits(9);
    fs::write(scene.vault(), genuine).unwrap();
    scene.run(["list"]).ok();
}

#[test]
fn another_vault_of_the_same_signer_is_another_vault() {
    let scene = signed();
    let own = scene.own();
    scene.run(["init", "--vault", "second.age", "--recipient", &own]).ok();
    scene.run_with(["add", "Simple", "admin", "value=-", "--vault", "second.age"], "second-secret").ok();
    scene.run(["sign", "--with", "ops", "--vault", "second.age"]).ok();
    let (genuine, first) = (scene.bytes(), scene.text());
    let second =
        String::from_utf8(lab::decrypt(&scene.path("second.age"), &scene.path("identity.txt"))).unwrap();
    fs::copy(scene.path("second.age"), scene.vault()).unwrap();
    is_refused(&scene, "second-secret").ok();
    // its content under the first line of this one, with and without its signature
    for section in ["recipients", "credentials"] {
        seal(&scene, &format!("{}{}", cut(&first, section).0, cut(&second, section).1));
        is_refused(&scene, "second-secret").exits(9);
    }
    fs::write(scene.vault(), genuine).unwrap();
    scene.run(["get", "admin"]).ok();
}

#[test]
fn what_is_no_attack_on_a_signed_vault_is_silent() {
    let scene = signed();
    let backup = scene.bytes();
    let quiet = |machine: &str, words: &[&str]| {
        let outcome = on(&scene, machine, words).outcome("").ok();
        assert!(!outcome.stderr.contains("trust"), "{words:?}: {}", outcome.stderr);
    };
    // two machines in turn, also one that missed some generations
    for gap in [1, 3, 8, 9, 17] {
        for number in 0..gap {
            quiet("state", &["patch", "admin", "--description", &number.to_string()]);
        }
        quiet("laptop", &["get", "admin"]);
        quiet("laptop", &["patch", "admin", "domain=laptop"]);
    }
    // undo, and undo again
    for _ in 0..2 {
        quiet("state", &["undo", "-y"]);
        quiet("laptop", &["get", "admin"]);
    }
    // a container with a fresh, and with a read-only state folder
    quiet("fresh", &["get", "admin"]);
    let read_only = scene.path("home/read-only");
    fs::create_dir_all(&read_only).unwrap();
    fs::set_permissions(&read_only, fs::Permissions::from_mode(0o500)).unwrap();
    quiet("read-only", &["get", "admin"]);
    fs::set_permissions(&read_only, fs::Permissions::from_mode(0o700)).unwrap();
    // a restored backup needs the one command that the message names
    fs::write(scene.vault(), backup).unwrap();
    scene.run(["get", "admin"]).exits(9).says("credctl trust");
    scene.run(["trust", "-y"]).ok();
    for words in [&["get", "admin"][..], &["patch", "admin", "domain=x"], &["get", "admin"]] {
        quiet("state", words);
    }
    scene.run(["trust"]).ok().prints("nothing to accept");
}

#[test]
fn status_and_doctor_tell_who_may_change_a_vault_and_whether_this_machine_can() {
    let scene = signed();
    scene.run(["sign", "--add", "audit.pub"]).ok();
    let status = || scene.answer(["status"]);
    let shown = status();
    assert_eq!(shown["signers"], serde_json::json!(["ops", "audit"]));
    assert_eq!(
        (&shown["signingKey"]["state"], &shown["signingKey"]["signer"]),
        (&"ready".into(), &"ops".into())
    );
    assert_eq!(shown["memory"]["writable"], serde_json::json!(true));
    let table = scene.run(["status"]).ok().prints("by ops; these can change it: ops, audit");
    table.prints("signs as ops");
    scene.run(["doctor"]).ok();
    // a key that was named and is of no use
    let with = |key: &str, words: &[&str]| {
        scene.command(words).env("CREDCTL_SIGNING_KEY", scene.path(key)).outcome("")
    };
    for (key, reason) in [
        ("other", "it is not the key of a signer"),
        ("missing", "missing"),
        ("ops.pub", "the ssh-agent does not have it"),
    ] {
        let shown = with(key, &["status", "-o", "json"]).ok().json();
        assert_eq!(shown["signingKey"]["state"], "unusable", "{shown}");
        with(key, &["status"]).ok().prints("cannot sign").prints(reason);
        with(key, &["doctor", "--only", "signing"]).exits(8).prints(reason).prints("credctl sign");
    }
    // no key at all is no problem of a reader
    scene.configure("");
    assert_eq!(status()["signingKey"]["state"], "none");
    scene.run(["status"]).ok().prints("nothing can be changed");
    scene.run(["doctor"]).ok();
    scene.run(["sign", "--off", "-y", "--signing-key", "ops"]).ok();
    assert_eq!((status().get("signers"), status().get("signingKey")), (None, None));
}
