//! Credentials as other programs read them, one file a format. What a format cannot express is told of
//! each credential; nothing is left out without a word.

mod apinizer;
mod aspire;
mod astra;
mod aws_credentials;
mod citrix;
mod csv;
mod docker_env;
mod dotenv;
mod fish;
mod kubeconfig;
mod kubernetes;
mod leaves;
mod merge;
mod native;
mod netrc;
mod network_controller;
mod pem;
mod powershell;
mod shell;
mod systemd;
mod variables;

pub use csv::is_formula;
pub(crate) use csv::{CSV_ENVELOPE, unguarded};
pub use merge::{MergeError, Merged, mergeable};
pub(crate) use native::WITHHELD;
pub use variables::{Variable, variables};

use chrono::{DateTime, Utc};
use zeroize::Zeroizing;

use crate::credential::{Credential, Head};
use crate::dialect::Version;
use crate::kind::rule::certificate::PEM_CERTIFICATES;
use crate::kind::rule::private_key::PEM_PRIVATE_KEY;
use crate::secret::{Buffer, Secret};
use crate::value::{Object, Value, json};
use crate::vault::{Policy, Reference, User};

/// Every format, in the order in which they are listed.
pub const FORMATS: &[Format] = &[
    native::FORMAT,
    citrix::FORMAT,
    aspire::FORMAT,
    network_controller::FORMAT,
    astra::FORMAT,
    apinizer::FORMAT,
    dotenv::FORMAT,
    shell::FORMAT,
    fish::FORMAT,
    powershell::FORMAT,
    docker_env::FORMAT,
    systemd::FORMAT,
    kubernetes::FORMAT,
    aws_credentials::FORMAT,
    kubeconfig::FORMAT,
    pem::FORMAT,
    netrc::FORMAT,
    csv::FORMAT,
];

/// A way to write credentials.
#[derive(Debug)]
pub struct Format {
    /// Its name on the command line.
    pub name: &'static str,
    /// Who reads it, in a few words.
    pub summary: &'static str,
    write: fn(&Selection<'_>, &Options<'_>, &mut Report) -> Zeroizing<Vec<u8>>,
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
    /// Whether secrets are part of it.
    pub secrets: bool,
    /// Whether grants are part of it, where the format has a place for them.
    pub access: bool,
    /// Version of Network Controller's documents.
    pub version: Version,
    /// Whether bodies are for a system that makes the ids itself.
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
    /// The format of this name.
    #[must_use]
    pub fn find(name: &str) -> Option<&'static Self> {
        FORMATS.iter().find(|format| format.name == name)
    }

    /// Writes the selection.
    #[must_use]
    pub fn write(&self, selection: &Selection<'_>, options: &Options<'_>) -> (Zeroizing<Vec<u8>>, Report) {
        let mut report = Report::default();
        let text = (self.write)(selection, options, &mut report);
        (text, report)
    }
}

impl Report {
    fn fail(&mut self, credential: &Credential, why: impl Into<String>) {
        self.failed.push((credential.id().to_owned(), why.into()));
    }

    /// Says which properties of a credential name files, which stay where they are.
    fn files(&mut self, credential: &Credential) {
        let mut paths = Vec::new();
        for (name, value) in credential.fields().iter() {
            files(name, value, &mut paths);
        }
        for path in paths {
            self.notices.push(format!("{}: the file that {path} names is not exported", credential.id()));
        }
    }

    /// Says which of these members of a credential a format has no place for.
    fn dropped(&mut self, credential: &Credential, kept: &[&str]) {
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
fn said(head: &Head) -> Object {
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

/// Indented JSON, as people and programs read it.
fn pretty(value: &Value) -> Zeroizing<Vec<u8>> {
    let mut out = Buffer::with_capacity(4096);
    // memory takes everything
    let _ = json::write_pretty(value, &mut out);
    let _ = std::io::Write::write_all(&mut out, b"\n");
    out.into_bytes()
}

/// Bodies as a list.
fn list(bodies: Vec<Object>) -> Zeroizing<Vec<u8>> {
    pretty(&Value::List(bodies.into_iter().map(Value::Object).collect()))
}

/// Whether a text is certificates in PEM and nothing else.
fn is_certificate(text: &Secret) -> bool {
    (PEM_CERTIFICATES.check)(text.expose()).is_ok()
}

/// Whether a text is one private key in PEM.
fn is_private_key(text: &Secret) -> bool {
    (PEM_PRIVATE_KEY.check)(text.expose()).is_ok()
}

#[cfg(test)]
mod tests {
    use chrono::DateTime;
    use uuid::Uuid;

    use super::{Format, Options, Report, Selection};
    use crate::credential::{Act, Change, Credential, Draft, Rules, change};
    use crate::dialect::Version;
    use crate::kind::{self, rule::account::PasswordPolicy};
    use crate::value::{Value, json};

    /// A credential from its document.
    pub fn credential(document: &str) -> Credential {
        let Ok(Value::Object(mut members)) = json::parse(document.as_bytes()) else { panic!("{document}") };
        let name = members.remove("type").unwrap();
        let kind = kind::find(name.as_text().unwrap().expose()).unwrap().kind;
        let act = Act { now: DateTime::UNIX_EPOCH, actor: Uuid::nil(), project: "admin".to_owned() };
        let policy = PasswordPolicy::default();
        let draft = Draft::from_members(kind, members);
        change(&Change::Create(kind), draft, &act, &Rules { password: &policy }).unwrap().credential
    }

    fn written(format: &str, documents: &[&str]) -> (String, Report) {
        let credentials: Vec<_> = documents.iter().map(|document| credential(document)).collect();
        let selection = Selection { credentials: credentials.iter().collect(), ..Selection::default() };
        let options = Options {
            now: DateTime::UNIX_EPOCH,
            secrets: true,
            access: false,
            version: Version::NEWEST,
            without_ids: false,
            email: None,
            full_name: None,
        };
        let (text, report) = Format::find(format).unwrap().write(&selection, &options);
        (String::from_utf8(text.to_vec()).unwrap(), report)
    }

    /// What a format makes of credentials, all of which it can express.
    pub fn text_of(format: &str, documents: &[&str]) -> String {
        let (text, report) = written(format, documents);
        assert!(report.failed.is_empty(), "{report:?}");
        text
    }

    /// The ids of those that a format cannot express.
    pub fn failures_of(format: &str, documents: &[&str]) -> Vec<String> {
        written(format, documents).1.failed.into_iter().map(|(id, _)| id).collect()
    }

    #[test]
    fn names_are_unique() {
        for format in super::FORMATS {
            let same = super::FORMATS.iter().filter(|other| other.name == format.name);
            assert_eq!(same.count(), 1, "{}", format.name);
        }
    }
}
