//! Types of one's own: defined, used like built-in ones, changed, removed.

use serde_json::{Value, json};

use crate::contract::prompts::asking;
use crate::support::terminal::Terminal;
use crate::support::{Scene, members, texts};

const POSTGRES: &str = include_str!("../../../examples/types/postgres.toml");

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

macro_rules! toml {
    ($name:literal) => {
        include_str!(concat!("../../../examples/types/", $name, ".toml"))
    };
}

const SECRET: &str = "correct-horse-battery";

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

/// Runs a call with the secrets of the examples in its environment.
fn run(scene: &Scene, words: &[&str]) -> crate::support::Outcome {
    use crate::support::Run as _;
    let mut command = scene.command(words);
    command
        .env("SECRET", SECRET)
        .env("GITHUB", "ghp_0123456789abcdefghijklmnopqrstuvwxyz")
        .env("GITLAB", "glpat-0123456789abcdefghij")
        .env("WEBHOOK", "https://hooks.slack.com/services/T0/B0/x")
        .env("STRIPE", "sk_test_1")
        .env("CARD", "4111111111111111");
    command.outcome("")
}

fn define(scene: &Scene, toml: &str) -> Value {
    scene.run_with(["types", "--define", "-", "-o", "json"], toml).ok().json()
}

#[test]
fn every_example_is_ready_to_use() {
    let scene = Scene::new();
    scene.file("key.pem", include_str!("../../../src/kind/rule/testdata/openssh_ed25519.pem"));
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

#[test]
fn a_schema_judges_documents_as_the_gate_does() {
    let scene = Scene::new();
    define(&scene, POSTGRES);
    let good = json!({"type": "db.postgres", "id": "a", "host": "h", "database": "d", "username": "u", "password": "longenough"});
    let changed = |member: &str, value: Value| {
        let mut document = good.clone();
        document[member] = value;
        document
    };
    let mut kinds: Vec<String> = credctl::kind::KINDS.iter().map(|kind| kind.name.to_owned()).collect();
    kinds.push("db.postgres".to_owned());
    for kind in kinds {
        let schema = scene.run(["types", &kind, "--schema"]).ok().json();
        jsonschema::meta::validate(&schema).unwrap_or_else(|error| panic!("{kind}: {error}"));
    }
    let schema = scene.run(["types", "db.postgres", "--schema"]).ok().json();
    assert_eq!(schema["properties"]["password"]["writeOnly"], true);
    assert_eq!(schema["properties"]["username"].get("writeOnly"), None);
    let validator = jsonschema::validator_for(&schema).unwrap();
    for (document, is_valid) in [
        (good.clone(), true),
        (changed("port", json!(5432)), true),
        (changed("port", json!(0)), false),
        (changed("sslmode", json!("require")), true),
        (changed("sslmode", json!("never")), false),
        (changed("host", json!("a b")), false),
        (changed("password", json!("short")), false),
        (changed("colour", json!("red")), false),
        (changed("description", json!("d")), true),
    ] {
        assert_eq!(validator.is_valid(&document), is_valid, "{document}");
        let outcome = scene.run_with(["add", "-n", "-f", "-"], document.to_string());
        assert_eq!(outcome.status() == Some(0), is_valid, "{document}: {outcome:?}");
    }
}

#[test]
fn the_definition_comes_back_as_it_was_written() {
    let scene = Scene::new();
    define(&scene, POSTGRES);
    let text = scene.run(["types", "db.postgres", "--toml"]).ok().stdout().to_owned();
    let again = define(&scene, &text);
    assert_eq!((&again["defined"], &again["changed"]), (&json!(false), &json!(false)), "{text}");
}

#[test]
fn a_wrong_definition_names_its_lines_and_asks_nobody() {
    let bare = Scene::bare();
    let toml =
        "name = \"login\"\nsummary = \"s\"\n\n[[field]]\nname = \"id\"\nkind = \"txt\"\nhelp = \"h\"\n";
    // there is no vault yet
    let define = |toml: &str| bare.run_with(["types", "--define", "-"], toml);
    define(toml).exits(3).says("line 6: field[0].kind: is no kind of field");
    let toml = toml.replace("txt", "text");
    define(&toml).exits(3).says("line 1: name: must be").says("line 5: field[0].name: is a member");
    define(&toml.replace("\"login\"", "\"a.b\"").replace("\"id\"", "\"x\"")).exits(4);
}

#[test]
fn no_definition_shows_what_is_stored_as_a_secret() {
    let secret =
        "name = \"a.b\"\nsummary = \"s\"\n\n[[field]]\nname = \"code\"\nkind = \"secret\"\nhelp = \"h\"\n";
    let public = secret.replace("\"secret\"", "\"text\"");
    let scene = Scene::new();
    define(&scene, secret);
    // nothing is stored yet
    define(&scene, &public);
    define(&scene, secret);
    scene.run_with(["add", "a.b", "one", "code=-"], SECRET).ok();
    let refused = |scene: &Scene| {
        scene
            .run_with(["types", "--define", "-"], &public)
            .exits(5)
            .says("`code` of `a.b` is secret, and stored credentials have it");
    };
    refused(&scene);
    // earlier versions have it, too
    scene.run(["delete", "one", "-y"]).ok();
    refused(&scene);
    scene.run(["list", SECRET]).ok().hides(SECRET);
}

#[test]
fn a_changed_definition_leaves_credentials_as_they_are() {
    let scene = Scene::new();
    define(&scene, POSTGRES);
    for id in ["a", "b"] {
        let port = if id == "a" { "5432" } else { "6000" };
        run(
            &scene,
            &[
                "add",
                "db.postgres",
                id,
                "host=h",
                "database=d",
                "username=u",
                "password=env:SECRET",
                &format!("port={port}"),
            ],
        )
        .ok();
    }
    let before = scene.get("b");
    let narrow =
        POSTGRES.replace("max = 65535", "max = 5500").replace("name = \"sslmode\"", "name = \"tls\"");
    let changed = define(&scene, &narrow);
    assert_eq!((&changed["credentials"], &changed["changed"]), (&json!(2), &json!(true)));
    // the field that was renamed is not a field any more
    assert_eq!(texts(&changed["failing"]), ["a", "b"]);
    assert_eq!(before["fields"]["port"], scene.get("b")["fields"]["port"]);
    let secrets = |id: &str| scene.run(["get", id, "-o", "json"]).ok().json()["secrets"].clone();
    assert_eq!(texts(&secrets("b")), ["password", "sslmode"]);
    let checked = scene.run(["check", "--only", "rules", "-o", "json"]).exits(8).json();
    let found = checked.to_string();
    assert!(
        found.contains("is not a field of db.postgres any more") && found.contains("must be at most 5500"),
        "{found}"
    );
    scene.run(["patch", "b", "port=5433", "--unset", "sslmode"]).ok();
    assert_eq!(texts(&secrets("b")), ["password"]);
    scene.run(["patch", "a", "--description", "d"]).ok();
    assert_eq!(texts(&secrets("a")), ["password", "sslmode"], "a change keeps what it does not name");
}

#[test]
fn a_removed_type_stays_for_its_credentials() {
    let scene = Scene::new();
    define(&scene, POSTGRES);
    let add = ["add", "db.postgres", "a", "host=h", "database=d", "username=u", "password=env:SECRET"];
    run(&scene, &add).ok();
    let removed = scene.run(["types", "--undefine", "db.postgres", "-o", "json"]).ok().json();
    assert_eq!(removed["keptFor"], 1);
    assert_eq!(scene.get("a")["fields"]["host"], "h");
    scene.run(["patch", "a", "host=other"]).ok();
    let again = [&add[..2], &["b"], &add[3..]].concat();
    run(&scene, &again).exits(3).says("was removed");
    // the versions of a deleted credential need it, too
    scene.run(["delete", "a", "-y"]).ok();
    scene.run(["restore", "a"]).ok();
    assert_eq!(scene.get("a")["fields"]["host"], "other");
    scene.run(["delete", "a", "-y"]).ok();
    scene.run(["purge", "a", "-y"]).ok();
    scene.login("c");
    let listed = scene.run(["types", "-o", "name"]).ok();
    assert!(!listed.stdout().contains("db.postgres"), "{}", listed.stdout());
    scene.refuses(4, ["types", "--undefine", "db.postgres"], "");
}

#[test]
fn a_credential_without_a_definition_is_shown_and_kept() {
    let scene = Scene::new();
    define(&scene, POSTGRES);
    run(&scene, &["add", "db.postgres", "a", "host=h", "database=d", "username=u", "password=env:SECRET"])
        .ok();
    scene.edit(|vault| vault["types"] = json!([]));
    let line = |scene: &Scene| {
        scene
            .text()
            .lines()
            .find(|line| line.starts_with(r#"{"id":"a""#))
            .unwrap()
            .trim_end_matches(',')
            .to_owned()
    };
    scene.login("b");
    let before = line(&scene);
    let listed = scene.run(["list", "-o", "json"]).ok().json();
    assert_eq!(listed["items"][0]["type"], "db.postgres");
    let shown = scene.run(["get", "a", "-o", "json"]).ok().json();
    assert_eq!(members(&shown["fields"]), Vec::<&str>::new());
    let mut secrets = texts(&shown["secrets"]);
    secrets.sort_unstable();
    assert_eq!(secrets, ["database", "host", "password", "port", "sslmode", "username"]);
    let revealed = scene.run(["get", "a", "--reveal", "-o", "json"]).ok().json();
    assert_eq!((&revealed["fields"]["host"], &revealed["fields"]["port"]), (&json!("h"), &json!(5432)));
    for words in
        [&["patch", "a", "--description", "x"][..], &["copy", "a", "c"], &["add", "db.postgres", "d"]]
    {
        let outcome = scene.run(words);
        assert!(matches!(outcome.status(), Some(2 | 3)), "{words:?}: {outcome:?}");
    }
    let checked = scene.run(["check", "--only", "rules"]).exits(8);
    assert!(checked.stdout().contains("has no definition"), "{checked:?}");
    scene.login("e");
    assert_eq!(line(&scene), before, "it is kept to the byte");
    // the definition is there again, and so are the fields
    define(&scene, POSTGRES);
    assert_eq!(scene.get("a")["fields"]["host"], "h");
    scene.edit(|vault| vault["types"] = json!([]));
    scene.run(["delete", "a", "-y"]).ok();
}

#[test]
fn the_types_of_two_vaults_are_apart() {
    let (one, other) = (Scene::new(), Scene::new());
    define(&one, POSTGRES);
    define(&other, &POSTGRES.replace("max = 253", "max = 2"));
    let words = ["add", "db.postgres", "a", "host=host", "database=d", "username=u", "password=env:SECRET"];
    run(&one, &words).ok();
    run(&other, &words).exits(3).says("at most 2 characters");
}

#[test]
fn values_are_generated_where_the_definition_says_so() {
    let scene = Scene::new();
    let toml = "name = \"a.pin\"\nsummary = \"s\"\n[[field]]\nname = \"pin\"\nkind = \"secret\"\nhelp = \"PIN\"\n\
                required = true\npattern = '[0-9]{6}'\ngenerate = \"generate\"\n\
                [[field]]\nname = \"token\"\nkind = \"secret\"\nhelp = \"token\"\ngenerate = \"never\"\n";
    define(&scene, toml);
    scene.run(["add", "a.pin", "a"]).ok();
    let pin = scene.run(["get", "a", "--field", "pin"]).ok().stdout().to_owned();
    assert!(pin.len() == 6 && pin.bytes().all(|byte| byte.is_ascii_digit()), "{pin}");
    scene.refuses(2, ["patch", "a", "token=generate"], "").says("is made elsewhere");
    // the prompt offers to make one
    define(&scene, &toml.replace("\"generate\"", "\"ask\""));
    let mut terminal = Terminal::start(&asking(&scene, &["add", "a.pin", "b", "token=-"]), "");
    terminal.answer("Token: ", "t").answer("(again): ", "t").answer("PIN (Enter generates one): ", "");
    terminal.end();
    assert_eq!(scene.run(["get", "b", "--field", "pin"]).ok().stdout().len(), 6);
}

#[test]
fn an_end_comes_from_a_date_and_a_rotation_from_the_last_change() {
    let scene = Scene::new();
    define(&scene, EXAMPLES[3].toml);
    run(&scene, &["add", "github-token", "a", "account=o", "token=env:GITHUB", "expires=2099-01-31"]).ok();
    assert_eq!(scene.get("a")["validUntil"], "2099-01-31T00:00:00.000000Z");
    run(&scene, &["patch", "a", "expires=2020-01-31"]).ok();
    assert_eq!(scene.get("a")["state"], "Expired");
    define(&scene, POSTGRES);
    run(&scene, &["add", "db.postgres", "b", "host=h", "database=d", "username=u", "password=env:SECRET"])
        .ok();
    scene.run(["check", "--only", "rotation"]).ok();
    scene.edit(|vault| {
        for name in ["createdAt", "updatedAt"] {
            vault["credentials"][1][name] = json!("2020-01-01T00:00:00.000000Z");
        }
    });
    let checked = scene.run(["check", "--only", "rotation"]).exits(8);
    assert!(checked.stdout().contains("more than 180 days ago"), "{checked:?}");
}

#[test]
fn only_administrators_of_the_vault_define_types() {
    let scene = Scene::new();
    scene.refuses(6, ["types", "--define", "-", "--project", "shop"], POSTGRES);
    scene.refuses(6, ["types", "--define", "-", "--role", "operator"], POSTGRES);
    define(&scene, POSTGRES);
    scene.refuses(6, ["types", "--undefine", "db.postgres", "--project", "shop"], "");
    scene.refuses(
        5,
        ["types", "--define", "-"],
        POSTGRES.replace("\"db.postgres\"", "\"db.other\"\naliases = [\"db.postgres\"]"),
    );
}

#[test]
fn a_bundle_has_the_types_of_its_credentials() {
    let scene = Scene::new();
    define(&scene, POSTGRES);
    define(&scene, EXAMPLES[8].toml);
    run(&scene, &["add", "db.postgres", "a", "host=h", "database=d", "username=u", "password=env:SECRET"])
        .ok();
    let (out, own) = (scene.text_path("env.age"), scene.own());
    scene.run(["environment", "add", "prod", "--recipient", &own, "--out", &out]).ok();
    let bundle = ["--vault", &out];
    let shown = scene.run([&["get", "a", "-o", "json"][..], &bundle].concat()).ok().json();
    assert_eq!(shown["fields"]["host"], "h");
    let types = scene.run([&["types", "-o", "name"][..], &bundle].concat()).ok();
    assert!(types.stdout().contains("db.postgres") && !types.stdout().contains("net.wifi"), "{types:?}");
}

#[test]
fn a_dialogue_and_a_filter_know_own_types() {
    let scene = Scene::new();
    define(&scene, EXAMPLES[8].toml);
    let mut terminal = Terminal::start(&asking(&scene, &["add", "net.wifi"]), "");
    terminal.answer("Name, such as team/wiki: ", "office").answer("Network name: ", "guests");
    terminal.answer("[Y/n/e] ", "y");
    let ended = terminal.end();
    assert_eq!(ended.status, 0, "{ended:?}");
    let filter = ["list", "--filter", "ssid eq 'guests' and hidden eq false", "-o", "name"];
    assert_eq!(scene.run(filter).ok().stdout(), "office\n");
    assert_eq!(scene.run(["list", "--filter", "type eq 'NET.WIFI'", "-o", "name"]).ok().stdout(), "office\n");
    scene.refuses(2, ["list", "--filter", "password eq 'x'"], "");
    scene.refuses(2, ["list", "--filter", "colour eq 'x'"], "");
    scene.run(["patch", "office", "hidden=true"]).ok();
    let edited = scene.run(["get", "office", "--field", "hidden"]).ok();
    assert_eq!(edited.stdout(), "true");
}
