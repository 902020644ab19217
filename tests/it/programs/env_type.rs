//! The type `env`: its variables go out under their exact names, in their order, with their references resolved.

use serde_json::json;

use crate::contract::prompts::asking;
use crate::support::terminal::Terminal;
use crate::support::{Scene, invalid_fields};

fn scene(lines: &str) -> Scene {
    let scene = Scene::with_login();
    let file = scene.file("shop.env", lines);
    scene.run(["import", &file, "--as", "shop"]).ok();
    scene
}

#[test]
fn a_program_gets_exactly_the_names_that_there_are() {
    let scene = scene("db_url='a b'\nDEBUG=1\nEMPTY=\n");
    let script = r#"printf '%s|' "$db_url" "$DEBUG" "${EMPTY-unset}" "${SHOP_DEBUG-none}""#;
    for words in [&["run", "shop"][..], &["run", "--all", "shop"]] {
        assert_eq!(scene.run([words, &["--", "sh", "-c", script]].concat()).ok().stdout(), "a b|1||none|");
    }
    let prefixed =
        scene.run(["run", "shop", "--prefix", "shop=X_", "--", "sh", "-c", "printf %s \"$X_db_url\""]);
    assert_eq!(prefixed.ok().stdout(), "a b");
    // beside a credential of another type, whose names are made as always
    let both = scene.run(["run", "shop", "admin", "--", "sh", "-c", "printf %s \"$ADMIN_USERNAME $DEBUG\""]);
    assert_eq!(both.ok().stdout(), "ips 1");
    // two that set one name are a mistake
    let other = scene.file("other.env", "DEBUG=2\n");
    scene.run(["import", &other, "--as", "other"]).ok();
    let clash = scene.run(["run", "shop", "other", "--", "touch", "started"]).exits(3);
    clash.says("DEBUG, which is a variable of shop already").says("--prefix");
    assert!(!scene.path("started").exists());
    // names that run code are refused from here, too
    let bad = scene.file("bad.env", "LD_PRELOAD=x\n");
    scene.run(["import", &bad, "--as", "bad"]).ok();
    scene.run(["run", "bad", "--", "touch", "started"]).exits(2).says("--allow-env LD_PRELOAD");
}

#[test]
fn every_format_of_variables_has_the_exact_names() {
    let scene = scene("db_url='a b'\nDEBUG=1\n");
    for (format, text) in [
        ("dotenv", "db_url='a b'\nDEBUG='1'\n"),
        ("shell", "export db_url='a b'\nexport DEBUG='1'\n"),
        ("docker-env", "db_url=a b\nDEBUG=1\n"),
    ] {
        assert_eq!(scene.run(["export", "shop", "--format", format]).ok().stdout(), text, "{format}");
    }
    for format in ["systemd", "fish", "powershell", "kubernetes"] {
        let text = scene.run(["export", "shop", "--format", format]).ok();
        assert!(text.stdout().contains("db_url") && !text.stdout().contains("SHOP"), "{}", text.stdout());
    }
    let shown =
        scene.run(["get", "shop", "--field", "db_url", "--field", "variables.DEBUG", "-o", "env"]).ok();
    assert_eq!(shown.stdout(), "db_url='a b'\nDEBUG='1'\n");
    assert_eq!(scene.run(["get", "shop", "--field", "db_url"]).ok().stdout(), "a b");
    // a table brings them back
    let csv = scene.run(["export", "shop", "--format", "csv"]).ok();
    let file = scene.file("all.csv", csv.stdout());
    scene.run(["import", &file, "--on-conflict", "replace"]).ok();
    assert_eq!(scene.get("shop")["fields"]["variables"], json!({"db_url": "a b", "DEBUG": "1"}));
}

#[test]
fn references_are_resolved_for_a_program_and_kept_everywhere_else() {
    let dsn = "postgres://app:${cred://admin/password}@h/db";
    let scene =
        scene(&format!("DSN='{dsn}'\nWHOLE=cred://admin/username\nA='{{{{ cred://admin/password }}}}'\n"));
    let script = r#"printf '%s|' "$DSN" "$WHOLE" "$A""#;
    let got = scene.run(["run", "shop", "--", "sh", "-c", script]).ok();
    assert_eq!(got.stdout(), "postgres://app:old-password@h/db|ips|old-password|");
    let masked = scene.run(["run", "--mask", "shop", "--", "sh", "-c", "echo x:old-password"]).ok();
    assert_eq!(masked.stdout(), "x:********\n");
    // the variable is secret as a whole, and so are the fields in it
    let script = "echo \"<$DSN>\" \"<$A>\"; echo \"$DSN\" | cut -c 1-31";
    let whole = scene.run(["run", "--mask", "shop", "--", "sh", "-c", script]).ok();
    assert_eq!(whole.stdout().lines().next(), Some("<********> <********>"), "{whole:?}");
    assert!(!whole.stdout().contains("old-password"), "{whole:?}");
    // a template, --env and an env file get the same text
    scene.file("t", "dsn {{ cred://shop/DSN }}");
    assert_eq!(scene.run(["inject", "t"]).ok().stdout(), "dsn postgres://app:old-password@h/db");
    let env = scene.run(["run", "-e", "B=shop/DSN", "--", "sh", "-c", "printf %s \"$B\""]).ok();
    assert_eq!(env.stdout(), "postgres://app:old-password@h/db");
    let masked =
        scene.run(["run", "--mask", "-e", "B=shop/DSN", "--", "sh", "-c", "echo x:old-password"]).ok();
    assert_eq!(masked.stdout(), "x:********\n");
    // the value itself is the text with the reference
    assert_eq!(scene.run(["get", "shop", "--field", "DSN"]).ok().stdout(), dsn);
    let exported = scene.run(["export", "shop", "--format", "dotenv"]).ok();
    assert_eq!(exported.stdout().lines().next(), Some(format!("DSN='{dsn}'").as_str()));
    exported.says("the references in DSN, WHOLE, A are written as they are").hides("old-password");
}

