//! `add`: new credentials, from words and from documents.

use serde_json::{Value, json};

use crate::support::{Scene, invalid_fields, members, samples, texts};

#[test]
fn a_login_from_words() {
    let scene = Scene::new();
    let words =
        ["add", "UsernamePassword", "admin", "username=ips", "domain=test", "password=-", "-o", "json"];
    let answer = scene.run_with(words, "password1^\n").ok().hides("password1").json();
    assert_eq!(
        members(&answer),
        [
            "createdAt",
            "deploymentResult",
            "enabled",
            "etag",
            "id",
            "name",
            "project",
            "state",
            "type",
            "updatedAt"
        ]
    );
    assert_eq!(answer["id"], "admin");
    assert_eq!(answer["type"], "UsernamePassword");
    assert_eq!(answer["name"], "admin");
    assert_eq!(answer["project"], "admin");
    assert_eq!(answer["state"], "Ok");
    assert_eq!(answer["enabled"], true);
    assert_eq!(answer["createdAt"], answer["updatedAt"]);
    assert_eq!(answer["deploymentResult"], json!({"success": true, "environmentResults": []}));
    let stored = scene.get("admin");
    assert_eq!(stored["fields"], json!({"username": "ips", "domain": "test", "password": "password1^"}));
    assert_eq!(stored["revision"], 1);
}

#[test]
fn every_type_from_a_document() {
    let scene = Scene::new();
    let route = ["policy", "add", "P1", "--type", "route", "--route-to", "dr", "--description", "d"];
    scene.run(route).ok();
    for sample in samples::all().iter().filter(|sample| sample.kind != "passwordHash") {
        let outcome = scene.run_with(["add", "-f", "-", "-o", "json"], sample.document.to_string()).ok();
        assert_eq!(outcome.stderr, "", "{}", sample.kind);
        let answer = outcome.hides("S-").json();
        let id = sample.document["id"].as_str().unwrap();
        assert_eq!(answer["id"], id);
        assert_eq!(answer["type"], sample.kind);
        let shown = scene.run(["get", id, "-o", "json"]).ok().hides("S-").json();
        let mut secrets = texts(&shown["secrets"]);
        secrets.sort_unstable();
        assert_eq!(secrets, sample.secrets, "{}", sample.kind);
        let stored = scene.get(id);
        for (name, value) in sample.document.as_object().unwrap() {
            let at = if stored.get(name).is_some() { &stored[name] } else { &stored["fields"][name] };
            if name != "resourceMetadata" {
                assert_eq!(at, value, "{}: {name}", sample.kind);
            }
        }
    }
    // a hash needs a user first
    assert_eq!(scene.ids().len(), samples::all().len() - 1);
}

#[test]
fn fields_may_stand_flat_or_under_fields() {
    let scene = Scene::new();
    let document = json!({"id": "a", "type": "Simple", "fields": {"value": "v"}});
    scene.run_with(["add", "-f", "-"], document.to_string()).ok();
    assert_eq!(scene.get("a")["fields"]["value"], "v");
    let twice = json!({"id": "b", "type": "Simple", "value": "v", "fields": {"value": "v"}});
    let error = scene.refuses(3, ["add", "-f", "-", "-o", "json"], twice.to_string()).error();
    assert_eq!(invalid_fields(&error), ["value"]);
}

#[test]
fn yaml_documents_are_read() {
    let scene = Scene::new();
    let yaml = "id: y1\ntype: UsernamePassword\nusername: ips\npassword: \"0123\"\nlabels:\n- {name: env, value: prod}\n";
    let path = scene.file("y.yaml", yaml);
    scene.run(["add", "-f", &path]).ok();
    assert_eq!(scene.get("y1")["fields"]["password"], "0123");
    assert_eq!(scene.get("y1")["labels"], json!([{"name": "env", "value": "prod"}]));
}

