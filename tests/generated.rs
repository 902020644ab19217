//! Files that the programs make and that are committed: completions, manual pages, the guide's table of types,
//! and the picture of a terminal in the README.
//!
//! `CREDCTL_REGENERATE=1 cargo test --test generated` writes them again; without it they are compared.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]
#![expect(clippy::disallowed_methods, clippy::disallowed_types, reason = "tests make files and run programs")]

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anstyle_svg::Term;
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

#[cfg(feature = "remote")]
#[test]
fn the_pages_of_the_helpers_are_what_they_print() {
    let helpers = [
        env!("CARGO_BIN_EXE_credctl-remote-git"),
        env!("CARGO_BIN_EXE_credctl-remote-openbao"),
        env!("CARGO_BIN_EXE_credctl-remote-s3"),
    ];
    let made = helpers.map(|helper| {
        let name = Path::new(helper).file_name().unwrap().to_str().unwrap();
        (format!("{name}.1"), page(name, &print(helper, &["--help"])))
    });
    is_committed("packaging/remote/man", &made.into());
}

/// Makes a manual page of the help of a helper: what it does, its usage, and paragraphs. Indented lines stay as
/// they are.
#[cfg(feature = "remote")]
fn page(name: &str, help: &str) -> String {
    let (about, rest) = help.split_once("\n\nUsage: ").unwrap();
    let (usage, rest) = rest.split_once("\n\n").unwrap();
    let arguments = usage.strip_prefix(name).unwrap();
    let about = about[..1].to_lowercase() + &about[1..];
    let mut page = format!(".TH {} 1 \"\" credctl \"credctl manual\"\n", roff(&name.to_uppercase()));
    page += &format!(".SH \"NAME\"\n{} \\- {}\n", roff(name), roff(&about));
    page += &format!(".SH \"SYNOPSIS\"\n\\fB{}\\fR{arguments}\n.SH \"DESCRIPTION\"\n", roff(name));
    for (number, paragraph) in rest.trim_end().split("\n\n").enumerate() {
        let options = paragraph.strip_prefix("Options:\n");
        page += match (options, number) {
            (Some(_), _) => ".SH \"OPTIONS\"\n",
            (None, 0) => "",
            (None, _) => ".PP\n",
        };
        let mut indented = false;
        for line in options.unwrap_or(paragraph).lines() {
            assert!(!line.starts_with(['.', '\'']), "{line:?} would be a command");
            let verbatim = line.starts_with("  ");
            if verbatim != indented {
                page += if verbatim { ".RS 4\n.nf\n" } else { ".fi\n.RE\n.PP\n" };
                indented = verbatim;
            }
            page += &format!("{}\n", roff(line.strip_prefix("  ").unwrap_or(line)));
        }
        page += if indented { ".fi\n.RE\n" } else { "" };
    }
    page + ".SH \"SEE ALSO\"\ncredctl(1)\n"
}

/// Writes a text so that a manual page shows it as it is.
#[cfg(feature = "remote")]
fn roff(text: &str) -> String {
    [("\\", "\\e"), ("-", "\\-"), ("~", "\\(ti"), ("`", "\\(ga")]
        .into_iter()
        .fold(text.to_owned(), |text, (sign, escape)| text.replace(sign, escape))
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

#[test]
fn the_picture_of_the_readme_is_a_real_run() {
    let path = root().join("docs/terminal.svg");
    let made = Term::new().render_svg(&run_on_a_terminal("docs/terminal.sh"));
    assert!(!made.contains("S3cret") && made.contains("prod/db"), "{made}");
    if regenerates() {
        fs::write(path, made).unwrap();
    } else {
        assert!(fs::read_to_string(path).unwrap() == made, "docs/terminal.svg is {STALE}");
    }
}

/// Everything that a script prints on a terminal of 80 columns, without what differs from run to run.
fn run_on_a_terminal(script: &str) -> String {
    let folder = tempfile::tempdir().unwrap();
    let programs = Path::new(env!("CARGO_BIN_EXE_credctl")).parent().unwrap();
    let mut command = Command::new("bash");
    command
        .arg("-c")
        .arg(format!("stty cols 80 rows 50; source '{}'; echo END", root().join(script).display()))
        .current_dir(folder.path())
        .env_clear()
        .env("PATH", format!("{}:/usr/bin:/bin", programs.display()))
        .env("HOME", folder.path())
        .env("TERM", "xterm-256color")
        .env("CREDCTL_NON_INTERACTIVE", "1")
        .env("CREDCTL_IDENTITY", folder.path().join("identity.txt"))
        .env("CREDCTL_VAULT", folder.path().join("vault.age"));
    let mut session = rexpect::session::spawn_command(command, Some(60_000)).unwrap();
    let shown = session.exp_string("END").unwrap();
    session.exp_eof().unwrap();
    // rexpect makes a character of every byte
    let bytes = shown.chars().map(|c| u8::try_from(c).unwrap()).collect();
    let shown = String::from_utf8(bytes).unwrap().replace('\r', "");
    let uuid = "00000000-0000-4000-8000-000000000000";
    let masks = [
        ("xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx", uuid),
        ("dddd-dd-dd", "2027-01-31"),
        ("dd:dd:dd.dddddd", "12:00:00.000000"),
        ("dd:dd:dd", "12:00:00"),
        ("dd:dd", "12:00"),
    ];
    masks.into_iter().fold(shown, |shown, (form, text)| masked(&shown, form, text)).trim_end().to_owned()
        + "\n"
}

/// Replaces every text of a form, in which `d` is a digit and `x` a digit of hexadecimal numbers.
fn masked(text: &str, form: &str, by: &str) -> String {
    let fits = |(c, form): (char, char)| match form {
        'd' => c.is_ascii_digit(),
        'x' => c.is_ascii_hexdigit(),
        other => c == other,
    };
    let mut out = String::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let found = rest.chars().count() >= form.len() && rest.chars().zip(form.chars()).all(fits);
        let (taken, shown) =
            if found { (form.len(), by) } else { (first.len_utf8(), &rest[..first.len_utf8()]) };
        out.push_str(shown);
        rest = &rest[taken..];
    }
    out
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

fn credctl(words: &[&str]) -> String {
    print(env!("CARGO_BIN_EXE_credctl"), words)
}

/// What a program prints, without anything of the environment of the tests.
fn print(program: &str, words: &[&str]) -> String {
    let output = Command::new(program).args(words).env_clear().env("HOME", "/nonexistent").output().unwrap();
    assert!(output.status.success(), "{words:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}
