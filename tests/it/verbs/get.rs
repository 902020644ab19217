//! `get`: one credential, or one value of it.

use serde_json::json;

use crate::support::{Scene, members, samples};

#[test]
fn secrets_are_named_and_not_shown() {
    let scene = Scene::with_login();
    let shown = scene.run(["get", "admin", "-o", "json"]).ok().hides("old-password").json();
    assert_eq!(
        members(&shown),
        [
            "access",
            "attachments",
            "createdAt",
            "createdBy",
            "enabled",
            "etag",
            "fields",
            "id",
            "instanceId",
            "labels",
            "modifiedBy",
            "name",
            "networks",
            "project",
            "references",
            "revision",
            "secrets",
            "state",
            "tags",
            "type",
            "updatedAt"
        ]
    );
    assert_eq!(shown["fields"], json!({"username": "ips", "domain": "test"}));
    assert_eq!(shown["secrets"], json!(["password"]));
    assert_eq!(
        [&shown["labels"], &shown["references"], &shown["networks"], &shown["access"]],
        [&json!([]); 4]
    );
    let revealed = scene.run(["get", "admin", "--reveal", "-o", "json"]).ok().json();
    assert_eq!(revealed["fields"]["password"], "old-password");
    assert_eq!(revealed["secrets"], json!([]));
}

#[test]
fn one_value_is_printed_to_the_byte() {
    let scene = Scene::with_login();
    for (field, value) in [
        ("password", "old-password"),
        ("username", "ips"),
        ("id", "admin"),
        ("state", "Ok"),
        ("enabled", "true"),
        ("labels", "[]"),
    ] {
        for form in ["table", "json", "yaml", "csv", "name"] {
            let outcome = scene.run(["get", "admin", "--field", field, "-o", form]).ok();
            assert_eq!(outcome.stdout(), value, "{field} as {form}");
        }
    }
    scene.run_with(["patch", "admin", "password=-"], "a\u{1b}[31m\n\nb\n\n").ok();
    assert_eq!(scene.run(["get", "admin", "--field", "password"]).ok().stdout(), "a\u{1b}[31m\n\nb\n");
}

