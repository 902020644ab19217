//! The export of 1Password in its format 1PUX: the file `export.data` of the archive, with every account, vault
//! and item.

use std::collections::HashSet;

use chrono::DateTime;

use super::content::IncomingContent;
use super::entries::Entries;
use super::entry::ImportEntry;
use super::format::{ImportFacts, ImportFormat};
use super::item::Import;
use super::json_text::{given, is_export, is_nothing, list, parse_export, text};
use super::packed::PackedFiles;
use super::private_key::add_private_key;
use crate::credential::Violations;
use crate::secret::Secret;
use crate::value::{Object, Value};

pub(super) const FORMAT: ImportFormat = ImportFormat {
    name: "1password-1pux",
    summary: "the 1PUX export of 1Password",
    recognises: |text| is_export(text, &["\"accounts\"", "\"vaults\""], fits),
    read,
};

fn fits(export: &Object) -> bool {
    let accounts = list(export.get("accounts"));
    accounts
        .first()
        .is_some_and(|account| account.at(&["vaults"]).is_some_and(|vaults| vaults.as_list().is_some()))
}

fn read(text: &str, facts: &ImportFacts<'_>) -> Result<Import, Violations> {
    let export = parse_export(text, fits, "the export of 1Password, with accounts")?;
    let mut entries = Entries::default();
    let (mut deleted, mut empty) = (0, 0);
    for account in list(export.get("accounts")) {
        for vault in list(account.at(&["vaults"])) {
            let name = vault.text_at(&["attrs", "name"]).unwrap_or_default();
            for item in list(vault.at(&["items"])) {
                // earlier versions wrap each item
                let item = item.at(&["item"]).unwrap_or(item);
                let is_deleted = item.at(&["trashed"]) == Some(&Value::Bool(true))
                    || item.text_at(&["state"]) == Some("trashed");
                if is_deleted {
                    deleted += 1;
                } else {
                    empty += usize::from(!add(&mut entries, item, name, facts.files));
                }
            }
        }
    }
    if deleted > 0 {
        entries.notices.push(format!("the trash was skipped, with {deleted} entries"));
    }
    if empty > 0 {
        entries.notices.push(format!(
            "{empty} entries have nothing but attachments that are not in the file, and were skipped"
        ));
    }
    Ok(entries.finish())
}

/// Adds an item of a vault. Returns false if there is nothing in it to keep.
fn add(entries: &mut Entries, item: &Value, vault: &str, files: Option<&PackedFiles>) -> bool {
    let title = item.text_at(&["overview", "title"]).unwrap_or_default().to_owned();
    let mut entry = ImportEntry { title, ..ImportEntry::default() };
    let urls = list(item.at(&["overview", "urls"])).iter().filter_map(|url| url.text_at(&["url"]));
    let mut seen = HashSet::new();
    for url in item.text_at(&["overview", "url"]).into_iter().chain(urls) {
        // the first of the list is the main one, too
        if !url.is_empty() && seen.insert(url) {
            entry.urls.push(Secret::from(url));
        }
    }
    if !vault.is_empty() {
        entry.labels.push(("folder", vault.to_owned()));
    }
    let tags = list(item.at(&["overview", "tags"])).iter().filter_map(|tag| tag.text_at(&[]));
    entry.labels.extend(tags.map(|tag| ("tag", tag.to_owned())));
    if item.at(&["favIndex"]).is_some_and(|index| !is_nothing(index)) {
        entry.labels.push(("favorite", "true".to_owned()));
    }
    if item.text_at(&["state"]) == Some("archived") {
        entry.labels.push(("archived", "true".to_owned()));
    }
    for field in list(item.at(&["details", "loginFields"])) {
        login_field(&mut entry, field);
    }
    entry.note(given(item.at(&["details", "notesPlain"])));
    // of an item that is a password alone
    match given(item.at(&["details", "password"])) {
        Some(password) if entry.password.is_none() => entry.password = Some(password),
        password => entry.value("password", password),
    }
    let mut key = None;
    for section in list(item.at(&["details", "sections"])) {
        let title = section.text_at(&["title"]).unwrap_or_default();
        for field in list(section.at(&["fields"])) {
            // one member, named by the kind of the value
            for (kind, value) in
                field.at(&["value"]).and_then(Value::as_object).into_iter().flat_map(Object::iter)
            {
                let found = section_value(&mut entry, title, field, (kind, value), files);
                key = key.or(found);
            }
        }
    }
    if let Some(document) = item.at(&["details", "documentAttributes"]).filter(|value| !is_nothing(value)) {
        add_file(&mut entry, document, files);
    }
    let old = list(item.at(&["details", "passwordHistory"])).len();
    if old > 0 {
        entry.dropped.push(format!("{old} old passwords"));
    }
    let is_empty = entry.username.is_none() && entry.password.is_none() && !entry.has_more() && key.is_none();
    if is_empty && entry.urls.is_empty() && !entry.dropped.is_empty() {
        return false;
    }
    match key {
        Some(key) => add_private_key(entries, entry, key),
        None => entries.add(entry),
    }
    true
}

