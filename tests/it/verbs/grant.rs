//! `grant`, `revoke` and `access`: what may use a credential.

use chrono::TimeDelta;
use credctl::credential::{Grantee, GranteeKind};
use serde_json::{Value, json};

use crate::support::lab::Lab;
use crate::support::{Scene, invalid_fields, members, samples};

fn names(answer: &Value, list: &str) -> Vec<String> {
    answer[list].as_array().unwrap().iter().map(|item| item["name"].as_str().unwrap().to_owned()).collect()
}

fn granted() -> Scene {
    let scene = Scene::with_login();
    scene.run(["grant", "admin", "--api-proxy", "Payments", "--api-proxy-group", "Public"]).ok();
    scene
}

#[test]
fn granting_answers_with_what_it_is_granted_to_now() {
    let scene = Scene::with_login();
    let answer =
        scene.answer(["grant", "admin", "--api-proxy", "B", "--api-proxy", "A", "--api-proxy-group", "A"]);
    assert_eq!(members(&answer), ["access", "changed", "deploymentResult", "id"]);
    assert_eq!((&answer["id"], &answer["changed"]), (&json!("admin"), &json!(true)));
    let access = answer["access"].as_array().unwrap();
    assert_eq!(members(&access[0]), ["grantedAt", "grantedBy", "name", "project", "type"]);
    let short: Vec<_> = access.iter().map(|grant| (&grant["name"], &grant["type"])).collect();
    let (proxy, group) = (json!("API_PROXY"), json!("API_PROXY_GROUP"));
    assert_eq!(short, [(&json!("A"), &proxy), (&json!("B"), &proxy), (&json!("A"), &group)]);
    assert_eq!(access[0]["project"], "admin");
    // it is no new version
    let shown = scene.get("admin");
    assert_eq!((&shown["access"], &shown["revision"]), (&answer["access"], &json!(1)));
}

#[test]
fn doing_it_again_changes_nothing() {
    let scene = granted();
    let words = ["grant", "admin", "--api-proxy", "Payments"];
    let answer = scene.refuses(0, words.iter().chain(&["-o", "json"]), "").json();
    assert_eq!((&answer["changed"], names(&answer, "access").len()), (&json!(false), 2));
    scene.refuses(5, words.iter().chain(&["--strict"]), "").says("Payments");
    // with something new beside it
    scene.refuses(5, words.iter().chain(&["--api-proxy", "New", "--strict"]), "");
    let words = ["revoke", "admin", "--api-proxy", "Nobody"];
    let answer = scene.refuses(0, words.iter().chain(&["-o", "json"]), "").json();
    assert_eq!((&answer["changed"], names(&answer, "access").len()), (&json!(false), 2));
    scene.refuses(4, words.iter().chain(&["--strict"]), "").says("Nobody");
    scene.refuses(4, words.iter().chain(&["--api-proxy", "Payments", "--strict"]), "");
    // a group is not the proxy of its name
    scene.refuses(4, ["revoke", "admin", "--api-proxy", "Public", "--strict"], "");
}

#[test]
fn revoking() {
    let scene = granted();
    let answer = scene.answer(["revoke", "admin", "--api-proxy", "Payments"]);
    assert_eq!(members(&answer), ["access", "changed", "deploymentResult", "id"]);
    assert_eq!((&answer["changed"], names(&answer, "access")), (&json!(true), vec!["Public".to_owned()]));
    scene.run(["revoke", "admin", "--api-proxy-group", "Public", "--strict"]).ok();
    assert_eq!(scene.answer(["access", "admin"]), json!({"resultList": []}));
}

