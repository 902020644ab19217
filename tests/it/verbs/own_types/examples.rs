//! The examples of types, each ready to use.

use serde_json::json;

use super::{SECRET, define, run, toml};
use crate::support::Scene;

/// One example, with the words that add a credential of it, and a fault with the member that is refused.
struct Example {
    toml: &'static str,
    name: &'static str,
    words: &'static [&'static str],
    headline: &'static str,
    /// The variables of `run`.
    variables: &'static [(&'static str, &'static str)],
    wrong: (&'static str, &'static str),
}

const EXAMPLES: &[Example] = &[
    Example {
        toml: toml!("postgres"),
        name: "db.postgres",
        words: &["host=db1.example.org", "database=orders", "username=app", "password=env:SECRET"],
        headline: "app",
        variables: &[
            ("PGHOST", "db1.example.org"),
            ("PGPORT", "5432"),
            ("PGPASSWORD", SECRET),
            ("PGSSLMODE", "verify-full"),
        ],
        wrong: ("port=70000", "port"),
    },
    Example {
        toml: toml!("mysql"),
        name: "db.mysql",
        words: &["host=::1", "username=app", "password=env:SECRET", "clients=10.0.0.0/8,192.0.2.1"],
        headline: "app",
        variables: &[("MYSQL_TCP_PORT", "3306"), ("MYSQL_PWD", SECRET)],
        wrong: ("clients=nowhere", "clients[0]"),
    },
    Example {
        toml: toml!("smtp"),
        name: "mail.smtp",
        words: &["host=mail.example.org", "username=u", "password=env:SECRET", "from=ops@example.org"],
        headline: "ops@example.org",
        variables: &[("SMTP_PORT", "587"), ("SMTP_PASSWORD", SECRET)],
        wrong: ("from=nobody", "from"),
    },
    Example {
        toml: toml!("github-token"),
        name: "github-token",
        words: &["account=octo-org", "token=env:GITHUB", "scopes=repo,read:org", "expires=2099-01-31"],
        headline: "octo-org",
        variables: &[("GITHUB_TOKEN", "ghp_0123456789abcdefghijklmnopqrstuvwxyz")],
        wrong: ("account=-x", "account"),
    },
    Example {
        toml: toml!("gitlab-token"),
        name: "gitlab-token",
        words: &["account=ops", "token=env:GITLAB"],
        headline: "ops",
        variables: &[("GITLAB_TOKEN", "glpat-0123456789abcdefghij"), ("GITLAB_HOST", "https://gitlab.com")],
        wrong: ("host=gitlab", "host"),
    },
    Example {
        toml: toml!("slack"),
        name: "chat.slack",
        words: &["workspace=ops", "webhook=env:WEBHOOK"],
        headline: "ops",
        variables: &[("SLACK_WEBHOOK_URL", "https://hooks.slack.com/services/T0/B0/x")],
        wrong: ("token=env:SECRET", "token"),
    },
    Example {
        toml: toml!("stripe"),
        name: "pay.stripe",
        words: &["account=acct_1", "mode=test", "key=env:STRIPE", "publishable=pk_test_1"],
        headline: "acct_1",
        variables: &[("STRIPE_API_KEY", "sk_test_1"), ("STRIPE_PUBLISHABLE_KEY", "pk_test_1")],
        wrong: ("mode=none", "mode"),
    },
    Example {
        toml: toml!("ssh-host"),
        name: "ssh.host",
        words: &["host=web1.example.org", "username=deploy", "key=@key.pem"],
        headline: "web1.example.org",
        variables: &[("A_USERNAME", "deploy"), ("A_PORT", "22")],
        wrong: ("key=env:SECRET", "key"),
    },
    Example {
        toml: toml!("wifi"),
        name: "net.wifi",
        words: &["ssid=office", "password=env:SECRET"],
        headline: "office",
        variables: &[("A_SSID", "office"), ("A_SECURITY", "wpa3"), ("A_HIDDEN", "false")],
        wrong: ("hidden=perhaps", "hidden"),
    },
    Example {
        toml: toml!("licence"),
        name: "software-licence",
        words: &["product=Editor 3", "key=env:SECRET", "seats=5", "expires=2099-01-31"],
        headline: "Editor 3",
        variables: &[("A_SEATS", "5"), ("A_KEY", SECRET)],
        wrong: ("seats=0", "seats"),
    },
    Example {
        toml: toml!("bank-card"),
        name: "bank-card",
        words: &["holder=A B", "number=env:CARD", "last-digits=1111", "expires=2099-01-31"],
        headline: "1111",
        variables: &[("A_NUMBER", "4111111111111111"), ("A_LAST_DIGITS", "1111")],
        wrong: ("last-digits=11", "last-digits"),
    },
];

#[test]
fn every_example_is_ready_to_use() {
    let scene = Scene::new();
    scene.file("key.pem", include_str!("../../../../src/kind/rule/testdata/openssh_ed25519.pem"));
    for example in EXAMPLES {
        let defined = define(&scene, example.toml);
        assert_eq!(
            (&defined["name"], &defined["defined"]),
            (&json!(example.name), &json!(true)),
            "{defined}"
        );
        let add = [&["add", example.name, "a"], example.words].concat();
        run(&scene, &add).ok().hides(SECRET);
        let got = run(&scene, &["get", "a", "-o", "json"]).ok();
        let shown = got.json();
        assert_eq!(shown["type"], example.name);
        assert!(
            !got.stdout().contains(SECRET) && !shown["secrets"].as_array().unwrap().is_empty(),
            "{shown}"
        );
        let listed = scene.run(["list", "--type", example.name]).ok();
        assert!(listed.stdout().contains(example.headline), "{}: {}", example.name, listed.stdout());
        let variables = run(&scene, &["run", "a", "--", "env"]).ok();
        for (name, value) in example.variables {
            let line = format!("{name}={value}");
            assert!(
                variables.stdout().lines().any(|one| one == line),
                "{line} is not in {}",
                variables.stdout()
            );
        }
        let (word, member) = example.wrong;
        let refused = run(&scene, &["patch", "a", word, "-o", "json"]).exits(3).error();
        assert_eq!(refused["invalidFields"][0]["name"], member, "{refused}");
        // what is exported comes back in a vault that knows nothing of the type
        let exported = scene.run(["export", "a", "--force"]).ok().stdout().to_owned();
        let other = Scene::new();
        other.run_with(["import", "-", "-q"], &exported).ok();
        assert_eq!(other.get("a")["fields"], scene.get("a")["fields"], "{}", example.name);
        scene.run(["delete", "a", "-y"]).ok();
    }
    let listed = scene.run(["types", "-o", "json"]).ok().json();
    let own: Vec<_> = listed.as_array().unwrap().iter().filter(|row| row["origin"] == "vault").collect();
    assert_eq!(own.len(), EXAMPLES.len());
}