/// Reads a field of the form in which a login was saved.
fn login_field(entry: &mut ImportEntry, field: &Value) {
    let value = match field.at(&["value"]) {
        // the address of a linked account
        Some(Value::Object(value)) => value.iter().find_map(|(_, value)| text(value.clone())),
        other => given(other),
    };
    let name = ["name", "id"].iter().filter_map(|name| field.text_at(&[name])).find(|name| !name.is_empty());
    let name = name.unwrap_or("field");
    match (field.text_at(&["designation"]), value.filter(|value| !value.is_empty())) {
        (Some("username"), value) if entry.username.is_none() => entry.username = value,
        (Some("password"), value) if entry.password.is_none() => entry.password = value,
        (_, value) if field.text_at(&["fieldType"]) == Some("P") => entry.value(name, value),
        (_, value) => entry.shown(name, value),
    }
}

/// Reads a value of a field of a section. Returns the key if it is an SSH key.
fn section_value(
    entry: &mut ImportEntry,
    section: &str,
    field: &Value,
    (kind, value): (&str, &Value),
    files: Option<&PackedFiles>,
) -> Option<Secret> {
    let id = field.text_at(&["id"]).unwrap_or_default();
    let title = field.text_at(&["title"]).filter(|title| !title.is_empty()).unwrap_or(id);
    let name = if section.is_empty() { title.to_owned() } else { format!("{section} {title}") };
    let plain = || given(Some(value));
    match kind {
        "concealed" if id == "password" && entry.password.is_none() => entry.password = plain(),
        "string" if id == "username" && entry.username.is_none() => entry.username = plain(),
        "concealed" | "creditCardNumber" => entry.value(name, plain()),
        "totp" => entry.seed(plain()),
        "date" => entry.shown(name, day(value).or_else(plain)),
        "monthYear" => entry.shown(name, month(value).or_else(plain)),
        "email" => {
            let address = value.at(&["email_address"]).cloned().and_then(text);
            entry.shown(name, address.or_else(plain));
        }
        "address" => {
            for (part, value) in value.as_object().into_iter().flat_map(Object::iter) {
                entry.shown(format!("{name} {part}"), given(Some(value)));
            }
        }
        "sshKey" => {
            let metadata = value.at(&["metadata"]).and_then(Value::as_object);
            for (part, value) in metadata.into_iter().flat_map(Object::iter) {
                if part != "privateKey" {
                    entry.shown(part, given(Some(value)));
                }
            }
            let key = value.at(&["privateKey"]).or_else(|| value.at(&["metadata", "privateKey"]));
            return key.and_then(Value::as_text).cloned();
        }
        "file" => add_file(entry, value, files),
        // the UUID of another item
        "reference" => {
            if !is_nothing(value) {
                entry.dropped.push(format!("link {name}"));
            }
        }
        "string" | "phone" | "url" | "menu" | "gender" | "creditCardType" => entry.shown(name, plain()),
        // a kind that is not known may be a secret
        _ => entry.value(name, plain()),
    }
    None
}

/// Attaches the file that an item names. In the archive its id is in front of its name.
fn add_file(entry: &mut ImportEntry, file: &Value, files: Option<&PackedFiles>) {
    let found = file.text_at(&["documentId"]).zip(files);
    let found = found.and_then(|(id, files)| files.take_first(&format!("files/{id}__")));
    let name = file.text_at(&["fileName"]).unwrap_or_default();
    entry.file(name, found.map(|(_, file)| IncomingContent::Packed(file)));
}

/// Returns a number of seconds as a date.
fn day(value: &Value) -> Option<Secret> {
    let Value::Number(seconds) = value else { return None };
    let date = DateTime::from_timestamp(seconds.as_i64()?, 0)?;
    Some(Secret::from(date.format("%Y-%m-%d").to_string()))
}

/// Returns a number such as 202801 as a month.
fn month(value: &Value) -> Option<Secret> {
    let Value::Number(number) = value else { return None };
    let number = number.as_u64().filter(|number| (100_000..1_000_000).contains(number))?;
    Some(Secret::from(format!("{}-{:02}", number / 100, number % 100)))
}
