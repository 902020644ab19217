//! The command line after a press of Tab in bash, zsh, fish and elvish.

use super::scene;
use super::shell::{Shell, elvish, fish};
use crate::support::Scene;

#[test]
fn bash_completes_ids_verbs_types_and_fields() {
    let scene = scene();
    let Some(mut bash) = Shell::start("bash", &scene) else { return };
    for (typed, line) in [
        ("credctl hist", "credctl history QZ"),
        ("credctl get prod/db/o", "credctl get prod/db/orders-rw QZ"),
        ("credctl get prod/d", "credctl get prod/db/QZ"),
        ("credctl get prod-pl", "credctl get prod-plQZ"),
        ("credctl get ns:ca", "credctl get ns:cache:main QZ"),
        ("credctl get R", "credctl get R\\&D QZ"),
        ("credctl get 'R", "credctl get 'R&D'QZ"),
        ("credctl patch --by-name two", "credctl patch --by-name two\\ words QZ"),
        ("credctl add log", "credctl add login QZ"),
        ("credctl add login x usern", "credctl add login x username=QZ"),
        ("credctl get deploy --field access", "credctl get deploy --field accessKeyId QZ"),
        ("credctl get deploy --field=access", "credctl get deploy --field=accessKeyId QZ"),
        (
            "credctl add certificate web certificate=@prod",
            "credctl add certificate web certificate=@prod-plan.txt QZ",
        ),
        ("credctl patch x --label env=pro", "credctl patch x --label env=production QZ"),
    ] {
        assert_eq!(bash.tab(typed), line, "{typed}");
    }
}

#[test]
fn zsh_completes_ids_verbs_types_and_fields() {
    let scene = scene();
    let Some(mut zsh) = Shell::start("zsh", &scene) else { return };
    for (typed, line) in [
        ("credctl hist", "credctl history QZ"),
        ("credctl get prod/db/o", "credctl get prod/db/orders-rw QZ"),
        ("credctl get prod/d", "credctl get prod/db/QZ"),
        ("credctl get prod-pl", "credctl get prod-plQZ"),
        ("credctl get ns:ca", "credctl get ns:cache:main QZ"),
        ("credctl get R", "credctl get R\\&D QZ"),
        ("credctl patch --by-name two", "credctl patch --by-name two\\ words QZ"),
        ("credctl add log", "credctl add login QZ"),
        ("credctl add login x usern", "credctl add login x username=QZ"),
        ("credctl get deploy --field access", "credctl get deploy --field accessKeyId QZ"),
        ("credctl get deploy --field=access", "credctl get deploy --field=accessKeyId QZ"),
        (
            "credctl add certificate web certificate=@prod",
            "credctl add certificate web certificate=@prod-plan.txt QZ",
        ),
    ] {
        assert_eq!(zsh.tab(typed), line, "{typed}");
    }
}

#[test]
fn fish_offers_ids_verbs_types_and_fields_and_no_files() {
    let scene = scene();
    for (line, offered) in [
        ("credctl hist", "history"),
        ("credctl get prod/db/o", "prod/db/orders-rw"),
        ("credctl get ns:ca", "ns:cache:main"),
        ("credctl get R", "R&D"),
        ("credctl patch --by-name two\\ w", "two words"),
        ("credctl add log", "login"),
        ("credctl add login x usern", "username="),
        ("credctl get deploy --field access", "accessKeyId"),
        ("credctl get prod-pl", ""),
    ] {
        let Some(found) = fish(&scene, line) else { return };
        assert_eq!(found.trim_end().split('\t').next(), Some(offered), "{line}: {found}");
    }
}

#[test]
fn elvish_offers_ids_verbs_types_and_fields_and_no_files() {
    let scene = scene();
    for (words, offered) in [
        (&["hist"][..], "history"),
        (&["get", "prod/db/o"], "prod/db/orders-rw"),
        (&["get", "ns:ca"], "ns:cache:main"),
        (&["get", "R"], "R&D"),
        (&["patch", "--by-name", "two w"], "two words"),
        (&["add", "log"], "login"),
        (&["add", "login", "x", "usern"], "username="),
        (&["get", "deploy", "--field", "access"], "accessKeyId"),
        (&["get", "prod-pl"], ""),
    ] {
        let Some(found) = elvish(&scene, words) else { return };
        assert_eq!(found.trim_end(), offered, "{words:?}");
    }
}

#[test]
fn a_locked_vault_is_silence_in_every_shell() {
    let scene = Scene::bare();
    scene.file("pass", "correct horse battery staple");
    scene.run(["--passphrase-file", "pass", "init", "-q"]).ok();
    scene.file("prod-plan.txt", "");
    for name in ["bash", "zsh"] {
        let Some(mut shell) = Shell::start(name, &scene) else { continue };
        assert_eq!(shell.tab("credctl hist"), "credctl history QZ");
        assert_eq!(shell.press("credctl get prod", "\t\t"), "credctl get prodQZ");
    }
    for found in [fish(&scene, "credctl get prod"), elvish(&scene, &["get", "prod"])].into_iter().flatten() {
        assert_eq!(found, "");
    }
}