#[test]
fn an_id_is_made_when_none_is_given() {
    let scene = Scene::new();
    let answer = scene.run_with(["add", "Simple", "value=-", "-o", "json"], "x").ok().json();
    let id = answer["id"].as_str().unwrap();
    assert_eq!((id.len(), &id[14..15]), (36, "4"), "{id}");
    assert_eq!(answer["name"], id);
    assert_eq!(scene.ids(), [id]);
}

#[test]
fn the_user_name_is_the_id_of_an_api_credential() {
    let scene = Scene::new();
    let words = ["add", "apiCredential", "username=u1", "email=a@b.org", "fullName=U One", "password=-"];
    scene.run_with(words, "p").ok();
    assert_eq!(scene.ids(), ["u1"]);
    let words = ["add", "apiCredential", "other", "username=u2", "email=a@b.org", "fullName=U", "password=-"];
    let error = scene.refuses(3, words.into_iter().chain(["-o", "json"]), "p").error();
    assert!(invalid_fields(&error).contains(&"id"), "{error}");
}

#[test]
fn an_id_that_exists_is_never_touched() {
    let scene = Scene::with_login();
    let words = ["add", "Simple", "admin", "value=-", "-o", "json"];
    let error = scene.refuses(5, words, "x").error();
    assert_eq!(error["status"], "409");
    assert_eq!(error["error"], "conflict");
    assert_eq!(scene.get("admin")["type"], "UsernamePassword");
}

#[test]
fn ids_that_differ_only_in_letter_case_or_padding_are_different() {
    let scene = Scene::new();
    let ids = ["AAABcID5GBc=", "AAABcId5GBc=", "AAABcID5GBc", "aaabcid5gbc="];
    for id in ids {
        scene.run_with(["add", "Simple", id, "value=-"], id).ok();
    }
    for id in ids {
        assert_eq!(scene.run(["get", id, "--field", "value"]).ok().stdout(), id);
    }
    scene.run(["delete", "-y", "AAABcID5GBc="]).ok();
    assert_eq!(scene.ids(), ["AAABcID5GBc", "AAABcId5GBc=", "aaabcid5gbc="]);
}

#[test]
fn ids_that_cannot_be_typed_or_read_are_refused() {
    let scene = Scene::new();
    let long = "x".repeat(128);
    for id in ["", "a b", "a\tb", "a\nb", "a\u{200b}b", "-a", &long] {
        let document = json!({"id": id, "type": "Simple", "value": "v"});
        let error = scene.refuses(3, ["add", "-f", "-", "-o", "json"], document.to_string()).error();
        assert!(invalid_fields(&error).contains(&"id"), "{id:?}: {error}");
    }
    let longest = "ö".repeat(127);
    let document = json!({"id": longest, "type": "Simple", "value": "v"});
    scene.run_with(["add", "-f", "-"], document.to_string()).ok();
}

#[test]
fn everything_that_is_missing_is_named_at_once() {
    let scene = Scene::new();
    for sample in samples::all().iter().filter(|sample| sample.kind != "passwordHash") {
        let error = scene.refuses(3, ["add", sample.kind, "-o", "json"], "").error();
        let mut names = invalid_fields(&error);
        names.sort_unstable();
        let mut required = sample.required.to_vec();
        required.sort_unstable();
        assert_eq!(names, required, "{}", sample.kind);
    }
}

#[test]
fn a_mistake_costs_no_passphrase() {
    let scene = Scene::bare();
    // there is no vault: what is wrong with the credential is told first
    scene.run(["add", "Simple", "a"]).exits(3).says("value");
    scene.run_with(["add", "Simple", "a", "value=-"], "x").exits(4).says("credctl init");
}

