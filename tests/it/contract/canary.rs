//! A secret that is looked for wherever it must not be, over the life of a credential.

use std::fs;
use std::path::Path;
use std::process::Command;

use serde_json::json;

use crate::support::samples::base64;
use crate::support::{Outcome, Run as _, Scene};

const CANARY: &str = "C4n4ry-tw33t-9f31";

/// The canary as it is, in base64, and with its letters as JSON could escape them.
fn forms() -> [Vec<u8>; 3] {
    let hex: String = CANARY.bytes().map(|byte| format!("{byte:02x}")).collect();
    [CANARY.into(), base64(CANARY).trim_end_matches('=').into(), hex.into()]
}

fn contains(bytes: &[u8]) -> bool {
    forms().iter().any(|form| bytes.windows(form.len()).any(|window| window == form))
}

/// Every file below a folder.
fn search(folder: &Path) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            search(&path);
        } else if path.is_file() {
            assert!(!contains(&fs::read(&path).unwrap()), "it stands in {}", path.display());
        }
    }
}

#[track_caller]
fn silent(scene: &Scene, outcome: Outcome) -> Outcome {
    assert!(!contains(&outcome.stdout), "stdout: {outcome:?}");
    assert!(!contains(outcome.stderr.as_bytes()), "stderr: {outcome:?}");
    search(&scene.path("."));
    outcome
}

#[test]
fn it_is_seen_only_by_whoever_asks_for_it() {
    let scene = Scene::new();
    let stdin = |words: &[&str], input: &str| silent(&scene, scene.run_with(words, input));
    for form in ["table", "json", "yaml", "csv", "name"] {
        let id = format!("a-{form}");
        stdin(&["add", "login", &id, "username=u", "password=-", "-o", form, "-v"], CANARY).ok();
        stdin(&["get", &id, "-o", form, "-v"], "").ok();
        stdin(&["list", "-o", form, "-v"], "").ok();
        stdin(&["update", &id, "username=u", "password=-", "-o", form, "-v"], CANARY).ok();
        stdin(&["put", &id, "username=u", "password=-", "-o", form, "-v"], CANARY).ok();
        stdin(&["patch", &id, "password=-", "-o", form, "-v"], CANARY).ok();
        stdin(&["passwd", &id, "--password-stdin", "-o", form, "-v"], CANARY).ok();
        stdin(&["passwd", &id, "-f", "-", "-o", form, "-v"], &json!({"password": CANARY}).to_string()).ok();
        stdin(&["patch", &id, "domain=d", "-n", "-o", form], "").ok();
    }
    // documents, whole and broken in every way
    let document = |value: serde_json::Value| {
        json!({"id": "d", "type": "login", "username": "u", "password": value}).to_string()
    };
    stdin(&["add", "-f", "-"], &document(json!(CANARY))).ok();
    stdin(&["add", "-f", "-", "-o", "json"], &document(json!(CANARY))).exits(5);
    for broken in [
        document(json!([CANARY])),
        document(json!({CANARY: CANARY})),
        document(json!(CANARY)).replace("\"login\"", "\"Simple\""),
        document(json!(CANARY)).replace("\"login\"", "\"nonsense\""),
        document(json!(CANARY)).replace("\"login\",", "\"login\" "),
        document(json!(CANARY)).replace("\"u\"", "\"\""),
        document(json!(CANARY)).trim_end_matches('}').to_owned(),
        format!("{}{}", document(json!(CANARY)), CANARY),
        format!("- {CANARY}: [\n  {CANARY}"),
        format!("password: {CANARY}\npassword: {CANARY}\n"),
        CANARY.to_owned(),
        json!([CANARY]).to_string(),
    ] {
        for form in ["table", "json"] {
            assert_ne!(stdin(&["add", "-f", "-", "-o", form, "-v"], &broken).status(), Some(0), "{broken}");
            assert_ne!(stdin(&["update", "d", "-f", "-", "-o", form], &broken).status(), Some(0), "{broken}");
            assert_ne!(stdin(&["patch", "d", "-f", "-", "-o", form], &broken).status(), Some(0), "{broken}");
        }
    }
    // rules that the value breaks
    for words in [
        &["add", "Aws", "x", "accessKeyId=AKIAIOSFODNN7EXAMPLE", "secretAccessKey=-"][..],
        &["add", "Gcp", "x", "serviceAccountKey=-"],
        &["add", "kubeconfig", "x", "kubeconfig=-"],
        &["add", "privkey", "x", "privkey=-"],
        &["add", "certificate", "x", "certificate=-"],
        &["add", "SnmpCommunityString", "x", "value=-"],
        &[
            "add",
            "passwordHash",
            "x",
            "--name",
            "5f3d0e4b-4f43-4b5f-9c5a-0d7a0c1b2c3d",
            "cleartext=-",
            "change=true",
        ],
        &["add", "connector", "x", "properties=-"],
        &["add", "GroupManagedServiceAccount", "x", "username=a$", "value=-"],
    ] {
        for input in [CANARY.to_owned(), format!(" {CANARY} \n{CANARY}")] {
            let words: Vec<_> = words.iter().chain(&["-n", "-v", "-o", "json"]).copied().collect();
            stdin(&words, &input);
        }
    }
    stdin(&["rekey", "--recipient", &crate::support::lab::recipient(&scene.path("identity.txt"))], "").ok();
    stdin(&["delete", "-y", "d", "-v"], "").ok();
    // whoever asks gets it
    let revealed = scene.run(["get", "a-json", "--reveal"]).ok();
    assert!(contains(&revealed.stdout) && revealed.stderr.is_empty());
    assert_eq!(scene.run(["get", "a-json", "--field", "password"]).ok().stdout(), CANARY);
    search(&scene.path("."));
}

