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
fn items_of_a_list_without_secrets_are_invalid() {
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
fn a_text_of_no_known_format_is_refused_and_not_repeated() {
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
    scene.refuses(10, ["import", "nothing.json"], "");
    scene.refuses(6, ["import", "-", "--role", "operator"], LOGINS);
}

#[test]
fn members_that_are_left_out_are_reported_by_name() {
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
    other.run(["import", &scene.text_path("all.json")]).ok().says("P1 exists already");
    assert_eq!(other.run(["policy", "get", "P1", "-o", "json"]).ok().json()["value"], 2);
}

#[test]
fn the_lists_of_other_systems_are_recognised() {
    let scene = Scene::new();
    for (format, kind) in [("citrix", "Aws"), ("network-controller", "SnmpCommunityString"), ("astra", "s3")]
    {
        scene.run_with(["add", "-f", "-"], samples::of(kind).document.to_string()).ok();
        let list = scene.run(["list", "--type", kind, "--format", format]).ok();
        // a list has no secrets, and that is told of every item
        let told = scene.run_with(["import", "-", "-n", "-o", "json"], list.stdout()).exits(3).json();
        assert_eq!(
            (&told["format"], told["results"].as_array().unwrap().len()),
            (&json!(format), 1),
            "{told}"
        );
        assert_eq!(told["results"][0]["error"]["status"], "400");
    }
    scene.refuses(3, ["import", "-"], "garbage").says("--format");
    for nothing in ["[]", "[ ]\n", "--- []\n"] {
        scene.refuses(3, ["import", "-"], nothing).says("stdin is empty");
    }
}

#[test]
fn an_import_writes_no_policy_if_every_credential_fails() {
    let scene = Scene::new();
    let policy = json!({"id": "P", "type": "throttle", "description": "d", "period": "minute", "value": 1});
    let wrong = json!({"credctl": "export", "version": 1, "policies": [policy],
                       "credentials": [{"id": "a", "type": "Simple", "fields": {}}]});
    scene.refuses(3, ["import", "-"], wrong.to_string());
    assert!(scene.answer(["policy", "list"])["items"].as_array().unwrap().is_empty());
    let mut other = wrong.clone();
    other["credentials"] = json!([]);
    other["policies"][0]["description"] = json!("");
    scene.refuses(3, ["import", "-"], other.to_string()).says("policies[0].description");
    other["policies"][0]["description"] = json!("first");
    assert!(scene.run_with(["import", "-"], other.to_string()).ok().stderr.contains("policy P is added"));
    other["policies"][0]["description"] = json!("second");
    scene.run_with(["import", "-"], other.to_string()).ok();
    assert_eq!(scene.answer(["policy", "get", "P"])["description"], "first");
    scene.run_with(["import", "-", "--on-conflict", "replace"], other.to_string()).ok();
    assert_eq!(scene.answer(["policy", "get", "P"])["description"], "second");
}

#[test]
fn a_backup_brings_back_its_own_grants_and_labels() {
    let scene = Scene::new();
    scene.run_with(["add", "Simple", "a", "value=-", "--label", "x=y"], "v").ok();
    let backup = scene.run(["export", "a"]).ok().stdout().to_owned();
    scene.run(["grant", "a", "--api-proxy", "A"]).ok();
    scene.run(["patch", "a", "--label", "x=z"]).ok();
    // without them, what is there stays
    let mut part: Value = serde_json::from_str(&backup).unwrap();
    for name in ["access", "labels"] {
        part["credentials"][0].as_object_mut().unwrap().remove(name);
    }
    scene.run_with(["import", "-", "--on-conflict", "replace"], part.to_string()).ok();
    let shown = scene.get("a");
    assert_eq!((shown["access"].as_array().unwrap().len(), &shown["labels"][0]["value"]), (1, &json!("z")));
    scene.run_with(["import", "-", "--on-conflict", "replace"], &backup).ok();
    let shown = scene.get("a");
    assert_eq!((&shown["access"], &shown["labels"][0]["value"]), (&json!([]), &json!("y")));
}

#[test]
fn members_that_are_computed_are_refused_in_our_own_export_too() {
    let scene = Scene::new();
    scene.run_with(["add", "-f", "-"], samples::of("X509Certificate").document.to_string()).ok();
    let mut export = scene.run(["export", "X509Certificate"]).ok().json();
    scene.run(["delete", "X509Certificate", "-y"]).ok();
    export["credentials"][0]["etag"] = json!("6a0f5a3e-0000-4000-8000-000000000000");
    scene.refuses(3, ["import", "-"], export.to_string()).says("etag");
    export["credentials"][0].as_object_mut().unwrap().remove("etag");
    export["credentials"][0]["fields"]["username"] = json!("u");
    scene.run_with(["import", "-"], export.to_string()).ok();
    assert_eq!(scene.get("X509Certificate")["fields"].get("username"), None);
}

#[test]
fn a_key_store_without_a_key_type_replaces_and_keeps_the_one_there() {
    let scene = Scene::new();
    scene.run_with(["add", "-f", "-"], samples::of("s3").document.to_string()).ok();
    let mut body = scene.run(["export", "s3", "--format", "astra"]).ok().json()[0].clone();
    body.as_object_mut().unwrap().remove("keyType");
    scene.run_with(["import", "-", "--on-conflict", "replace"], body.to_string()).ok();
    assert_eq!(scene.get("s3")["keyType"], "s3");
}
