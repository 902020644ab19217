//! `check`: what is wrong in the whole vault.

use serde_json::{Value, json};

use crate::support::samples::{self, USER, base64};
use crate::support::{Scene, members};

const STRONG: &str = "S-9xK!vq2#TzLw7@pE";
const EXPIRED: &str = include_str!("../file/fixtures/expired.crt.pem");

const PAIRS: [(&str, &str, &str); 3] = [
    (
        "ec",
        include_str!("../../../src/kind/rule/testdata/pair_ec.crt.pem"),
        include_str!("../../../src/kind/rule/testdata/pair_ec.key.pem"),
    ),
    (
        "ed25519",
        include_str!("../../../src/kind/rule/testdata/pair_ed25519.crt.pem"),
        include_str!("../../../src/kind/rule/testdata/pair_ed25519.key.pem"),
    ),
    (
        "rsa",
        include_str!("../../../src/kind/rule/testdata/pair_rsa.crt.pem"),
        include_str!("../../../src/kind/rule/testdata/pair_rsa.key.pem"),
    ),
];

fn add(scene: &Scene, document: &Value) {
    scene.run_with(["add", "-f", "-", "-q"], document.to_string()).ok();
}

fn login(scene: &Scene, id: &str, password: &str, words: &[&str]) {
    let own = ["add", "login", id, "username=svc", "password=-", "-q"];
    scene.run_with(own.iter().chain(words), password).ok();
}

/// What is found: the id, the check, and the member.
#[track_caller]
fn found(scene: &Scene, words: &[&str]) -> Vec<(String, String, String)> {
    let outcome = scene.run(["check", "-o", "json"].iter().chain(words)).hides("S-");
    let answer = outcome.json();
    let findings = answer["findings"].as_array().unwrap();
    outcome.exits(if findings.is_empty() { 0 } else { 8 });
    let text = |finding: &Value, name: &str| finding[name].as_str().unwrap_or_default().to_owned();
    findings.iter().map(|one| (text(one, "id"), text(one, "check"), text(one, "member"))).collect()
}

fn finding(id: &str, check: &str, member: &str) -> (String, String, String) {
    (id.to_owned(), check.to_owned(), member.to_owned())
}

#[test]
fn a_vault_in_order_is_0() {
    let scene = Scene::new();
    assert_eq!(scene.run(["check"]).ok().stdout(), "0 credentials checked, no problems were found\n");
    login(&scene, "a", STRONG, &["--valid-until", "2099-01-01"]);
    assert_eq!(scene.run(["check"]).ok().stdout(), "1 credential checked, no problems were found\n");
    assert_eq!(scene.answer(["check"]), json!({"checked": 1, "findings": []}));
    assert_eq!(scene.run(["check", "-o", "csv"]).ok().stdout(), "id,check,member,detail\n");
    assert!(scene.run(["check", "-o", "jsonl"]).ok().stdout.is_empty());
}

#[test]
fn every_type_in_order_is_0() {
    let scene = Scene::new();
    let user = ["--id", USER, "--auth-provider", "local", "--email", "a@example.org"];
    scene.run(["user", "add"].iter().chain(&user)).ok();
    let policy = ["--type", "route", "--route-to", "x", "--description", "d"];
    scene.run(["policy", "add", "P1"].iter().chain(&policy)).ok();
    for sample in samples::all() {
        add(&scene, &sample.document);
    }
    assert_eq!(found(&scene, &["--skip", "weak", "--skip", "shared"]), []);
}

#[test]
fn what_todays_rules_refuse() {
    let scene = Scene::new();
    login(&scene, "a", STRONG, &[]);
    scene.edit(|vault| vault["credentials"][0]["fields"]["username"] = json!(""));
    assert_eq!(found(&scene, &[]), [finding("a", "rules", "username")]);
    scene.run(["patch", "a", "username=svc"]).ok();
    assert_eq!(found(&scene, &[]), []);
}

