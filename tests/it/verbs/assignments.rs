//! `FIELD=VALUE` words: where a value comes from, and what is not allowed on the command line.

use serde_json::json;

use crate::support::{Run as _, Scene, samples, samples::base64};

const UUID: &str = "6b1551db-b7fa-473d-a05c-43524badb11b";

#[test]
fn a_secret_is_never_an_argument() {
    let scene = Scene::bare();
    for sample in samples::all() {
        for path in sample.secrets.iter().chain(sample.required).filter(|path| is_secret(&sample, path)) {
            let word = format!("{path}=hunter2");
            let outcome = scene.run(["add", sample.kind, "id", &word]).exits(2).hides("hunter2");
            let name = path.rsplit('.').next().unwrap();
            for form in ["=-", "=@", "=env:"] {
                let form = format!("{name}{form}");
                assert!(
                    outcome.stderr.contains(&form),
                    "{} {path}: no {form} in {}",
                    sample.kind,
                    outcome.stderr
                );
            }
        }
    }
    // by their short names and aliases too
    for words in [
        ["add", "apikey", "apikey=hunter2"],
        ["add", "login", "pwd=hunter2"],
        ["add", "kubeconfig", "kubeconfig=hunter2"],
    ] {
        scene.run(words).exits(2).hides("hunter2").says("=env:");
    }
    scene.run(["add", "connector", "properties={\"password\":\"hunter2\"}"]).exits(2).hides("hunter2");
    scene.run(["add", "connector", "properties.token=hunter2"]).exits(2).hides("hunter2");
}

fn is_secret(sample: &samples::Sample, path: &str) -> bool {
    let public = ["keyStore.change", "keyStore.certificate"];
    sample.secrets.contains(&path) || (path.starts_with("keyStore.") && !public.contains(&path))
}

#[test]
fn a_secret_is_refused_in_update_and_patch_too() {
    let scene = Scene::with_login();
    scene
        .refuses(2, ["update", "admin", "username=a", "password=hunter2"], "")
        .hides("hunter2")
        .says("password=@");
    scene.refuses(2, ["patch", "admin", "password=hunter2"], "").hides("hunter2").says("password=@");
    scene.refuses(2, ["put", "admin", "username=a", "pwd=hunter2"], "").hides("hunter2");
}

#[test]
fn one_newline_at_the_end_of_stdin_is_dropped_but_after_several_lines() {
    let scene = Scene::new();
    let cases =
        [("a\n", "a"), ("a\r\n", "a"), ("a\n\n", "a\n"), ("a", "a"), ("a\nb\n", "a\nb\n"), (" a ", " a ")];
    for (number, (given, kept)) in cases.into_iter().enumerate() {
        let id = format!("id{number}");
        scene.run_with(["add", "Simple", &id, "value=-"], given).ok();
        assert_eq!(scene.run(["get", &id, "--field", "value"]).ok().stdout(), kept, "{given:?}");
    }
}

#[test]
fn a_file_is_kept_to_the_byte_where_lines_matter() {
    let scene = Scene::new();
    let path = format!("value=@{}", scene.file("text", "one\ntwo\r\n"));
    scene.run(["add", "Simple", "text", &path]).ok();
    assert_eq!(scene.run(["get", "text", "--field", "value"]).ok().stdout(), "one\ntwo\r\n");
    let path = format!("password=@{}", scene.file("line", "secret\r\n"));
    scene.run(["add", "login", "line", "username=u", &path]).ok();
    assert_eq!(scene.run(["get", "line", "--field", "password"]).ok().stdout(), "secret");
    let path = format!("privkey=@{}", scene.file("key.pem", samples::PRIVATE_KEY));
    scene.run(["add", "privkey", "pem", &path]).ok();
    assert_eq!(scene.get("pem")["fields"]["keyStore"]["privkey"], base64(samples::PRIVATE_KEY));
    assert_eq!(scene.run(["get", "pem", "--field", "privkey"]).ok().stdout(), samples::PRIVATE_KEY);
}

#[test]
fn bytes_that_are_no_text_fit_in_a_key_store_only() {
    let scene = Scene::new();
    let bytes = b"\xff\x00\xfe";
    let path = scene.file("bytes", bytes);
    scene.run(["add", "keystore", "ks", &format!("keyStore.bin=@{path}")]).ok();
    assert_eq!(scene.run(["get", "ks", "--field", "bin"]).ok().stdout, bytes);
    scene.refuses(3, ["add", "Simple", "s", &format!("value=@{path}")], "").says("UTF-8");
    scene.refuses(3, ["add", "Simple", "s", "value=-"], bytes).says("UTF-8");
}

