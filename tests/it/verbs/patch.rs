//! `patch`: what is given changes, and nothing else.

use serde_json::{Value, json};

use crate::support::{Scene, invalid_fields};

#[test]
fn a_warning_is_about_values_that_the_change_touches() {
    let scene = Scene::with_login();
    let warning = "totp: is shorter than 128 bits";
    let short = "GEZDGNBVGY3TQOJQ";
    scene.run_with(["patch", "admin", "totp=-"], short).ok().says(warning);
    scene.run(["patch", "admin", "domain=x"]).ok().hides(warning);
    scene.run(["patch", "admin", "--label", "a=b"]).ok().hides(warning);
    // what is given is judged, be it new or not
    scene.run_with(["patch", "admin", "totp=-"], short).ok().says(warning);
    scene.run_with(["patch", "admin", "totp=-"], "GEZDGNBVGY3TQOJR").ok().says(warning);
    scene.run(["rollback", "admin", "--revision", "1"]).ok().hides(warning);
    scene.run(["rollback", "admin", "--revision", "2"]).ok().says(warning);
    scene.run(["rollback", "admin", "--revision", "3"]).ok().hides(warning);
    // one about several fields comes with each of them
    let pair = "accessKeyId: an ASIA key is temporary";
    let key = ["add", "aws", "key", "accessKeyId=ASIAIOSFODNN7EXAMPLE", "secretAccessKey=-"];
    let secret = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY";
    scene.run_with(key, secret).ok().says(pair);
    scene.run(["patch", "key", "description=x"]).ok().hides(pair);
    scene.run(["patch", "key", "accessKeyId=ASIAIOSFODNN7EXAMPLF"]).ok().says(pair);
    scene.run_with(["patch", "key", "sessionToken=-"], "S-token").ok().hides(pair);
    scene.run(["patch", "key", "--unset", "sessionToken"]).ok().says(pair);
}

#[test]
fn patch_keeps_members_that_are_not_given() {
    let scene = Scene::with_login();
    scene
        .run(["patch", "admin", "--enabled", "false", "--label", "a=b", "--tag", "t=1", "--description", "d"])
        .ok();
    let before = scene.get("admin");
    scene.run_with(["patch", "admin", "password=-"], "new").ok();
    let after = scene.get("admin");
    assert_eq!(after["fields"], json!({"username": "ips", "domain": "test", "password": "new"}));
    let changing = ["etag", "updatedAt", "revision", "fields"];
    for (name, value) in
        before.as_object().unwrap().iter().filter(|(name, _)| !changing.contains(&name.as_str()))
    {
        assert_eq!(&after[name], value, "{name}");
    }
    assert_eq!(after["enabled"], false);
}

#[test]
fn nothing_to_change_is_wrong_usage() {
    let scene = Scene::with_login();
    scene.refuses(2, ["patch", "admin"], "");
    scene.refuses(2, ["patch", "admin", "-f", "-"], "{}");
    scene.refuses(2, ["patch"], "");
    // told once, not of every credential
    scene.run_with(["add", "Simple", "s", "value=-"], "v").ok();
    scene.refuses(2, ["patch", "admin", "s"], "");
    scene.refuses(2, ["patch", "admin", "s", "-f", "-"], "{}");
    scene.refuses(2, ["patch", "--filter", "enabled eq true"], "");
    let document = r#"{"filter":{"ids":["admin","s"]},"update":{}}"#;
    scene.refuses(2, ["patch", "-f", "-"], document);
}

