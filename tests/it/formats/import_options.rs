//! The options of an import: the ids of its items, conflicts, and the columns of a table.

use serde_json::json;

use crate::support::{Scene, invalid_fields};

const LOGINS: &str = "name,url,username,password,note\nMail,https://m.example/,ada,pw,codes\n";

#[test]
fn variables_become_one_credential_with_the_names_and_the_order_of_the_file() {
    let scene = Scene::new();
    let names = ["Z", "DATABASE_URL", "a_b", "EMPTY", "A"];
    let lines: String = names.iter().enumerate().map(|(at, name)| format!("{name}='S-{at}'\n")).collect();
    let file = scene.file("x.env", lines.replace("'S-3'", ""));
    let answer = scene.run(["import", &file, "--as", "shop", "-o", "json"]).ok().hides("S-").json();
    assert_eq!(answer["results"][0]["id"], "shop");
    let shown = scene.run(["get", "shop", "-o", "json"]).ok().hides("S-").json();
    assert_eq!(shown["type"], "env");
    assert_eq!(shown["secrets"], json!(names.map(|name| format!("variables.{name}"))));
    assert_eq!(shown["fields"], json!({"variableNames": names.join(", ")}));
    assert!(scene.run(["list"]).ok().hides("S-").stdout().contains("Z, DATABASE_URL, a_b"));
    let exported = scene.run(["export", "shop", "--format", "dotenv"]).ok();
    assert_eq!(exported.stdout(), "Z='S-0'\nDATABASE_URL='S-1'\na_b='S-2'\nEMPTY=''\nA='S-4'\n");
    // a second time it is there, as any credential is
    scene.run(["import", &file, "--as", "shop"]).exits(5).says("--on-conflict");
    scene.run(["import", &file, "--as", "shop", "--on-conflict", "skip"]).ok();
    let other = scene.file("y.env", "B=1\n");
    scene.run(["import", &other, "--as", "shop", "--on-conflict", "replace"]).ok();
    assert_eq!(scene.get("shop")["fields"]["variables"], json!({"B": "1"}));
    scene
        .run(["import", &file, "--as", "shop", "--on-conflict", "rename"])
        .ok()
        .says("shop-2 is new: shop exists");
    assert_eq!(scene.ids(), ["shop", "shop-2"]);
    // without the option each is a credential
    scene.run(["import", &other, "--id-prefix", "x/"]).ok();
    assert_eq!(scene.get("x/B")["type"], "Simple");
}

#[test]
fn names_that_are_no_variables_are_refused_by_name() {
    let scene = Scene::new();
    let file = scene.file("x.env", "A=1\na.b=S-2\n1A=S-3\n");
    let refused = scene.run(["import", &file, "--as", "shop", "-o", "json"]).exits(3).hides("S-");
    assert_eq!(invalid_fields(&refused.json()["results"][0]["error"]), ["variables.a.b", "variables.1A"]);
    assert!(scene.ids().is_empty());
}

#[test]
fn a_broken_line_of_a_list_of_variables_is_named() {
    let scene = Scene::new();
    let file = scene.file("x.env", "A=S-1\n# note\nB=S-2\nS-3 and more\n");
    for options in [&["--as", "shop"][..], &[], &["--format", "dotenv"]] {
        let refused = scene.run([&["import", &file], options].concat()).exits(3).hides("S-");
        refused
            .says("line 4: must be NAME=VALUE, a comment, or empty")
            .says("the file is a list of variables");
    }
    // what is no list of variables is still told by its own reader
    let other = scene.file("x.yaml", "a: [b\n");
    scene.run(["import", &other, "--as", "shop"]).exits(3).says("--format sets the format");
    assert!(scene.ids().is_empty());
}

#[test]
fn one_item_gets_the_id_and_several_get_none() {
    let scene = Scene::new();
    let one = scene.file("one.csv", LOGINS);
    scene.run(["import", &one, "--as", "post"]).ok();
    assert_eq!(scene.get("post")["name"], "Mail");
    let two = scene.file("two.csv", format!("{LOGINS}Shop,,ada,pw,\n"));
    scene.run(["import", &two, "--as", "x"]).exits(2).says("2 items are in the file").says("--id-prefix");
    scene.run(["import", &two, "--as", "x", "--id-prefix", "y"]).exits(2);
    // the id of an account is one of its fields
    let account = scene.file("a.txt", "u#pw\n");
    let words =
        ["import", &account, "--format", "apinizer-csv", "--default-email", "a@b.example", "--as", "x"];
    scene.run(words).exits(3).says("username");
    assert!(!scene.ids().iter().any(|id| id == "x" || id == "u"));
}

#[test]
fn a_reference_follows_the_new_id() {
    let scene = Scene::with_login();
    scene.run(["ref", "add", "admin", "/servers/s1"]).ok();
    scene.run(["export", "--out", "all.json"]).ok();
    let file = scene.text_path("all.json");
    for (options, id) in [(["--as", "root"], "root"), (["--id-prefix", "p/"], "p/admin")] {
        let other = Scene::new();
        other.run([&["import", &file], &options[..]].concat()).ok();
        let listed = other.run(["ref", "list", "--resource", "/servers/s1", "-o", "json"]).ok();
        assert!(listed.stdout().contains(&format!("/credentials/{id}")), "{}", listed.stdout());
    }
}

