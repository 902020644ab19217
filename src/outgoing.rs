//! An export, whatever its format: the format itself, its input and its report. The systems write such exports
//! and so does the room `export/`, which lists all formats.

use std::borrow::Cow;
use std::cell::{Cell, RefCell};
use std::io::{self, Write};

use chrono::{DateTime, Utc};
use serde::ser::{Error as _, Serialize, SerializeSeq as _, Serializer};

use crate::credential::{Attachment, Credential, Head};
use crate::dialect::ApiVersion;
use crate::kind::{CUSTOM, Kind};
use crate::value::{Object, Value, json};
use crate::vault::{self, Contents, Kept, OpenContent, Policy, Reference, TypeRecord, User};

/// A way to write credentials.
#[derive(Debug)]
pub struct ExportFormat {
    /// The name of the format on the command line.
    pub name: &'static str,
    /// The programs that read it, in a few words.
    pub summary: &'static str,
    /// The function that writes the text. It writes nothing if there are credentials and it can express none.
    pub write: fn(&ExportData<'_>, &ExportOptions<'_>, &mut ExportReport, &mut dyn Write) -> io::Result<()>,
}

/// The data to export: credentials and everything they depend on.
#[derive(Debug, Default)]
pub struct ExportData<'a> {
    /// The credentials, in order.
    pub credentials: Credentials<'a>,
    /// The policies that they depend on, or that were asked for.
    pub policies: Vec<&'a Policy>,
    /// The users to whom password hashes among them belong.
    pub users: Vec<&'a User>,
    /// The references to the credentials.
    pub references: Vec<&'a Reference>,
    /// The definitions of their own types.
    pub types: Vec<&'a TypeRecord>,
    /// The contents of the attachments; none if they stay behind.
    pub contents: Option<&'a ExportContents>,
}

/// The contents of the attachments of an export.
#[derive(Debug)]
pub struct ExportContents {
    contents: Contents,
    /// The error of the content that could not be read.
    pub(crate) failure: RefCell<Option<vault::Error>>,
}

impl ExportContents {
    /// Lends the contents of a vault.
    #[must_use]
    pub fn new(contents: Contents) -> Self {
        Self { contents, failure: RefCell::default() }
    }

    /// Opens the content of an attachment.
    ///
    /// # Errors
    /// As [`Contents::open`].
    pub(crate) fn open(&self, attachment: &Attachment) -> Result<OpenContent, vault::Error> {
        self.contents.open(attachment)
    }

    /// Returns the reason why the text of an export was not written to its end, if a content is the reason.
    #[must_use]
    pub fn failure(self) -> Option<vault::Error> {
        self.failure.into_inner()
    }
}

/// Credentials that are lent one at a time, because all of them may be too many for the memory.
#[derive(Debug, Default)]
pub struct Credentials<'a>(Vec<Lent<'a>>);

#[derive(Debug)]
enum Lent<'a> {
    Whole(&'a Credential),
    Kept(&'a Kept),
}

impl<'a> Credentials<'a> {
    /// Returns true if there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Returns the number of credentials.
    #[must_use]
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Returns the types, in order.
    pub fn kinds(&self) -> impl Iterator<Item = &'static Kind> {
        self.0.iter().map(|lent| match lent {
            Lent::Whole(credential) => credential.kind(),
            Lent::Kept(kept) => kept.kind(),
        })
    }

    /// Returns the credentials one after another, each read when it is its turn.
    pub fn iter(&self) -> impl Iterator<Item = io::Result<Cow<'a, Credential>>> {
        self.0.iter().map(|lent| match lent {
            Lent::Whole(credential) => Ok(Cow::Borrowed(*credential)),
            Lent::Kept(kept) => kept.credential().map_err(io::Error::other),
        })
    }
}

impl<'a> FromIterator<&'a Credential> for Credentials<'a> {
    fn from_iter<I: IntoIterator<Item = &'a Credential>>(credentials: I) -> Self {
        Self(credentials.into_iter().map(Lent::Whole).collect())
    }
}

impl<'a> FromIterator<&'a Kept> for Credentials<'a> {
    fn from_iter<I: IntoIterator<Item = &'a Kept>>(credentials: I) -> Self {
        Self(credentials.into_iter().map(Lent::Kept).collect())
    }
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
        self.left_out(credential, &lost(credential, kept));
    }

    /// Reports the same, and the fields that no other system knows.
    pub(crate) fn dropped_with_ours(&mut self, credential: &Credential, kept: &[&str]) {
        let mut lost = lost(credential, kept);
        lost.extend(ours(credential));
        self.left_out(credential, &lost);
    }

    fn left_out(&mut self, credential: &Credential, lost: &[String]) {
        if !lost.is_empty() {
            self.notices.push(format!("{}: {} left out", credential.id(), lost.join(", ")));
        }
    }
}

/// Returns the members of the envelope that are set and not among `kept`.
fn lost(credential: &Credential, kept: &[&str]) -> Vec<String> {
    let set = said(credential.head());
    let mut lost: Vec<String> =
        set.iter().map(|(name, _)| name).filter(|name| !kept.contains(name)).map(str::to_owned).collect();
    if !credential.head().envelope.access.is_empty() && !kept.contains(&"access") {
        lost.push("access".to_owned());
    }
    if !credential.attachments().is_empty() && !kept.contains(&"attachments") {
        lost.push("attachments".to_owned());
    }
    lost
}

/// Returns the names of the fields that are set and that no other system knows, each own field by itself.
fn ours(credential: &Credential) -> impl Iterator<Item = String> {
    let fields = credential.kind().every_field().filter(|field| field.is_ours && field.name != CUSTOM);
    let set = fields.filter(|field| credential.fields().get(field.name).is_some());
    set.map(|field| field.name.to_owned()).chain(credential.own_fields().map(|field| field.path()))
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
pub(crate) fn pretty(value: &impl Serialize, out: &mut dyn Write) -> io::Result<()> {
    serde_json::to_writer_pretty(&mut *out, value)?;
    out.write_all(b"\n")
}

/// Writes bodies as a list, as they are made. `make` returns none for a credential that it reports as failed.
pub(crate) fn list(
    credentials: &Credentials<'_>,
    mut make: impl FnMut(&Credential) -> Option<Object>,
    out: &mut dyn Write,
) -> io::Result<()> {
    let bodies = credentials.iter().filter_map(|credential| match credential {
        Ok(credential) => make(&credential).map(Ok),
        Err(error) => Some(Err(error)),
    });
    let mut bodies = bodies.peekable();
    if bodies.peek().is_none() && !credentials.is_empty() {
        return Ok(());
    }
    pretty(&MadeObjects::of(bodies), out)
}

/// A list of objects that are made while they are written, so that there is one at a time.
pub(crate) struct MadeObjects<I>(Cell<Option<I>>);

impl<T: MadeItem, I: Iterator<Item = io::Result<T>>> MadeObjects<I> {
    pub(crate) fn of(objects: I) -> Self {
        Self(Cell::new(Some(objects)))
    }
}

impl<T: MadeItem, I: Iterator<Item = io::Result<T>>> Serialize for MadeObjects<I> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut list = serializer.serialize_seq(None)?;
        for object in self.0.take().into_iter().flatten() {
            list.serialize_element(&object.map_err(S::Error::custom)?.written())?;
        }
        list.end()
    }
}

/// An item of a list of objects that are made while they are written.
pub(crate) trait MadeItem {
    /// Returns the item as it is written.
    fn written(&self) -> impl Serialize;
}

impl MadeItem for Object {
    fn written(&self) -> impl Serialize {
        json::JsonMembers(self)
    }
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
