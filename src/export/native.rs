//! Our own format, which loses nothing.

use std::borrow::Cow;
use std::io::{self, Write};

use serde::Serialize;
use serde::ser::{SerializeMap as _, Serializer};

use super::attachments::ExportedAttachments;
use super::format::{ExportContents, ExportData, ExportFormat, ExportOptions, ExportReport};
use crate::credential::{Credential, Grant, MEMBERS};
use crate::dialect::WITHHELD;
use crate::outgoing::{MadeItem, MadeObjects, pretty};
use crate::time;
use crate::value::{Object, Value, json};
use crate::vault::Resident;

pub(super) const FORMAT: ExportFormat =
    ExportFormat { name: "native", summary: "credctl itself; loses nothing", write };

fn write(
    selection: &ExportData<'_>,
    options: &ExportOptions<'_>,
    report: &mut ExportReport,
    out: &mut dyn Write,
) -> io::Result<()> {
    let credentials = selection.credentials.iter().map(|credential| {
        let credential = credential?;
        report.files(&credential);
        let members = item(&credential, options);
        Ok(NativeItem { members, credential, contents: selection.contents.filter(|_| options.secrets) })
    });
    let document = NativeDocument {
        credctl: "export",
        version: 1,
        exported_at: time::format(options.now),
        credentials: MadeObjects::of(credentials),
        policies: residents(&selection.policies),
        users: residents(&selection.users),
        references: residents(&selection.references),
        types: (!selection.types.is_empty()).then(|| residents(&selection.types)),
    };
    pretty(&document, out)
}

/// The export as it is written.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct NativeDocument<C, P, U, R, T> {
    credctl: &'static str,
    version: u64,
    exported_at: String,
    credentials: C,
    policies: P,
    users: U,
    references: R,
    #[serde(skip_serializing_if = "Option::is_none")]
    types: Option<T>,
}

/// A credential as it is written. Its attachments are not among the members, because their contents may be long.
struct NativeItem<'a> {
    members: Object,
    credential: Cow<'a, Credential>,
    contents: Option<&'a ExportContents>,
}

impl MadeItem for NativeItem<'_> {
    fn written(&self) -> impl Serialize {
        self
    }
}

impl Serialize for NativeItem<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut members = serializer.serialize_map(None)?;
        for (name, value) in self.members.iter() {
            members.serialize_entry(name, &json::JsonView(value))?;
        }
        let attachments = self.credential.attachments();
        members
            .serialize_entry("attachments", &ExportedAttachments { attachments, contents: self.contents })?;
        members.end()
    }
}

fn residents<R: Resident>(residents: &[&R]) -> impl Serialize {
    MadeObjects::of(residents.iter().map(|resident| Ok(resident.document())))
}

fn item(credential: &Credential, options: &ExportOptions<'_>) -> Object {
    let head = credential.head();
    let mut shown =
        Object::from_iter([("id", Value::text(head.id.as_str())), ("type", Value::text(head.kind.name))]);
    for (name, value) in head.members() {
        shown.insert(name, value);
    }
    // an empty value is written too, so that a restored credential loses the labels and tags it got since
    for member in MEMBERS {
        if let Some(empty) = member.empty().filter(|_| shown.get(member.name()).is_none()) {
            shown.insert(member.name(), empty);
        }
    }
    shown.insert("fields", credential.stored_fields(options.secrets));
    if !options.secrets {
        // an import must not take them for deleted
        shown.insert(WITHHELD, Value::texts(credential.secret_names()));
    }
    let access = head.envelope.granted(options.now).map(Grant::document).map(Value::Object);
    shown.insert("access", Value::List(access.collect()));
    let stamp = &head.stamp;
    shown.insert("createdAt", Value::text(time::format(stamp.created_at)));
    shown.insert("createdBy", Value::text(stamp.created_by.to_string()));
    shown.insert("updatedAt", Value::text(time::format(stamp.updated_at)));
    shown.insert("modifiedBy", Value::text(stamp.modified_by.to_string()));
    for (name, by) in [("createdByName", &stamp.created_by_name), ("modifiedByName", &stamp.modified_by_name)]
    {
        if let Some(by) = by {
            shown.insert(name, Value::text(by.as_str()));
        }
    }
    if stamp.rotate_required {
        shown.insert("rotateRequired", Value::Bool(true));
    }
    shown
}
