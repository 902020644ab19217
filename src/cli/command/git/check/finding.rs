//! A finding of `git check`: what is wrong, where, and the command that mends it.

use std::path::Path;

use credctl::value::{Object, Value};

/// The sorts of findings.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum GitCheck {
    /// A commit whose vault does not follow from that of a parent.
    Descent,
    /// A vault that somebody made or changed who may not.
    Forgery,
    /// Text of a vault that is not encrypted.
    Plaintext,
    /// A file of one machine that git tracks.
    Tracked,
}

impl GitCheck {
    fn name(self) -> &'static str {
        match self {
            Self::Descent => "descent",
            Self::Forgery => "forgery",
            Self::Plaintext => "plaintext",
            Self::Tracked => "tracked",
        }
    }
}

/// Something that is wrong in a repository.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GitFinding {
    check: GitCheck,
    file: String,
    /// The commit that the finding is about; none for what is staged, and for the repository itself.
    commit: Option<String>,
    detail: String,
    command: String,
}

impl GitFinding {
    /// Makes a finding about a file. The command is a line of the shell.
    pub fn new(check: GitCheck, file: &Path, detail: impl Into<String>, command: impl Into<String>) -> Self {
        let file = file.display().to_string();
        Self { check, file, commit: None, detail: detail.into(), command: command.into() }
    }

    /// Adds the commit that the finding is about.
    pub fn of_commit(mut self, commit: Option<&str>) -> Self {
        self.commit = commit.map(str::to_owned);
        self
    }

    /// Returns the finding as programs read it.
    pub fn document(&self) -> Object {
        let mut document = Object::from_iter([("check", Value::text(self.check.name()))]);
        document.insert("file", Value::text(self.file.as_str()));
        if let Some(commit) = &self.commit {
            document.insert("commit", Value::text(commit.as_str()));
        }
        document.insert("detail", Value::text(self.detail.as_str()));
        document.insert("command", Value::text(self.command.as_str()));
        document
    }

    /// Returns the finding for people: the name of the check and the detail, and the command alone on its line.
    pub fn parts(&self) -> (&'static str, &str, &str) {
        (self.check.name(), &self.detail, &self.command)
    }
}
