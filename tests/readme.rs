//! The documents tell the truth. Every shell block of the README and of the guide runs, each document in a
//! temporary home of its own, and so does the tour; a block that follows the line `<!-- no test -->` is for
//! the eye only. SECURITY.md names a test for each claim.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]
#![expect(clippy::disallowed_methods, reason = "tests make files and run programs")]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use credctl::vault::{Error, Lockset, Plugins, Recipients, Sealer, generate};

const PROGRAM: &str = env!("CARGO_BIN_EXE_credctl");
const SKIP: &str = "<!-- no test -->";
/// The folder of the guide's chapters.
const GUIDE: &str = "docs/guide/src";
/// The chapter that makes the vault of all other chapters.
const EXAMPLE: &str = "docs/guide/src/example.md";

#[test]
fn every_shell_block_of_the_readme_runs() {
    assert!(blocks(&read("README.md")).len() > 5, "the blocks of the README were not found");
    every_block_runs("README.md", &["README.md"]);
}

#[test]
fn every_shell_block_of_the_guide_runs() {
    let chapters = chapters();
    assert!(chapters.len() > 15, "the chapters of the guide were not found");
    // each has a home of its own, so none has to wait for another
    std::thread::scope(|scope| {
        for chapter in &chapters {
            scope.spawn(move || {
                let mut documents = vec![EXAMPLE, chapter.as_str()];
                documents.dedup();
                every_block_runs(chapter, &documents);
            });
        }
    });
}

/// Runs the blocks of some documents as one script, and checks its output by what one of the documents shows.
fn every_block_runs(name: &str, documents: &[&str]) {
    let mut script = String::from("set -euo pipefail\n");
    for document in documents {
        for (line, block) in blocks(&read(document)) {
            script.push_str(&format!("echo '--- {document}, line {line}' >&2\n{block}"));
        }
    }
    let home = tempfile::tempdir().unwrap();
    let output = bash(home.path(), &["-c", &script]).output().unwrap();
    assert!(output.status.success(), "{name}: {}", both(&output));
    // what was typed as a secret is printed by the one command that asks for it, and nowhere else
    assert!(!String::from_utf8_lossy(&output.stderr).contains("s3cret"), "{name}: {}", both(&output));
    // what the document shows is what is printed
    let text = read(name);
    let shown = text.split("```text\n").skip(1).filter_map(|rest| rest.split("```").next());
    for line in shown.flat_map(str::lines) {
        assert!(both(&output).lines().any(|printed| printed == line), "{name}: {line:?} is not printed");
    }
}

#[test]
fn the_guide_names_every_format_of_export_and_import() {
    let text = read("docs/guide/src/formats.md");
    let (export, import) = text.split_once("\n## Import\n").unwrap();
    for format in credctl::export::FORMATS.iter() {
        let name = format!("`{}`", format.name);
        assert!(export.lines().any(|line| line.starts_with('|') && line.contains(&name)), "export: {name}");
    }
    for format in credctl::import::FORMATS {
        let name = format!("`{}`", format.name);
        assert!(import.lines().any(|line| line.starts_with('|') && line.contains(&name)), "import: {name}");
    }
}

#[test]
fn the_guide_explains_every_exit_status_of_the_help() {
    let text = read("docs/guide/src/output.md");
    let home = tempfile::tempdir().unwrap();
    let help = bash(home.path(), &["-c", "credctl help exit-status"]).output().unwrap();
    let help = String::from_utf8(help.stdout).unwrap();
    let numbers = help.lines().filter_map(|line| line.split_whitespace().next()?.parse().ok());
    let numbers: Vec<u8> = numbers.collect();
    assert!(numbers.len() > 10, "the exit statuses were not found");
    for number in numbers {
        assert!(text.contains(&format!("\n| {number} | ")), "{number}");
    }
}

#[test]
fn the_tests_that_security_names_exist() {
    let security = read("SECURITY.md");
    let (_, section) = security.split_once("## The tests that hold these claims\n").unwrap();
    let mut count = 0;
    for row in section.lines().filter(|line| line.starts_with("| ")).skip(1) {
        let (claim, tests) = row.trim_matches('|').rsplit_once('|').unwrap();
        let tests: Vec<&str> = tests.split('`').skip(1).step_by(2).collect();
        assert!(!tests.is_empty() || claim.trim().starts_with("**"), "no test for {claim}");
        for test in tests {
            let (file, name) = test.split_once(": ").unwrap_or_else(|| panic!("no test: {test}"));
            let code =
                fs::read_to_string(root().join(file)).unwrap_or_else(|error| panic!("{file}: {error}"));
            let before = code.split(&format!("fn {name}()")).next().unwrap();
            let mut attributes =
                before.trim_end().lines().rev().take_while(|line| line.trim().starts_with('#'));
            let is_test = attributes.any(|line| line.trim() == "#[test]");
            assert!(before.len() < code.len() && is_test, "{file} has no test {name}");
            count += 1;
        }
    }
    assert!(count > 50, "the table of SECURITY.md was not found");
}

#[test]
fn the_tour_runs_and_leaves_nothing_behind() {
    let home = tempfile::tempdir().unwrap();
    let tour = root().join("examples/tour.sh");
    let output = bash(home.path(), &[tour.to_str().unwrap()])
        .env("CREDCTL", PROGRAM)
        .env("TMPDIR", home.path())
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", both(&output));
    assert_eq!(fs::read_dir(home.path()).unwrap().count(), 0, "something was left behind");
}