#[test]
fn keys_that_do_not_fit_their_certificates() {
    let scene = Scene::new();
    for (id, certificate, own) in PAIRS {
        for (other, _, key) in PAIRS {
            let store = json!({"certificate": base64(certificate), "tls.key": base64(key)});
            let id = format!("{id}-{other}");
            add(&scene, &json!({"id": id, "type": "certificate", "keyStore": store}));
        }
        // two certificates: nobody knows which one it is
        let store = json!({"a": base64(samples::CERTIFICATE), "b": base64(certificate), "key": base64(own)});
        add(&scene, &json!({"id": format!("{id}-two"), "type": "generic", "keyStore": store}));
    }
    let wrong = ["ec-ed25519", "ec-rsa", "ed25519-ec", "ed25519-rsa", "rsa-ec", "rsa-ed25519"];
    let wrong: Vec<_> = wrong.iter().map(|id| finding(id, "key-pair", "keyStore.tls.key")).collect();
    assert_eq!(found(&scene, &["--skip", "shared"]), wrong);
}

#[test]
fn a_kubeconfig_is_looked_into() {
    let scene = Scene::new();
    for (id, key) in [("right", PAIRS[0].2), ("wrong", PAIRS[1].2)] {
        let user = json!({"client-certificate-data": base64(PAIRS[0].1), "client-key-data": base64(key)});
        let config = json!({"clusters": [{"name": "c", "cluster": {"server": "https://k8s.example"}}],
                            "users": [{"name": "u", "user": user}]});
        let document =
            json!({"id": id, "type": "kubeconfig", "keyStore": {"base64": base64(config.to_string())}});
        add(&scene, &document);
    }
    assert_eq!(found(&scene, &[]), [finding("wrong", "key-pair", "keyStore.base64")]);
}

#[test]
fn every_certificate_of_a_chain_counts() {
    let scene = Scene::new();
    let chain = format!("{}{EXPIRED}", samples::CERTIFICATE);
    add(&scene, &json!({"id": "chain", "type": "certificate", "keyStore": {"certificate": base64(&chain)}}));
    let user =
        json!({"client-certificate-data": base64(&chain), "client-key-data": base64(samples::PRIVATE_KEY)});
    let config = json!({"clusters": [{"name": "c", "cluster": {}}], "users": [{"name": "u", "user": user}]});
    add(
        &scene,
        &json!({"id": "kube", "type": "kubeconfig", "keyStore": {"base64": base64(config.to_string())}}),
    );
    let chain = finding("chain", "expired", "chainNotAfter");
    let kube = finding("kube", "expired", "certificateNotAfter");
    assert_eq!(found(&scene, &["--only", "expired"]), [chain, kube]);
    let listed = scene.run(["list", "--expiring", "30d", "-o", "name"]).ok();
    assert_eq!(listed.stdout(), "chain\nkube\n");
    let shown = scene.get("chain")["fields"].clone();
    assert!(shown["chain"].as_str().unwrap().contains("(until 2021-01-01T00:00:00.000000Z)"), "{shown}");
    assert_eq!(shown["chainNotAfter"], "2021-01-01T00:00:00.000000Z");
}

#[test]
fn what_is_over_and_what_will_be_soon() {
    let scene = Scene::new();
    let days = |days: u32| format!("{days}d");
    login(&scene, "over", "S-1xK!vq2#TzLw7@pE", &["--valid-until", "2020-01-01"]);
    login(&scene, "soon", "S-2xK!vq2#TzLw7@pE", &["--valid-until", &days(20)]);
    login(&scene, "later", "S-3xK!vq2#TzLw7@pE", &["--valid-until", &days(50)]);
    login(&scene, "off", "S-4xK!vq2#TzLw7@pE", &["--valid-until", &days(20), "--enabled", "false"]);
    let store = json!({"certificate": base64(EXPIRED)});
    add(&scene, &json!({"id": "pem", "type": "certificate", "keyStore": store}));
    let (over, pem) = (finding("over", "expired", "validUntil"), finding("pem", "expired", "notAfter"));
    let soon = |id: &str| finding(id, "expiring", "validUntil");
    assert_eq!(found(&scene, &[]), [over.clone(), pem.clone(), soon("soon")]);
    assert_eq!(found(&scene, &["--within", "10d"]), [over.clone(), pem.clone()]);
    assert_eq!(found(&scene, &["--within", "60d"]), [soon("later"), over.clone(), pem.clone(), soon("soon")]);
    assert_eq!(
        found(&scene, &["--within", "2099-01-01", "--only", "expiring"]),
        [soon("later"), soon("soon")]
    );
    assert_eq!(found(&scene, &["--only", "expired"]), [over, pem]);
    scene.run(["check", "--within", "soon"]).exits(2);
    let detail = scene.run(["check", "-o", "json"]).exits(8).json()["findings"][1]["detail"].clone();
    assert_eq!(detail, "expired on 2021-01-01");
}

