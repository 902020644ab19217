//! `get` for people: the view of one credential, and several fields at once.

use chrono::{TimeDelta, Utc};
use serde_json::json;

use crate::contract::prompts::asking;
use crate::support::samples::USER;
use crate::support::terminal::Terminal;
use crate::support::{Scene, samples};

const CERTIFICATE: &str = include_str!("../../../src/kind/rule/testdata/certificate.pem");
const KEY: &str = include_str!("../../../src/kind/rule/testdata/openssh_ed25519.pem");

fn view(scene: &Scene, id: &str) -> Vec<String> {
    scene.run(["get", id]).ok().stdout().lines().map(str::to_owned).collect()
}

/// Returns the text of the row of this name.
#[track_caller]
fn row<'a>(view: &'a [String], name: &str) -> &'a str {
    let row = view.iter().find_map(|line| line.strip_prefix(name)?.strip_prefix("  "));
    row.unwrap_or_else(|| panic!("no {name} in {view:#?}")).trim()
}

#[test]
fn a_title_comes_first_then_what_it_holds_and_the_rest_in_one_line() {
    let scene = Scene::new();
    let words = ["add", "login", "db", "username=app", "password=-", "--label", "env=prod"];
    scene
        .run_with(words.iter().chain(&["--valid-until", "2094-01-31", "--description", "orders"]), "S-p")
        .ok();
    let view = view(&scene, "db");
    assert_eq!(view[0], "db  login · Ok · ends 2094-01-31 00:00");
    assert_eq!(row(&view, "description"), "orders");
    assert_eq!(row(&view, "username"), "app");
    assert_eq!(row(&view, "password"), "••••••");
    assert_eq!(row(&view, "label env"), "prod");
    let last = view.last().unwrap();
    assert!(last.starts_with("revision 1 · created ") && last.contains(" · etag "), "{last}");
    assert!(!view.iter().any(|line| line.contains("instanceId") || line.contains("S-p")));
    let all = scene.run(["get", "db", "--all"]).ok().hides("S-p");
    for member in ["instanceId", "etag", "createdBy", "modifiedBy", "revision"] {
        let value = &scene.get("db")[member];
        let value = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
        assert!(
            all.stdout().lines().any(|line| line.starts_with(member) && line.ends_with(&value)),
            "{member}"
        );
    }
}

#[test]
fn a_terminal_reads_times_as_distances_and_nothing_is_wider_than_needed() {
    let scene = Scene::new();
    let until = (Utc::now() + TimeDelta::days(9) + TimeDelta::hours(1)).to_rfc3339();
    let words = ["add", "login", "db", "username=app", "password=-", "--valid-until", &until];
    scene.run_with(words, "S-p").ok();
    let ended = Terminal::sized(&asking(&scene, &["get", "db"]), 80).end();
    let shown: Vec<_> = ended.shown.lines().map(str::trim_end).collect();
    assert!(shown[0].starts_with("db  login ") && shown[0].ends_with(" ends in 9 days"), "{ended:?}");
    assert!(shown.iter().any(|line| line.starts_with("validUntil") && line.ends_with("(in 9 days)")));
    assert!(
        shown.iter().any(|line| line.starts_with("revision 1 ") && line.contains(" created just now ")),
        "{shown:?}"
    );
}

