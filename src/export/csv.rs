//! A table for spreadsheets: a row for each credential, a column for each field that one of them has.

use std::collections::HashMap;

use indexmap::IndexSet;
use zeroize::Zeroizing;

use super::format::{ExportData, ExportFormat, ExportOptions, ExportReport};
use super::leaves::{Leaf, leaves};
use crate::secret::Buffer;
use crate::syntax::csv::{ENVELOPE, is_formula};

pub(super) const FORMAT: ExportFormat =
    ExportFormat { name: "csv", summary: "a table for spreadsheets", write };

fn write(
    selection: &ExportData<'_>,
    options: &ExportOptions<'_>,
    report: &mut ExportReport,
) -> Zeroizing<Vec<u8>> {
    let mut rows = Vec::with_capacity(selection.credentials.len());
    let mut columns: IndexSet<String> = IndexSet::new();
    for credential in &selection.credentials {
        let values = leaves(credential, options.secrets).and_then(|leaves| {
            match leaves.iter().find_map(|leaf| leaf.text().err()) {
                Some(why) => Err(why),
                None => Ok(leaves),
            }
        });
        match values {
            Ok(leaves) => {
                report.dropped(credential, &["name", "project", "description"]);
                for leaf in &leaves {
                    columns.insert(leaf.path.clone());
                }
                rows.push((*credential, leaves));
            }
            Err(why) => report.fail(credential, why),
        }
    }
    let mut out = Buffer::with_capacity(4096);
    let header = ENVELOPE.into_iter().chain(columns.iter().map(String::as_str));
    row(header, &mut out);
    for (credential, leaves) in rows {
        let head = credential.head();
        let texts: HashMap<&str, &Leaf> = leaves.iter().map(|leaf| (leaf.path.as_str(), leaf)).collect();
        let text = |path: &str| texts.get(path).map_or("", |leaf| utf8(leaf));
        let envelope = [
            head.id.as_str(),
            head.kind.name,
            &head.envelope.name,
            &head.envelope.project,
            head.envelope.description.as_deref().unwrap_or_default(),
        ];
        let prefixed: Vec<&str> =
            leaves.iter().filter(|leaf| is_formula(utf8(leaf))).map(|leaf| leaf.path.as_str()).collect();
        if !prefixed.is_empty() {
            report.notices.push(format!(
                "{}: {} begins like a formula, so it is written with a ' in front",
                head.id,
                prefixed.join(", ")
            ));
        }
        row(envelope.into_iter().chain(columns.iter().map(|path| text(path.as_str()))), &mut out);
    }
    out.into_bytes()
}

fn utf8(leaf: &Leaf) -> &str {
    // `write` has checked that every value is text
    std::str::from_utf8(&leaf.bytes).unwrap_or_default()
}

fn row<'a>(cells: impl Iterator<Item = &'a str>, out: &mut Buffer) {
    for (index, cell) in cells.enumerate() {
        out.push(if index == 0 { "" } else { "," });
        let prefix = if is_formula(cell) { "'" } else { "" };
        // some readers trim cells without quotes
        if cell.contains(['"', ',', '\n', '\r']) || cell.trim() != cell {
            out.push("\"");
            out.push(prefix);
            for (index, part) in cell.split('"').enumerate() {
                out.push(if index == 0 { "" } else { "\"\"" });
                out.push(part);
            }
            out.push("\"");
        } else {
            out.push(prefix);
            out.push(cell);
        }
    }
    out.push("\n");
}

#[cfg(test)]
mod tests {
    use super::super::tests::{failures_of, text_of};

    #[test]
    fn every_field_has_its_column() {
        let login = r#"{"type":"login","id":"a","username":"u","password":"x,\"y\"\n","description":"d"}"#;
        let key = r#"{"type":"apikey","id":"b","name":"=1","keyStore":{"apikey":"PTE="}}"#;
        assert_eq!(
            text_of("csv", &[login, key]),
            "id,type,name,project,description,username,password,keyStore.apikey\n\
             a,UsernamePassword,a,admin,d,u,\"x,\"\"y\"\"\n\",\n\
             b,apikey,'=1,admin,,,,'=1\n"
        );
    }

    #[test]
    fn what_is_no_text_fails() {
        let binary = r#"{"type":"generic","id":"b","keyStore":{"k":"/w=="}}"#;
        assert_eq!(failures_of("csv", &[binary]), ["b"]);
    }
}
