//! The next command: named where an answer is empty, and where something was removed.

use crate::support::Scene;

#[test]
fn an_answer_without_entries_says_what_to_do() {
    let scene = Scene::new();
    for (words, said) in [
        (&["list"][..], "`credctl add login NAME` adds one, `credctl import FILE`"),
        (&["list", "--expiring", "30d"], "there are no credentials yet"),
        (&["list", "--filter", "type eq 'Aws'"], "credctl import FILE"),
        (&["history"], "credctl history ID"),
        (&["access", "--api-proxy", "P"], "credctl grant ID --api-proxy NAME"),
        (&["policy", "list"], "credctl policy add --help"),
        (&["user", "list"], "credctl user add --auth-provider local"),
        (&["environment", "list"], "credctl environment add --help"),
        (&["ref", "list"], "credctl ref add ID RESOURCE"),
    ] {
        let outcome = scene.run(words).ok();
        assert!(outcome.stderr.contains(said), "{words:?}: {outcome:?}");
        let quiet = scene.run(words.iter().copied().chain(["-q"])).ok();
        assert_eq!(quiet.stderr, "", "{words:?}");
        // a program reads no advice
        let json = scene.run(words.iter().copied().chain(["-o", "json"])).ok();
        assert_eq!(json.stderr, "", "{words:?}");
    }
    scene.run_with(["find", "--value-stdin"], "value").exits(4).says("credctl find --history");
    scene.run_with(["find", "--value-stdin", "--history"], "value").exits(4).says("credctl list");
    scene.login("admin");
    scene.run(["list", "nowhere"]).ok().says("`credctl list` shows all credentials");
    scene.run(["access", "admin"]).ok().says("credctl grant ID --api-proxy NAME");
}

#[test]
fn without_a_vault_every_verb_names_the_two_commands_that_make_one() {
    let scene = Scene::bare();
    for words in [&["get", "a"][..], &["list"], &["delete", "-y", "a"], &["undo"], &["check"], &["history"]] {
        let outcome = scene.run(words).exits(4);
        for said in [scene.text_path("vault.age").as_str(), "`credctl` alone", "`credctl init`"] {
            assert!(outcome.stderr.contains(said), "{words:?}: {outcome:?}");
        }
    }
}

#[test]
fn a_removal_names_undo_and_a_purge_says_that_there_is_none() {
    let scene = Scene::with_login();
    scene.login("second");
    scene.login("third");
    let undo = "hint: credctl undo";
    scene.run(["delete", "-n", "-y", "admin"]).ok().hides(undo);
    scene.run(["delete", "-y", "admin"]).ok().says(undo);
    scene.run(["delete", "-y", "second", "third"]).ok().says(undo);
    scene.run(["delete", "-y", "admin", "--ignore-missing"]).ok().hides(undo);
    scene.run(["delete", "-y", "second", "third"]).exits(8).hides(undo);
    scene.run(["undo"]).ok();
    scene.run(["grant", "second", "--api-proxy", "P"]).ok().hides(undo);
    scene.run(["revoke", "second", "--api-proxy", "P"]).ok().says(undo);
    scene.run(["revoke", "second", "--api-proxy", "P"]).ok().hides(undo);
    scene.run(["patch", "second", "third", "--description", "x"]).ok().hides(undo);
    scene.run(["patch", "second", "third", "--unset", "description", "-n"]).ok().hides(undo);
    scene.run(["patch", "second", "third", "--unset", "description"]).ok().says(undo);
    let document = r#"{"second": {"domain": null}, "third": {"domain": null}}"#;
    scene.run_with(["patch", "-f", "-"], document).ok().says(undo);
    let whole = r#"[{"id": "second", "type": "login", "username": "u", "password": "p"}]"#;
    scene.run_with(["import", "-", "--on-conflict", "replace"], whole).ok().says(undo);
    scene.run(["rollback", "second", "--revision", "1"]).ok().says(undo);
    scene
        .run([
            "policy",
            "add",
            "slow",
            "--type",
            "throttle",
            "--period",
            "minute",
            "--value",
            "1",
            "--description",
            "d",
        ])
        .ok();
    scene.run(["policy", "delete", "slow"]).ok().says(undo);
    let user = ["user", "add", "--id", "6b1551db-b7fa-473d-a05c-43524badb11b"];
    scene.run(user.iter().chain(&["--auth-provider", "local", "--email", "a@example.org"])).ok();
    scene.run(["user", "delete", "-y", "6b1551db-b7fa-473d-a05c-43524badb11b"]).ok().says(undo);
    for silent in [&["-q"][..], &["-o", "json"]] {
        scene.run(["grant", "third", "--api-proxy", "P"]).ok();
        let revoked = scene
            .run(["revoke", "third", "--api-proxy", "P"].iter().copied().chain(silent.iter().copied()))
            .ok();
        assert_eq!(revoked.stderr, "", "{silent:?}");
    }
    scene.run(["purge", "--all", "-y"]).ok().says("a purge cannot be undone").hides(undo);
    scene.run(["purge", "--all", "-y"]).ok().hides("a purge cannot be undone");
}
