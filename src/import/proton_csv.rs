//! The CSV that Proton Pass exports. What is no login has its values in the note, in JSON.

use super::columns::{ImportColumn, ImportColumns, fits, read_entries};
use super::format::ImportFormat;

pub(super) const FORMAT: ImportFormat = ImportFormat {
    name: "proton-pass-csv",
    summary: "the CSV export of Proton Pass",
    recognises: |text| {
        fits(
            text,
            COLUMNS,
            &["type", "name", "url", "username", "password", "note", "totp", "createTime", "modifyTime"],
        )
    },
    read: |text, _| {
        read_entries(text, COLUMNS, |entry| {
            entry.mail_as_username(entry.values.iter().position(|value| value.name == "email"));
            true
        })
    },
};

const COLUMNS: ImportColumns = &[
    ("type", ImportColumn::Tag),
    ("name", ImportColumn::Title),
    ("url", ImportColumn::Urls),
    ("email", ImportColumn::Shown),
    ("username", ImportColumn::Username),
    ("password", ImportColumn::Password),
    ("note", ImportColumn::Notes),
    ("totp", ImportColumn::Totp),
    ("createTime", ImportColumn::Dropped),
    ("modifyTime", ImportColumn::Dropped),
    ("vault", ImportColumn::Label("folder")),
];
