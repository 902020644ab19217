//! Definitions that change or end while credentials use them.

use serde_json::json;

use super::{POSTGRES, SECRET, define, run};
use crate::support::{Scene, members, texts};

#[test]
fn no_definition_shows_what_is_stored_as_a_secret() {
    let secret =
        "name = \"a.b\"\nsummary = \"s\"\n\n[[field]]\nname = \"code\"\nkind = \"secret\"\nhelp = \"h\"\n";
    let public = secret.replace("\"secret\"", "\"text\"");
    let scene = Scene::new();
    define(&scene, secret);
    // nothing is stored yet
    define(&scene, &public);
    define(&scene, secret);
    scene.run_with(["add", "a.b", "one", "code=-"], SECRET).ok();
    let refused = |scene: &Scene| {
        scene
            .run_with(["types", "--define", "-"], &public)
            .exits(5)
            .says("`code` of `a.b` must stay secret, because stored credentials have it");
    };
    refused(&scene);
    // earlier versions have it, too
    scene.run(["delete", "one", "-y"]).ok();
    refused(&scene);
    scene.run(["list", SECRET]).ok().hides(SECRET);
}

#[test]
fn a_changed_definition_leaves_credentials_as_they_are() {
    let scene = Scene::new();
    define(&scene, POSTGRES);
    for id in ["a", "b"] {
        let port = if id == "a" { "5432" } else { "6000" };
        run(
            &scene,
            &[
                "add",
                "db.postgres",
                id,
                "host=h",
                "database=d",
                "username=u",
                "password=env:SECRET",
                &format!("port={port}"),
            ],
        )
        .ok();
    }
    let before = scene.get("b");
    let narrow =
        POSTGRES.replace("max = 65535", "max = 5500").replace("name = \"sslmode\"", "name = \"tls\"");
    let changed = define(&scene, &narrow);
    assert_eq!((&changed["credentials"], &changed["changed"]), (&json!(2), &json!(true)));
    // the field that was renamed is not a field any more
    assert_eq!(texts(&changed["failing"]), ["a", "b"]);
    assert_eq!(before["fields"]["port"], scene.get("b")["fields"]["port"]);
    let secrets = |id: &str| scene.run(["get", id, "-o", "json"]).ok().json()["secrets"].clone();
    assert_eq!(texts(&secrets("b")), ["password", "sslmode"]);
    let checked = scene.run(["check", "--only", "rules", "-o", "json"]).exits(8).json();
    let found = checked.to_string();
    assert!(
        found.contains("is not a field of db.postgres any more") && found.contains("must be at most 5500"),
        "{found}"
    );
    scene.run(["patch", "b", "port=5433", "--unset", "sslmode"]).ok();
    assert_eq!(texts(&secrets("b")), ["password"]);
    scene.run(["patch", "a", "--description", "d"]).ok();
    assert_eq!(texts(&secrets("a")), ["password", "sslmode"], "a change keeps what it does not name");
}

#[test]
fn a_removed_type_stays_for_its_credentials() {
    let scene = Scene::new();
    define(&scene, POSTGRES);
    let add = ["add", "db.postgres", "a", "host=h", "database=d", "username=u", "password=env:SECRET"];
    run(&scene, &add).ok();
    let removed = scene.run(["types", "--undefine", "db.postgres", "-o", "json"]).ok().json();
    assert_eq!(removed["keptFor"], 1);
    assert_eq!(scene.get("a")["fields"]["host"], "h");
    scene.run(["patch", "a", "host=other"]).ok();
    let again = [&add[..2], &["b"], &add[3..]].concat();
    run(&scene, &again).exits(3).says("was removed");
    // the versions of a deleted credential need it, too
    scene.run(["delete", "a", "-y"]).ok();
    scene.run(["restore", "a"]).ok();
    assert_eq!(scene.get("a")["fields"]["host"], "other");
    scene.run(["delete", "a", "-y"]).ok();
    scene.run(["purge", "a", "-y"]).ok();
    scene.login("c");
    let listed = scene.run(["types", "-o", "name"]).ok();
    assert!(!listed.stdout().contains("db.postgres"), "{}", listed.stdout());
    scene.refuses(4, ["types", "--undefine", "db.postgres"], "");
}

