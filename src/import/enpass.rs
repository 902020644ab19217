//! The JSON that Enpass exports: items with fields, each of which is secret or not.

use std::collections::HashMap;

use super::content::IncomingContent;
use super::entries::Entries;
use super::entry::ImportEntry;
use super::format::{ImportFacts, ImportFormat};
use super::item::Import;
use super::json_text::{given, is_export, is_nothing, list, parse_export};
use crate::credential::Violations;
use crate::value::{Object, Value};

pub(super) const FORMAT: ImportFormat = ImportFormat {
    name: "enpass-json",
    summary: "the JSON export of Enpass",
    recognises: |text| is_export(text, &["\"template_type\""], fits),
    read,
};

fn fits(export: &Object) -> bool {
    let items = list(export.get("items"));
    items.first().is_some_and(|item| item.at(&["template_type"]).is_some() && item.at(&["fields"]).is_some())
}

fn read(text: &str, _: &ImportFacts<'_>) -> Result<Import, Violations> {
    let export = parse_export(text, fits, "the export of Enpass, with items")?;
    let folders = list(export.get("folders")).iter();
    let folders: HashMap<&str, &str> = folders
        .filter_map(|folder| Some((folder.text_at(&["uuid"])?, folder.text_at(&["title"])?)))
        .collect();
    let mut entries = Entries::default();
    let mut deleted = 0;
    for item in list(export.get("items")) {
        if says(item, "trashed") || says(item, "deleted") {
            deleted += 1;
        } else {
            entries.add(entry(item, &folders));
        }
    }
    if deleted > 0 {
        entries.notices.push(format!("the trash was skipped, with {deleted} entries"));
    }
    Ok(entries.finish())
}

/// Returns true if a member is set: the export writes 1 for yes.
fn says(value: &Value, name: &str) -> bool {
    value.at(&[name]).is_some_and(|flag| !is_nothing(flag))
}

fn entry(item: &Value, folders: &HashMap<&str, &str>) -> ImportEntry {
    let title = item.text_at(&["title"]).unwrap_or_default().to_owned();
    let mut entry = ImportEntry { title, ..ImportEntry::default() };
    entry.note(given(item.at(&["note"])));
    for id in list(item.at(&["folders"])).iter().filter_map(|id| id.text_at(&[])) {
        match folders.get(id) {
            Some(name) => entry.labels.push(("folder", (*name).to_owned())),
            None => entry.dropped.push("folder of an unknown id".to_owned()),
        }
    }
    for name in ["favorite", "archived"] {
        if says(item, name) {
            entry.labels.push((name, "true".to_owned()));
        }
    }
    if let Some(kind) = item.text_at(&["category"]) {
        entry.tags.push(("type".to_owned(), kind.to_owned()));
    }
    // a login may have an address of mail in the place of a user name
    let mut mail = None;
    let mut old = 0;
    for field in list(item.at(&["fields"])).iter().filter(|field| !says(field, "deleted")) {
        old += list(field.at(&["history"])).len();
        let Some(value) = given(field.at(&["value"])) else { continue };
        let kind = field.text_at(&["type"]).unwrap_or_default();
        let label = field.text_at(&["label"]).filter(|label| !label.is_empty()).unwrap_or(kind);
        match kind {
            "username" if entry.username.is_none() => entry.username = Some(value),
            "password" if entry.password.is_none() => entry.password = Some(value),
            "email" if mail.is_none() => mail = Some((label.to_owned(), value)),
            "url" => entry.urls.push(value),
            "totp" => entry.seed(Some(value)),
            ".Android#" => entry.dropped.push("app".to_owned()),
            _ if says(field, "sensitive") => entry.value(label, Some(value)),
            _ => entry.shown(label, Some(value)),
        }
    }
    if let Some((label, mail)) = mail {
        entry.shown(label, Some(mail));
        entry.mail_as_username(entry.values.len().checked_sub(1));
    }
    for attachment in list(item.at(&["attachments"])) {
        let data = attachment.at(&["data"]).and_then(Value::as_text);
        entry.file(
            attachment.text_at(&["name"]).unwrap_or_default(),
            data.and_then(IncomingContent::of_base64),
        );
    }
    if old > 0 {
        entry.dropped.push(format!("{old} old values"));
    }
    entry
}
