//! `run`: what the program gets, what it does not, and how it ends.

use std::process::Stdio;
use std::time::Duration;

use crate::support::terminal::Terminal;
use crate::support::{Run as _, Scene, samples};

fn sh(scene: &Scene, options: &[&str], script: &str) -> crate::support::Outcome {
    scene.run([&["run"], options, &["--", "sh", "-c", script]].concat())
}

#[test]
fn a_program_gets_what_it_is_given_and_nothing_that_unlocks() {
    let scene = Scene::with_login();
    let script = r#"printf '%s|' "$USER_NAME" "$PW" "$CREDCTL_IDENTITY" "$CREDCTL_PASSPHRASE" \
        "$CREDCTL_PASSPHRASE_FILE" "$CREDCTL_PASSPHRASE_COMMAND" "$CREDCTL_ASKPASS" "$KEPT""#;
    let words = [
        "run",
        "--env",
        "USER_NAME=admin/username",
        "-e",
        "PW=cred://admin/password",
        "--",
        "sh",
        "-c",
        script,
    ];
    let mut command = scene.command(words);
    for name in ["", "_FILE", "_COMMAND"] {
        command.env(format!("CREDCTL_PASSPHRASE{name}"), "S-pass");
    }
    command.env("CREDCTL_ASKPASS", "admin/password").env("KEPT", "kept");
    assert_eq!(command.outcome("").ok().stdout(), "ips|old-password||||||kept|");
    let clean = sh(&scene, &["--clean-env", "--env", "PW=admin/password"], "env | sort | cut -d= -f1");
    let names: Vec<_> = clean.ok().stdout().lines().map(str::to_owned).collect();
    assert!(names.contains(&"PW".to_owned()) && names.contains(&"HOME".to_owned()), "{names:?}");
    assert!(!names.iter().any(|name| name.starts_with("CREDCTL") || name.starts_with("XDG")), "{names:?}");
}

#[test]
fn run_exits_with_the_status_of_the_program() {
    let scene = Scene::with_login();
    for status in [0, 1, 7, 255] {
        sh(&scene, &["-e", "P=admin/password"], &format!("exit {status}")).exits(status);
        sh(&scene, &["--mask", "-e", "P=admin/password"], &format!("exit {status}")).exits(status);
    }
    scene.run(["run", "--", "/nowhere/program"]).exits(127).says("not found");
    let path = scene.file("not-executable", "x");
    scene.run(["run", "--", &path]).exits(126);
    // a signal is the program's own
    assert_eq!(sh(&scene, &[], "kill -TERM $$").status(), None);
    sh(&scene, &["--mask", "-e", "P=admin/password"], "kill -TERM $$").exits(128 + 15);
    // and so is stdin
    let echoed = scene.run_with(["run", "-e", "P=admin/password", "--", "cat"], "data").ok();
    assert_eq!(echoed.stdout(), "data");
}

#[test]
fn nothing_is_started_when_a_value_is_missing() {
    let scene = Scene::with_login();
    let marker = scene.text_path("marker");
    let script = format!("touch {marker}");
    for (words, status) in [
        (&["-e", "P=nothing/password"][..], 4),
        (&["-e", "P=admin/nothing"], 2),
        (&["-e", "P"], 2),
        (&["-e", "1P=admin/password"], 2),
        (&["-e", "LD_PRELOAD=admin/password"], 2),
        (&["-e", "BASH_ENV=admin/password"], 2),
        (&["--all", "nothing"], 4),
        (&["--for-api-proxy", "Nobody"], 4),
    ] {
        sh(&scene, words, &script).exits(status);
        assert!(!scene.path("marker").exists(), "{words:?}");
    }
    scene.run(["patch", "admin", "--enabled=false"]).ok();
    sh(&scene, &["-e", "P=admin/password"], &script).exits(6);
    sh(&scene, &["--all", "admin"], &script).exits(6);
    assert!(!scene.path("marker").exists());
    sh(&scene, &["-e", "LD_PRELOAD=admin/username", "--allow-env", "LD_PRELOAD"], "true").ok();
}

