//! `tidy`: what earlier imports kept beside logins, folded into the logins.

use serde_json::{Value, json};

use crate::contract::prompts::asking;
use crate::support::Scene;
use crate::support::samples::base64;
use crate::support::terminal::Terminal;

/// Adds the key store that earlier versions put beside a login.
fn add_twin(scene: &Scene, login: &str, members: &Value, entries: &[(&str, &str)]) {
    let store: serde_json::Map<String, Value> =
        entries.iter().map(|(name, text)| ((*name).to_owned(), json!(base64(text)))).collect();
    let mut document = json!({"id": format!("{login}-extra"), "type": "generic", "name": login,
        "tags": {"login": login}, "keyStore": store});
    for (name, value) in members.as_object().unwrap() {
        document[name] = value.clone();
    }
    scene.run_with(["add", "-f", "-"], document.to_string()).ok();
}

/// A login with a twin that has everything.
fn scene() -> Scene {
    let scene = Scene::with_login();
    let entries = [
        ("notes", "S-first\nS-second"),
        ("totp", "JBSWY3DPEHPK3PXP"),
        ("url-2", "https://b.example"),
        ("url", "https://u:S-p@a.example"),
        ("PIN", "S-1234"),
    ];
    add_twin(&scene, "admin", &json!({}), &entries);
    scene
}

#[test]
fn a_seed_goes_into_its_field_under_each_of_its_names() {
    for name in ["totp", "otp", "otpauth", "hotp", "TOTP"] {
        let scene = Scene::with_login();
        add_twin(&scene, "admin", &json!({}), &[(name, "JBSWY3DPEHPK3PXP")]);
        let answer = scene.answer(["tidy", "--yes"]);
        assert_eq!(answer["results"][0]["fields"], json!(["totp"]), "{name}");
        assert_eq!(scene.get("admin")["fields"]["totp"], "JBSWY3DPEHPK3PXP", "{name}");
    }
}

#[test]
fn values_go_into_the_fields_of_the_login_in_one_write() {
    let scene = scene();
    let before = scene.bytes();
    let tried = scene.run(["tidy", "--dry-run"]).ok().hides("S-").hides("JBSWY3DPEHPK3PXP");
    assert!(
        tried.stdout().contains("admin: custom.PIN, notes, totp, custom.url, url from admin-extra"),
        "{tried:?}"
    );
    assert!(before == scene.bytes());
    let answer = scene.answer(["tidy", "--yes"]);
    let fields = ["custom.PIN", "notes", "totp", "custom.url", "url"];
    assert_eq!(
        answer["results"],
        json!([{"id": "admin", "tidied": true, "from": "admin-extra", "fields": fields}])
    );
    assert_eq!(scene.ids(), ["admin"]);
    let shown = scene.get("admin");
    assert_eq!(shown["fields"]["notes"], "S-first\nS-second");
    assert_eq!(shown["fields"]["totp"], "JBSWY3DPEHPK3PXP");
    assert_eq!(shown["fields"]["url"], json!(["https://b.example"]));
    let custom = json!([{"name": "PIN", "value": "S-1234", "secret": true},
        {"name": "url", "value": "https://u:S-p@a.example", "secret": true}]);
    assert_eq!(shown["fields"]["custom"], custom);
    assert_eq!(shown["revision"], 2);
    let again = scene.run(["tidy"]).ok();
    assert!(again.stdout().contains("nothing to tidy"), "{again:?}");
    // one write, so one step back
    scene.run(["undo"]).ok();
    assert_eq!(scene.ids(), ["admin", "admin-extra"]);
    assert_eq!(scene.get("admin")["fields"].get("custom"), None);
}