#[test]
fn a_prefix_makes_a_place_of_its_own() {
    let scene = Scene::new();
    let file = scene.file("one.csv", LOGINS);
    scene.run(["import", &file]).ok();
    scene.run(["import", &file, "--id-prefix", "work/"]).ok();
    let ids = scene.ids();
    assert!(ids.iter().any(|id| id == "Mail") && ids.iter().any(|id| id == "work/Mail"), "{ids:?}");
    let half = ids.len() / 2;
    assert_eq!(ids.iter().filter(|id| id.starts_with("work/")).count(), half, "{ids:?}");
    // the same file again is the same entries, in this place and in the other one
    scene.run(["import", &file, "--id-prefix", "work/", "--on-conflict", "skip"]).ok();
    scene.run(["import", &file, "--id-prefix", "work/", "--on-conflict", "replace"]).ok();
    assert_eq!(scene.ids(), ids);
    // a document without an id gets one that begins so
    let document = scene.file("d.json", r#"{"type":"Simple","value":"S-v"}"#);
    scene.run(["import", &document, "--id-prefix", "new/"]).ok();
    assert!(scene.ids().iter().any(|id| id.starts_with("new/") && id.len() == 40), "{:?}", scene.ids());
    let account = scene.file("a.txt", "u#pw\n");
    let words = ["import", &account, "--format", "apinizer-csv", "--default-email", "a@b.example"];
    scene
        .run([&words[..], &["--id-prefix", "x/"]].concat())
        .ok()
        .says("u keeps its id, which is its username");
    scene.run(["import", &file, "--id-prefix", "a b"]).exits(2).says("--id-prefix must not contain blanks");
}

#[test]
fn a_conflict_can_give_the_item_the_next_free_id() {
    let scene = Scene::new();
    let file = scene.file("one.csv", LOGINS);
    scene.run(["import", &file]).ok();
    let first = scene.ids();
    let renamed = scene.run(["import", &file, "--on-conflict", "rename"]).ok();
    renamed.says("Mail-2 is a new entry: Mail").says("exists, and stays");
    scene.run(["import", &file, "--on-conflict", "rename"]).ok().says("Mail-3");
    assert_eq!(scene.ids().len(), 3 * first.len());
    // an id that the file itself names, twice in the file too
    let documents = r#"[{"id":"a","type":"Simple","value":"1"},{"id":"a","type":"Simple","value":"2"}]"#;
    let documents = scene.file("d.json", documents);
    let answer = scene.run(["import", &documents, "--on-conflict", "rename", "-o", "json"]).ok();
    answer.says("a-2 is new: a exists, and stays");
    assert_eq!(
        (&scene.get("a")["fields"]["value"], &scene.get("a-2")["fields"]["value"]),
        (&json!("1"), &json!("2"))
    );
    // what cannot have another id fails
    let account = scene.file("a.txt", "u#pw\n");
    let words = ["import", &account, "--format", "apinizer-csv", "--default-email", "a@b.example"];
    scene.run(words).ok();
    scene.run([&words[..], &["--on-conflict", "rename"]].concat()).exits(5);
}

#[test]
fn the_columns_of_any_table_can_be_named() {
    let scene = Scene::new();
    let file = scene.file("any.csv", "Label;Made;Pass phrase;Who\nMail;2020;S-pw;ada\nNote;2021;S-only;\n");
    let answer =
        scene.run(["import", &file, "--map", "title=Label,password=Pass phrase", "--map", "username=#4"]);
    answer.ok().says("columns left out: Made").hides("S-");
    assert_eq!(scene.get("Mail")["fields"]["password"], "S-pw");
    assert_eq!(scene.get("Note")["fields"]["value"], "S-only");
    let plain = scene.file("plain.tsv", "k1\tS-1\nk2\tS-2\n");
    scene.run(["import", &plain, "--map", "id=#1,password=#2", "--no-header"]).ok();
    assert_eq!(scene.get("k2")["fields"]["value"], "S-2");
    let typed = scene.file("typed.csv", "kind,key,secret\napikey,stripe,S-3\n");
    scene.run(["import", &typed, "--map", "type=kind,id=key,apikey=secret"]).ok();
    assert_eq!(scene.run(["get", "stripe", "--field", "apikey"]).ok().stdout(), "S-3");
    for words in [
        &["--map", "title"][..],
        &["--map", "colour=Label"],
        &["--map", "title=Label,title=Who"],
        &["--map", "title=Label", "--no-header"],
        &["--map", "title=Label", "--format", "dotenv"],
        &["--no-header"],
    ] {
        scene.run([&["import", &file], words].concat()).exits(2).hides("S-");
    }
    scene
        .run(["import", &file, "--map", "title=Nothing"])
        .exits(3)
        .says("title: is in a column that the file does not have");
}