#[test]
fn the_vault_and_its_companions_tell_nothing_of_what_is_inside() {
    let scene = Scene::new();
    let names = ["name", "description", "label", "tag", "project"].map(|what| format!("{what}-{CANARY}"));
    let [name, description, label, tag, project] = &names;
    scene
        .run_with(
            [
                &["add", "login", CANARY, &format!("username={CANARY}"), "password=-", "-p", project][..],
                &["--name", name, "--description", description],
                &["--label", &format!("a={label}"), "--tag", &format!("a={tag}")],
            ]
            .concat(),
            CANARY,
        )
        .ok();
    scene.run(["patch", CANARY, "-p", project, "domain=d"]).ok();
    assert!(contains(scene.text().as_bytes()));
    for name in ["vault.age", "vault.age.bak", "vault.age.lock"] {
        let bytes = fs::read(scene.path(name)).unwrap();
        assert!(!contains(&bytes), "{name}");
        for word in ["UsernamePassword", "credentials", "username"] {
            assert!(!bytes.windows(word.len()).any(|window| window == word.as_bytes()), "{name}: {word}");
        }
    }
    // the header has the kind and the number of the recipients, and none of their keys
    let own = scene.own();
    scene.run(["rekey", "--add-recipient", &scene.recipient("friend.txt")]).ok();
    let header = scene.bytes();
    let header = String::from_utf8_lossy(&header[..header.len() / 2]).into_owned();
    assert_eq!(header.matches("-> X25519 ").count(), 2, "{header}");
    assert!(!header.contains(&own[4..]));
}

