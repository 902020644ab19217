//! The other helpers, by the documents that their programs read.

use std::fs;
use std::os::unix::fs::symlink;
use std::process::Command;

use serde_json::{Value, json};

use super::{installed, search_path, skipped};
use crate::support::{PROGRAM, Run as _, Scene, samples};

fn parsed(text: &str) -> Value {
    serde_json::from_str(text).unwrap_or_else(|error| panic!("{error}: {text}"))
}

#[test]
fn docker_stores_gets_lists_and_erases() {
    let scene = Scene::new();
    let server = "https://registry.example.org/v2/";
    let request = json!({"ServerURL": server, "Username": "me", "Secret": "S-token"}).to_string();
    scene.run_with(["helper", "docker", "store"], &request).ok().hides("S-token");
    let answer = scene.run_with(["helper", "docker", "get"], format!("{server}\n")).ok();
    assert_eq!(parsed(answer.stdout()), parsed(&request));
    let renewed = request.replace("S-token", "S-renewed");
    scene.run_with(["helper", "docker", "store"], &renewed).ok();
    assert_eq!(scene.ids().len(), 1);
    assert_eq!(parsed(scene.run(["helper", "docker", "list"]).ok().stdout()), json!({server: "me"}));
    scene.run_with(["helper", "docker", "erase"], server).ok();
    let gone = scene.run_with(["helper", "docker", "get"], server).exits(4);
    // the words that docker knows it by
    assert_eq!(gone.stdout(), "credentials not found in native keychain\n");
}

#[test]
fn docker_has_one_login_for_a_server() {
    let scene = Scene::new();
    let server = "https://registry.example.org/v1/";
    let words = ["add", "login", "own", "username=old", "password=-", "--tag", "host=registry.example.org"];
    scene.run_with(words, "S-old").ok();
    for (user, secret) in [("old", "S-old"), ("new", "S-new")] {
        let request = json!({"ServerURL": server, "Username": user, "Secret": secret}).to_string();
        scene.run_with(["helper", "docker", "store"], &request).ok();
        let answer = scene.run_with(["helper", "docker", "get"], server).ok();
        assert_eq!(parsed(answer.stdout()), parsed(&request));
    }
    assert_eq!(scene.ids().len(), 2);
    scene.run_with(["helper", "docker", "erase"], server).ok();
    assert_eq!(scene.ids(), ["own"]);
}

#[test]
fn docker_does_not_erase_what_it_did_not_store() {
    let scene = Scene::new();
    let words = ["add", "login", "r", "username=me", "password=-", "--tag", "host=registry.example.org"];
    scene.run_with(words, "S-p").ok();
    let answer = scene.run_with(["helper", "docker", "get"], "registry.example.org").ok();
    assert_eq!(parsed(answer.stdout())["Secret"], "S-p");
    scene.run_with(["helper", "docker", "erase"], "registry.example.org").ok();
    assert_eq!(scene.ids(), ["r"]);
    let mut locked = scene.command(["helper", "docker", "get"]);
    let refused = locked.env_remove("CREDCTL_IDENTITY").outcome("registry.example.org").exits(7);
    assert!(refused.stdout().contains("locked"), "{refused:?}");
}

