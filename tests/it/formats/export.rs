//! What `export` refuses, where it writes, and what it tells.

use std::fs;
use std::os::unix::fs::MetadataExt as _;
use std::process::Command;

use serde_json::json;

use super::consumer;
use crate::support::terminal::Terminal;
use crate::support::{Run as _, Scene, lab, samples};

#[test]
fn secrets_do_not_go_to_a_terminal() {
    let scene = Scene::with_login();
    let run = |words: &[&str]| Terminal::start(&scene.command(words), "").end();
    let refused = run(&["export"]);
    assert_eq!(refused.status, 2, "{refused:?}");
    assert!(!refused.shown.contains("old-password"), "{refused:?}");
    let recipient = lab::recipient(&scene.path("identity.txt"));
    assert_eq!(run(&["export", "--encrypt-to", &recipient]).status, 2);
    let public = run(&["export", "--no-secrets"]);
    assert!(public.status == 0 && public.shown.contains("ips") && !public.shown.contains("old-password"));
    let forced = run(&["export", "--force-tty"]);
    assert!(forced.status == 0 && forced.shown.contains("old-password"), "{forced:?}");
}

#[test]
fn a_disabled_credential_is_exported_with_secrets_by_force_only() {
    let scene = Scene::with_login();
    scene.login("off");
    scene.run(["patch", "off", "--enabled=false"]).ok();
    scene.run(["export"]).exits(6).says("off").hides("old-password");
    scene.run(["export", "off", "--format", "shell"]).exits(6).hides("old-password");
    scene.run(["export", "admin"]).ok();
    scene.run(["export", "--no-secrets"]).ok().hides("old-password");
    let forced = scene.run(["export", "--force"]).ok().json();
    assert_eq!(forced["credentials"].as_array().unwrap().len(), 2);
}

#[test]
fn an_export_of_a_missing_id_or_over_the_vault_fails() {
    let scene = Scene::with_login();
    scene.run(["export", "nothing"]).exits(4);
    // one of several that is not there does not keep the others back
    let some = scene.run(["export", "nothing", "admin"]).exits(8);
    assert_eq!(some.json()["credentials"].as_array().unwrap().len(), 1);
    assert!(some.stderr.contains("nothing: there is no such credential"), "{some:?}");
    let all = scene.run(["export", "nothing", "nobody"]).exits(4);
    assert_eq!(all.stdout(), "");
    scene.run(["export", "--policy", "nothing"]).exits(4);
    scene.run(["export", "--filter", "id eq 'nothing'"]).exits(4);
    scene.run(["export", "--format", "auto", "--out", "a.json"]).ok();
    scene.run(["export", "--format", "apinizer-csv"]).exits(2);
    scene.run(["list", "--format", "shell"]).exits(2);
    let before = scene.bytes();
    for own in ["vault.age", "vault.age.bak", "vault.age.lock"] {
        scene.run(["export", "--out", own]).exits(5);
    }
    assert!(before == scene.bytes());
    scene.run(["export", "--out", "nowhere/a.json"]).exits(10);
}

#[test]
fn a_file_is_for_its_owner_and_age_opens_what_is_encrypted() {
    let scene = Scene::with_login();
    let words = ["export", "--format", "shell", "--out", "env.sh"];
    scene.run(words).ok();
    assert_eq!(scene.mode("env.sh"), 0o600);
    let plain =
        "export ADMIN_USERNAME='ips'\nexport ADMIN_PASSWORD='old-password'\nexport ADMIN_DOMAIN='test'\n";
    assert_eq!(fs::read_to_string(scene.path("env.sh")).unwrap(), plain);
    let recipient = lab::recipient(&scene.path("identity.txt"));
    let words = ["export", "--format", "shell", "--encrypt-to", &recipient, "--out", "env.age"];
    scene.run(words).ok();
    assert_eq!(scene.mode("env.age"), 0o600);
    let sealed = fs::read(scene.path("env.age")).unwrap();
    assert!(sealed.starts_with(b"age-encryption.org/v1\n"));
    for age in ["age", "rage"] {
        let identity = scene.text_path("identity.txt");
        let Some(opened) = consumer(age, ["-d", "-i", &identity, &scene.text_path("env.age")], b"") else {
            continue;
        };
        assert_eq!(opened.ok().stdout(), plain);
    }
}

