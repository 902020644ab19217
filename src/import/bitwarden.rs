//! The JSON that Bitwarden and Vaultwarden export unencrypted: logins, notes, SSH keys, cards, identities.

use std::collections::{HashMap, HashSet};

use super::content::IncomingContent;
use super::entries::Entries;
use super::entry::ImportEntry;
use super::format::{ImportFacts, ImportFormat};
use super::item::Import;
use super::json_text::{is_export, is_nothing, list, parse_export, text};
use super::packed::PackedFiles;
use super::private_key::add_private_key;
use crate::credential::Violations;
use crate::value::{Object, Value};

pub(super) const FORMAT: ImportFormat = ImportFormat {
    name: "bitwarden",
    summary: "the unencrypted JSON export of Bitwarden",
    recognises: |text| is_export(text, &["\"encrypted\""], fits),
    read,
};

/// Members that an entry of any kind has and that mean nothing elsewhere.
const IDS: [&str; 7] = ["organizationId", "collectionIds", "folderId", "type", "object", "key", "reprompt"];

fn fits(export: &Object) -> bool {
    matches!(export.get("encrypted"), Some(Value::Bool(_)))
        && export.get("items").is_some_and(|items| items.as_list().is_some())
}

fn read(text: &str, facts: &ImportFacts<'_>) -> Result<Import, Violations> {
    let export = parse_export(text, fits, "an export of Bitwarden, with items")?;
    if export.get("encrypted") == Some(&Value::Bool(true)) {
        return Err(Violations::one(
            "document",
            "is encrypted; export it as .json, not as .json (encrypted)",
        ));
    }
    let mut folders = HashMap::new();
    // an organization exports its collections in the place of folders
    for kind in ["folders", "collections"] {
        for folder in list(export.get(kind)) {
            folders.extend(
                folder.text_at(&["id"]).map(str::to_owned).zip(folder.text_at(&["name"]).map(str::to_owned)),
            );
        }
    }
    let mut entries = Entries::default();
    let mut deleted = 0;
    for item in list(export.get("items")) {
        match item {
            // what was thrown away must not come back by an import
            Value::Object(item) if item.get("deletedDate").is_some_and(|date| !is_nothing(date)) => {
                deleted += 1;
            }
            Value::Object(item) => add(&mut entries, item.clone(), &folders, facts.files),
            other => {
                let id = entries.id("item", "item");
                entries
                    .fail(&id, Violations::one("items", format!("must be objects, not {}", other.shape())));
            }
        }
    }
    if deleted > 0 {
        entries.notices.push(format!("the trash was skipped, with {deleted} entries"));
    }
    Ok(entries.finish())
}