#[test]
fn docker_knows_errors_by_their_words_on_stdout() {
    let scene = Scene::new();
    for (action, request, words) in [
        ("get", "registry.example.org", "credentials not found in native keychain"),
        ("get", "", "no credentials server URL"),
        ("erase", "\n", "no credentials server URL"),
        ("store", r#"{"ServerURL":"","Username":"u","Secret":"s"}"#, "no credentials server URL"),
        ("store", r#"{"ServerURL":"r","Username":"","Secret":"s"}"#, "no credentials username"),
        ("unheard-of", "", "unknown credential action `unheard-of`"),
    ] {
        let refused = scene.run_with(["helper", "docker", action], request);
        assert_ne!(refused.status(), Some(0), "{action} {request}");
        assert_eq!(refused.stdout(), format!("{words}\n"), "{action} {request}");
    }
    assert!(scene.ids().is_empty());
}

#[test]
fn docker_lists_what_it_would_be_given() {
    let scene = Scene::new();
    let store = |server: &str, user: &str, secret: &str| {
        let request = json!({"ServerURL": server, "Username": user, "Secret": secret}).to_string();
        scene.run_with(["helper", "docker", "store"], request).ok();
    };
    store("registry.example:5000", "plain", "S-1");
    store("https://registry.example:5000/v2/", "path", "S-2");
    store("https://index.example/v1/", "me", "S-3");
    store("https://index.example/v1/refresh-token", "<token>", "S-4");
    store("off.example", "off", "S-5");
    scene.run(["patch", "docker:off.example", "--enabled=false"]).ok();
    for (id, user, tag) in [
        ("own", "own", "host=own.example"),
        ("other", "other", "url=https://other.example:443/team"),
        ("shadowed", "shadowed", "url=https://index.example/v1/"),
        ("ssh", "ssh", "url=ssh://ssh.example"),
    ] {
        let name = format!("username={user}");
        scene.run_with(["add", "login", id, &name, "password=-", "--tag", tag], "S-own").ok();
    }
    // what git stored is git's
    let git = "protocol=https\nhost=git.example\nusername=me\npassword=S-git\n\n";
    scene.run_with(["helper", "git", "store"], git).ok();
    let listed = parsed(scene.run(["helper", "docker", "list"]).ok().stdout());
    assert_eq!(
        listed,
        json!({"registry.example:5000": "plain", "https://registry.example:5000/v2/": "path",
            "https://index.example/v1/": "me", "https://index.example/v1/refresh-token": "<token>",
            "own.example": "own", "https://other.example:443/team": "other"})
    );
    for (server, user) in listed.as_object().unwrap() {
        let answer = scene.run_with(["helper", "docker", "get"], server).ok();
        assert_eq!(parsed(answer.stdout())["Username"], *user, "{server}");
    }
    for server in
        ["off.example", "ssh://ssh.example", "git.example", "http://own.example", "own.example:5000"]
    {
        scene.run_with(["helper", "docker", "get"], server).exits(4);
    }
    // and the other way round
    let asked = "protocol=https\nhost=index.example\npath=v1\n\n";
    let answer = scene.run_with(["helper", "git", "get"], asked).ok();
    assert_eq!(answer.stdout(), "username=shadowed\npassword=S-own\n");
}

fn add_aws(scene: &Scene) {
    let words = ["add", "Aws", "deploy", "accessKeyId=AKIAIOSFODNN7EXAMPLE", "secretAccessKey=-"];
    scene.run_with(words, "S-JalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKE").ok();
}

#[test]
fn aws_tools_get_their_key() {
    let scene = Scene::new();
    add_aws(&scene);
    scene.run(["patch", "deploy", "--valid-until", "2999-01-01"]).ok();
    let answer = parsed(scene.run(["helper", "aws", "deploy"]).ok().stdout());
    assert_eq!(
        answer,
        json!({"Version": 1, "AccessKeyId": "AKIAIOSFODNN7EXAMPLE",
               "SecretAccessKey": "S-JalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKE",
               "Expiration": "2999-01-01T00:00:00.000000Z"})
    );
    scene.login("other");
    scene.run(["helper", "aws", "other"]).exits(2);
    scene.run(["patch", "deploy", "--enabled=false"]).ok();
    scene.run(["helper", "aws", "deploy"]).exits(6).hides("S-Jalr");
}

#[test]
fn the_aws_command_takes_the_key() {
    if installed("aws").is_none() {
        return;
    }
    let scene = Scene::new();
    add_aws(&scene);
    scene
        .file("config", format!("[default]\nregion = x\ncredential_process = {PROGRAM} helper aws deploy\n"));
    let mut aws = Command::new("aws");
    scene.environment(&mut aws);
    aws.args(["configure", "export-credentials"]).env("PATH", search_path());
    aws.env("AWS_CONFIG_FILE", scene.path("config"));
    let outcome = aws.outcome("");
    if outcome.status() != Some(0) && outcome.stderr.contains("Invalid choice") {
        skipped("this version of aws does not export credentials");
        return;
    }
    let outcome = outcome.ok();
    assert_eq!(outcome.json()["SecretAccessKey"], "S-JalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKE");
}

#[test]
fn kubernetes_clients_get_a_token_or_a_certificate() {
    let scene = Scene::new();
    scene.run_with(["add", "kubeconfig", "token", "kubeconfig=-"], samples::kubeconfig()).ok();
    let answer = parsed(scene.run(["helper", "kubernetes", "token"]).ok().stdout());
    assert_eq!(
        answer,
        json!({"apiVersion": "client.authentication.k8s.io/v1", "kind": "ExecCredential",
               "status": {"token": "S-kube-token"}})
    );
    let certificate = json!({"kind": "Config", "clusters": [{"name": "c", "cluster": {"server": "https://k"}}],
        "users": [{"name": "u", "user": {"client-certificate-data": samples::base64(samples::CERTIFICATE),
                                         "client-key-data": samples::base64(samples::PRIVATE_KEY)}}]});
    scene.run_with(["add", "kubeconfig", "pair", "kubeconfig=-"], certificate.to_string()).ok();
    let mut asked = scene.command(["helper", "kubernetes", "pair"]);
    let info = r#"{"apiVersion":"client.authentication.k8s.io/v1beta1","kind":"ExecCredential","spec":{}}"#;
    let answer = parsed(asked.env("KUBERNETES_EXEC_INFO", info).outcome("").ok().stdout());
    assert_eq!(answer["apiVersion"], "client.authentication.k8s.io/v1beta1");
    assert_eq!(answer["status"]["clientCertificateData"], samples::CERTIFICATE);
    assert_eq!(answer["status"]["clientKeyData"], samples::PRIVATE_KEY);
    assert_eq!(answer["status"]["expirationTimestamp"], "2100-10-25T16:51:46Z");
    scene.login("other");
    scene.run(["helper", "kubernetes", "other"]).exits(2);
}

#[test]
fn kubernetes_clients_get_the_user_of_the_current_context() {
    let scene = Scene::new();
    let wrapped = |text: &str| {
        let base64 = samples::base64(text);
        format!("{}\n{}\n", &base64[..64], &base64[64..])
    };
    let config = |current: &str| {
        json!({"current-context": current, "clusters": [{"name": "c", "cluster": {"server": "https://k"}}],
            "contexts": [{"name": "dev", "context": {"cluster": "c", "user": "a"}},
                         {"name": "ops", "context": {"cluster": "c", "user": "b"}}],
            "users": [{"name": "a", "user": {"token": "S-dev"}},
                      {"name": "b", "user": {"token": "S-ops",
                                             "client-certificate-data": wrapped(samples::CERTIFICATE),
                                             "client-key-data": wrapped(samples::PRIVATE_KEY)}}]})
    };
    for current in ["dev", "ops", "", "gone"] {
        let id = format!("k{current}");
        scene.run_with(["add", "kubeconfig", &id, "kubeconfig=-"], config(current).to_string()).ok();
    }
    let status = |id: &str| parsed(scene.run(["helper", "kubernetes", id]).ok().stdout())["status"].clone();
    assert_eq!(status("kdev"), json!({"token": "S-dev"}));
    assert_eq!(
        status("kops"),
        json!({"token": "S-ops", "clientCertificateData": samples::CERTIFICATE,
               "clientKeyData": samples::PRIVATE_KEY, "expirationTimestamp": "2100-10-25T16:51:46Z"})
    );
    for id in ["k", "kgone"] {
        scene.run(["helper", "kubernetes", id]).exits(3).hides("S-").says("current context");
    }
}

#[test]
fn kubectl_takes_what_the_helper_says() {
    if installed("kubectl").is_none() {
        return;
    }
    let scene = Scene::new();
    scene.run_with(["add", "kubeconfig", "k", "kubeconfig=-"], samples::kubeconfig()).ok();
    let config = json!({"apiVersion": "v1", "kind": "Config", "current-context": "c",
        "clusters": [{"name": "c", "cluster": {"server": "https://127.0.0.1:1"}}],
        "contexts": [{"name": "c", "context": {"cluster": "c", "user": "u"}}],
        "users": [{"name": "u", "user": {"exec": {"apiVersion": "client.authentication.k8s.io/v1",
            "command": PROGRAM, "args": ["helper", "kubernetes", "k"], "interactiveMode": "Never"}}}]});
    let path = scene.file("kubeconfig.json", config.to_string());
    let mut kubectl = Command::new("kubectl");
    scene.environment(&mut kubectl);
    kubectl.env("PATH", search_path());
    kubectl.args(["--kubeconfig", &path, "get", "pods", "-v=9", "--request-timeout=2s"]);
    let outcome = kubectl.outcome("");
    // nothing answers there, but the request was made with the token
    assert!(outcome.stderr.contains("127.0.0.1:1"), "{outcome:?}");
    assert!(!outcome.stderr.contains("getting credentials"), "{outcome:?}");
    let mut locked = Command::new("kubectl");
    scene.environment(&mut locked);
    locked.env("PATH", search_path()).env_remove("CREDCTL_IDENTITY");
    locked.args(["--kubeconfig", &path, "get", "pods", "--request-timeout=2s"]);
    let outcome = locked.outcome("");
    assert!(outcome.stderr.contains("getting credentials"), "{outcome:?}");
}

#[test]
fn ssh_and_git_get_an_answer_to_their_question() {
    let scene = Scene::with_login();
    let named = |question: &str| {
        let mut command = scene.command(["helper", "askpass", question]);
        command.env("CREDCTL_ASKPASS", "admin/password").outcome("")
    };
    assert_eq!(named("Enter passphrase for key '/k': ").ok().stdout(), "old-password\n");
    let words = ["add", "login", "work", "username=me", "password=-", "--tag", "url=https://git.example.org"];
    scene.run_with(words, "S-work").ok();
    let ask = |question: &str| scene.run(["helper", "askpass", question]);
    assert_eq!(ask("Username for 'https://git.example.org': ").ok().stdout(), "me\n");
    assert_eq!(ask("Password for 'https://me@git.example.org': ").ok().stdout(), "S-work\n");
    ask("Password for 'https://you@git.example.org': ").exits(4);
    ask("Password for 'https://git.example.org'@evil.example': ").exits(2).hides("S-work");
    ask("Enter PIN: ").exits(2);
    ask("Enter passphrase for key '/k': ").exits(2).says("CREDCTL_ASKPASS");
    // ssh asks for the password at a host itself
    ask("me@git.example.org's password: ").exits(4);
    scene.run(["patch", "work", "--tag", "url=ssh://git.example.org"]).ok();
    assert_eq!(ask("me@git.example.org's password: ").ok().stdout(), "S-work\n");
}

#[test]
fn the_passphrase_of_a_key_answers_no_other_question() {
    let scene = Scene::with_login();
    let named = |question: &str, hint: &str| {
        let mut command = scene.command(["helper", "askpass", question]);
        command.env("CREDCTL_ASKPASS", "admin/password").env("SSH_ASKPASS_PROMPT", hint).outcome("")
    };
    for (question, status) in [
        ("(bob@evil.example) Type your GitHub password: ", 2),
        ("Allow use of key work? Key fingerprint SHA256:abc. ", 2),
        ("Are you sure you want to continue connecting (yes/no)? ", 2),
        ("Confirm user presence for key ED25519-SK SHA256:abc", 2),
        ("Password for 'https://evil.example': ", 6),
        ("Username for 'https://evil.example': ", 6),
        ("ips@evil.example's password: ", 6),
    ] {
        named(question, "").exits(status).hides("old-password");
    }
    named("Enter passphrase for key '/k': ", "confirm").exits(2).hides("old-password");
    // unless its tags say that it is for the site
    scene.run(["patch", "admin", "--tag", "host=good.example"]).ok();
    assert_eq!(named("Password for 'https://good.example': ", "").ok().stdout(), "old-password\n");
    assert_eq!(named("Username for 'https://good.example': ", "").ok().stdout(), "ips\n");
    assert_eq!(named("ips@good.example's password: ", "").ok().stdout(), "old-password\n");
    named("bob@good.example's password: ", "").exits(6);
    named("Password for 'http://good.example': ", "").exits(6);
}

#[test]
fn ansible_gets_the_password_of_a_vault_id() {
    let scene = Scene::with_login();
    scene.run_with(["add", "Simple", "prod", "value=-"], "S-vault").ok();
    assert_eq!(scene.run(["helper", "ansible", "--vault-id", "prod"]).ok().stdout(), "S-vault\n");
    // the status by which Ansible knows that there is no such id, and the others
    scene.run(["helper", "ansible", "--vault-id", "nothing"]).exits(2);
    let user = "0f3a4c1e-5b2d-4e6f-8a9b-0c1d2e3f4a5b";
    scene.run(["user", "add", "--id", user, "--auth-provider", "local", "--email", "e@example.org"]).ok();
    let words = ["add", "passwordHash", "hash", "--name", user, "cleartext=-", "change=false"];
    scene.run_with(words, "S-cleartext-1").ok();
    scene.run(["helper", "ansible", "--vault-id", "hash"]).exits(3).says("no password");
    scene.run(["patch", "prod", "--enabled=false"]).ok();
    scene.run(["helper", "ansible", "--vault-id", "prod"]).exits(6);
}

#[test]
fn links_are_helpers_by_their_names() {
    let scene = Scene::with_login();
    scene.run_with(["add", "Simple", "prod", "value=-"], "S-vault").ok();
    let run = |name: &str, words: &[&str], stdin: &str| {
        let path = scene.path(name);
        if !path.exists() {
            symlink(PROGRAM, &path).unwrap();
        }
        let mut command = Command::new(path);
        scene.environment(&mut command);
        command.args(words).outcome(stdin)
    };
    let ansible = run("credctl-ansible-client", &["--vault-id", "prod"], "").ok();
    assert_eq!(ansible.stdout(), "S-vault\n");
    assert_eq!(run("docker-credential-credctl", &["list"], "").ok().stdout(), "{}");
    for action in ["version", "--version"] {
        let version = run("docker-credential-credctl", &[action], "").ok();
        assert!(version.stdout().starts_with("docker-credential-credctl "), "{version:?}");
    }
    run("git-credential-credctl", &["get"], "protocol=https\nhost=h\n\n").ok();
    run("credctl-askpass", &["Enter PIN: "], "").exits(2);
    assert!(fs::read_link(scene.path("credctl-askpass")).is_ok());
}
