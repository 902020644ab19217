//! Nobody is locked out, nothing lies open without a word: keys, passphrases, modes, and calls that were
//! killed.

use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;
use std::process::Command;

use crate::contract::prompts::asking;
use crate::support::terminal::Terminal;
use crate::support::{PROGRAM, Run as _, Scene, lab};

#[test]
fn a_passphrase_is_what_a_person_would_type() {
    let typed = "tulip gravel anvil 94";
    let utf16: Vec<u8> = format!("\u{feff}{typed}\r\n").encode_utf16().flat_map(u16::to_le_bytes).collect();
    let forms: [&[u8]; 3] = [b"\xef\xbb\xbftulip gravel anvil 94\r\n", &utf16, b"tulip gravel anvil 94\n\n"];
    let scene = Scene::bare();
    let path = scene.file("passphrase", forms[0]);
    scene.run(["init", "--passphrase-file", &path]).ok();
    for form in &forms[1..] {
        scene.file("passphrase", form);
        scene.run(["list", "--passphrase-file", &path]).ok();
    }
    scene.run(["list", "--passphrase-command", &format!("cat {path}")]).ok();
    scene.run_with(["list", "--passphrase-stdin"], forms[0]).ok();
    let mut command = scene.command(["list"]);
    command.env("CREDCTL_PASSPHRASE", format!("\u{feff}{typed}\n")).outcome("").ok();
    // what cannot be typed is refused where it is chosen
    for hopeless in ["two\nlines", "bell\u{7}", "", "\n"] {
        scene.file("passphrase", hopeless);
        let outcome = scene.run(["init", "--vault", "other.age", "--passphrase-file", &path]).exits(2);
        assert!(!scene.path("other.age").exists(), "{outcome:?}");
    }
    scene.file("passphrase", "two\nlines");
    scene.refuses(2, ["rekey", "--passphrase-stdin", "--new-passphrase-file", &path], typed);
}

#[test]
fn a_weak_passphrase_is_reported_and_a_strong_one_is_not() {
    for (passphrase, weak) in [("abc", true), ("        ", true), ("tulip gravel anvil 94", false)] {
        let scene = Scene::bare();
        let path = scene.file("passphrase", passphrase);
        let outcome = scene.run(["init", "--passphrase-file", &path]).ok().hides("tulip");
        assert_eq!(outcome.stderr.contains("weak"), weak, "{outcome:?}");
    }
    let scene = Scene::bare();
    let mut terminal = Terminal::start(&asking(&scene, &["init"]), "");
    terminal.answer("New passphrase for ", "abc");
    terminal.answer("(again): ", "abc");
    terminal.answer("weak", "n");
    terminal.answer("New passphrase for ", "abcd");
    terminal.answer("(again): ", "abcd");
    terminal.answer("weak", "y");
    assert_eq!(terminal.end().status, 0);
    let path = scene.file("passphrase", "abcd");
    scene.run(["list", "--passphrase-file", &path]).ok();
}

#[test]
fn identities_and_lists_of_recipients_are_read_however_they_were_saved() {
    let scene = Scene::with_login();
    let key = "openssh";
    let mut keygen = Command::new("ssh-keygen");
    keygen.args(["-q", "-t", "ed25519", "-N", "", "-f"]).arg(scene.path(key));
    assert!(keygen.status().unwrap().success());
    let public = fs::read_to_string(scene.path("openssh.pub")).unwrap();
    let age = lab::recipient(&scene.path("identity.txt"));
    let list = scene.file("list", format!("\u{feff}{age}\r\n\r\n# another\r\n{}\r\n", public.trim()));
    scene.run(["rekey", "--recipients-file", &list]).ok();
    for name in ["identity.txt", key] {
        let text = fs::read_to_string(scene.path(name)).unwrap();
        let lines = text.replace('\n', "\r\n");
        let utf16: Vec<u8> = format!("\u{feff}{lines}").encode_utf16().flat_map(u16::to_le_bytes).collect();
        for form in [format!("\u{feff}{text}").as_bytes(), lines.as_bytes(), &utf16] {
            scene.file("saved", form);
            fs::set_permissions(scene.path("saved"), fs::Permissions::from_mode(0o600)).unwrap();
            assert_eq!(scene.run(["list", "-o", "name", "-i", "saved"]).ok().stdout(), "admin\n", "{name}");
        }
    }
}