#[test]
fn without_secrets_no_format_has_one() {
    let scene = Scene::new();
    let all = samples::all();
    let documents: Vec<_> =
        all.iter().filter(|sample| sample.kind != "passwordHash").map(|sample| &sample.document).collect();
    let words = ["policy", "add", "P1", "--type", "throttle", "--period", "minute", "--value", "1"];
    scene.run(words.into_iter().chain(["--description", "d"])).ok();
    scene.run_with(["add", "-f", "-", "--atomic"], json!(documents).to_string()).ok();
    let key = samples::PRIVATE_KEY.lines().nth(1).unwrap();
    for format in credctl::export::FORMATS.iter() {
        let outcome = scene.run(["export", "--no-secrets", "--format", format.name]);
        assert!([Some(0), Some(8)].contains(&outcome.status()), "{}: {outcome:?}", format.name);
        let text = String::from_utf8_lossy(&outcome.stdout);
        for secret in ["S-", key] {
            assert!(!text.contains(secret), "{}: {text}", format.name);
            assert!(!text.contains(samples::base64(secret).trim_end_matches('=')), "{}: {text}", format.name);
        }
        // and with them what fails does not show one
        scene.run(["export", "--format", format.name, "--out", "x", "--overwrite"]).hides("S-").hides(key);
    }
}

#[test]
fn what_a_format_cannot_express_is_told() {
    let scene = Scene::with_login();
    scene.run_with(["add", "Simple", "note", "value=-", "--description", "d", "--label", "a=b"], "x\ny").ok();
    let partial = scene.run(["export", "--format", "docker-env"]).exits(8);
    assert_eq!(partial.stdout(), "ADMIN_USERNAME=ips\nADMIN_PASSWORD=old-password\nADMIN_DOMAIN=test\n");
    partial.says("error: note: value has a line break");
    scene.run(["export", "note", "--format", "netrc", "--out", "none"]).exits(3);
    assert!(!scene.path("none").exists());
    scene.run(["export", "--format", "shell"]).ok().says("note: labels, description left out");
}

#[test]
fn policies_come_along_and_unresolved_ones_are_told() {
    let scene = Scene::with_login();
    scene
        .run([
            "policy",
            "add",
            "P1",
            "--type",
            "throttle",
            "--period",
            "day",
            "--value",
            "1",
            "--description",
            "d",
        ])
        .ok();
    scene
        .run([
            "policy",
            "add",
            "P2",
            "--type",
            "throttle",
            "--period",
            "day",
            "--value",
            "1",
            "--description",
            "d",
        ])
        .ok();
    scene.run(["patch", "admin", "--throttle-policy", "P1"]).ok();
    let exported = scene.run(["export", "admin"]).ok().json();
    assert_eq!(exported["policies"].as_array().unwrap().len(), 1);
    let both = scene.run(["export", "admin", "--policy", "P2"]).ok().json();
    assert_eq!(both["policies"].as_array().unwrap().len(), 2);
    let only = scene.run(["export", "--policy", "P2"]).ok().json();
    assert_eq!(
        (only["policies"][0]["id"].as_str(), only["credentials"].as_array().unwrap().len()),
        (Some("P2"), 0)
    );
    let aspire = scene.run(["export", "admin", "--format", "aspire"]).ok().json();
    assert_eq!(aspire["export"]["policies"]["policy"][0]["id"], "P1");
}

