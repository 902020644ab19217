//! Candidates that the program itself knows: types, formats, roles, and the words of single options.

use credctl::dialect::Dialect;
use credctl::import::ColumnMap;
use credctl::kind::CUSTOM;
use credctl::{export, import};

use super::candidate::{Candidate, beginning_with};
use super::peek::Peek;
use crate::cli::options::ForeignFormat;

/// Returns the types of the vault, too: before a beginning is typed, one name of each, else all their names.
pub fn types(peek: &Peek, word: &str) -> Vec<Candidate> {
    let mut found = Vec::new();
    for kind in peek.types().all() {
        if word.is_empty() {
            found.push(Candidate::with_help(kind.short, kind.summary));
        } else {
            let names = [kind.name].into_iter().chain(kind.aliases.iter().copied());
            found.extend(names.map(|name| Candidate::with_help(name, kind.summary)));
        }
    }
    beginning_with(word, found)
}

/// Returns the types of policies.
pub fn policy_types(word: &str) -> Vec<Candidate> {
    words(word, &["throttle", "route"])
}

/// Returns the formats that a verb takes.
pub fn formats(verb: &str, word: &str) -> Vec<Candidate> {
    let mut found = Vec::new();
    if verb != "export" {
        found.push(Candidate::new(ForeignFormat::AUTO.0));
    }
    match verb {
        "export" => {
            found.extend(export::FORMATS.iter().map(|one| Candidate::with_help(one.name, one.summary)));
        }
        "import" => {
            found.extend(Dialect::ALL.map(|dialect| Candidate::new(dialect.name())));
            found.extend(import::FORMATS.iter().map(|one| Candidate::with_help(one.name, one.summary)));
            found.push(Candidate::new(import::PASS));
        }
        _ => found.extend(Dialect::ALL.map(|dialect| Candidate::new(dialect.name()))),
    }
    beginning_with(word, found)
}

/// Returns the values that a column of an imported table may hold.
pub fn mapped(word: &str) -> Vec<Candidate> {
    let names = ColumnMap::names().map(|name| format!("{name}=")).chain([format!("{CUSTOM}.")]);
    beginning_with(word, names.map(Candidate::new))
}

/// Returns those of some words that begin with what is typed.
pub fn words(word: &str, all: &[&str]) -> Vec<Candidate> {
    beginning_with(word, all.iter().map(|one| Candidate::new(*one)))
}
