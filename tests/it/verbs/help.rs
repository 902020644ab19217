//! `credctl` alone, `help`, topics, `--version`, and words that are no verbs.

use crate::support::Scene;

/// The seven topics, each with facts that it must have.
const TOPICS: [(&str, &[&str]); 7] = [
    ("options", &["--vault <FILE>", "--identity", "--output", "CREDCTL_VAULT", "CREDCTL_PASSPHRASE "]),
    ("filters", &["labels.env eq 'prod'", "startswith", "and", "validUntil", "revision"]),
    ("secrets", &["password=-", "env:NAME", "@FILE", "generate", "--clip", "--force"]),
    ("unlocking", &["CREDCTL_IDENTITY", "--passphrase-file", "--passphrase-fd", "status 7", "rekey"]),
    ("output", &["jsonl", "csv", "tsv", "yaml", "name", "NO_COLOR", "stderr"]),
    ("exit-status", &["  0  ok", "  7  locked", "  8  partial", "130  interrupted", "126"]),
    ("formats", &["aws-credentials", "kubeconfig", "netrc", "dotenv", "--merge", "bitwarden", "citrix"]),
];

/// The verbs that the full help lists, each with its group.
fn listed(scene: &Scene) -> Vec<String> {
    let help = scene.run(["--help"]).ok();
    let (verbs, _) = help.stdout().split_once("\nTopics").unwrap();
    let lines = verbs.lines().filter(|line| line.starts_with("  ") && !line.starts_with("   "));
    lines.map(|line| line.split_whitespace().next().unwrap().to_owned()).collect()
}

/// The verbs that have a manual page, which is every verb.
fn all(scene: &Scene) -> Vec<String> {
    let folder = scene.path("pages");
    std::fs::create_dir(&folder).unwrap();
    scene.run(["man", folder.to_str().unwrap()]).ok();
    let pages = crate::support::names(&folder);
    let verbs = pages.iter().filter_map(|name| name.strip_prefix("credctl-")?.strip_suffix(".1"));
    verbs.map(str::to_owned).collect()
}

#[test]
fn credctl_alone_shows_the_verbs_of_every_day_on_one_screen() {
    let scene = Scene::bare();
    let alone = scene.run(Vec::<&str>::new()).ok();
    assert_eq!(alone.stderr, "");
    assert!(alone.stdout().lines().count() <= 40, "{} lines", alone.stdout().lines().count());
    assert!(alone.stdout().lines().all(|line| line.chars().count() <= 80), "{}", alone.stdout());
    for word in
        ["init", "add", "get", "list", "patch", "run", "export", "import", "undo", "delete", "filters"]
    {
        assert!(alone.stdout().split([' ', ',', '\n']).any(|known| known == word), "{word}");
    }
    for words in [&["help"][..], &["-h"], &["-q"], &["help", "-q"], &["--vault", "none.age"]] {
        assert_eq!(scene.run(words).ok().stdout(), alone.stdout(), "{words:?}");
    }
}

#[test]
fn every_verb_is_in_one_group() {
    let scene = Scene::bare();
    let (mut listed, mut all) = (listed(&scene), all(&scene));
    listed.sort();
    all.sort();
    assert_eq!(listed, all);
    // and the short help names each
    let short = scene.run(["help"]).ok();
    for verb in all {
        assert!(short.stdout().split([' ', ',', '\n']).any(|word| word == verb), "{verb}");
    }
}

#[test]
fn every_topic_has_its_facts_on_one_page() {
    let scene = Scene::bare();
    for (topic, facts) in TOPICS {
        let page = scene.run(["help", topic]).ok();
        for fact in facts {
            assert!(page.stdout().contains(fact), "{topic} does not have {fact}");
        }
        assert!(page.stdout().lines().all(|line| line.chars().count() <= 80), "{}", page.stdout());
        // the formats and the options are more than a page
        let most = match topic {
            "formats" => 84,
            "options" => 74,
            _ => 66,
        };
        assert!(page.stdout().lines().count() <= most, "{topic}: {}", page.stdout().lines().count());
        for place in ["{options", "{variables", "{exit", "{export", "{import", "{mergeable", "{systems"] {
            assert!(!page.stdout().contains(place), "{}", page.stdout());
        }
    }
    assert_eq!(scene.run(["help", "filter"]).ok().stdout, scene.run(["help", "filters"]).ok().stdout);
}

#[test]
fn the_topics_name_every_form_and_every_system() {
    let scene = Scene::bare();
    let output = scene.run(["help", "output"]).ok();
    let wrong = scene.run(["list", "-o", "nonsense"]).exits(2);
    let (_, forms) = wrong.stderr.split_once("possible values: ").unwrap();
    let (forms, _) = forms.split_once(']').unwrap();
    for form in forms.split(", ") {
        assert!(output.stdout().contains(form), "{form}");
    }
    let formats = scene.run(["help", "formats"]).ok();
    for format in credctl::export::FORMATS.iter().map(|format| format.name) {
        assert!(formats.stdout().contains(&format!("\n  {format} ")), "{format}");
    }
}

#[test]
fn the_filters_of_the_topic_are_filters() {
    let scene = Scene::with_login();
    let topic = scene.run(["help", "filters"]).ok();
    let examples =
        topic.stdout().lines().filter_map(|line| line.split_once("--filter \"")?.1.strip_suffix('"'));
    let mut count = 0;
    for filter in examples {
        scene.run(["list", "--filter", filter]).ok();
        count += 1;
    }
    assert!(count > 5, "only {count} examples were found");
}