#[test]
fn nothing_is_overwritten_or_lost() {
    let own = [
        (json!({"labels": [{"name": "a", "value": "b"}]}), "has labels of its own"),
        (json!({"tags": {"login": "admin", "more": "x"}}), "has tags of its own"),
        (json!({"description": "mine"}), "has description of its own"),
        (json!({"enabled": false}), "has enabled of its own"),
        (json!({"name": "other"}), "has name of its own"),
    ];
    for (members, reason) in own {
        let scene = Scene::with_login();
        add_twin(&scene, "admin", &members, &[("PIN", "S-1")]);
        let told = scene.run(["tidy", "-y"]).ok();
        assert!(told.stdout().contains(&format!("admin-extra stays: {reason}")), "{told:?}");
        assert_eq!(scene.ids(), ["admin", "admin-extra"]);
    }
    // another value in a field, and not a part of the rest
    let stays = |scene: &Scene, reason: &str| {
        let answer = scene.answer(["tidy", "-y"]);
        assert_eq!(answer["results"][0]["reason"], reason);
        assert_eq!(answer["results"][0]["tidied"], false);
        assert_eq!(scene.get("admin")["fields"].get("totp"), None);
        assert_eq!(scene.ids(), ["admin", "admin-extra"]);
    };
    let scene_1 = scene();
    scene_1.run_with(["patch", "admin", "notes=-"], "others").ok();
    stays(&scene_1, "notes of admin is another one");
    let scene_2 = scene();
    scene_2.run(["patch", "admin", "custom.PIN=7"]).ok();
    stays(&scene_2, "custom.PIN of admin is another one");
    let scene_3 = scene();
    scene_3.run(["ref", "add", "admin-extra", "/servers/h1"]).ok();
    stays(&scene_3, "is used by references");
    let scene_4 = scene();
    scene_4.run(["grant", "admin-extra", "--api-proxy", "P"]).ok();
    stays(&scene_4, "has grants");
    let scene_5 = scene();
    scene_5.run(["attach", "admin-extra", &scene_5.file("codes.txt", "S-codes")]).ok();
    stays(&scene_5, "has attachments");
    // the same values are no conflict
    let same = Scene::with_login();
    same.run_with(["patch", "admin", "custom.PIN=-"], "S-1").ok();
    add_twin(&same, "admin", &json!({}), &[("PIN", "S-1")]);
    same.run(["tidy", "-y"]).ok();
    assert_eq!(same.ids(), ["admin"]);
}

#[test]
fn what_is_no_twin_stays_out_of_it() {
    let scene = Scene::with_login();
    add_twin(&scene, "admin", &json!({"id": "mine"}), &[("PIN", "S-1")]);
    add_twin(&scene, "nobody", &json!({}), &[("PIN", "S-1")]);
    let answer = scene.answer(["tidy", "-y"]);
    assert_eq!(answer["results"].as_array().unwrap().len(), 1, "{answer}");
    assert_eq!(answer["results"][0]["reason"], "there is no login nobody");
    assert_eq!(scene.ids(), ["admin", "mine", "nobody-extra"]);
}

#[test]
fn two_of_one_login_are_folded_one_after_the_other() {
    let scene = Scene::with_login();
    add_twin(&scene, "admin", &json!({}), &[("notes", "one")]);
    add_twin(&scene, "admin", &json!({"id": "admin-extra-2"}), &[("notes", "two"), ("PIN", "S-1")]);
    let answer = scene.answer(["tidy", "-y"]);
    assert_eq!(answer["results"][1]["reason"], "notes of admin is another one");
    assert_eq!(scene.ids(), ["admin", "admin-extra-2"]);
    assert_eq!(scene.get("admin")["fields"]["notes"], "one");
}

#[test]
fn a_question_comes_before_anything_is_deleted() {
    let scene = scene();
    scene.refuses(2, ["tidy"], "").says("refusing to tidy without confirmation");
    let before = scene.bytes();
    let mut terminal = Terminal::start(&asking(&scene, &["tidy"]), "");
    terminal.answer("Fold 1 key store into its login (admin)?", "n");
    assert_eq!(terminal.end().status, 2);
    assert!(before == scene.bytes());
    scene.refuses(6, ["--role", "operator", "tidy", "-y"], "");
}