#[test]
fn what_it_depends_on_must_be_there() {
    let scene = Scene::new();
    let user = ["--id", USER, "--auth-provider", "local", "--email", "a@example.org"];
    scene.run(["user", "add"].iter().chain(&user)).ok();
    let policy = ["--type", "route", "--route-to", "x", "--description", "d"];
    scene.run(["policy", "add", "P1"].iter().chain(&policy)).ok();
    let hash = ["add", "passwordHash", "h", "--name", USER, "cleartext=-", "change=true"];
    scene.run_with(hash, STRONG).ok();
    login(&scene, "a", "S-1xK!vq2#TzLw7@pE", &["--throttle-policy", "P1"]);
    login(&scene, "b", "S-2xK!vq2#TzLw7@pE", &["--throttle-policy", "P2"]);
    scene.run(["ref", "add", "a", "/servers/host1"]).ok();
    let missing = finding("b", "policy", "throttlePolicy");
    assert_eq!(found(&scene, &[]), std::slice::from_ref(&missing));
    scene.run(["user", "delete", USER]).ok();
    scene.run(["policy", "delete", "P1", "--force"]).ok();
    scene.edit(|vault| vault["references"][0]["credential"] = json!("gone"));
    let all = [
        finding("a", "policy", "throttlePolicy"),
        missing,
        finding("gone", "reference", ""),
        finding("h", "user", "name"),
    ];
    assert_eq!(found(&scene, &[]), all);
    let answer = scene.run(["check", "--only", "reference", "-o", "json"]).exits(8).json();
    assert!(answer["findings"][0]["detail"].as_str().unwrap().contains("/servers/host1"));
}

#[test]
fn secrets_that_several_have() {
    let scene = Scene::new();
    for id in ["a", "b", "c"] {
        login(&scene, id, STRONG, &[]);
    }
    login(&scene, "alone", "S-1xK!vq2#TzLw7@pE", &[]);
    add(&scene, &json!({"id": "value", "type": "Simple", "value": STRONG}));
    // within one credential nobody minds
    let twice = json!({"bindDn": base64("S-2xK!vq2#TzLw7@pE"), "password": base64("S-2xK!vq2#TzLw7@pE")});
    add(&scene, &json!({"id": "twice", "type": "generic", "keyStore": twice}));
    let shared = ["a", "b", "c"].map(|id| finding(id, "shared", "password"));
    let all = [&shared[..], &[finding("value", "shared", "value")]].concat();
    assert_eq!(found(&scene, &[]), all);
    assert_eq!(found(&scene, &["--skip", "shared"]), []);
    let findings = scene.run(["check", "-o", "json"]).exits(8).json()["findings"].clone();
    let detail = findings[3]["detail"].as_str().unwrap();
    assert!(detail.contains("2 more"), "{detail}");
    scene.run(["delete", "-y", "a", "c"]).ok();
    let findings = scene.run(["check", "-o", "json"]).exits(8).json()["findings"].clone();
    assert_eq!(findings[0]["detail"], "value has the same secret");
}

