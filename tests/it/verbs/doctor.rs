//! `doctor`: every finding is planted here, and its command mends it.

use std::fs::{self, File, Permissions};
use std::os::unix::fs::PermissionsExt as _;
use std::process::Command;
use std::time::{Duration, SystemTime};

use serde_json::{Value, json};

use crate::programs::{installed, search_path};
use crate::support::{Run as _, Scene, lab, members};

/// The findings of an answer: the check, the detail, and the command.
type Found = Vec<(String, String, String)>;

#[track_caller]
fn found_by(command: &mut Command) -> Found {
    let outcome = command.args(["-o", "json"]).outcome("").hides("AGE-SECRET-KEY");
    let answer = outcome.json();
    let findings = answer["findings"].as_array().unwrap();
    outcome.exits(if findings.is_empty() { 0 } else { 8 });
    let text = |finding: &Value, name: &str| finding[name].as_str().unwrap().to_owned();
    let all = findings.iter();
    all.map(|one| (text(one, "check"), text(one, "detail"), text(one, "command"))).collect()
}

#[track_caller]
fn found(scene: &Scene) -> Found {
    found_by(&mut scene.command(["doctor"]))
}

/// The only finding, which must be of a check and say something. Gives its command.
#[track_caller]
fn only(found: Found, check: &str, said: &str) -> String {
    let [(of, detail, command)] = <[_; 1]>::try_from(found).unwrap();
    assert!(of == check && detail.contains(said), "{of}: {detail}");
    command
}

/// Types a command into a shell.
#[track_caller]
fn paste(scene: &Scene, command: &str) {
    let mut shell = Command::new("/bin/sh");
    shell.args(["-c", command]).current_dir(scene.path("."));
    scene.environment(&mut shell);
    shell.env("PATH", search_path()).env("CREDCTL_NON_INTERACTIVE", "1").outcome("").ok();
}

/// Sees to it that there is one finding, and that its command mends it.
#[track_caller]
fn mends(scene: &Scene, check: &str, said: &str) -> String {
    let command = only(found(scene), check, said);
    paste(scene, &command);
    assert_eq!(found(scene), [], "after {command}");
    command
}

/// Restores the backup, which this machine knows as an older copy, and accepts it.
fn restores(scene: &Scene, said: &str) {
    let command = only(found(scene), "vault", said);
    paste(scene, &command);
    assert_eq!(only(found(scene), "vault", "an older copy"), "credctl trust");
    scene.run(["trust", "-y"]).ok();
    assert_eq!(found(scene), [], "after {command}");
}

fn set_mode(scene: &Scene, name: &str, mode: u32) {
    fs::set_permissions(scene.path(name), Permissions::from_mode(mode)).unwrap();
}

#[test]
fn a_healthy_vault_has_no_finding() {
    let scene = Scene::with_login();
    assert_eq!(scene.run(["doctor"]).ok().stdout(), "17 checks made, no problems were found\n");
    let answer = scene.answer(["doctor"]);
    assert_eq!(members(&answer), ["checked", "findings", "opened"]);
    assert_eq!((&answer["findings"], &answer["opened"]), (&json!([]), &json!(true)));
    // a vault as git leaves it, with its history, several readers and a bundle
    set_mode(&scene, "vault.age", 0o644);
    scene.run(["passwd", "admin", "--generate"]).ok();
    let other = scene.recipient("other.txt");
    scene.run(["rekey", "--add-recipient", &other]).ok();
    scene.run(["environment", "add", "gw", "--recipient", &other, "--out", "gw.age"]).ok();
    assert_eq!(found(&scene), []);
    assert_eq!(found_by(&mut scene.command(["doctor", "--vault", "gw.age", "-i", "other.txt"])), []);
}

