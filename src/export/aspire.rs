//! The export document of Aspire, with the policies that its credentials depend on.

use zeroize::Zeroizing;

use super::{Format, Options, Report, Selection, pretty};
use crate::dialect::aspire_item;
use crate::value::{Object, Value};
use crate::vault::{Policy, Resident as _};

pub(super) const FORMAT: Format = Format { name: "aspire", summary: "Aspire", write };

/// Members of the properties that name a file, which is not part of an export.
const PATHS: [&str; 2] = ["certificatePath", "privateKeyPath"];

fn write(selection: &Selection<'_>, options: &Options<'_>, report: &mut Report) -> Zeroizing<Vec<u8>> {
    let mut items = Vec::with_capacity(selection.credentials.len());
    for credential in &selection.credentials {
        let mut kept = vec!["description", "throttlePolicy", "connectorType"];
        // it is what the credential is known by, and goes along with its fields
        kept.extend(credential.kind().identity_name.then_some("name"));
        report.dropped(credential, &kept);
        let item = aspire_item(credential.head(), credential.stored_fields(options.secrets));
        if let Some(properties) = item.get("properties") {
            let mut paths = Vec::new();
            files(properties, &mut paths);
            for path in paths {
                report.notices.push(format!("{}: the file {path} is not exported", credential.id()));
            }
        }
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

/// The files that properties name, which stay where they are.
fn files(value: &Value, paths: &mut Vec<String>) {
    let Value::Object(members) = value else { return };
    for (name, value) in members.iter() {
        match value {
            Value::Text(text) if PATHS.contains(&name) || name.ends_with("File") => {
                paths.push(text.expose().to_owned());
            }
            value => files(value, paths),
        }
    }
}