#[test]
fn a_secret_as_an_argument_is_refused_for_all_and_never_repeated() {
    let scene = Scene::with_login();
    for words in [
        &["patch", "admin", "password=S-hunter2"][..],
        &["patch", "admin", "admin", "password=S-hunter2"],
        &["patch", "--filter", "enabled eq true", "password=S-hunter2"],
        &["patch", "admin", "--unset", "password=S-hunter2"],
        &["get", "admin", "password=S-hunter2"],
        &["passwd", "admin", "S-hunter2"],
        &["add", "login", "u", "username=x", "password:S-hunter2"],
        &["verify", "admin", "S-hunter2"],
    ] {
        let before = scene.bytes();
        scene.run(words.iter().copied()).hides("S-hunter2").exits(2);
        assert_eq!(before, scene.bytes());
    }
    // no id, and still no word behind it is taken for one
    for words in
        [&["patch", "nobody", "properties.password=S-hunter2"][..], &["patch", "nobody", "passwrd=S-hunter2"]]
    {
        scene.refuses(4, words.iter().copied(), "").hides("S-hunter2");
    }
    let told = scene.run(["patch", "admin", "password=x", "-o", "json"]).exits(2).error();
    assert!(told["hints"].to_string().contains("password=-"));
}

#[test]
fn a_map_says_by_id_what_is_changed() {
    let scene = Scene::with_login();
    scene.run_with(["add", "Simple", "s", "value=-"], "v").ok();
    let map = json!({"admin": {"description": "a"}, "s": {"id": "s", "description": "b"}}).to_string();
    scene.run_with(["patch", "-f", "-"], &map).ok();
    assert_eq!(
        (&scene.get("admin")["description"], &scene.get("s")["description"]),
        (&json!("a"), &json!("b"))
    );
    // who is named twice and differently is nobody
    let map = json!({"admin": {"id": "s", "description": "c"}, "s": {"description": "d"}}).to_string();
    let answer = scene.run_with(["patch", "-f", "-", "-o", "json"], &map).exits(8).json();
    assert_eq!(answer["results"][0]["error"]["status"], "409");
    assert_eq!(
        (&scene.get("admin")["description"], &scene.get("s")["description"]),
        (&json!("a"), &json!("d"))
    );
}

#[test]
fn a_filter_document_is_all_that_is_said() {
    let scene = Scene::with_login();
    let document = json!({"filter": {"ids": ["admin"]}, "update": {"description": "d"}}).to_string();
    scene.refuses(2, ["patch", "admin", "-f", "-"], &document);
    scene.refuses(2, ["patch", "--filter", "enabled eq true", "-f", "-"], &document);
    scene.run_with(["patch", "-f", "-"], &document).ok();
}

#[test]
fn entries_of_a_key_store_are_unset_by_their_names() {
    let scene = Scene::new();
    let document = json!({"id": "k", "type": "generic", "keyStore": {"a": "YQ==", "b.c": "Yg=="}});
    scene.run_with(["add", "-f", "-"], document.to_string()).ok();
    scene.run(["patch", "k", "--unset", "b.c"]).ok();
    assert_eq!(scene.get("k")["fields"]["keyStore"], json!({"a": "YQ=="}));
    scene.refuses(2, ["patch", "k", "a=-", "--unset", "a"], "x");
    scene.refuses(3, ["patch", "k", "--unset", "zz"], "");
}

#[test]
fn optional_fields_can_be_unset() {
    let scene = Scene::with_login();
    scene.run(["patch", "admin", "--description", "d", "--tag", "t=1", "--name", "N", "--label", "a=b"]).ok();
    scene.run(["patch", "admin", "--unset", "domain", "--unset", "description", "--unset", "tags"]).ok();
    let stored = scene.get("admin");
    assert_eq!(stored["fields"], json!({"username": "ips", "password": "old-password"}));
    assert_eq!((&stored["description"], &stored["tags"]), (&Value::Null, &json!({})));
    scene.run(["patch", "admin", "--unset", "labels", "--unset", "name"]).ok();
    let stored = scene.get("admin");
    assert_eq!((&stored["labels"], &stored["name"]), (&json!([]), &json!("admin")));
    scene.run(["patch", "admin", "--enabled", "false"]).ok();
    scene.run(["patch", "admin", "--unset", "enabled"]).ok();
    assert_eq!(scene.get("admin")["enabled"], true);
}

