//! Bodies of Microsoft Network Controller, as a list.

use zeroize::Zeroizing;

use super::format::{ExportData, Format, Options, Report};
use super::text::list;
use crate::dialect::network_controller_body;

pub(super) const FORMAT: Format =
    Format { name: "network-controller", summary: "Microsoft Network Controller", write };

fn write(selection: &ExportData<'_>, options: &Options<'_>, report: &mut Report) -> Zeroizing<Vec<u8>> {
    let mut bodies = Vec::with_capacity(selection.credentials.len());
    for credential in &selection.credentials {
        let fields = credential.stored_fields(options.secrets);
        match network_controller_body(credential.head(), &fields, options.version) {
            Ok(body) => {
                report.dropped(credential, &["tags", "resourceMetadata", "auditingSettings"]);
                bodies.push(body);
            }
            Err(violations) => report.fail(credential, violations.to_string()),
        }
    }
    list(bodies)
}
