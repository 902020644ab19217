//! Own fields, and the fields that logins of people have: given, read, listed, changed and exported.

use std::fs;
use std::os::unix::fs::PermissionsExt as _;

use serde_json::json;

use crate::contract::prompts::asking;
use crate::support::terminal::Terminal;
use crate::support::{Run as _, Scene, samples};

/// A login with a public own field and a secret one.
fn with_own_fields() -> Scene {
    let scene = Scene::with_login();
    scene.run_with(["patch", "admin", "custom.plan=team", "custom.PIN of it=-"], "S-1234\n").ok();
    scene
}

#[test]
fn an_argument_is_public_and_every_other_source_is_secret() {
    let scene = Scene::with_login();
    scene.file("pin", "S-file\n");
    scene.file("lines", "S-one\nS-two\n");
    let words = [
        "patch",
        "admin",
        "custom.plan=team",
        "custom.dash=-",
        "custom.file=@pin",
        "custom.lines=@lines",
        "custom.made=generate",
        "custom.env=env:S_NAME",
        r"custom.literal=\env:S_NAME",
    ];
    scene.command(words).env("S_NAME", "S-env").outcome("S-dash\n").ok();
    let shown = scene.run(["get", "admin", "-o", "json"]).ok().hides("S-").json();
    let public = json!([{"name": "plan", "value": "team", "secret": false}, {"name": "literal", "value": "env:S_NAME", "secret": false}]);
    assert_eq!(shown["fields"]["custom"], public);
    let secret = ["password", "custom.dash", "custom.file", "custom.lines", "custom.made", "custom.env"];
    assert_eq!(shown["secrets"], json!(secret));
    for (field, text) in [
        ("plan", "team"),
        ("dash", "S-dash"),
        ("file", "S-file"),
        ("lines", "S-one\nS-two\n"),
        ("env", "S-env"),
        ("literal", "env:S_NAME"),
    ] {
        let field = format!("custom.{field}");
        assert_eq!(scene.run(["get", "admin", "--field", &field]).ok().stdout(), text, "{field}");
    }
    scene.run(["get", "admin", "--field", "custom.none"]).exits(4);
    let again = ["patch", "admin", "custom.plan=a", "custom.plan=b"];
    scene.refuses(3, again, "").says("given twice");
    // only a whole list may not be an argument
    scene.refuses(2, ["patch", "admin", r#"custom=[{"name":"a","value":"S-x"}]"#], "").hides("S-x");
}

#[test]
fn an_own_field_may_be_an_empty_text() {
    let scene = Scene::with_login();
    scene.run_with(["patch", "admin", "custom.em=", "custom.PIN=-"], "").ok();
    scene.run_with(["add", "login", "added", "custom.em=", "username=u", "password=-"], "S-1").ok();
    let document = json!({"id": "put", "type": "login", "username": "u", "password": "S-1", "custom": [
        {"name": "em", "value": "", "secret": false}]});
    scene.run_with(["put", "-f", "-"], document.to_string()).ok();
    let empty = json!([{"name": "em", "value": "", "secret": false}]);
    for id in ["admin", "added", "put"] {
        let shown = scene.get(id);
        assert_eq!(shown["fields"]["custom"][0], empty[0], "{id}");
        assert_eq!(scene.run(["get", id, "--field", "custom.em"]).ok().stdout(), "", "{id}");
    }
    let shown = scene.run(["get", "admin", "-o", "json"]).ok().json();
    assert_eq!(shown["secrets"], json!(["password", "custom.PIN"]));
    // one that is emptied is still there, and leaves only by its name
    scene.run(["patch", "admin", "custom.em=x"]).ok();
    scene.run_with(["patch", "admin", "-f", "-"], json!({"custom": empty}).to_string()).ok();
    assert_eq!(scene.get("admin")["fields"]["custom"][0], empty[0]);
    let exported = scene.run(["export"]).ok().stdout().to_owned();
    let other = Scene::new();
    other.run(["import", &other.file("all.json", exported)]).ok();
    assert_eq!(other.get("admin")["fields"]["custom"], scene.get("admin")["fields"]["custom"]);
    scene.run(["patch", "admin", "--unset", "custom.em", "--unset", "custom.PIN"]).ok();
    assert_eq!(scene.get("admin")["fields"].get("custom"), None);
}

#[test]
fn every_type_takes_own_fields_and_its_systems_leave_them_out() {
    let scene = Scene::new();
    for sample in samples::all() {
        let mut document = sample.document;
        document.as_object_mut().unwrap().remove("throttlePolicy");
        document["custom"] = json!({"seat": "S-own"});
        let outcome = scene.run_with(["add", "-f", "-"], document.to_string());
        if sample.kind == "passwordHash" {
            // of a user who is not there
            continue;
        }
        outcome.ok();
        let id = document["id"].as_str().unwrap_or(sample.kind);
        assert_eq!(scene.run(["get", id, "--field", "custom.seat"]).ok().stdout(), "S-own", "{id}");
        for format in ["citrix", "network-controller", "apinizer"] {
            let outcome = scene.run(["export", id, "--format", format]);
            if outcome.status() == Some(0) {
                outcome.hides("S-own").says("custom.seat left out");
            }
        }
    }
}

#[test]
fn a_public_one_is_found_and_a_secret_one_is_not() {
    let scene = with_own_fields();
    scene.login("other");
    let found =
        |words: &[&str]| scene.run([&["list", "-o", "name"], words].concat()).ok().stdout().trim().to_owned();
    assert_eq!(found(&["--filter", "custom.plan eq 'team'"]), "admin");
    assert_eq!(found(&["--filter", "custom.plan ne 'team'"]), "other");
    assert_eq!(found(&["--filter", "custom.'PIN of it' eq 'S-1234'"]), "");
    assert_eq!(found(&["--filter", "custom.'PIN of it' contains 'S'"]), "");
    assert_eq!(found(&["team"]), "admin");
    assert_eq!(found(&["S-1234"]), "");
    let listed = scene.run(["list", "--include", "id,custom.plan,custom.PIN of it", "-o", "json"]).ok();
    assert_eq!(listed.json()["items"], json!([["admin", "team", null], ["other", null, null]]));
    scene.run(["list", "--filter", "custom eq 'x'"]).exits(2);
}

#[test]
fn people_and_programs_read_them_as_other_fields() {
    let scene = with_own_fields();
    let view = scene.run(["get", "admin"]).ok().hides("S-1234");
    assert!(view.stdout().contains("custom.plan       team"), "{view:?}");
    assert!(view.stdout().contains("custom.PIN of it  ••••••"), "{view:?}");
    let revealed = scene.run(["get", "admin", "--reveal"]).ok();
    assert!(revealed.stdout().contains("custom.PIN of it  S-1234"), "{revealed:?}");
    let words = ["get", "admin", "-o", "env", "--field", "custom.plan", "--field", "custom.PIN of it"];
    assert_eq!(scene.run(words).ok().stdout(), "CUSTOM_PLAN='team'\nCUSTOM_PIN_OF_IT='S-1234'\n");
    let words = ["run", "--env", "PIN=admin/custom.PIN of it", "--", "sh", "-c", "test $PIN = S-1234"];
    scene.run(words).ok();
    let template = "plan={{ cred://admin/custom.plan }}";
    assert_eq!(scene.run_with(["inject", "-"], template).ok().stdout(), "plan=team");
    scene.run(["patch", "admin", "--enabled=false"]).ok();
    scene.run(["get", "admin", "--field", "custom.PIN of it"]).exits(6);
    assert_eq!(scene.run(["get", "admin", "--field", "custom.plan"]).ok().stdout(), "team");
}

#[test]
fn patch_keeps_the_others_and_update_names_what_goes() {
    let scene = with_own_fields();
    scene.run(["patch", "admin", "custom.plan=free", "custom.seat=4"]).ok();
    let told = scene.run(["patch", "admin", "custom.PIN of it=4711"]).ok();
    told.says("custom.PIN of it was secret and is public now");
    let history = scene.run(["history", "admin", "--diff"]).ok().hides("S-1234");
    assert!(history.stdout().contains("custom.plan: team → free"), "{history:?}");
    assert!(history.stdout().contains("custom.PIN of it (added)"), "{history:?}");
    scene.run(["patch", "admin", "--unset", "custom.seat"]).ok();
    scene.refuses(3, ["patch", "admin", "--unset", "custom.seat"], "");
    let update = ["update", "admin", "username=ips", "password=-", "custom.new=1"];
    scene.run_with(update, "S-pw").ok().says("custom.plan").says("custom.PIN of it");
    let custom = json!([{"name": "new", "value": "1", "secret": false}]);
    assert_eq!(scene.get("admin")["fields"]["custom"], custom);
    scene.run(["undo"]).ok();
    assert_eq!(scene.run(["get", "admin", "--field", "custom.plan"]).ok().stdout(), "free");
}

#[test]
fn an_answer_that_comes_back_keeps_the_secret_ones() {
    let scene = with_own_fields();
    let shown = scene.run(["get", "admin", "-o", "json"]).ok().stdout().to_owned();
    scene.refuses(3, ["update", "admin", "-f", "-"], &shown);
    let export = scene.run(["export", "admin", "--no-secrets"]).ok().hides("S-1234").json().to_string();
    // all but one secret is there again
    let export = export.replace(r#""username":"#, r#""password":"S-pw","username":"#);
    scene.run_with(["import", "-", "--on-conflict", "replace"], &export).exits(3).says("custom.PIN of it");
    // a part of a document changes what it names
    let mut fields = serde_json::from_str::<serde_json::Value>(&shown).unwrap()["fields"].clone();
    fields["custom"][0]["value"] = json!("free");
    scene.run_with(["patch", "admin", "-f", "-"], json!({"fields": fields}).to_string()).ok();
    let custom = &scene.get("admin")["fields"]["custom"];
    assert_eq!((&custom[0]["value"], &custom[1]["value"]), (&json!("free"), &json!("S-1234")));
}

#[test]
fn exports_and_imports_carry_them() {
    let scene = with_own_fields();
    scene
        .run(["patch", "admin", "url=https://a.example", "url=https://b.example/x,y", "--unset", "domain"])
        .ok();
    scene.run_with(["patch", "admin", "notes=-"], "first\nsecond\n").ok();
    let original = scene.get("admin")["fields"].clone();
    assert_eq!(original["url"], json!(["https://a.example", "https://b.example/x,y"]));
    for format in ["native", "aspire", "astra", "csv"] {
        let exported = scene.run(["export", "admin", "--format", format]).ok();
        let text = exported.stdout().to_owned();
        let other = Scene::new();
        let outcome = other.run_with(["import", "-"], &text);
        match format {
            // a login is a connector in Aspire, which has no place for them
            "aspire" => drop(outcome.ok().hides("S-1234")),
            "csv" => {
                // the header says which one is public
                assert!(
                    text.lines().next().unwrap().contains("custom.plan:public,custom.PIN of it"),
                    "{text}"
                );
                assert_eq!(other.get("admin")["fields"], original, "{format}");
            }
            _ => assert_eq!(other.get("admin")["fields"], original, "{format}"),
        }
    }
    let left_out = scene.run(["export", "admin", "--format", "aspire"]).ok().hides("S-1234").hides("second");
    left_out.says("url, notes, custom.plan, custom.PIN of it left out");
    let citrix = scene.run(["export", "admin", "--format", "citrix"]).ok().json();
    assert_eq!(citrix["username"], "ips");
    assert_eq!(citrix.as_object().unwrap().len(), 4, "{citrix}");
    // names of variables never collide
    scene.run(["patch", "admin", "custom.pin.of.it=x"]).ok();
    let variables = scene.run(["export", "admin", "--format", "dotenv"]).ok();
    assert!(variables.stdout().contains("ADMIN_CUSTOM_PIN_OF_IT='S-1234'\n"), "{variables:?}");
    assert!(variables.stdout().contains("ADMIN_CUSTOM_PIN_OF_IT_2='x'\n"), "{variables:?}");
    assert!(
        variables.stdout().contains("ADMIN_URL='https://a.example\nhttps://b.example/x,y'\n"),
        "{variables:?}"
    );
}

#[test]
fn logins_of_people_have_addresses_notes_and_a_seed() {
    let scene = Scene::with_login();
    scene.refuses(3, ["patch", "admin", "url=https://u:S-p@a.example"], "").hides("S-p");
    scene.refuses(2, ["patch", "admin", "totp=JBSWY3DPEHPK3PXP"], "").hides("JBSWY3DPEHPK3PXP");
    scene.run_with(["patch", "admin", "url=https://a.example", "totp=-"], "JBSWY3DPEHPK3PXP\n").ok();
    // one address alone needs no list
    scene.run_with(["patch", "admin", "-f", "-"], r#"{"url":"https://c.example"}"#).ok();
    let shown = scene.run(["get", "admin", "-o", "json"]).ok().hides("JBSWY3DPEHPK3PXP").json();
    assert_eq!(shown["fields"]["url"], json!(["https://c.example"]));
    assert_eq!(shown["secrets"], json!(["password", "totp"]));
    assert_eq!(scene.run(["get", "admin", "--field", "url"]).ok().stdout(), "https://c.example");
    scene.run(["patch", "admin", "url="]).ok();
    assert_eq!(scene.get("admin")["fields"].get("url"), None);
}

#[test]
fn several_addresses_are_given_in_one_assignment_or_in_several() {
    let scene = Scene::with_login();
    let url = || scene.get("admin")["fields"]["url"].clone();
    scene.run(["patch", "admin", "url=https://a.example,https://b.example/x,y", "url=c.example"]).ok();
    assert_eq!(url(), json!(["https://a.example", "https://b.example/x,y", "c.example"]));
    let file = scene.file("addresses", "https://d.example\nhttps://e.example\n");
    scene.run(["patch", "admin", &format!("url=@{file}")]).ok();
    assert_eq!(url(), json!(["https://d.example", "https://e.example"]));
    scene.run(["patch", "admin", "url=\\https://web.example/?to=a,https://b.example"]).ok();
    assert_eq!(url(), json!(["https://web.example/?to=a,https://b.example"]));
    for (address, why) in [
        ("https://", "must have a host"),
        ("https://a.example b", "must not have a blank"),
        ("a.example,b.example", "must have one host; give several addresses one by one"),
        ("https://a.example:x", "as its port"),
    ] {
        let both = format!("url=https://good.example,{address}");
        let words = ["patch", "admin", if address.contains("://") { &both } else { "url=https://x" }];
        let own = format!("url={address}");
        let refused = scene.refuses(3, [words[0], words[1], words[2], own.as_str()], "");
        refused.says("url[1]").says(why);
    }
    let document = r#"{"url":["https://a.example","by hand"]}"#;
    scene.refuses(3, ["patch", "admin", "-f", "-"], document).says("url[1]");
}

#[test]
fn an_import_keeps_addresses_that_are_none_in_own_fields() {
    let list = "title,username,password,url\nWiki,me,S-1,the blue door\nMail,me,S-2,https://m.example\n";
    let scene = Scene::new();
    scene.run_with(["import", "-"], list).ok();
    let custom = json!([{"name": "url", "value": "the blue door", "secret": true}]);
    assert_eq!(scene.get("Wiki")["fields"]["custom"], custom);
    assert_eq!(scene.get("Mail")["fields"]["url"], json!(["https://m.example"]));
    // also what an earlier version kept, or a column that the caller named
    let native = r#"{"id":"old","type":"login","username":"u","password":"S-3",
        "url":["https://a.example","by hand"],"custom":[{"name":"url","value":"x","secret":false}]}"#;
    scene.run_with(["import", "-"], native).ok().says("old: custom.url-2 has what the field for addresses");
    let fields = scene.get("old")["fields"].clone();
    assert_eq!(fields["url"], json!(["https://a.example"]));
    assert_eq!(fields["custom"][1], json!({"name": "url-2", "value": "by hand", "secret": true}));
    let map = "title=#1,username=#2,password=#3,url=#4";
    let words = ["import", "-", "--map", map, "--no-header"];
    scene.run_with(words, "Map,me,S-4,by hand\n").ok();
    assert_eq!(scene.get("Map")["fields"]["custom"][0]["value"], "by hand");
}

#[test]
fn helpers_match_by_the_addresses() {
    let scene = Scene::with_login();
    scene.run(["patch", "admin", "url=https://git.example.org/team", "url=https://r.example"]).ok();
    let ask = |host: &str, path: &str| {
        let request = format!("protocol=https\nhost={host}\npath={path}\n\n");
        scene.run_with(["helper", "git", "get"], request).ok().stdout().contains("username=ips")
    };
    assert!(ask("git.example.org", "team/a.git"));
    assert!(!ask("git.example.org", "other/a.git"));
    assert!(!ask("evil.example", "team/a.git"));
    let docker = scene.run_with(["helper", "docker", "get"], "https://r.example").ok().json();
    assert_eq!(docker["Username"], "ips");
    let netrc = scene.run(["export", "admin", "--format", "netrc"]).ok();
    assert!(netrc.stdout().starts_with("machine git.example.org\n"), "{netrc:?}");
}

#[test]
fn the_editor_shows_each_and_keeps_what_is_masked() {
    let scene = with_own_fields();
    let edit = |script: &str| {
        let path = scene.file("ed", format!("#!/bin/sh\ncp \"$1\" seen\n{script}\n"));
        fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).unwrap();
        scene.command(["edit", "admin"]).env("EDITOR", path).outcome("")
    };
    edit("sed -i 's/value: team/value: 007/' \"$1\"").ok();
    let seen = fs::read_to_string(scene.path("seen")).unwrap();
    assert!(seen.contains("custom:\n") && !seen.contains("S-1234"), "{seen}");
    let custom = |plan: &str| json!([{"name": "plan", "value": plan, "secret": false}, {"name": "PIN of it", "value": "S-1234", "secret": true}]);
    // a text, as it is written
    assert_eq!(scene.get("admin")["fields"]["custom"], custom("007"));
    // a new one in front does not take the masked secret of another
    edit("sed -i 's/^custom:/custom:\\n  - name: new\\n    value: n/' \"$1\"").ok();
    let fields = scene.get("admin")["fields"]["custom"].clone();
    assert_eq!((&fields[0], &fields[1]), (&custom("007")[0], &custom("007")[1]));
    assert_eq!(fields[2], json!({"name": "new", "value": "n", "secret": true}));
    let refused = edit(
        "if [ -e twice ]; then exit 1; fi; touch twice; sed -i 's/- name: new/- name: other/' \"$1\"; sed -i '0,/value: ..*/s//value: ••••••/' \"$1\"",
    );
    assert!(refused.status() != Some(0), "{refused:?}");
    assert_eq!(scene.get("admin")["fields"]["custom"], fields);
    // all of them gone
    edit("sed -i '/^custom:/,/^$/d' \"$1\"").ok();
    assert_eq!(scene.get("admin")["fields"].get("custom"), None);
}

#[test]
fn a_dash_on_a_terminal_asks_hidden() {
    let scene = Scene::with_login();
    let mut terminal = Terminal::start(&asking(&scene, &["patch", "admin", "custom.PIN=-"]), "");
    terminal.answer("PIN: ", "S-typed").answer("(again): ", "S-typed");
    let ended = terminal.end();
    assert_eq!(ended.status, 0, "{ended:?}");
    assert!(!ended.shown.contains("S-typed"), "{ended:?}");
    assert_eq!(scene.run(["get", "admin", "--field", "custom.PIN"]).ok().stdout(), "S-typed");
    assert_eq!(scene.get("admin")["fields"]["custom"][0]["secret"], true);
}
