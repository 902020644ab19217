//! What is in a bundle, and what can be done with one.

use std::fs;
use std::os::unix::fs::PermissionsExt as _;

use serde_json::{Value, json};

use super::{bytes, consume, consume_with, deployed, document, environment, ids, text};
use crate::support::{Run as _, Scene, texts};

/// Logins `a` to `d`: granted to the proxy Payments and another, to the group Public, to another proxy
/// only, and to nothing.
fn granted() -> Scene {
    let scene = Scene::new();
    for (id, words) in [
        ("a", &["--api-proxy", "Payments", "--api-proxy", "Orders"][..]),
        ("b", &["--api-proxy-group", "Public"]),
        ("c", &["--api-proxy", "Orders"]),
        ("d", &[]),
    ] {
        scene.login(id);
        if !words.is_empty() {
            scene.run(["grant", id].iter().chain(words)).ok();
        }
    }
    environment(&scene, "gw", &["--api-proxy", "Payments", "--api-proxy-group", "Public"]);
    scene
}

#[test]
fn a_bundle_opens_with_its_own_identity_only_and_is_private() {
    let scene = deployed();
    assert_eq!(scene.mode("prod/bundle.age"), 0o600);
    scene.run(["list", "--vault", "prod/bundle.age"]).exits(7);
    scene.run(["list", "-i", "prod.txt"]).exits(7);
    assert_eq!(
        consume(&scene, "prod", &["get", "admin", "--field", "password"]).ok().stdout(),
        "old-password"
    );
    // one that is too open is closed with the next change
    let path = scene.path("prod/bundle.age");
    fs::set_permissions(&path, fs::Permissions::from_mode(0o644)).unwrap();
    scene.run(["patch", "admin", "domain=x"]).ok();
    assert_eq!(scene.mode("prod/bundle.age"), 0o600);
}

#[test]
fn every_recipient_opens_it() {
    let scene = Scene::with_login();
    let (one, two) = (scene.recipient("one.txt"), scene.recipient("two.txt"));
    scene.run(["env", "add", "both", "-r", &one, "--recipient", &two, "--out", "both.age"]).ok();
    for identity in ["one.txt", "two.txt"] {
        scene.run(["get", "admin", "--vault", "both.age", "-i", identity]).ok();
    }
}

#[test]
fn every_change_of_the_vault_reaches_the_bundle() {
    let scene = deployed();
    let field =
        |name: &str| consume(&scene, "prod", &["get", "admin", "--field", name]).ok().stdout().to_owned();
    scene.run_with(["add", "Simple", "s", "value=-"], "S-s").ok();
    assert_eq!(ids(&scene, "prod"), ["admin", "s"]);
    scene.run(["patch", "admin", "domain=patched"]).ok();
    assert_eq!(field("domain"), "patched");
    scene.run_with(["passwd", "admin", "--password-stdin"], "S-passwd").ok();
    assert_eq!(field("password"), "S-passwd");
    scene.run_with(["update", "admin", "username=u", "password=-"], "S-update").ok();
    assert_eq!(field("password"), "S-update");
    scene.run(["rollback", "admin", "--revision", "1"]).ok();
    assert_eq!(field("password"), "old-password");
    scene.run(["grant", "admin", "--api-proxy", "Payments"]).ok();
    assert_eq!(
        consume(&scene, "prod", &["access", "admin", "-o", "json"]).ok().json()["resultList"][0]["name"],
        "Payments"
    );
    scene.run(["ref", "add", "admin", "/servers/host1"]).ok();
    assert!(consume(&scene, "prod", &["ref", "list"]).ok().stdout().contains("/servers/host1"));
    scene.run(["move", "admin", "--to", "shop"]).ok();
    assert_eq!(field("project"), "shop");
    scene.run(["delete", "-y", "admin", "s"]).ok();
    assert!(ids(&scene, "prod").is_empty());
    scene.run(["restore", "s"]).ok();
    assert_eq!(ids(&scene, "prod"), ["s"]);
    scene.run(["undo"]).ok();
    assert!(ids(&scene, "prod").is_empty());
}

