//! The export document of Aspire, with the policies that its credentials depend on.

use zeroize::Zeroizing;

use super::item::{is_own, item};
use crate::outgoing::{ExportData, ExportOptions, ExportReport, pretty, said};
use crate::value::{Object, Value};
use crate::vault::{Policy, Resident as _};

/// Writes the document.
pub(super) fn write(
    selection: &ExportData<'_>,
    options: &ExportOptions<'_>,
    report: &mut ExportReport,
) -> Zeroizing<Vec<u8>> {
    let mut items = Vec::with_capacity(selection.credentials.len());
    for credential in &selection.credentials {
        let head = credential.head();
        let mut fields = credential.stored_fields(options.secrets);
        let mut kept = vec!["description", "throttlePolicy", "connectorType"];
        let is_own = is_own(head);
        let envelope = said(head);
        if is_own {
            // a type that is none of its own comes back as it was
            for (name, value) in envelope.iter().filter(|(name, _)| !kept.contains(name)) {
                fields.insert(name, value.clone());
            }
            kept.extend(envelope.iter().map(|(name, _)| name));
        }
        report.dropped(credential, &kept);
        let mut item = item(head, fields);
        // Aspire asks for a description
        if !is_own && head.envelope.description.as_deref().is_none_or(str::is_empty) {
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
