//! Secrets of Kubernetes in YAML or JSON, as `kubectl get secret -o yaml` prints them: a manifest, several, or a
//! list.

use super::entries::Entries;
use super::entry::{ImportEntry, envelope};
use super::format::{ImportFacts, ImportFormat};
use super::item::Import;
use super::kubernetes_secret::{ManifestSecret, SecretForm};
use crate::base64;
use crate::credential::Violations;
use crate::kind::rule::variable::is_name;
use crate::kind::{ENTRIES, VARIABLES};
use crate::secret::Secret;
use crate::value::{Object, Value, json, parse_document};

pub(super) const FORMAT: ImportFormat =
    ImportFormat { name: "kubernetes", summary: "Secrets of Kubernetes in YAML or JSON", recognises, read };

/// The keys with the logins of registries.
const REGISTRIES: [&str; 2] = [".dockerconfigjson", ".dockercfg"];

fn recognises(text: &str) -> bool {
    // before the whole text is read
    let has_kind = text.contains("kind:") || text.contains("\"kind\"");
    has_kind
        && text.contains("Secret")
        && text.contains("apiVersion")
        && manifests(text).is_ok_and(|(found, _)| !found.is_empty())
}

/// Returns the Secrets among the manifests of a text, and the number of all others.
fn manifests(text: &str) -> Result<(Vec<Object>, usize), Violations> {
    let documents = parse_document(text)
        .map_err(|error| Violations::one("document", format!("is no manifest of Kubernetes ({error})")))?;
    let (mut found, mut others) = (Vec::new(), 0);
    for document in documents {
        let Value::Object(mut document) = document else {
            others += usize::from(document != Value::Null);
            continue;
        };
        match document.remove("items") {
            Some(Value::List(items)) if is_kind(&document, |kind| kind.ends_with("List")) => {
                for item in items {
                    match item {
                        Value::Object(item) if is_secret(&item, &document) => found.push(item),
                        _ => others += 1,
                    }
                }
            }
            _ if is_secret(&document, &document) => found.push(document),
            _ => others += 1,
        }
    }
    Ok((found, others))
}

fn is_kind(document: &Object, wanted: impl Fn(&str) -> bool) -> bool {
    document.get("kind").and_then(|kind| kind.text_at(&[])).is_some_and(wanted)
}

/// Returns true if a manifest is a Secret. An item of a list of Secrets need not say so.
fn is_secret(item: &Object, list: &Object) -> bool {
    match item.get("kind") {
        Some(_) => is_kind(item, |kind| kind == "Secret"),
        None => is_kind(list, |kind| kind == "SecretList"),
    }
}

fn read(text: &str, _: &ImportFacts<'_>) -> Result<Import, Violations> {
    let (found, others) = manifests(text)?;
    if found.is_empty() {
        return Err(Violations::one("document", "must be a Secret of Kubernetes, or a list of them"));
    }
    let mut entries = Entries::default();
    for manifest in &found {
        match ManifestSecret::read(manifest) {
            Ok(secret) => add(&mut entries, secret),
            Err(violations) => {
                let title = manifest.get("metadata").and_then(|metadata| metadata.text_at(&["name"]));
                let id = entries.id(title.unwrap_or_default(), "secret");
                entries.fail(&id, violations);
            }
        }
    }
    if others > 0 {
        entries.notices.push(format!("{others} manifests of other kinds were skipped"));
    }
    Ok(entries.finish())
}

fn add(entries: &mut Entries, mut secret: ManifestSecret) {
    let entry = secret.entry();
    match secret.form {
        SecretForm::Login => login(entries, entry, secret),
        SecretForm::Pair => pair(entries, entry, secret),
        SecretForm::SshKey => match secret.take("ssh-privatekey") {
            Some(key) => store(entries, entry, "privkey", "privkey", key, secret),
            None => generic(entries, entry, secret),
        },
        SecretForm::Token => match secret.take("token") {
            Some(token) => store(entries, entry, "apikey", "apikey", token, secret),
            None => generic(entries, entry, secret),
        },
        SecretForm::Registry => registries(entries, entry, secret),
        SecretForm::Other => generic(entries, entry, secret),
    }
}

/// Adds a user name and a password. A value that is no text makes a key store.
fn login(entries: &mut Entries, mut entry: ImportEntry, secret: ManifestSecret) {
    if secret.texts().is_none() {
        return generic(entries, entry, secret);
    }
    for (name, value) in secret.texts().into_iter().flatten() {
        match name {
            "username" => entry.username = Some(value),
            "password" => entry.password = Some(value),
            _ => entry.value(name, Some(value)),
        }
    }
    entries.add(entry);
}