#[test]
fn the_verbs_around_a_credential_show_it_no_more() {
    let scene = Scene::new();
    let run = |words: &[&str], input: &str| silent(&scene, scene.run_with(words, input));
    let recipient = scene.recipient("e.txt");
    let environment = ["environment", "add", "e", "--recipient", &recipient, "--out", "e.age"];
    run(&environment, "").ok();
    for form in ["table", "json", "yaml", "csv", "name"] {
        let say = |words: &[&str], input: &str, status: i32| {
            run(&[words, &["-o", form, "-v"]].concat(), input).exits(status);
        };
        for id in ["a", "b"] {
            say(&["add", "login", id, "username=u", "password=-", "--valid-until", "10d"], CANARY, 0);
        }
        say(&["grant", "a", "--api-proxy", "Payments"], "", 0);
        say(&["access", "a"], "", 0);
        say(&["access", "--api-proxy", "Payments"], "", 0);
        say(&["revoke", "a", "--api-proxy", "Payments"], "", 0);
        say(&["ref", "add", "a", "/servers/host1"], "", 0);
        say(&["ref", "list"], "", 0);
        say(&["ref", "list", "--resource", "/servers/host1"], "", 0);
        say(&["ref", "remove", "a", "/servers/host1"], "", 0);
        say(&["environment", "list"], "", 0);
        say(&["deploy"], "", 0);
        say(&["move", "a", "--to", "shop"], "", 0);
        say(&["project", "list"], "", 0);
        say(&["verify", "a", "--password-stdin"], CANARY, 0);
        say(&["verify", "a", "--password-stdin"], &format!("x{CANARY}"), 6);
        say(&["verify", "a", "--ip", "10.0.0.1", "--api-proxy", "Payments"], "", 6);
        say(&["history", "a"], "", 0);
        let has_diff = !["csv", "name"].contains(&form);
        say(&["history", "a", "--diff"], "", if has_diff { 0 } else { 2 });
        say(&["get", "a", "--revision", "1"], "", 0);
        say(&["rollback", "a", "--revision", "1"], "", 0);
        say(&["check"], "", 8);
        say(&["check", "--only", "shared"], "", 8);
        say(&["list", "--expiring", "30d"], "", 0);
        say(&["undo", "-n"], "", 0);
        say(&["undo"], "", 0);
        say(&["delete", "-y", "a", "b"], "", 0);
        say(&["history"], "", 0);
        say(&["restore", "a"], "", 0);
        say(&["delete", "-y", "a"], "", 0);
        say(&["purge", "-y", "a", "b"], "", 0);
    }
    // documents of grants that somebody took for another one
    run(&["add", "login", "a", "username=u", "password=-"], CANARY).ok();
    for broken in [
        json!([{"name": "x", "type": CANARY}]).to_string(),
        json!([{"name": "x", "type": "API_PROXY", "password": CANARY}]).to_string(),
        json!([{"name": "x", "type": "API_PROXY", "expireTime": CANARY}]).to_string(),
        json!([[CANARY]]).to_string(),
        json!(CANARY).to_string(),
        format!("[{{\"name\": {CANARY}"),
        format!("- {CANARY}: ["),
        CANARY.to_owned(),
    ] {
        for verb in ["grant", "revoke"] {
            run(&[verb, "a", "-f", "-", "-o", "json"], &broken).exits(3);
        }
    }
    // a password that is none of the policy's liking
    let user = "5f3d0e4b-4f43-4b5f-9c5a-0d7a0c1b2c3d";
    run(&["user", "add", "--id", user, "--auth-provider", "local", "--email", "a@example.org"], "").ok();
    let add = ["add", "passwordHash", "h", "--name", user, "cleartext=-", "change=true", "-v"];
    run(&add, &CANARY.repeat(20)).exits(3);
    run(&add, CANARY).ok();
    assert!(scene.text().contains("$argon2id$"));
    run(&["delete", "-y", "a"], "").ok();
    run(&["purge", "-y", "a"], "").ok();
    // now it is nowhere at all
    assert!(!contains(scene.text().as_bytes()));
}