#[test]
fn an_environment_variable_is_for_secrets_only() {
    let scene = Scene::new();
    let mut command =
        scene.command(["add", "login", "a", "username=env:USER_NAME", "password=env:SECRET_NAME"]);
    command.env("SECRET_NAME", "from the environment").env("USER_NAME", "nobody").outcome("").ok();
    let fields = &scene.get("a")["fields"];
    assert_eq!(*fields, json!({"username": "env:USER_NAME", "password": "from the environment"}));
    scene.refuses(2, ["add", "login", "b", "username=u", "password=env:NOT_SET"], "").says("NOT_SET");
}

#[test]
fn a_backslash_makes_the_rest_literal() {
    let scene = Scene::new();
    for (id, word) in [("a", r"username=\@file"), ("b", r"username=\-"), ("c", r"username=\\x")] {
        scene.run_with(["add", "login", id, word, "password=-"], "p").ok();
    }
    assert_eq!(scene.get("a")["fields"]["username"], "@file");
    assert_eq!(scene.get("b")["fields"]["username"], "-");
    assert_eq!(scene.get("c")["fields"]["username"], r"\x");
}

#[test]
fn stdin_can_be_used_once() {
    let scene = Scene::with_login();
    let error = scene.refuses(
        2,
        ["add", "Aws", "a", "accessKeyId=AKIAIOSFODNN7EXAMPLE", "secretAccessKey=-", "sessionToken=-"],
        "x",
    );
    error.says("stdin");
    scene.refuses(2, ["update", "admin", "username=-", "password=-"], "x").says("stdin");
    scene.refuses(2, ["patch", "admin", "username=-", "password=-"], "x").says("stdin");
}

#[test]
fn a_dotted_path_sets_one_leaf() {
    let scene = Scene::new();
    let words = [
        "add",
        "aspire:rest-api",
        "c",
        "description=d",
        "properties.user=u",
        "properties.query.method=POST",
        "properties.query.urlTemplate=https://h/?a=b",
        "properties.password=-",
    ];
    scene.run_with(words, "S-p").ok();
    let expected =
        json!({"user": "u", "query": {"method": "POST", "urlTemplate": "https://h/?a=b"}, "password": "S-p"});
    assert_eq!(scene.get("c")["fields"]["properties"], expected);
    scene.run(["patch", "c", "properties.query.method=GET", "properties.domain=d"]).ok();
    let properties = &scene.get("c")["fields"]["properties"];
    assert_eq!(properties["query"], json!({"method": "GET", "urlTemplate": "https://h/?a=b"}));
    assert_eq!((&properties["domain"], &properties["password"]), (&json!("d"), &json!("S-p")));
    scene.refuses(3, ["patch", "c", "properties.user.url=x"], "").says("user");
}

#[test]
fn lists_are_split_at_commas() {
    let scene = Scene::new();
    let words = [
        "add",
        "apiCredential",
        "username=u",
        "email=a@b.org",
        "fullName=U",
        "password=-",
        "roleNameList=b,a,b",
        "ipList=10.0.0.1,2001:db8::/32",
    ];
    scene.run_with(words, "p").ok();
    let fields = &scene.get("u")["fields"];
    assert_eq!(fields["roleNameList"], json!(["b", "a"]));
    assert_eq!(fields["ipList"], json!(["10.0.0.1", "2001:db8::/32"]));
    scene.run(["patch", "u", "ipList="]).ok();
    assert_eq!(scene.get("u")["fields"]["ipList"], json!([]));
    scene.refuses(3, ["patch", "u", "ipList=10.0.0.1,nonsense"], "").says("ipList[1]");
}

#[test]
fn key_stores_are_given_plain_and_kept_in_base64() {
    let scene = Scene::new();
    let key = scene.file("access", "AK\n");
    scene.run_with(["add", "s3", "s", &format!("accessKey=@{key}"), "accessSecret=-"], "SK\n").ok();
    let expected = json!({"accessKey": base64("AK"), "accessSecret": base64("SK")});
    assert_eq!(scene.get("s")["fields"]["keyStore"], expected);
    assert_eq!(scene.run(["get", "s", "--field", "accessSecret"]).ok().stdout(), "SK");
    assert_eq!(scene.run(["get", "s", "--field", "keyStore.accessSecret"]).ok().stdout(), base64("SK"));
}

