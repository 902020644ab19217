//! Bodies of Citrix Image Portability Service: one alone, or a list.

use zeroize::Zeroizing;

use super::format::{ExportData, Format, Options, Report};
use super::text::{list, pretty};
use crate::kind::System;
use crate::value::{Object, Value};

pub(super) const FORMAT: Format =
    Format { name: "citrix", summary: "Citrix Image Portability Service", write };

fn write(selection: &ExportData<'_>, options: &Options<'_>, report: &mut Report) -> Zeroizing<Vec<u8>> {
    let mut bodies = Vec::with_capacity(selection.credentials.len());
    for credential in &selection.credentials {
        let head = credential.head();
        if !head.kind.systems.contains(&System::Citrix) {
            report.fail(credential, format!("{} is not a type of Citrix", head.kind.name));
            continue;
        }
        report.dropped(credential, &[]);
        let mut body =
            Object::from_iter([("id", Value::text(head.id.as_str())), ("type", Value::text(head.kind.name))]);
        for (name, value) in credential.stored_fields(options.secrets) {
            body.insert(name, value);
        }
        bodies.push(body);
    }
    match (selection.credentials.len(), bodies.pop()) {
        (1, Some(body)) => pretty(&body.into()),
        (_, last) => {
            bodies.extend(last);
            list(bodies)
        }
    }
}