#[test]
fn a_bundle_has_only_credentials_that_are_granted_to_its_proxies_and_groups() {
    let scene = granted();
    assert_eq!(ids(&scene, "gw"), ["a", "b"]);
    scene.run(["grant", "c", "--api-proxy", "Payments"]).ok();
    assert_eq!(ids(&scene, "gw"), ["a", "b", "c"]);
    scene.run(["revoke", "a", "--api-proxy", "Payments"]).ok();
    assert_eq!(ids(&scene, "gw"), ["b", "c"]);
    // a proxy is no group of the same name
    scene.run(["revoke", "b", "--api-proxy-group", "Public"]).ok();
    scene.run(["grant", "b", "--api-proxy", "Public", "--api-proxy-group", "Payments"]).ok();
    assert_eq!(ids(&scene, "gw"), ["c"]);
}

#[test]
fn a_bundle_has_no_grant_to_another_proxy() {
    let scene = granted();
    let access = consume(&scene, "gw", &["access", "a", "-o", "json"]).ok().json();
    let names: Vec<_> = access["resultList"].as_array().unwrap().iter().map(|grant| &grant["name"]).collect();
    assert_eq!(names, ["Payments"]);
    assert!(!text(&scene, "gw").contains("Orders"));
    // in the vault it is still there
    assert_eq!(scene.answer(["access", "a"])["resultList"].as_array().unwrap().len(), 2);
}

#[test]
fn a_grant_that_is_over_is_not_in_the_next_one() {
    let scene = granted();
    scene.run(["grant", "a", "--api-proxy", "Payments", "--expires", "1h"]).ok();
    assert_eq!(ids(&scene, "gw"), ["a", "b"]);
    scene.edit(|vault| {
        let grants = vault["credentials"][0]["access"].as_array_mut().unwrap();
        let grant = grants.iter_mut().find(|grant| grant["name"] == "Payments").unwrap();
        grant["expireTime"] = json!("2020-01-01T00:00:00.000000Z");
    });
    scene.run(["deploy"]).ok();
    assert_eq!(ids(&scene, "gw"), ["b"]);
}

#[test]
fn a_project_gets_its_own_and_the_global_ones() {
    let scene = Scene::new();
    for (id, project) in [("global", "admin"), ("one", "p1"), ("two", "p2")] {
        scene.run_with(["add", "Simple", id, "value=-", "-p", project], "S").ok();
    }
    environment(&scene, "p1", &["-p", "p1"]);
    environment(&scene, "all", &[]);
    assert_eq!(ids(&scene, "p1"), ["global", "one"]);
    assert_eq!(ids(&scene, "all"), ["global", "one", "two"]);
    assert!(!text(&scene, "p1").contains("two"));
    // a change from one project reaches the bundles of the others
    scene.run(["patch", "one", "--description", "d", "-p", "p1"]).ok();
    assert!(text(&scene, "all").contains("\"description\":\"d\""));
    scene.run(["move", "two", "--to", "p1"]).ok();
    assert_eq!(ids(&scene, "p1"), ["global", "one", "two"]);
    scene.run(["move", "one", "--to", "p2"]).ok();
    assert_eq!(ids(&scene, "p1"), ["global", "two"]);
}

#[test]
fn a_project_is_not_served_by_the_grants_of_another() {
    let scene = Scene::with_login();
    scene.run(["grant", "admin", "--api-proxy", "Payments", "-p", "p2"]).ok();
    environment(&scene, "p1", &["--api-proxy", "Payments", "-p", "p1"]);
    assert!(ids(&scene, "p1").is_empty());
    scene.run(["grant", "admin", "--api-proxy", "Payments", "-p", "p1"]).ok();
    assert_eq!(ids(&scene, "p1"), ["admin"]);
    let access = consume(&scene, "p1", &["access", "admin", "-o", "json"]).ok().json();
    assert_eq!(access["resultList"].as_array().unwrap().len(), 1);
}

#[test]
fn a_bundle_has_no_disabled_or_expired_credential() {
    let scene = deployed();
    for (id, words) in [
        ("off", &["--enabled", "false"][..]),
        ("over", &["--valid-until", "2020-01-01"]),
        ("soon", &["--valid-from", "2099-01-01"]),
    ] {
        scene.run_with(["add", "Simple", id, "value=-"].iter().chain(words), "S").ok();
    }
    // what is valid later is needed when nobody deploys any more
    assert_eq!(ids(&scene, "prod"), ["admin", "soon"]);
    consume(&scene, "prod", &["get", "soon", "--reveal"]).exits(6);
    scene.run(["patch", "off", "--enabled", "true"]).ok();
    scene.run(["patch", "admin", "--enabled", "false"]).ok();
    assert_eq!(ids(&scene, "prod"), ["off", "soon"]);
    assert!(!text(&scene, "prod").contains("old-password"));
}

