//! The export document of Aspire, with the policies that its credentials depend on.

use zeroize::Zeroizing;

use super::{Format, Options, Report, Selection, pretty};
use crate::credential::Head;
use crate::dialect::aspire_item;
use crate::value::{Object, Value};
use crate::vault::{Policy, Resident as _};

pub(super) const FORMAT: Format = Format { name: "aspire", summary: "Aspire", write };

fn write(selection: &Selection<'_>, options: &Options<'_>, report: &mut Report) -> Zeroizing<Vec<u8>> {
    let mut items = Vec::with_capacity(selection.credentials.len());
    for credential in &selection.credentials {
        let head = credential.head();
        let mut fields = credential.stored_fields(options.secrets);
        let mut kept = vec!["description", "throttlePolicy", "connectorType"];
        let envelope = head.envelope.members();
        if is_own(head) {
            // a type that is none of its own comes back as it was
            let extras = envelope.iter().filter(|(name, value)| {
                let is_default = match *name {
                    "project" => true,
                    "name" => head.envelope.name == head.id,
                    "enabled" => head.envelope.enabled,
                    _ => kept.contains(name) || matches!(value, Value::Null),
                };
                !is_default
            });
            extras.for_each(|(name, value)| drop(fields.insert(name, value.clone())));
            kept.extend(envelope.iter().map(|(name, _)| name));
        }
        report.dropped(credential, &kept);
        let mut item = aspire_item(head, fields);
        // which it asks for
        if !is_own(head) && head.envelope.description.as_deref().is_none_or(str::is_empty) {
            item.insert("description", Value::text(head.envelope.name.as_str()));
        }
        report.files(credential);
        items.push(Value::Object(item));
    }
    let credentials = Object::from_iter([("credential", Value::List(items))]);
    let mut export = Object::from_iter([("credentials", Value::from(credentials))]);
    if !selection.policies.is_empty() {
        let policies = selection.policies.iter().copied().map(Policy::document).map(Value::Object);
        let policies = Object::from_iter([("policy", Value::List(policies.collect()))]);
        export.insert("policies", policies);
    }
    pretty(&Object::from_iter([("export", Value::from(export))]).into())
}

/// Whether a credential goes under the name of our own type, with all that it has in its properties.
fn is_own(head: &Head) -> bool {
    head.envelope.connector_type.is_none() && head.kind.name != "UsernamePassword"
}