#[test]
fn files_that_others_can_read_or_change_are_closed() {
    let scene = Scene::with_login();
    scene.login("second");
    set_mode(&scene, "identity.txt", 0o644);
    let command = mends(&scene, "permissions", "can be read by others (mode 0644)");
    assert_eq!(command, format!("chmod go-rwx {}", scene.text_path("identity.txt")));
    for name in ["vault.age", "vault.age.bak", "vault.age.lock"] {
        set_mode(&scene, name, 0o666);
        mends(&scene, "permissions", &format!("{name}` can be changed by others"));
    }
    set_mode(&scene, "", 0o777);
    mends(&scene, "permissions", "can be changed by others (mode 0777)");
    // a name that a shell would take apart
    fs::rename(scene.path("identity.txt"), scene.path("my key's.txt")).unwrap();
    set_mode(&scene, "my key's.txt", 0o640);
    let mut command = scene.command(["doctor", "-i", "my key's.txt"]);
    paste(&scene, &only(found_by(&mut command), "permissions", "my key's.txt"));
    assert_eq!(scene.mode("my key's.txt"), 0o600);
}

#[test]
fn identities_that_are_missing_or_of_no_use() {
    let scene = Scene::with_login();
    let doctor = |path: &str| {
        let mut command = scene.command(["doctor"]);
        command.env("CREDCTL_IDENTITY", path);
        found_by(&mut command)
    };
    let said = "missing.txt` does not exist; CREDCTL_IDENTITY names it";
    assert_eq!(only(doctor("missing.txt"), "identity", said), "unset CREDCTL_IDENTITY");
    let junk = scene.file("junk.txt", "S-hunter2\n");
    set_mode(&scene, "junk.txt", 0o600);
    only(doctor(&junk), "identity", "contains no age identity");
    scene.recipient("other.txt");
    only(doctor("other.txt"), "identity", "none of the identities opens the vault");
    scene.configure("identity = 'gone.txt'\n");
    let mut command = scene.command(["doctor"]);
    let command = only(
        found_by(command.env_remove("CREDCTL_IDENTITY")),
        "identity",
        "gone.txt` does not exist; the configuration names it",
    );
    assert_eq!(command, format!("${{EDITOR:-vi}} {}", scene.text_path("home/config/credctl/config.toml")));
    fs::remove_file(scene.path("home/config/credctl/config.toml")).unwrap();
    let mut command = scene.command(["doctor"]);
    only(found_by(command.env_remove("CREDCTL_IDENTITY")), "identity", "no identity is named");
}

#[test]
fn a_backup_that_nothing_can_be_undone_from_is_put_aside() {
    let scene = Scene::with_login();
    let backup = scene.path("vault.age.bak");
    fs::write(&backup, "no vault").unwrap();
    mends(&scene, "backup", "cannot be used: it is not an age file");
    assert!(scene.path("vault.age.bak.old").exists(), "it is kept");
    // of another vault, of another key, and no older than the vault
    scene.run(["init", "--vault", "other.age", "--recipient", &scene.own()]).ok();
    fs::copy(scene.path("other.age"), &backup).unwrap();
    mends(&scene, "backup", "belongs to another vault");
    scene.run(["init", "--vault", "third.age", "--recipient", &scene.recipient("other.txt"), "-q"]).ok();
    fs::copy(scene.path("third.age"), &backup).unwrap();
    mends(&scene, "backup", "does not open with the key of the vault");
    fs::copy(scene.vault(), &backup).unwrap();
    mends(&scene, "backup", "is not older than the vault");
    // after a change of keys, the old one stays until the vault is opened
    scene.run(["rekey", "--recipient", &lab::recipient(&scene.path("other.txt")), "-y", "--no-rotate"]).ok();
    let mut command = scene.command(["doctor", "-i", "other.txt"]);
    assert_eq!(found_by(&mut command), []);
}

#[test]
fn what_killed_calls_have_left_is_removed_or_completed() {
    let scene = Scene::with_login();
    scene.login("second");
    let draft = format!(".vault.age.{}.tmp", "a".repeat(32));
    scene.file(&draft, "part");
    mends(&scene, "draft", "the unfinished file of a call that was killed");
    assert!(!scene.path(&draft).exists());
    let before = fs::read(scene.path("vault.age.bak")).unwrap();
    fs::rename(scene.path("vault.age.bak"), scene.path(".vault.age.bak.tmp")).unwrap();
    mends(&scene, "draft", "left without its name");
    assert_eq!(fs::read(scene.path("vault.age.bak")).unwrap(), before);
}