#[test]
fn files_that_others_can_write_or_identities_they_can_read_are_reported() {
    let scene = Scene::with_login();
    for (name, mode, told) in [
        ("vault.age", 0o644, false),
        ("vault.age", 0o666, true),
        ("vault.age", 0o602, true),
        (".", 0o755, false),
        (".", 0o777, true),
        ("vault.age.lock", 0o666, true),
        ("identity.txt", 0o644, true),
        ("identity.txt", 0o640, true),
        ("identity.txt", 0o400, false),
    ] {
        let before = fs::metadata(scene.path(name)).unwrap().permissions();
        fs::set_permissions(scene.path(name), fs::Permissions::from_mode(mode)).unwrap();
        let outcome = scene.run(["patch", "admin", &format!("domain={mode:o}")]).ok();
        assert_eq!(outcome.stderr.contains("by others"), told, "{name} {mode:o}: {outcome:?}");
        assert!(!told || outcome.stderr.contains("chmod"), "{outcome:?}");
        assert!(outcome.stderr.matches("by others").count() < 2, "{outcome:?}");
        fs::set_permissions(scene.path(name), before.clone()).unwrap();
        if name != "vault.age.lock" {
            fs::set_permissions(scene.path(name), fs::Permissions::from_mode(mode)).unwrap();
            let outcome = scene.run(["get", "admin"]).ok();
            assert_eq!(outcome.stderr.contains("by others"), told, "{name} {mode:o}: {outcome:?}");
            assert_eq!(scene.run(["get", "admin", "-q"]).ok().stderr, "");
            fs::set_permissions(scene.path(name), before).unwrap();
        }
        // the vault that was written is private again, and so is its backup
        for name in ["vault.age", "vault.age.bak"] {
            fs::set_permissions(scene.path("vault.age"), fs::Permissions::from_mode(0o600)).unwrap();
            assert_eq!(scene.mode(name), 0o600);
        }
    }
}

#[test]
fn a_hard_link_to_the_vault_is_reported() {
    let scene = Scene::with_login();
    assert_eq!(scene.run(["patch", "admin", "domain=a"]).ok().stderr, "");
    fs::hard_link(scene.vault(), scene.path("second.age")).unwrap();
    scene.run(["patch", "admin", "domain=b"]).ok().says("hard link");
    assert_eq!(scene.run(["patch", "admin", "domain=c"]).ok().stderr, "");
}

/// As age does: a key that is not needed is not unlocked.
#[test]
fn an_encrypted_identity_is_asked_for_only_when_nothing_else_opens_the_vault() {
    let scene = Scene::with_login();
    let keygen = |name: &str, passphrase: &str| {
        let mut keygen = Command::new("ssh-keygen");
        keygen.args(["-q", "-t", "ed25519", "-N", passphrase, "-f"]).arg(scene.path(name));
        assert!(keygen.status().unwrap().success());
        fs::read_to_string(scene.path(&format!("{name}.pub"))).unwrap()
    };
    let named = keygen("named", "first");
    keygen("unnamed", "second");
    for order in [["-i", "identity.txt", "-i", "named"], ["-i", "unnamed", "-i", "identity.txt"]] {
        scene.run([&["list"][..], &order].concat()).ok();
    }
    scene.run(["list", "-i", "unnamed"]).exits(7).says("none of the identities");
    scene.run(["rekey", "--recipient", named.trim(), "-i", "identity.txt", "-i", "named"]).ok();
    let first = scene.file("first", "first\n");
    scene.run(["list", "-i", "unnamed", "-i", "named", "--passphrase-file", &first]).ok();
}

#[test]
fn a_rekey_that_locks_out_the_own_identities_needs_the_typed_file_name() {
    let scene = Scene::with_login();
    let other = scene.recipient("other.txt");
    let words = ["rekey", "--recipient", &other];
    let mut terminal = Terminal::start(&asking(&scene, &words), "");
    terminal.answer("vault.age", "y");
    assert_eq!(terminal.end().status, 2);
    scene.run(["get", "admin"]).ok();
    let mut terminal = Terminal::start(&asking(&scene, &words), "");
    terminal.answer("vault.age", "vault.age");
    assert_eq!(terminal.end().status, 0);
    scene.run(["get", "admin"]).exits(7);
    scene.run(["get", "admin", "-i", "other.txt"]).ok();
}

