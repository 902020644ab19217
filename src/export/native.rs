//! Our own format, which loses nothing.

use zeroize::Zeroizing;

use super::format::{ExportData, ExportFormat, ExportOptions, ExportReport};
use super::text::pretty;
use crate::credential::{Credential, Grant, MEMBERS};
use crate::dialect::WITHHELD;
use crate::time;
use crate::value::{Object, Value};
use crate::vault::Resident;

pub(super) const FORMAT: ExportFormat =
    ExportFormat { name: "native", summary: "credctl itself; loses nothing", write };

fn write(
    selection: &ExportData<'_>,
    options: &ExportOptions<'_>,
    report: &mut ExportReport,
) -> Zeroizing<Vec<u8>> {
    selection.credentials.iter().for_each(|credential| report.files(credential));
    let credentials = selection.credentials.iter().map(|credential| item(credential, options).into());
    let mut document = Object::from_iter([
        ("credctl", Value::text("export")),
        ("version", Value::from(1)),
        ("exportedAt", Value::text(time::format(options.now))),
        ("credentials", Value::List(credentials.collect())),
    ]);
    document.insert("policies", residents(&selection.policies));
    document.insert("users", residents(&selection.users));
    document.insert("references", residents(&selection.references));
    pretty(&document.into())
}

fn residents<R: Resident>(residents: &[&R]) -> Value {
    Value::List(residents.iter().map(|resident| resident.document().into()).collect())
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
    shown
}
