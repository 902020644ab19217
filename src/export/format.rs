//! A format: what it is given, and what it reports.

use chrono::{DateTime, Utc};
use zeroize::Zeroizing;

use crate::credential::{Credential, Head};
use crate::dialect::Version;
use crate::value::{Object, Value};
use crate::vault::{Policy, Reference, User};

/// A way to write credentials.
#[derive(Debug)]
pub struct Format {
    /// Its name on the command line.
    pub name: &'static str,
    /// Who reads it, in a few words.
    pub summary: &'static str,
    pub(super) write: fn(&Selection<'_>, &Options<'_>, &mut Report) -> Zeroizing<Vec<u8>>,
}

/// What is exported: credentials and what they depend on.
#[derive(Debug, Default)]
pub struct Selection<'a> {
    /// The credentials, in order.
    pub credentials: Vec<&'a Credential>,
    /// The policies that they depend on, or that were asked for.
    pub policies: Vec<&'a Policy>,
    /// The users whom password hashes among them belong to.
    pub users: Vec<&'a User>,
    /// What refers to them.
    pub references: Vec<&'a Reference>,
}

/// How it is exported.
#[derive(Debug, Clone)]
pub struct Options<'a> {
    /// When.
    pub now: DateTime<Utc>,
    /// True if secrets are part of it.
    pub secrets: bool,
    /// True if grants are part of it, where the format has a place for them.
    pub access: bool,
    /// Version of Network Controller's documents.
    pub version: Version,
    /// True if bodies are for a system that makes the ids itself.
    pub without_ids: bool,
    /// E-mail address and full name for accounts that have none.
    pub email: Option<&'a str>,
    /// See `email`.
    pub full_name: Option<&'a str>,
}

/// What became of the credentials.
#[derive(Debug, Default)]
pub struct Report {
    /// Ids of those that the format cannot express, and why.
    pub failed: Vec<(String, String)>,
    /// What was left out of the others, one line each.
    pub notices: Vec<String>,
}

impl Format {
    /// Writes the selection.
    #[must_use]
    pub fn write(&self, selection: &Selection<'_>, options: &Options<'_>) -> (Zeroizing<Vec<u8>>, Report) {
        let mut report = Report::default();
        let text = (self.write)(selection, options, &mut report);
        (text, report)
    }
}

impl Report {
    pub(super) fn fail(&mut self, credential: &Credential, why: impl Into<String>) {
        self.failed.push((credential.id().to_owned(), why.into()));
    }

    /// Says which properties of a credential name files, which stay where they are.
    pub(super) fn files(&mut self, credential: &Credential) {
        let mut paths = Vec::new();
        for (name, value) in credential.fields().iter() {
            files(name, value, &mut paths);
        }
        for path in paths {
            self.notices.push(format!("{}: the file that {path} names is not exported", credential.id()));
        }
    }

    /// Says which of these members of a credential a format has no place for.
    pub(super) fn dropped(&mut self, credential: &Credential, kept: &[&str]) {
        let set = said(credential.head());
        let mut lost: Vec<&str> =
            set.iter().map(|(name, _)| name).filter(|name| !kept.contains(name)).collect();
        if !credential.head().envelope.access.is_empty() && !kept.contains(&"access") {
            lost.push("access");
        }
        if !lost.is_empty() {
            self.notices.push(format!("{}: {} left out", credential.id(), lost.join(", ")));
        }
    }
}

/// The members of the envelope that say more than every credential's do. Where it is kept, a project, says
/// nothing elsewhere.
pub(super) fn said(head: &Head) -> Object {
    let is_default = |name: &str| match name {
        "name" => head.envelope.name == head.id,
        "project" => true,
        "enabled" => head.envelope.enabled,
        _ => false,
    };
    head.envelope.members().into_iter().filter(|(name, _)| !is_default(name)).collect()
}

/// Members of properties that name a file by themselves; others end in `File`.
const PATHS: [&str; 2] = ["certificatePath", "privateKeyPath"];

/// The paths of members below a value that name files.
fn files(path: &str, value: &Value, paths: &mut Vec<String>) {
    let Value::Object(members) = value else { return };
    for (name, value) in members.iter() {
        let path = format!("{path}.{name}");
        match value {
            Value::Text(_) if PATHS.contains(&name) || name.ends_with("File") => paths.push(path),
            value => files(&path, value, paths),
        }
    }
}
