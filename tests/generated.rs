//! Files that the program makes and that are committed: completions, manual pages, the guide's table of types.
//!
//! `CREDCTL_REGENERATE=1 cargo test --test generated` writes them again; without it they are compared.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]
#![expect(clippy::disallowed_methods, clippy::disallowed_types, reason = "tests make files and run programs")]

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;

/// The file of each shell, as its completion system looks for it.
const COMPLETIONS: [(&str, &str); 5] = [
    ("bash", "credctl.bash"),
    ("elvish", "credctl.elv"),
    ("fish", "credctl.fish"),
    ("powershell", "_credctl.ps1"),
    ("zsh", "_credctl"),
];

#[test]
fn completions_are_what_the_program_prints() {
    let made = COMPLETIONS.map(|(shell, name)| (name.to_owned(), credctl(&["completions", shell])));
    is_committed("completions", &made.into());
}

#[test]
fn manual_pages_are_what_the_program_writes() {
    let folder = tempfile::tempdir().unwrap();
    credctl(&["man", folder.path().to_str().unwrap()]);
    let pages = files(folder.path());
    for (name, page) in &pages {
        // a quote that was escaped for a string and then shown with its backslash
        assert!(!page.contains(r#"\\""#), "{name} has a literal backslash before a quote");
    }
    is_committed("man", &pages);
}

#[test]
fn the_guide_lists_the_types_of_the_program() {
    const BEGIN: &str = "<!-- types -->\n";
    const END: &str = "<!-- /types -->";
    let path = root().join("docs/guide/src/types.md");
    let chapter = fs::read_to_string(&path).unwrap();
    let begin = chapter.find(BEGIN).unwrap() + BEGIN.len();
    let end = begin + chapter[begin..].find(END).unwrap();
    let table = table_of_types();
    if regenerates() {
        fs::write(path, [&chapter[..begin], &table, &chapter[end..]].concat()).unwrap();
    } else {
        assert!(chapter[begin..end] == table, "the table of types in docs/guide/src/types.md is {STALE}");
    }
}

/// `credctl types` as a Markdown table.
fn table_of_types() -> String {
    let mut table = String::from("| type | other names | fields | what it is |\n|---|---|---|---|\n");
    for line in credctl(&["types", "-o", "jsonl"]).lines() {
        let kind: Value = serde_json::from_str(line).unwrap();
        let texts = |name: &str| -> Vec<String> {
            kind[name].as_array().unwrap().iter().map(|item| item.as_str().unwrap().to_owned()).collect()
        };
        let code = |name: &String| format!("`{name}`");
        let aliases: Vec<_> =
            texts("aliases").iter().filter(|alias| !alias.contains(':')).map(code).collect();
        let required = texts("required").iter().map(code).collect::<Vec<_>>();
        let optional = texts("optional").iter().map(|name| format!("[{}]", code(name))).collect::<Vec<_>>();
        let fields = [required, optional].concat().join(" ");
        let (name, about) = (kind["type"].as_str().unwrap(), kind["description"].as_str().unwrap());
        writeln!(table, "| `{name}` | {} | {fields} | {about} |", aliases.join(" ")).unwrap();
    }
    table
}

const STALE: &str =
    "out of date: run `CREDCTL_REGENERATE=1 cargo test --test generated` and commit the result";

/// Whether the files are to be written again.
fn regenerates() -> bool {
    std::env::var_os("CREDCTL_REGENERATE").is_some_and(|value| !value.is_empty())
}

/// Compares a folder with what was made, or makes it the same.
fn is_committed(folder: &str, made: &BTreeMap<String, String>) {
    let path = root().join(folder);
    let committed = files(&path);
    if regenerates() {
        for name in committed.keys() {
            fs::remove_file(path.join(name)).unwrap();
        }
        for (name, text) in made {
            fs::write(path.join(name), text).unwrap();
        }
        return;
    }
    let differ: Vec<_> =
        committed.keys().chain(made.keys()).filter(|name| committed.get(*name) != made.get(*name)).collect();
    assert!(differ.is_empty(), "{folder}: {differ:?} {STALE}");
}

fn files(folder: &Path) -> BTreeMap<String, String> {
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap());
    entries
        .map(|entry| (entry.file_name().into_string().unwrap(), fs::read_to_string(entry.path()).unwrap()))
        .collect()
}

fn root() -> PathBuf {
    env!("CARGO_MANIFEST_DIR").into()
}

/// What the program prints, without anything of the environment of the tests.
fn credctl(words: &[&str]) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_credctl"))
        .args(words)
        .env_clear()
        .env("HOME", "/nonexistent")
        .output()
        .unwrap();
    assert!(output.status.success(), "{words:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}
