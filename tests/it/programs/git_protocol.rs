//! What git may expect of a credential helper: after `store`, `get` gives what was stored; `erase` removes
//! what git says is wrong and nothing else; nothing is sent where it does not belong.

use std::process::Command;

use super::{installed, search_path};
use crate::support::{Run as _, Scene};

struct Git(Scene);

impl Git {
    fn new() -> Self {
        Self(Scene::new())
    }

    fn call(&self, operation: &str, lines: &[&str]) -> String {
        let request = format!("{}\n\n", lines.join("\n"));
        self.0.run_with(["helper", "git", operation], request).ok().stdout().to_owned()
    }

    fn store(&self, lines: &[&str]) {
        assert_eq!(self.call("store", lines), "");
    }

    fn erase(&self, lines: &[&str]) {
        assert_eq!(self.call("erase", lines), "");
    }

    /// The password that git gets.
    fn password(&self, lines: &[&str]) -> Option<String> {
        let answer = self.call("get", lines);
        answer.lines().find_map(|line| line.strip_prefix("password=")).map(str::to_owned)
    }

    fn add(&self, id: &str, user: &str, password: &str, tag: &str) {
        let user = format!("username={user}");
        self.0.run_with(["add", "login", id, &user, "password=-", "--tag", tag], password).ok();
    }
}

const HTTPS: &str = "protocol=https";

#[test]
fn git_gets_the_password_that_was_stored_last() {
    let git = Git::new();
    git.add("own", "me", "S-old", "url=https://git.example");
    git.add("bare", "me", "S-old", "host=code.example");
    for host in ["host=git.example", "host=code.example"] {
        for password in ["S-one", "S-two", "S-one"] {
            git.store(&[HTTPS, host, "username=me", &format!("password={password}")]);
            assert_eq!(git.password(&[HTTPS, host]).as_deref(), Some(password), "{host}");
        }
        // a stale one that somebody edits is not given for ever
        let id = if host == "host=git.example" { "own" } else { "bare" };
        git.0.run(["patch", id, "--description", "edited"]).ok();
        git.store(&[HTTPS, host, "username=me", "password=S-one"]);
        assert_eq!(git.password(&[HTTPS, host]).as_deref(), Some("S-one"), "{host}");
    }
    assert_eq!(git.0.get("own")["fields"]["password"], "S-old");
    // what is known already is not stored a second time
    let count = git.0.ids().len();
    git.add("known", "you", "S-known", "url=https://git.example/team");
    git.store(&[HTTPS, "host=git.example", "username=you", "password=S-known"]);
    assert_eq!(git.0.ids().len(), count + 1);
}

#[test]
fn a_path_has_its_own_login() {
    let git = Git::new();
    let team = "path=team/my repo.git";
    git.store(&[HTTPS, "host=git.example", "username=me", "password=S-host"]);
    git.store(&[HTTPS, "host=git.example", team, "username=me", "password=S-team"]);
    assert_eq!(git.password(&[HTTPS, "host=git.example"]).as_deref(), Some("S-host"));
    assert_eq!(git.password(&[HTTPS, "host=git.example", team]).as_deref(), Some("S-team"));
    assert_eq!(git.password(&[HTTPS, "host=git.example", "path=other.git"]).as_deref(), Some("S-host"));
    git.erase(&[HTTPS, "host=git.example", team, "username=me", "password=S-team"]);
    assert_eq!(git.password(&[HTTPS, "host=git.example", team]).as_deref(), Some("S-host"));
    // what the host gave for a path is wrong for the host
    git.erase(&[HTTPS, "host=git.example", team, "username=me", "password=S-host"]);
    assert!(git.0.ids().is_empty());
    // a path that is asked for fits no other path
    git.store(&["protocol=http", "host=path.example", "path=foo.git", "username=me", "password=S-foo"]);
    assert_eq!(git.password(&["protocol=http", "host=path.example", "path=bar.git"]), None);
}