#[test]
fn documents_and_filters_select() {
    let scene = Scene::with_login();
    scene.login("b");
    for (words, document) in [
        (&["export", "-f", "-"][..], r#"{"ids":["b"]}"#),
        (&["export", "-f", "-"], r#"{"filter":{"ids":["b"]}}"#),
        (&["export", "--filter", "id eq 'b'"], ""),
    ] {
        let exported = scene.run_with(words, document).ok().json();
        let ids: Vec<_> =
            exported["credentials"].as_array().unwrap().iter().map(|c| c["id"].clone()).collect();
        assert_eq!(ids, ["b"], "{document}");
    }
}

#[test]
fn a_shell_takes_the_variables_from_the_program() {
    let scene = Scene::with_login();
    let mut shell = Command::new("/bin/sh");
    let script = format!(
        "eval \"$({} export --format shell)\" && printf %s \"$ADMIN_PASSWORD\"",
        crate::support::PROGRAM
    );
    shell.args(["-c", &script]).current_dir(scene.path("."));
    scene.environment(&mut shell);
    assert_eq!(shell.outcome("").ok().stdout(), "old-password");
}

#[test]
fn notices_about_files_in_properties_do_not_show_their_paths() {
    let scene = Scene::new();
    let properties = json!({"keyFile": "/S-where/it/is", "certificatePath": "/etc/c.pem", "user": "u"});
    let document =
        json!({"id": "c", "type": "sharepoint-online", "description": "d", "properties": properties});
    scene.run_with(["add", "-f", "-"], document.to_string()).ok();
    for format in ["aspire", "native"] {
        let told = scene.run(["export", "c", "--format", format]).ok().stderr;
        assert!(told.contains("properties.keyFile") && told.contains("properties.certificatePath"), "{told}");
        assert!(!told.contains("S-where"), "{told}");
    }
}

#[test]
fn logins_and_accounts_come_back_from_aspire() {
    let scene = Scene::with_login();
    scene.run_with(["add", "-f", "-"], samples::of("apiCredential").document.to_string()).ok();
    scene.run(["patch", "partner1", "--enabled=false", "--valid-until", "2999-01-01", "--label", "a=b"]).ok();
    let export = scene.run(["export", "--force", "--format", "aspire"]).ok().stdout().to_owned();
    let other = Scene::new();
    other.run_with(["import", "-"], &export).ok();
    let (there, here) = (other.get("partner1"), scene.get("partner1"));
    for name in ["enabled", "validUntil", "labels", "description"] {
        assert_eq!(there[name], here[name], "{name}");
    }
    assert_eq!(other.get("admin")["connectorType"], "filesystem");
    // one alone needs no list around it
    let mut one: serde_json::Value = serde_json::from_str(&export).unwrap();
    let first = one["export"]["credentials"]["credential"][0].take();
    one["export"]["credentials"]["credential"] = first;
    Scene::new().run_with(["import", "-"], one.to_string()).ok();
    // a call for one credential is not answered with several
    scene.refuses(3, ["add", "-f", "-"], &export).says("credctl import");
}

#[test]
fn a_credential_that_is_named_twice_is_exported_once() {
    let scene = Scene::with_login();
    let export = scene.run(["export", "admin", "admin", "--out", "-"]).ok().json();
    assert_eq!(export["credentials"].as_array().unwrap().len(), 1);
    assert!(!scene.path("-").exists());
}

#[test]
fn an_export_over_a_file_of_another_user_becomes_private_and_own() {
    let scene = Scene::with_login();
    scene.file("all.json", "{}");
    let own = fs::metadata(scene.path("all.json")).unwrap();
    // only root can give a file away
    if std::os::unix::fs::chown(scene.path("all.json"), Some(65534), Some(65534)).is_err() {
        return;
    }
    scene.run(["export", "--out", "all.json", "--overwrite"]).ok();
    let after = fs::metadata(scene.path("all.json")).unwrap();
    assert_eq!((after.uid(), after.mode() & 0o777), (own.uid(), 0o600));
}

#[test]
fn a_login_for_apinizer_needs_an_address_and_loses_its_domain_aloud() {
    let scene = Scene::with_login();
    let export = |email: &str, name: &str| {
        scene.run(["export", "admin", "--format", "apinizer", "--email", email, "--full-name", name])
    };
    export("nowhere", "N").exits(3);
    export("a@b.org", "").exits(3);
    assert!(export("a@b.org", "N").ok().stderr.contains("domain left out"));
}

/// An encrypted export passes through memory. No file ever has a secret, also if the export fails halfway.
#[test]
fn an_encrypted_export_leaves_no_secret_in_any_file() {
    let scene = Scene::with_login();
    let secret = "canary-".repeat(300_000);
    scene.run_with(["add", "Simple", "long", "value=-"], &secret).ok();
    let recipient = scene.recipient("friend.txt");
    let is_secret =
        |path: &std::path::Path| std::fs::read(path).unwrap().windows(7).any(|bytes| bytes == b"canary-");
    let files = |names: &[String]| names.iter().filter(|name| scene.path(name).is_file()).count();
    let before = files(&scene.names());
    for (limit, exits) in [("", Some(0)), ("ulimit -f 1000; ", None)] {
        let export = format!("export --encrypt-to {recipient} --out all{}.age", limit.len());
        let mut shell = std::process::Command::new("sh");
        shell.args(["-c", &format!("{limit}exec {} {export}", crate::support::PROGRAM)]);
        scene.environment(shell.current_dir(scene.path("")));
        let outcome = shell.outcome("");
        assert!(exits.is_none() || outcome.status() == exits, "{}", outcome.stderr);
        assert!(exits.is_some() || outcome.status() != Some(0), "the limit holds");
        let names = scene.names();
        let with_secret: Vec<_> =
            names.iter().filter(|name| scene.path(name).is_file() && is_secret(&scene.path(name))).collect();
        assert!(with_secret.is_empty(), "{with_secret:?}");
    }
    // the export that succeeded, and whatever the other one has left is encrypted
    assert!(scene.path("all0.age").exists() && !scene.path("all16.age").exists());
    assert!(files(&scene.names()) > before);
}
