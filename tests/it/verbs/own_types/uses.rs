//! Own types in the verbs: generated values, dates, bundles, dialogues, filters.

use serde_json::json;

use super::{GITHUB, POSTGRES, WIFI, define, run};
use crate::contract::prompts::asking;
use crate::support::Scene;
use crate::support::terminal::Terminal;

#[test]
fn values_are_generated_where_the_definition_says_so() {
    let scene = Scene::new();
    let toml = "name = \"a.pin\"\nsummary = \"s\"\n[[field]]\nname = \"pin\"\nkind = \"secret\"\nhelp = \"PIN\"\n\
                required = true\npattern = '[0-9]{6}'\ngenerate = \"generate\"\n\
                [[field]]\nname = \"token\"\nkind = \"secret\"\nhelp = \"token\"\ngenerate = \"never\"\n";
    define(&scene, toml);
    scene.run(["add", "a.pin", "a"]).ok();
    let pin = scene.run(["get", "a", "--field", "pin"]).ok().stdout().to_owned();
    assert!(pin.len() == 6 && pin.bytes().all(|byte| byte.is_ascii_digit()), "{pin}");
    scene.refuses(2, ["patch", "a", "token=generate"], "").says("is made elsewhere");
    // the prompt offers to make one
    define(&scene, &toml.replace("\"generate\"", "\"ask\""));
    let mut terminal = Terminal::start(&asking(&scene, &["add", "a.pin", "b", "token=-"]), "");
    terminal.answer("Token: ", "t").answer("(again): ", "t").answer("PIN (Enter generates one): ", "");
    terminal.end();
    assert_eq!(scene.run(["get", "b", "--field", "pin"]).ok().stdout().len(), 6);
}

#[test]
fn an_end_comes_from_a_date_and_a_rotation_from_the_age_of_the_secrets() {
    let scene = Scene::new();
    define(&scene, GITHUB);
    run(&scene, &["add", "github-token", "a", "account=o", "token=env:GITHUB", "expires=2099-01-31"]).ok();
    assert_eq!(scene.get("a")["validUntil"], "2099-01-31T00:00:00.000000Z");
    run(&scene, &["patch", "a", "expires=2020-01-31"]).ok();
    assert_eq!(scene.get("a")["state"], "Expired");
    define(&scene, POSTGRES);
    run(&scene, &["add", "db.postgres", "b", "host=h", "database=d", "username=u", "password=env:SECRET"])
        .ok();
    scene.run(["check", "--only", "rotation"]).ok();
    scene.edit(|vault| {
        for name in ["createdAt", "updatedAt"] {
            vault["credentials"][1][name] = json!("2020-01-01T00:00:00.000000Z");
        }
    });
    let checked = scene.run(["check", "--only", "rotation"]).exits(8);
    assert!(checked.stdout().contains("since 2020-01-01, at least 180 days"), "{checked:?}");
    // another change makes no secret new
    scene.run(["patch", "b", "--label", "a=b"]).ok();
    scene.run(["patch", "b", "username=other"]).ok();
    let checked = scene.run(["check", "--only", "rotation"]).exits(8);
    assert!(checked.stdout().contains("since 2020-01-01"), "{checked:?}");
    scene.run_with(["patch", "b", "password=-"], "S-new-secret-1").ok();
    scene.run(["check", "--only", "rotation"]).ok();
    // and stays so
    scene.run(["patch", "b", "--label", "a=c"]).ok();
    scene.run(["check", "--only", "rotation"]).ok();
}

#[test]
fn a_bundle_has_the_types_of_its_credentials() {
    let scene = Scene::new();
    define(&scene, POSTGRES);
    define(&scene, WIFI);
    run(&scene, &["add", "db.postgres", "a", "host=h", "database=d", "username=u", "password=env:SECRET"])
        .ok();
    let (out, own) = (scene.text_path("env.age"), scene.own());
    scene.run(["environment", "add", "prod", "--recipient", &own, "--out", &out]).ok();
    let bundle = ["--vault", &out];
    let shown = scene.run([&["get", "a", "-o", "json"][..], &bundle].concat()).ok().json();
    assert_eq!(shown["fields"]["host"], "h");
    let types = scene.run([&["types", "-o", "name"][..], &bundle].concat()).ok();
    assert!(types.stdout().contains("db.postgres") && !types.stdout().contains("net.wifi"), "{types:?}");
}

#[test]
fn a_dialogue_and_a_filter_know_own_types() {
    let scene = Scene::new();
    define(&scene, WIFI);
    let mut terminal = Terminal::start(&asking(&scene, &["add", "net.wifi"]), "");
    terminal.answer("Name, such as team/wiki: ", "office").answer("Network name: ", "guests");
    terminal.answer("[Y/n/e] ", "y");
    let ended = terminal.end();
    assert_eq!(ended.status, 0, "{ended:?}");
    let filter = ["list", "--filter", "ssid eq 'guests' and hidden eq false", "-o", "name"];
    assert_eq!(scene.run(filter).ok().stdout(), "office\n");
    assert_eq!(scene.run(["list", "--filter", "type eq 'NET.WIFI'", "-o", "name"]).ok().stdout(), "office\n");
    scene.refuses(2, ["list", "--filter", "password eq 'x'"], "");
    scene.refuses(2, ["list", "--filter", "colour eq 'x'"], "");
    scene.run(["patch", "office", "hidden=true"]).ok();
    let edited = scene.run(["get", "office", "--field", "hidden"]).ok();
    assert_eq!(edited.stdout(), "true");
}