#[test]
fn fields_go_by_their_aliases_and_paths() {
    let scene = Scene::new();
    scene.run_with(["add", "-f", "-"], samples::of("connector").document.to_string()).ok();
    scene.run_with(["add", "-f", "-"], samples::of("apikey").document.to_string()).ok();
    for (words, value) in [
        (["get", "connector", "--field", "properties.query.method"], "POST"),
        (["get", "connector", "--field", "properties.password"], "S-rest"),
        (["get", "connector", "--field", "tags.rack"], "4"),
        (["get", "connector", "--field", "properties.query"], r#"{"body":"S-body","method":"POST"}"#),
        (["get", "apikey", "--field", "apikey"], "S-apikey"),
    ] {
        assert_eq!(scene.run(words).ok().stdout(), value, "{words:?}");
    }
}

#[test]
fn an_id_is_found_by_the_word_it_was_added_with() {
    let scene = Scene::new();
    // o and a combining mark: kept as one character, and asked for as before
    let id = "o\u{308}de";
    scene.run_with(["add", "Simple", id, "value=-"], "x").ok();
    scene.run(["get", "\u{f6}de"]).ok();
    scene.run(["get", id]).ok();
    scene.run(["delete", "-y", id]).ok();
}

#[test]
fn a_label_and_a_tag_go_by_their_names_even_with_dots() {
    let scene = Scene::with_login();
    scene.run(["patch", "admin", "--label", "env.zone=prod", "--tag", "a.b=c d"]).ok();
    for (field, value) in [("labels.env.zone", "prod"), ("tags.a.b", "c d")] {
        assert_eq!(scene.run(["get", "admin", "--field", field]).ok().stdout(), value, "{field}");
        scene.run(["patch", "admin", "--unset", field]).ok();
        scene.run(["get", "admin", "--field", field]).exits(4).says("is not set");
    }
}

#[test]
fn a_field_that_is_not_there() {
    let scene = Scene::with_login();
    scene.run(["patch", "admin", "--unset", "domain"]).ok();
    scene.run(["get", "admin", "--field", "domain"]).exits(4);
    scene.run(["get", "admin", "--field", "description"]).exits(4);
    scene.run(["get", "admin", "--field", "nonsense"]).exits(2).says("nonsense");
}

#[test]
fn a_name_that_only_one_has_is_enough_to_read() {
    let scene = Scene::with_login();
    scene.login("second");
    scene.run(["patch", "admin", "--name", "second"]).ok();
    // an id comes before a name
    assert_eq!(scene.run(["get", "second", "--field", "id"]).ok().stdout(), "second");
    scene.run(["patch", "admin", "--name", "The admin"]).ok();
    assert_eq!(scene.run(["get", "The admin", "--field", "id"]).ok().stdout(), "admin");
    scene.run(["patch", "second", "--name", "The admin"]).ok();
    scene.run(["get", "The admin"]).exits(5);
    let error = scene.run(["get", "nobody", "-o", "json"]).exits(4).error();
    assert_eq!(error["type"], "urn:credctl:problem:not-found");
}

#[test]
fn a_credential_that_must_not_be_used_keeps_its_secrets() {
    let scene = Scene::new();
    for (id, option, value, state) in [
        ("disabled", "--enabled", "false", "Disabled"),
        ("early", "--valid-from", "2099-01-01", "NotYetValid"),
        ("late", "--valid-until", "2020-01-01", "Expired"),
    ] {
        scene.run_with(["add", "login", id, "username=u", "password=-", option, value], "S-p").ok();
        let shown = scene.run(["get", id, "-o", "json"]).ok().json();
        assert_eq!(shown["state"], state);
        let error = scene.run(["get", id, "--reveal", "-o", "json"]).exits(6).hides("S-p").error();
        assert_eq!(error["status"], "403");
        scene.run(["get", id, "--field", "password"]).exits(6).hides("S-p");
        assert_eq!(scene.run(["get", id, "--field", "username"]).ok().stdout(), "u");
        assert_eq!(scene.run(["get", id, "--field", "password", "--force"]).ok().stdout(), "S-p");
        let revealed = scene.run(["get", id, "--reveal", "--force", "-o", "json"]).ok().json();
        assert_eq!(revealed["fields"]["password"], "S-p");
    }
}

#[test]
fn what_a_value_tells_by_itself_is_shown() {
    let scene = Scene::new();
    for kind in ["certificate", "kubeconfig", "privkey", "Gcp"] {
        scene.run_with(["add", "-f", "-"], samples::of(kind).document.to_string()).ok();
    }
    let fields = |kind: &str| scene.run(["get", kind, "-o", "json"]).ok().json()["fields"].clone();
    assert!(fields("certificate")["notAfter"].is_string());
    assert_eq!(fields("kubeconfig"), json!({"clusterName": "c1", "server": "https://k8s.example:6443"}));
    assert_eq!(fields("privkey"), json!({"algorithm": "EC P-256"}));
    assert_eq!(fields("Gcp")["clientEmail"], "svc@proj.iam.gserviceaccount.com");
    assert_eq!(scene.run(["get", "privkey", "--field", "algorithm"]).ok().stdout(), "EC P-256");
}

#[test]
fn properties_that_are_not_known_to_be_harmless_are_secret() {
    let scene = Scene::new();
    let document = json!({"id": "c", "type": "connector", "connectorType": "x", "description": "d",
        "properties": {"user": "u", "token": "S-1", "list": ["S-2"], "deep": {"domain": "d", "x": {"y": "S-3"}},
                       "number": 12345, "flag": true, "user2": {"user": {"password": "S-4"}}}});
    scene.run_with(["add", "-f", "-"], document.to_string()).ok();
    for form in ["table", "wide", "json", "jsonl", "yaml", "csv", "tsv", "name"] {
        scene.run(["get", "c", "-o", form]).ok().hides("S-").hides("12345");
    }
    let shown = scene.run(["get", "c", "-o", "json"]).ok().json();
    assert_eq!(shown["fields"]["properties"]["user"], "u");
    assert_eq!(shown["fields"]["properties"]["deep"]["domain"], "d");
}

#[test]
fn a_word_that_is_no_id_is_answered_with_near_ones() {
    let scene = Scene::new();
    for id in ["prod/db/orders-rw", "prod/queue/orders-rw", "prod/db/users-ro", "x"] {
        scene.run_with(["add", "Simple", id, "value=-", "-p", "shop"], "S").ok();
    }
    for (word, near) in [
        ("prod/db/orders-rv", "did you mean prod/db/orders-rw?"),
        ("USERS", "did you mean prod/db/users-ro?"),
        ("orders", "did you mean prod/db/orders-rw or prod/queue/orders-rw?"),
        ("zz", "`credctl list -o name`"),
    ] {
        scene.refuses(4, ["get", word], "").says(near);
    }
    // the same where an id alone is taken
    for words in [&["patch", "USERS", "--label", "a=b"][..], &["rm", "USERS", "-y"], &["mv", "USERS", "z"]] {
        let words: Vec<_> = words.iter().chain(&["-p", "shop"]).copied().collect();
        scene.refuses(4, words, "").says("did you mean prod/db/users-ro?");
    }
    // nothing of what a project does not see
    scene.refuses(4, ["get", "users", "-p", "bank"], "").says("`credctl list -o name`");
}

#[test]
fn the_words_of_other_tools_are_understood() {
    let scene = Scene::new();
    for word in ["insert", "new"] {
        scene.run_with([word, "login", word, "username=u", "password=-"], "S-pw").ok();
    }
    assert_eq!(scene.run(["show", "new", "--field", "password"]).ok().stdout(), "S-pw");
    scene.run(["remove", "new", "-y"]).ok();
    scene.refuses(4, ["show", "new"], "");
    scene.run(["exec", "--env", "PW=insert/password", "--", "true"]).ok();
    assert!(scene.run(["gen"]).ok().stdout().len() > 20);
}