#[test]
fn another_time_is_a_change_of_the_same_grant() {
    let scene = granted();
    let until = |words: &[&str]| {
        let answer = scene.answer(["grant", "admin", "--api-proxy", "Payments"].iter().chain(words));
        assert_eq!((&answer["changed"], names(&answer, "access").len()), (&json!(true), 2));
        answer["access"][0]["expireTime"].clone()
    };
    assert_eq!(until(&["--expires", "2099-01-31"]), "2099-01-31T00:00:00.000000Z");
    assert_eq!(until(&["--expires", "2098-01-31T12:00:00+02:00"]), "2098-01-31T10:00:00.000000Z");
    assert!(until(&["--expires", "90d"]).is_string());
    // that it has changed is no error when it must not be there
    assert_eq!(until(&["--strict"]), Value::Null);
}

#[test]
fn a_grant_ends_at_its_time() {
    let mut lab = Lab::new();
    let mut credential = lab.create(&samples::of("UsernamePassword").document);
    let proxy = |name: &str| Grantee::new(GranteeKind::ApiProxy, name).unwrap();
    let end = lab.act.now + TimeDelta::hours(1);
    assert!(credential.grant(proxy("a"), Some(end), &lab.act));
    assert!(credential.grant(proxy("b"), None, &lab.act));
    let held =
        |credential: &credctl::credential::Credential, now| credential.head().envelope.granted(now).count();
    let moment = TimeDelta::microseconds(1);
    assert_eq!((held(&credential, end - moment), held(&credential, end)), (2, 1));
    lab.act.now = end;
    // what is over is not there: it cannot be revoked, and to grant it is a change
    let mut revoked = credential.clone();
    assert!(!revoked.revoke(&proxy("a"), &lab.act));
    assert_eq!(revoked.head().envelope.access.len(), 1);
    let mut again = credential.clone();
    assert!(again.grant(proxy("a"), None, &lab.act));
    assert_eq!(again.head().envelope.access.len(), 2);
    assert_eq!(again.head().envelope.access[0].granted_at, end);
    // and falls away with the next change
    let merged = lab.merge(&credential, &json!({"domain": "x"})).unwrap().credential;
    assert_eq!(merged.head().envelope.access.len(), 1);
}

#[test]
fn an_expired_grant_is_shown_nowhere_and_does_not_hold() {
    let scene = granted();
    scene.edit(|vault| {
        vault["credentials"][0]["access"][0]["expireTime"] = json!("2020-01-01T00:00:00.000000Z");
    });
    assert_eq!(names(&scene.answer(["access", "admin"]), "resultList"), ["Public"]);
    assert_eq!(scene.get("admin")["access"].as_array().unwrap().len(), 1);
    assert_eq!(scene.answer(["access", "--api-proxy", "Payments"]), json!({"resultList": []}));
    scene.run(["verify", "admin", "--api-proxy", "Payments"]).exits(6);
    scene.refuses(4, ["revoke", "admin", "--api-proxy", "Payments", "--strict"], "");
    scene.run(["grant", "admin", "--api-proxy", "Payments", "--strict"]).ok();
    scene.run(["verify", "admin", "--api-proxy", "Payments"]).ok();
}

#[test]
fn documents_come_in_both_shapes() {
    let list = json!([{"name": "MyAPI", "type": "API_PROXY"},
                      {"name": "MyGroup", "type": "api_proxy_group", "expireTime": "2099-01-01T00:00:00.000Z"}]);
    for document in [list.clone(), json!({"credentialAccessList": list})] {
        let scene = Scene::with_login();
        let words = ["-f", "-", "-o", "json"];
        let answer =
            scene.run_with(["grant", "admin"].iter().chain(&words), document.to_string()).ok().json();
        assert_eq!(names(&answer, "access"), ["MyAPI", "MyGroup"]);
        assert_eq!(answer["access"][1]["type"], "API_PROXY_GROUP");
        assert_eq!(answer["access"][1]["expireTime"], "2099-01-01T00:00:00.000000Z");
        // what `access` answers is a document too
        let shown = scene.answer(["access", "admin"])["resultList"].clone();
        let again = scene.run_with(["grant", "admin"].iter().chain(&words), shown.to_string()).ok().json();
        assert_eq!(again["changed"], false);
        let answer =
            scene.run_with(["revoke", "admin"].iter().chain(&words), document.to_string()).ok().json();
        assert_eq!(answer["access"], json!([]));
    }
    let scene = Scene::with_login();
    let one = json!({"name": "MyAPI", "type": "API_PROXY"});
    scene.run_with(["grant", "admin", "-f", "-"], one.to_string()).ok();
    scene.run_with(["grant", "admin", "--api-proxy", "Other", "-f", "-"], list.to_string()).ok();
    assert_eq!(names(&scene.answer(["access", "admin"]), "resultList"), ["MyAPI", "Other", "MyGroup"]);
}

