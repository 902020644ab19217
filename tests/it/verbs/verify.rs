//! `verify`: whether somebody may use a credential.

use serde_json::{Value, json};

use crate::support::samples::{self, base64};
use crate::support::{Scene, members};

/// The account `partner1` with the password `S-partner`, usable from these addresses.
fn partner(addresses: &[&str]) -> Scene {
    let scene = Scene::new();
    let mut document = samples::of("apiCredential").document;
    document["ipList"] = json!(addresses);
    scene.run_with(["add", "-f", "-", "-q"], document.to_string()).ok();
    scene
}

#[track_caller]
fn refused(scene: &Scene, words: &[&str], stdin: &str, why: &str) {
    let words = ["verify"].iter().chain(words).chain(&["-o", "json"]);
    let error = scene.refuses(6, words, stdin).hides("S-partner").error();
    assert_eq!(error["error"], "forbidden");
    assert!(error["detail"].as_str().unwrap().contains(why), "{error}");
}

#[test]
fn the_answer_says_yes_and_nothing_more() {
    let scene = partner(&[]);
    let words = ["verify", "partner1", "--password-stdin"];
    let outcome = scene.run_with(words.iter().chain(&["-o", "json"]), "S-partner").ok().hides("S-partner");
    assert_eq!(outcome.json(), json!({"id": "partner1", "verified": true}));
    assert_eq!(scene.run_with(words, "S-partner").ok().stdout(), "verified partner1\n");
    let outcome = scene.run_with(words, "wrong").exits(6);
    assert!(outcome.stdout.is_empty());
    assert_eq!(members(&scene.answer(["verify", "partner1"])), ["id", "verified"]);
}

#[test]
fn a_password_must_be_the_one_that_is_stored() {
    let scene = partner(&[]);
    let words = ["verify", "partner1", "--password-stdin"];
    for (typed, status) in [
        ("S-partner", 0),
        ("S-partner\n", 0),
        ("S-partner\r\n", 0),
        ("S-partner\n\n", 6),
        ("s-partner", 6),
        ("S-partne", 6),
        ("S-partner ", 6),
        ("", 6),
        ("\n", 6),
    ] {
        scene.refuses(status, words, typed);
    }
    scene.refuses(3, words, [0xff, 0xfe]);
    // one that ends in a newline itself needs two
    let value = ["add", "Simple", "s", "value=@value"];
    scene.file("value", "two\nlines\n");
    scene.run(value).ok();
    scene.run_with(["verify", "s", "--password-stdin"], "two\nlines\n\n").ok();
    scene.run_with(["verify", "s", "--password-stdin"], "two\nlines\n").exits(6);
}

#[test]
fn the_state_must_be_ok() {
    for (words, why) in [
        (&["--enabled", "false"][..], "Disabled"),
        (&["--valid-until", "2020-01-01", "--unset", "validFrom"], "Expired"),
        (&["--valid-from", "2098-01-01"], "NotYetValid"),
    ] {
        let scene = partner(&[]);
        scene.run(["patch", "partner1", "-q"].iter().chain(words)).ok();
        refused(&scene, &["partner1"], "", why);
        // what else would be right or wrong is not told
        refused(&scene, &["partner1", "--password-stdin"], "S-partner", why);
        refused(&scene, &["partner1", "--password-stdin", "--api-proxy", "x"], "wrong", why);
    }
}

#[test]
fn an_address_must_be_among_those_that_are_listed() {
    let all = ["90.0.182.75", "10.0.0.0/8", "172.16.1.1/16", "2001:db8::/32", "fe80::1"];
    for (addresses, address, allowed) in [
        (&all[..], "90.0.182.75", true),
        (&all, "90.0.182.76", false),
        (&all, "10.0.0.0", true),
        (&all, "10.255.255.255", true),
        (&all, "11.0.0.1", false),
        // host bits in a range mean the whole range
        (&all, "172.16.9.9", true),
        (&all, "172.17.0.1", false),
        (&all, "2001:db8:ffff::1", true),
        (&all, "2001:db9::1", false),
        (&all, "fe80::1", true),
        (&all, "fe80:0:0::1", true),
        (&all, "fe80::2", false),
        (&["0.0.0.0/0"], "203.0.113.9", true),
        (&["0.0.0.0/0"], "2001:db8::1", false),
        (&["::/0"], "2001:db8::1", true),
        (&["::/0"], "203.0.113.9", false),
        (&["10.0.0.1/32"], "10.0.0.1", true),
        (&["10.0.0.1/32"], "10.0.0.2", false),
        // an IPv4 address as a dual-stack gateway tells it
        (&["10.0.0.1/32"], "::ffff:10.0.0.1", true),
        (&["10.0.0.1/32"], "::ffff:10.0.0.2", false),
        (&[], "203.0.113.9", true),
        (&[], "2001:db8::1", true),
    ] {
        let scene = partner(addresses);
        let outcome = scene.run(["verify", "partner1", "--ip", address]);
        assert_eq!(
            outcome.status(),
            Some(if allowed { 0 } else { 6 }),
            "{address} in {addresses:?}: {outcome:?}"
        );
    }
    let scene = partner(&all);
    refused(&scene, &["partner1", "--ip", "192.0.2.1"], "", "address");
    // a list that nobody asks about restricts nothing
    scene.run_with(["verify", "partner1", "--password-stdin"], "S-partner").ok();
    for address in ["", "host1", "10.0.0.0/8", "10.0.0.256"] {
        let error = scene.refuses(2, ["verify", "partner1", "--ip", address, "-o", "json"], "").error();
        assert_eq!(error["invalidParams"][0]["name"], "ip", "{address:?}");
    }
}