#[test]
fn the_envelope_comes_from_options() {
    let scene = Scene::new();
    let words = [
        "add",
        "Simple",
        "a",
        "value=-",
        "--name",
        "A b",
        "--description",
        "what\nfor",
        "--label",
        "env=prod",
        "--label",
        "x=a=b",
        "--tag",
        "rack=4",
        "--throttle-policy",
        "P1",
        "--valid-from",
        "2026-01-01",
        "--valid-until",
        "2099-01-31T01:00:00+01:00",
        "--enabled",
        "false",
    ];
    scene.run_with(words, "x").ok();
    let stored = scene.get("a");
    assert_eq!(stored["name"], "A b");
    assert_eq!(stored["description"], "what\nfor");
    assert_eq!(stored["labels"], json!([{"name": "env", "value": "prod"}, {"name": "x", "value": "a=b"}]));
    assert_eq!(stored["tags"], json!({"rack": "4"}));
    assert_eq!(stored["throttlePolicy"], "P1");
    assert_eq!(stored["validFrom"], "2026-01-01T00:00:00.000000Z");
    assert_eq!(stored["validUntil"], "2099-01-31T00:00:00.000000Z");
    assert_eq!(stored["enabled"], false);
    assert_eq!(stored["state"], "Disabled");
}

#[test]
fn a_span_is_counted_from_now() {
    let scene = Scene::new();
    let words =
        ["add", "Simple", "a", "value=-", "--valid-from", "12h", "--valid-until", "90d", "-o", "json"];
    let answer = scene.run_with(words, "x").ok().json();
    assert_eq!(answer["state"], "NotYetValid");
    let day = |name: &str| answer[name].as_str().unwrap()[..10].to_owned();
    assert!(day("createdAt") <= day("validFrom") && day("validFrom") < day("validUntil"), "{answer}");
}

#[test]
fn options_of_the_envelope_that_are_wrong_are_named() {
    let scene = Scene::new();
    for (option, value, name) in [
        ("--name", "", "name"),
        ("--enabled", "yes", "enabled"),
        ("--enabled", "True", "enabled"),
        ("--valid-until", "2021-02-30", "validUntil"),
        ("--valid-from", "soon", "validFrom"),
        ("--throttle-policy", "a b", "throttlePolicy"),
        ("--description", "\u{1b}[31m", "description"),
    ] {
        let words = ["add", "Simple", "a", "value=-", option, value, "-o", "json"];
        let error = scene.refuses(3, words, "x").error();
        assert_eq!(invalid_fields(&error), [name], "{option} {value}");
    }
    let words =
        ["add", "Simple", "a", "value=-", "--valid-from", "2026-02-01", "--valid-until", "2026-02-01"];
    scene.refuses(3, words, "x").says("validUntil");
    scene.refuses(2, ["add", "Simple", "a", "value=-", "--label", "noequals"], "x");
}

#[test]
fn types_are_found_by_any_of_their_names() {
    let scene = Scene::new();
    for (number, name) in [
        "usernamePassword",
        "USERNAMEPASSWORD",
        "username-password",
        "login",
        "citrix:UsernamePassword",
        "nc:usernamePassword",
    ]
    .into_iter()
    .enumerate()
    {
        let id = format!("id{number}");
        let words = ["add", name, &id, "userName=u", "password=-", "-o", "json"];
        assert_eq!(scene.run_with(words, "p").ok().json()["type"], "UsernamePassword", "{name}");
    }
    let words = ["add", "aspire:filesystem", "c", "--description", "d", "properties.user=u", "-o", "json"];
    let answer = scene.run(words).ok().json();
    assert_eq!((&answer["type"], &answer["connectorType"]), (&json!("connector"), &json!("filesystem")));
    let words = ["add", "apikey", "k", "apikey=-", "-o", "json"];
    assert_eq!(scene.run_with(words, "p").ok().json()["keyType"], "apikey");
    let words = ["add", "keystore", "ks", "keyStore.x=-", "-o", "json"];
    assert_eq!(scene.run_with(words, "p").ok().json()["keyType"], Value::Null);
}