#[test]
fn help_of_a_verb_is_its_own_help() {
    let scene = Scene::bare();
    for (words, same) in [
        (&["help", "list"][..], &["list", "--help"][..]),
        (&["help", "ls"], &["list", "--help"]),
        (&["help", "show"], &["get", "--help"]),
        (&["help", "policy", "add"], &["policy", "add", "--help"]),
        (&["-q", "help", "get"], &["get", "--help"]),
    ] {
        assert_eq!(scene.run(words).ok().stdout(), scene.run(same).ok().stdout(), "{words:?}");
    }
    scene.run(["help", "filtres"]).exits(2).says("did you mean `credctl help filters`?");
    scene.run(["help", "lsit"]).exits(2).says("did you mean `credctl help list`?");
    let unknown = scene.run(["help", "nonsense-topic"]).exits(2);
    assert!(!unknown.stderr.contains("did you mean"), "{unknown:?}");
}

#[test]
fn examples_come_before_options_and_options_of_all_verbs_are_elsewhere() {
    let scene = Scene::bare();
    for verb in listed(&scene) {
        let help = scene.run([&verb, "--help"]).ok();
        let help = help.stdout();
        let examples = help.find("\nExamples:\n");
        let options = help.find("\nOptions:\n");
        if let (Some(examples), Some(options)) = (examples, options) {
            assert!(examples < options, "{verb}");
        }
        for option in ["--passphrase-fd", "--lock-timeout", "--color"] {
            assert!(!help.contains(option), "{verb} has {option}");
        }
        assert!(help.trim_end().ends_with("credctl help options"), "{verb}: {help}");
    }
}

#[test]
fn words_of_other_tools_lead_to_the_right_verb() {
    let scene = Scene::with_login();
    let user = |word: &str| scene.run([word, "admin", "--field", "username"]).ok().stdout().to_owned();
    for word in ["show", "read", "describe", "get"] {
        assert_eq!(user(word), "ips", "{word}");
    }
    for word in ["insert", "new", "create"] {
        scene.run_with([word, "login", word, "username=u", "password=-"], "p").ok();
    }
    for (word, gone) in [("remove", "insert"), ("rm", "new"), ("del", "create")] {
        scene.run([word, gone, "--yes"]).ok();
    }
    for (word, hint) in [
        ("totp", "credctl otp ID"),
        ("2fa", "credctl add otp ID"),
        ("login", "credctl unlock"),
        ("logout", "credctl lock --all"),
        ("audit", "credctl doctor"),
        ("whoami", "credctl status"),
        ("sync", "credctl recipients add"),
        ("set", "credctl patch"),
        ("apply", "credctl put"),
        ("reveal", "credctl get ID --reveal"),
        ("clip", "credctl get ID --clip"),
        ("team", "credctl recipients add"),
        ("config", "credctl help options"),
        ("item", "credctl list"),
        ("destroy", "credctl purge"),
    ] {
        let answer = scene.run([word, "x"]).exits(2).says(hint);
        assert!(answer.stderr.starts_with(&format!("error: unknown verb `{word}`: ")), "{answer:?}");
        assert!(!answer.stderr.contains("did you mean"), "{answer:?}");
        scene.run(["help", word]).exits(2).says(hint);
    }
    let document = scene.run(["totp", "x", "-o", "json"]).exits(2).error();
    assert_eq!(document["error"], "usage");
}

#[test]
fn a_mistyped_verb_is_suggested_and_nonsense_is_not() {
    let scene = Scene::bare();
    for (word, verb) in [("lsit", "list"), ("dleete", "delete"), ("exprot", "export"), ("Get", "get")] {
        scene.run([word]).exits(2).says(&format!("did you mean `credctl {verb}`?"));
    }
    for word in ["zzzzzz", "xq", "tr0ub4dor-hunter2"] {
        let unknown = scene.run([word]).exits(2).hides(word);
        assert!(!unknown.stderr.contains("did you mean"), "{unknown:?}");
    }
    // an option is not taken for the verb
    scene.run(["-qp", "lsit", "list"]).exits(4);
    scene.run(["--project=lsit", "list"]).exits(4);
}

#[test]
fn the_version_names_the_target() {
    let scene = Scene::bare();
    let number = format!("credctl {}\n", env!("CARGO_PKG_VERSION"));
    assert_eq!(scene.run(["-V"]).ok().stdout(), number);
    let long = scene.run(["--version"]).ok();
    let origin = long.stdout().strip_prefix(number.trim_end()).unwrap();
    assert!(origin.starts_with(" (") && origin.ends_with(")\n"), "{origin}");
    assert!(origin.contains(std::env::consts::ARCH), "{origin}");
    assert_eq!(scene.run(["version"]).ok().stdout(), long.stdout());
}

#[test]
fn habits_of_other_tools_are_answered_with_the_command_that_does_it() {
    let scene = Scene::new();
    for (words, hint) in [
        (&["work/S-ecret"][..], "credctl get ID"),
        (&["generate", "work/S-ecret", "20"], "credctl add login ID username=NAME password=generate"),
        (&["generate", "--length", "20", "work/S-ecret"], "credctl passwd ID --generate"),
        (&["find", "S-ecret"], "credctl list WORD"),
        (&["-o", "json", "find", "S-ecret"], "credctl list WORD"),
    ] {
        scene.run(words).exits(2).says(hint).hides("S-ecret");
    }
    // an option that is none is another mistake
    scene.run(["find", "--words"]).exits(2).says("unexpected argument").hides("credctl list WORD");
}