#[test]
fn changes_in_the_future() {
    let scene = Scene::with_login();
    let file = File::options().write(true).open(scene.vault()).unwrap();
    file.set_modified(SystemTime::now() + Duration::from_secs(86_400)).unwrap();
    mends(&scene, "clock", "was changed in the future, on 20");
    file.set_modified(SystemTime::now() + Duration::from_secs(60)).unwrap();
    assert_eq!(found(&scene), [], "clocks of two machines may differ a little");
    scene.edit(|vault| vault["credentials"][0]["updatedAt"] = json!("2199-01-01T00:00:00.000000Z"));
    let found = found(&scene);
    assert!(only(found, "clock", "the credential admin was changed in the future").contains("sudo "));
}

#[test]
fn recipients_that_the_next_write_would_refuse() {
    let scene = Scene::with_login();
    let other = scene.recipient("other.txt");
    // one that is no recipient keeps every write out
    scene.edit(|vault| vault["recipients"].as_array_mut().unwrap().push(json!("age1nonsense")));
    scene.run(["patch", "admin", "domain=x"]).exits(2);
    mends(&scene, "recipients", "`age1nonsense` is not an age recipient");
    scene.run(["patch", "admin", "domain=x"]).ok();
    // a plugin that is not allowed, and one that is not installed
    let token = "age1token1qypqxpqmkdl2a";
    scene.edit(|vault| vault["recipients"].as_array_mut().unwrap().push(json!(token)));
    let command = only(found(&scene), "recipients", "the age plugin `token` is not allowed");
    paste(&scene, &command);
    let command = only(found(&scene), "recipients", "install age-plugin-token, or remove the recipient");
    paste(&scene, &command);
    // a recipient was removed, who may have had a key
    only(found(&scene), "rotation", "1 credential needs a new secret");
    scene.run_with(["patch", "admin", "password=-"], "new").ok();
    fs::remove_file(scene.path("home/config/credctl/config.toml")).unwrap();
    // the own identity is not among them
    scene.edit(|vault| vault["recipients"] = json!([other]));
    let said = "your identities would not open the file any more";
    scene.run(["--accept-recipients", "patch", "admin", "domain=y", "-n"]).ok();
    let all = found(&scene);
    let command = &all.iter().find(|(_, detail, _)| detail.contains(said)).unwrap().2;
    paste(&scene, command);
    assert_eq!(found(&scene), []);
    scene.run(["patch", "admin", "domain=y"]).ok();
    // a list that does not agree with the file
    let own = scene.own();
    scene.edit(|vault| vault["recipients"] = json!([own, other]));
    mends(&scene, "recipients", "the next write will be refused: the file is locked to 1 × age key");
}

#[test]
fn a_machine_without_a_memory_of_the_recipients_gets_one() {
    let scene = Scene::with_login();
    let other = scene.recipient("other.txt");
    scene.run(["rekey", "--add-recipient", &other]).ok();
    let pins = scene.path("home/state/credctl/pins");
    fs::remove_dir_all(&pins).unwrap();
    let before = scene.bytes();
    mends(&scene, "recipients", "this machine has not written the vault yet");
    assert!(before == scene.bytes() && pins.exists());
    // one that others can write is not believed
    fs::set_permissions(&pins, Permissions::from_mode(0o777)).unwrap();
    mends(&scene, "memory", "cannot remember the vault");
}

