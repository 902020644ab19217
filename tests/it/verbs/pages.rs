//! The verbs in completion, help and manual pages: made of the same words as the parser.

use std::fs;

use crate::support::{Run as _, Scene, names};

/// Every verb with its summary, as `credctl --help` lists them.
fn verbs(scene: &Scene) -> Vec<(String, String)> {
    let help = scene.run(["--help"]).ok();
    let (list, _) = help.stdout().split_once("\nTopics").unwrap();
    let verbs: Vec<_> = list
        .lines()
        .filter_map(|line| {
            let (verb, summary) = line.strip_prefix("  ")?.split_once(' ')?;
            let summary = summary.split(" [alias").next()?;
            Some((verb.to_owned(), summary.trim().to_owned()))
        })
        .collect();
    assert!(verbs.len() > 30, "{verbs:?}");
    verbs
}

#[test]
fn completion_offers_every_verb_with_its_summary() {
    let scene = Scene::bare();
    let offered = scene.run(["__complete", "zsh", "credctl", ""]).ok();
    for (verb, _) in verbs(&scene) {
        let line = offered.stdout().lines().find(|line| line.starts_with(&format!("{verb}\t")));
        assert!(line.is_some_and(|line| line.contains(" -- ")), "{verb}");
    }
    scene.run(["completions", "nonsense"]).exits(2);
}

#[test]
fn every_verb_has_a_manual_page() {
    let scene = Scene::bare();
    assert!(scene.run(["man"]).ok().stdout().contains(".TH"));
    fs::create_dir(scene.path("man")).unwrap();
    scene.run(["man", "man"]).ok();
    let pages = names(&scene.path("man"));
    assert!(pages.contains(&"credctl.1".to_owned()));
    for (verb, _) in verbs(&scene) {
        assert!(pages.contains(&format!("credctl-{verb}.1")), "{verb}: {pages:?}");
    }
    scene.run(["man", "missing"]).exits(10);
}

#[test]
fn pages_of_section_7_go_beside_the_folder_man1() {
    let scene = Scene::bare();
    fs::create_dir(scene.path("man1")).unwrap();
    scene.run(["man", "man1"]).ok();
    assert_eq!(names(&scene.path("man7")), ["credctl-filter.7", "credctl-types.7"]);
    assert!(names(&scene.path("man1")).iter().all(|name| name.ends_with(".1")));
    scene.run(["man", "man1"]).exits(5);
    scene.run(["man", "man1", "--overwrite"]).ok();
}

#[test]
fn every_page_has_what_a_reader_looks_for() {
    let scene = Scene::bare();
    fs::create_dir(scene.path("man")).unwrap();
    scene.run(["man", "man"]).ok();
    for name in names(&scene.path("man")) {
        let page = fs::read_to_string(scene.path("man").join(&name)).unwrap();
        let sections: &[&str] = if name.ends_with(".1") {
            &["NAME", "SYNOPSIS", "DESCRIPTION", "OPTIONS", "ENVIRONMENT", "FILES", "EXIT STATUS", "SEE ALSO"]
        } else {
            &["NAME", "DESCRIPTION", "SEE ALSO"]
        };
        for section in sections {
            assert!(page.contains(&format!("\n.SH \"{section}\"\n")), "{name} has no {section}");
        }
    }
    let get = fs::read_to_string(scene.path("man/credctl-get.1")).unwrap();
    assert!(get.contains("[\\-\\-field FIELD]") && get.contains("credctl get admin \\-\\-clip"), "{get}");
    // the topic and the page are one text
    let mut filter = fs::read_to_string(scene.path("man/credctl-filter.7")).unwrap();
    for (escape, text) in
        [("\\*(Aq", "'"), ("\\(dq", "\""), ("\\(ga", "`"), ("\\fB", "`"), ("\\fR", "`"), ("\\-", "-")]
    {
        filter = filter.replace(escape, text);
    }
    let topic = scene.run(["help", "filters"]).ok();
    for line in topic.stdout().lines().map(str::trim).filter(|line| !line.is_empty()).skip(1) {
        assert!(filter.contains(line), "{line}");
    }
    let types = fs::read_to_string(scene.path("man/credctl-types.7")).unwrap();
    for kind in credctl::kind::KINDS {
        assert!(types.contains(&format!("\n.SS \"{}\"\n", kind.name)), "{}", kind.name);
    }
}

