//! Every JSON answer is what `docs/schema/answers.json` says.

use serde_json::{Value, json};

use crate::support::Scene;

/// Of a throwaway identity.
const RECIPIENT: &str = "age178js2ttrhgpm26rmtpjvkr9fsh5jw7yryatnwe8acd64njjezpuqtv5u4z";

/// Panics with all that an answer does not keep of its definition.
fn assert_is(definition: &str, answer: &Value) {
    let mut schema: Value = serde_json::from_str(include_str!("../../docs/schema/answers.json")).unwrap();
    schema["$ref"] = json!(format!("#/$defs/{definition}"));
    let validator = jsonschema::options().should_validate_formats(true).build(&schema).unwrap();
    let wrong: Vec<String> =
        validator.iter_errors(answer).map(|error| format!("{}: {error}", error.instance_path())).collect();
    assert!(wrong.is_empty(), "{definition}: {wrong:#?}\n{answer:#}");
}

#[test]
fn answers_about_one_credential() {
    let scene = Scene::bare();
    let identity = scene.text_path("identity.txt");
    assert_is("vault", &scene.run(["init", "--generate-identity", &identity, "-o", "json"]).ok().json());
    let words = [
        "add",
        "login",
        "a",
        "username=u",
        "password=-",
        "--label",
        "x=y",
        "--valid-until",
        "90d",
        "-o",
        "json",
    ];
    assert_is("changed", &scene.run_with(words, "p").ok().json());
    assert_is(
        "changed",
        &scene.run(["patch", "a", "--description", "d", "--tag", "k=v", "-n", "-o", "json"]).ok().json(),
    );
    assert_is(
        "changed",
        &scene.run_with(["put", "a", "username=u", "password=-", "-o", "json"], "q").ok().json(),
    );
    assert_is("changed", &scene.run_with(["passwd", "a", "--password-stdin", "-o", "json"], "q").ok().json());
    assert_is("credential", &scene.run(["get", "a", "-o", "json"]).ok().json());
    assert_is("credential", &scene.run(["get", "a", "--reveal", "-o", "json"]).ok().json());
    assert_is("deleted", &scene.run(["delete", "a", "-y", "-o", "json"]).ok().json());
    assert_is("vault", &scene.run(["rekey", "--add-recipient", RECIPIENT, "-o", "json"]).ok().json());
}

#[test]
fn answers_about_many() {
    let scene = Scene::with_login();
    let documents = r#"[{"id":"b","type":"Simple","value":"v"},{"id":"b","type":"Simple"}]"#;
    assert_is("bulk", &scene.run_with(["add", "-f", "-", "-o", "json"], documents).json());
    assert_is("list", &scene.run(["list", "-o", "json"]).ok().json());
    assert_is("list", &scene.run(["list", "--limit", "1", "-o", "json"]).ok().json());
    assert_is("list", &scene.run(["list", "--include", "name,id,enabled", "-o", "json"]).ok().json());
    assert_is("bulk", &scene.run(["patch", "admin", "b", "--description", "d", "-o", "json"]).ok().json());
    assert_is("bulk", &scene.run(["delete", "admin", "nobody", "-y", "-o", "json"]).json());
    for line in scene.run(["list", "-o", "jsonl"]).ok().stdout().lines() {
        assert_is("metadata", &serde_json::from_str(line).unwrap());
    }
}

#[test]
fn the_catalogue_and_errors() {
    let scene = Scene::with_login();
    assert_is("types", &scene.run(["types", "-o", "json"]).ok().json());
    for kind in credctl::kind::KINDS {
        assert_is("type", &scene.run(["types", kind.name, "-o", "json"]).ok().json());
    }
    for (status, words) in [
        (2, &["list", "--limit", "0", "-o", "json"][..]),
        (2, &["nonsense", "-o", "json"]),
        (3, &["add", "login", "x", "-o", "json"]),
        (4, &["get", "nobody", "-o", "json"]),
        (5, &["init", "--generate-identity", "id2.txt", "-o", "json"]),
    ] {
        assert_is("error", &scene.refuses(status, words.to_vec(), "").error());
    }
}