#[test]
fn a_bundle_that_is_behind_is_written_again() {
    let scene = Scene::with_login();
    let other = scene.recipient("other.txt");
    fs::create_dir(scene.path("out")).unwrap();
    scene.run(["environment", "add", "gw", "--recipient", &other, "--out", "out/gw.age"]).ok();
    fs::remove_file(scene.path("out/gw.age")).unwrap();
    assert_eq!(mends(&scene, "bundle", "the bundle of the environment gw"), "credctl deploy gw");
    fs::remove_dir_all(scene.path("out")).unwrap();
    mends(&scene, "bundle", "does not exist");
    fs::write(scene.path("out/gw.age"), "other").unwrap();
    mends(&scene, "bundle", "is not the bundle of this environment");
}

#[test]
fn keys_of_the_configuration_that_do_nothing() {
    let scene = Scene::with_login();
    let config = scene.text_path("home/config/credctl/config.toml");
    let editor = format!("${{EDITOR:-vi}} {config}");
    for (text, said) in [
        ("colour = 'auto'\n", "line 1: unknown field `colour`"),
        ("output = 'json'\nrole = 'king'\n", "the role is not one of"),
        ("passphrase-file = 'a'\npassphrase-command = 'b'\n", "`passphrase-command` does nothing beside"),
    ] {
        scene.configure(text);
        let mut doctor = scene.command(["doctor", "--only", "configuration"]);
        assert_eq!(only(found_by(&mut doctor), "configuration", said), editor);
    }
    scene.configure("project = 'one'\nlock-timeout = '30s'\n");
    assert_eq!(found(&scene), []);
    let with = |value: &str| {
        let mut command = scene.command(["doctor"]);
        command.env("CREDCTL_PROJECT", value);
        found_by(&mut command)
    };
    assert_eq!(with("one"), [], "the same value hides nothing");
    let said = "the key `project` does nothing, because CREDCTL_PROJECT is set";
    assert_eq!(only(with("two"), "configuration", said), "unset CREDCTL_PROJECT");
    // an option is for one call
    assert_eq!(found_by(&mut scene.command(["doctor", "-p", "two"])), []);
}

#[test]
fn what_git_must_not_track() {
    if installed("git").is_none() {
        return;
    }
    let scene = Scene::with_login();
    scene.login("second");
    let git = |words: &[&str]| {
        let mut git = Command::new("git");
        git.args(words).current_dir(scene.path("."));
        scene.environment(&mut git);
        git.env("PATH", search_path()).env("GIT_CONFIG_NOSYSTEM", "1").outcome("").ok()
    };
    git(&["init", "-q"]);
    assert_eq!(found(&scene), [], "there is no index yet");
    git(&["add", "vault.age"]);
    assert_eq!(found(&scene), [], "a vault may be tracked");
    for (name, said) in [
        ("vault.age.bak", "the state before the last change"),
        ("vault.age.lock", "the lock"),
        ("identity.txt", "an identity without a passphrase"),
    ] {
        git(&["add", "-f", name]);
        mends(&scene, "git", said);
        // as newer versions of git may write it
        git(&["update-index", "--index-version", "4"]);
        git(&["add", "-f", name]);
        mends(&scene, "git", said);
    }
}

#[test]
fn completions_that_the_shell_does_not_have() {
    for (shell, place) in [
        ("bash", "home/data/bash-completion/completions/credctl"),
        ("zsh", "home/.zfunc/_credctl"),
        ("fish", "home/config/fish/completions/credctl.fish"),
    ] {
        let scene = Scene::with_login();
        let doctor = || {
            let mut command = scene.command(["doctor"]);
            command.env("SHELL", format!("/bin/{shell}"));
            found_by(&mut command)
        };
        paste(&scene, &only(doctor(), "completions", &format!("{shell} does not complete")));
        assert!(fs::read_to_string(scene.path(place)).unwrap().contains("credctl itself answers"));
        assert_eq!(doctor(), []);
    }
    let scene = Scene::with_login();
    scene.file("home/.bashrc", "source <(credctl completions bash)\n");
    let sourced = found_by(scene.command(["doctor"]).env("SHELL", "/usr/bin/bash"));
    assert_eq!(sourced, []);
    assert_eq!(found_by(scene.command(["doctor"]).env("SHELL", "/bin/sh")), []);
}

