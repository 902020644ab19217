//! Every JSON answer is what `docs/schema/answers.json` says.

use std::process::Command;

use serde_json::{Value, json};

use crate::support::{Run as _, Scene};

/// Of a throwaway identity.
const RECIPIENT: &str = "age178js2ttrhgpm26rmtpjvkr9fsh5jw7yryatnwe8acd64njjezpuqtv5u4z";

/// Panics with all that an answer does not keep of its definition.
fn assert_is(definition: &str, answer: &Value) {
    let mut schema: Value = serde_json::from_str(include_str!("../../../docs/schema/answers.json")).unwrap();
    schema["$ref"] = json!(format!("#/$defs/{definition}"));
    let validator = jsonschema::options().should_validate_formats(true).build(&schema).unwrap();
    let wrong: Vec<String> =
        validator.iter_errors(answer).map(|error| format!("{}: {error}", error.instance_path())).collect();
    assert!(wrong.is_empty(), "{definition}: {wrong:#?}\n{answer:#}");
}

#[test]
fn answers_about_one_credential() {
    let scene = Scene::bare();
    let identity = scene.text_path("identity.txt");
    assert_is("vault", &scene.run(["init", "--generate-identity", &identity, "-o", "json"]).ok().json());
    let words = [
        "add",
        "login",
        "a",
        "username=u",
        "password=-",
        "--label",
        "x=y",
        "--valid-until",
        "90d",
        "-o",
        "json",
    ];
    assert_is("changed", &scene.run_with(words, "p").ok().json());
    assert_is(
        "changed",
        &scene.run(["patch", "a", "--description", "d", "--tag", "k=v", "-n", "-o", "json"]).ok().json(),
    );
    assert_is(
        "changed",
        &scene.run_with(["put", "a", "username=u", "password=-", "-o", "json"], "q").ok().json(),
    );
    assert_is("changed", &scene.run_with(["passwd", "a", "--password-stdin", "-o", "json"], "q").ok().json());
    assert_is("credential", &scene.run(["get", "a", "-o", "json"]).ok().json());
    assert_is("credential", &scene.run(["get", "a", "--reveal", "-o", "json"]).ok().json());
    assert_is("deleted", &scene.run(["delete", "a", "-y", "-o", "json"]).ok().json());
    assert_is("vault", &scene.run(["rekey", "--add-recipient", RECIPIENT, "-o", "json"]).ok().json());
}

#[test]
fn answers_about_recipients_and_signers() {
    let scene = Scene::with_login();
    assert_is("vault", &scene.answer(["recipients", "add", RECIPIENT, "--name", "Gateway"]));
    assert_is("recipients", &scene.answer(["recipients", "list"]));
    assert_is("recipientRenamed", &scene.answer(["recipients", "rename", "Gateway", "Proxy"]));
    assert_is("vault", &scene.answer(["recipients", "remove", "Proxy", "-n"]));
    assert_is("vault", &scene.answer(["recipients", "remove", "Proxy"]));
    assert_is("credential", &scene.answer(["get", "admin"]));
    assert_is("list", &scene.answer(["list"]));
    assert_is("status", &scene.answer(["status"]));
    assert_is("recipientRenamed", &scene.answer(["recipients", "rename", &scene.own(), "me", "-n"]));
    assert_is("signed", &scene.answer(["sign"]));
    for name in ["ops", "audit"] {
        let words = ["-q", "-t", "ed25519", "-N", "", "-C", name, "-f", &scene.text_path(name)];
        assert!(Command::new("ssh-keygen").args(words).status().expect("ssh-keygen").success());
    }
    assert_is("signersChanged", &scene.answer(["sign", "--with", "ops", "-n"]));
    assert_is("signersChanged", &scene.answer(["sign", "--with", "ops"]));
    let signing = ["--signing-key", "ops"];
    let answer = |words: &[&str]| scene.answer([&signing, words].concat());
    assert_is("signersChanged", &answer(&["sign", "--add", "audit.pub"]));
    assert_is("signersChanged", &answer(&["sign", "--remove", "audit", "-n"]));
    assert_is("changed", &answer(&["patch", "admin", "domain=signed"]));
    assert_is("vault", &answer(&["recipients", "add", RECIPIENT]));
    for (definition, words) in [
        ("signed", &["sign"][..]),
        ("status", &["status"]),
        ("trust", &["trust"]),
        ("statement", &["sign", "--statement", "statement.txt", "-n"]),
        ("statement", &["sign", "--statement", "statement.txt"]),
    ] {
        assert_is(definition, &scene.answer(words));
    }
    assert_eq!(scene.answer(["sign"])["signed"], true);
    assert_eq!(scene.answer(["status"])["signedBy"], "ops");
    assert_is("doctor", &scene.run(["doctor", "--only", "recipients", "-o", "json"]).ok().json());
    assert_is("signersChanged", &answer(&["sign", "--off", "-y"]));
    assert_is("signed", &scene.answer(["sign"]));
}

