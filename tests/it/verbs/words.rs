//! `list WORD...`, `--type` twice and `--count`: the credentials that somebody half remembers.

use crate::support::{Scene, samples};

fn scene() -> Scene {
    let scene = Scene::new();
    let orders =
        ["add", "login", "prod/db/orders-rw", "username=svc-orders", "password=-", "--name", "Zebra"];
    let rest = ["--description", "Bookkeeping of Ada", "--label", "env=production", "--tag"];
    scene.run_with(orders.into_iter().chain(rest).chain(["url=https://pg.example.org"]), "canary-1").ok();
    let queue = ["add", "login", "prod/queue/orders-rw", "username=Émile", "password=-"];
    scene.run_with(queue, "canary-2").ok();
    scene.run_with(["add", "apikey", "statuspage", "apikey=-"], "canary-3").ok();
    let aws = ["add", "aws", "deploy", "accessKeyId=AKIAIOSFODNN7EXAMPLE", "secretAccessKey=-"];
    scene.run_with(aws, "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY").ok();
    let certificate = include_str!("../../../src/kind/rule/testdata/certificate.pem");
    scene.run_with(["add", "certificate", "web", "certificate=-"], certificate).ok();
    scene
}

fn found(scene: &Scene, words: &[&str]) -> Vec<String> {
    let outcome = scene.run([&["list", "-o", "name"], words].concat()).ok();
    outcome.stdout().lines().map(str::to_owned).collect()
}

#[test]
fn a_word_is_found_wherever_everybody_may_read_it() {
    let scene = scene();
    for word in ["DB/ord", "zebra", "bookkeeping", "production", "env=prod", "pg.example", "svc-orders"] {
        assert_eq!(found(&scene, &[word]), ["prod/db/orders-rw"], "{word}");
    }
    assert_eq!(found(&scene, &["émile"]), ["prod/queue/orders-rw"]);
    for word in ["aws", "akiaiosfodnn7"] {
        assert_eq!(found(&scene, &[word]), ["deploy"], "{word}");
    }
    assert_eq!(found(&scene, &["login"]), ["prod/db/orders-rw", "prod/queue/orders-rw"]);
    assert_eq!(scene.run(["search", "orders", "-o", "name"]).ok().stdout().lines().count(), 2);
}

#[test]
fn every_word_must_occur() {
    let scene = scene();
    assert_eq!(found(&scene, &["orders", "db"]), ["prod/db/orders-rw"]);
    // one in the id, one in a field
    assert_eq!(found(&scene, &["prod", "svc"]), ["prod/db/orders-rw"]);
    assert!(found(&scene, &["orders", "aws"]).is_empty());
    assert_eq!(found(&scene, &["orders", "--filter", "labels.env eq 'production'"]), ["prod/db/orders-rw"]);
}

#[test]
fn a_word_is_never_found_in_a_secret_or_in_base64() {
    let scene = scene();
    let encoded = samples::base64("canary-3");
    for word in ["canary", "canary-3", &encoded, "wjalrx", "LS0tLS1CRUdJTi"] {
        assert!(found(&scene, &[word]).is_empty(), "{word}");
    }
}

#[test]
fn several_types_are_a_choice() {
    let scene = scene();
    assert_eq!(found(&scene, &["--type", "Aws", "--type", "apikey"]), ["deploy", "statuspage"]);
    scene.run(["list", "--type", "aws", "--type", "nonsense"]).exits(2);
}

#[test]
fn a_count_is_a_number_and_nothing_else() {
    let scene = scene();
    for (words, count) in
        [(&[][..], "5\n"), (&["orders"], "2\n"), (&["--type", "aws"], "1\n"), (&["zz"], "0\n")]
    {
        for form in ["table", "wide", "name"] {
            let outcome = scene.run([&["list", "--count", "-o", form], words].concat()).ok();
            assert_eq!((outcome.stdout(), &*outcome.stderr), (count, ""));
        }
    }
    assert_eq!(scene.answer(["list", "--count"])["items"].as_array().unwrap().len(), 5);
    assert_eq!(scene.run(["list", "--count", "--limit", "1"]).ok().stdout(), "5\n");
}

#[test]
fn a_token_is_good_for_the_same_words_only() {
    let scene = scene();
    let first = scene.answer(["list", "orders", "--limit", "1"]);
    assert_eq!(first["totalItems"], 2);
    let token = first["continuationToken"].as_str().unwrap();
    let rest = scene.answer(["list", "orders", "--limit", "1", "--continue", token]);
    assert_eq!(rest["items"][0]["id"], "prod/queue/orders-rw");
    scene.run(["list", "prod", "--limit", "1", "--continue", token]).exits(2);
}

#[test]
fn a_column_may_be_any_public_name() {
    let scene = scene();
    let rows = |include: &str| scene.answer(["list", "--include", include])["items"].clone();
    assert_eq!(rows("id,username")[0], serde_json::json!(["deploy", null]));
    let orders = serde_json::json!(["https://pg.example.org", "production", null, "prod/db/orders-rw", 1]);
    assert_eq!(rows("tags.url,labels.env,validUntil,id,revision")[1], orders);
    let web = &rows("id,subject,notAfter")[4];
    assert!(web[1].as_str().unwrap().starts_with("CN="), "{web}");
    for name in ["password", "apikey", "keyStore", "colour"] {
        let error = scene.run(["list", "-o", "json", "--include", name]).exits(2).error();
        assert_eq!(error["invalidParams"][0]["name"], "include", "{name}");
    }
    let csv = scene.run(["list", "--include", "id,username", "-o", "csv", "--type", "login"]).ok();
    assert_eq!(csv.stdout(), "id,username\nprod/db/orders-rw,svc-orders\nprod/queue/orders-rw,Émile\n");
}

#[test]
fn find_with_a_word_names_list_and_does_not_repeat_the_word() {
    let scene = Scene::new();
    for words in [&["find", "S-orders"][..], &["find", "S-orders", "--value-stdin"]] {
        scene.refuses(2, words, "").says("credctl list WORD").says("find --value-stdin").hides("S-orders");
    }
    scene.run(["find"]).exits(2).says("--value-stdin");
}