#[test]
fn exports_without_secrets_and_imports_do_not_show_it() {
    let scene = Scene::with_login();
    let run = |words: &[&str], input: &str| silent(&scene, scene.run_with(words, input));
    run(&["add", "login", "a", "username=u", "password=-", "--tag", "host=h.example"], CANARY).ok();
    run(&["add", "Simple", "b", "value=-"], &format!("{CANARY}\n\u{1}")).ok();
    run(&["add", "generic", "c", "note=-"], CANARY).ok();
    let recipient = crate::support::lab::recipient(&scene.path("identity.txt"));
    for format in credctl::export::FORMATS.iter() {
        let words = ["export", "--format", format.name, "-v"];
        run(&[&words[..], &["--no-secrets"]].concat(), "");
        run(&[&words[..], &["--encrypt-to", &recipient, "--out", "out.age", "--overwrite"]].concat(), "");
        // what fails tells why, and not what
        let outcome = scene.run(words);
        assert!(!contains(outcome.stderr.as_bytes()), "{}: {outcome:?}", format.name);
    }
    let texts = [
        format!("A_PASSWORD={CANARY}\nB='{CANARY}\n"),
        format!(
            "[default]\naws_access_key_id = AKIAIOSFODNN7EXAMPLE\naws_secret_access_key = {CANARY}\n{CANARY}\n"
        ),
        format!("machine h login u password {CANARY} {CANARY}\n"),
        format!("name,url,username,password\nx,https://u:{CANARY}@h/,u,{CANARY}\ny,{CANARY}\n"),
        format!("kind: Config\nclusters: []\nusers: [{{name: u, user: {{token: {CANARY}}}}}\n"),
        format!("<KeePassFile><Root><Group><Entry><String><Key>Password</Key><Value>{CANARY}</Value>"),
        format!(
            "{{\"encrypted\":false,\"items\":[{{\"type\":1,\"name\":\"n\",\"notes\":\"{CANARY}\"}},\"{CANARY}\"]}}"
        ),
        format!("-----BEGIN PRIVATE KEY-----\n{CANARY}\n-----END PRIVATE KEY-----\n"),
        format!("{{\"label\":\"l\",\"body\":{{\"kind\":\"{CANARY}\",\"fields\":{{}}}}}}"),
        format!("sops:\n    mac: x\na: {CANARY}\na: {CANARY}\n"),
        format!("{CANARY}=x y\n{CANARY}\n"),
        CANARY.to_owned(),
    ];
    for text in &texts {
        run(&["import", "-", "-v", "-o", "json", "--on-conflict", "replace"], text);
        for format in credctl::import::FORMATS {
            run(&["import", "-", "-v", "--format", format.name, "-n"], text);
        }
    }
}

#[test]
fn a_passphrase_is_not_repeated_either() {
    let scene = Scene::with_login();
    for words in [
        &["init", "--vault", "new.age", "--recipient", CANARY][..],
        &["rekey", "--recipient", "x"],
        &["list", "-i", "identity.txt", "--passphrase-stdin"],
    ] {
        let outcome = scene.run_with(words.iter().filter(|word| **word != CANARY), format!("{CANARY}\n"));
        assert!(!contains(outcome.stderr.as_bytes()) && !contains(&outcome.stdout), "{outcome:?}");
    }
}

#[test]
fn children_see_no_secret() {
    let scene = Scene::bare();
    std::fs::copy(
        format!("{}/tests/it/file/fixtures/v1/passphrase.age", env!("CARGO_MANIFEST_DIR")),
        scene.vault(),
    )
    .unwrap();
    let script = "{ env; cat /proc/$PPID/cmdline; cat /proc/$$/cmdline; cat; } > seen; exit 1";
    let words = ["add", "login", "a", "username=u", "password=-", "--passphrase-command", script];
    scene.run_with(words, CANARY).exits(7);
    let seen = fs::read(scene.path("seen")).unwrap();
    assert!(!contains(&seen), "{}", String::from_utf8_lossy(&seen));
    fs::remove_file(scene.path("seen")).unwrap();
    search(&scene.path("."));
}