#[test]
fn every_page_has_a_whole_title_line_and_names_only_pages_that_are_there() {
    let scene = Scene::bare();
    fs::create_dir(scene.path("man")).unwrap();
    scene.run(["man", "man"]).ok();
    let pages = names(&scene.path("man"));
    let mut referred = 0;
    for name in &pages {
        let page = fs::read_to_string(scene.path("man").join(name)).unwrap();
        let (title, section) = name.rsplit_once('.').unwrap();
        let title = title.to_uppercase().replace('-', "\\-");
        // a date that is left out has to be quoted, or what follows moves to its place
        let line = format!("\n.TH {title} {section} \"\" credctl \"credctl manual\"\n");
        assert!(page.contains(&line), "{name} has no {line}");
        let text = page.replace("\\-", "-").replace("\\fB", "").replace("\\fR", "");
        for section in ["1", "7"] {
            for (at, end) in text.match_indices(&format!("({section})")) {
                let start = text[..at].rfind(|c: char| !(c.is_ascii_alphanumeric() || c == '-'));
                let word = &text[start.map_or(0, |start| start + 1)..at];
                if word.starts_with("credctl") {
                    referred += 1;
                    assert!(pages.contains(&format!("{word}.{section}")), "{name} refers to {word}{end}");
                }
            }
        }
    }
    assert!(referred > pages.len(), "{referred}");
}

/// The formatter finds nothing to complain about.
#[test]
fn the_pages_render_without_warnings() {
    let scene = Scene::bare();
    fs::create_dir(scene.path("man")).unwrap();
    scene.run(["man", "man"]).ok();
    for name in names(&scene.path("man")) {
        let mut groff = std::process::Command::new("groff");
        groff.args(["-man", "-Tutf8", "-Kutf8", "-ww", "-z"]).arg(scene.path("man").join(&name));
        let Ok(output) = groff.output() else { return };
        assert_eq!(String::from_utf8_lossy(&output.stderr), "", "{name}");
    }
}

#[test]
fn help_is_an_answer() {
    let scene = Scene::bare();
    for (verb, summary) in verbs(&scene) {
        let outcome = scene.run([&verb, "--help"]).ok();
        assert_eq!(outcome.stderr, "");
        let help = outcome.stdout();
        assert!(help.contains(&format!("Usage: credctl {verb}")), "{verb}");
        // a comment on the options of a verb can take the place of its summary
        assert_eq!(help.lines().next(), Some(summary.as_str()), "{verb}");
        assert!(!help.contains('\\'), "{verb}: {help}");
    }
}

/// A line that was wrapped by hand and is longer than the screen is broken once more, behind its last word.
#[test]
fn no_line_of_the_help_breaks_early() {
    let scene = Scene::bare();
    for (verb, _) in verbs(&scene) {
        let outcome = scene.run([&verb, "--help"]).ok();
        let lines: Vec<&str> = outcome.stdout().lines().collect();
        for pair in lines.windows(2).filter(|pair| pair.iter().all(|line| !line.is_empty())) {
            let is_text = pair.iter().all(|line| !line.starts_with(' '));
            let word = pair[1].split(' ').next().unwrap().len();
            let fits = pair[0].chars().count() + 1 + word <= 80;
            assert!(!is_text || !fits || pair[0].ends_with(['.', ':']), "{verb}: {pair:?}");
        }
    }
}

#[test]
fn they_need_neither_vault_nor_configuration() {
    let scene = Scene::bare();
    let config = scene.file("config.toml", "not toml at all");
    for words in [["completions", "bash"], ["man", "--config"]] {
        let mut command = scene.command(words.into_iter().filter(|word| *word != "--config"));
        command.env("CREDCTL_CONFIG", &config).env_remove("HOME").outcome("").ok();
    }
}
