//! Another system's document is JSON, whatever form our own answers have.

use serde_json::Value;

use crate::support::Scene;

#[test]
fn the_document_of_a_system_is_json_or_yaml() {
    let scene = Scene::with_login();
    for form in ["table", "wide", "json", "jsonl", "csv", "name"] {
        let shown = scene.run(["get", "admin", "--format", "citrix", "-o", form]).ok().json();
        assert_eq!(shown["id"], "admin", "{form}");
        let list = scene.run(["list", "--format", "citrix", "-o", form]).ok().json();
        assert_eq!(list["items"][0]["state"], "Ok", "{form}");
    }
    let yaml = scene.run(["get", "admin", "--format", "citrix", "-o", "yaml"]).ok().stdout().to_owned();
    assert!(yaml.starts_with("id: admin\n") && serde_json::from_str::<Value>(&yaml).is_err());
}
