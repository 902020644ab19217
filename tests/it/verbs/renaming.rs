//! `rename` and `copy` at the command line; their rules are in `rules/renaming.rs`.

use serde_json::json;

use crate::contract::prompts::asking;
use crate::support::Scene;
use crate::support::terminal::Terminal;

#[test]
fn a_renamed_credential_keeps_all_that_hangs_on_it() {
    let scene = Scene::with_login();
    scene.run(["grant", "admin", "--api-proxy", "Payments"]).ok();
    scene.run(["ref", "add", "admin", "/servers/host1"]).ok();
    scene.run_with(["patch", "admin", "password=-"], "S-second").ok();
    let tried = scene.run(["rename", "admin", "ops/admin", "--dry-run"]).ok();
    assert_eq!(scene.get("admin")["id"], "admin", "{tried:?}");
    let answer = scene.answer(["mv", "admin", "ops/admin"]);
    assert_eq!((&answer["id"], &answer["name"]), (&json!("ops/admin"), &json!("ops/admin")));
    scene.run(["get", "admin"]).exits(4);
    let shown = scene.get("ops/admin");
    assert_eq!(shown["access"].as_array().unwrap().len(), 1);
    assert_eq!(shown["references"].as_array().unwrap().len(), 1);
    let history = scene.answer(["history", "ops/admin"]);
    let revisions: Vec<_> =
        history["items"].as_array().unwrap().iter().map(|item| item["revision"].clone()).collect();
    assert_eq!(revisions, [3, 2, 1]);
    scene.run(["rollback", "ops/admin", "--revision", "1"]).ok();
    // the rollback is undone, and the new id stays
    scene.run(["undo"]).ok();
    assert_eq!(scene.get("ops/admin")["revision"], 3);
}

#[test]
fn an_id_that_is_taken_or_comes_from_a_field_stays() {
    let scene = Scene::with_login();
    let caller =
        ["add", "apiCredential", "username=caller", "password=-", "email=c@example.org", "fullName=C"];
    scene.run_with(caller, "Sup3r-secret-1").ok();
    scene.refuses(5, ["rename", "admin", "caller"], "").says("`caller` exists already");
    scene.refuses(5, ["rename", "caller", "other"], "").says("comes from its field username");
    scene.refuses(3, ["rename", "admin", ""], "").says("id");
    scene.refuses(4, ["rename", "none", "other"], "").says("there is no credential `none`");
    scene.refuses(5, ["rename", "admin", "other", "--if-match", "0"], "").says("changed meanwhile");
}

#[test]
fn a_copy_takes_new_values() {
    let scene = Scene::with_login();
    scene.run(["grant", "admin", "--api-proxy", "Payments"]).ok();
    let copied = ["cp", "admin", "admin-test", "username=tester", "password=-", "--label", "env=test"];
    scene.run_with(copied, "S-test").ok().hides("S-test");
    let shown = scene.get("admin-test");
    assert_eq!((&shown["fields"]["username"], &shown["revision"]), (&json!("tester"), &json!(1)));
    assert_eq!(
        (&shown["access"], &shown["labels"]),
        (&json!([]), &json!([{"name": "env", "value": "test"}]))
    );
    assert_eq!(scene.run(["get", "admin-test", "--field", "password"]).ok().stdout(), "S-test");
    scene.refuses(5, ["copy", "admin", "admin-test"], "");
    scene.refuses(2, ["copy", "admin"], "").says("two ids are needed");
    scene.refuses(2, ["copy", "admin", "third", "colour=red"], "").says("colour");
}

#[test]
fn a_rename_on_a_terminal_takes_grants_references_and_the_bundle_along() {
    let scene = Scene::with_login();
    let recipient = scene.recipient("e.txt");
    scene.run(["grant", "admin", "--api-proxy", "Payments"]).ok();
    scene.run(["ref", "add", "admin", "/servers/host1"]).ok();
    let environment = ["environment", "add", "e", "--recipient", &recipient, "--out", "e.age"];
    scene.run(environment.iter().chain(&["--api-proxy", "Payments"])).ok();
    let mut command = asking(&scene, &["rename", "adm", "ops/admin"]);
    command.env("TERM", "xterm");
    let mut terminal = Terminal::sized(&command, 80);
    terminal.expect("> admin").keys("\r");
    let ended = terminal.end();
    assert!(ended.status == 0 && ended.restored, "{ended:?}");
    let bundle = scene.run(["list", "--vault", "e.age", "-i", "e.txt", "-o", "name"]).ok();
    assert_eq!(bundle.stdout(), "ops/admin\n");
    let shown = scene.get("ops/admin");
    assert_eq!(shown["access"][0]["name"], "Payments");
    assert_eq!(shown["references"].as_array().unwrap().len(), 1);
}