#[test]
fn answers_about_merges() {
    let scene = Scene::with_login();
    let copy = scene.path("copy.age");
    std::fs::copy(scene.vault(), &copy).unwrap();
    let copy = copy.to_str().unwrap();
    assert_is("merged", &scene.answer(["merge", copy]));
    assert_is("conflicts", &scene.answer(["conflicts"]));
    scene.run(["patch", "admin", "domain=here"]).ok();
    let mut there = scene.command(["patch", "admin", "domain=there", "--accept-recipients"]);
    there.env("CREDCTL_VAULT", copy).env("XDG_STATE_HOME", scene.path("home/there")).outcome("").ok();
    assert_is("merged", &scene.run(["merge", copy, "-n", "-o", "json"]).exits(8).json());
    assert_is("merged", &scene.run(["merge", copy, "-o", "json"]).exits(8).json());
    assert_is("conflicts", &scene.answer(["conflicts"]));
    assert_is("status", &scene.answer(["status"]));
    assert_is("doctor", &scene.run(["doctor", "--only", "conflicts", "-o", "json"]).exits(8).json());
    assert_is("resolved", &scene.answer(["resolve", "admin", "--theirs", "-n"]));
    assert_is("resolved", &scene.answer(["resolve", "admin", "domain=theirs"]));
}

#[test]
fn answers_about_many() {
    let scene = Scene::with_login();
    let documents = r#"[{"id":"b","type":"Simple","value":"v"},{"id":"b","type":"Simple"}]"#;
    assert_is("bulk", &scene.run_with(["add", "-f", "-", "-o", "json"], documents).json());
    assert_is("list", &scene.run(["list", "-o", "json"]).ok().json());
    assert_is("list", &scene.run(["list", "--limit", "1", "-o", "json"]).ok().json());
    assert_is("list", &scene.run(["list", "--include", "name,id,enabled", "-o", "json"]).ok().json());
    assert_is("bulk", &scene.run(["patch", "admin", "b", "--description", "d", "-o", "json"]).ok().json());
    assert_is("bulk", &scene.run(["delete", "admin", "nobody", "-y", "-o", "json"]).json());
    for line in scene.run(["list", "-o", "jsonl"]).ok().stdout().lines() {
        assert_is("metadata", &serde_json::from_str(line).unwrap());
    }
}

#[test]
fn the_state_of_the_vault_and_what_is_wrong_around_it() {
    let scene = Scene::with_login();
    assert_is("status", &scene.run(["status", "-o", "json"]).ok().json());
    assert_is("doctor", &scene.run(["doctor", "-o", "json"]).ok().json());
    assert_is("trust", &scene.answer(["trust"]));
    let older = scene.bytes();
    scene.run(["patch", "admin", "domain=x"]).ok();
    std::fs::write(scene.vault(), older).unwrap();
    assert_is("trust", &scene.answer(["trust", "-n"]));
    assert_is("trust", &scene.answer(["trust", "-y"]));
    std::fs::write(scene.path("vault.age.bak"), "no vault").unwrap();
    scene.configure("project = 'p'\n");
    assert_is("doctor", &scene.run(["doctor", "-o", "json"]).exits(8).json());
    assert_is("status", &scene.run(["status", "-i", "missing.txt", "-o", "json"]).exits(7).json());
    assert_is("status", &scene.run(["status", "--vault", "none.age", "-o", "json"]).exits(4).json());
}

