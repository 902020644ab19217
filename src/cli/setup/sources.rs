//! The third question: what to import. The stores and files of other programs in their usual places, with what
//! is in them.

use std::path::{Path, PathBuf};

use credctl::disk::{files_below, read_named};
use credctl::import::{ImportFacts, ImportFormat, PASS};
use credctl::text;

use crate::cli::context;
use crate::cli::error::Error;
use crate::cli::prompt::{PromptError, Prompter};

/// The largest file that is looked at, in bytes. A larger one is no file of credentials that people keep.
const LIMIT: u64 = 1024 * 1024;
/// Stores of encrypted files: a variable that names the folder, and the usual one below the home folder.
const STORES: [(Option<&str>, &str); 3] = [
    (Some("PASSWORD_STORE_DIR"), ".password-store"),
    (None, ".local/share/gopass/stores/root"),
    (Some("PASSAGE_DIR"), ".passage/store"),
];
/// Files: a variable that names the file, the usual place below the home folder, and the format.
const FILES: [(Option<&str>, &str, &str); 3] = [
    (Some("AWS_SHARED_CREDENTIALS_FILE"), ".aws/credentials", "aws-credentials"),
    (Some("KUBECONFIG"), ".kube/config", "kubeconfig"),
    (Some("NETRC"), ".netrc", "netrc"),
];
/// The file of variables in the current folder.
const ENV: &str = ".env";

/// A store or a file that can be imported.
pub struct ImportSource {
    pub path: PathBuf,
    count: usize,
    format: &'static str,
}

/// Asks what to import. Returns the paths.
pub fn ask(prompter: &Prompter) -> Result<Vec<PathBuf>, Error> {
    let found = found();
    for (at, source) in found.iter().enumerate() {
        let (count, format) = (source.count, source.format);
        let items = if count == 1 { "entry" } else { "entries" };
        let line = format!("       {}  {}: {count} {items}, {format}", at + 1, context::short(&source.path));
        prompter.tell(&line).map_err(PromptError::from)?;
    }
    let question = match found.len() {
        0 => "3/4  Import a file or a folder",
        1 => "3/4  Import this (yes, or another path)",
        _ => "3/4  Import these (all, numbers such as 1 2, or another path)",
    };
    let answer = prompter.line(question, "none", &|text| chosen(&found, text).map(drop))?;
    // the answer was checked
    Ok(chosen(&found, &answer).unwrap_or_default())
}

/// Returns the paths that an answer means, or the reason to refuse the answer.
fn chosen(found: &[ImportSource], answer: &str) -> Result<Vec<PathBuf>, String> {
    let answer = answer.trim();
    match answer.to_ascii_lowercase().as_str() {
        "" | "none" | "n" | "no" | "0" => return Ok(Vec::new()),
        "all" | "a" | "y" | "yes" if !found.is_empty() => {
            return Ok(found.iter().map(|source| source.path.clone()).collect());
        }
        _ => {}
    }
    let words: Vec<_> = answer.split([' ', ',']).filter(|word| !word.is_empty()).collect();
    let numbers: Option<Vec<usize>> = words.iter().map(|word| word.parse().ok()).collect();
    if let Some(numbers) = numbers {
        let one = |number: usize| {
            let source = number.checked_sub(1).and_then(|at| found.get(at));
            source.map(|source| source.path.clone()).ok_or_else(|| format!("there is no number {number}"))
        };
        return numbers.into_iter().map(one).collect();
    }
    let path = context::expand(Path::new(answer));
    if path.exists() { Ok(vec![path]) } else { Err("there is no such file or folder".to_owned()) }
}

/// Finds everything in the usual places that has at least one entry.
fn found() -> Vec<ImportSource> {
    let home = context::home();
    let place = |variable: Option<&str>, usual: &str| {
        let named = variable.and_then(context::named_path);
        named.or_else(|| home.as_ref().map(|home| home.join(usual)))
    };
    let stores = STORES.iter().filter_map(|(variable, usual)| store(place(*variable, usual)?));
    let files = FILES.iter().filter_map(|(variable, usual, format)| file(place(*variable, usual)?, format));
    stores.chain(files).chain(file(PathBuf::from(ENV), "dotenv")).collect()
}

/// Counts the files of a store. Decrypts none.
fn store(path: PathBuf) -> Option<ImportSource> {
    let (files, _) = files_below(&path, &["age", "gpg"]).ok()?;
    let count = files.len();
    (count > 0).then_some(ImportSource { path, count, format: PASS })
}

/// Counts the entries of a file by reading it as the import does.
fn file(path: PathBuf, format: &'static str) -> Option<ImportSource> {
    if !path.is_file() {
        return None;
    }
    let bytes = read_named(&path, LIMIT).ok()?;
    let text = text::decode(&bytes).ok()?;
    // the import recognises the format by itself, and must come to the same one
    let format = ImportFormat::recognise(&text).filter(|found| found.name == format)?;
    let import = format.read(&text, &ImportFacts::default()).ok()?;
    let count = import.items.iter().filter(|item| item.incoming.is_ok()).count();
    (count > 0).then_some(ImportSource { path, count, format: format.name })
}

#[cfg(test)]
mod tests {
    use super::{ImportSource, chosen};
    use std::path::PathBuf;

    #[test]
    fn an_answer_is_all_or_none_or_numbers_or_a_path() {
        let source = |path: &str| ImportSource { path: PathBuf::from(path), count: 1, format: "netrc" };
        let found = [source("a"), source("b")];
        for (answer, paths) in [
            ("", &[][..]),
            ("none", &[]),
            ("All", &["a", "b"]),
            ("2", &["b"]),
            ("1, 2", &["a", "b"]),
            ("/", &["/"]),
        ] {
            let paths: Vec<_> = paths.iter().map(PathBuf::from).collect();
            assert_eq!(chosen(&found, answer), Ok(paths), "{answer}");
        }
        assert!(chosen(&found, "3").is_err() && chosen(&found, "/nowhere").is_err());
        assert!(chosen(&[], "all").is_err());
    }
}
