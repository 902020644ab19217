//! An own type whose variables are in a field of another name than that of `env`.

use serde_json::json;

use super::define;
use crate::support::{Run as _, Scene, texts};

const SERVICE: &str = r#"
name = "a.service"
summary = "a service"

[[field]]
name = "host"
kind = "text"
help = "host"

[[field]]
name = "settings"
kind = "variables"
help = "settings by name"
required = true
"#;

const DSN: &str = "postgres://app:${cred://admin/password}@h/db";

fn scene() -> Scene {
    let scene = Scene::with_login();
    define(&scene, SERVICE);
    // as a text, because the order of the variables counts
    let settings = format!(r#"{{"db_url":"a b","DSN":"{DSN}","host":"other"}}"#);
    let document = format!(r#"{{"id":"shop","type":"a.service","host":"h","settings":{settings}}}"#);
    scene.run_with(["add", "-f", "-"], document).ok();
    scene
}

#[test]
fn a_program_gets_the_names_that_there_are_with_references_resolved() {
    let scene = scene();
    let script = r#"printf '%s|' "$db_url" "$DSN" "$host" "$SHOP_HOST" "${SHOP_DSN-none}""#;
    let prefixed = r#"printf '%s|' "$X_db_url" "$X_DSN""#;
    let got = scene.run(["run", "shop", "admin", "--", "sh", "-c", script]).ok();
    // the field `host` has a name that is made, and the variable `host` keeps its own
    assert_eq!(got.stdout(), "a b|postgres://app:old-password@h/db|other|h|none|");
    let got = scene.run(["run", "shop", "--prefix", "shop=X_", "--", "sh", "-c", prefixed]).ok();
    assert_eq!(got.stdout(), "a b|postgres://app:old-password@h/db|");
    let masked = scene.run(["run", "--mask", "shop", "--", "sh", "-c", "echo x:old-password"]).ok();
    assert_eq!(masked.stdout(), "x:********\n");
    scene.file("t", "{{ cred://shop/DSN }} {{ cred://shop/settings.DSN }}");
    let filled = "postgres://app:old-password@h/db";
    assert_eq!(scene.run(["inject", "t"]).ok().stdout(), format!("{filled} {filled}"));
    let env = scene.run(["run", "-e", "B=shop/DSN", "--", "sh", "-c", "printf %s \"$B\""]).ok();
    assert_eq!(env.stdout(), filled);
}

#[test]
fn an_export_has_the_exact_names_and_keeps_references() {
    let scene = scene();
    let exported = scene.run(["export", "shop", "--format", "dotenv"]).ok();
    assert_eq!(exported.stdout(), format!("SHOP_HOST='h'\ndb_url='a b'\nDSN='{DSN}'\nhost='other'\n"));
    exported.says("the references in DSN are written as they are").hides("old-password");
    let shown = scene.run(["get", "shop", "--field", "db_url", "--field", "settings.host", "-o", "env"]).ok();
    assert_eq!(shown.stdout(), "db_url='a b'\nhost='other'\n");
}

#[test]
fn variables_are_shown_changed_and_compared_by_their_names() {
    let scene = scene();
    let shown = scene.run(["get", "shop", "-o", "json"]).ok().json();
    assert_eq!(texts(&shown["secrets"]), ["settings.db_url", "settings.DSN", "settings.host"]);
    // people read the names that they assign; `host` alone is the field
    let table = scene.run(["get", "shop"]).ok();
    let lines: Vec<&str> = table.stdout().lines().filter_map(|line| line.split_whitespace().next()).collect();
    for name in ["db_url", "DSN", "host", "settings.host"] {
        assert!(lines.contains(&name), "{name}: {lines:?}");
    }
    let mut edit = scene.command(["edit", "shop"]);
    edit.env("EDITOR", "sed -i 's/db_url: ••••••/db_url: edited/'").outcome("").ok();
    assert_eq!(scene.get("shop")["fields"]["settings"]["db_url"], "edited");
    scene.run(["patch", "shop", "--unset", "DSN"]).ok();
    scene.run_with(["patch", "shop", "db_url=-"], "changed").ok();
    assert_eq!(scene.get("shop")["fields"]["settings"], json!({"db_url": "changed", "host": "other"}));
    let mistyped = scene.run(["add", "a.service", "b", "setings.A=x"]);
    mistyped.exits(2).says("did you mean settings.");
    // settings of that length are no shared secrets
    let other = json!({"id": "b", "type": "a.service", "settings": {"db_url": "changed"}});
    scene.run_with(["add", "-f", "-"], other.to_string()).ok();
    let checked = scene.run(["check", "-o", "json"]).json().to_string();
    assert!(!checked.contains("settings.db_url"), "{checked}");
}