#[test]
fn the_catalogue_and_errors() {
    let scene = Scene::with_login();
    assert_is("types", &scene.run(["types", "-o", "json"]).ok().json());
    for kind in credctl::kind::KINDS {
        assert_is("type", &scene.run(["types", kind.name, "-o", "json"]).ok().json());
    }
    let toml = include_str!("../../../examples/types/postgres.toml");
    let define = |words: &[&str]| {
        scene.run_with([&["types", "--define", "-", "-o", "json"], words].concat(), toml).ok().json()
    };
    assert_is("typeDefined", &define(&["-n"]));
    assert_is("typeDefined", &define(&[]));
    assert_is("types", &scene.run(["types", "-o", "json"]).ok().json());
    assert_is("type", &scene.run(["types", "db.postgres", "-o", "json"]).ok().json());
    let words = ["add", "db.postgres", "a", "host=h", "database=d", "username=u", "password=generate"];
    scene.run(words).ok();
    assert_is("export", &scene.run(["export"]).ok().json());
    assert_is("typeRemoved", &scene.answer(["types", "--undefine", "db.postgres"]));
    assert_is("type", &scene.run(["types", "db.postgres", "-o", "json"]).ok().json());
    for (status, words) in [
        (2, &["list", "--limit", "0", "-o", "json"][..]),
        (2, &["nonsense", "-o", "json"]),
        (3, &["add", "login", "x", "-o", "json"]),
        (4, &["get", "nobody", "-o", "json"]),
        (5, &["init", "--generate-identity", "id2.txt", "-o", "json"]),
    ] {
        assert_is("error", &scene.refuses(status, words.to_vec(), "").error());
    }
}

#[test]
fn answers_about_who_uses_a_credential() {
    let scene = Scene::with_login();
    scene.run(["patch", "admin", "--name", "The admin"]).ok();
    for words in [
        &["grant", "admin", "--api-proxy", "Payments"][..],
        &["grant", "admin", "--api-proxy-group", "Public", "--expires", "90d"],
        &["revoke", "admin", "--api-proxy", "Nobody"],
        &["revoke", "admin", "--api-proxy", "Payments", "-n"],
    ] {
        assert_is("granted", &scene.answer(words));
    }
    assert_is("access", &scene.answer(["access", "admin"]));
    assert_is(
        "accessTo",
        &scene.answer(["access", "--api-proxy", "Payments", "--api-proxy-group", "Public"]),
    );
    for words in [
        &["ref", "add", "admin", "/servers/host1", "--address", "host1"][..],
        &["ref", "add", "admin", "/virtualNetworks/blue"],
        &["ref", "add", "admin", "/servers/host2", "-n"],
        &["ref", "add", "admin", "/servers/host2"],
        &["ref", "remove", "admin", "/servers/host2"],
    ] {
        assert_is("referenced", &scene.answer(words));
    }
    assert_is("references", &scene.answer(["ref", "list"]));
    assert_is("connections", &scene.answer(["ref", "list", "--resource", "/servers/host1"]));
    assert_is("connections", &scene.answer(["ref", "list", "--resource", "/servers/none"]));
    assert_is("credential", &scene.get("admin"));
    assert_is("verified", &scene.answer(["verify", "admin", "--api-proxy", "Payments"]));
    assert_is("changed", &scene.answer(["move", "admin", "--to", "shop"]));
    assert_is("projects", &scene.answer(["project", "list"]));
    assert_is("deleted", &scene.answer(["delete", "-y", "admin"]));
    assert_is("error", &scene.run(["verify", "admin", "-o", "json"]).exits(4).error());
}

#[test]
fn answers_about_what_credentials_depend_on() {
    let scene = Scene::with_login();
    let throttle = ["policy", "add", "nas", "--type", "throttle", "--period", "day", "--value", "1"];
    assert_is("policyChanged", &scene.answer(throttle.iter().chain(&["--description", "d"])));
    let route = ["policy", "add", "dr", "--type", "route", "--route-to", "x", "--description", "d"];
    assert_is("policyChanged", &scene.answer(route.iter().chain(&["-n"])));
    assert_is("policyChanged", &scene.answer(route));
    assert_is("policyChanged", &scene.answer(["policy", "update", "nas", "--value", "2"]));
    scene.run(["patch", "admin", "--throttle-policy", "nas"]).ok();
    assert_is("policy", &scene.answer(["policy", "get", "nas"]));
    assert_is("policy", &scene.answer(["policy", "get", "dr"]));
    assert_is("policies", &scene.answer(["policy", "list"]));
    assert_is("residentDeleted", &scene.answer(["policy", "delete", "dr"]));
    let user = ["user", "add", "--auth-provider", "ldap", "--email", "ada@example.org"];
    let id = scene.answer(user)["id"].as_str().unwrap().to_owned();
    assert_is("userChanged", &scene.answer(user.iter().chain(&["--first-name", "Ada", "--last-name", "L"])));
    assert_is("users", &scene.answer(["user", "list"]));
    assert_is("residentDeleted", &scene.answer(["user", "delete", &id, "-n"]));
    assert_is("residentDeleted", &scene.answer(["user", "delete", &id]));
}

