//! One candidate: what may stand at the cursor, and a few words about it.

use crate::cli::output::sanitize;

/// A candidate for the word at the cursor.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Candidate {
    /// The whole word, without the quotes that a shell needs.
    pub value: String,
    /// A description in a few words, which may be empty.
    pub help: String,
}

/// The last characters of a word that goes on, such as `username=` or the name of a folder.
const OPEN: [char; 6] = ['=', '/', ',', '.', ':', '@'];

impl Candidate {
    /// Makes a candidate without a description.
    pub fn new(value: impl Into<String>) -> Self {
        Self { value: value.into(), help: String::new() }
    }

    /// Makes a candidate with a description.
    pub fn with_help(value: impl Into<String>, help: impl Into<String>) -> Self {
        Self { value: value.into(), help: help.into() }
    }

    /// Returns true if more of the same word may follow, so that no blank does.
    pub fn is_open(&self) -> bool {
        self.value.ends_with(OPEN)
    }
}

/// Returns true if a name that somebody else has chosen is safe on a command line: it shows itself as it is, and
/// no word of it reads as an option.
pub fn is_safe(name: &str) -> bool {
    !name.is_empty() && sanitize::words(name) == name
}

/// Returns those that begin with the word. Letter case counts only if any begins with it exactly.
pub fn beginning_with(word: &str, candidates: impl IntoIterator<Item = Candidate>) -> Vec<Candidate> {
    let lower = word.to_lowercase();
    let mut found: Vec<_> =
        candidates.into_iter().filter(|one| one.value.to_lowercase().starts_with(&lower)).collect();
    if found.iter().any(|one| one.value.starts_with(word)) {
        found.retain(|one| one.value.starts_with(word));
    }
    found
}

#[cfg(test)]
mod tests {
    use super::{Candidate, beginning_with, is_safe};

    #[test]
    fn a_name_that_hides_something_or_reads_as_an_option_is_not_safe() {
        for name in ["prod/db", "with blank", "it's", "ümlaut", "a*b"] {
            assert!(is_safe(name), "{name}");
        }
        for name in ["", "-rf", "a -rf", "a\nb", "a\tb", "a\u{202e}b", "\x1b[31m"] {
            assert!(!is_safe(name), "{name:?}");
        }
    }

    #[test]
    fn letter_case_counts_only_where_it_tells_apart() {
        let found = |word| {
            let all = ["Aws", "Azure", "azure-spn"].map(Candidate::new);
            beginning_with(word, all).into_iter().map(|one| one.value).collect::<Vec<_>>().join(" ")
        };
        assert_eq!(found("Az"), "Azure");
        assert_eq!(found("az"), "azure-spn");
        assert_eq!(found("AZ"), "Azure azure-spn");
        assert_eq!(found("x"), "");
    }
}