#[test]
fn continuous_integration_runs_the_test_command_of_the_readme() {
    let Ok(ci) = fs::read_to_string(root().join(".ci/run")) else { return };
    let readme = read("README.md");
    let command = readme.lines().find(|line| line.starts_with("cargo test")).unwrap();
    assert!(ci.lines().any(|line| line == command), ".ci/run does not have the line `{command}`");
}

#[test]
fn the_example_of_the_format_is_a_vault() {
    let text = read("docs/vault-format.md");
    let begin = text.find("{\"credctl\"").unwrap();
    let example = &text[begin..begin + text[begin..].find("```").unwrap()];

    let folder = tempfile::tempdir().unwrap();
    let (identity, recipient) = generate();
    let (vault, key) = (folder.path().join("vault.age"), folder.path().join("identity.txt"));
    fs::write(&key, identity.expose()).unwrap();
    let recipients = Recipients::parse([recipient], &Plugins::default()).unwrap();
    let sealer = Sealer::new(&Lockset::Recipients(recipients)).unwrap();
    let file = fs::File::create(&vault).unwrap();
    sealer.seal(file, |out| out.write_all(example.as_bytes()).map_err(Error::Write)).unwrap();

    let list = "credctl --vault vault.age -i identity.txt list -o name";
    let output = bash(folder.path(), &["-c", list]).output().unwrap();
    assert!(output.status.success(), "{}", both(&output));
    assert_eq!(output.stdout, b"db\nmail\n");
    // the index fits: without it, as after an edit by hand, the text would be laid out again
    let index = example.lines().last().unwrap();
    let at = format!("\"at\":{},", example.len() - index.len() - 1);
    assert!(index.contains(&at), "{at} is not in {index}");
}

#[test]
fn a_vault_is_edited_by_hand_as_the_format_says() {
    if Command::new("age").arg("--version").output().is_err() {
        return;
    }
    let text = read("docs/vault-format.md");
    let (_, section) = text.split_once("## Editing by hand\n").unwrap();
    let block = section.split("```").nth(1).unwrap().strip_prefix("text\n").unwrap();
    let home = tempfile::tempdir().unwrap();
    // the comma before the index is on the line of the last section
    let editor = "#!/bin/sh\nsed -i -e '$d' \"$1\" && sed -i -e '$s/,$/}/' -e 's/\"old\"/\"new\"/' \"$1\"\n";
    fs::write(home.path().join("edit"), editor).unwrap();
    let script = format!(
        "set -euo pipefail; chmod +x edit; export EDITOR=$HOME/edit\n\
         export CREDCTL_IDENTITY=$HOME/.config/credctl/identity.txt\n\
         credctl init -q --generate-identity \"$CREDCTL_IDENTITY\" >&2\n\
         echo x | credctl add login db username=old password=- >&2\n\
         {}credctl --vault vault.new get db --field username; rm -r \"$PWD\"",
        block.replace("age1…", "$(grep -o 'age1.*' \"$CREDCTL_IDENTITY\")")
    );
    let output = bash(home.path(), &["-c", &script]).output().unwrap();
    assert!(output.status.success(), "{}", both(&output));
    assert_eq!(output.stdout, b"new");
}

/// The shell blocks that are to be run, each with the number of its first line.
fn blocks(text: &str) -> Vec<(usize, String)> {
    let mut blocks = Vec::new();
    let mut open: Option<(usize, String)> = None;
    let mut before = "";
    for (number, line) in text.lines().enumerate() {
        match &mut open {
            Some(_) if line == "```" => blocks.extend(open.take().filter(|(at, _)| *at > 0)),
            Some((_, block)) => block.extend([line, "\n"]),
            None if line == "```sh" => {
                // a place of 0 marks a block that is skipped
                open = Some((if before == SKIP { 0 } else { number + 2 }, String::new()));
            }
            None => {}
        }
        before = line;
    }
    blocks
}

/// A shell that sees the program, the usual tools, and nothing of the environment of the tests.
fn bash(home: &Path, words: &[&str]) -> Command {
    let folder = Path::new(PROGRAM).parent().unwrap();
    let mut command = Command::new("bash");
    command
        .args(words)
        .current_dir(home)
        .env_clear()
        .env("HOME", home)
        .env("PATH", format!("{}:/usr/local/bin:/usr/bin:/bin", folder.display()))
        .env("CREDCTL_NON_INTERACTIVE", "1")
        .stdin(Stdio::null());
    command
}

fn both(output: &Output) -> String {
    let text = |bytes| String::from_utf8_lossy(bytes).into_owned();
    format!("{}\n{}", text(&output.stdout), text(&output.stderr))
}

/// The chapters of the guide, by their paths in the project.
fn chapters() -> Vec<String> {
    let names = fs::read_dir(root().join(GUIDE)).unwrap().map(|entry| entry.unwrap().file_name());
    let names = names.map(|name| name.into_string().unwrap()).filter(|name| name != "SUMMARY.md");
    names.map(|name| format!("{GUIDE}/{name}")).collect()
}

fn read(name: &str) -> String {
    fs::read_to_string(root().join(name)).unwrap()
}

fn root() -> PathBuf {
    env!("CARGO_MANIFEST_DIR").into()
}

#[test]
fn blocks_are_found() {
    let text = format!("```sh\none\n```\n{SKIP}\n```sh\ntwo\n```\n```text\nthree\n```\n```sh\nfour\n\n```\n");
    let found = blocks(&text);
    assert_eq!(found, [(2, "one\n".to_owned()), (12, "four\n\n".to_owned())]);
}
