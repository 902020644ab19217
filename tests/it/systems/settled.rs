//! Rules for what the systems' documents leave open: one test each, through the door where it shows.

use serde_json::{Value, json};

use crate::support::{Scene, invalid_fields};

/// `café` with the accent as a letter of its own, as some keyboards and file systems write it.
const DECOMPOSED: &str = "cafe\u{301}";
const COMPOSED: &str = "café";

const FILESYSTEM: &str = r#"{"id":"F1","type":"filesystem","description":"the share of HR",
    "properties":{"domain":"d","user":"u","password":"S-fs","query":{"body":"S-b","method":"GET"},"headers":[{"password":"S-h"}]}}"#;

fn with_connector() -> Scene {
    let scene = Scene::new();
    scene.run_with(["add", "-f", "-"], FILESYSTEM).ok();
    scene
}

#[test]
fn access_is_shown_by_the_project_that_granted_it() {
    let scene = Scene::with_login();
    for (project, proxy) in [("p1", "One"), ("p2", "Two"), ("admin", "All")] {
        scene.run(["grant", "admin", "--api-proxy", proxy, "-p", project]).ok();
    }
    for (project, shown) in [("p1", "One"), ("p2", "Two"), ("admin", "All One Two")] {
        let names = |list: &Value| {
            let names = list.as_array().unwrap().iter().map(|grant| grant["name"].as_str().unwrap());
            names.collect::<Vec<_>>().join(" ")
        };
        let answer = |words: &[&str]| scene.answer(words.iter().chain(&["-p", project]).copied());
        assert_eq!(names(&answer(&["access", "admin"])["resultList"]), shown);
        assert_eq!(names(&answer(&["get", "admin"])["access"]), shown);
        assert_eq!(names(&answer(&["revoke", "admin", "--api-proxy", "None"])["access"]), shown);
    }
}

#[test]
fn a_grant_that_has_ended_is_none() {
    let scene = Scene::with_login();
    let etag = scene.get("admin")["etag"].clone();
    let answer = scene.answer(["grant", "admin", "--api-proxy", "Pay", "--expires", "2020-01-01"]);
    assert_eq!((&answer["changed"], &answer["access"]), (&json!(false), &json!([])));
    assert_eq!(scene.get("admin")["etag"], etag);
    scene.run(["grant", "admin", "--api-proxy", "Pay"]).ok();
    assert_ne!(scene.get("admin")["etag"], etag, "what is shown has changed");
    let answer = scene.answer(["grant", "admin", "--api-proxy", "Pay", "--expires", "2020-01-01"]);
    assert_eq!((&answer["changed"], &answer["access"]), (&json!(true), &json!([])));
}

