//! References in the values of variables, where the credential that they name changes its id or goes.

use serde_json::json;

use crate::contract::prompts::asking;
use crate::support::Scene;
use crate::support::terminal::Terminal;

const OWN: &str = "name = \"acme.service\"\nsummary = \"s\"\n\
    [[field]]\nname = \"settings\"\nkind = \"variables\"\nhelp = \"h\"\n";

fn scene(lines: &str) -> Scene {
    let scene = Scene::with_login();
    let file = scene.file("shop.env", lines);
    scene.run(["import", &file, "--as", "shop"]).ok();
    scene
}

fn stored(scene: &Scene, id: &str, field: &str) -> String {
    scene.run(["get", id, "--field", field]).ok().stdout().to_owned()
}

#[test]
fn references_follow_a_rename() {
    let scene = scene("DSN='p://${cred://admin/username}:{{ cred://admin/password }}@admin'\nPLAIN=admin\n");
    let file = scene.file("own.toml", OWN);
    scene.run(["types", "--define", &file]).ok();
    scene.run_with(["add", "acme.service", "svc", "settings.URL=-"], "cred://admin/username").ok();
    scene.run(["patch", "shop", "--label", "a=b"]).ok();
    let tried = scene.run(["rename", "admin", "ops/admin", "--dry-run"]).ok();
    tried.says("the references in DSN of shop follow and name ops/admin").hides("p://");
    assert!(stored(&scene, "shop", "DSN").contains("cred://admin/"), "a dry run changes nothing");
    let renamed = scene.run(["rename", "admin", "ops/admin"]).ok();
    renamed.says("references in DSN of shop follow").says("references in URL of svc follow");
    assert_eq!(
        stored(&scene, "shop", "DSN"),
        "p://${cred://ops/admin/username}:{{ cred://ops/admin/password }}@admin"
    );
    assert_eq!(stored(&scene, "shop", "PLAIN"), "admin");
    let script = "printf '%s|' \"$DSN\" \"$URL\"";
    let got = scene.run(["run", "--all", "shop", "svc", "--", "sh", "-c", script]).ok();
    assert_eq!(got.stdout(), "p://ips:old-password@admin|ips|");
    scene.run(["check", "--only", "reference"]).ok();
    // one write, so one step back
    scene.run(["undo"]).ok();
    assert!(stored(&scene, "shop", "DSN").contains("cred://admin/"));
    assert_eq!(scene.run(["get", "admin", "--field", "username"]).ok().stdout(), "ips");
}

#[test]
fn a_credential_that_refers_to_itself_follows_in_one_version() {
    let scene = scene("B=1\nA=x${cred://shop/B}\n");
    let answer = scene.answer(["rename", "shop", "store"]);
    let shown = scene.get("store");
    assert_eq!((&answer["etag"], &answer["revision"]), (&shown["etag"], &json!(null)));
    assert_eq!(
        (&shown["revision"], stored(&scene, "store", "A").as_str()),
        (&json!(2), "x${cred://store/B}")
    );
}

#[test]
fn what_cannot_follow_a_rename_is_named() {
    let scene = scene("DSN=x${cred://admin/password}\nWHOLE=cred://admin/password\n");
    let torn = scene.run(["rename", "admin", "ad}min"]).ok();
    torn.says("the references in WHOLE of shop follow")
        .says("the references in DSN of shop still name admin: a reference in braces cannot name ad}min");
    assert_eq!(stored(&scene, "shop", "WHOLE"), "cred://ad}min/password");
    scene.run(["check", "--only", "reference"]).exits(8);
    // a project cannot change what is global
    let scene = Scene::with_login();
    scene.run(["move", "admin", "--to", "p"]).ok();
    scene.run_with(["add", "env", "shop", "DSN=-"], "cred://admin/password").ok();
    let renamed = scene.run(["-p", "p", "rename", "admin", "other"]).ok();
    renamed.says("the references in DSN of shop still name admin: shop is global");
    assert_eq!(stored(&scene, "shop", "DSN"), "cred://admin/password");
}

