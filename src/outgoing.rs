//! An export, whatever its format: the format itself, its input and its report. The systems write such exports
//! and so does the room `export/`, which lists all formats.

use chrono::{DateTime, Utc};
use zeroize::Zeroizing;

use crate::credential::{Credential, Head};
use crate::dialect::ApiVersion;
use crate::secret::Buffer;
use crate::value::{Object, Value, json};
use crate::vault::{Policy, Reference, User};

/// A way to write credentials.
#[derive(Debug)]
pub struct ExportFormat {
    /// The name of the format on the command line.
    pub name: &'static str,
    /// The programs that read it, in a few words.
    pub summary: &'static str,
    /// The function that writes the text.
    pub write: fn(&ExportData<'_>, &ExportOptions<'_>, &mut ExportReport) -> Zeroizing<Vec<u8>>,
}

/// The data to export: credentials and everything they depend on.
#[derive(Debug, Default)]
pub struct ExportData<'a> {
    /// The credentials, in order.
    pub credentials: Vec<&'a Credential>,
    /// The policies that they depend on, or that were asked for.
    pub policies: Vec<&'a Policy>,
    /// The users to whom password hashes among them belong.
    pub users: Vec<&'a User>,
    /// The references to the credentials.
    pub references: Vec<&'a Reference>,
}

/// The settings of an export.
#[derive(Debug, Clone)]
pub struct ExportOptions<'a> {
    /// The instant of the export.
    pub now: DateTime<Utc>,
    /// True if secrets are part of the export.
    pub secrets: bool,
    /// True if grants are part of the export, where the format has a place for them.
    pub access: bool,
    /// Version of Network Controller's documents.
    pub version: ApiVersion,
    /// True if bodies are for a system that makes the ids itself.
    pub without_ids: bool,
    /// The e-mail address for accounts that have none.
    pub email: Option<&'a str>,
    /// The full name for accounts that have none.
    pub full_name: Option<&'a str>,
}

/// The outcome of an export.
#[derive(Debug, Default)]
pub struct ExportReport {
    /// The ids of credentials that the format cannot express, each with the reason.
    pub failed: Vec<(String, String)>,
    /// Notices about the others, above all about members that were left out, one line each.
    pub notices: Vec<String>,
}

impl ExportReport {
    pub(crate) fn fail(&mut self, credential: &Credential, why: impl Into<String>) {
        self.failed.push((credential.id().to_owned(), why.into()));
    }

    /// Reports the properties of a credential that name files. The files themselves stay where they are.
    pub(crate) fn files(&mut self, credential: &Credential) {
        let mut paths = Vec::new();
        for (name, value) in credential.fields().iter() {
            files(name, value, &mut paths);
        }
        for path in paths {
            self.notices.push(format!("{}: the file that {path} names is not exported", credential.id()));
        }
    }

    /// Reports the members of a credential that are set and not among `kept`, because the format has no place
    /// for them.
    pub(crate) fn dropped(&mut self, credential: &Credential, kept: &[&str]) {
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

/// Returns the members of the envelope that differ from their defaults. The project is left out: it says where
/// a credential is kept, which means nothing elsewhere.
pub(crate) fn said(head: &Head) -> Object {
    let is_default = |name: &str| match name {
        "name" => head.envelope.name == head.id,
        "project" => true,
        "enabled" => head.envelope.enabled,
        _ => false,
    };
    head.members().into_iter().filter(|(name, _)| !is_default(name)).collect()
}

/// Writes indented JSON, as people and programs read it.
pub(crate) fn pretty(value: &Value) -> Zeroizing<Vec<u8>> {
    let mut out = Buffer::with_capacity(4096);
    // writing to memory does not fail
    let _ = json::write_pretty(value, &mut out);
    let _ = std::io::Write::write_all(&mut out, b"\n");
    out.into_bytes()
}

/// Writes bodies as a list.
pub(crate) fn list(bodies: Vec<Object>) -> Zeroizing<Vec<u8>> {
    pretty(&Value::List(bodies.into_iter().map(Value::Object).collect()))
}

/// Members of properties that name a file by themselves; others end in `File`.
const PATHS: [&str; 2] = ["certificatePath", "privateKeyPath"];

/// Collects the paths of members below a value that name files.
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
