//! The environment, read here and nowhere else. An empty variable counts as unset.

#![expect(clippy::disallowed_methods, reason = "others must not read it, so that this file does")]

use std::env;
use std::path::{Path, PathBuf};

use credctl::secret::Secret;

use crate::cli::error::{Error, Failure};

/// Returns true if this run reports as JSON, as far as that is known before the arguments are parsed.
pub fn wants_json() -> bool {
    let words: Vec<_> = env::args_os().map(|word| word.to_string_lossy().into_owned()).collect();
    let flagged = words.iter().enumerate().rev().find_map(|(at, word)| {
        let value = match word.strip_prefix("--output") {
            Some(value) => value,
            // o may follow short options without a value, with its own value attached or next
            None => word.strip_prefix('-')?.trim_start_matches(['q', 'v', 'n', 'y']).strip_prefix('o')?,
        };
        if value.is_empty() {
            words.get(at + 1).cloned()
        } else {
            Some(value.trim_start_matches('=').to_owned())
        }
    });
    flagged.or_else(|| text("CREDCTL_OUTPUT")).is_some_and(|form| matches!(form.as_str(), "json" | "jsonl"))
}

/// Returns the arguments of this process, the program first.
pub fn words() -> Vec<std::ffi::OsString> {
    env::args_os().collect()
}

/// Returns the values of our own variables, except the passphrase itself.
pub fn variables() -> Vec<std::ffi::OsString> {
    let ours = env::vars_os().filter(|(name, _)| name.as_encoded_bytes().starts_with(b"CREDCTL_"));
    ours.filter(|(name, _)| name != "CREDCTL_PASSPHRASE").map(|(_, value)| value).collect()
}

/// Reads a variable that the operator named as the source of a value, or that a program has set for credctl.
pub fn variable(name: &str) -> Option<Result<Secret, usize>> {
    use std::os::unix::ffi::OsStringExt as _;
    env::var_os(name).map(|value| Secret::from_utf8(value.into_vec()))
}

/// Returns the editor that the operator has chosen, a command of the shell: `VISUAL`, where the terminal can show
/// one, before `EDITOR`.
pub fn editor() -> Option<String> {
    let is_dumb = text("TERM").is_none_or(|term| term == "dumb");
    text("VISUAL").filter(|_| !is_dumb || text("EDITOR").is_none()).or_else(|| text("EDITOR"))
}

/// Returns the folders that are in memory on most machines.
pub fn memory_folders() -> Vec<PathBuf> {
    path("XDG_RUNTIME_DIR").into_iter().chain([PathBuf::from("/dev/shm"), PathBuf::from("/tmp")]).collect()
}

/// Expands `~` in a path that the operator typed at a prompt, where no shell has replaced it.
pub fn expand(path: &Path) -> PathBuf {
    match path.strip_prefix("~") {
        Ok(rest) => home().map_or_else(|| path.to_owned(), |home| home.join(rest)),
        Err(_) => path.to_owned(),
    }
}

/// Reads an environment variable in which an empty text has a meaning.
pub(super) fn given(name: &str) -> Option<String> {
    env::var(name).ok()
}

/// Returns the home folder, if there is one.
pub fn home() -> Option<PathBuf> {
    directories::BaseDirs::new().map(|folders| folders.home_dir().to_owned())
}

/// Returns a path as people write it, with `~` for the home folder.
pub fn short(path: &Path) -> String {
    match home().as_ref().and_then(|home| path.strip_prefix(home).ok()) {
        Some(rest) => Path::new("~").join(rest).display().to_string(),
        None => path.display().to_string(),
    }
}

/// Returns the path in a variable by which another program names one of its files. An empty one counts as unset.
pub fn named_path(name: &str) -> Option<PathBuf> {
    path(name)
}

/// Reads an environment variable. An empty one counts as unset.
pub(super) fn text(name: &str) -> Option<String> {
    env::var(name).ok().filter(|value| !value.is_empty())
}

pub(super) fn path(name: &str) -> Option<PathBuf> {
    env::var_os(name).filter(|value| !value.is_empty()).map(PathBuf::from)
}

pub(super) fn secret(name: &str) -> Result<Option<Secret>, Error> {
    use std::os::unix::ffi::OsStringExt as _;
    let value = env::var_os(name).filter(|value| !value.is_empty());
    let value = value.map(|value| Secret::from_utf8(value.into_vec()));
    value.transpose().map_err(|_| Error::new(Failure::Locked, format!("{name} is not UTF-8")))
}

pub(super) fn flag(name: &str) -> Option<bool> {
    text(name).map(|value| !matches!(value.as_str(), "0" | "false" | "no"))
}
