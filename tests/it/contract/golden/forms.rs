//! One vault in every form of output.

use super::{is_golden, on_terminal, shown};
use crate::support::{Scene, samples::USER};

/// A vault with some of everything, whose texts do not change with the day.
fn scene() -> Scene {
    let scene = Scene::new();
    let add = |words: &[&str], secret: &str| drop(scene.run_with(words, secret).ok());
    add(
        &["add", "login", "prod/db/orders-rw", "username=svc-orders", "password=-", "--label", "env=prod"],
        "S-orders",
    );
    add(
        &["add", "apikey", "mail", "apikey=-", "--name", "Mail relay", "--valid-until", "2094-01-31"],
        "S-mail",
    );
    add(
        &["add", "Aws", "deploy", "accessKeyId=AKIAIOSFODNN7EXAMPLE", "secretAccessKey=-", "--enabled=false"],
        SECRET,
    );
    add(&["add", "Simple", "café", "value=-", "--description", "a comma, a \"quote\" and =1+1"], "S-simple");
    let certificate = include_str!("../../../../src/kind/rule/testdata/certificate.pem");
    add(&["add", "certificate", "web", "certificate=-"], certificate);
    for words in [
        &["grant", "mail", "--api-proxy", "Payments"][..],
        &["ref", "add", "prod/db/orders-rw", "/servers/db1", "--address", "192.0.2.1"],
        &[
            "policy",
            "add",
            "slow",
            "--type",
            "throttle",
            "--period",
            "minute",
            "--value",
            "5",
            "--description",
            "d",
        ],
        &["user", "add", "--id", USER, "--auth-provider", "local", "--email", "ada@example.org"],
        &["patch", "mail", "--description", "sends invoices"],
    ] {
        scene.run(words).ok();
    }
    let recipient = scene.recipient("gateway.txt");
    let environment = ["environment", "add", "gw", "--recipient", &recipient, "--out", "gw.age"];
    scene.run(environment.into_iter().chain(["--api-proxy", "Payments"])).ok();
    scene
}

const SECRET: &str = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY";

/// Calls that only look.
const QUESTIONS: &[(&str, &[&str])] = &[
    ("list", &["list"]),
    ("get", &["get", "prod/db/orders-rw"]),
    ("get-key-store", &["get", "mail"]),
    ("get-reveal", &["get", "prod/db/orders-rw", "--reveal"]),
    ("get-certificate", &["get", "web"]),
    ("history", &["history", "mail"]),
    ("access", &["access", "mail"]),
    ("ref-list", &["ref", "list", "prod/db/orders-rw"]),
    ("policy-list", &["policy", "list"]),
    ("user-list", &["user", "list"]),
    ("project-list", &["project", "list"]),
    ("environment-list", &["environment", "list"]),
    ("check", &["check", "--skip", "weak"]),
    ("types", &["types"]),
    ("types-login", &["types", "login"]),
    ("verify", &["verify", "mail", "--api-proxy", "Payments"]),
];

/// Calls that change, in an order in which they can.
const CHANGES: &[(&str, &[&str])] = &[
    ("patch", &["patch", "mail", "--label", "a=b"]),
    ("patch-several", &["patch", "mail", "web", "--label", "a=c"]),
    ("grant", &["grant", "mail", "--api-proxy-group", "Public"]),
    ("revoke", &["revoke", "mail", "--api-proxy-group", "Public"]),
    ("move", &["move", "deploy", "--to", "shop"]),
    ("delete", &["delete", "-y", "prod/db/orders-rw"]),
    ("restore", &["restore", "prod/db/orders-rw"]),
    ("undo", &["undo", "-y"]),
    ("deploy", &["deploy"]),
];

#[test]
fn every_form_of_every_question_is_what_was_reviewed() {
    let scene = scene();
    for (name, words) in QUESTIONS {
        let forms = ["table", "wide", "json", "jsonl", "yaml", "csv", "tsv", "name"];
        let texts = forms.map(|form| shown(&scene, &[*words, &["-o", form]].concat(), ""));
        is_golden(&format!("form-{name}"), &texts.concat());
        let texts = [80, 120].map(|columns| on_terminal(&scene, words, columns));
        is_golden(&format!("terminal-{name}"), &texts.concat());
    }
}

#[test]
fn the_answers_to_changes_are_what_was_reviewed() {
    for form in ["table", "json", "yaml"] {
        let scene = scene();
        let texts = CHANGES.iter().map(|(_, words)| shown(&scene, &[*words, &["-o", form]].concat(), ""));
        is_golden(&format!("answers-{form}"), &texts.collect::<String>());
    }
}