#[test]
fn a_type_that_does_not_exist_gets_a_suggestion() {
    let scene = Scene::new();
    scene.refuses(3, ["add", "UsernamePasword", "a"], "").says("did you mean UsernamePassword?");
    scene.refuses(3, ["add", "-f", "-"], r#"{"type":"nope","id":"a"}"#).says("known types");
    scene.refuses(3, ["add", "-f", "-"], r#"{"id":"a","value":"x"}"#).says("type");
}

#[test]
fn members_that_are_not_known_are_refused_by_name() {
    let scene = Scene::new();
    let document = json!({"id": "a", "type": "Simple", "value": "v", "colour": "S-red", "valeu": "S-x"});
    let outcome = scene.refuses(3, ["add", "-f", "-", "-o", "json"], document.to_string()).hides("S-");
    let error = outcome.error();
    assert_eq!(invalid_fields(&error), ["colour", "valeu"]);
    scene.refuses(2, ["add", "Simple", "a", "valeu=x"], "").says("value");
}

#[test]
fn what_credctl_computes_cannot_be_given() {
    let scene = Scene::new();
    for name in [
        "createdAt",
        "createdBy",
        "updatedAt",
        "modifiedBy",
        "etag",
        "revision",
        "instanceId",
        "state",
        "networks",
        "secrets",
    ] {
        let mut document = json!({"id": "a", "type": "Simple", "value": "v"});
        document[name] = json!("x");
        // a flat document of this type is also one of another system, whose answers hold some of these
        let words = ["add", "--format", "native", "-f", "-", "-o", "json"];
        let error = scene.refuses(3, words, document.to_string()).error();
        assert_eq!(invalid_fields(&error), [name]);
    }
}

#[test]
fn two_names_of_one_field_are_refused() {
    let scene = Scene::new();
    let document = json!({"id": "a", "type": "login", "username": "u", "user": "u", "password": "p"});
    let error = scene.refuses(3, ["add", "-f", "-", "-o", "json"], document.to_string()).error();
    assert_eq!(invalid_fields(&error), ["username"]);
    // also when both are words; fails: the last word wins without a notice
    let words = ["add", "login", "a", "username=one", "user=two", "password=-"];
    scene.refuses(3, words, "p").says("username");
}

#[test]
fn documents_are_json_without_ambiguity() {
    let scene = Scene::new();
    for document in [
        r#"{"id":"a","type":"Simple","value":"S-1","value":"S-2"}"#,
        r#"{"id":"a","type":"Simple","value":"S-1""#,
        r#""S-text""#,
        "5",
        "",
        "{'id':'S-1'}",
        "- a\n b: S-: [",
    ] {
        scene.refuses(3, ["add", "-f", "-"], document).hides("S-");
    }
    scene.refuses(3, ["add", "-f", "-"], r#"{"id":"a","type":"Simple","value":5}"#).says("value");
}

#[test]
fn a_document_says_everything() {
    let scene = Scene::new();
    let path = scene.file("a.json", r#"{"id":"a","type":"Simple","value":"x"}"#);
    scene.refuses(2, ["add", "Simple", "-f", &path], "");
    scene.refuses(2, ["add", "-f", &path, "value=y"], "");
    scene.refuses(10, ["add", "-f", "missing.json"], "");
    // what every credential has may be said beside it, of one
    let answer = scene.run(["add", "-f", &path, "--name", "N", "--enabled=false", "-o", "json"]).ok().json();
    assert_eq!((&answer["name"], &answer["enabled"]), (&json!("N"), &json!(false)));
    let answer =
        scene.run_with(["update", "a", "-f", "-", "--enabled=false", "-o", "json"], r#"{"value":"y"}"#);
    assert_eq!(answer.ok().json()["state"], "Disabled");
    let several = r#"[{"id":"b","type":"Simple","value":"x"}]"#;
    scene.refuses(2, ["add", "-f", "-", "--name", "N"], several);
}

#[test]
fn a_dry_run_validates_and_writes_nothing() {
    let scene = Scene::with_login();
    let words = ["add", "Simple", "a", "value=-", "-n", "-o", "json"];
    let answer = scene.refuses(0, words, "S-x").hides("S-x").json();
    assert_eq!((&answer["id"], &answer["dryRun"]), (&json!("a"), &json!(true)));
    scene.refuses(5, ["add", "Simple", "admin", "value=-", "--dry-run"], "x");
    scene.refuses(3, ["add", "Simple", "a", "--dry-run"], "");
    assert_eq!(scene.ids(), ["admin"]);
}