#[test]
fn certificates_keys_and_kubeconfigs_are_shown_as_what_they_say() {
    let scene = Scene::new();
    scene.run_with(["add", "certificate", "web", "certificate=-"], CERTIFICATE).ok();
    scene.run_with(["add", "privkey", "ssh", "privkey=-"], KEY).ok();
    scene.run_with(["add", "-f", "-"], samples::of("kubeconfig").document.to_string()).ok();
    for words in [&["get", "web"][..], &["get", "web", "--reveal"]] {
        scene.run(words).ok().hides("LS0t").hides(CERTIFICATE.lines().nth(1).unwrap());
    }
    let web = view(&scene, "web");
    assert!(web[0].starts_with("web  certificate · Ok · ends 2100-10-25 16:51"), "{web:?}");
    assert_eq!(row(&web, "subject"), r"CN=host1.example.org,O=Example\, Inc.,C=SE");
    assert_eq!(row(&web, "notAfter"), "2100-10-25 16:51");
    assert_eq!(row(&web, "key"), "EC P-256");
    assert!(row(&web, "subjectAltNames").contains("www.example.org"));
    let ssh = view(&scene, "ssh");
    assert_eq!(row(&ssh, "algorithm"), "Ed25519");
    assert!(row(&ssh, "fingerprint").starts_with("SHA256:"));
    assert_eq!(row(&ssh, "privkey"), "••••••");
    let kubeconfig = view(&scene, "kubeconfig");
    assert_eq!(row(&kubeconfig, "server"), "https://k8s.example:6443");
    // nothing of this is in the answers for programs
    let fields = &scene.run(["get", "web", "-o", "json"]).ok().json()["fields"];
    assert!(fields["key"].is_null() && fields["notAfter"] == "2100-10-25T16:51:46.000000Z", "{fields}");
}

#[test]
fn a_note_is_shown_as_its_text_once_it_is_revealed() {
    let scene = Scene::new();
    scene.run_with(["add", "generic", "n", "keyStore.notes=-"], "recovery code one\ncode two").ok();
    let hidden = scene.run(["get", "n"]).ok().hides("recovery").hides("cmVj");
    assert!(hidden.stdout().contains("notes  ••••••"), "{hidden:?}");
    let shown = scene.run(["get", "n", "--reveal"]).ok().hides("cmVj");
    assert!(shown.stdout().contains("\nnotes  recovery code one\n       code two\n"), "{shown:?}");
}

#[test]
fn names_stand_beside_the_ids_that_the_vault_knows() {
    let scene = Scene::new();
    let user = ["user", "add", "--id", USER, "--auth-provider", "local", "--email", "ada@example.org"];
    scene.run(user.iter().chain(&["--first-name", "Ada", "--last-name", "Lovelace"])).ok();
    let hash = json!({"id": "h", "type": "passwordHash", "name": USER, "keyStore": {
        "cleartext": samples::base64("Corr3ct-horse-battery"), "change": samples::base64("true")}});
    scene.run_with(["add", "-f", "-"], hash.to_string()).ok();
    let of_user = scene.run(["list", "-o", "name", "--type", "passwordHash"]).ok().stdout().trim().to_owned();
    let view = view(&scene, &of_user);
    let names =
        view.iter().any(|line| line.contains(USER) && line.contains("(Ada Lovelace <ada@example.org>)"));
    assert!(names, "{view:#?}");
}

#[test]
fn several_fields_are_printed_in_the_order_asked_for_and_named_on_request() {
    let scene = Scene::with_login();
    let get = |words: &[&str]| {
        let words = ["get", "admin", "--field", "password", "--field", "username"].iter().chain(words);
        scene.run(words).ok().stdout().to_owned()
    };
    assert_eq!(get(&[]), "old-password\nips\n");
    let json: serde_json::Value = serde_json::from_str(&get(&["-o", "json"])).unwrap();
    assert_eq!(json, json!({"password": "old-password", "username": "ips"}));
    assert_eq!(get(&["-o", "env"]), "PASSWORD='old-password'\nUSERNAME='ips'\n");
    scene.run_with(["patch", "admin", "password=-"], "it's $HOME").ok();
    let exported = scene.run(["export", "admin", "--format", "dotenv"]).ok();
    let quoted = exported.stdout().lines().find_map(|line| line.strip_prefix("ADMIN_PASSWORD=")).unwrap();
    let one = scene.run(["get", "admin", "--field", "password", "-o", "env"]).ok();
    assert_eq!(one.stdout(), format!("PASSWORD={quoted}\n"));
    for words in [&["get", "admin", "-o", "env"][..], &["list", "-o", "env"]] {
        scene.run(words).exits(2).says("--field");
    }
    scene.refuses(4, ["get", "admin", "--field", "username", "--field", "description"], "");
}