#[test]
fn a_time_in_the_document_is_stronger_than_the_option() {
    let scene = Scene::with_login();
    let document = json!([{"name": "a", "type": "API_PROXY", "expireTime": "2099-01-01"},
                          {"name": "b", "type": "API_PROXY"}]);
    scene.run_with(["grant", "admin", "-f", "-", "--expires", "2098-01-01"], document.to_string()).ok();
    let list = scene.answer(["access", "admin"])["resultList"].clone();
    assert_eq!(list[0]["expireTime"], "2099-01-01T00:00:00.000000Z");
    assert_eq!(list[1]["expireTime"], "2098-01-01T00:00:00.000000Z");
}

#[test]
fn what_is_wrong_is_named() {
    let scene = Scene::with_login();
    for (document, wrong) in [
        (json!([{"name": "a"}]), "[0].type"),
        (json!([{"type": "API_PROXY"}]), "[0].name"),
        (json!([{"name": "", "type": "API_PROXY"}]), "[0].name"),
        (json!([{"name": "x".repeat(128), "type": "API_PROXY"}]), "[0].name"),
        (json!([{"name": 1, "type": "API_PROXY"}]), "[0].name"),
        (json!([{"name": "a", "type": "API"}]), "[0].type"),
        (json!([{"name": "a", "type": "API_PROXY", "expireTime": "soon"}]), "[0].expireTime"),
        (json!([{"name": "a", "type": "API_PROXY", "colour": "red"}]), "[0].colour"),
        (json!(["a"]), "[0]"),
        (json!({"credentialAccessList": "a"}), "credentialAccessList"),
    ] {
        let words = ["grant", "admin", "--api-proxy", "fine", "-f", "-", "-o", "json"];
        let error = scene.refuses(3, words, document.to_string()).error();
        assert_eq!(invalid_fields(&error), [wrong], "{document}");
    }
    for (expires, status) in [("yesterday", 2), ("", 2)] {
        scene.refuses(status, ["grant", "admin", "--api-proxy", "a", "--expires", expires], "");
    }
    scene.refuses(3, ["grant", "admin", "--api-proxy", ""], "");
    scene.refuses(3, ["grant", "admin", "-f", "-"], "[{");
    for words in [&["grant", "admin"][..], &["revoke", "admin"]] {
        scene.refuses(2, words.to_vec(), "").says("--api-proxy");
        scene.refuses(2, words.iter().chain(&["-f", "-"]), "[]");
        scene.refuses(2, words.iter().chain(&["-f", "-"]), r#"{"credentialAccessList":[]}"#);
    }
    scene.refuses(4, ["grant", "nobody", "--api-proxy", "a"], "");
    scene.refuses(4, ["revoke", "nobody", "--api-proxy", "a"], "");
}

#[test]
fn a_dry_run_tells_what_would_be_and_does_nothing() {
    let scene = granted();
    let words = ["grant", "admin", "--api-proxy", "New", "-n", "-o", "json"];
    let answer = scene.refuses(0, words, "").json();
    assert_eq!((&answer["dryRun"], names(&answer, "access").len()), (&json!(true), 3));
    let words = ["revoke", "admin", "--api-proxy", "Payments", "-n", "-o", "json"];
    let answer = scene.refuses(0, words, "").json();
    assert_eq!(names(&answer, "access"), ["Public"]);
}

#[test]
fn they_outlive_every_change_but_the_deletion() {
    let scene = granted();
    let before = scene.get("admin")["access"].clone();
    scene.run(["patch", "admin", "domain=x"]).ok();
    scene.run_with(["update", "admin", "username=u", "password=-"], "S-1").ok();
    scene.run_with(["put", "admin", "username=u", "password=-"], "S-2").ok();
    scene.run_with(["passwd", "admin", "--password-stdin"], "S-3").ok();
    scene.run(["move", "admin", "--to", "shop"]).ok();
    assert_eq!(scene.get("admin")["access"], before);
    scene.run(["delete", "-y", "admin"]).ok();
    scene.login("admin");
    assert_eq!(scene.get("admin")["access"], json!([]));
}

#[test]
fn access_lists_the_credentials_of_a_proxy_or_group() {
    let scene = granted();
    scene.login("second");
    scene.run(["grant", "second", "--api-proxy", "Payments", "--expires", "2099-01-01"]).ok();
    let answer = scene.answer(["access", "--api-proxy", "Payments"]);
    let list = answer["resultList"].as_array().unwrap();
    assert_eq!(members(&list[0]), ["grantedAt", "id", "name", "project", "state", "type"]);
    assert_eq!((&list[0]["id"], &list[1]["id"]), (&json!("admin"), &json!("second")));
    assert_eq!(list[1]["expireTime"], "2099-01-01T00:00:00.000000Z");
    let of = |words: &[&str]| -> Vec<String> {
        let answer = scene.answer(["access"].iter().chain(words));
        answer["resultList"]
            .as_array()
            .unwrap()
            .iter()
            .map(|item| item["id"].as_str().unwrap().to_owned())
            .collect()
    };
    assert_eq!(of(&["--api-proxy-group", "Public"]), ["admin"]);
    assert!(of(&["--api-proxy", "Public"]).is_empty());
    assert_eq!(of(&["--api-proxy", "Payments", "--api-proxy-group", "Public"]), ["admin", "second"]);
    let table = scene.run(["access", "--api-proxy", "Payments"]).ok();
    let lines: Vec<_> = table.stdout().lines().collect();
    assert_eq!(lines[0].split_whitespace().collect::<Vec<_>>(), ["ID", "TYPE", "PROJECT", "EXPIRES"]);
    assert_eq!(lines.len(), 3);
    assert_eq!(
        scene.run(["access", "--api-proxy", "Payments", "-o", "name"]).ok().stdout(),
        "admin\nsecond\n"
    );
}

#[test]
fn access_takes_an_id_or_a_proxy() {
    let scene = granted();
    scene.run(["patch", "admin", "--name", "The admin"]).ok();
    let by_name = scene.answer(["access", "The admin"]);
    assert_eq!(names(&by_name, "resultList"), ["Payments", "Public"]);
    scene.refuses(2, ["access"], "");
    scene.refuses(2, ["access", "admin", "--api-proxy", "Payments"], "");
    scene.refuses(4, ["access", "nobody"], "");
    let table = scene.run(["access", "admin"]).ok();
    assert_eq!(
        table.stdout(),
        "NAME      TYPE             EXPIRES\nPayments  API_PROXY\nPublic    API_PROXY_GROUP\n"
    );
}

#[test]
fn a_project_grants_its_own_and_the_global_ones() {
    let scene = Scene::with_login();
    for project in ["p1", "p2"] {
        scene.run_with(["add", "Simple", project, "value=-", "-p", project], "S").ok();
    }
    scene.run(["grant", "p1", "--api-proxy", "Payments", "-p", "p1"]).ok();
    scene.run(["grant", "admin", "--api-proxy", "Payments", "-p", "p1"]).ok();
    scene.refuses(4, ["grant", "p2", "--api-proxy", "Payments", "-p", "p1"], "");
    scene.refuses(4, ["revoke", "p2", "--api-proxy", "Payments", "-p", "p1"], "");
    scene.refuses(4, ["access", "p2", "-p", "p1"], "");
    // a proxy of another project is another proxy, whatever its name
    scene.run(["grant", "admin", "--api-proxy", "Payments", "-p", "p2", "--strict"]).ok();
    let access = scene.answer(["access", "admin"]);
    let projects: Vec<_> =
        access["resultList"].as_array().unwrap().iter().map(|grant| &grant["project"]).collect();
    assert_eq!(projects, ["p1", "p2"]);
    scene.run(["revoke", "admin", "--api-proxy", "Payments", "-p", "p1"]).ok();
    assert_eq!(scene.answer(["access", "admin"])["resultList"][0]["project"], "p2");
    // from admin those of every project go
    scene.run(["grant", "admin", "--api-proxy", "Payments", "-p", "p1"]).ok();
    scene.run(["revoke", "admin", "--api-proxy", "Payments"]).ok();
    assert_eq!(scene.answer(["access", "admin"]), json!({"resultList": []}));
    let seen = scene.answer(["access", "--api-proxy", "Payments", "-p", "p2"]);
    assert_eq!(seen, json!({"resultList": []}));
}

#[test]
fn an_operator_only_looks() {
    let scene = granted();
    scene.refuses(6, ["grant", "admin", "--api-proxy", "x", "--role", "operator"], "");
    scene.refuses(6, ["revoke", "admin", "--api-proxy", "Payments", "--role", "operator"], "");
    scene.run(["access", "admin", "--role", "operator"]).ok();
    scene.run(["access", "--api-proxy", "Payments", "--role", "operator"]).ok();
}

#[test]
fn a_proxy_of_the_same_name_in_another_project_is_another_one() {
    let scene = Scene::with_login();
    scene.run(["grant", "admin", "--api-proxy", "A", "-p", "p1"]).ok();
    scene.run(["grant", "admin", "--api-proxy", "B"]).ok();
    let users = |proxy: &str, project: &str| {
        let answer = scene.answer(["access", "--api-proxy", proxy, "-p", project]);
        answer["resultList"].as_array().unwrap().len()
    };
    // what admin grants counts for all
    assert_eq!((users("A", "p1"), users("A", "p2"), users("A", "admin")), (1, 0, 1));
    assert_eq!((users("B", "p1"), users("B", "p2"), users("B", "admin")), (1, 1, 1));
    for (project, proxy, status) in [("p1", "A", 0), ("p2", "A", 6), ("p2", "B", 0), ("admin", "A", 0)] {
        scene.run(["verify", "admin", "--api-proxy", proxy, "-p", project]).exits(status);
    }
}

#[test]
fn the_project_that_owns_a_credential_takes_back_what_admin_granted() {
    let scene = Scene::new();
    scene.run_with(["add", "Simple", "m", "value=-", "-p", "p1"], "v").ok();
    scene.run(["grant", "m", "--api-proxy", "A"]).ok();
    let answer = scene.run(["-p", "p1", "revoke", "m", "--api-proxy", "A", "-o", "json"]).ok().json();
    assert_eq!((&answer["changed"], &answer["access"]), (&json!(true), &json!([])));
}

#[test]
fn what_is_granted_for_a_time_that_is_over_holds_for_nobody() {
    let scene = Scene::with_login();
    let answer =
        scene.run(["grant", "admin", "--api-proxy", "A", "--expires", "2020-01-01", "-o", "json"]).ok();
    assert!(answer.stderr.contains("expired already"), "{answer:?}");
    assert_eq!(answer.json()["access"], json!([]));
    scene.run(["verify", "admin", "--api-proxy", "A"]).exits(6);
}

#[test]
fn an_answer_is_a_document() {
    let scene = Scene::with_login();
    scene.run(["grant", "admin", "--api-proxy", "A"]).ok();
    for format in ["apinizer", "native"] {
        let access = scene.run(["access", "admin", "--format", format, "-o", "json"]).ok();
        let again = scene.run_with(["grant", "admin", "-f", "-", "-o", "json"], access.stdout()).ok();
        assert_eq!(again.json()["changed"], false);
    }
}