#[test]
fn an_error_behind_a_saved_change_says_that_it_is_saved() {
    if !fs::exists("/dev/full").unwrap() {
        return;
    }
    let scene = Scene::with_login();
    for words in [
        &["add", "Simple", "a", "value=@value"][..],
        &["patch", "admin", "domain=x", "-o", "json"],
        &["delete", "a", "-y"],
        &["grant", "admin", "--api-proxy", "P"],
        &["rekey", "--add-recipient", &scene.recipient("other.txt")],
    ] {
        scene.file("value", "x");
        let full = format!("exec {PROGRAM} \"$@\" >/dev/full");
        let mut shell = Command::new("/bin/sh");
        shell.args(["-c", &full, "sh"]).args(words).current_dir(scene.path("."));
        scene.environment(&mut shell);
        shell.outcome("").exits(10).says("the change was saved");
    }
    let full = format!("exec {PROGRAM} list >/dev/full");
    let mut shell = Command::new("/bin/sh");
    shell.args(["-c", &full]).current_dir(scene.path("."));
    scene.environment(&mut shell);
    assert!(!shell.outcome("").exits(10).stderr.contains("saved"));
}

#[test]
fn without_a_home_there_is_no_configuration() {
    let scene = Scene::with_login();
    let bare = |words: &[&str], home: Option<&str>| {
        let mut command = Command::new(PROGRAM);
        command.args(words).env_clear().current_dir(scene.path("."));
        if let Some(home) = home {
            command.env("HOME", home);
        }
        command.outcome("")
    };
    for home in ["/dev/null", "/nowhere"] {
        bare(&["list", "--vault", "vault.age", "-i", "identity.txt"], Some(home)).ok();
        bare(&["generate"], Some(home)).ok();
        bare(&["list"], Some(home)).exits(if home == "/nowhere" { 4 } else { 10 });
    }
    assert!(!Path::new("/nowhere").exists(), "a home was made");
    for words in [&["types"][..], &["completions", "bash"], &["generate", "--words", "4"]] {
        bare(words, None).ok();
    }
}

/// A writer that was killed before its rename takes nothing away from `undo`, and one that was killed
/// behind it is finished by whoever comes next.
#[test]
fn undo_works_after_a_writer_was_killed_before_or_after_its_rename() {
    let scene = Scene::with_login();
    scene.run(["patch", "admin", "domain=a"]).ok();
    scene.run(["delete", "admin", "-y"]).ok();
    fs::hard_link(scene.vault(), scene.path(".vault.age.bak.tmp")).unwrap();
    assert!(scene.run(["undo", "-n"]).ok().stdout().contains("admin restored"));
    scene.run(["undo"]).ok();
    assert_eq!(scene.get("admin")["fields"]["domain"], "a");

    // killed behind the rename
    fs::copy(scene.path("vault.age.bak"), scene.path("older")).unwrap();
    scene.run(["patch", "admin", "domain=b"]).ok();
    fs::rename(scene.path("vault.age.bak"), scene.path(".vault.age.bak.tmp")).unwrap();
    fs::rename(scene.path("older"), scene.path("vault.age.bak")).unwrap();
    scene.run(["undo"]).ok();
    assert_eq!(scene.get("admin")["fields"]["domain"], "a");
    assert!(!scene.names().iter().any(|name| name.contains(".tmp")));
}

#[test]
fn the_next_call_finishes_a_purge_that_was_killed() {
    for name in ["vault.age.bak", ".vault.age.bak.tmp"] {
        let scene = Scene::with_login();
        scene.run(["patch", "admin", "domain=a"]).ok();
        fs::copy(scene.vault(), scene.path("before")).unwrap();
        scene.run(["purge", "admin", "-y"]).ok();
        assert!(!scene.path("vault.age.bak").exists());
        fs::rename(scene.path("before"), scene.path(name)).unwrap();
        scene.run(["purge", "admin", "-y"]).exits(4);
        assert!(!scene.names().iter().any(|name| name.contains(".bak")), "{name}");
    }
}
