//! The export document of Aspire, with the policies that its credentials depend on.

use std::io::{self, Write};

use serde::Serialize;

use super::item::{is_own, item};
use crate::outgoing::{ExportData, ExportOptions, ExportReport, MadeObjects, pretty, said};
use crate::value::Value;
use crate::vault::Resident as _;

/// Writes the document.
pub(super) fn write(
    selection: &ExportData<'_>,
    options: &ExportOptions<'_>,
    report: &mut ExportReport,
    out: &mut dyn Write,
) -> io::Result<()> {
    let items = selection.credentials.iter().map(|credential| {
        let credential = credential?;
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
        if is_own {
            report.dropped(&credential, &kept);
        } else {
            report.dropped_with_ours(&credential, &kept);
        }
        let mut item = item(head, fields);
        // Aspire asks for a description
        if !is_own && head.envelope.description.as_deref().is_none_or(str::is_empty) {
            item.insert("description", Value::text(head.envelope.name.as_str()));
        }
        report.files(&credential);
        Ok(item)
    });
    let credentials = AspireCredentials { credential: MadeObjects::of(items) };
    let policies = (!selection.policies.is_empty()).then(|| AspirePolicies {
        policy: MadeObjects::of(selection.policies.iter().map(|policy| Ok(policy.document()))),
    });
    pretty(&AspireExport { export: AspireParts { credentials, policies } }, out)
}

#[derive(Serialize)]
struct AspireExport<T> {
    export: T,
}

#[derive(Serialize)]
struct AspireParts<C, P> {
    credentials: C,
    #[serde(skip_serializing_if = "Option::is_none")]
    policies: Option<P>,
}

#[derive(Serialize)]
struct AspireCredentials<T> {
    credential: T,
}

#[derive(Serialize)]
struct AspirePolicies<T> {
    policy: T,
}
