//! `types`: the catalogue as it is shown.

use crate::support::{Scene, samples, texts};

#[test]
fn the_catalogue_lists_every_type() {
    let scene = Scene::bare();
    let listed = scene.run(["types", "-o", "json"]).ok().json();
    let names: Vec<_> =
        listed.as_array().unwrap().iter().map(|kind| kind["type"].as_str().unwrap()).collect();
    let expected: Vec<_> = samples::all().iter().map(|sample| sample.kind).collect();
    assert_eq!(names, expected);
    let table = scene.run(["types"]).ok();
    let plain = scene.run(["types", "-o", "name"]).ok();
    assert_eq!(plain.stdout().lines().collect::<Vec<_>>(), expected);
    for name in expected {
        assert!(table.stdout().lines().any(|line| line.starts_with(&format!("{name} "))), "{name}");
    }
}

#[test]
fn a_type_names_every_field_and_what_is_secret() {
    let scene = Scene::bare();
    for sample in samples::all() {
        let shown = scene.run(["types", sample.kind, "-o", "json"]).ok().json();
        let fields = shown["fields"].as_array().unwrap();
        let table = scene.run(["types", sample.kind]).ok();
        for path in sample.required.iter().chain(sample.optional) {
            let row = fields.iter().find(|row| row["field"] == *path);
            let row = row.unwrap_or_else(|| panic!("{}: {path} is not named: {shown}", sample.kind));
            let needed = sample.required.contains(path);
            assert_eq!(row["need"] == "required", needed, "{}: {path}", sample.kind);
            if sample.secrets.contains(path) {
                assert_eq!(row["secret"], "yes", "{}: {path}", sample.kind);
            }
            assert!(!row["expects"].as_str().unwrap().is_empty());
            assert!(table.stdout().contains(path), "{}: {path} is not in the table", sample.kind);
        }
        let mut required = texts(&shown["required"]);
        required.sort_unstable();
        let mut expected = sample.required.to_vec();
        expected.sort_unstable();
        assert_eq!(required, expected, "{}", sample.kind);
    }
}

#[test]
fn types_are_found_by_their_other_names() {
    let scene = Scene::bare();
    for (name, kind) in [
        ("login", "UsernamePassword"),
        ("gmsa", "GroupManagedServiceAccount"),
        ("ASTRA:S3", "s3"),
        ("snmp", "SnmpCommunityString"),
    ] {
        assert_eq!(scene.run(["types", name, "-o", "json"]).ok().json()["type"], kind);
    }
    let outcome = scene.run(["types", "nonsense"]);
    assert!(matches!(outcome.status(), Some(2..=4)), "{outcome:?}");
    outcome.says("known types");
}
