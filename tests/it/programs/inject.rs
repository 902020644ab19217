//! Templates, values that have leaked, and secrets that nobody chose.

use crate::support::Scene;

#[test]
fn references_become_values() {
    let scene = Scene::with_login();
    scene.run_with(["add", "Simple", "work/db", "value=-"], "S-x\"y\n").ok();
    let template = "u=cred://admin/username\np=\"{{ cred://admin/password }}\"\nx={{cred://work/db/value}}.\n\
         y=${cred://admin/password}@${HOME} {x} $5\n";
    let filled = scene.run_with(["inject"], template).ok();
    assert_eq!(filled.stdout(), "u=ips\np=\"old-password\"\nx=S-x\"y.\ny=old-password@${HOME} {x} $5\n");
    let path = scene.file("t", template);
    let out = scene.text_path("filled");
    scene.run(["inject", &path, "--out", &out]).ok().hides("old-password");
    assert_eq!(
        (std::fs::read_to_string(&out).unwrap().as_str(), scene.mode("filled")),
        (filled.stdout(), 0o600)
    );
}

#[test]
fn a_reference_that_cannot_be_resolved_is_reported_with_its_line() {
    let scene = Scene::with_login();
    for reference in [
        "cred://nothing/password",
        "cred://admin/nothing",
        "cred://admin",
        "{{ cred://admin/password }",
        "{{ cred://admin/password\n}}",
        "${cred://admin/password",
    ] {
        let template = format!("cred://admin/username\n{{{{ cred://admin/username }}}}\n{reference}\n");
        let refused = scene.run_with(["inject"], template).exits(4).says("line 3");
        assert_eq!(refused.stdout(), "", "{reference}");
    }
    scene.run(["patch", "admin", "--enabled=false"]).ok();
    scene.run_with(["inject"], "cred://admin/password").exits(6);
    let vault = scene.text_path("vault.age");
    scene.refuses(5, ["inject", "--out", &vault], "nothing");
}

#[test]
fn a_leaked_value_is_found() {
    let scene = Scene::with_login();
    scene.run_with(["add", "apikey", "k", "apikey=-"], "S-key").ok();
    scene.run_with(["add", "login", "twin", "username=u", "password=-"], "old-password").ok();
    let find = |value: &str, words: &[&str]| {
        scene.run_with([&["find", "--value-stdin", "-o", "name"][..], words].concat(), value)
    };
    assert_eq!(find("old-password\n", &[]).ok().hides("old-password").stdout(), "admin\ntwin\n");
    assert_eq!(find("S-key", &[]).ok().stdout(), "k\n");
    find("old-passwor", &[]).exits(4);
    find("", &[]).exits(2);
    scene.run_with(["passwd", "admin", "--password-stdin"], "S-new").ok();
    scene.run(["delete", "-y", "twin"]).ok();
    find("old-password", &[]).exits(4);
    assert_eq!(find("old-password", &["--history"]).ok().stdout(), "admin\ntwin\n");
}

#[test]
fn secrets_are_made() {
    let scene = Scene::with_login();
    let made = |words: &[&str]| {
        let outcome = scene.run([&["generate"], words].concat()).ok().says(" bits");
        outcome.stdout().trim_end().to_owned()
    };
    assert_eq!(made(&[]).len(), 24);
    assert!(made(&["--length", "12", "--class", "digit"]).chars().all(|c| c.is_ascii_digit()));
    assert_eq!(made(&["--words", "5", "--separator", " "]).split(' ').count(), 5);
    assert_eq!(made(&["--hex", "8"]).len(), 16);
    assert_eq!(made(&["--uuid"]).len(), 36);
    scene.run(["generate", "--length", "1"]).exits(2);
    scene.run(["generate", "--hex", "1", "--words", "2"]).exits(2);

    scene.run(["add", "login", "new", "username=u", "password=generate"]).ok();
    scene.run(["passwd", "admin", "--generate"]).ok();
    let [new, admin] = ["new", "admin"].map(|id| scene.get(id)["fields"]["password"].clone());
    assert!(new != admin && new.as_str().unwrap().len() == 24 && admin.as_str().unwrap().len() == 24);
    // for what is not secret it is a word like any other
    scene.run(["patch", "new", "username=generate"]).ok();
    assert_eq!(scene.get("new")["fields"]["username"], "generate");
}