#[test]
fn a_credential_without_a_definition_is_shown_and_kept() {
    let scene = Scene::new();
    define(&scene, POSTGRES);
    run(&scene, &["add", "db.postgres", "a", "host=h", "database=d", "username=u", "password=env:SECRET"])
        .ok();
    scene.edit(|vault| vault["types"] = json!([]));
    let line = |scene: &Scene| {
        scene
            .text()
            .lines()
            .find(|line| line.starts_with(r#"{"id":"a""#))
            .unwrap()
            .trim_end_matches(',')
            .to_owned()
    };
    scene.login("b");
    let before = line(&scene);
    let listed = scene.run(["list", "-o", "json"]).ok().json();
    assert_eq!(listed["items"][0]["type"], "db.postgres");
    let shown = scene.run(["get", "a", "-o", "json"]).ok().json();
    assert_eq!(members(&shown["fields"]), Vec::<&str>::new());
    let mut secrets = texts(&shown["secrets"]);
    secrets.sort_unstable();
    assert_eq!(secrets, ["database", "host", "password", "port", "sslmode", "username"]);
    let revealed = scene.run(["get", "a", "--reveal", "-o", "json"]).ok().json();
    assert_eq!((&revealed["fields"]["host"], &revealed["fields"]["port"]), (&json!("h"), &json!(5432)));
    let refused = |words: &[&str], reason| drop(scene.run(words).exits(3).says(&format!("type: {reason}")));
    refused(&["patch", "a", "--description", "x"], "is not a known type");
    refused(&["copy", "a", "c"], "db.postgres has no definition in this vault");
    refused(&["add", "db.postgres", "d"], "is not a known type");
    let checked = scene.run(["check", "--only", "rules"]).exits(8);
    assert!(checked.stdout().contains("has no definition"), "{checked:?}");
    scene.login("e");
    assert_eq!(line(&scene), before, "it is kept to the byte");
    // the definition is there again, and so are the fields
    define(&scene, POSTGRES);
    assert_eq!(scene.get("a")["fields"]["host"], "h");
    scene.edit(|vault| vault["types"] = json!([]));
    scene.run(["delete", "a", "-y"]).ok();
}

#[test]
fn the_types_of_two_vaults_are_apart() {
    let (one, other) = (Scene::new(), Scene::new());
    define(&one, POSTGRES);
    define(&other, &POSTGRES.replace("max = 253", "max = 2"));
    let words = ["add", "db.postgres", "a", "host=host", "database=d", "username=u", "password=env:SECRET"];
    run(&one, &words).ok();
    run(&other, &words).exits(3).says("at most 2 characters");
}

#[test]
fn no_import_shows_what_a_definition_hides() {
    let scene = Scene::new();
    let toml = |kind: &str, name: &str, alias: &str| {
        format!(
            "name = \"{name}\"\nsummary = \"x\"\naliases = [{alias}]\n\n[[field]]\nname = \"f\"\nkind = \"{kind}\"\nhelp = \"x\"\n"
        )
    };
    scene.run(["types", "--define", &scene.file("type.toml", toml("secret", "acme-key", ""))]).ok();
    scene.run_with(["add", "acme-key", "one", "f=-"], "S-one").ok();
    scene.run_with(["add", "acme-key", "two", "f=-"], "S-two").ok();
    let exported = scene.run(["export", "two"]).ok().stdout().to_owned();
    let public = exported.replace("\"kind\": \"secret\"", "\"kind\": \"text\"");
    assert_ne!(public, exported);
    for policy in ["replace", "skip"] {
        let file = scene.file("public.json", &public);
        let outcome = scene.run(["import", &file, "--on-conflict", policy]).hides("S-one");
        assert_eq!(outcome.status() == Some(0), policy == "skip", "{outcome:?}");
        scene.run(["get", "one"]).ok().hides("S-one");
        scene.run(["list", "--include", "id,f"]).exits(2).hides("S-one");
    }
    // nor does it take the name of another type
    scene.run(["types", "--define", &scene.file("other.toml", toml("text", "acme-host", ""))]).ok();
    let taken = toml("text", "acme-door", "\"acme-host\"");
    let other = Scene::new();
    other.run(["types", "--define", &other.file("door.toml", taken)]).ok();
    other.run(["add", "acme-door", "door", "f=x"]).ok();
    let door = other.run(["export"]).ok().stdout().to_owned();
    scene.refuses(5, ["import", &scene.file("door.json", door)], "").says("acme-host");
    // several faults have a line each
    let faults =
        scene.file("faults.toml", "name = \"x\"\nsummary = \"\"\n\n[[field]]\nname = \"f\"\nkind = \"no\"\n");
    let told = scene.refuses(3, ["types", "--define", &faults], "");
    assert!(told.stderr.lines().count() > 3 && !told.stderr.contains("\\n"), "{told:?}");
}
