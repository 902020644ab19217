//! Texts of format 2 in which one thing was changed, encrypted again with the right key: nothing panics, a refusal
//! leaves the file alone, and a write that goes through loses nothing of what was there.
//!
//! An ordinary run tries some of the values, others in each member; `CREDCTL_TEST_SWEEP=1` tries all.

mod lathe;
mod records;
mod sections;
mod signed;
mod text_parts;

use serde_json::{Value, json};

use super::residents::add_residents;
use crate::support::Scene;

/// Values that no member has.
fn odd_values() -> Vec<Value> {
    vec![
        json!(null),
        json!(true),
        json!(-1),
        json!(0),
        json!(1.5),
        json!(u64::MAX),
        json!(""),
        json!("x"),
        json!("\u{1b}]0;x\u{7}\u{202e}"),
        json!("../../etc/passwd"),
        json!("--vault=x"),
        json!("x".repeat(200_000)),
        json!([]),
        json!(["x"]),
        json!([[{"a": [1]}]]),
        json!({}),
        json!({"a": {"b": 1}}),
    ]
}

/// Returns some of the values of an ordinary run, others for another number.
fn some_of<T>(values: Vec<T>, number: usize) -> Vec<T> {
    let step =
        if std::env::var_os("CREDCTL_TEST_SWEEP").is_some() { 1 } else { values.len().div_ceil(3).max(2) };
    values
        .into_iter()
        .enumerate()
        .filter(|(at, _)| at % step == number % step)
        .map(|(_, value)| value)
        .collect()
}

fn beginning(text: &str) -> String {
    text.chars().take(20).collect()
}

/// Returns a vault with a record of every kind.
fn scene() -> Scene {
    let scene = Scene::new();
    let file = scene.file("large.bin", vec![7; 40_000]);
    let small = scene.file("small.txt", "S-small");
    let reader = scene.recipient("reader.txt");
    for (words, stdin) in [
        (
            &[
                "add",
                "login",
                "db",
                "username=app",
                "password=-",
                "custom.plan=team",
                "--label",
                "a=b",
                "--tag",
                "t=x",
            ][..],
            "S-1",
        ),
        (&["update", "-y", "db", "username=app", "password=-", "custom.plan=team"], "S-2"),
        (&["add", "Simple", "gone", "value=-"], "S-3"),
        (&["delete", "-y", "gone"], ""),
        (&["attach", "db", &file], ""),
        (&["attach", "db", &small], ""),
    ] {
        scene.run_with(words, stdin).ok();
    }
    add_residents(&scene, "db");
    for words in [
        &["patch", "db", "--throttle-policy", "p1", "--valid-until", "2030-01-01", "--description", "d"][..],
        &["grant", "db", "--api-proxy", "Pay", "--expires", "2029-01-01"],
        &["add", "acme-host", "host", "host=h"],
        &["environment", "add", "gw", "--recipient", &reader, "--out", "gw.age"],
    ] {
        scene.run(words).ok();
    }
    scene
}
