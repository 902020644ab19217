//! Bodies of NetApp Astra Control, as a list. Types that it does not know go as generic key stores with
//! labels that bring them back.

use std::io::{self, Write};

use uuid::Uuid;

use super::names::{CONNECTOR_TYPE, ID, MEDIA_TYPE, TYPE, VERSION};
use crate::credential::{Credential, label_values};
use crate::kind::{ENTRIES, System};
use crate::outgoing::{ExportData, ExportOptions, ExportReport, list};
use crate::secret::Buffer;
use crate::value::{Object, Value, json};
use crate::{base64, time};

/// Writes the bodies.
pub(super) fn write(
    selection: &ExportData<'_>,
    options: &ExportOptions<'_>,
    report: &mut ExportReport,
    out: &mut dyn Write,
) -> io::Result<()> {
    list(&selection.credentials, |credential| Some(body(credential, options, report)), out)
}

fn body(credential: &Credential, options: &ExportOptions<'_>, report: &mut ExportReport) -> Object {
    let (head, envelope) = (credential.head(), &credential.head().envelope);
    let mut kept = vec!["connectorType", "name", "labels", "enabled", "validFrom", "validUntil"];
    // of a type that Astra does not know, the description goes along with the fields
    kept.extend((!head.kind.systems.contains(&System::Astra)).then_some("description"));
    if head.kind.systems.contains(&System::Astra) {
        report.dropped_with_ours(credential, &kept);
    } else {
        report.dropped(credential, &kept);
    }
    let mut labels = envelope.labels.clone();
    let mut note = |name: &str, value: &str| {
        labels.push(crate::credential::Label { name: name.into(), value: value.into() });
    };
    let mut body = Object::new();
    let mut put = |name: &str, text: &str| drop(body.insert(name, Value::text(text)));
    put("type", MEDIA_TYPE);
    put("version", VERSION);
    let is_uuid = head.id.parse::<Uuid>().is_ok();
    if is_uuid && !options.without_ids {
        put("id", &head.id);
    } else if !is_uuid {
        note(ID, &head.id);
    }
    put("name", &envelope.name);
    let fields = credential.stored_fields(options.secrets);
    let entries = if head.kind.systems.contains(&System::Astra) {
        if head.kind.key_type {
            put("keyType", head.kind.name);
        }
        fields.get(ENTRIES).cloned()
    } else {
        put("keyType", "generic");
        note(TYPE, head.kind.name);
        if let Some(connector_type) = &envelope.connector_type {
            note(CONNECTOR_TYPE, connector_type);
        }
        let description =
            envelope.description.clone().map(|text| ("description".to_owned(), Value::text(text)));
        let entries = fields.into_iter().chain(description);
        Some(Value::Object(entries.map(|(name, value)| (name, encoded(&value))).collect()))
    };
    put("valid", if envelope.enabled { "true" } else { "false" });
    for (name, instant) in
        [("validFromTimestamp", envelope.valid_from), ("validUntilTimestamp", envelope.valid_until)]
    {
        let Some(instant) = instant else { continue };
        let shown = time::format_micros(instant);
        if shown != time::format(instant) {
            report.notices.push(format!("{}: {name} is cut to microseconds", head.id));
        }
        put(name, &shown);
    }
    if head.kind.identity_name {
        // the password that was typed is gone, and Astra would not take a hash
        report.notices.push(format!("{}: its password is kept as a hash only and left out", head.id));
    } else if let Some(entries) = entries {
        body.insert(ENTRIES, entries);
    }
    let metadata = Object::from_iter([("labels", label_values(&labels))]);
    body.insert("metadata", metadata);
    body
}

/// Encodes a field as an entry: its text, or its JSON if it is no text, in base64.
fn encoded(value: &Value) -> Value {
    let Value::Text(text) = value else {
        let mut out = Buffer::with_capacity(256);
        let _ = json::write(value, &mut out);
        return Value::Text(base64::encode(&out.into_bytes()));
    };
    Value::Text(base64::encode(text.expose().as_bytes()))
}
