//! The JSON that Proton Pass exports, alone or in its zip archive: vaults with items of every kind.

use super::content::IncomingContent;
use super::entries::Entries;
use super::entry::ImportEntry;
use super::format::{ImportFacts, ImportFormat};
use super::item::Import;
use super::json_text::{given, is_export, is_nothing, list, parse_export};
use super::packed::PackedFiles;
use super::private_key::add_private_key;
use crate::credential::Violations;
use crate::value::{Object, Value};

pub(super) const FORMAT: ImportFormat = ImportFormat {
    name: "proton-pass-json",
    summary: "the JSON export of Proton Pass",
    recognises: |text| is_export(text, &["\"vaults\""], fits),
    read,
};

/// The state of an item in the trash.
const DELETED: u64 = 2;

/// The shortest id in the name of an attachment. Endings are shorter.
const SHORTEST_ID: usize = 20;

/// Members of a content that are secret. All others are what the program shows.
const SECRETS: [&str; 8] = [
    "number",
    "verificationNumber",
    "pin",
    "password",
    "socialSecurityNumber",
    "passportNumber",
    "licenseNumber",
    "privateKey",
];

fn fits(export: &Object) -> bool {
    export.get("userId").is_some() && export.get("vaults").is_some_and(|vaults| vaults.as_object().is_some())
}

fn read(text: &str, facts: &ImportFacts<'_>) -> Result<Import, Violations> {
    let export = parse_export(text, fits, "the export of Proton Pass, with vaults")?;
    let mut entries = Entries::default();
    let mut deleted = 0;
    for (_, vault) in export.get("vaults").and_then(Value::as_object).into_iter().flat_map(Object::iter) {
        let name = vault.text_at(&["name"]).unwrap_or_default();
        for item in list(vault.at(&["items"])) {
            if matches!(item.at(&["state"]), Some(Value::Number(state)) if state.as_u64() == Some(DELETED)) {
                deleted += 1;
            } else {
                add(&mut entries, item, name, facts.files);
            }
        }
    }
    if deleted > 0 {
        entries.notices.push(format!("the trash was skipped, with {deleted} entries"));
    }
    Ok(entries.finish())
}

fn add(entries: &mut Entries, item: &Value, vault: &str, files: Option<&PackedFiles>) {
    let title = item.text_at(&["data", "metadata", "name"]).unwrap_or_default().to_owned();
    let mut entry = ImportEntry { title, ..ImportEntry::default() };
    entry.note(given(item.at(&["data", "metadata", "note"])));
    if !vault.is_empty() {
        entry.labels.push(("folder", vault.to_owned()));
    }
    if item.at(&["pinned"]) == Some(&Value::Bool(true)) {
        entry.labels.push(("favorite", "true".to_owned()));
    }
    if let Some(kind) = item.text_at(&["data", "type"]) {
        entry.tags.push(("type".to_owned(), kind.to_owned()));
    }
    let mut key = None;
    for (name, value) in
        item.at(&["data", "content"]).and_then(Value::as_object).into_iter().flat_map(Object::iter)
    {
        match name {
            "itemUsername" => entry.username = given(Some(value)),
            "itemEmail" => entry.shown("email", given(Some(value))),
            "password" if entry.password.is_none() => entry.password = given(Some(value)),
            "totpUri" => entry.seed(given(Some(value))),
            "urls" => entry.urls.extend(list(Some(value)).iter().filter_map(|url| given(Some(url)))),
            "passkeys" => {
                let count = list(Some(value)).len();
                if count > 0 {
                    entry.dropped.push(format!("{count} passkeys"));
                }
            }
            "privateKey" => key = given(Some(value)),
            _ => content(&mut entry, name, value),
        }
    }
    // a login has one of the two, as a rule
    entry.mail_as_username(entry.values.iter().position(|value| value.name == "email"));
    entry.shown("alias", given(item.at(&["aliasEmail"])));
    for field in list(item.at(&["data", "extraFields"])) {
        extra(&mut entry, "", field);
    }
    for path in list(item.at(&["files"])).iter().filter_map(|path| path.text_at(&[])) {
        let found = files.and_then(|files| files.take(&format!("files/{}", path.replace(['/', '\\'], "_"))));
        entry.file(&without_id(path), found.map(IncomingContent::Packed));
    }
    match key {
        Some(key) => add_private_key(entries, entry, key),
        None => entries.add(entry),
    }
}

/// Returns the name of an attachment without the id that the export puts before its ending.
fn without_id(name: &str) -> String {
    let is_id = |part: &str| {
        part.len() >= SHORTEST_ID
            && part.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_=".contains(&byte))
    };
    match name.rsplit_once('.') {
        Some((stem, last)) if !stem.is_empty() && is_id(last) => stem.to_owned(),
        Some((rest, ending)) => match rest.rsplit_once('.') {
            Some((stem, id)) if is_id(id) => format!("{stem}.{ending}"),
            _ => name.to_owned(),
        },
        None => name.to_owned(),
    }
}

/// Keeps a member of a content: a value, or lists of fields and sections.
fn content(entry: &mut ImportEntry, name: &str, value: &Value) {
    match value {
        Value::List(items) => {
            for item in items {
                let section = item.text_at(&["sectionName"]).unwrap_or_default();
                let fields = item.at(&["sectionFields"]);
                match fields {
                    Some(fields) => list(Some(fields)).iter().for_each(|field| extra(entry, section, field)),
                    None => extra(entry, "", item),
                }
            }
        }
        value if is_nothing(value) => {}
        value if SECRETS.contains(&name) => entry.value(name, given(Some(value))),
        value => entry.shown(name, given(Some(value))),
    }
}

/// Keeps a field that a person added.
fn extra(entry: &mut ImportEntry, section: &str, field: &Value) {
    let name = field.text_at(&["fieldName"]).unwrap_or("field");
    let name = if section.is_empty() { name.to_owned() } else { format!("{section} {name}") };
    let data = field.at(&["data"]).and_then(Value::as_object);
    let value = |name: &str| given(data.and_then(|data| data.get(name)));
    match field.text_at(&["type"]) {
        Some("totp") => entry.seed(value("totpUri")),
        Some("text") => entry.shown(name, value("content")),
        Some("hidden") => entry.value(name, value("content")),
        // a kind that is not known is kept with all its values
        _ => {
            for (_, value) in data.into_iter().flat_map(Object::iter) {
                entry.value(name.clone(), given(Some(value)));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::without_id;

    #[test]
    fn the_id_in_the_name_of_an_attachment_is_left_out() {
        let id = "3e0b0c0a-0f0e-4d0c-8b0a-090807060504";
        for (name, expected) in [
            (format!("plan.{id}.pdf"), "plan.pdf"),
            (format!("archive.tar.{id}.gz"), "archive.tar.gz"),
            (format!("notes.{id}"), "notes"),
            ("plan.old.pdf".to_owned(), "plan.old.pdf"),
            ("plan".to_owned(), "plan"),
            (format!(".{id}.env"), ".env"),
        ] {
            assert_eq!(without_id(&name), expected, "{name}");
        }
    }
}
