//! The CSV that KeePassXC exports. The first group on the way to an entry is the database itself.

use super::columns::{ImportColumn, ImportColumns, fits, read_entries};
use super::format::ImportFormat;

pub(super) const FORMAT: ImportFormat = ImportFormat {
    name: "keepassxc-csv",
    summary: "the CSV export of KeePassXC",
    recognises: |text| fits(text, COLUMNS, &["Group", "Title", "Username", "Password", "URL", "Notes"]),
    read: |text, _| {
        read_entries(text, COLUMNS, |entry| {
            // as in the XML of the same database
            entry.labels.retain_mut(|(_, path)| match path.split_once('/') {
                Some((_, inner)) => {
                    *path = inner.to_owned();
                    true
                }
                None => false,
            });
            true
        })
    },
};

const COLUMNS: ImportColumns = &[
    ("Group", ImportColumn::Label("group")),
    ("Title", ImportColumn::Title),
    ("Username", ImportColumn::Username),
    ("Password", ImportColumn::Password),
    ("URL", ImportColumn::Url),
    ("Notes", ImportColumn::Notes),
    ("TOTP", ImportColumn::Totp),
    ("Icon", ImportColumn::Dropped),
    ("Last Modified", ImportColumn::Dropped),
    ("Created", ImportColumn::Dropped),
];
