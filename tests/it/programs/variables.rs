//! The variables of `run`: references inside their values, and names that no source may give.

use crate::support::{Outcome, Scene};

fn run(scene: &Scene, options: &[&str], script: &str) -> Outcome {
    scene.run([&["run"], options, &["--", "sh", "-c", script]].concat())
}

#[test]
fn references_in_values_are_replaced() {
    let scene = Scene::with_login();
    let env = scene.file(
        "app.env",
        "A=1\nDSN=\"db://app:{{ cred://admin/password }}@h/db\"\nSHELL_LIKE=db://${cred://admin/password}@h\n\
         TWO={{cred://admin/username}}-{{ cred://admin/password }}\nONE=cred://admin/password\nPLAIN=${HOME}\n",
    );
    let script = r#"printf '%s|' "$A" "$DSN" "$SHELL_LIKE" "$TWO" "$ONE" "$PLAIN""#;
    assert_eq!(
        run(&scene, &["--env-file", &env], script).ok().stdout(),
        "1|db://app:old-password@h/db|db://old-password@h|ips-old-password|old-password|${HOME}|"
    );
    let words = [
        "-e",
        "A=x:{{ cred://admin/password }}",
        "-e",
        "B=${cred://admin/username}",
        "-e",
        "C=admin/username",
    ];
    let got = run(&scene, &words, r#"printf '%s|' "$A" "$B" "$C""#).ok();
    assert_eq!(got.stdout(), "x:old-password|ips|ips|");
    // the field is masked, not the text around it
    let masked = run(&scene, &["--mask", "--env-file", &env], "printf %s \"$DSN\"").ok();
    assert_eq!(masked.stdout(), "db://app:********@h/db");
}

#[test]
fn what_cannot_be_resolved_is_told_by_its_place_and_starts_nothing() {
    let scene = Scene::with_login();
    for value in [
        "x:cred://admin/password@h",
        "x{{ cred://nothing/password }}",
        "x${cred://admin/nothing}",
        "{{ cred://admin }}",
        "cred://admin",
        "{{ cred://admin/password",
        "cred://admin/username cred://admin/password",
    ] {
        let env = scene.file("app.env", format!("# comment\n\nA='two\nlines'\nDSN={value}\n"));
        run(&scene, &["--env-file", &env], "touch started").exits(4).says("line 5 of");
        let option = format!("DSN={value}");
        run(&scene, &["-e", &option], "touch started").exits(4).says("--env DSN");
        assert!(!scene.path("started").exists(), "{value}");
    }
    scene.run(["patch", "admin", "--enabled=false"]).ok();
    run(&scene, &["-e", "DSN=x{{ cred://admin/password }}"], "touch started").exits(6);
    assert!(!scene.path("started").exists());
}

#[test]
fn names_that_run_code_are_refused_from_every_source() {
    let scene = Scene::with_login();
    scene.run_with(["add", "Simple", "git-config", "value=-"], "S-p").ok();
    for name in
        ["GIT_SSH", "PYTHONPATH", "NODE_OPTIONS", "_JAVA_OPTIONS", "PAGER", "https_proxy", "OPENSSL_CONF"]
    {
        let env = scene.file("app.env", format!("OK=1\n{name}=x\n"));
        let from_file = ["--env-file", &env];
        run(&scene, &from_file, "touch started").exits(2).says("line 2 of").says(name);
        let option = format!("{name}=admin/username");
        for source in [["-e", &option], ["--env-as-file", &option]] {
            run(&scene, &source, "touch started").exits(2).says("--allow-env");
            run(&scene, &[source[0], source[1], "--allow-env", name], "true").ok();
        }
        assert!(!scene.path("started").exists(), "{name}");
        let got = run(&scene, &["--env-file", &env, "--allow-env", name], &format!("printenv {name}")).ok();
        assert_eq!(got.stdout(), "x\n");
    }
    // the variables of a whole credential are one more source
    run(&scene, &["--all", "git-config"], "touch started").exits(2).says("GIT_CONFIG_VALUE");
    // names that only resemble one of them
    let env = scene.file("app.env", "GIT_TOKEN=a\nNODE_AUTH_TOKEN=b\nPYTHON_API_KEY=c\nPYTHONUNBUFFERED=1\n");
    run(&scene, &["--env-file", &env], "true").ok();
}

#[test]
fn mistakes_in_names_cost_no_passphrase() {
    let scene = Scene::with_login();
    let mut locked = scene.command(["run", "-e", "LD_PRELOAD=admin/username", "--", "true"]);
    locked.env_remove("CREDCTL_IDENTITY");
    crate::support::Run::outcome(&mut locked, "").exits(2).says("LD_PRELOAD");
}
