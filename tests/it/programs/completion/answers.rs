//! The candidates for each kind of place, straight from the program.

use super::{complete, scene};
use crate::support::Scene;

#[track_caller]
fn is(scene: &Scene, line: &str, expected: &[&str]) {
    assert_eq!(complete(scene, line), expected, "{line}");
}

#[test]
fn ids_are_offered_where_an_id_belongs_and_once() {
    let scene = scene();
    for verb in ["get", "patch", "delete", "update", "history", "grant", "rename", "copy", "helper aws"] {
        is(&scene, &format!("{verb} prod/db"), &["prod/db/orders-rw", "prod/db/users-ro"]);
        is(&scene, &format!("{verb} prod-pl"), &[]);
    }
    is(&scene, "delete prod/db/users-ro prod/db", &["prod/db/orders-rw"]);
    is(&scene, "get deploy prod/db", &[]);
    is(&scene, "run --all dep", &["deploy"]);
    is(&scene, "run -e A=dep", &["A=deploy/"]);
    is(&scene, "run -e A=deploy/secret", &["A=deploy/secretAccessKey"]);
    assert!(complete(&scene, "add login prod/").is_empty());
}

#[test]
fn types_go_by_all_their_names() {
    let scene = Scene::bare();
    is(&scene, "add log", &["login"]);
    is(&scene, "list --type Azu", &["Azure"]);
    is(&scene, "types usernamep", &["UsernamePassword"]);
    is(&scene, "policy add x --type ro", &["route"]);
}

#[test]
fn own_types_and_their_fields_are_offered_like_built_in_ones() {
    let scene = scene();
    let toml = include_str!("../../../../examples/types/postgres.toml");
    scene.run_with(["types", "--define", "-"], toml).ok();
    is(&scene, "add db.", &["db.postgres"]);
    is(&scene, "list --type db.", &["db.postgres"]);
    is(&scene, "types db.", &["db.postgres"]);
    is(&scene, "add db.postgres x ho", &["host="]);
    is(&scene, "add db.postgres x sslmode=ver", &["sslmode=verify-ca", "sslmode=verify-full"]);
    is(&scene, "add db.postgres x password=g", &["password=generate"]);
    is(&scene, "list --filter hos", &["host"]);
    is(&scene, "list --include id,sslm", &["id,sslmode"]);
}

#[test]
fn fields_are_those_of_the_type_or_of_the_credential() {
    let scene = scene();
    is(&scene, "add login x usern", &["username="]);
    is(&scene, "add login x username=a usern", &[]);
    is(&scene, "add login x password=g", &["password=generate"]);
    is(&scene, "patch deploy access", &["accessKeyId="]);
    is(&scene, "get deploy --field access", &["accessKeyId"]);
    is(&scene, "get deploy --field secret", &["secretAccessKey"]);
    is(&scene, "get statuspage --field=api", &["--field=apikey"]);
    is(&scene, "get deploy --field passw", &[]);
    is(&scene, "get deploy --field accessKeyId --field access", &[]);
    is(&scene, "get prod/db/orders-rw --field labels", &["labels.env"]);
    is(&scene, "get --field usern", &["username"]);
    is(&scene, "patch prod/db/orders-rw --unset lab", &["labels.env"]);
}

#[test]
fn files_are_offered_behind_an_at_sign_and_for_files_only() {
    let scene = scene();
    is(&scene, "add certificate web certificate=@prod", &["certificate=@prod-plan.txt"]);
    is(&scene, "add -f prod", &["prod-plan.txt"]);
    is(&scene, "-i ident", &["identity.txt"]);
    is(&scene, "get prod-", &[]);
    is(&scene, "get --field prod-", &[]);
    is(&scene, "man ho", &["home/"]);
}

#[test]
fn records_beside_the_credentials_are_offered() {
    let scene = scene();
    let throttle = ["--type", "throttle", "--period", "hour", "--value", "5", "--description", "d"];
    scene.run(["policy", "add", "slow"].into_iter().chain(throttle)).ok();
    scene.run(["user", "add", "--auth-provider", "ldap", "--email", "ada@example.org"]).ok();
    scene.run(["environment", "add", "edge", "-r", &scene.own(), "--out", &scene.text_path("edge.age")]).ok();
    scene.run(["move", "prod/queue", "--to", "payments"]).ok();
    scene.run(["delete", "-y", "R&D"]).ok();
    is(&scene, "policy get s", &["slow"]);
    is(&scene, "add login x --throttle-policy s", &["slow"]);
    is(&scene, "deploy e", &["edge"]);
    is(&scene, "environment remove e", &["edge"]);
    is(&scene, "--project pay", &["payments"]);
    is(&scene, "restore R", &["R&D"]);
    is(&scene, "patch x --label e", &["env="]);
    is(&scene, "patch x --label env=", &["env=production"]);
    is(&scene, "patch x --tag u", &["url="]);
    assert_eq!(complete(&scene, "user delete ").len(), 1);
    assert_eq!(complete(&scene, "rollback prod/queue --revision ").len(), 1);
    // a project sees its own credentials and the global ones
    is(&scene, "--project other get prod/q", &[]);
    is(&scene, "-p payments get prod/q", &["prod/queue"]);
}

#[test]
fn queries_and_formats_are_those_of_the_verb() {
    let scene = Scene::bare();
    is(&scene, "list --order-by updat", &["updatedAt"]);
    is(&scene, "list --include id,updat", &["id,updatedAt"]);
    is(&scene, "list --filter usern", &["username"]);
    is(&scene, "get x --format dot", &[]);
    is(&scene, "export --format dote", &["dotenv"]);
    is(&scene, "list -o jso", &["json", "jsonl"]);
    is(&scene, "--role op", &["operator"]);
}

#[test]
fn verbs_go_by_their_names_and_options_wait_for_a_dash() {
    let scene = scene();
    is(&scene, "hist", &["history"]);
    is(&scene, "get --rev", &["--reveal", "--revision"]);
    assert!(complete(&scene, "").contains(&"rename".to_owned()));
    assert!(!complete(&scene, "get ").iter().any(|one| one.starts_with('-')));
    let of_undo = complete(&scene, "undo ");
    assert!(
        of_undo.contains(&"--dry-run".to_owned()) && !of_undo.contains(&"--vault".to_owned()),
        "{of_undo:?}"
    );
    let begun = complete(&scene, "undo --");
    let position = |name| begun.iter().position(|one| one == name).unwrap();
    assert!(position("--dry-run") < position("--vault"), "{begun:?}");
}

#[test]
fn a_word_that_is_no_verb_ends_what_is_known_except_for_help() {
    let scene = Scene::bare();
    is(&scene, "nonsense ", &[]);
    is(&scene, "policy nonsense ", &[]);
    is(&scene, "help ren", &["rename"]);
    is(&scene, "help exit", &["exit-status"]);
}

#[test]
fn the_script_of_every_shell_asks_the_program_in_the_search_path() {
    let scene = Scene::bare();
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        let script = scene.run(["completions", shell]).ok();
        assert!(script.stdout().contains(&format!("credctl __complete {shell}")), "{shell}");
        assert!(script.stdout().lines().count() < 45, "{shell}");
    }
}