#[test]
fn a_bundle_has_only_the_policies_users_and_references_of_its_credentials() {
    let scene = Scene::new();
    for id in ["P1", "P2"] {
        let words = ["policy", "add", id, "--type", "route", "--route-to", "dr", "--description", "d"];
        scene.run(words).ok();
    }
    let users = ["5f3d0e4b-4f43-4b5f-9c5a-0d7a0c1b2c3d", "6f3d0e4b-4f43-4b5f-9c5a-0d7a0c1b2c3d"];
    for (id, user) in ["h1", "h2"].iter().zip(users) {
        let words = ["user", "add", "--id", user, "--auth-provider", "local", "--email", "a@example.org"];
        scene.run(words).ok();
        let words = ["add", "passwordHash", id, "--name", user, "cleartext=-", "change=true"];
        scene.run_with(words, "S-NetApp123").ok();
    }
    for (id, policy) in [("a", "P1"), ("b", "P2")] {
        let words = ["add", "login", id, "username=u", "password=-", "--throttle-policy", policy];
        scene.run_with(words, "S-first").ok();
        scene.run_with(["passwd", id, "--password-stdin"], "S-second").ok();
        scene.run(["ref", "add", id, &format!("/servers/{id}")]).ok();
    }
    for id in ["a", "h1"] {
        scene.run(["grant", id, "--api-proxy", "Payments"]).ok();
    }
    environment(&scene, "gw", &["--api-proxy", "Payments"]);
    let bundle = document(&scene, "gw");
    let of = |section: &str, name: &str| -> Vec<Value> {
        bundle[section].as_array().unwrap().iter().map(|item| item[name].clone()).collect()
    };
    assert_eq!(of("credentials", "id"), ["a", "h1"]);
    assert_eq!(of("policies", "id"), ["P1"]);
    assert_eq!(of("users", "id"), [users[0]]);
    assert_eq!(of("references", "credential"), ["a"]);
    assert_eq!((&bundle["environments"], &bundle["history"]), (&json!([]), &json!([])));
    assert!(!bundle.to_string().contains("S-first"));
    assert_eq!(texts(&bundle["recipients"]), [crate::support::lab::recipient(&scene.path("gw.txt"))]);
}

#[test]
fn no_verb_changes_a_bundle() {
    let scene = deployed();
    scene.run_with(["add", "Simple", "s", "value=-"], "S").ok();
    let before = bytes(&scene, "prod");
    let recipient = scene.recipient("other.txt");
    for words in [
        &["add", "login", "b", "username=u", "password=-"][..],
        &["update", "admin", "username=u", "password=-"],
        &["put", "admin", "username=u", "password=-"],
        &["patch", "admin", "domain=x"],
        &["patch", "admin", "domain=x", "-n"],
        &["passwd", "admin", "--password-stdin"],
        &["delete", "-y", "admin"],
        &["delete", "-y", "admin", "s"],
        &["grant", "admin", "--api-proxy", "Payments"],
        &["revoke", "admin", "--api-proxy", "Payments"],
        &["ref", "add", "admin", "/servers/host1"],
        &["policy", "add", "P", "--type", "route", "--route-to", "x", "--description", "d"],
        &["user", "add", "--auth-provider", "local", "--email", "a@example.org"],
        &["environment", "add", "e", "--recipient", &recipient, "--out", "e.age"],
        &["deploy"],
        &["move", "admin", "--to", "p1"],
        &["rollback", "admin", "--revision", "1"],
        &["restore", "gone"],
        &["purge", "-y", "--all"],
        &["undo"],
        &["undo", "-n"],
        &["rekey", "--add-recipient", &recipient],
    ] {
        consume_with(&scene, "prod", words, "S-new").exits(6).says("prod");
        assert_eq!(before, bytes(&scene, "prod"), "{words:?}");
    }
}

