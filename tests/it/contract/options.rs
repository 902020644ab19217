//! Flag before environment before `config.toml` before default.

use serde_json::json;

use crate::support::{Run as _, Scene};

#[test]
fn flag_then_environment_then_configuration_then_default() {
    let scene = Scene::with_login();
    let config =
        scene.file("config.toml", "output = \"csv\"\nproject = \"from-config\"\nrole = \"operator\"\n");
    let first_line = |command: &mut std::process::Command| {
        command.outcome("").ok().stdout().lines().next().unwrap_or_default().to_owned()
    };
    let listed = |words: &[&str]| scene.command(["list", "-p", "admin"].iter().chain(words));
    assert!(first_line(&mut listed(&[])).starts_with("ID "));
    assert!(first_line(&mut listed(&["--config", &config])).starts_with("id,"));
    assert!(first_line(listed(&["--config", &config]).env("CREDCTL_OUTPUT", "name")).starts_with("admin"));
    assert!(
        first_line(listed(&["--config", &config, "-o", "json"]).env("CREDCTL_OUTPUT", "name"))
            .starts_with('{')
    );

    let add = |id: &str| scene.command(["add", "Simple", id, "value=-", "--config", &config, "-o", "json"]);
    add("a").outcome("x").exits(6);
    let answer = add("a").env("CREDCTL_ROLE", "administrator").outcome("x").ok().json();
    assert_eq!(answer["project"], "from-config");
    let mut command = add("b");
    let answer = command
        .env("CREDCTL_ROLE", "administrator")
        .env("CREDCTL_PROJECT", "from-env")
        .outcome("x")
        .ok()
        .json();
    assert_eq!(answer["project"], "from-env");
    let mut command = add("c");
    command.args(["--role", "administrator", "--project", "from-flag"]).env("CREDCTL_PROJECT", "from-env");
    assert_eq!(command.outcome("x").ok().json()["project"], "from-flag");
    assert_eq!(
        scene.run_with(["add", "Simple", "d", "value=-", "-o", "json"], "x").ok().json()["project"],
        "admin"
    );
}

#[test]
fn an_empty_variable_counts_as_unset() {
    let scene = Scene::with_login();
    let mut command = scene.command(["list", "--vault", "vault.age", "-i", "identity.txt"]);
    for name in [
        "VAULT",
        "IDENTITY",
        "PROJECT",
        "ROLE",
        "OUTPUT",
        "CONFIG",
        "PASSPHRASE",
        "PASSPHRASE_FILE",
        "PASSPHRASE_COMMAND",
        "OPERATOR_ID",
        "OPERATOR_NAME",
        "LOCK_TIMEOUT",
        "NON_INTERACTIVE",
    ] {
        command.env(format!("CREDCTL_{name}"), "");
    }
    command.env("NO_COLOR", "").env("CLICOLOR_FORCE", "").env("AGEDEBUG", "");
    assert!(command.outcome("").ok().stdout().starts_with("ID "));
    // and the configuration is asked next
    let vault = scene.text_path("vault.age");
    let config = scene.file(
        "config.toml",
        format!("vault = \"{vault}\"\nidentity = \"{}\"\n", scene.text_path("identity.txt")),
    );
    let mut command = scene.command(["list", "--config", &config, "-o", "name"]);
    command.env("CREDCTL_VAULT", "").env("CREDCTL_IDENTITY", "");
    assert_eq!(command.outcome("").ok().stdout(), "admin\n");
}

#[test]
fn the_configuration_is_found_in_its_folder() {
    let scene = Scene::with_login();
    let folder = scene.path("home/config/credctl");
    std::fs::create_dir_all(&folder).unwrap();
    std::fs::write(folder.join("config.toml"), "output = \"name\"\n").unwrap();
    assert_eq!(scene.run(["list"]).ok().stdout(), "admin\n");
    let other = scene.file("other.toml", "output = \"jsonl\"\n");
    let mut command = scene.command(["list"]);
    command.env("CREDCTL_CONFIG", &other);
    assert!(command.outcome("").ok().stdout().starts_with('{'));
}

#[test]
fn every_key_that_the_readme_names_is_taken() {
    let scene = Scene::with_login();
    let config = scene.file(
        "config.toml",
        format!(
            "vault = \"{}\"\nidentity = [\"{}\"]\nproject = \"admin\"\nrole = \"administrator\"\noutput = \"json\"\n\
             format = \"native\"\nnon-interactive = true\nquiet = true\nverbose = false\nhistory = 5\ncolor = \"never\"\nlock-timeout = \"3s\"\nplugin = [\"yubikey\"]\n\
             operator_id = \"6b1551db-b7fa-473d-a05c-43524badb11b\"\noperator_name = \"Ada\"\n[password_policy]\nmin_length = 12\n",
            scene.text_path("vault.age"),
            scene.text_path("identity.txt")
        ),
    );
    let mut command = scene.command(["add", "Simple", "a", "value=-", "--config", &config]);
    command.env_remove("CREDCTL_VAULT").env_remove("CREDCTL_IDENTITY").outcome("x").ok();
    assert_eq!(scene.get("a")["createdBy"], "6b1551db-b7fa-473d-a05c-43524badb11b");
    assert_eq!(scene.get("a")["createdByName"], "Ada");
    let config = scene.file("config.toml", "passphrase-file = \"x\"\npassphrase-command = \"y\"\n");
    scene.run(["list", "--config", &config]).ok();
    // what has to be meant each time is no key
    let config = scene.file("config.toml", "accept-recipients = true\n");
    scene.run(["list", "--config", &config]).exits(2);
}