fn add(
    entries: &mut Entries,
    mut item: Object,
    folders: &HashMap<String, String>,
    files: Option<&PackedFiles>,
) {
    let mut entry = ImportEntry::default();
    let mut take = |name: &str| item.remove(name).filter(|value| *value != Value::Null);
    if let Some(Value::Text(name)) = take("name") {
        name.expose().clone_into(&mut entry.title);
    }
    let collections = take("collectionIds");
    let ids = list(collections.as_ref()).iter().filter_map(Value::as_text);
    let folder = take("folderId");
    for id in folder.iter().filter_map(Value::as_text).chain(ids) {
        match folders.get(id.expose()) {
            Some(name) => entry.labels.push(("folder", name.clone())),
            None => entry.dropped.push("folder of an unknown id".to_owned()),
        }
    }
    if take("favorite") == Some(Value::Bool(true)) {
        entry.labels.push(("favorite", "true".to_owned()));
    }
    entry.note(take("notes").and_then(text));
    for field in list(take("fields").as_ref()) {
        let name = field.text_at(&["name"]).map(str::to_owned).unwrap_or_default();
        if field.at(&["linkedId"]).is_some_and(|id| !is_nothing(id)) {
            // it has no value of its own, and the field that it is linked to is there
            entry.dropped.push(format!("linked field {name}"));
        }
        let value = field.at(&["value"]).cloned().and_then(text);
        // the kinds of fields that the program shows: texts, and yes or no
        if matches!(field.at(&["type"]), Some(Value::Number(kind)) if matches!(kind.as_u64(), Some(0 | 2))) {
            entry.shown(name, value);
        } else {
            entry.value(name, value);
        }
    }
    if let Some(Value::Object(login)) = take("login") {
        fill_login(&mut entry, login);
    }
    let (id, listed) = (take("id"), take("attachments"));
    if let Some((id, files)) = id.as_ref().and_then(Value::as_text).zip(files) {
        let folder = format!("attachments/{}/", id.expose());
        while let Some((name, file)) = files.take_first(&folder) {
            entry.file(&name, Some(IncomingContent::Packed(file)));
        }
    }
    // a list of names, which only some exports have
    let found: HashSet<String> = entry.files.iter().map(|file| file.name.clone()).collect();
    for name in list(listed.as_ref()).iter().map(|one| one.text_at(&["fileName"]).unwrap_or_default()) {
        if !found.contains(name) {
            entry.file(name, None);
        }
    }
    let ssh = take("sshKey");
    for (name, value) in ["card", "identity"].into_iter().filter_map(|name| Some((name, take(name)?))) {
        let Value::Object(members) = value else {
            entry.dropped.push(name.to_owned());
            continue;
        };
        for (name, value) in members {
            entry.value(name, text(value));
        }
    }
    // it has a type only; the text is in `notes`
    drop(take("secureNote"));
    for (name, value) in item {
        if !IDS.contains(&name.as_str()) && !is_nothing(&value) {
            entry.dropped.push(name);
        }
    }
    match ssh {
        Some(Value::Object(mut key)) => {
            let private = key.remove("privateKey").and_then(text);
            for (name, value) in key {
                entry.shown(name, text(value));
            }
            match private {
                Some(private) => add_private_key(entries, entry, private),
                None => entries.add(entry),
            }
        }
        _ => entries.add(entry),
    }
}

