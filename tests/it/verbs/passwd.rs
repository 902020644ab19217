//! `passwd`: the password and nothing else.

use credctl::vault::Unchecked as _;
use serde_json::json;

use crate::support::samples::{self, USER};
use crate::support::{Scene, invalid_fields, lab};

#[test]
fn only_the_password_changes() {
    let scene = Scene::with_login();
    scene.run(["patch", "admin", "--enabled", "false", "--description", "d"]).ok();
    let words = ["passwd", "admin", "--password-stdin", "-o", "json"];
    let answer = scene.run_with(words, "S-new\n").ok().hides("S-new").json();
    assert_eq!((&answer["id"], &answer["enabled"]), (&json!("admin"), &json!(false)));
    let stored = scene.get("admin");
    assert_eq!(stored["fields"], json!({"username": "ips", "domain": "test", "password": "S-new"}));
    assert_eq!((&stored["enabled"], &stored["description"]), (&json!(false), &json!("d")));
}

#[test]
fn a_document_has_the_password_and_the_rest_of_it_is_ignored() {
    let scene = Scene::with_login();
    scene.run_with(["passwd", "admin", "-f", "-"], r#"{"password":"new","username":"other","x":1}"#).ok();
    assert_eq!(scene.get("admin")["fields"], json!({"username": "ips", "domain": "test", "password": "new"}));
    for document in [r#"{"username":"x"}"#, r#"{"password":""}"#, r#"{"password":5}"#, r#"{"password":null}"#]
    {
        let error = scene.refuses(3, ["passwd", "admin", "-f", "-", "-o", "json"], document).error();
        assert_eq!(invalid_fields(&error), ["password"]);
    }
}

#[test]
fn an_empty_password_is_refused() {
    let scene = Scene::with_login();
    scene.refuses(3, ["passwd", "admin", "--password-stdin"], "\n");
    scene.refuses(3, ["passwd", "admin", "--password-stdin"], "");
    scene.refuses(2, ["passwd", "admin", "--password-stdin", "-f", "-"], "x");
    // nobody to ask
    scene.refuses(3, ["passwd", "admin"], "").says("password");
}

#[test]
fn types_without_a_password_have_none_to_change() {
    let scene = Scene::new();
    for kind in
        ["Aws", "Azure", "Gcp", "Simple", "GroupManagedServiceAccount", "X509Certificate", "s3", "keystore"]
    {
        scene.run_with(["add", "-f", "-"], samples::of(kind).document.to_string()).ok();
        let words = ["passwd", kind, "--password-stdin", "-o", "json"];
        let error = scene.refuses(3, words, "new").error();
        assert_eq!(invalid_fields(&error), ["password"], "{kind}");
    }
    scene.refuses(4, ["passwd", "nobody", "--password-stdin"], "new");
}

#[test]
fn the_password_of_a_connector_is_one_of_its_properties() {
    let scene = Scene::new();
    scene.run_with(["add", "-f", "-"], samples::of("connector").document.to_string()).ok();
    scene.run_with(["passwd", "connector", "--password-stdin"], "new").ok();
    let properties = &scene.get("connector")["fields"]["properties"];
    assert_eq!((&properties["password"], &properties["user"]), (&json!("new"), &json!("svc")));
}

#[test]
fn a_user_has_a_hash_that_is_never_shown() {
    let scene = Scene::new();
    // a vault with a password hash in it: users come from elsewhere
    let identity = scene.path("identity.txt");
    let credential = lab::Lab::new().create(&samples::of("passwordHash").document);
    let line = {
        let mut vault = lab::open(&scene.vault(), &identity).unwrap();
        vault.put_unchecked(&credential).unwrap();
        let lock = credctl::disk::Location::resolve(&scene.vault()).unwrap();
        let lock = lock.lock(std::time::Duration::from_secs(9)).unwrap();
        let lockset = lab::lockset(&identity);
        let sealer = credctl::vault::Sealer::new(&lockset).unwrap();
        vault
            .save(&lock, &lockset, sealer, credctl::disk::Backup::Keep, &credctl::vault::Remember::nothing())
            .unwrap();
        String::from_utf8(lab::decrypt(&scene.vault(), &identity)).unwrap()
    };
    assert!(
        line.contains("$argon2id$")
            && !line.contains("S-NetApp123")
            && !line.contains(&samples::base64("S-NetApp123"))
    );
    let shown = scene.run(["get", "passwordHash", "--reveal", "-o", "json"]).ok().hides("argon2").json();
    assert_eq!(shown["fields"], json!({"keyStore": {"change": "dHJ1ZQ=="}}));
    assert_eq!(shown["name"], USER);
    scene.run(["get", "passwordHash", "--field", "hash", "--force"]).exits(6).hides("argon2");
    scene.run(["get", "passwordHash", "--field", "cleartext"]).exits(4);

    // nobody sets the password of somebody who is not there
    let words = ["passwd", "passwordHash", "--password-stdin"];
    scene.refuses(3, words, "S-another-one").says("user");
    scene.refuses(6, ["verify", "passwordHash", "--password-stdin"], "S-NetApp123").says("local user");
    let user = ["user", "add", "--id", USER, "--auth-provider", "local", "--email", "u@example.org"];
    scene.run(user).ok();
    scene.run_with(["verify", "passwordHash", "--password-stdin"], "S-NetApp123").ok();
    scene.run_with(words, "S-another-one").ok();
    let after = String::from_utf8(lab::decrypt(&scene.vault(), &identity)).unwrap();
    let hash = |text: &str| text.split("\"hash\":\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
    assert_ne!(hash(&line), hash(&after));
    assert!(!after.contains("another"), "the clear text is kept");
    assert_eq!(scene.get("passwordHash")["fields"]["keyStore"]["change"], "dHJ1ZQ==");
    scene
        .run_with(["passwd", "passwordHash", "--password-stdin", "--must-change", "false"], "S-another-one")
        .ok();
    assert_eq!(scene.get("passwordHash")["fields"]["keyStore"]["change"], "ZmFsc2U=");

    // the policy, from config.toml and by default
    scene
        .refuses(3, ["passwd", "passwordHash", "--password-stdin"], "short")
        .hides("short")
        .says("8 characters");
    let config = scene.file("config.toml", "[password_policy]\nmin_length = 4\nrequire_digit = true\n");
    let words = ["passwd", "passwordHash", "--password-stdin", "--config", &config];
    scene.refuses(3, words, "abcd").says("digit");
    scene.run_with(words, "abc4").ok();

    // another password needs both again, and the name stays
    scene.refuses(3, ["update", "passwordHash", "cleartext=-"], "S-long-enough").says("keyStore.change");
    scene.refuses(3, ["update", "passwordHash", "change=true"], "").says("keyStore.cleartext");
    scene.refuses(5, ["patch", "passwordHash", "--name", "other"], "");
    // given anew as a whole it must belong to somebody
    let again = ["update", "passwordHash", "cleartext=-", "change=true"];
    scene.run(["user", "delete", USER]).ok();
    scene.refuses(3, again, "S-long-enough").says("user");
    scene.refuses(3, ["patch", "passwordHash", "cleartext=-"], "S-long-enough").says("user");
    scene.run(user.into_iter().chain(["--first-name", "U", "--last-name", "V"])).ok();
    scene.run_with(again, "S-long-enough").ok();
    // nobody would ever see a password that is made here
    scene.refuses(2, ["passwd", "passwordHash", "--generate"], "");
    assert_eq!(scene.get("passwordHash")["name"], USER);
}

#[test]
fn a_flag_that_the_type_has_not_is_refused() {
    let scene = Scene::with_login();
    scene.refuses(3, ["passwd", "admin", "--password-stdin", "--must-change", "true"], "p");
    scene.refuses(2, ["passwd", "admin", "--password-stdin", "--must-change", "perhaps"], "p");
}

#[test]
fn conditions_and_dry_runs() {
    let scene = Scene::with_login();
    let words = ["passwd", "admin", "--password-stdin"];
    scene.refuses(5, words.into_iter().chain(["--if-match", "nonsense"]), "p");
    scene.refuses(0, words.into_iter().chain(["-n"]), "p");
    let etag = scene.get("admin")["etag"].as_str().unwrap().to_owned();
    scene.run_with(words.into_iter().chain(["--if-match", &etag]), "p").ok();
}
