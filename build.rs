//! The origin of the build, for `--version`: the commit, its date and the target. Nothing here fails the build.

#![expect(clippy::disallowed_methods, reason = "it asks the build for its settings, and git")]

use std::env;
use std::path::Path;
use std::process::Command;

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    let origin = [commit(), date(), env::var("TARGET").ok()];
    let origin: Vec<String> = origin.into_iter().flatten().filter(|part| is_plain(part)).collect();
    println!("cargo::rustc-env=CREDCTL_BUILD={}", origin.join(" "));
}

fn is(variable: &str, value: &str) -> bool {
    env::var(variable).is_ok_and(|text| text == value)
}

/// The commit that is built, or the one that the environment names.
fn commit() -> Option<String> {
    named("CREDCTL_BUILD_COMMIT").or_else(|| git(&["rev-parse", "--short=12", "HEAD"]))
}

/// The date of the commit, so that the same commit makes the same program on every day.
fn date() -> Option<String> {
    named("CREDCTL_BUILD_DATE").or_else(|| git(&["show", "--no-patch", "--format=%cs", "HEAD"]))
}

fn named(variable: &str) -> Option<String> {
    println!("cargo::rerun-if-env-changed={variable}");
    env::var(variable).ok().filter(|value| !value.is_empty())
}

/// Asks git about the folder, if the folder is the work tree of a repository. A build for development does
/// not ask: it would compile everything again after each commit.
fn git(words: &[&str]) -> Option<String> {
    let folder = env::var("CARGO_MANIFEST_DIR").ok()?;
    if !is("PROFILE", "release") || !Path::new(&folder).join(".git").exists() {
        return None;
    }
    let ask = |words: &[&str]| {
        let output = Command::new("git").arg("-C").arg(&folder).args(words).output().ok()?;
        let text = String::from_utf8(output.stdout).ok().filter(|_| output.status.success())?;
        Some(text.trim().to_owned())
    };
    // the head moves with each commit, and with each change of the branch
    let log = ask(&["rev-parse", "--path-format=absolute", "--git-path", "logs/HEAD"]);
    if let Some(log) = log.filter(|log| Path::new(log).exists()) {
        println!("cargo::rerun-if-changed={log}");
    }
    ask(words)
}

/// Returns true if a part of the origin can be shown: a word of letters, digits and few signs.
fn is_plain(part: &str) -> bool {
    !part.is_empty() && part.chars().all(|c| c.is_ascii_alphanumeric() || "-_.:+".contains(c))
}