#[test]
fn a_reference_that_leads_nowhere_or_in_a_circle_starts_nothing() {
    for (lines, why) in [
        ("OK=1\nDSN=x{{ cred://nope/password }}\n", "there is no credential `nope`"),
        ("DSN=cred://shop/DSN\n", "DSN of shop has references of its own"),
        ("DSN={{ cred://shop/B }}\nB=x{{ cred://shop/DSN }}\n", "has references of its own"),
        ("DSN=x cred://admin/password\n", "braces"),
    ] {
        let scene = scene(lines);
        let refused = scene.run(["run", "shop", "--", "touch", "started"]).exits(4);
        refused.says(why).says("DSN of shop").hides("old-password");
        assert!(!scene.path("started").exists(), "{lines}");
        scene.file("t", "{{ cred://shop/DSN }}");
        scene.run(["inject", "t", "--out", "filled"]).exits(4).says("line 1");
        assert!(!scene.path("filled").exists(), "{lines}");
    }
    // a credential that must not be used now gives nothing by this way either
    let scene = scene("DSN={{ cred://admin/password }}\n");
    scene.run(["patch", "admin", "--enabled=false"]).ok();
    scene.run(["run", "shop", "--", "touch", "started"]).exits(6);
    scene.run(["run", "--force", "shop", "--", "true"]).ok();
    assert!(!scene.path("started").exists());
}

#[test]
fn variables_are_given_changed_and_removed_one_by_one() {
    let scene = Scene::new();
    scene.run_with(["add", "env", "shop", "DB_URL=-"], "S-1\n").ok().hides("S-1");
    scene.file("value", "S-2\n");
    scene.file("lines", "S-3\nS-4\n");
    scene.run(["patch", "shop", "variables.TOKEN=@value", "KEY=@lines"]).ok();
    let variables = |scene: &Scene| scene.get("shop")["fields"]["variables"].clone();
    assert_eq!(variables(&scene), json!({"DB_URL": "S-1", "TOKEN": "S-2", "KEY": "S-3\nS-4\n"}));
    scene.run(["patch", "shop", "--unset", "TOKEN", "--unset", "variables.KEY"]).ok();
    assert_eq!(variables(&scene), json!({"DB_URL": "S-1"}));
    scene.run(["patch", "shop", "--unset", "DB_URL"]).exits(3);
    scene.run(["patch", "shop", "--unset", "variables"]).exits(3);
    // a document of a patch changes what it names, and null removes a variable
    scene.run_with(["patch", "shop", "-f", "-"], r#"{"variables":{"NEW":"S-5","DB_URL":null}}"#).ok();
    assert_eq!(variables(&scene), json!({"NEW": "S-5"}));
    scene.run_with(["patch", "shop", "variables=-"], "DB_URL=S-6\n").ok();
    assert_eq!(variables(&scene), json!({"NEW": "S-5", "DB_URL": "S-6"}));
    scene.run(["check"]).hides("S-").hides("weak");
    // a replacement is the whole, and says what it removes
    scene.file("all.env", "export A='x'\nB=\n");
    scene.run(["update", "shop", "variables=@all.env", "-y"]).ok().says("variables.DB_URL");
    assert_eq!(variables(&scene), json!({"A": "x", "B": ""}));
    // a value is a secret, and no argument
    scene.run(["patch", "shop", "A=S-bare"]).exits(2).says("A=-").hides("S-bare");
    scene.run(["add", "env", "none"]).exits(3).says("variables");
    let document = json!({"id": "d", "type": "env", "variables": {"A-B": "S-x", "N": 1, "OK": "S-y"}});
    let refused = scene.run_with(["add", "-f", "-", "-o", "json"], document.to_string()).exits(3).hides("S-");
    assert_eq!(invalid_fields(&refused.error()), ["variables.A-B", "variables.N"]);
    let nothing = json!({"id": "d", "type": "env", "variables": {}});
    scene.run_with(["add", "-f", "-"], nothing.to_string()).exits(3).says("at least one");
}

#[test]
fn a_terminal_asks_for_lines_or_the_path_of_a_file() {
    let scene = Scene::new();
    scene.file("shop.env", "B=S-1\nA='S 2'\n");
    let mut terminal = Terminal::start(&asking(&scene, &["add", "env", "shop"]), "");
    terminal.answer("Variables, as in a .env file (path or paste): ", "nothing.env");
    terminal.answer("Variables, as in a .env file (path or paste): ", "shop.env");
    let ended = terminal.end();
    assert!(ended.status == 0 && ended.restored && !ended.shown.contains("S-1"), "{ended:?}");
    assert_eq!(scene.get("shop")["fields"]["variables"], json!({"B": "S-1", "A": "S 2"}));
    assert_eq!(scene.run(["export", "shop", "--format", "dotenv"]).ok().stdout(), "B='S-1'\nA='S 2'\n");
}