#[test]
fn every_door_finds_an_id_however_it_was_typed() {
    let scene = Scene::new();
    scene.run_with(["add", "Simple", DECOMPOSED, "value=-"], "S").ok();
    assert_eq!(scene.ids(), [COMPOSED]);
    let project = format!("{DECOMPOSED}s");
    scene.run(["move", DECOMPOSED, "--to", &project]).ok();
    let filter = format!("id eq '{DECOMPOSED}' and name in ('{DECOMPOSED}') and project eq '{project}'");
    let json = format!(r#"{{"ids":["{DECOMPOSED}"]}}"#);
    for words in [
        &["list", "--filter", &filter][..],
        &["list", "--filter-json", &json],
        &["list", "-p", &project],
        &["export", "--filter", &filter, "--no-secrets"],
    ] {
        assert!(scene.run(words).ok().stdout().contains(COMPOSED), "{words:?}");
    }
    let path = format!("/servers/{DECOMPOSED}");
    scene.run(["ref", "add", DECOMPOSED, &path]).ok();
    assert_eq!(
        scene.answer(["ref", "list", "--resource", &path])["connections"].as_array().unwrap().len(),
        1
    );
    assert_eq!(scene.answer(["ref", "list", DECOMPOSED])["references"].as_array().unwrap().len(), 1);
    scene.run(["ref", "remove", DECOMPOSED, &path]).ok();
    let policy = ["policy", "add", DECOMPOSED, "--type", "throttle", "--description", "d"];
    scene.run(policy.into_iter().chain(["--period", "minute", "--value", "1"])).ok();
    scene.run(["patch", DECOMPOSED, "--throttle-policy", DECOMPOSED]).ok().hides("no policy");
    scene.run(["policy", "get", DECOMPOSED]).ok();
    scene.run_with(["patch", "-f", "-"], format!(r#"{{"{DECOMPOSED}":{{"description":"x"}}}}"#)).ok();
    assert_eq!(scene.answer(["history", DECOMPOSED])["items"].as_array().unwrap().len(), 4);
    scene.run_with(["delete", "-y", "-f", "-"], &json).ok();
    scene.run(["restore", DECOMPOSED]).ok();
    scene.run(["purge", "-y", DECOMPOSED]).ok();
}

#[test]
fn secrets_that_were_left_out_do_not_vanish() {
    let scene = with_connector();
    let lost = ["properties.password", "properties.query.body", "properties.headers[0].password"];
    let shown = |words: &[&str]| scene.run(words).ok().stdout().to_owned();
    let answer = shown(&["get", "F1", "--format", "aspire"]);
    let unwrapped = serde_json::from_str::<Value>(&answer).unwrap()["credential"].to_string();
    for document in [&answer, &unwrapped] {
        for verb in ["update", "put"] {
            let error = scene.refuses(3, [verb, "F1", "-f", "-", "-o", "json"], document).error();
            assert_eq!(invalid_fields(&error), lost, "{verb}");
        }
    }
    let imports = [
        answer.clone(),
        shown(&["list", "--format", "aspire"]),
        shown(&["export", "--no-secrets"]),
        shown(&["export", "--no-secrets", "--format", "aspire"]),
    ];
    for document in imports {
        let words = ["import", "-", "--on-conflict", "replace", "-o", "json"];
        scene.refuses(3, words, document).says("properties.password");
    }
    scene.run_with(["patch", "-f", "-"], answer.replace("of HR", "of all")).ok();
    for (path, value) in lost.iter().zip(["S-fs", "S-b", "S-h"]) {
        assert_eq!(scene.run(["get", "F1", "--field", path]).ok().stdout(), value, "{path}");
    }
    assert_eq!(scene.get("F1")["description"], "the share of all");
    // with all of its secrets an export comes back
    let whole = shown(&["export", "F1"]);
    scene.run_with(["import", "-", "--on-conflict", "replace"], whole).ok();
}

#[test]
fn an_empty_description_selects_nothing_for_any_verb() {
    let scene = with_connector();
    let filter = r#"{"filter":{"description":""}}"#;
    let update = r#"{"filter":{"description":""},"update":{"description":"changed"}}"#;
    scene.refuses(2, ["delete", "-y", "-f", "-"], filter);
    scene.refuses(2, ["patch", "-f", "-"], update);
    scene.refuses(2, ["export", "--no-secrets", "-f", "-"], filter);
    scene.refuses(2, ["list", "--filter-json", "-"], filter);
    assert_eq!(scene.ids(), ["F1"]);
    for (pattern, found) in [("HR", 0), ("*hr*", 1), ("THE SHARE OF ??", 1)] {
        let filter = json!({"description": pattern}).to_string();
        let list = scene.answer(["list", "--filter-json", &filter]);
        assert_eq!(list["totalItems"], found, "{pattern}");
    }
}

#[test]
fn instants_are_kept_as_they_were_given() {
    let scene = Scene::with_login();
    let until = "2999-01-01T00:00:00.123456789Z";
    scene.run(["patch", "admin", "--valid-until", until]).ok();
    assert_eq!(scene.get("admin")["validUntil"], until);
    for (filter, found) in [
        ("validUntil gt '2999-01-01T00:00:00.123456788Z'", 1),
        ("validUntil gt '2999-01-01T00:00:00.123456789Z'", 0),
    ] {
        assert_eq!(scene.answer(["list", "--filter", filter])["totalItems"], found, "{filter}");
    }
    let astra = scene.run(["get", "admin", "--format", "astra"]).ok().json();
    assert_eq!(astra["validUntilTimestamp"], "2999-01-01T00:00:00.123456Z");
    scene.run(["grant", "admin", "--api-proxy", "Pay", "--expires", until]).ok();
    assert_eq!(scene.get("admin")["access"][0]["expireTime"], until);
}

#[test]
fn a_promoted_key_store_leaves_no_clear_text_behind() {
    let scene = Scene::new();
    let user = "6b1551db-b7fa-473d-a05c-43524badb11b";
    let words = ["user", "add", "--id", user, "--auth-provider", "local", "--email", "u@example.org"];
    scene.run(words).ok();
    // "S-NetApp123" and "false" in base64
    let entries = r#"{"cleartext":"Uy1OZXRBcHAxMjM=","change":"ZmFsc2U="}"#;
    let document = format!(
        r#"{{"id":"k","type":"application/astra-credential","version":"1.1","name":"{user}","keyStore":{entries}}}"#
    );
    for words in [&["patch", "k", "keyType=passwordHash"][..], &["patch", "-f", "-"]] {
        scene.run_with(["add", "-f", "-"], &document).ok();
        scene.run(["patch", "k", "--description", "an earlier version"]).ok();
        scene.run_with(words, r#"{"id":"k","keyType":"passwordHash"}"#).ok();
        let text = scene.text();
        assert!(!text.contains("Uy1OZXRBcHAxMjM=") && !text.contains("NetApp123"), "{words:?}");
        scene.run_with(["verify", "k", "--password-stdin"], "S-NetApp123").ok();
        assert!(!scene.path("vault.age.bak").exists(), "it has the clear text");
        let others = ["user", "delete", user];
        scene.run(others).ok();
        scene.run(["delete", "-y", "k"]).ok();
        scene.run(["user", "add", "--id", user, "--auth-provider", "local", "--email", "u@example.org"]).ok();
    }
}

#[test]
fn every_page_but_the_last_says_how_to_go_on() {
    let scene = with_connector();
    scene.run_with(["add", "-f", "-"], FILESYSTEM.replace("F1", "F2")).ok();
    for words in [
        &["list", "--limit", "1", "--format", "aspire"][..],
        &["list", "--limit", "1"],
        &["list", "--limit", "1", "-o", "yaml"],
        &["list", "--size", "1", "--format", "aspire"],
        &["list", "--from", "0", "--size", "1", "-o", "json"],
    ] {
        let page = scene.run(words).ok();
        let (_, onward) = page.stderr.split_once("more follow with ").expect("how to go on");
        let onward: Vec<_> = onward.split_whitespace().collect();
        let next =
            scene.run(words.iter().copied().filter(|w| !["--from", "0"].contains(w)).chain(onward)).ok();
        assert!(next.stdout().contains("F2") && !next.stderr.contains("more follow"), "{words:?}");
    }
}

#[test]
fn a_body_without_a_type_is_about_what_is_stored() {
    let scene = with_connector();
    scene.login("admin");
    let words = ["patch", "admin", "-f", "-", "-o", "json"];
    let error = scene.refuses(3, words, r#"{"email":"a@example.org"}"#).error();
    assert_eq!(invalid_fields(&error), ["email"]);
    scene.run_with(words, r#"{"resourceId":"admin","description":"d"}"#).ok();
    scene.run_with(["patch", "F1", "-f", "-"], r#"{"properties":{"user":"new","type":"x"}}"#).ok();
    assert_eq!(scene.get("F1")["fields"]["properties"]["user"], "new");
}

#[test]
fn names_in_errors_are_those_of_the_document() {
    let scene = Scene::new();
    let account = json!({"username": "u", "password": "p", "email": "a@example.org", "fullName": "A",
        "expireDate": "soon"});
    let control = json!({"resourceId": "c", "properties": {"type": "usernamePassword"}});
    let astra = json!({"type": "application/astra-credential", "version": "1.1", "name": "n",
        "keyStore": {"a": "YQ=="}, "validFromTimestamp": "2030-01-01T00:00:00Z",
        "validUntilTimestamp": "2029-01-01T00:00:00Z"});
    for (document, names) in [
        (&account, &["expireDate"][..]),
        (&control, &["userName", "value"]),
        (&astra, &["validUntilTimestamp"]),
    ] {
        let error = scene.refuses(3, ["add", "-f", "-", "-o", "json"], document.to_string()).error();
        assert_eq!(invalid_fields(&error), names, "{document}");
    }
    scene.refuses(3, ["add", "-f", "-"], astra.to_string()).says("later than validFromTimestamp");
    let mut without = astra.clone();
    without.as_object_mut().unwrap().remove("version");
    let error = scene.refuses(3, ["add", "-f", "-", "-o", "json"], without.to_string()).error();
    assert_eq!(invalid_fields(&error), ["version"]);
}

#[test]
fn filters_know_the_names_of_astras_metadata() {
    let scene = Scene::with_login();
    scene.run(["patch", "admin", "--label", "env=prod"]).ok();
    for filter in [
        "metadata.labels.env eq 'prod'",
        "metadata.creationTimestamp gt '2020-01-01'",
        "metadata.modificationTimestamp gte '2020-01-01' and metadata.createdBy ne 'x'",
        "valid eq true",
    ] {
        assert_eq!(scene.answer(["list", "--filter", filter])["totalItems"], 1, "{filter}");
    }
    scene.run(["list", "--order-by", "metadata.creationTimestamp desc"]).ok();
}

#[test]
fn a_key_type_is_given_by_an_assignment() {
    let scene = Scene::new();
    scene.run_with(["add", "keystore", "k", "keyStore.apikey=-"], "S").ok();
    scene.run(["patch", "k", "keyType=apikey"]).ok();
    assert_eq!(scene.get("k")["type"], "apikey");
    scene.refuses(5, ["patch", "k", "keyType=s3"], "");
    scene.refuses(3, ["patch", "k", "keyType=login"], "").says("keyType");
    scene.run_with(["add", "keystore", "m", "keyType=apikey", "apikey=-"], "S").ok();
    scene.refuses(3, ["add", "login", "n", "keyType=apikey"], "");
}

#[test]
fn from_a_project_nothing_of_another_one_is_there_nor_the_whole_vault() {
    let scene = Scene::new();
    scene.run_with(["add", "Simple", "a", "value=-", "-p", "p1"], "S").ok();
    scene.refuses(4, ["restore", "a", "-p", "p2"], "");
    scene.refuses(5, ["restore", "a", "-p", "p1"], "");
    let user = ["user", "add", "--auth-provider", "local", "--email", "a@example.org"];
    for words in [&["rekey", "--add-recipient", "age1"][..], &user, &["policy", "delete", "x"]] {
        scene.refuses(6, words.iter().copied().chain(["-p", "p1"]), "").says("whole vault");
    }
}

#[test]
fn aspire_tells_406_for_a_change_without_a_field_and_names_all_that_failed() {
    let scene = with_connector();
    let words = ["patch", "-f", "-", "--format", "aspire"];
    let answer =
        scene.run_with(words, r#"{"F1":{"id":"F1"},"ZZ":{"id":"ZZ","description":"n"}}"#).exits(8).json();
    assert_eq!(answer["credential"][0]["error"]["status"], "406");
    assert_eq!(answer["credential"][1]["error"]["status"], "404");
    let words = ["delete", "-y", "F1", "X1", "X2", "--format", "aspire"];
    let answer = scene.run(words).exits(8).json();
    let message = answer["message"].as_str().unwrap();
    assert!(["X1", "X2"].iter().all(|id| message.contains(id)) && !message.contains("F1"), "{message}");
}

#[test]
fn help_comes_behind_global_options_too() {
    let scene = Scene::bare();
    let help = scene.run(["help", "list"]).ok().stdout().to_owned();
    for words in
        [&["-q", "help", "list"][..], &["-p", "help", "help", "list"], &["--project=x", "help", "list"]]
    {
        assert_eq!(scene.run(words).ok().stdout(), help, "{words:?}");
    }
}