#[test]
fn a_kubeconfig_may_be_yaml_and_is_kept_as_json() {
    let scene = Scene::new();
    let yaml = "apiVersion: v1\nkind: Config\nclusters:\n- name: c1\n  cluster:\n    server: https://k8s.example:6443\n";
    let path = scene.file("config", yaml);
    for (id, word) in [("a", "kubeconfig"), ("b", "base64"), ("c", "keyStore.base64")] {
        scene.run(["add", "kubeconfig", id, &format!("{word}=@{path}")]).ok();
        let plain = scene.run(["get", id, "--field", "kubeconfig"]).ok().json();
        assert_eq!(plain["clusters"][0]["cluster"]["server"], "https://k8s.example:6443");
        assert_eq!(scene.run(["get", id, "--field", "clusterName"]).ok().stdout(), "c1");
    }
    // in a document it must be JSON already
    let document = json!({"type": "kubeconfig", "id": "d", "keyStore": {"base64": base64(yaml)}});
    scene.refuses(3, ["add", "-f", "-"], document.to_string()).says("keyStore.base64");
    let two = yaml.replace("clusters:\n", "clusters:\n- name: c0\n  cluster: {}\n");
    scene.refuses(3, ["add", "kubeconfig", "e", "kubeconfig=-"], two).says("one cluster");
    scene.refuses(3, ["add", "kubeconfig", "e", &format!("kubeconfig=@{path}"), "keyStore.other=-"], "x");
}

#[test]
fn a_service_account_key_is_taken_from_its_file() {
    let scene = Scene::new();
    let text = serde_json::to_string_pretty(&samples::service_account()).unwrap() + "\n";
    let path = scene.file("key.json", &text);
    scene.run(["add", "Gcp", "g", &format!("serviceAccountKey=@{path}")]).ok();
    let shown = scene.run(["get", "g", "-o", "json"]).ok().hides("PRIVATE KEY").json();
    assert_eq!(shown["fields"]["clientEmail"], "svc@proj.iam.gserviceaccount.com");
    assert_eq!(scene.run(["get", "g", "--field", "serviceAccountKey"]).ok().stdout(), text);
    // an object is turned into its text
    let document = json!({"type": "Gcp", "id": "h", "serviceAccountKey": samples::service_account()});
    scene.run_with(["add", "-f", "-"], document.to_string()).ok();
    assert!(scene.get("h")["fields"]["serviceAccountKey"].is_string());
}

#[test]
fn pem_ends_with_one_newline_by_every_door() {
    let scene = Scene::new();
    for (name, end) in [("none", ""), ("one", "\n"), ("two", "\n\n"), ("windows", "\r\n")] {
        let key = format!("{}{end}", samples::PRIVATE_KEY.trim_end());
        let [stdin, file, variable, document] =
            ["stdin", "file", "variable", "document"].map(|door| format!("{name}-{door}"));
        scene.run_with(["add", "privkey", &stdin, "privkey=-", "-q"], &key).ok();
        let path = format!("privkey=@{}", scene.file("key.pem", &key));
        scene.run(["add", "privkey", &file, &path, "-q"]).ok();
        let mut add = scene.command(["add", "privkey", &variable, "privkey=env:KEY", "-q"]);
        add.env("KEY", &key).outcome("").ok();
        let astra = json!({"type": "application/astra-credential", "version": "1.1", "name": "n", "id": UUID,
            "keyType": "privkey", "keyStore": {"privkey": base64(&key)}, "valid": "true"});
        scene.run_with(["import", "-", "--on-conflict", "replace", "-q"], astra.to_string()).ok();
        let native = json!({"id": document, "type": "privkey", "keyStore": {"privkey": base64(&key)}});
        scene.run_with(["add", "-f", "-", "-q"], native.to_string()).ok();
        for id in [&stdin, &file, &variable, &document, UUID] {
            let kept = scene.run(["get", id, "--field", "privkey"]).ok();
            assert_eq!(kept.stdout(), samples::PRIVATE_KEY, "{id}");
        }
    }
    // where every line ends with \r\n the last one does, too
    let windows = samples::CERTIFICATE.replace('\n', "\r\n");
    scene.run_with(["add", "certificate", "c", "certificate=-", "-q"], windows.trim_end()).ok();
    assert_eq!(scene.run(["get", "c", "--field", "certificate"]).ok().stdout(), windows);
}
