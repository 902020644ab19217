//! `update` and `put`: everything that may change is replaced.

use serde_json::json;

use crate::support::{Scene, invalid_fields};

#[test]
fn an_export_is_named_as_such_with_the_command_that_takes_it() {
    let scene = Scene::with_login();
    let export = scene.run(["export", "admin"]).ok().stdout().to_owned();
    for verb in [&["update"][..], &["put", "admin"], &["patch"], &["patch", "admin"], &["add"]] {
        let words = [verb, &["-f", "-"]].concat();
        let refused = scene.refuses(3, &words, &export).hides("old-password");
        refused.says("this is an export of credctl, not one credential").says("credctl import FILE");
    }
    scene.run_with(["import", "-", "--on-conflict", "replace"], &export).ok();
}

#[test]
fn what_is_not_given_is_deleted() {
    let scene = Scene::with_login();
    scene
        .run([
            "patch",
            "admin",
            "--description",
            "d",
            "--tag",
            "a=b",
            "--valid-until",
            "2099-01-01",
            "--label",
            "l=1",
            "--name",
            "N",
        ])
        .ok();
    let before = scene.get("admin");
    scene.run_with(["update", "admin", "username=ips", "password=-"], "new-password").ok();
    let after = scene.get("admin");
    assert_eq!(after["fields"], json!({"username": "ips", "password": "new-password"}));
    for name in ["description", "validUntil"] {
        assert!(before[name].is_string() && after[name].is_null(), "{name}");
    }
    assert_eq!(after["tags"], json!({}));
    for name in ["name", "labels", "createdAt", "createdBy", "project", "id", "type", "instanceId"] {
        assert_eq!(after[name], before[name], "{name}");
    }
    assert_ne!(after["etag"], before["etag"]);
    assert!(after["updatedAt"].as_str() > before["updatedAt"].as_str());
    assert_eq!(after["revision"], 3);
}

#[test]
fn every_required_field_must_be_given_again() {
    let scene = Scene::with_login();
    let error = scene.refuses(3, ["update", "admin", "domain=d", "-o", "json"], "").error();
    assert_eq!(invalid_fields(&error), ["username", "password"]);
}

#[test]
fn a_disabled_credential_is_enabled_again_with_a_notice() {
    let scene = Scene::with_login();
    let update = ["update", "admin", "username=ips", "password=-"];
    scene.run(["patch", "admin", "--enabled", "false"]).ok();
    scene.run_with(update, "p").ok().says("enabled again");
    assert_eq!(scene.get("admin")["enabled"], true);
    // kept when it is said
    scene.run(["patch", "admin", "--enabled", "false"]).ok();
    let outcome = scene.run_with(update.into_iter().chain(["--enabled=false"]), "p").ok();
    assert_eq!(outcome.stderr, "");
    assert_eq!(scene.get("admin")["enabled"], false);
    // quiet hides the notice
    let outcome = scene.run_with(update.into_iter().chain(["-q"]), "p").ok();
    assert_eq!(outcome.stderr, "");
}

#[test]
fn enabling_on_purpose_needs_no_notice() {
    let scene = Scene::with_login();
    scene.run(["patch", "admin", "--enabled", "false"]).ok();
    let outcome =
        scene.run_with(["update", "admin", "username=ips", "password=-", "--enabled=true"], "p").ok();
    assert!(!outcome.stderr.contains("enabled"), "the notice says that it was not given");
}

#[test]
fn an_unknown_id_is_not_found() {
    let scene = Scene::with_login();
    let words = ["update", "nobody", "username=u", "password=-", "-o", "json"];
    let error = scene.refuses(4, words, "p").error();
    assert_eq!((&error["status"], &error["error"]), (&json!("404"), &json!("not_found")));
    let document = json!({"type": "UsernamePassword", "username": "u", "password": "p"});
    scene.refuses(4, ["update", "nobody", "-f", "-"], document.to_string());
}

#[test]
fn identity_does_not_change() {
    let scene = Scene::with_login();
    for document in [
        json!({"id": "other", "username": "u", "password": "p"}),
        json!({"type": "Aws", "accessKeyId": "AKIAIOSFODNN7EXAMPLE", "secretAccessKey": "x"}),
        json!({"project": "p1", "username": "u", "password": "p"}),
        json!({"connectorType": "rest-api", "username": "u", "password": "p"}),
    ] {
        scene.refuses(5, ["update", "admin", "-f", "-"], document.to_string());
    }
    let document = json!({"id": "admin", "type": "usernamepassword", "project": "admin", "username": "u", "password": "p"});
    scene.run_with(["update", "admin", "-f", "-"], document.to_string()).ok();
}