#[test]
fn types_without_a_list_come_from_anywhere() {
    let scene = Scene::with_login();
    scene.run(["verify", "admin", "--ip", "203.0.113.9"]).ok();
}

#[test]
fn it_must_be_granted_to_everything_that_is_named() {
    let scene = partner(&[]);
    refused(&scene, &["partner1", "--api-proxy", "Payments"], "", "Payments");
    scene.run(["grant", "partner1", "--api-proxy", "Payments", "--api-proxy-group", "Public"]).ok();
    scene.run(["verify", "partner1", "--api-proxy", "Payments", "--api-proxy-group", "Public"]).ok();
    refused(&scene, &["partner1", "--api-proxy", "Payments", "--api-proxy", "Orders"], "", "Orders");
    refused(&scene, &["partner1", "--api-proxy-group", "Payments"], "", "API_PROXY_GROUP Payments");
    scene.run(["revoke", "partner1", "--api-proxy", "Payments"]).ok();
    refused(&scene, &["partner1", "--api-proxy", "Payments"], "", "Payments");
}

#[test]
fn everything_that_is_claimed_must_hold() {
    let scene = partner(&["10.0.0.0/8"]);
    scene.run(["grant", "partner1", "--api-proxy", "Payments"]).ok();
    let right = ["partner1", "--password-stdin", "--ip", "10.0.0.7", "--api-proxy", "Payments"];
    scene.run_with(["verify"].iter().chain(&right), "S-partner\n").ok();
    refused(&scene, &right, "wrong", "password");
    let elsewhere = ["partner1", "--password-stdin", "--ip", "11.0.0.7", "--api-proxy", "Payments"];
    refused(&scene, &elsewhere, "S-partner", "address");
    let other = ["partner1", "--password-stdin", "--ip", "10.0.0.7", "--api-proxy", "Orders"];
    refused(&scene, &other, "S-partner", "Orders");
}

/// What is compared for each type, and none for those that have nothing.
fn main_secret(kind: &str) -> Option<Value> {
    Some(match kind {
        "UsernamePassword" => json!("S-password1^"),
        "Aws" => json!("S-JalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKE"),
        "Azure" => json!("S-client"),
        "Gcp" => samples::of("Gcp").document["serviceAccountKey"].clone(),
        "Simple" => json!("S-one\nS-two\n"),
        "SnmpCommunityString" => json!("S-public"),
        "passwordHash" => json!("S-NetApp123"),
        "apikey" => json!("S-apikey"),
        "kubeconfig" => json!(samples::kubeconfig()),
        "privkey" => json!(samples::PRIVATE_KEY),
        "s3" => json!("S-secret"),
        "connector" => json!("S-rest"),
        "apiCredential" => json!("S-partner"),
        "otp" => samples::of("otp").document["totp"].clone(),
        _ => return None,
    })
}

#[test]
fn every_type_is_compared_by_its_main_secret() {
    let scene = Scene::new();
    scene
        .run(["user", "add", "--id", samples::USER, "--auth-provider", "local", "--email", "a@example.org"])
        .ok();
    for sample in samples::all() {
        let id = sample.document["id"].as_str().unwrap();
        scene.run_with(["add", "-f", "-", "-q"], sample.document.to_string()).ok();
        let words = ["verify", id, "--password-stdin"];
        match main_secret(sample.kind) {
            Some(secret) => {
                let secret = secret.as_str().unwrap();
                scene.run_with(words, format!("{secret}\n")).ok().hides(secret);
                scene.run_with(words, format!("{secret}x")).exits(6).hides(secret);
                scene.run_with(words, base64(secret)).exits(6);
            }
            None => drop(scene.run_with(words, "x").exits(2).says(sample.kind)),
        }
        scene.run(["verify", id]).ok();
    }
}

#[test]
fn it_is_found_like_with_get() {
    let scene = Scene::with_login();
    scene.run(["patch", "admin", "--name", "The admin"]).ok();
    scene.run(["verify", "The admin"]).ok();
    scene.run(["verify", "nobody"]).exits(4);
    scene.run(["verify", "admin", "-p", "p1", "--role", "operator"]).ok();
    scene.run(["move", "admin", "--to", "p2"]).ok();
    scene.run(["verify", "admin", "-p", "p1"]).exits(4);
    scene.run(["verify"]).exits(2);
}