#[test]
fn nobody_else_can_look_into_the_process() {
    let scene = Scene::with_login();
    // the lock is held, so the program waits with the secret in its memory
    let lock = credctl::disk::Location::resolve(&scene.vault()).unwrap();
    let lock = lock.lock(std::time::Duration::from_secs(9)).unwrap();
    let mut command =
        scene.command(["add", "login", "b", "username=u", "password=@secret", "--lock-timeout", "3s"]);
    scene.file("secret", CANARY);
    let mut child = command.spawn().unwrap();
    std::thread::sleep(std::time::Duration::from_millis(300));
    let proc = format!("/proc/{}", child.id());
    let cmdline = fs::read(format!("{proc}/cmdline")).unwrap();
    assert!(!contains(&cmdline) && contains(&fs::read(scene.path("secret")).unwrap()));
    let limits = fs::read_to_string(format!("{proc}/limits")).unwrap();
    let core = limits.lines().find(|line| line.starts_with("Max core file size")).unwrap();
    assert_eq!(core.split_whitespace().nth(4), Some("0"), "{core}");
    // root may look into everything
    if cfg!(target_os = "linux") && !rustix::process::geteuid().is_root() {
        assert!(
            fs::read(format!("{proc}/environ")).is_err() && fs::File::open(format!("{proc}/mem")).is_err()
        );
    }
    drop(lock);
    assert!(child.wait().unwrap().success());
}

#[test]
fn a_pipe_that_closes_leaves_nothing() {
    let scene = Scene::new();
    let script = format!(
        "printf {CANARY} | {} add login a username=u password=- -o json | head -c 1 >/dev/null",
        crate::support::PROGRAM
    );
    let mut shell = Command::new("/bin/sh");
    shell.args(["-c", &script]).current_dir(scene.path("."));
    scene.environment(&mut shell);
    silent(&scene, shell.outcome("")).ok();
    assert_eq!(scene.ids(), ["a"]);
}

#[test]
fn it_goes_to_the_program_that_asks_and_nowhere_else() {
    let scene = Scene::new();
    let run = |words: &[&str], input: &str| silent(&scene, scene.run_with(words, input));
    let words = ["add", "login", "a", "username=u", "password=-", "--tag", "url=https://git.example.org"];
    run(&words, CANARY).ok();
    run(&["run", "-e", "P=a/password", "--", "true"], "").ok();
    run(&["run", "--mask", "-e", "P=a/password", "--", "sh", "-c", "echo $P; echo $P >&2"], "").ok();
    run(&["run", "--all", "a", "--", "true"], "").ok();
    run(&["run", "--env-as-file", "F=a/password", "--", "sh", "-c", "test -s $F"], "").ok();
    run(&["run", "-e", "P=a/password", "-e", "LD_PRELOAD=a/password", "--", "true"], "").exits(2);
    run(&["inject"], "{{ cred://a/password }} {{ cred://b/password }}").exits(4);
    for form in ["table", "json", "yaml", "csv", "name"] {
        run(&["find", "--value-stdin", "--history", "-o", form], CANARY).ok();
        run(&["find", "--value-stdin", "-o", form], &format!("{CANARY}x")).exits(4);
    }
    let request = format!("protocol=https\nhost=h.example.org\nusername=u\npassword={CANARY}\n\n");
    for operation in ["store", "erase", "nonsense"] {
        run(&["helper", "git", operation], &request).ok();
    }
    run(&["helper", "git", "get"], CANARY).exits(2);
    run(
        &["helper", "docker", "store"],
        &json!({"ServerURL": "r", "Username": "u", "Secret": CANARY}).to_string(),
    )
    .ok();
    run(&["helper", "docker", "store"], &format!("{{\"Secret\": {CANARY}")).exits(2);
    run(&["helper", "docker", "list"], "").ok();
    run(&["helper", "aws", "a"], "").exits(2);
    run(&["helper", "kubernetes", "a"], "").exits(2);
    run(&["add", "login", "b", "username=u", "password=generate"], "").ok();
    run(&["passwd", "b", "--generate"], "").ok();
    // and it is what comes out of those that hand it over
    assert!(contains(&scene.run_with(["inject"], "{{ cred://a/password }}").ok().stdout));
    assert!(contains(&scene.run(["helper", "ansible", "--vault-id", "a"]).ok().stdout));
}