#[test]
fn whole_credentials_come_under_their_usual_names() {
    let scene = Scene::with_login();
    let words = ["add", "Aws", "deploy", "accessKeyId=AKIAIOSFODNN7EXAMPLE", "secretAccessKey=-"];
    scene.run_with(words, "S-JalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKE").ok();
    let script =
        r#"printf '%s|' "$AWS_ACCESS_KEY_ID" "$AWS_SECRET_ACCESS_KEY" "$ADMIN_USERNAME" "$ADMIN_PASSWORD""#;
    let got = sh(&scene, &["--all", "deploy", "--all", "admin"], script).ok();
    assert_eq!(
        got.stdout(),
        "AKIAIOSFODNN7EXAMPLE|S-JalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKE|ips|old-password|"
    );
    scene.run(["grant", "admin", "--api-proxy", "Payments"]).ok();
    assert_eq!(
        sh(&scene, &["--for-api-proxy", "Payments"], "printf %s \"$ADMIN_PASSWORD\"").ok().stdout(),
        "old-password"
    );
}

#[test]
fn a_value_as_a_file_is_a_private_file_in_memory() {
    let scene = Scene::with_login();
    scene.run_with(["add", "kubeconfig", "k", "kubeconfig=-"], samples::kubeconfig()).ok();
    let got =
        sh(&scene, &["--all", "k"], r#"cat "$KUBECONFIG"; case $KUBECONFIG in /proc/*) ;; *) exit 9;; esac"#);
    assert_eq!(got.ok().stdout(), samples::kubeconfig());
    let got =
        sh(&scene, &["--env-as-file", "F=admin/password"], r#"stat -Lc %a "$F"; cat "$F"; echo x >> "$F""#);
    assert_eq!(got.stdout(), "600\nold-password");
    assert_ne!(got.status(), Some(0), "the file could be changed");
}

#[test]
fn programs_that_it_starts_find_its_files_too() {
    let scene = Scene::new();
    for id in ["one", "two"] {
        let config = samples::kubeconfig().replace("prod", id);
        scene.run_with(["add", "kubeconfig", id, "kubeconfig=-"], config).ok();
    }
    // descriptors are closed, as Python does when it starts a program
    let script = r#"for fd in /proc/self/fd/*; do n=${fd##*/}; [ "$n" -gt 2 ] && eval "exec $n>&-" 2>/dev/null; done
        echo "$KUBECONFIG" | tr ':' '\n' | while read -r file; do cat "$file"; done"#;
    let inner = format!("bash -c '{}'", script.replace('\'', "'\\''"));
    let got = sh(&scene, &["--all", "one", "--all", "two"], &format!("{inner}; true")).ok();
    assert_eq!(got.stdout().matches("clusters").count(), 2, "{got:?}");
    // what can be one only is not two
    let key = samples::of("Gcp").document["serviceAccountKey"].clone();
    for id in ["g1", "g2"] {
        let document = serde_json::json!({"id": id, "type": "Gcp", "serviceAccountKey": key});
        scene.run_with(["add", "-f", "-"], document.to_string()).ok();
    }
    sh(&scene, &["--all", "g1", "--all", "g2"], "true").exits(2).says("--env-as-file");
}

#[test]
fn run_and_inject_use_a_disabled_credential_by_force_only() {
    let scene = Scene::with_login();
    scene.run(["patch", "admin", "--enabled=false"]).ok();
    for words in [&["--all", "admin"][..], &["-e", "ADMIN_PASSWORD=admin/password"]] {
        sh(&scene, words, "true").exits(6).says("--force");
        let got = sh(&scene, &[words, &["--force"]].concat(), r#"printf %s "$ADMIN_PASSWORD""#).ok();
        assert_eq!(got.stdout(), "old-password");
    }
    scene.run_with(["inject"], "cred://admin/password").exits(6);
    assert_eq!(scene.run_with(["inject", "--force"], "cred://admin/password").ok().stdout(), "old-password");
}

#[test]
fn the_passphrase_on_stdin_is_never_the_programs() {
    let scene = Scene::new();
    let got = scene.run_with(["run", "--passphrase-stdin", "--", "cat"], "S-passphrase\nrest\n").ok();
    assert_eq!(got.stdout(), "rest\n");
}

#[test]
fn secrets_in_lists_and_wrapped_encodings_are_masked() {
    let scene = Scene::new();
    let long = "S-".to_owned() + &"long secret ".repeat(10);
    let properties = serde_json::json!({"user": "u", "keys": ["S-first", "S-second"], "long": long});
    let document =
        serde_json::json!({"id": "c", "type": "filesystem", "description": "d", "properties": properties});
    scene.run_with(["add", "-f", "-"], document.to_string()).ok();
    let script = r#"env | grep ^C_; echo "$C_LONG" | base64; printf %s "$C_LONG" | base64 -w0; printf %s "$C_LONG" | od -An -tx1 | tr -d ' \n'"#;
    let got = sh(&scene, &["--mask", "--all", "c"], script).ok();
    let shown = got.stdout();
    assert!(shown.contains("C_USER=u\n") && shown.matches("********").count() >= 5, "{shown}");
    let left: String = shown.replace("********", "");
    for part in ["S-first", "S-second", "secret", "bG9uZyBzZWNyZX", "6c6f6e67"] {
        assert!(!left.contains(part), "{part}: {shown}");
    }
    // and they are found
    let found = scene.run_with(["find", "--value-stdin", "-o", "json"], "S-second").ok().json();
    assert_eq!(found["items"][0]["members"], serde_json::json!(["properties.keys[1]"]));
}

#[test]
fn an_env_file_names_values_and_references() {
    let scene = Scene::with_login();
    let path = scene.file(
        "env",
        "# comment\n\nA=plain\nexport B='two words'\nC=cred://admin/password # why\nD=\"cred://admin/username\"\n",
    );
    let script = r#"printf '%s|' "$A" "$B" "$C" "$D""#;
    assert_eq!(sh(&scene, &["--env-file", &path], script).ok().stdout(), "plain|two words|old-password|ips|");
    let plain = scene.file("plain", "A=1\n");
    // without a reference no vault is opened
    let mut no_vault = scene.command(["run", "--env-file", &plain, "--", "true"]);
    no_vault.env("CREDCTL_VAULT", scene.path("nowhere")).outcome("").ok();
    let wrong = scene.file("wrong", "A=1\nsecret without name\n");
    sh(&scene, &["--env-file", &wrong], "true").exits(3).says("line 2").hides("secret without name");
}

#[test]
fn what_the_program_prints_is_masked() {
    let scene = Scene::with_login();
    let script = r#"echo "a $P b"; echo "$P" >&2; printf %s "$P" | od -An -c | tr -d ' \n'; printf old-; sleep 0.1; printf password"#;
    let got = sh(&scene, &["--mask", "-e", "P=admin/password"], script).ok();
    assert!(got.stdout().starts_with("a ******** b\n") && got.stdout().ends_with("********"), "{got:?}");
    assert_eq!(got.stderr, "********\n");
}

#[test]
fn masked_output_comes_as_it_is_printed() {
    let scene = Scene::with_login();
    let mut command =
        scene.command(["run", "--mask", "-e", "P=admin/password", "--", "sh", "-c", "echo ready; cat"]);
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
    let mut stdout = child.stdout.take().unwrap();
    let (sender, received) = std::sync::mpsc::channel();
    std::thread::spawn(move || {
        let mut first = [0; 6];
        std::io::Read::read_exact(&mut stdout, &mut first).unwrap();
        sender.send(first).unwrap();
    });
    // the program waits for its stdin, which is still open
    assert_eq!(received.recv_timeout(Duration::from_secs(20)).unwrap(), *b"ready\n");
    drop(child.stdin.take());
    child.wait().unwrap();
}

#[test]
fn on_a_terminal_the_program_is_on_one_too() {
    let scene = Scene::with_login();
    let script = r#"test -t 0 && test -t 1 && echo "tty $P"; read line; echo "got $line"; exit 5"#;
    let command = scene.command(["run", "--mask", "-e", "P=admin/password", "--", "sh", "-c", script]);
    let mut terminal = Terminal::start(&command, "");
    terminal.answer("tty ********", "old-password").expect("got ********");
    let ended = terminal.end();
    assert_eq!((ended.status, ended.restored), (5, true), "{ended:?}");
    assert!(!ended.shown.contains("old-password"), "{ended:?}");
}

#[test]
fn limits_are_those_that_we_were_started_with() {
    let scene = Scene::with_login();
    for limit in ["0", "512"] {
        for mask in [&[][..], &["--mask"]] {
            let words =
                [&["run", "-e", "P=admin/password"][..], mask, &["--", "sh", "-c", "ulimit -S -c"]].concat();
            let words: Vec<String> = words.iter().map(|word| format!("'{word}'")).collect();
            let script = format!("ulimit -S -c {limit}; {} {}", crate::support::PROGRAM, words.join(" "));
            let mut shell = std::process::Command::new("sh");
            scene.environment(&mut shell);
            assert_eq!(shell.args(["-c", &script]).outcome("").ok().stdout(), format!("{limit}\n"));
        }
    }
}

#[test]
fn nothing_that_unlocks_is_inherited_by_descriptor_or_stdin() {
    let scene = Scene::with_login();
    let identity = std::fs::read_to_string(scene.path("identity.txt")).unwrap();
    let secret = identity.lines().find(|line| line.starts_with("AGE-SECRET-KEY")).unwrap();
    let program = crate::support::PROGRAM;
    scene.file("plain", "P=ips\n");
    let probe = "cat <&3 2>/dev/null; cat /proc/self/fd/3 2>/dev/null; cat 2>/dev/null; \
                 cat /proc/self/fd/0 2>/dev/null; echo \"$P\"";
    for mask in ["", "--mask"] {
        for (options, variables, redirection) in [
            ("-i /dev/fd/3", "-e P=admin/username", "3<identity.txt"),
            ("-i /proc/self/fd/3", "-e P=admin/username", "3<identity.txt"),
            ("-i /dev/stdin", "-e P=admin/username", "<identity.txt 3</dev/null"),
            // also where no vault is opened
            ("--passphrase-fd 3", "--env-file plain", "3<identity.txt"),
        ] {
            let script =
                format!("{program} {options} run {mask} {variables} -- sh -c '{probe}' {redirection}");
            let mut shell = std::process::Command::new("sh");
            scene.environment(&mut shell);
            shell.env_remove("CREDCTL_IDENTITY").env("CREDCTL_NON_INTERACTIVE", "1");
            let outcome = shell.args(["-c", &script]).current_dir(scene.path("")).outcome("").ok();
            assert!(outcome.stdout().contains("ips"), "{script}: {outcome:?}");
            assert!(!outcome.stdout().contains(secret), "{script}: {outcome:?}");
        }
    }
    // what follows the passphrase is for the program, and only that
    let file = scene.file("input", "S-passphrase\nrest\n");
    let script = format!(
        "{program} --passphrase-stdin run --env-file plain -- sh -c 'cat; cat /proc/self/fd/0' <{file}"
    );
    let mut shell = std::process::Command::new("sh");
    scene.environment(&mut shell);
    let outcome = shell.args(["-c", &script]).current_dir(scene.path("")).outcome("").ok();
    let outcome = outcome.hides("S-passphrase");
    assert_eq!(outcome.stdout(), "rest\nrest\n");
}

#[test]
fn a_signal_also_ends_the_wait_for_what_the_program_left_behind() {
    let scene = Scene::with_login();
    // the one in the background keeps stdout open
    let script = "sleep 30 & echo ready; wait";
    let mut command = scene.command(["run", "--mask", "-e", "P=admin/password", "--", "sh", "-c", script]);
    let mut child = command.stdin(Stdio::null()).stdout(Stdio::piped()).spawn().unwrap();
    let mut first = [0; 6];
    std::io::Read::read_exact(&mut child.stdout.take().unwrap(), &mut first).unwrap();
    let start = std::time::Instant::now();
    std::process::Command::new("kill").arg(child.id().to_string()).status().unwrap();
    assert_eq!(child.wait().unwrap().code(), Some(128 + 15));
    assert!(start.elapsed() < Duration::from_secs(20));
}

#[test]
fn signals_go_on_to_a_masked_program() {
    let scene = Scene::with_login();
    for (signal, status) in [("TERM", 3), ("HUP", 3), ("INT", 3), ("USR1", 3), ("QUIT", 3)] {
        // it says that it has been told, and ends as it likes
        let script = format!("trap 'echo told; exit 3' {signal}; echo ready; while :; do sleep 0.1; done");
        let mut command =
            scene.command(["run", "--mask", "-e", "P=admin/password", "--", "sh", "-c", &script]);
        let mut child = command.stdin(Stdio::null()).stdout(Stdio::piped()).spawn().unwrap();
        let mut lines = std::io::BufRead::lines(std::io::BufReader::new(child.stdout.take().unwrap()));
        assert_eq!(lines.next().unwrap().unwrap(), "ready");
        let pid = child.id().to_string();
        let killed = std::process::Command::new("kill").args(["-s", signal, &pid]).status().unwrap();
        assert!(killed.success());
        assert_eq!(lines.next().unwrap().unwrap(), "told", "{signal}");
        assert_eq!(child.wait().unwrap().code(), Some(status), "{signal}");
    }
}

#[test]
fn ids_alone_are_whole_credentials() {
    let scene = Scene::with_login();
    scene.login("web");
    let script = r#"printf '%s|' "$ADMIN_USERNAME" "$WEB_PASSWORD""#;
    // the same one twice is one
    assert_eq!(sh(&scene, &["admin", "web", "--all", "web"], script).ok().stdout(), "ips|old-password|");
    sh(&scene, &["admin", "nothing"], "true").exits(4);
    let words = ["--clean-env", "--prefix", "web=COPY_", "admin", "web"];
    let got = sh(&scene, &words, r#"printf %s "$COPY_PASSWORD"; printenv WEB_PASSWORD"#);
    assert_eq!(got.stdout(), "old-password");
}

#[test]
fn names_that_two_credentials_make_are_refused_unless_one_has_a_prefix() {
    let scene = Scene::new();
    scene.login("a-b");
    scene.login("a.b");
    let marker = scene.text_path("marker");
    let refused = sh(&scene, &["a-b", "a.b"], &format!("touch {marker}")).exits(3);
    refused.says("A_B_USERNAME").says("a.b").says("a-b already").says("--prefix a.b=").hides("old-password");
    assert!(!scene.path("marker").exists());
    sh(&scene, &["a-b", "a.b", "--prefix", "a.b=C_"], r#"test "$C_USERNAME$A_B_USERNAME" = ipsips"#).ok();
    sh(&scene, &["a-b", "--prefix", "other=C_"], "true").exits(2).says("other");
    sh(&scene, &["a-b", "--prefix", "a-b=1"], "true").exits(2);
    // a prefix makes no dangerous name either
    sh(&scene, &["a-b", "--prefix", "a-b=LD_"], "true").exits(2).says("`LD_");
}
