//! The CSV that NordPass exports: logins, notes, cards and identities in one table.

use super::columns::{ImportColumn, ImportColumns, fits, read_entries};
use super::entry::ImportEntry;
use super::format::ImportFormat;
use super::json_text::text;
use crate::secret::Secret;
use crate::value::{Value, json};

pub(super) const FORMAT: ImportFormat = ImportFormat {
    name: "nordpass-csv",
    summary: "the CSV export of NordPass",
    recognises: |text| {
        let required =
            ["name", "url", "username", "password", "note", "cardholdername", "cardnumber", "folder", "type"];
        fits(text, COLUMNS, &required)
    },
    read: |text, _| {
        read_entries(text, COLUMNS, |entry| {
            // a folder has a row of its own, and is in the rows of its entries, too
            let is_folder = entry.tags.iter().any(|(name, kind)| name == "type" && kind == "folder");
            split_lists(entry);
            !is_folder
        })
    },
};

const COLUMNS: ImportColumns = &[
    ("name", ImportColumn::Title),
    ("url", ImportColumn::Url),
    (URLS, ImportColumn::Shown),
    ("username", ImportColumn::Username),
    ("password", ImportColumn::Password),
    ("note", ImportColumn::Notes),
    ("totp", ImportColumn::Totp),
    ("cardholdername", ImportColumn::Shown),
    ("cardnumber", ImportColumn::Field),
    ("cvc", ImportColumn::Field),
    ("pin", ImportColumn::Field),
    ("expirydate", ImportColumn::Shown),
    ("zipcode", ImportColumn::Shown),
    ("folder", ImportColumn::Label("folder")),
    ("full_name", ImportColumn::Shown),
    ("phone_number", ImportColumn::Shown),
    ("email", ImportColumn::Shown),
    ("address1", ImportColumn::Shown),
    ("address2", ImportColumn::Shown),
    ("city", ImportColumn::Shown),
    ("country", ImportColumn::Shown),
    ("state", ImportColumn::Shown),
    ("type", ImportColumn::Tag),
    (FIELDS, ImportColumn::Field),
];

/// The column with more addresses, a list in JSON.
const URLS: &str = "additional_urls";
/// The column with the fields that a person added, a list in JSON.
const FIELDS: &str = "custom_fields";

/// Splits the two cells that are lists. One that cannot be read stays as it is written.
fn split_lists(entry: &mut ImportEntry) {
    let mut take = |name: &str| {
        let at = entry.values.iter().position(|value| value.name == name)?;
        let Ok(Value::List(items)) = json::parse(entry.values[at].value.expose().as_bytes()) else {
            return None;
        };
        entry.values.remove(at);
        Some(items)
    };
    let (urls, fields) = (take(URLS), take(FIELDS));
    entry.urls.extend(urls.into_iter().flatten().filter_map(text));
    for field in fields.into_iter().flatten() {
        let name = field.text_at(&["label"]).unwrap_or("field").to_owned();
        let value: Option<Secret> = field.at(&["value"]).cloned().and_then(text);
        if field.text_at(&["type"]) == Some("hidden") {
            entry.value(name, value);
        } else {
            entry.shown(name, value);
        }
    }
}
