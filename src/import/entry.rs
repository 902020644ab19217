//! Entries of other programs, and the members of them that every credential may have: a name, tags, labels.

use super::content::IncomingContent;
use super::entry_files::{EntryFile, dropped};
use crate::kind::URL;
use crate::kind::rule::text::LINE;
use crate::kind::rule::url::ADDRESS;
use crate::otp::holds_seed;
use crate::secret::Secret;
use crate::site::Site;
use crate::text::is_hidden;
use crate::value::{Object, Value};

/// Longest name.
const LONGEST_NAME: usize = 127;

/// An entry: the values that another program keeps as one.
#[derive(Debug, Default)]
pub(super) struct ImportEntry {
    /// The title, which may be empty.
    pub title: String,
    pub username: Option<Secret>,
    pub password: Option<Secret>,
    /// Addresses where it is used, the main one first.
    pub urls: Vec<Secret>,
    /// Notes, of any number of lines.
    pub notes: Option<Secret>,
    /// The seed of one-time passwords as its program writes it: a URI, or the seed alone.
    pub totp: Option<Secret>,
    /// All other values by name.
    pub values: Vec<OwnValue>,
    /// Folders and the like.
    pub labels: Vec<(&'static str, String)>,
    /// Values that are known and harmless to show, by name.
    pub tags: Vec<(String, String)>,
    /// The instant at which the entry ends.
    pub valid_until: Option<String>,
    /// The files that belong to it.
    pub files: Vec<EntryFile>,
    /// The names of values that have no place here.
    pub dropped: Vec<String>,
}

/// A value for which entries have no member of its own: a field that a person added.
#[derive(Debug, Clone)]
pub(super) struct OwnValue {
    pub name: String,
    pub value: Secret,
    pub is_secret: bool,
}

impl OwnValue {
    /// Makes a value that is shown only when revealing was asked for.
    pub fn secret(name: impl Into<String>, value: Secret) -> Self {
        Self { name: name.into(), value, is_secret: true }
    }
}

impl ImportEntry {
    /// Returns true if the entry has more than a user name, a password and addresses.
    pub fn has_more(&self) -> bool {
        self.notes.is_some() || self.totp.is_some() || !self.values.is_empty() || !self.files.is_empty()
    }

    /// Keeps a file, or its name if there is no content for it.
    pub fn file(&mut self, name: &str, content: Option<IncomingContent>) {
        match content {
            Some(content) => self.files.push(EntryFile { name: name.to_owned(), content }),
            None => self.dropped.push(dropped(name)),
        }
    }

    /// Keeps a secret value if there is one that is not empty.
    pub fn value(&mut self, name: impl Into<String>, value: Option<Secret>) {
        self.values.extend(given(value).map(|value| OwnValue::secret(name, value)));
    }

    /// Keeps a value that its program shows to everybody who looks at the entry. It is secret all the same if its
    /// name says so, or if it is not one short line.
    pub fn shown(&mut self, name: impl Into<String>, value: Option<Secret>) {
        let name = name.into();
        let is_secret = |value: &Secret| is_secretive(&name) || !is_harmless(value.expose());
        let value = given(value).map(|value| (is_secret(&value), value));
        self.values.extend(value.map(|(is_secret, value)| OwnValue { name, value, is_secret }));
    }

    /// Keeps notes. Second ones are a value of this name.
    pub fn note(&mut self, notes: Option<Secret>) {
        match given(notes) {
            Some(notes) if self.notes.is_none() => self.notes = Some(notes),
            notes => self.value("notes", notes),
        }
    }

    /// Makes a value, a mail address, the user name of a login that has a password and no user name.
    pub fn mail_as_username(&mut self, at: Option<usize>) {
        let at = at.filter(|at| *at < self.values.len());
        if let Some(at) = at.filter(|_| self.username.is_none() && self.password.is_some()) {
            self.username = Some(self.values.remove(at).value);
        }
    }

