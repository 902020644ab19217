//! The screens of answers: lists, views, versions, and help.

use super::{command, is_screen, start};
use crate::support::{Scene, samples};

fn shows(scene: &Scene, name: &str, words: &[&str]) {
    let mut command = command(scene, words);
    command.env("CREDCTL_PAGER", "cat");
    is_screen(name, &start(&command).end().shown);
}

/// A vault with some types, long names, and wide, combining and right-to-left letters.
fn scene() -> Scene {
    let scene = Scene::with_login();
    let documents = serde_json::json!([
        {"id": "prod/europe/west/payments/database/orders-read-write-primary", "type": "login",
            "username": "orders-application-user-of-the-primary", "password": "S-x", "validUntil": "2099-01-31T00:00:00Z"},
        {"id": "expired", "type": "login", "username": "old", "password": "S-x", "validUntil": "2020-01-31T00:00:00Z"},
        {"id": "off", "type": "login", "username": "off", "password": "S-x", "enabled": false},
        {"id": "wide", "name": "データベース", "type": "login", "username": "山田太郎", "password": "S-x",
            "description": "本番環境のデータベース"},
        {"id": "combining", "type": "login", "username": "re\u{301}ne\u{301}e", "password": "S-x"},
        {"id": "right-to-left", "type": "login", "username": "שלום", "password": "S-x"},
    ]);
    scene.run_with(["add", "-q", "-f", "-"], documents.to_string()).ok();
    let key = ["add", "privkey", "deploy", "privkey=-"];
    scene.run_with(key, samples::PRIVATE_KEY).ok();
    scene
}

#[test]
fn lists() {
    let scene = scene();
    shows(&scene, "list", &["list"]);
    shows(&scene, "list_words", &["list", "data"]);
    shows(&scene, "list_nothing", &["list", "nothing-like-this"]);
    shows(&scene, "types", &["types", "login"]);
}

#[test]
fn views() {
    let scene = scene();
    scene.run(["grant", "admin", "--api-proxy", "Payments"]).ok();
    shows(&scene, "get", &["get", "admin"]);
    shows(&scene, "get_all", &["get", "admin", "--all"]);
    shows(&scene, "get_wide_letters", &["get", "wide"]);
    shows(&scene, "get_key", &["get", "deploy"]);
    shows(&scene, "get_expired", &["get", "expired", "--field", "password"]);
    shows(&scene, "access", &["access", "admin"]);
}

#[test]
fn versions() {
    let scene = Scene::with_login();
    scene.run_with(["patch", "admin", "password=-", "username=ops"], "S-new").ok();
    scene.run(["patch", "admin", "--description", "rack 4", "--label", "env=prod"]).ok();
    shows(&scene, "history", &["history", "admin"]);
    shows(&scene, "history_diff", &["history", "admin", "--diff"]);
}