#[test]
fn without_a_path_the_only_login_of_a_host_is_given() {
    let git = Git::new();
    git.add("work", "me", "S-work", "url=https://git.example/team");
    assert_eq!(git.password(&[HTTPS, "host=git.example"]).as_deref(), Some("S-work"));
    git.add("other", "me", "S-other", "url=https://git.example/other");
    let asked = format!("{HTTPS}\nhost=git.example\n\n");
    let several = git.0.run_with(["helper", "git", "get"], asked).ok().says("credential.useHttpPath");
    assert_eq!(several.stdout(), "");
    git.add("host", "me", "S-host", "host=git.example");
    assert_eq!(git.password(&[HTTPS, "host=git.example"]).as_deref(), Some("S-host"));
}

#[test]
fn hosts_are_the_same_in_every_spelling() {
    let git = Git::new();
    git.add("port", "a", "S-port", "url=https://a.example:443");
    git.add("none", "b", "S-none", "host=b.example");
    git.add("idn", "c", "S-idn", "url=https://bücher.example");
    for (host, password) in [
        ("host=a.example", Some("S-port")),
        ("host=A.Example:443", Some("S-port")),
        ("host=a.example:8443", None),
        ("host=b.example:443", Some("S-none")),
        ("host=xn--bcher-kva.example", Some("S-idn")),
        ("host=BÜCHER.example", Some("S-idn")),
        ("host=b.example/@a.example", None),
        ("host=a.example@b.example", None),
        ("host=a.example#b.example", None),
    ] {
        assert_eq!(git.password(&[HTTPS, host]).as_deref(), password, "{host}");
    }
}

#[test]
fn unencrypted_protocols_have_to_be_named() {
    let git = Git::new();
    git.add("bare", "me", "S-bare", "host=h.example");
    git.add("named", "me", "S-named", "url=http://intranet.example");
    for protocol in ["http", "HTTP", "ftp", "telnet", "smtp", "", "http ", "https ", "http%20", "git"] {
        let protocol = format!("protocol={protocol}");
        assert_eq!(git.password(&[&protocol, "host=h.example"]), None, "{protocol}");
    }
    assert_eq!(git.password(&["host=h.example"]), None);
    assert_eq!(git.password(&["protocol=ssh", "host=h.example"]).as_deref(), Some("S-bare"));
    assert_eq!(git.password(&["protocol=http", "host=intranet.example"]).as_deref(), Some("S-named"));
    assert_eq!(git.password(&[HTTPS, "host=intranet.example"]), None);
}

#[test]
fn every_part_that_git_stores_comes_back() {
    let git = Git::new();
    let host = "host=h.example";
    git.store(&[HTTPS, host, "username=", "password="]);
    assert_eq!(git.call("get", &[HTTPS, host]), "username=\npassword=\n");
    git.store(&[HTTPS, host, "username=", "password=S-pat"]);
    assert_eq!(git.call("get", &[HTTPS, host, "username="]), "username=\npassword=S-pat\n");
    git.erase(&[HTTPS, host, "username=", "password=S-pat"]);
    assert!(git.0.ids().is_empty());

    let all = [
        HTTPS,
        host,
        "username=u",
        "password=S-p",
        "oauth_refresh_token=S-r",
        "password_expiry_utc=9999999999",
    ];
    git.store(&all);
    let answer = "username=u\npassword=S-p\noauth_refresh_token=S-r\npassword_expiry_utc=9999999999\n";
    assert_eq!(git.call("get", &[HTTPS, host]), answer);
    assert_eq!(git.0.run(["get", "git:u@h.example"]).ok().hides("S-r").hides("S-p").status(), Some(0));
    // the next password has neither
    git.store(&[HTTPS, host, "username=u", "password=S-q"]);
    assert_eq!(git.call("get", &[HTTPS, host]), "username=u\npassword=S-q\n");
    git.store(&[HTTPS, host, "username=u", "password=S-q", "password_expiry_utc=1000000000"]);
    assert_eq!(git.call("get", &[HTTPS, host]), "", "it has expired");
    git.store(&[HTTPS, host, "username=u", "password=S-new", "password_expiry_utc=9999999999"]);
    assert_eq!(git.password(&[HTTPS, host]).as_deref(), Some("S-new"));
    assert_eq!(git.0.ids(), ["git:u@h.example"]);
    // what is not to be kept, or has no password
    for lines in [
        &[HTTPS, "host=e.example", "username=u", "password=p", "ephemeral=1"][..],
        &[HTTPS, "host=e.example", "authtype=Bearer", "credential=c"],
        &[HTTPS, "host=e.example", "username=u"],
        &["host=e.example", "username=u", "password=p"],
    ] {
        git.store(lines);
        assert_eq!(git.0.ids().len(), 1, "{lines:?}");
    }
}

