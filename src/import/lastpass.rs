//! The CSV that LastPass exports: logins, and notes with an address of their own.

use super::columns::{ImportColumn, ImportColumns, fits, read_entries};
use super::format::ImportFormat;

pub(super) const FORMAT: ImportFormat = ImportFormat {
    name: "lastpass-csv",
    summary: "the CSV export of LastPass",
    recognises: |text| {
        fits(text, COLUMNS, &["url", "username", "password", "extra", "name", "grouping", "fav"])
    },
    read: |text, _| {
        read_entries(text, COLUMNS, |entry| {
            for (name, folder) in &mut entry.labels {
                // folders inside one another
                if *name == "folder" {
                    *folder = folder.replace('\\', "/");
                }
            }
            true
        })
    },
};

const COLUMNS: ImportColumns = &[
    // `http://sn` is the address of notes, which have none
    ("url", ImportColumn::Url),
    ("username", ImportColumn::Username),
    ("password", ImportColumn::Password),
    ("totp", ImportColumn::Totp),
    ("extra", ImportColumn::Notes),
    ("name", ImportColumn::Title),
    ("grouping", ImportColumn::Label("folder")),
    ("fav", ImportColumn::Flag("favorite")),
];