#[test]
fn a_vault_that_is_missing_or_damaged() {
    let scene = Scene::with_login();
    fs::write(scene.vault(), "damaged").unwrap();
    restores(&scene, "it is not an age file");
    assert_eq!(fs::read(scene.path("vault.age.damaged")).unwrap(), b"damaged");
    // cut off behind the header
    scene.login("again");
    let whole = scene.bytes();
    fs::write(scene.vault(), &whole[..whole.len() - 40]).unwrap();
    restores(&scene, "cut off or tampered with");
    scene.login("again");
    fs::remove_file(scene.vault()).unwrap();
    restores(&scene, "no vault at");
    fs::remove_file(scene.vault()).unwrap();
    let command = mends(&scene, "vault", "no vault at");
    assert_eq!(command, format!("credctl init --recipient {}", scene.own()));
    // the command is for the vault of this call
    let mut elsewhere = scene.command(["doctor", "--vault", "new folder/v.age"]);
    assert!(only(found_by(&mut elsewhere), "vault", "no vault").contains("--vault 'new folder/v.age' init"));
}

#[test]
fn a_closed_vault_is_not_looked_into_and_nobody_is_asked() {
    let scene = Scene::bare();
    let fixture = "tests/it/file/fixtures/v1/passphrase.age";
    fs::copy(format!("{}/{fixture}", env!("CARGO_MANIFEST_DIR")), scene.vault()).unwrap();
    let answer = scene.answer(["doctor"]);
    assert_eq!((&answer["opened"], &answer["findings"]), (&json!(false), &json!([])));
    scene.run(["doctor"]).ok().says("did not look into the vault");
    // a source that is set is used
    let answer = |passphrase: &str| {
        let mut command = scene.command(["doctor", "-o", "json"]);
        command.env("CREDCTL_PASSPHRASE", passphrase).outcome("").json()
    };
    assert_eq!(answer("fixture")["opened"], json!(true));
    let wrong = answer("wrong");
    let expected = json!([{
        "check": "identity", "detail": "the passphrase is wrong", "command": "unset CREDCTL_PASSPHRASE"
    }]);
    assert_eq!((&wrong["findings"], &wrong["opened"]), (&expected, &json!(false)));
}

#[test]
fn checks_are_chosen_and_every_form_has_the_command() {
    let scene = Scene::with_login();
    set_mode(&scene, "identity.txt", 0o644);
    scene.file(&format!(".vault.age.{}.tmp", "0".repeat(32)), "part");
    let checks = |words: &[&str]| {
        let all = found_by(scene.command(["doctor"]).args(words));
        all.into_iter().map(|(check, ..)| check).collect::<Vec<_>>()
    };
    assert_eq!(checks(&[]), ["permissions", "draft"]);
    assert_eq!(checks(&["--only", "draft"]), ["draft"]);
    assert_eq!(checks(&["--skip", "draft", "--skip", "permissions"]), Vec::<String>::new());
    scene.run(["doctor", "--only", "nonsense"]).exits(2).says("permissions");
    scene.run(["doctor", "--only", "git", "--skip", "git"]).exits(2);
    let command = format!("chmod go-rwx {}", scene.text_path("identity.txt"));
    for form in ["table", "wide", "json", "jsonl", "yaml", "csv", "tsv"] {
        let outcome = scene.run(["doctor", "-o", form]).exits(8).says("2 problems were found");
        assert!(outcome.stdout().contains(&command), "{form}: {outcome:?}");
    }
    let outcome = scene.run(["doctor"]).exits(8);
    assert_eq!(outcome.stdout().lines().nth(1).unwrap(), format!("  {command}"), "alone on its line");
    assert_eq!(scene.run(["doctor", "-o", "json"]).error()["error"], "partial");
    let before = (scene.bytes(), scene.names());
    scene.run(["doctor"]).exits(8);
    assert!(before == (scene.bytes(), scene.names()), "nothing is changed");
}