#[test]
fn verbs_that_read_accept_a_bundle_as_vault() {
    let scene = deployed();
    for words in [
        &["list"][..],
        &["list", "--filter", "username eq 'ips'"],
        &["get", "admin", "--reveal"],
        &["access", "admin"],
        &["access", "--api-proxy", "Payments"],
        &["ref", "list"],
        &["policy", "list"],
        &["user", "list"],
        &["project", "list"],
        &["environment", "list"],
        &["history", "admin"],
        &["check", "--skip", "weak"],
        &["verify", "admin"],
    ] {
        consume(&scene, "prod", words).ok();
    }
    consume_with(&scene, "prod", &["verify", "admin", "--password-stdin"], "old-password").ok();
    consume_with(&scene, "prod", &["verify", "admin", "--password-stdin"], "wrong").exits(6);
}

#[test]
fn a_bundle_has_a_rising_generation_and_the_name_of_its_environment() {
    let scene = deployed();
    let mut last = 0;
    for number in 0..4 {
        scene.run(["patch", "admin", "--description", &number.to_string()]).ok();
        let bundle = document(&scene, "prod");
        assert_eq!((&bundle["bundle"], &bundle["credctl"]), (&json!("prod"), &json!("vault")));
        let generation = bundle["generation"].as_u64().unwrap();
        assert!(generation > last, "{generation} after {last}");
        last = generation;
    }
    let vault: Value = serde_json::from_str(&scene.text()).unwrap();
    assert_eq!((&vault["id"], &vault["bundle"]), (&document(&scene, "prod")["id"], &Value::Null));
}

#[test]
fn a_dry_run_and_a_call_without_a_change_write_no_bundle() {
    let scene = deployed();
    let before = bytes(&scene, "prod");
    scene.refuses(0, ["patch", "admin", "domain=x", "-n"], "");
    scene.refuses(0, ["revoke", "admin", "--api-proxy", "Payments"], "");
    scene.refuses(4, ["patch", "nobody", "domain=x"], "");
    assert_eq!(before, bytes(&scene, "prod"));
    let recipient = scene.recipient("other.txt");
    let words = ["environment", "add", "e", "--recipient", &recipient, "--out", "e.age", "-n"];
    scene.refuses(0, words, "");
    assert!(!scene.path("e.age").exists());
}

#[test]
fn a_vault_with_a_passphrase_has_bundles_too() {
    let scene = Scene::bare();
    let recipient = scene.recipient("prod.txt");
    let fixture = format!("{}/tests/it/file/fixtures/v1/passphrase.age", env!("CARGO_MANIFEST_DIR"));
    fs::copy(fixture, scene.vault()).unwrap();
    let words = ["env", "add", "prod", "--recipient", &recipient, "--out", "prod.age"];
    let passphrase = "fixture";
    scene.command(words).env("CREDCTL_PASSPHRASE", passphrase).outcome("").ok();
    scene.run(["list", "--vault", "prod.age", "-i", "prod.txt"]).ok();
}

#[test]
fn a_credential_ends_in_it_with_its_last_grant() {
    let scene = granted();
    let until =
        |id: &str| consume(&scene, "gw", &["get", id, "-o", "json"]).ok().json()["validUntil"].clone();
    let grant = |id: &str, to: &[&str], end: &str| {
        scene.run(["grant", id].iter().chain(to).chain(&["--expires", end])).ok();
    };
    assert_eq!(until("a"), Value::Null);
    grant("a", &["--api-proxy", "Payments"], "2090-01-01");
    assert_eq!(until("a"), "2090-01-01T00:00:00.000000Z");
    // a grant elsewhere keeps nothing alive here, a longer one does
    grant("a", &["--api-proxy", "Orders"], "2099-01-01");
    assert_eq!(until("a"), "2090-01-01T00:00:00.000000Z");
    grant("a", &["--api-proxy-group", "Public"], "2091-01-01");
    assert_eq!(until("a"), "2091-01-01T00:00:00.000000Z");
    scene.run(["patch", "a", "--valid-until", "2089-01-01"]).ok();
    assert_eq!(until("a"), "2089-01-01T00:00:00.000000Z");
    scene.run(["patch", "a", "--valid-until", "2095-01-01"]).ok();
    assert_eq!(until("a"), "2091-01-01T00:00:00.000000Z");
    assert_eq!(scene.get("a")["validUntil"], "2095-01-01T00:00:00.000000Z");
    // one that is bound to nothing goes by the credential alone
    environment(&scene, "all", &[]);
    let all = consume(&scene, "all", &["get", "a", "-o", "json"]).ok().json();
    assert_eq!(all["validUntil"], "2095-01-01T00:00:00.000000Z");
}
