//! The CSV that Bitwarden exports, of a person or of an organization. It has logins and notes only.

use super::columns::{ImportColumn, ImportColumns, fits, read_entries};
use super::entry::ImportEntry;
use super::format::ImportFormat;
use crate::secret::{Buffer, Secret};

pub(super) const FORMAT: ImportFormat = ImportFormat {
    name: "bitwarden-csv",
    summary: "the CSV export of Bitwarden",
    recognises: |text| {
        let required = ["type", "name", "notes", "fields", "login_uri", "login_username", "login_password"];
        fits(text, COLUMNS, &required)
    },
    read: |text, _| {
        read_entries(text, COLUMNS, |entry| {
            split_fields(entry);
            true
        })
    },
};

/// The column with all fields that a person added.
const FIELDS: &str = "fields";

const COLUMNS: ImportColumns = &[
    ("folder", ImportColumn::Label("folder")),
    // of an organization
    ("collections", ImportColumn::Label("folder")),
    ("favorite", ImportColumn::Flag("favorite")),
    ("type", ImportColumn::Tag),
    ("name", ImportColumn::Title),
    ("notes", ImportColumn::Notes),
    (FIELDS, ImportColumn::Shown),
    ("reprompt", ImportColumn::Dropped),
    ("archivedDate", ImportColumn::Dropped),
    ("login_uri", ImportColumn::Urls),
    ("login_username", ImportColumn::Username),
    ("login_password", ImportColumn::Password),
    ("login_totp", ImportColumn::Totp),
];

/// Splits the cell of fields: one a line, `NAME: VALUE`. The export does not mark hidden ones, so all are kept
/// as secrets. A line without a name belongs to the field before.
fn split_fields(entry: &mut ImportEntry) {
    let Some(at) = entry.values.iter().position(|value| value.name == FIELDS) else { return };
    let cell = entry.values.remove(at).value;
    let mut fields: Vec<(String, Buffer)> = Vec::new();
    for line in cell.expose().lines() {
        match (line.split_once(": "), fields.last_mut()) {
            (Some((name, value)), _) => {
                let mut text = Buffer::with_capacity(value.len());
                text.push(value);
                fields.push((name.to_owned(), text));
            }
            (None, Some((_, text))) => {
                text.push("\n");
                text.push(line);
            }
            (None, None) => {
                let mut text = Buffer::with_capacity(line.len());
                text.push(line);
                fields.push((FIELDS.to_owned(), text));
            }
        }
    }
    for (name, text) in fields {
        entry.value(name, text.into_secret().filter(|text: &Secret| !text.is_empty()));
    }
}
