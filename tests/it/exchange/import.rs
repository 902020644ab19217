//! What `import` makes of conflicts, of what is invalid, and of what it is not sure of.

use serde_json::{Value, json};

use crate::support::{Outcome, Scene, samples};

const LOGINS: &str = r#"[{"id":"admin","type":"UsernamePassword","username":"new","password":"new-password"},
    {"id":"other","type":"UsernamePassword","username":"o","password":"p"}]"#;

#[track_caller]
fn actions(outcome: &Outcome) -> Vec<(String, bool, Option<String>)> {
    let answer = outcome.json();
    let text = |value: &Value| value.as_str().map(str::to_owned);
    let result = |result: &Value| {
        (text(&result["id"]).unwrap(), result["imported"].as_bool().unwrap(), text(&result["action"]))
    };
    answer["results"].as_array().unwrap().iter().map(result).collect()
}

fn told(id: &str, imported: bool, action: Option<&str>) -> (String, bool, Option<String>) {
    (id.to_owned(), imported, action.map(str::to_owned))
}

#[test]
fn an_id_that_exists_fails_stays_or_is_replaced() {
    let scene = Scene::with_login();
    let failed = scene.run_with(["import", "-", "-o", "json"], LOGINS).exits(8);
    assert_eq!(actions(&failed), [told("admin", false, None), told("other", true, Some("created"))]);
    assert_eq!(failed.json()["results"][0]["error"]["status"], "409");
    let skipped = scene.run_with(["import", "-", "--on-conflict", "skip", "-o", "json"], LOGINS).ok();
    assert_eq!(
        actions(&skipped),
        [told("admin", false, Some("skipped")), told("other", false, Some("skipped"))]
    );
    assert_eq!(scene.get("admin")["fields"]["username"], "ips");
    let replaced = scene.run_with(["import", "-", "--on-conflict", "replace", "-o", "json"], LOGINS).ok();
    assert_eq!(actions(&replaced)[0], told("admin", true, Some("replaced")));
    assert_eq!(scene.get("admin")["fields"]["username"], "new");
    // another type cannot take the place of one
    let other = r#"{"id":"admin","type":"Simple","value":"v"}"#;
    scene.refuses(5, ["import", "-", "--on-conflict", "replace"], other);
}

#[test]
fn with_atomic_it_is_all_or_nothing_and_with_dry_run_nothing() {
    let scene = Scene::with_login();
    let failed = scene.refuses(8, ["import", "-", "--atomic", "-o", "json"], LOGINS);
    assert!(actions(&failed).iter().all(|(_, imported, _)| !imported));
    let words = ["import", "-", "--on-conflict", "replace", "--dry-run", "-o", "json"];
    let dry = scene.refuses(0, words, LOGINS);
    assert_eq!(actions(&dry)[1], told("other", true, Some("created")));
    assert_eq!((&dry.json()["dryRun"], &dry.json()["format"]), (&json!(true), &json!("citrix")));
    assert_eq!(scene.names(), ["home", "identity.txt", "vault.age", "vault.age.bak", "vault.age.lock"]);
}

#[test]
fn what_a_list_tells_has_no_secrets_and_each_item_is_invalid() {
    let source = Scene::new();
    let documents: Vec<_> =
        ["UsernamePassword", "Aws", "s3"].map(|kind| samples::of(kind).document).into_iter().collect();
    source.run_with(["add", "-f", "-"], json!(documents).to_string()).ok();
    // a connector may do without any secret, so Aspire's form of a login is one
    for (format, count) in [("citrix", 2), ("aspire", 2), ("astra", 3)] {
        let list = source.run(["list", "--format", format, "-o", "json"]).ok().json();
        let words = ["import", "-", "--format", format, "--atomic", "-o", "json"];
        let outcome = Scene::new().refuses(8, words, list.to_string());
        let results = outcome.json();
        let results = results["results"].as_array().unwrap().clone();
        let invalid = results.iter().filter(|result| result["error"]["error"] == "invalid");
        assert!(invalid.count() >= count, "{format}: {results:?}");
    }
    let one = r#"{"status":"SUCCESS","resultList":[{"username":"u","email":"a@b.example","fullName":"U","password":null}]}"#;
    Scene::new().refuses(3, ["import", "-"], one).says("password");
}

#[test]
fn what_is_not_recognised_is_not_guessed() {
    let scene = Scene::new();
    for (text, status) in [
        ("", 3),
        ("free text and a secret-word", 3),
        ("{\"a\": \"secret-word\"}", 3),
        ("[1, \"secret-word\"]", 3),
        ("a,b\nsecret-word,c\n", 3),
        ("machine\n", 3),
        ("<x>secret-word</x>", 3),
    ] {
        scene.refuses(status, ["import", "-"], text).hides("secret-word");
    }
    scene.refuses(2, ["import", "-", "--format", "shell"], "A=b");
    for format in credctl::import::FORMATS.iter().filter(|format| format.name != "apinizer-csv") {
        let words = ["import", "-", "--format", format.name];
        let outcome = scene.run_with(words, "\u{1}secret-word{[<\"'\n").hides("secret-word");
        assert_ne!(outcome.status(), Some(0), "{}", format.name);
    }
    scene.refuses(3, ["import", "-", "--format", "dotenv"], b"\xff\xfe");
    scene.refuses(4, ["import", "nothing.json"], "");
    scene.refuses(6, ["import", "-", "--role", "operator"], LOGINS);
}

#[test]
fn what_has_no_place_is_told_by_name() {
    let scene = Scene::new();
    let text = "url,username,password,httpRealm,formActionOrigin,guid,timeCreated\nhttps://a.example,u,secret-word,,,{g},9\n";
    let outcome = scene
        .run_with(["import", "-", "-o", "json"], text)
        .ok()
        .says("a.example: guid, timeCreated left out");
    assert_eq!(outcome.json()["results"][0]["dropped"], json!(["guid", "timeCreated"]));
    outcome.hides("secret-word");
    assert_eq!(scene.get("a.example")["fields"]["password"], "secret-word");
}

#[test]
fn users_policies_and_references_that_are_there_stay() {
    let scene = Scene::with_login();
    let policy = |value: &str| {
        ["policy", "add", "P1", "--type", "throttle", "--period", "day", "--description", "d", "--value"]
            .into_iter()
            .chain([value])
            .map(str::to_owned)
            .collect::<Vec<_>>()
    };
    scene.run(policy("1")).ok();
    scene.run(["patch", "admin", "--throttle-policy", "P1"]).ok();
    scene.run(["export", "--out", "all.json"]).ok();
    let other = Scene::new();
    other.run(policy("2")).ok();
    other.run(["import", &scene.text_path("all.json")]).ok().says("P1 is there already");
    assert_eq!(other.run(["policy", "get", "P1", "-o", "json"]).ok().json()["value"], 2);
}