#[test]
fn null_in_a_document_unsets() {
    let scene = Scene::with_login();
    scene.run(["patch", "admin", "--description", "d"]).ok();
    scene.run_with(["patch", "admin", "-f", "-"], r#"{"domain":null,"description":null}"#).ok();
    let stored = scene.get("admin");
    assert_eq!(stored["fields"], json!({"username": "ips", "password": "old-password"}));
    assert_eq!(stored["description"], Value::Null);
    scene.refuses(3, ["patch", "admin", "-f", "-"], r#"{"password":null}"#).says("password");
}

#[test]
fn required_fields_cannot_be_unset() {
    let scene = Scene::with_login();
    for name in ["username", "password", "user"] {
        scene.refuses(3, ["patch", "admin", "--unset", name], "");
    }
    scene.refuses(3, ["patch", "admin", "--unset", "nonsense"], "").says("nonsense");
    scene.run(["add", "aspire:x", "c", "description=d", "properties.user=u", "properties.url=x"]).ok();
    scene.refuses(3, ["patch", "c", "--unset", "description"], "");
    scene.refuses(3, ["patch", "c", "--unset", "properties"], "");
    scene.run(["patch", "c", "--unset", "properties.url"]).ok();
    scene.refuses(3, ["patch", "c", "--unset", "properties.url"], "");
    // the last one: an object without members is no properties
    scene.refuses(3, ["patch", "c", "--unset", "properties.user"], "");
}

#[test]
fn identity_and_computed_members_cannot_be_unset() {
    let scene = Scene::with_login();
    for name in ["id", "type", "project", "createdAt", "etag"] {
        // not a success that did nothing
        let status = scene.run(["patch", "admin", "--unset", name]).status();
        assert!(matches!(status, Some(3 | 5)), "{name}: {status:?}");
    }
}

#[test]
fn identity_does_not_change() {
    let scene = Scene::with_login();
    for document in
        [r#"{"id":"b"}"#, r#"{"type":"Simple"}"#, r#"{"project":"p"}"#, r#"{"type":"Simple","value":"x"}"#]
    {
        scene.refuses(5, ["patch", "admin", "-f", "-"], document);
    }
    let words = ["add", "apiCredential", "username=u", "email=a@b.org", "fullName=U", "password=-"];
    scene.run_with(words, "p").ok();
    scene.refuses(5, ["patch", "u", "username=v"], "");
    scene.run(["patch", "u", "username=u", "fullName=V"]).ok();
    assert_eq!(scene.get("u")["fields"]["fullName"], "V");
}

#[test]
fn members_that_are_wrong_are_named() {
    let scene = Scene::with_login();
    let document = r#"{"username":"","nonsense":"S-1","createdAt":"2020-01-01"}"#;
    let error = scene.refuses(3, ["patch", "admin", "-f", "-", "-o", "json"], document).hides("S-1").error();
    assert_eq!(invalid_fields(&error), ["nonsense", "createdAt", "username"]);
    let error = scene
        .refuses(3, ["patch", "admin", "-f", "-", "-o", "json"], r#"{"username":"","revision":9}"#)
        .error();
    let mut names = invalid_fields(&error);
    names.sort_unstable();
    assert_eq!(names, ["revision", "username"]);
}

#[test]
fn lists_labels_and_objects_are_replaced_as_a_whole() {
    let scene = Scene::new();
    scene
        .run([
            "add",
            "aspire:x",
            "c",
            "description=d",
            "properties.user=u",
            "properties.url=x",
            "--label",
            "a=1",
            "--label",
            "b=2",
        ])
        .ok();
    scene
        .run_with(
            ["patch", "c", "-f", "-"],
            r#"{"properties":{"domain":"d"},"labels":[{"name":"c","value":"3"}]}"#,
        )
        .ok();
    let stored = scene.get("c");
    assert_eq!(stored["fields"]["properties"], json!({"domain": "d"}));
    assert_eq!(stored["labels"], json!([{"name": "c", "value": "3"}]));
}

#[test]
fn single_labels_and_tags_are_set_and_unset() {
    let scene = Scene::with_login();
    let labels = |id: &str| {
        let labels = scene.get(id)["labels"].clone();
        let pair = |label: &Value| {
            format!("{}={}", label["name"].as_str().unwrap(), label["value"].as_str().unwrap())
        };
        labels.as_array().unwrap().iter().map(pair).collect::<Vec<_>>().join(" ")
    };
    scene
        .run(["patch", "admin", "--label", "env=prod", "--label", "a.b=1", "--tag", "t=1", "--tag", "u.v=2"])
        .ok();
    scene.run(["patch", "admin", "--label", "env=dev", "--label", "own=ada", "--tag", "t=3"]).ok();
    assert_eq!(labels("admin"), "env=dev a.b=1 own=ada");
    assert_eq!(scene.get("admin")["tags"], json!({"t": "3", "u.v": "2"}));
    scene.run(["patch", "admin", "--unset", "labels.a.b", "--unset", "tags.u.v"]).ok();
    assert_eq!(
        (labels("admin").as_str(), &scene.get("admin")["tags"]),
        ("env=dev own=ada", &json!({"t": "3"}))
    );
    // all of them, and all but these
    scene.run(["patch", "admin", "--unset", "labels", "--label", "x=y"]).ok();
    assert_eq!(labels("admin"), "x=y");
    scene.run(["patch", "admin", "--unset", "labels", "--unset", "tags"]).ok();
    assert_eq!((labels("admin").as_str(), &scene.get("admin")["tags"]), ("", &json!({})));
    scene.refuses(3, ["patch", "admin", "--unset", "labels.x"], "");
    scene.refuses(2, ["patch", "admin", "--label", "a=1", "--unset", "labels.a"], "");
    scene.refuses(3, ["patch", "admin", "--label", "a=1", "--label", "a=2"], "");
    scene.refuses(2, ["patch", "admin", "--label", "=1"], "");
}

#[test]
fn labels_are_set_with_a_document_for_several_and_in_key_stores() {
    let scene = Scene::with_login();
    scene.run_with(["add", "keystore", "k", "a=-", "--label", "env=prod"], "x").ok();
    let document = r#"{"labels":[{"name":"a","value":"1"},{"name":"b","value":"1"}]}"#;
    scene.run_with(["patch", "admin", "-f", "-", "--label", "b=2"], document).ok();
    scene.run(["patch", "admin", "k", "--label", "c=3"]).ok();
    let label = |name: &str, value: &str| json!({"name": name, "value": value});
    assert_eq!(scene.get("admin")["labels"], json!([label("a", "1"), label("b", "2"), label("c", "3")]));
    assert_eq!(scene.get("k")["labels"], json!([label("env", "prod"), label("c", "3")]));
    scene.run(["patch", "k", "--unset", "labels.env"]).ok();
    assert_eq!(scene.get("k")["labels"], json!([label("c", "3")]));
    scene.run(["patch", "k", "--unset", "labels"]).ok();
    assert_eq!(scene.get("k")["labels"], json!([]));
}

#[test]
fn several_ids_in_one_call() {
    let scene = Scene::with_login();
    scene.login("b");
    scene.run_with(["add", "Simple", "s", "value=-"], "x").ok();
    let answer = scene.run(["patch", "admin", "b", "s", "--description", "all", "-o", "json"]).ok().json();
    let results = answer["results"].as_array().unwrap();
    assert_eq!(results.iter().map(|r| r["id"].as_str().unwrap()).collect::<Vec<_>>(), ["admin", "b", "s"]);
    assert!(results.iter().all(|result| result["updated"] == true), "{answer}");
    for id in ["admin", "b", "s"] {
        assert_eq!(scene.get(id)["description"], "all");
    }
    // one of another type has no such field
    let outcome = scene.run(["patch", "admin", "s", "b", "domain=new", "-o", "json"]).exits(8);
    let answer = outcome.json();
    assert_eq!(answer["results"][1]["updated"], false);
    assert_eq!(answer["results"][1]["error"]["status"], "400");
    assert_eq!(
        (&scene.get("admin")["fields"]["domain"], &scene.get("b")["fields"]["domain"]),
        (&json!("new"), &json!("new"))
    );
}

#[test]
fn atomic_changes_all_or_nothing() {
    let scene = Scene::with_login();
    scene.login("b");
    let words = ["patch", "admin", "nobody", "b", "--description", "x", "-o", "json"];
    let answer = scene.refuses(8, words.into_iter().chain(["--atomic"]), "").json();
    assert!(
        answer["results"].as_array().unwrap().iter().all(|result| result["updated"] == false),
        "{answer}"
    );
    scene.run(words).exits(8);
    assert_eq!(scene.get("b")["description"], "x");
}

#[test]
fn the_first_id_may_be_the_one_that_is_missing() {
    let scene = Scene::with_login();
    let answer = scene.run(["patch", "nobody", "admin", "domain=d", "-o", "json"]).exits(8).json();
    assert_eq!(
        (&answer["results"][0]["updated"], &answer["results"][1]["updated"]),
        (&json!(false), &json!(true))
    );
    assert_eq!(answer["results"][0]["error"]["status"], "404");
    scene.refuses(4, ["patch", "nobody", "domain=d"], "");
}

#[test]
fn a_stale_etag_is_a_conflict() {
    let scene = Scene::with_login();
    let etag = scene.get("admin")["etag"].as_str().unwrap().to_owned();
    scene.run(["patch", "admin", "--description", "a", "--if-match", &etag]).ok();
    let error = scene
        .refuses(5, ["patch", "admin", "--description", "b", "--if-match", &etag, "-o", "json"], "")
        .error();
    assert_eq!(error["status"], "412");
}

#[test]
fn a_dry_run_writes_nothing() {
    let scene = Scene::with_login();
    let answer = scene.refuses(0, ["patch", "admin", "domain=x", "-n", "-o", "json"], "").json();
    assert_eq!(answer["dryRun"], true);
    scene.refuses(3, ["patch", "admin", "username=", "-n"], "");
}

#[test]
fn a_kubeconfig_takes_no_other_entry() {
    let scene = Scene::new();
    scene.run_with(["add", "kubeconfig", "k", "kubeconfig=-"], crate::support::samples::kubeconfig()).ok();
    scene.refuses(3, ["patch", "k", "keyStore.other=-"], "x").says("keyStore.other");
    scene.run_with(["add", "s3", "s", "accessKey=env:HOME", "accessSecret=-"], "x").ok();
    scene.run_with(["patch", "s", "keyStore.other=-"], "x").ok();
    assert_eq!(scene.get("s")["fields"]["keyStore"]["other"], "eA==");
}

#[test]
fn an_entry_with_a_dot_in_its_name_is_one_entry() {
    let scene = Scene::new();
    scene.run_with(["add", "keystore", "ks", "keyStore.tls.crt=-"], "c").ok();
    scene.run_with(["patch", "ks", "keyStore.tls.key=-"], "k").ok();
    assert_eq!(scene.get("ks")["fields"]["keyStore"], json!({"tls.crt": "Yw==", "tls.key": "aw=="}));
    assert_eq!(scene.run(["get", "ks", "--field", "keyStore.tls.key"]).ok().stdout(), "aw==");
    scene.run(["patch", "ks", "--unset", "keyStore.tls.key"]).ok();
    assert_eq!(scene.get("ks")["fields"]["keyStore"], json!({"tls.crt": "Yw=="}));
}

#[test]
fn several_documents_are_a_bulk_call() {
    let scene = Scene::with_login();
    scene.login("b");
    let documents = json!([{"id": "admin", "domain": "one"}, {"id": "b", "domain": "two"}]).to_string();
    let answer = scene.run_with(["patch", "-f", "-", "-o", "json"], documents).ok().json();
    assert_eq!(answer["results"][1], json!({"id": "b", "updated": true}));
    assert_eq!(scene.get("b")["fields"]["domain"], "two");
}

#[test]
fn half_a_filter_document_is_no_map_of_ids() {
    let scene = Scene::with_login();
    scene.refuses(2, ["patch", "-f", "-"], r#"{"filter":{"ids":["admin"]}}"#);
    scene.refuses(3, ["patch", "-f", "-"], r#"{"update":{"description":"d"}}"#).says("filter");
}