#[test]
fn another_type_in_words_is_refused() {
    let scene = Scene::with_login();
    // --type names the type of a credential to be added; fails: it is ignored where there is one
    let words = ["put", "admin", "--type", "Simple", "username=u", "password=-"];
    scene.refuses(5, words, "p");
}

#[test]
fn the_id_may_stand_in_the_document() {
    let scene = Scene::with_login();
    let document = json!({"id": "admin", "username": "u", "password": "p"});
    scene.run_with(["update", "-f", "-"], document.to_string()).ok();
    assert_eq!(scene.get("admin")["fields"], json!({"username": "u", "password": "p"}));
    scene.refuses(2, ["update", "-f", "-"], r#"{"username":"u","password":"p"}"#);
    scene.refuses(2, ["update"], "");
}

#[test]
fn an_upsert_creates_or_replaces_and_says_which() {
    let scene = Scene::new();
    let document = json!({"id": "a", "type": "Simple", "value": "one"}).to_string();
    let answer = scene.run_with(["put", "-f", "-", "-o", "json"], &document).ok().json();
    assert_eq!(answer["created"], true);
    let answer = scene
        .run_with(["update", "--upsert", "-f", "-", "-o", "json"], document.replace("one", "two"))
        .ok()
        .json();
    assert_eq!(answer["created"], false);
    assert_eq!(scene.get("a")["fields"]["value"], "two");
    let answer = scene.run_with(["put", "b", "--type", "Simple", "value=-", "-o", "json"], "x").ok().json();
    assert_eq!((&answer["created"], &answer["id"]), (&json!(true), &json!("b")));
    scene.refuses(3, ["put", "c", "value=-"], "x").says("--type");
    let answer = scene.run_with(["update", "b", "value=-", "-o", "json"], "x").ok().json();
    assert!(answer.get("created").is_none(), "{answer}");
}

#[test]
fn a_stale_etag_is_a_conflict() {
    let scene = Scene::with_login();
    let etag = scene.get("admin")["etag"].as_str().unwrap().to_owned();
    let update = |condition: &str| {
        scene.run_with(
            ["update", "admin", "username=u", "password=-", "--if-match", condition, "-o", "json"],
            "p",
        )
    };
    let answer = update(&etag).ok().json();
    let error = update(&etag).exits(5).error();
    assert_eq!(error["status"], "412");
    let etag = answer["etag"].as_str().unwrap();
    update(&format!("W/\"{etag}\"")).ok();
    update("*").ok();
    update("nonsense").exits(5);
}

#[test]
fn names_are_followed_only_when_asked() {
    let scene = Scene::with_login();
    scene.run(["patch", "admin", "--name", "The admin"]).ok();
    let words = ["update", "The admin", "username=u", "password=-"];
    scene.refuses(4, words, "p");
    scene.run_with(words.into_iter().chain(["--by-name"]), "p").ok();
    scene.login("second");
    scene.run(["patch", "second", "--name", "The admin"]).ok();
    scene.refuses(5, words.into_iter().chain(["--by-name"]), "p");
}

#[test]
fn a_key_store_is_given_a_key_type_once() {
    let scene = Scene::new();
    scene.run_with(["add", "keystore", "ks", "keyStore.apikey=-"], "k").ok();
    let store = |kind: &str, entry: &str| json!({"type": kind, "keyStore": {entry: "YQ=="}}).to_string();
    // it fails as a whole where the new type's entries are missing
    scene.refuses(3, ["update", "ks", "-f", "-"], store("s3", "apikey")).says("keyStore.accessKey");
    let answer =
        scene.run_with(["update", "ks", "-f", "-", "-o", "json"], store("apikey", "apikey")).ok().json();
    assert_eq!((&answer["type"], &answer["keyType"]), (&json!("apikey"), &json!("apikey")));
    scene.refuses(5, ["update", "ks", "-f", "-"], store("generic", "x"));
    scene.refuses(5, ["update", "ks", "-f", "-"], store("keystore", "x"));
    // so does a patch, whole or not at all, and never twice
    scene.run_with(["add", "keystore", "k2", "keyStore.apikey=-"], "k").ok();
    scene.refuses(3, ["patch", "k2", "-f", "-"], r#"{"keyType":"s3"}"#).says("keyStore.accessKey");
    let answer = scene.run_with(["patch", "k2", "-f", "-", "-o", "json"], r#"{"keyType":"apikey"}"#).ok();
    assert_eq!(answer.json()["keyType"], "apikey");
    scene.refuses(5, ["patch", "k2", "-f", "-"], store("generic", "x"));
}

#[test]
fn a_dry_run_writes_nothing() {
    let scene = Scene::with_login();
    let words = ["update", "admin", "username=u", "password=-", "--dry-run", "-o", "json"];
    assert_eq!(scene.refuses(0, words, "S-p").hides("S-p").json()["dryRun"], true);
    let words = ["put", "new", "--type", "Simple", "value=-", "-n", "-o", "json"];
    assert_eq!(scene.refuses(0, words, "p").json()["created"], true);
    scene.refuses(3, ["update", "admin", "username=u", "-n"], "");
}

#[test]
fn leaves_and_entries_make_the_whole_object_anew() {
    let scene = Scene::new();
    scene.run(["add", "aspire:x", "c", "description=d", "properties.user=u", "properties.url=x"]).ok();
    scene.run(["update", "c", "description=d", "properties.domain=d"]).ok();
    assert_eq!(scene.get("c")["fields"]["properties"], json!({"domain": "d"}));
    scene.run_with(["add", "s3", "s", "accessKey=env:HOME", "accessSecret=-"], "x").ok();
    scene.run_with(["patch", "s", "keyStore.extra=-"], "x").ok();
    scene.run_with(["update", "s", "accessKey=env:PATH", "accessSecret=-"], "y").ok();
    let store = scene.get("s")["fields"]["keyStore"].clone();
    assert_eq!(crate::support::members(&store), ["accessKey", "accessSecret"]);
    scene.refuses(3, ["update", "s", "accessSecret=-"], "y").says("keyStore.accessKey");
}

#[test]
fn an_upsert_makes_no_other_id_than_the_one_it_names() {
    let scene = Scene::new();
    let document = r#"{"id":"other","type":"Simple","value":"v"}"#;
    scene.refuses(5, ["put", "one", "-f", "-"], document);
    let document = r#"{"resourceId":"other","properties":{"type":"SnmpCommunityString","value":"v"}}"#;
    scene.refuses(5, ["put", "one", "-f", "-"], document);
    assert!(scene.ids().is_empty());
}

#[test]
fn null_is_not_given() {
    let scene = Scene::new();
    let document =
        r#"{"id":"a","type":"Simple","value":"v","project":null,"labels":[{"name":"x","value":"y"}]}"#;
    scene.run_with(["add", "-f", "-"], document).ok();
    assert_eq!(scene.get("a")["project"], "admin");
    scene.run_with(["update", "a", "-f", "-"], r#"{"value":"w","labels":null,"name":null}"#).ok();
    assert_eq!(scene.get("a")["labels"], json!([{"name": "x", "value": "y"}]));
}

#[test]
fn a_secret_that_goes_is_told() {
    let scene = Scene::new();
    let document =
        r#"{"id":"c","type":"filesystem","description":"d","properties":{"user":"u","password":"S-p"}}"#;
    scene.run_with(["add", "-f", "-"], document).ok();
    let shown = scene.run(["get", "c", "--format", "aspire"]).ok();
    // what was written without secrets does not take them away
    scene.refuses(3, ["update", "c", "-f", "-"], shown.stdout()).says("properties.password").says("--unset");
    scene.run_with(["patch", "c", "-f", "-"], shown.stdout().replace("\"d\"", "\"new\"")).ok();
    assert_eq!(scene.run(["get", "c", "--field", "properties.password"]).ok().stdout(), "S-p");
    assert_eq!(scene.get("c")["description"], "new");
    scene.run_with(["update", "c", "-f", "-", "--unset", "properties.password"], shown.stdout()).ok();
    assert_eq!(scene.get("c")["secrets"], json!([]));
    // what is given field by field says all that there is to say
    let document = r#"{"id":"aws","type":"Aws","accessKeyId":"AKIAIOSFODNN7EXAMPLE","secretAccessKey":"S-key","sessionToken":"S-t"}"#;
    scene.run_with(["add", "-f", "-"], document).ok();
    let words = ["update", "aws", "accessKeyId=AKIAIOSFODNN7EXAMPLE", "secretAccessKey=-"];
    let update = scene.run_with(words, "S-key").ok();
    assert!(update.stderr.contains("sessionToken"), "{}", update.stderr);
}

#[test]
fn a_system_that_knows_no_such_type_refuses_before_anything_is_written() {
    let scene = Scene::new();
    scene.run_with(["add", "Simple", "s", "value=-"], "v").ok();
    for words in [
        &["patch", "s", "--description", "d", "--format", "apinizer"][..],
        &["update", "s", "value=-", "--format", "network-controller"],
        &["add", "Simple", "t", "value=-", "--format", "network-controller"],
        &["put", "t", "--type", "Simple", "value=-", "--format", "apinizer"],
    ] {
        scene.refuses(3, words.iter().copied(), "w").says("is not a type of");
    }
    assert_eq!(scene.ids(), ["s"]);
}

#[test]
fn what_a_system_knows_is_told_where_a_type_is_unknown() {
    let scene = Scene::new();
    let wrong = |document: &str| scene.refuses(3, ["add", "-f", "-"], document);
    let device = r#"{"resourceId":"c","properties":{"type":"nope","value":"v"}}"#;
    wrong(device).says("SnmpCommunityString");
    wrong(
        r#"{"type":"application/astra-credential","version":"1.1","keyType":"ssh","keyStore":{"a":"YQ=="}}"#,
    )
    .says("privkey");
    let body = r#"{"id":"t","type":"apikey","keyStore":{"apikey":"YQ=="}}"#;
    scene.refuses(3, ["add", "--format", "citrix", "-f", "-"], body).says("is not a type of Citrix");
    // a body without a type means that of what is there
    scene.run_with(["add", "login", "c", "username=a", "password=-"], "p").ok();
    scene.run_with(["update", "c", "-f", "-"], r#"{"properties":{"userName":"b","value":"q"}}"#).ok();
    assert_eq!(scene.get("c")["fields"], json!({"username": "b", "password": "q"}));
    // a time that is given is a time
    scene.refuses(3, ["patch", "c", "-f", "-"], r#"{"validUntil":""}"#).says("validUntil");
}

#[test]
fn what_a_replacement_removes_is_named_and_never_its_value() {
    let scene = Scene::with_login();
    let dressed = [
        "patch",
        "admin",
        "--description",
        "S-1",
        "--tag",
        "url=S-2",
        "--tag",
        "a.b=S-3",
        "--label",
        "env=S-4",
        "--valid-until",
        "2099-01-01",
    ];
    scene.run(dressed).ok();
    let update = ["update", "admin", "username=u", "password=-"];
    let names = "admin: description, validUntil, tags.url, tags.a.b, domain";
    let told = scene.run_with(update.into_iter().chain(["--dry-run"]), "p").ok();
    assert_eq!(told.stderr, format!("note: would be removed from {names}\n"));
    let told = scene.run_with(update, "p").ok();
    assert_eq!(told.stderr, format!("note: removed from {names}\n  hint: credctl undo\n"));
    // given anew or kept: nothing to say
    assert_eq!(scene.run_with(update, "p").ok().stderr, "");
    assert_eq!(scene.run_with(update.into_iter().chain(["--label", "env=2"]), "p").ok().stderr, "");
    scene
        .run_with(update.into_iter().chain(["--label", "x=1"]), "p")
        .ok()
        .says("removed from admin: labels.env");
    // in bulk one note for each, and in an import that replaces
    scene.run(dressed).ok();
    let documents = r#"[{"id":"admin","type":"login","username":"u","password":"p"}]"#;
    let told = scene.run_with(["update", "-f", "-"], documents).ok();
    assert!(
        told.stderr.contains("removed from admin: description, ") && told.stderr.contains("credctl undo")
    );
    scene.run(dressed).ok();
    scene
        .run_with(["import", "-", "--on-conflict", "replace"], documents)
        .ok()
        .says("removed from admin: desc");
    // lists and properties
    let words = ["add", "aspire:x", "c", "description=d", "properties.a.user=u", "properties.a.url=x"];
    scene.run(words).ok();
    let update = ["update", "c", "description=d", "properties.a.user=u"];
    scene.run(update).ok().says("removed from c: properties.a.url");
}

#[test]
fn a_call_that_changes_nothing_tells_of_no_change() {
    let scene = Scene::with_login();
    scene.run(["patch", "admin", "--description", "d"]).ok();
    let documents =
        r#"[{"id":"admin","username":"u","password":"S-1"},{"id":"none","username":"u","password":"S-2"}]"#;
    let outcome = scene.refuses(8, ["update", "-f", "-", "--atomic"], documents);
    assert!(!outcome.stderr.contains("removed from"), "{}", outcome.stderr);
    let outcome = scene.run_with(["update", "-f", "-"], documents);
    outcome.says("removed from admin: description");
}