#[test]
fn a_configuration_that_is_wrong_is_told_with_its_line() {
    let scene = Scene::with_login();
    for text in [
        "vault = 5\n",
        "\nnonsense = true\n",
        "output = \"nonsense\"\n",
        "= =\n",
        "[password_policy]\nmin = 3\n",
    ] {
        let config = scene.file("config.toml", text);
        scene.run(["list", "--config", &config]).exits(2).says("config.toml, line");
    }
    scene.run(["list", "--config", "missing.toml"]).exits(10);
    scene.command(["list"]).env("CREDCTL_OUTPUT", "nonsense").outcome("").exits(2).says("CREDCTL_OUTPUT");
    scene.command(["list"]).env("CREDCTL_ROLE", "nonsense").outcome("").exits(2);
    scene.command(["list"]).env("CREDCTL_OPERATOR_ID", "nonsense").outcome("").exits(2);
    scene.command(["list"]).env("CREDCTL_OPERATOR_NAME", "a\u{1b}[31m").outcome("").exits(2).hides("\u{1b}");
}

#[test]
fn who_acts_is_kept() {
    let scene = Scene::with_login();
    let mut command = scene.command(["patch", "admin", "domain=x"]);
    let id = "0b3a8f0e-0000-4000-8000-000000000001";
    command.env("CREDCTL_OPERATOR_ID", id).outcome("").ok();
    let stored = scene.get("admin");
    assert_eq!(stored["modifiedBy"], id);
    assert_ne!(stored["createdBy"], id);
    assert_eq!(stored.get("modifiedByName"), None);
    scene.command(["patch", "admin", "domain=z"]).env("CREDCTL_OPERATOR_NAME", "Ada").outcome("").ok();
    let named = scene.get("admin");
    assert_eq!((&named["modifiedByName"], named.get("createdByName")), (&"Ada".into(), None));
    assert_eq!(scene.answer(["history", "admin"])["items"][0]["modifiedByName"], "Ada");
    scene.run(["history", "admin"]).ok().prints("Ada");
    // made of user and machine, and the same every time
    let by = |user: &str| {
        scene.command(["patch", "admin", "domain=y"]).env("USER", user).outcome("").ok();
        scene.get("admin")["modifiedBy"].as_str().unwrap().to_owned()
    };
    let one = by("one");
    assert_eq!(&one[14..15], "5");
    assert_eq!((by("two") == one, by("one") == one), (false, true));
}

#[test]
fn global_options_stand_before_or_after_the_verb() {
    let scene = Scene::with_login();
    let before = scene.run(["-o", "json", "-p", "admin", "get", "admin"]).ok().json();
    let after = scene.run(["get", "admin", "-p", "admin", "-o", "json"]).ok().json();
    assert_eq!(before, after);
}

#[test]
fn roles_go_by_other_names_too() {
    let scene = Scene::with_login();
    for (role, status) in [
        ("operator", 6),
        ("viewer", 6),
        ("Operator", 6),
        ("administrator", 0),
        ("admin", 0),
        ("member", 0),
        ("owner", 0),
        ("manage api security", 0),
    ] {
        scene.run(["patch", "admin", "domain=x", "--role", role]).exits(status);
    }
}

#[test]
fn an_operator_reads_and_writes_nothing() {
    let scene = Scene::with_login();
    for words in [
        &["add", "Simple", "a", "value=-"][..],
        &["update", "admin", "username=u", "password=-"],
        &["put", "admin", "username=u", "password=-"],
        &["patch", "admin", "domain=x"],
        &["passwd", "admin", "--password-stdin"],
        &["delete", "-y", "admin"],
        &["rekey", "--recipient", "age1x"],
        &["init", "--force"],
        &["patch", "admin", "domain=x", "-n"],
    ] {
        let error = scene.refuses(6, words.iter().chain(&["--role", "operator", "-o", "json"]), "x").error();
        assert_eq!(error["status"], "403", "{words:?}");
    }
    for words in [&["list"][..], &["get", "admin"], &["get", "admin", "--reveal"], &["types"]] {
        scene.run(words.iter().chain(&["--role", "operator"])).ok();
    }
    let shown = scene.run(["get", "admin", "--reveal", "--role", "operator", "-o", "json"]).ok().json();
    assert_eq!(shown["fields"]["password"], json!("old-password"));
}

#[test]
fn words_that_are_no_text_are_told() {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt as _;
    let scene = Scene::with_login();
    let bytes = OsStr::from_bytes(b"caf\xe9");
    scene.run([OsStr::new("get"), bytes]).exits(2);
    scene.run([OsStr::new("list"), OsStr::new("--project"), bytes]).exits(2);
    // a path may have any bytes
    scene.run([OsStr::new("list"), OsStr::new("--vault"), bytes]).exits(4);
}

#[test]
fn help_may_be_asked_for_as_a_verb() {
    let scene = Scene::bare();
    assert_eq!(scene.run(["help", "add"]).ok().stdout(), scene.run(["add", "--help"]).ok().stdout());
    assert_eq!(scene.run(["help"]).ok().stdout(), scene.run(["-h"]).ok().stdout());
}