/// Adds a certificate, and beside it its key.
fn pair(entries: &mut Entries, entry: ImportEntry, mut secret: ManifestSecret) {
    let (certificate, key) = (secret.take("tls.crt"), secret.take("tls.key"));
    let Some(certificate) = certificate.filter(|certificate| !certificate.is_empty()) else {
        return match key {
            Some(key) => store(entries, entry, "privkey", "privkey", key, secret),
            None => generic(entries, entry, secret),
        };
    };
    let title = entry.title.clone();
    let labels = entry.labels.clone();
    store(entries, entry, "certificate", "certificate", certificate, secret);
    let Some(owner) = entries.last_id() else { return };
    if let Some(key) = key.filter(|key| !key.is_empty()) {
        let entry = ImportEntry { title: format!("{title}-key"), labels, ..ImportEntry::default() };
        store(entries, entry, "privkey", "privkey", key, ManifestSecret::default());
        entries.belongs_to(&owner);
    }
}

/// Adds the logins of registries, one each.
fn registries(entries: &mut Entries, entry: ImportEntry, mut secret: ManifestSecret) {
    let config = REGISTRIES.iter().find_map(|key| Some((*key, secret.take(key)?)));
    let logins = config.as_ref().and_then(|(_, config)| match json::parse(config) {
        Ok(Value::Object(config)) => match config.get("auths") {
            Some(auths) => auths.as_object().cloned(),
            None => Some(config),
        },
        _ => None,
    });
    let Some(logins) = logins.filter(|logins| !logins.is_empty()) else {
        secret.data.extend(config.map(|(key, config)| (key.to_owned(), config)));
        return generic(entries, entry, secret);
    };
    let is_one = logins.len() == 1;
    for (registry, login) in logins.iter() {
        let title = if is_one { entry.title.clone() } else { format!("{} {registry}", entry.title) };
        let mut own = ImportEntry { title, labels: entry.labels.clone(), ..ImportEntry::default() };
        own.urls.push(Secret::from(registry));
        let member =
            |name: &str| login.at(&[name]).and_then(Value::as_text).cloned().filter(|text| !text.is_empty());
        (own.username, own.password) = (member("username"), member("password"));
        // both together, in base64
        if let Some(auth) = member("auth").filter(|_| own.username.is_none() || own.password.is_none()) {
            let bytes = base64::decode(auth.expose().trim()).ok();
            let pair = bytes.as_deref().and_then(|bytes| std::str::from_utf8(bytes).ok()?.split_once(':'));
            match pair {
                Some((username, password)) => {
                    (own.username, own.password) = (Some(username.into()), Some(password.into()));
                }
                None => own.value("auth", Some(auth)),
            }
        }
        for (name, value) in login.as_object().into_iter().flat_map(Object::iter) {
            if !["username", "password", "auth"].contains(&name) {
                own.value(name, value.as_text().cloned());
            }
        }
        entries.add(own);
    }
    if !secret.data.is_empty() {
        let entry = ImportEntry { title: format!("{}-extra", entry.title), ..entry };
        generic(entries, entry, secret);
    }
}

/// Adds all values by their names: as variables, if all of them can be, or else as a key store.
fn generic(entries: &mut Entries, mut entry: ImportEntry, secret: ManifestSecret) {
    let is_other = secret.form == SecretForm::Other;
    let texts = secret.texts().filter(|texts| is_other && texts.iter().all(|(name, _)| is_name(name)));
    let Some(texts) = texts else { return push(entries, entry, "generic", secret.data) };
    let id = entries.id(&entry.title, "secret");
    let mut members = envelope(&mut entry);
    let texts = texts.into_iter().map(|(name, text)| (name, Value::Text(text)));
    members.insert(VARIABLES, texts.collect::<Object>());
    entries.push("env", &id, members, entry.dropped);
    entries.known_by_title();
}

/// Adds a key store of a type, with its main value in front of all others.
fn store(
    entries: &mut Entries,
    entry: ImportEntry,
    kind: &str,
    name: &str,
    value: zeroize::Zeroizing<Vec<u8>>,
    secret: ManifestSecret,
) {
    let mut data = vec![(name.to_owned(), value)];
    data.extend(secret.data);
    push(entries, entry, kind, data);
}

fn push(
    entries: &mut Entries,
    mut entry: ImportEntry,
    kind: &str,
    data: Vec<(String, zeroize::Zeroizing<Vec<u8>>)>,
) {
    let id = entries.id(&entry.title, "secret");
    let mut members = envelope(&mut entry);
    let store = data.into_iter().map(|(name, value)| (name, Value::Text(base64::encode(&value))));
    members.insert(ENTRIES, store.collect::<Object>());
    entries.push(kind, &id, members, entry.dropped);
    entries.known_by_title();
}