#[test]
fn secrets_that_can_be_guessed() {
    let scene = Scene::new();
    login(&scene, "svc-payments", "svc-payments", &[]);
    login(&scene, "word", "password1", &[]);
    login(&scene, "strong", STRONG, &[]);
    add(&scene, &json!({"id": "key", "type": "apikey", "keyStore": {"apikey": base64("letmein1")}}));
    let long = "correct horse battery staple and then some more";
    add(&scene, &json!({"id": "phrase", "type": "Simple", "value": long}));
    let weak = [
        finding("key", "weak", "keyStore.apikey"),
        finding("svc-payments", "weak", "password"),
        finding("word", "weak", "password"),
    ];
    assert_eq!(found(&scene, &["--only", "weak"]), weak);
    let outcome = scene.run(["check"]).exits(8);
    outcome.hides("password1").hides("letmein1").hides(&base64("letmein1")).says("3 problems were found");
}

#[test]
fn one_problem_is_reported_in_the_singular() {
    let scene = Scene::new();
    login(&scene, "word", "password1", &[]);
    scene.run(["check"]).exits(8).says("1 problem was found");
}

/// Something wrong of many kinds, with the secret `S-Pass1` in it.
fn wrong() -> Scene {
    let scene = Scene::new();
    login(&scene, "a", "S-Pass1", &["--valid-until", "2020-01-01", "--throttle-policy", "P1"]);
    login(&scene, "b", "S-Pass1", &["-p", "p1"]);
    scene
}

#[test]
fn only_what_is_asked_for_is_checked() {
    let scene = wrong();
    let kinds = |words: &[&str]| {
        let mut kinds: Vec<_> = found(&scene, words).into_iter().map(|(_, check, _)| check).collect();
        kinds.sort();
        kinds.dedup();
        kinds
    };
    assert_eq!(kinds(&[]), ["expired", "policy", "shared", "weak"]);
    assert_eq!(kinds(&["--only", "policy"]), ["policy"]);
    assert_eq!(kinds(&["--only", "policy", "--only", "weak"]), ["policy", "weak"]);
    assert_eq!(kinds(&["--skip", "policy", "--skip", "weak"]), ["expired", "shared"]);
    assert!(kinds(&["--only", "rules"]).is_empty());
    scene.run(["check", "--only", "nonsense"]).exits(2).says("key-pair");
    scene.run(["check", "--only", "weak", "--skip", "policy"]).exits(2);
}

#[test]
fn a_project_checks_its_own() {
    let scene = wrong();
    scene.run(["ref", "add", "a", "/servers/host1"]).ok();
    scene.edit(|vault| vault["references"][0]["credential"] = json!("gone"));
    assert_eq!(found(&scene, &["-p", "p1"]), [finding("b", "weak", "password")]);
    let answer = scene.run(["check", "-o", "json", "-p", "p1"]).exits(8).json();
    assert_eq!(answer["checked"], 1);
    assert!(found(&scene, &["-p", "p2"]).is_empty());
    scene.run(["check", "--role", "operator", "-p", "p2"]).ok();
}

#[test]
fn no_form_shows_a_secret() {
    let scene = wrong();
    for form in ["table", "wide", "json", "jsonl", "yaml", "csv", "tsv", "name"] {
        scene.run(["check", "-o", form, "-v"]).exits(8).hides("S-Pass1");
    }
    let table = scene.run(["check", "--only", "policy"]).exits(8);
    assert_eq!(
        table.stdout(),
        "ID  CHECK   MEMBER          DETAIL\na   policy  throttlePolicy  there is no policy P1\n"
    );
    let csv = scene.run(["check", "--only", "policy", "-o", "csv"]).exits(8);
    assert_eq!(csv.stdout(), "id,check,member,detail\na,policy,throttlePolicy,there is no policy P1\n");
    let outcome = scene.run(["check", "--only", "policy", "-o", "json"]).exits(8);
    let answer = outcome.json();
    assert_eq!(members(&answer), ["checked", "findings"]);
    assert_eq!(members(&answer["findings"][0]), ["check", "detail", "id", "member"]);
    assert_eq!(outcome.error()["error"], "partial");
}

#[test]
fn nothing_is_written() {
    let scene = wrong();
    scene.refuses(8, ["check"], "");
    scene.run(["check", "--vault", "missing.age"]).exits(4);
}