fn fill_login(entry: &mut ImportEntry, login: Object) {
    for (name, value) in login {
        match (name.as_str(), value) {
            ("username", value) => entry.username = text(value),
            ("password", value) => entry.password = text(value),
            ("uris", Value::List(uris)) => {
                entry.urls.extend(uris.iter().filter_map(|uri| text(uri.at(&["uri"])?.clone())));
            }
            // an empty list is no loss to report
            ("fido2Credentials", value) if is_nothing(&value) => {}
            ("fido2Credentials", _) => entry.dropped.push("login.fido2Credentials".to_owned()),
            ("totp", value) => entry.seed(text(value)),
            (_, value) => entry.value(name, text(value)),
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::import::tests::{read, recognised, shown};
    use crate::import::{ImportFacts, ImportFormat};

    const EXPORT: &str = r#"{"encrypted":false,"folders":[{"id":"f1","name":"Work/Dev"}],"items":[
        {"passwordHistory":[{"password":"old"}],"revisionDate":"2024-01-01T00:00:00.000Z","creationDate":null,
         "id":"i1","organizationId":null,"folderId":"f1","type":1,"reprompt":0,"name":"GitHub","notes":null,
         "favorite":true,"fields":[{"name":"PIN","value":"1234","type":1,"linkedId":null}],
         "login":{"fido2Credentials":[],"uris":[{"match":null,"uri":"https://github.com"}],"username":"me",
                  "password":"pw","totp":"ABC"},"collectionIds":null},
        {"id":"i2","folderId":null,"type":2,"name":"Wifi code","notes":"n1\nn2","secureNote":{"type":0}},
        {"id":"i3","type":3,"name":"Visa","card":{"number":"4111","code":"123","brand":null}},
        {"id":"i4","type":1,"name":"GitHub","login":{"username":"two","password":null}},
        {"id":"i5","type":5,"name":"ssh","sshKey":{"privateKey":"K","publicKey":"P","keyFingerprint":"F"}}]}"#;

    #[test]
    fn a_field_that_is_named_like_the_key_does_not_take_its_place() {
        let item = r#"{"encrypted":false,"items":[{"id":"i","type":5,"name":"ssh","fields":[
            {"name":"privkey","value":"x"},{"name":"note","value":"1"},{"name":"note","value":"2"}],
            "sshKey":{"privateKey":"K"}}]}"#;
        assert_eq!(
            shown(&read("bitwarden", item)),
            ["privkey ssh {name: ssh, keyStore: {privkey: K, privkey-2: x, note: 1, note-2: 2}}"]
        );
    }

    #[test]
    fn a_field_that_its_program_shows_is_public_unless_it_may_be_a_secret() {
        let field = |kind: u8, name: &str, value: &str| {
            format!(r#"{{"name":"{name}","value":"{value}","type":{kind}}}"#)
        };
        let fields = [
            field(0, "plan", "team"),
            field(2, "paid", "true"),
            field(1, "hidden", "h"),
            field(0, "Recovery codes", "1 2"),
            field(0, "lines", "a\\nb"),
            field(0, "db", "pg://u:p@h/x"),
        ];
        let note = format!(
            r#"{{"encrypted":false,"items":[{{"type":2,"name":"n","notes":"text","fields":[{}]}}]}}"#,
            fields.join(",")
        );
        assert_eq!(
            shown(&read("bitwarden", &note)),
            [
                "Simple n {name: n, value: text, custom: [{name: plan, value: team, secret: false}, {name: paid, value: \
              true, secret: false}, {name: hidden, value: h, secret: true}, {name: Recovery codes, value: 1 2, \
              secret: true}, {name: lines, value: a\nb, secret: true}, {name: db, value: pg://u:p@h/x, secret: true}]}"
            ]
        );
    }

    #[test]
    fn the_trash_and_linked_fields_are_told() {
        let export = r#"{"encrypted":false,"items":[
            {"type":1,"name":"old","login":{"username":"u","password":"p"},"deletedDate":"2024-01-01T00:00:00.000Z"},
            {"type":1,"name":"new","login":{"username":"u","password":"p"},"deletedDate":null,
             "fields":[{"name":"who","value":null,"type":3,"linkedId":100}]}]}"#;
        let import = read("bitwarden", export);
        assert_eq!(import.notices, ["the trash was skipped, with 1 entries"]);
        assert_eq!(
            shown(&import),
            ["UsernamePassword new {name: new, username: u, password: p} dropped linked field who"]
        );
    }

    #[test]
    fn every_kind_of_item_is_kept() {
        assert_eq!(recognised(EXPORT), Some("bitwarden"));
        assert_eq!(
            shown(&read("bitwarden", EXPORT)),
            [
                "UsernamePassword GitHub {name: GitHub, labels: [{name: folder, value: Work/Dev}, {name: favorite, \
                 value: true}], tags: {host: github.com}, url: [https://github.com], username: me, password: pw, \
                 totp: ABC, custom: [{name: PIN, value: 1234, secret: true}]} dropped passwordHistory, revisionDate",
                "Simple Wifi-code {name: Wifi code, value: n1\nn2}",
                "generic Visa {name: Visa, keyStore: {number: 4111, code: 123}}",
                "UsernamePassword GitHub-2 {name: GitHub, username: two}",
                "privkey ssh {name: ssh, keyStore: {privkey: K, publicKey: P, keyFingerprint: F}}",
            ]
        );
    }

    #[test]
    fn what_is_encrypted_is_refused() {
        let text = r#"{"encrypted":true,"items":[]}"#;
        let error = ImportFormat::find("bitwarden").unwrap().read(text, &ImportFacts::default()).unwrap_err();
        assert!(error.to_string().contains("encrypted"));
        assert_eq!(recognised(r#"{"items":[],"type":"application/astra-credentials"}"#), None);
    }
}
