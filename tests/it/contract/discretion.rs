//! A secret that was given in the place of something else is repeated by no message.

use crate::support::{Run as _, Scene};

const KEY: &str = "AGE-SECRET-KEY-1QQPQPQQPQPQQPQPQQPQPQQPQPQQPQPQQPQPQQPQPQQPQPQQPQP";
const PEM: &str = "-----BEGIN PRIVATE KEY-----\nMC4CAQAwBQYDK2VwBCIEIJTr\n-----END PRIVATE KEY-----";

/// What must not be repeated of each.
const SECRETS: [(&str, &str); 6] = [
    (KEY, "1QQPQP"),
    (PEM, "MC4CAQ"),
    ("pasword=hunter2", "hunter2"),
    ("Tr0ub4dor&3", "Tr0ub4dor"),
    ("P@ssw0rd2026", "P@ssw0rd"),
    ("https://ada:hunter2@example.org", "hunter2"),
];

/// Nothing of it on stdout or stderr, in words and as a document; and the program does not succeed.
fn keeps_quiet(scene: &Scene, words: &[&str], secret: &str, part: &str) {
    for form in ["table", "json"] {
        let words = words.iter().map(|word| if *word == "SECRET" { secret } else { word });
        let outcome = scene.run(words.chain(["-o", form]));
        assert!(!outcome.stderr.contains(part) && !outcome.stdout().contains(part), "{outcome:?}");
        assert!(!outcome.stderr.is_empty() || !outcome.stdout().is_empty());
    }
}

#[test]
fn a_secret_in_the_place_of_an_id_is_not_repeated() {
    let scene = Scene::with_login();
    for (secret, part) in SECRETS {
        for words in [
            &["get", "SECRET"][..],
            &["get", "admin", "--field", "SECRET"],
            &["delete", "--yes", "SECRET"],
            &["delete", "--yes", "admin", "SECRET", "--dry-run"],
            &["delete", "--yes", "--ignore-missing", "SECRET"],
            &["update", "SECRET"],
            &["update", "admin", "SECRET"],
            &["put", "SECRET"],
            &["patch", "--description", "x", "SECRET"],
            &["patch", "--description", "x", "admin", "SECRET", "--dry-run"],
            &["patch", "admin", "--unset", "SECRET"],
            &["passwd", "SECRET", "--generate"],
            &["add", "SECRET"],
            &["add", "login", "db", "SECRET"],
            &["add", "login", "one", "SECRET"],
            &["verify", "SECRET", "--ip", "192.0.2.1"],
            &["history", "SECRET"],
            &["rollback", "SECRET", "--revision", "1"],
            &["restore", "SECRET"],
            &["purge", "SECRET", "--yes"],
            &["access", "SECRET"],
            &["grant", "SECRET", "--api-proxy", "P"],
            &["revoke", "SECRET", "--api-proxy", "P"],
            &["move", "SECRET", "--to", "p"],
            &["ref", "add", "SECRET", "/servers/h"],
            &["policy", "get", "SECRET"],
            &["policy", "delete", "SECRET", "--yes"],
            &["user", "delete", "SECRET", "--yes"],
            &["environment", "remove", "SECRET", "--yes"],
            &["deploy", "SECRET"],
            &["export", "SECRET", "--format", "dotenv"],
            &["types", "SECRET"],
            &["run", "SECRET", "--", "true"],
            &["run", "--env", "SECRET", "--", "true"],
            &["SECRET"],
            &["undo", "SECRET"],
        ] {
            keeps_quiet(&scene, words, secret, part);
        }
    }
}

#[test]
fn a_secret_in_the_place_of_a_path_a_number_or_a_word_is_not_repeated() {
    let scene = Scene::with_login();
    for (secret, part) in
        SECRETS.into_iter().chain([("hunter2", "hunter2"), ("correct horse battery staple", "horse")])
    {
        for words in [
            &["list", "--passphrase-fd", "SECRET"][..],
            &["list", "--passphrase-file", "SECRET", "--vault", "passphrase.age"],
            &["rekey", "--new-passphrase-fd", "SECRET"],
            &["rekey", "--new-passphrase-file", "SECRET"],
            &["rekey", "--recipient", "SECRET"],
            &["rekey", "--remove-recipient", "SECRET"],
            &["list", "--limit", "SECRET"],
            &["list", "--from", "SECRET"],
            &["list", "--continue", "SECRET"],
            &["list", "--output", "SECRET"],
            &["list", "--role", "SECRET"],
            &["list", "--lock-timeout", "SECRET"],
            &["export", "--format", "SECRET"],
            &["get", "admin", "--clip", "--clip-time", "SECRET"],
            &["patch", "admin", "--valid-until", "SECRET"],
            &["patch", "admin", "--enabled", "SECRET"],
            &["patch", "admin", "--label", "SECRET", "--unset", "labels.none"],
            &["user", "add", "--id", "SECRET", "--auth-provider", "local", "--email", "a@example.org"],
            &["verify", "admin", "--ip", "SECRET"],
        ] {
            scene.command(["init", "--vault", "passphrase.age"]).env("CREDCTL_PASSPHRASE", "p").outcome("");
            keeps_quiet(&scene, words, secret, part);
        }
    }
    for (secret, part) in SECRETS {
        for words in [
            &["list", "--identity", "SECRET"][..],
            &["list", "--vault", "SECRET"],
            &["list", "--config", "SECRET"],
            &["add", "-f", "SECRET"],
            &["import", "SECRET"],
            &["inject", "SECRET"],
            &["patch", "admin", "description=@SECRET"],
            &["export", "admin", "--format", "pem", "--out", "SECRET"],
        ] {
            keeps_quiet(&scene, words, secret, part);
        }
    }
}

#[test]
fn a_secret_in_the_place_of_a_variable_is_not_repeated() {
    let scene = Scene::with_login();
    scene.command(["init", "--vault", "passphrase.age"]).env("CREDCTL_PASSPHRASE", "p").outcome("").ok();
    let more = [("hunter2", "hunter2"), ("correct horse battery staple", "horse")];
    for (secret, part) in SECRETS.into_iter().chain(more) {
        let vault = ["list", "--vault", "passphrase.age"];
        scene.command(vault).env("CREDCTL_PASSPHRASE_FILE", secret).outcome("").exits(7).hides(part);
        for name in ["CREDCTL_OUTPUT", "CREDCTL_ROLE", "CREDCTL_LOCK_TIMEOUT", "CREDCTL_OPERATOR_ID"] {
            scene.command(["list"]).env(name, secret).outcome("").exits(2).hides(part);
        }
    }
    for (secret, part) in SECRETS {
        for name in ["CREDCTL_IDENTITY", "CREDCTL_VAULT", "CREDCTL_CONFIG"] {
            let outcome = scene.command(["list"]).env(name, secret).outcome("");
            assert!(outcome.stderr.starts_with("error: "), "{outcome:?}");
            outcome.hides(part);
        }
    }
}
