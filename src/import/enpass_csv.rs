//! The CSV that Enpass exports. It has no line of columns: each row is a title, labels with their values, and a
//! note. It looks like other tables, so the operator must name the format.

use super::entries::Entries;
use super::entry::ImportEntry;
use super::format::{ImportFacts, ImportFormat};
use super::item::Import;
use super::table::{ImportRow, ImportTable};
use crate::credential::Violations;

pub(super) const FORMAT: ImportFormat = ImportFormat {
    name: "enpass-csv",
    summary: "the CSV export of Enpass, which has no header",
    recognises: |_| false,
    read,
};

fn read(text: &str, _: &ImportFacts<'_>) -> Result<Import, Violations> {
    let mut entries = Entries::default();
    for row in ImportTable::rows_of(text)? {
        // some versions write a first line of words
        if row.line == 1 && row.cells[0].expose().eq_ignore_ascii_case("title") {
            continue;
        }
        if row.cells.len().is_multiple_of(2) {
            entries.add(entry(&row));
        } else {
            let id = entries.id(&format!("line-{}", row.line), "line");
            let why = "must be a title, labels with their values, and a note";
            entries.fail(&id, Violations::one(format!("line {}", row.line), why));
        }
    }
    Ok(entries.finish())
}

fn entry(row: &ImportRow) -> ImportEntry {
    let mut entry = ImportEntry { title: row.cells[0].expose().to_owned(), ..ImportEntry::default() };
    let (pairs, note) = row.cells[1..].split_at(row.cells.len() - 2);
    for pair in pairs.chunks_exact(2) {
        // a star marks what the program hides
        let label = pair[0].expose();
        let (label, is_hidden) = label.strip_prefix('*').map_or((label, false), |label| (label, true));
        let value = Some(pair[1].clone()).filter(|value| !value.is_empty());
        match label.to_lowercase().as_str() {
            "username" if entry.username.is_none() => entry.username = value,
            "password" if entry.password.is_none() => entry.password = value,
            "website" | "url" => entry.urls.extend(value),
            "totp" | "one-time code" => entry.seed(value),
            _ if is_hidden => entry.value(label, value),
            _ => entry.shown(label, value),
        }
    }
    entry.note(note.first().cloned());
    let mail = entry.values.iter().position(|value| {
        value.name.eq_ignore_ascii_case("e-mail") || value.name.eq_ignore_ascii_case("email")
    });
    entry.mail_as_username(mail);
    entry
}
