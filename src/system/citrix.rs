//! Citrix Image Portability Service: flat bodies of five types; answers with metadata only. An export is one body
//! alone, or a list.

#[cfg(feature = "formats")]
use std::io::{self, Write};

use chrono::{DateTime, Utc};

use super::foreign::{Evidence, ForeignSystem};
use crate::credential::{Credential, Head, Violations};
use crate::dialect::{Body, ListPage, ViewSettings, drop_echo, read_native};
use crate::kind::{self, Kind, System};
#[cfg(feature = "formats")]
use crate::outgoing::{self, ExportData, ExportFormat, ExportOptions, ExportReport};
use crate::time;
use crate::value::{Object, Value};

/// Members that only the answers of Citrix have.
const ECHO: &[&str] = &["state", "createdAt", "updatedAt"];

/// The system.
pub(super) struct Citrix;

impl ForeignSystem for Citrix {
    fn name(&self) -> &'static str {
        "citrix"
    }

    fn recognise(&self, document: &Object, _stored: Option<&Head>) -> Option<Evidence> {
        is_one(document).then_some(Evidence::Type)
    }

    fn read(&self, document: Object) -> Result<Body, Violations> {
        read(document)
    }

    fn check_type(&self, kind: &Kind) -> Result<(), Violations> {
        if has(kind) {
            return Ok(());
        }
        Err(Violations::one("type", not_of_citrix(kind)))
    }

    fn item(&self, credential: &Credential, view: &ViewSettings<'_>) -> Result<Object, Violations> {
        Ok(metadata(credential.head(), view.now))
    }

    fn list(&self, items: Vec<Value>, page: &ListPage) -> Object {
        list(Value::List(items), page)
    }

    #[cfg(feature = "formats")]
    fn format(&self) -> ExportFormat {
        ExportFormat { name: self.name(), summary: "Citrix Image Portability Service", write }
    }

    #[cfg(feature = "formats")]
    fn wrapper(&self) -> &'static str {
        "items"
    }
}

fn has(kind: &Kind) -> bool {
    kind.systems.contains(&System::Citrix)
}

fn not_of_citrix(kind: &Kind) -> String {
    format!("{} is not a type of Citrix", kind.name)
}

/// Returns true if the type is one of Citrix and the members are flat.
fn is_one(document: &Object) -> bool {
    let named = document.get("type").and_then(Value::as_text).and_then(|name| kind::find(name.expose()));
    // our own documents have `fields`, and may be of the same types
    named.is_some_and(|named| has(named.kind)) && document.get("fields").is_none()
}

/// Takes a document apart: one of ours, less the members of answers.
fn read(mut document: Object) -> Result<Body, Violations> {
    let withheld = drop_echo(&mut document, ECHO);
    Ok(read_native(document)?.without_secrets(withheld))
}

/// Returns the metadata that Citrix shows of a credential.
fn metadata(head: &Head, now: DateTime<Utc>) -> Object {
    let text = |text: &str| Value::text(text);
    Object::from_iter([
        ("id", text(&head.id)),
        ("type", text(head.kind.name)),
        ("state", text(head.state(now).name())),
        ("createdAt", text(&time::format_micros(head.stamp.created_at))),
        ("updatedAt", text(&time::format_micros(head.stamp.updated_at))),
    ])
}

/// Makes a list of Citrix, which holds metadata.
fn list(items: Value, page: &ListPage) -> Object {
    Object::from_iter([
        ("pageSize", Value::from(page.size)),
        ("items", items),
        ("continuationToken", page.token.as_deref().map_or(Value::Null, Value::text)),
        ("pollingToken", Value::Null),
    ])
}

/// Writes one body alone, or a list.
#[cfg(feature = "formats")]
fn write(
    selection: &ExportData<'_>,
    options: &ExportOptions<'_>,
    report: &mut ExportReport,
    out: &mut dyn Write,
) -> io::Result<()> {
    let mut body = |credential: &Credential| {
        let head = credential.head();
        if !has(head.kind) {
            report.fail(credential, not_of_citrix(head.kind));
            return None;
        }
        report.dropped_with_ours(credential, &[]);
        let mut body =
            Object::from_iter([("id", Value::text(head.id.as_str())), ("type", Value::text(head.kind.name))]);
        for (name, value) in head.kind.without_ours(credential.stored_fields(options.secrets)) {
            body.insert(name, value);
        }
        Some(body)
    };
    if selection.credentials.len() > 1 || selection.credentials.is_empty() {
        return outgoing::list(&selection.credentials, body, out);
    }
    for credential in selection.credentials.iter() {
        if let Some(body) = body(&*credential?) {
            outgoing::pretty(&crate::value::json::JsonMembers(&body), out)?;
        }
    }
    Ok(())
}