#[test]
fn answers_about_environments() {
    let scene = Scene::with_login();
    std::fs::create_dir(scene.path("out")).unwrap();
    let recipient = scene.recipient("out.txt");
    let words = ["environment", "add", "prod", "--recipient", &recipient, "--out", "out/prod.age"];
    assert_is("environmentChanged", &scene.answer(words.iter().chain(&["-n"])));
    assert_is("environmentChanged", &scene.answer(words));
    let words = ["environment", "add", "gw", "--recipient", &recipient, "--out", "out/gw.age"];
    let served = ["--api-proxy", "Payments", "--api-proxy-group", "Public"];
    assert_is("environmentChanged", &scene.answer(words.iter().chain(&served)));
    assert_is("environments", &scene.answer(["environment", "list"]));
    assert_is("deployed", &scene.answer(["deploy"]));
    std::fs::remove_dir_all(scene.path("out")).unwrap();
    assert_is("changed", &scene.answer(["patch", "admin", "domain=x"]));
    assert_is("environments", &scene.answer(["environment", "list"]));
    let outcome = scene.run(["deploy", "-o", "json"]).exits(8);
    assert_is("deployed", &outcome.json());
    assert_is("error", &outcome.error());
    assert_is("environmentRemoved", &scene.answer(["environment", "remove", "prod"]));
}

#[test]
fn answers_about_the_past_and_the_future() {
    let scene = Scene::with_login();
    scene.run(["patch", "admin", "domain=x", "--valid-until", "10d"]).ok();
    assert_is("history", &scene.answer(["history", "admin"]));
    assert_is("credential", &scene.answer(["get", "admin", "--revision", "1"]));
    assert_is("expiring", &scene.answer(["list", "--expiring", "30d"]));
    assert_is("expiring", &scene.answer(["list", "--expiring", "1d"]));
    let outcome = scene.run(["check", "-o", "json"]).exits(8);
    assert_is("checked", &outcome.json());
    assert_is("error", &outcome.error());
    assert_is("checked", &scene.answer(["check", "--only", "rules"]));
    assert_is("changed", &scene.answer(["rollback", "admin", "--revision", "1"]));
    assert_is("undone", &scene.answer(["undo", "-n"]));
    assert_is("undone", &scene.answer(["undo"]));
    scene.run(["delete", "-y", "admin"]).ok();
    assert_is("history", &scene.answer(["history"]));
    assert_is("changed", &scene.answer(["restore", "admin"]));
    assert_is("undone", &scene.answer(["undo"]));
    assert_is("purged", &scene.answer(["purge", "--all", "-n"]));
    assert_is("purged", &scene.answer(["purge", "admin", "-y"]));
}

#[test]
fn answers_about_what_comes_and_goes() {
    let scene = Scene::with_login();
    scene.run(["policy", "add", "P1", "--type", "route", "--route-to", "dr", "--description", "d"]).ok();
    scene.run(["patch", "admin", "--throttle-policy", "P1"]).ok();
    scene.run(["ref", "add", "admin", "/servers/h1"]).ok();
    let export = scene.run(["export"]).ok().json();
    assert_is("export", &export);
    assert_is("export", &scene.run(["export", "--no-secrets"]).ok().json());
    let import = |words: &[&str], document: &str| {
        scene.run_with([&["import", "-", "-o", "json"][..], words].concat(), document).json()
    };
    assert_is("imported", &import(&["--on-conflict", "skip"], &export.to_string()));
    assert_is("imported", &import(&["--on-conflict", "replace", "-n"], &export.to_string()));
    assert_is(
        "imported",
        &import(&[], r#"[{"id":"x","type":"Simple","value":"v"},{"id":"y","type":"Simple"}]"#),
    );
    assert_is("found", &scene.run_with(["find", "--value-stdin", "-o", "json"], "old-password").ok().json());
    assert_is("generated", &scene.run(["generate", "-o", "json"]).ok().json());
}