#[test]
fn git_erases_only_its_own_matching_logins() {
    let git = Git::new();
    let host = "host=h.example";
    let store = |user: &str, password: &str| {
        git.store(&[HTTPS, host, &format!("username={user}"), &format!("password={password}")]);
    };
    store("a", "S-1");
    store("b", "S-1");
    store("c", "S-2");
    git.add("own", "d", "S-3", "url=https://h.example");
    git.erase(&[HTTPS, host, "username=a", "password=S-other"]);
    git.erase(&["protocol=http", host, "username=a"]);
    git.erase(&[HTTPS, "host=other.example"]);
    assert_eq!(git.0.ids().len(), 4);
    git.erase(&[HTTPS, host, "username=a"]);
    assert_eq!(git.password(&[HTTPS, host, "username=a"]), None);
    git.erase(&[HTTPS, host, "password=S-1"]);
    assert_eq!(git.0.ids(), ["git:c@h.example", "own"]);
    let own = format!("{HTTPS}\n{host}\nusername=d\npassword=S-3\n\n");
    git.0.run_with(["helper", "git", "erase"], own).ok().says("keeps it");
    git.erase(&[HTTPS, host]);
    assert_eq!(git.0.ids(), ["own"]);
}

#[test]
fn storing_a_login_does_not_enable_a_disabled_one() {
    let git = Git::new();
    let lines = |password: &str| format!("{HTTPS}\nhost=h.example\nusername=u\npassword={password}\n\n");
    git.0.run_with(["helper", "git", "store"], lines("S-1")).ok();
    git.0.run(["patch", "git:u@h.example", "--enabled=false"]).ok();
    git.0.run_with(["helper", "git", "store"], lines("S-2")).ok().says("is disabled");
    assert_eq!(git.password(&[HTTPS, "host=h.example"]), None);
    assert_eq!(git.0.get("git:u@h.example")["fields"]["password"], "S-1");
}

#[test]
fn installing_twice_changes_nothing_and_git_finds_the_program() {
    if installed("git").is_none() {
        return;
    }
    let git = Git::new();
    git.add("g", "me", "S-p", "host=h.example");
    std::fs::create_dir(git.0.path("my bin")).unwrap();
    let copy = git.0.path("my bin/credctl");
    std::fs::copy(crate::support::PROGRAM, &copy).unwrap();
    let run = |program: &std::path::Path, words: &[&str], path: &str| {
        let mut command = Command::new(program);
        git.0.environment(&mut command);
        command.args(words).env("PATH", path).env("GIT_CONFIG_NOSYSTEM", "1").env("GIT_TERMINAL_PROMPT", "0");
        command.current_dir(git.0.path(""));
        command
    };
    let lines = || {
        let listed =
            run("git".as_ref(), &["config", "--global", "--get-all", "credential.helper"], &search_path());
        let mut listed = listed;
        listed.outcome("").stdout().to_owned()
    };
    let plain = "/usr/local/bin:/usr/bin:/bin";
    if installed("credctl").is_none() {
        for _ in 0..2 {
            run(&copy, &["helper", "git", "--install"], plain).outcome("").ok();
            assert_eq!(lines(), format!("!'{}' helper git\n", copy.display()));
        }
        let asked = "protocol=https\nhost=h.example\n\n";
        let mut fill = run("git".as_ref(), &["credential", "fill"], plain);
        assert!(fill.outcome(asked).ok().stdout().contains("password=S-p\n"));
    }
    // another copy takes its place, by name where it is on the search path
    let program = std::path::Path::new(crate::support::PROGRAM);
    for _ in 0..2 {
        run(program, &["helper", "git", "--install"], &search_path()).outcome("").ok();
        assert_eq!(lines(), "!credctl helper git\n");
    }
}