#[test]
fn a_rename_makes_no_secret_new() {
    let scene = scene("DSN=cred://admin/password\n");
    scene.edit(|vault| {
        for record in vault["credentials"].as_array_mut().unwrap() {
            record["rotateRequired"] = json!(true);
        }
    });
    scene.run(["rename", "admin", "other"]).ok();
    let left = scene.run(["list", "--filter", "rotateRequired eq true", "-o", "name"]).ok();
    assert_eq!(left.stdout(), "other\nshop\n");
}

#[test]
fn a_deletion_names_the_references_that_lead_nowhere_then() {
    let scene = scene("DSN=x${cred://admin/password}\nB=cred://Ops/password\n");
    scene.login("ops");
    scene.run(["patch", "ops", "--name", "Ops"]).ok();
    let mut terminal = Terminal::start(&asking(&scene, &["delete", "admin"]), "");
    terminal.answer("Named by references in DSN of shop. Delete admin?", "n");
    assert_eq!(terminal.end().status, 2);
    let tried = scene.run(["delete", "admin", "-y", "--dry-run"]).ok();
    tried.says("the references in DSN of shop no longer resolve: admin is deleted");
    let both = scene.run(["delete", "-y", "admin", "ops"]).ok();
    both.says("the references in DSN of shop no longer resolve: admin is deleted")
        .says("the references in B of shop no longer resolve: Ops is deleted")
        .hides("cred://");
    // those that go together need no word
    scene.run(["undo"]).ok();
    let all = scene.run(["delete", "-y", "admin", "shop"]).ok();
    assert!(!all.stderr.contains("no longer resolve"), "{all:?}");
    // nor those of which nothing comes
    scene.run(["undo"]).ok();
    let none = scene.run(["delete", "-y", "--atomic", "admin", "nope"]).exits(8);
    assert!(!none.stderr.contains("no longer resolve"), "{none:?}");
}

#[test]
fn a_reference_that_still_leads_somewhere_is_not_named() {
    let scene = scene("DSN=x${cred://admin/password}\n");
    scene.login("second");
    scene.run(["patch", "second", "--name", "admin"]).ok();
    let deleted = scene.run(["delete", "-y", "admin"]).ok();
    assert!(!deleted.stderr.contains("no longer resolve"), "{deleted:?}");
    scene.run(["run", "shop", "--", "true"]).ok();
}

#[test]
fn check_finds_references_that_lead_nowhere() {
    let lines = "OK=cred://admin/username\nGONE=x{{ cred://nope/password }}\nFIELD=cred://admin/totp\n\
        OPEN='a cred://admin/password'\nLOOP=cred://shop/LOOP\n";
    let scene = scene(lines);
    let found = scene.run(["check", "--only", "reference", "-o", "json"]).exits(8).hides("old-password");
    let findings = found.json()["findings"].clone();
    let findings = findings.as_array().unwrap();
    let members: Vec<_> = findings.iter().map(|one| one["member"].as_str().unwrap()).collect();
    assert_eq!(members, ["variables.FIELD", "variables.GONE", "variables.LOOP", "variables.OPEN"]);
    assert!(findings.iter().all(|one| one["id"] == "shop" && one["check"] == "reference"), "{findings:?}");
    assert_eq!(findings[1]["detail"], "has a reference that leads nowhere: there is no credential `nope`");
    // a credential that must not be used now is there
    let lines = "OK=cred://admin/password\n";
    let file = scene.file("shop.env", lines);
    scene.run(["delete", "-y", "shop"]).ok();
    scene.run(["import", &file, "--as", "shop"]).ok();
    scene.run(["patch", "admin", "--enabled=false"]).ok();
    scene.run(["check", "--only", "reference"]).ok();
    assert_eq!(scene.run(["check", "--skip", "reference", "--only", "rules"]).status(), Some(2));
}

#[test]
fn tidy_keeps_a_key_store_that_a_variable_names() {
    let scene = scene("PIN=cred://admin-extra/PIN\n");
    let twin = json!({"id": "admin-extra", "type": "generic", "name": "admin",
        "tags": {"login": "admin"}, "keyStore": {"PIN": "MTIzNA=="}});
    scene.run_with(["add", "-f", "-"], twin.to_string()).ok();
    let tidied = scene.run(["tidy", "-y"]).ok();
    let stays = "admin-extra stays: is named by references in PIN of shop";
    assert!(tidied.stdout().contains(stays), "{tidied:?}");
    scene.run(["run", "shop", "--", "true"]).ok();
}
