//! Every kind of error with its hints, as text and as a document.

use super::{is_golden, shown};
use crate::support::Scene;

/// A kind of error, and calls that end with it.
type Kind = (&'static str, &'static [(&'static [&'static str], &'static str)]);

const KINDS: &[Kind] = &[
    (
        "usage",
        &[
            (&["lst"], ""),
            (&["list", "--filtre", "x"], ""),
            (&["get"], ""),
            (&["get", "db", "db"], ""),
            (&["add", "login", "a", "usrname=x"], ""),
            (&["add", "login", "a", "password=x"], ""),
            (&["add", "login", "a", "b", "username=u"], ""),
            (&["add", "Simpel", "a", "value=-"], "x"),
            (&["list", "--limit", "many"], ""),
            (&["list", "--filter", "id eq"], ""),
            (&["list", "--filter", "password eq 'x'"], ""),
            (&["list", "--include", "id,secret"], ""),
            (&["list", "--continue", "x"], ""),
            (&["get", "db", "--field", "nothing"], ""),
            (&["patch", "db"], ""),
            (&["delete", "db"], ""),
            (&["add", "login", "a", "username=u", "password=@-"], ""),
            (&["add", "login", "a", "username=u", "password=env:NOT_SET"], ""),
            (&["run", "--env", "LD_PRELOAD=db/password", "--", "true"], ""),
            (&["grant", "db"], ""),
            (&["export", "db", "--format", "excel"], ""),
        ],
    ),
    (
        "invalid",
        &[
            (&["add", "login", "a", "password=-"], "x"),
            (&["add", "Gcp", "a", "serviceAccountKey=-"], "{}"),
            (&["add", "certificate", "a", "certificate=-"], "x"),
            (&["add", "privkey", "a", "privkey=-"], "x"),
            (&["add", "Simple", "-a", "value=-"], "x"),
            (&["add", "-f", "-"], "{\"id\":\"a\"}"),
            (&["add", "-f", "-"], "{\"id\":"),
            (&["add", "-f", "-"], "a: [b"),
            (&["add", "-f", "-"], "id: a\ntype: login\nusername: u\ncolour: red\n"),
            (&["patch", "db", "--valid-until", "tomorrow"], ""),
            (&["import", "-"], "user,pass\na,b\n"),
            (&["policy", "add", "p", "--type", "throttle", "--description", "d"], ""),
            (&["user", "add", "--auth-provider", "local", "--email", "nobody"], ""),
        ],
    ),
    (
        "not-found",
        &[
            (&["get", "dc"], ""),
            (&["patch", "nothing", "--label", "a=b"], ""),
            (&["restore", "nothing"], ""),
            (&["history", "nothing"], ""),
            (&["deploy", "nothing"], ""),
            (&["policy", "get", "nothing"], ""),
            (&["user", "delete", "-y", "6b1551db-b7fa-473d-a05c-43524badb11b"], ""),
            (&["ref", "remove", "db", "/nothing"], ""),
            (&["revoke", "db", "--api-proxy", "nothing"], ""),
        ],
    ),
    (
        "conflict",
        &[
            (&["add", "Simple", "db", "value=-"], "x"),
            (&["patch", "db", "--label", "a=b", "--if-match", "x"], ""),
            (&["export", "db", "--out", "here.txt"], ""),
            (&["export", "db", "--out", "identity.txt", "--overwrite"], ""),
            (&["restore", "db"], ""),
            (&["init"], ""),
        ],
    ),
    (
        "forbidden",
        &[
            (&["--role", "operator", "patch", "db", "--label", "a=b"], ""),
            (&["-p", "shop", "patch", "db", "--label", "a=b"], ""),
            (&["-p", "shop", "rekey", "--recipient", "age1x"], ""),
            (&["get", "off", "--reveal"], ""),
        ],
    ),
    (
        "locked",
        &[
            (&["list", "--identity", "other.txt"], ""),
            (&["list", "--identity", "missing.txt"], ""),
            (&["list", "--identity", "here.txt"], ""),
            (&["list", "--vault", "passphrase.age"], ""),
            (&["list", "--vault", "passphrase.age", "--passphrase-stdin"], "wrong\n"),
        ],
    ),
    ("partial", &[(&["patch", "db", "nothing", "--label", "a=b"], ""), (&["add", "-f", "-"], "[{},{}]")]),
    (
        "damaged",
        &[
            (&["list", "--vault", "cut.age"], ""),
            (&["list", "--vault", "here.txt"], ""),
            (&["list", "--vault", "empty.age"], ""),
        ],
    ),
    (
        "io",
        &[
            (&["list", "--vault", "missing.age"], ""),
            (&["list", "--vault", "missing/vault.age"], ""),
            (&["list", "--vault", "."], ""),
            (&["add", "-f", "missing.json"], ""),
            (&["export", "db", "--out", "missing/file"], ""),
        ],
    ),
];

/// A vault with what the calls need.
fn scene() -> Scene {
    let scene = Scene::new();
    scene.run_with(["add", "login", "db", "username=app", "password=-"], "S-db").ok();
    scene.run_with(["add", "Simple", "off", "value=-", "--enabled=false"], "S-off").ok();
    scene.file("here.txt", "here\n");
    scene.file("empty.age", "");
    scene.recipient("other.txt");
    let bytes = scene.bytes();
    scene.file("cut.age", &bytes[..bytes.len() - 20]);
    let fixture = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/it/file/fixtures/v1/passphrase.age");
    std::fs::copy(fixture, scene.path("passphrase.age")).unwrap();
    scene
}

#[test]
fn every_kind_of_error_is_what_was_reviewed() {
    for (kind, calls) in KINDS {
        let mut text = String::new();
        for (words, stdin) in *calls {
            text += &shown(&scene(), words, stdin);
        }
        is_golden(&format!("error-{kind}"), &text);
    }
}

#[test]
fn an_error_as_a_document_is_what_was_reviewed() {
    let mut text = String::new();
    for (_, calls) in KINDS {
        let (words, stdin) = calls[0];
        text += &shown(&scene(), &[words, &["-o", "json"]].concat(), stdin);
    }
    is_golden("error-documents", &text);
}
