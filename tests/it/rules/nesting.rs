//! What could be written but not be read again is refused, and an index that lies is not believed.

use serde_json::json;

use crate::support::{Scene, invalid_fields, lab};

/// A connector whose properties hold so many objects inside one another.
fn connector(levels: usize) -> String {
    let properties = format!("{}1{}", "{\"a\":".repeat(levels), "}".repeat(levels));
    format!(
        r#"{{"type":"connector","connectorType":"x","id":"a","description":"d","properties":{properties}}}"#
    )
}

#[test]
fn properties_have_a_depth_that_can_be_read_again() {
    let scene = Scene::new();
    for levels in [65, 100, 120, 126, 127, 128, 2_000] {
        scene.refuses(3, ["add", "-f", "-"], connector(levels));
    }
    scene.run_with(["add", "-f", "-"], connector(64)).ok();
    scene.run(["get", "a", "--reveal", "-o", "json"]).ok();
    scene.run(["patch", "a", "--description", "e"]).ok();
    let text = format!("{}1{}", "{\"a\":".repeat(120), "}".repeat(120));
    let document =
        json!({"id": "b", "type": "connector", "connectorType": "x", "description": "d", "properties": text});
    let error = scene.refuses(3, ["add", "-f", "-", "-o", "json"], document.to_string()).error();
    assert_eq!(invalid_fields(&error), ["properties"]);
}

#[test]
fn a_path_in_an_assignment_has_an_end() {
    let scene = Scene::new();
    for steps in [100, 20_000] {
        let word = format!("properties.{}method=GET", "a.".repeat(steps));
        scene.refuses(3, ["add", "connector", "x", "connectorType=x", "description=d", &word], "");
    }
}

#[test]
fn a_forged_index_shows_no_empty_vault() {
    let scene = Scene::with_login();
    let identity = scene.path("identity.txt");
    let text = String::from_utf8(lab::decrypt(&scene.vault(), &identity)).unwrap();
    let start = text.rfind("\"index\"").unwrap();
    let index: serde_json::Value = serde_json::from_str(&format!("{{{}", &text[start..])).unwrap();
    for (position, end) in [(0, u64::MAX), (1, u64::MAX), (1, u64::MAX - 14), (6, u64::MAX), (12, u64::MAX)] {
        let mut forged = index.clone();
        forged["index"]["sections"][position][1] = json!(end);
        let forged = format!("{}{}\n", &text[..start], &forged.to_string()[1..]);
        lab::encrypt(forged.as_bytes(), &scene.vault(), &identity);
        scene.forget();
        // what does not fit is put in order from the text itself
        assert_eq!(scene.run(["list", "-o", "name"]).ok().stdout(), "admin\n");
        assert_eq!(scene.run(["get", "admin", "--field", "password"]).ok().stdout(), "old-password");
    }
}