    /// Keeps the seed of one-time passwords. A second one is a value of this name.
    pub fn seed(&mut self, seed: Option<Secret>) {
        match given(seed) {
            Some(seed) if self.totp.is_none() => self.totp = Some(seed),
            seed => self.value("totp", seed),
        }
    }
}

/// Parts of names that people give to secrets, in small letters.
const SECRETIVE: [&str; 14] = [
    "pass", "pwd", "pin", "puk", "secret", "token", "key", "code", "cvv", "cvc", "answer", "seed", "otp",
    "recover",
];

fn is_secretive(name: &str) -> bool {
    let name = name.to_lowercase();
    SECRETIVE.iter().any(|part| name.contains(part))
}

/// Longest text that is shown because its program shows it.
const LONGEST_SHOWN: usize = 127;

fn given(value: Option<Secret>) -> Option<Secret> {
    value.filter(|value| !value.is_empty())
}

/// Returns true if a text that another program shows may be shown here, too: a short line, no address with a user or
/// password in it, and no seed.
fn is_harmless(text: &str) -> bool {
    text.chars().count() <= LONGEST_SHOWN
        && (LINE.check)(text).is_ok()
        && !(text.contains("://") && authority(text).contains('@'))
        && !holds_seed(text)
}

/// Takes the members out of an entry that every credential may have.
pub(super) fn envelope(entry: &mut ImportEntry) -> Object {
    let mut members = Object::new();
    let name: String = entry.title.trim().chars().filter(|c| !is_hidden(*c)).take(LONGEST_NAME).collect();
    if name != entry.title.trim() {
        entry.dropped.push("title, in part".to_owned());
    }
    if !name.trim().is_empty() {
        members.insert("name", Value::text(name.trim()));
    }
    let mut tags = Object::new();
    for (name, value) in std::mem::take(&mut entry.tags) {
        if holds_seed(&value) {
            entry.value(name, Some(Secret::from(value)));
            continue;
        }
        match (LINE.check)(&value) {
            Ok(_) => drop(tags.insert(name, Value::text(value))),
            Err(_) => entry.dropped.push(name),
        }
    }
    if !tags.is_empty() {
        members.insert("tags", tags);
    }
    let mut labels = Vec::new();
    for (name, value) in std::mem::take(&mut entry.labels) {
        if (LINE.check)(&value).is_err() {
            entry.dropped.push(name.to_owned());
            continue;
        }
        labels.push(Object::from_iter([("name", Value::text(name)), ("value", Value::text(value))]).into());
    }
    if !labels.is_empty() {
        members.insert("labels", Value::List(labels));
    }
    if let Some(until) = entry.valid_until.take() {
        members.insert("validUntil", Value::text(until));
    }
    members
}

/// The addresses of an entry that may be shown.
pub(super) struct Addresses {
    /// The addresses, each with its number in the entry.
    urls: Vec<(usize, Secret)>,
    /// The host of the main address.
    host: Option<String>,
}

impl Addresses {
    /// Takes the addresses out of an entry. One that may have a secret in it becomes a value of the entry.
    pub fn of(entry: &mut ImportEntry) -> Self {
        let mut addresses = Self { urls: Vec::new(), host: None };
        for (index, url) in std::mem::take(&mut entry.urls).into_iter().flat_map(lines).enumerate() {
            if (ADDRESS.check)(url.expose()).is_err() {
                entry.value(tag_name(index), Some(url));
                continue;
            }
            // only the main address: a login is for one host
            if index == 0 {
                addresses.host = place(url.expose());
            }
            addresses.urls.push((index, url));
        }
        addresses
    }

    /// Puts the addresses into the field of a login, and the host into its tag.
    pub fn put_in_field(self, members: &mut Object) {
        set_tags(members, self.host.map(|host| ("host".to_owned(), Value::text(host))));
        if !self.urls.is_empty() {
            members.insert(URL, Value::texts(self.urls.into_iter().map(|(_, url)| url)));
        }
    }

    /// Puts the addresses into tags, for a type that has no field for them.
    pub fn put_in_tags(self, members: &mut Object) {
        let host = self.host.map(|host| ("host".to_owned(), Value::text(host)));
        let urls = self.urls.into_iter().map(|(index, url)| (tag_name(index), Value::Text(url)));
        set_tags(members, host.into_iter().chain(urls));
    }
}

fn tag_name(index: usize) -> String {
    if index == 0 { URL.to_owned() } else { format!("{URL}-{}", index + 1) }
}

/// Puts tags before those that are there.
fn set_tags(members: &mut Object, tags: impl IntoIterator<Item = (String, Value)>) {
    let mut all: Object = tags.into_iter().collect();
    if let Some(Value::Object(others)) = members.remove("tags") {
        others.into_iter().for_each(|(name, value)| drop(all.insert(name, value)));
    }
    if !all.is_empty() {
        members.insert("tags", all);
    }
}

/// Splits a field in which addresses stand on lines of their own.
fn lines(url: Secret) -> Vec<Secret> {
    if url.expose().trim().len() == url.len() && !url.expose().contains(['\n', '\r']) {
        return vec![url];
    }
    let lines = url.expose().split(['\n', '\r']).map(str::trim).filter(|line| !line.is_empty());
    lines.map(Secret::from).collect()
}

/// Returns the part of an address between `//` and the path.
fn authority(url: &str) -> &str {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    rest.split(['/', '?', '#']).next().unwrap_or_default()
}

/// Returns the host that an address names, without port. It is the title of an entry without one.
pub(super) fn host(url: &str) -> Option<&str> {
    host_and_port(url).map(|(host, _)| host)
}

/// Returns the host that an address names, with its port unless it is the usual one of the scheme. Another port
/// is another service, which must not get the login.
fn place(url: &str) -> Option<String> {
    let (host, port) = host_and_port(url)?;
    let is_usual = Site::parse(url).is_some_and(|site| !site.names_port());
    Some(match port.filter(|port| !is_usual && !port.is_empty()) {
        Some(port) => format!("{host}:{port}"),
        None => host.to_owned(),
    })
}

fn host_and_port(url: &str) -> Option<(&str, Option<&str>)> {
    // that of Steam has the seed in the place of the host
    if holds_seed(url) {
        return None;
    }
    let authority = authority(url);
    let host = authority.rsplit_once('@').map_or(authority, |(_, host)| host);
    let (host, port) = match host.rsplit_once(':') {
        Some((host, port)) if port.bytes().all(|byte| byte.is_ascii_digit()) => (host, Some(port)),
        _ => (host, None),
    };
    Some((host, port)).filter(|(host, _)| !host.is_empty() && !host.contains(char::is_whitespace))
}

#[cfg(test)]
mod tests;
