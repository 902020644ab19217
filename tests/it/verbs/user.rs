//! `user`: whom password hashes belong to.

use serde_json::json;

use crate::support::samples::USER;
use crate::support::{Scene, invalid_fields, members};

const LOCAL: [&str; 4] = ["--auth-provider", "local", "--email", "ada@example.org"];

#[test]
fn adding_and_listing() {
    let scene = Scene::new();
    let names = ["--first-name", "Ada", "--last-name", "Lovelace"];
    let answer = scene.answer(["user", "add", "--id", USER].iter().chain(&LOCAL).chain(&names));
    let shown = ["authProvider", "deploymentResult", "email", "firstName", "id", "lastName"];
    assert_eq!(members(&answer), shown);
    let made = scene.answer(["user", "add", "--auth-provider", "ldap", "--email", "b@example.org"]);
    let id = made["id"].as_str().unwrap();
    assert_eq!(uuid::Uuid::parse_str(id).unwrap().get_version_num(), 4);
    let items = scene.answer(["user", "list"])["items"].clone();
    assert_eq!(items.as_array().unwrap().len(), 2);
    let ada = json!({"id": USER, "authProvider": "local", "email": "ada@example.org", "firstName": "Ada",
                     "lastName": "Lovelace"});
    assert!(items.as_array().unwrap().contains(&ada), "{items}");
    let table = scene.run(["user", "list"]).ok();
    let mut lines = table.stdout().lines();
    let header: Vec<_> = lines.next().unwrap().split("  ").filter(|title| !title.is_empty()).collect();
    assert_eq!(header.join(","), "ID,AUTH PROVIDER,EMAIL,FIRST NAME,LAST NAME");
    assert!(lines.any(|line| line.starts_with(USER) && line.ends_with("Ada         Lovelace")), "{table:?}");
    let names = scene.run(["user", "ls", "-o", "name"]).ok();
    assert!(names.stdout().lines().any(|line| line == USER));
    assert_eq!(Scene::new().answer(["user", "list"]), json!({"items": []}));
}

#[test]
fn an_id_is_a_uuid_of_version_4_and_taken_once() {
    let scene = Scene::new();
    let add = |status: i32, id: &str| {
        let words = ["user", "add", "-o", "json", "--id", id];
        scene.refuses(status, words.iter().chain(&LOCAL), "")
    };
    for id in ["ada", "", "6b1551db-b7fa-173d-a05c-43524badb11b", &USER.replace('-', "")] {
        assert_eq!(invalid_fields(&add(3, id).error()), ["id"], "{id:?}");
    }
    scene.run(["user", "add", "--id", &USER.to_uppercase()].iter().chain(&LOCAL)).ok();
    assert_eq!(scene.run(["user", "list", "-o", "name"]).ok().stdout(), format!("{USER}\n"));
    add(5, USER);
    add(5, &USER.to_uppercase());
}

#[test]
fn what_is_wrong_is_named() {
    let scene = Scene::new();
    for (provider, email, wrong) in [
        ("nobody", "ada@example.org", &["authProvider"][..]),
        ("Local", "ada@example.org", &["authProvider"]),
        ("local", "ada", &["email"]),
        ("nobody", "", &["authProvider", "email"]),
    ] {
        let words = ["user", "add", "--auth-provider", provider, "--email", email, "-o", "json"];
        let error = scene.refuses(3, words, "").error();
        assert_eq!(invalid_fields(&error), wrong, "{provider} {email}");
    }
    scene.refuses(2, ["user", "add", "--email", "ada@example.org"], "");
    scene.refuses(2, ["user", "add", "--auth-provider", "local"], "");
    scene.refuses(2, ["user"], "");
}

#[test]
fn deleting() {
    let scene = Scene::new();
    scene.run(["user", "add", "--id", USER].iter().chain(&LOCAL)).ok();
    scene
        .refuses(4, ["user", "delete", "6f3d0e4b-4f43-4b5f-9c5a-0d7a0c1b2c3d"], "")
        .says("credctl user list");
    let answer = scene.refuses(0, ["user", "delete", USER, "-n", "-o", "json"], "").json();
    assert_eq!(answer["dryRun"], true);
    let answer = scene.answer(["user", "rm", USER]);
    assert_eq!(members(&answer), ["deleted", "deploymentResult", "id"]);
    assert_eq!((&answer["id"], &answer["deleted"]), (&json!(USER), &json!(true)));
    scene.refuses(4, ["user", "delete", USER], "");
}

#[test]
fn an_operator_only_looks() {
    let scene = Scene::new();
    scene.refuses(0, ["user", "add", "-n"].iter().chain(&LOCAL), "");
    scene.refuses(6, ["user", "add", "--role", "operator"].iter().chain(&LOCAL), "");
    scene.refuses(6, ["user", "delete", USER, "--role", "operator"], "");
    scene.run(["user", "list", "--role", "operator"]).ok();
}
