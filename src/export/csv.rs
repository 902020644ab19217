//! A table for spreadsheets: a row for each credential, a column for each field that one of them has.

use std::collections::{HashMap, HashSet};
use std::io::{self, Write};

use indexmap::IndexSet;

use super::format::{ExportData, ExportFormat, ExportOptions, ExportReport};
use super::leaves::{Leaf, leaves};
use crate::credential::Credential;
use crate::kind::TypeOrigin;
use crate::syntax::csv::{ENVELOPE, is_formula, own_column};

pub(super) const FORMAT: ExportFormat =
    ExportFormat { name: "csv", summary: "a table for spreadsheets", write };

/// The most columns of fields: spreadsheets have 16,384 columns. Each row has all of them.
const MOST_COLUMNS: usize = 16_384 - ENVELOPE.len();

fn write(
    selection: &ExportData<'_>,
    options: &ExportOptions<'_>,
    report: &mut ExportReport,
    out: &mut dyn Write,
) -> io::Result<()> {
    let mut columns: IndexSet<String> = IndexSet::new();
    let mut is_row = Vec::with_capacity(selection.credentials.len());
    for credential in selection.credentials.iter() {
        let credential = credential?;
        let added = add_columns(&credential, options.secrets, &mut columns);
        is_row.push(added.is_ok());
        match added {
            Ok(()) => report.dropped(&credential, &["name", "project", "description"]),
            Err(why) => report.fail(&credential, why),
        }
    }
    if !is_row.is_empty() && !is_row.contains(&true) {
        return Ok(());
    }
    let header = ENVELOPE.into_iter().chain(columns.iter().map(String::as_str));
    row(header, out)?;
    for (credential, _) in selection.credentials.iter().zip(is_row).filter(|(_, is_row)| *is_row) {
        write_row(&*credential?, &columns, options, report, out)?;
    }
    Ok(())
}

/// Adds the columns of a credential, all or none.
fn add_columns(credential: &Credential, secrets: bool, columns: &mut IndexSet<String>) -> Result<(), String> {
    let before = columns.len();
    let public = public_fields(credential);
    let added = leaves(credential, secrets)?.into_iter().try_for_each(|leaf| {
        leaf.text()?;
        columns.insert(column(&leaf, &public));
        if columns.len() > MOST_COLUMNS {
            return Err("needs more columns than a spreadsheet has".to_owned());
        }
        Ok(())
    });
    if added.is_err() {
        columns.truncate(before);
    }
    added
}

/// Returns the paths of the own fields that are public.
fn public_fields(credential: &Credential) -> HashSet<String> {
    credential.own_fields().filter(|field| !field.is_secret).map(|field| field.path()).collect()
}

/// Returns the name of the column of a value.
fn column(leaf: &Leaf, public: &HashSet<String>) -> String {
    if leaf.is_own() { own_column(&leaf.path, !public.contains(&leaf.path)) } else { leaf.path.clone() }
}

fn write_row(
    credential: &Credential,
    columns: &IndexSet<String>,
    options: &ExportOptions<'_>,
    report: &mut ExportReport,
    out: &mut dyn Write,
) -> io::Result<()> {
    // `add_columns` has checked that there are leaves, and that each is text
    let leaves = leaves(credential, options.secrets).unwrap_or_default();
    let public = public_fields(credential);
    let texts: HashMap<String, &str> =
        leaves.iter().map(|leaf| (column(leaf, &public), leaf.text().unwrap_or_default())).collect();
    let head = credential.head();
    let envelope = [
        head.id.as_str(),
        head.kind.name,
        &head.envelope.name,
        &head.envelope.project,
        head.envelope.description.as_deref().unwrap_or_default(),
    ];
    let is_guarded = |leaf: &&Leaf| leaf.text().is_ok_and(is_formula);
    let prefixed: Vec<&str> = leaves.iter().filter(is_guarded).map(|leaf| leaf.path.as_str()).collect();
    if !prefixed.is_empty() {
        report.notices.push(format!(
            "{}: {} begins like a formula, so it is written with a ' in front",
            head.id,
            prefixed.join(", ")
        ));
    }
    let is_empty = |leaf: &&Leaf| leaf.text().is_ok_and(str::is_empty);
    let empty: Vec<&str> = leaves.iter().filter(is_empty).map(|leaf| leaf.path.as_str()).collect();
    if !empty.is_empty() {
        let what = empty.join(", ");
        report.notices.push(format!("{}: {what} is empty; a table cannot say that it is set", head.id));
    }
    if head.kind.origin != TypeOrigin::BuiltIn {
        report.notices.push(format!(
            "{}: a table cannot be imported as `{}`; use --format native for that",
            head.id, head.kind.name
        ));
    }
    let fields = columns.iter().map(|path| texts.get(path.as_str()).copied().unwrap_or_default());
    row(envelope.into_iter().chain(fields), out)
}

fn row<'a>(cells: impl Iterator<Item = &'a str>, out: &mut dyn Write) -> io::Result<()> {
    for (index, cell) in cells.enumerate() {
        out.write_all(if index == 0 { b"" } else { b"," })?;
        let prefix = if is_formula(cell) { "'" } else { "" };
        // some readers trim cells without quotes
        if cell.contains(['"', ',', '\n', '\r']) || cell.trim() != cell {
            write!(out, "\"{prefix}")?;
            for (index, part) in cell.split('"').enumerate() {
                out.write_all(if index == 0 { b"" } else { b"\"\"" })?;
                out.write_all(part.as_bytes())?;
            }
            out.write_all(b"\"")?;
        } else {
            out.write_all(prefix.as_bytes())?;
            out.write_all(cell.as_bytes())?;
        }
    }
    out.write_all(b"\n")
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

    #[test]
    fn there_are_as_many_columns_as_spreadsheets_have() {
        let store = |id: &str, count: usize| {
            let entries: Vec<_> = (0..count).map(|n| format!("\"{id}{n}\":\"YQ==\"")).collect();
            format!(r#"{{"type":"generic","id":"{id}","keyStore":{{{}}}}}"#, entries.join(","))
        };
        let half = super::MOST_COLUMNS / 2 + 1;
        let (first, second, third) = (store("a", half), store("b", half), store("c", 1));
        assert_eq!(failures_of("csv", &[&first, &second, &third]), ["b"]);
        assert!(text_of("csv", &[&first, &third]).lines().next().unwrap().ends_with(",keyStore.c0"));
    }
}
