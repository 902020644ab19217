//! The topics of `credctl help TOPIC`: facts that belong to no verb. The texts are beside this file, in
//! `topics/`; lists that the program has anyway are put into them, so that both agree.

use super::lists;

/// A topic of the help.
pub struct Topic {
    /// The word after `credctl help`.
    pub name: &'static str,
    /// Other words for the topic.
    also: &'static [&'static str],
    /// The topic in a few words.
    pub summary: &'static str,
    text: &'static str,
}

impl Topic {
    /// The expressions of `--filter`, which are a manual page too.
    pub const FILTERS: Self = Self {
        name: "filters",
        also: &["filter"],
        summary: "expressions for --filter",
        text: include_str!("topics/filters.txt"),
    };

    /// Every topic, in the order in which they are listed.
    pub const ALL: [Self; 7] = [
        Self {
            name: "options",
            also: &["option", "variables"],
            summary: "the options of all verbs, and their variables",
            text: include_str!("topics/options.txt"),
        },
        Self::FILTERS,
        Self {
            name: "secrets",
            also: &["secret", "fields"],
            summary: "how to give, see and use a secret",
            text: include_str!("topics/secrets.txt"),
        },
        Self {
            name: "unlocking",
            also: &["identity", "identities", "passphrase"],
            summary: "identities and passphrases",
            text: include_str!("topics/unlocking.txt"),
        },
        Self {
            name: "output",
            also: &["forms", "json"],
            summary: "the forms of an answer",
            text: include_str!("topics/output.txt"),
        },
        Self {
            name: "exit-status",
            also: &["exit", "exit-statuses", "exit-codes"],
            summary: "the numbers for scripts",
            text: include_str!("topics/exit-status.txt"),
        },
        Self {
            name: "formats",
            also: &["format"],
            summary: "the files of other programs, for export and import",
            text: include_str!("topics/formats.txt"),
        },
    ];

    /// Returns the names of all topics.
    pub fn names() -> impl Iterator<Item = &'static str> {
        Self::ALL.iter().map(|topic| topic.name)
    }

    /// Finds a topic by its name, or by another word for it.
    pub fn find(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|topic| topic.name == word || topic.also.contains(&word))
    }

    /// Returns the text, in lines of at most 80 columns.
    pub fn text(&self) -> String {
        let mut text = self.text.to_owned();
        for (place, list) in lists::ALL {
            if text.contains(place) {
                text = text.replace(place, list().trim_end());
            }
        }
        text
    }
}
