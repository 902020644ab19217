//! What another program keeps as one, and what of it every credential may have: a name, tags, labels.

use crate::kind::rule::text::{LINE, is_hidden};
use crate::secret::Secret;
use crate::value::{Object, Value};

/// Longest name.
const LONGEST_NAME: usize = 127;

/// What another program keeps as one.
#[derive(Debug, Default)]
pub(super) struct Entry {
    /// What it is called; may be empty.
    pub title: String,
    pub username: Option<Secret>,
    pub password: Option<Secret>,
    /// Addresses where it is used, the main one first.
    pub urls: Vec<Secret>,
    /// Whatever else it holds, by name: notes, seeds of one-time passwords, fields of its own.
    pub values: Vec<(String, Secret)>,
    /// Folders and the like.
    pub labels: Vec<(&'static str, String)>,
    /// What is known and harmless to show.
    pub tags: Vec<(String, String)>,
    /// When it ends.
    pub valid_until: Option<String>,
    /// Names of what has no place here.
    pub dropped: Vec<String>,
}

impl Entry {
    /// Keeps a value if there is one.
    pub fn value(&mut self, name: impl Into<String>, value: Option<Secret>) {
        if let Some(value) = value.filter(|value| !value.is_empty()) {
            self.values.push((name.into(), value));
        }
    }
}

/// The members that every credential may have.
pub(super) fn envelope(entry: &mut Entry) -> Object {
    let mut members = Object::new();
    let name: String = entry.title.trim().chars().filter(|c| !is_hidden(*c)).take(LONGEST_NAME).collect();
    if name != entry.title.trim() {
        entry.dropped.push("title, in part".to_owned());
    }
    if !name.trim().is_empty() {
        members.insert("name", Value::text(name.trim()));
    }
    let mut tags = Object::new();
    for (index, url) in std::mem::take(&mut entry.urls).into_iter().enumerate() {
        let name = if index == 0 { "url".to_owned() } else { format!("url-{}", index + 1) };
        let text = url.expose();
        // a tag is shown, and a password may stand before the host
        if (LINE.check)(text).is_err() || authority(text).contains('@') {
            entry.values.push((name, url));
            continue;
        }
        if let Some(host) = host(text).filter(|_| index == 0) {
            tags.insert("host", Value::text(host));
        }
        tags.insert(name, Value::text(text));
    }
    for (name, value) in std::mem::take(&mut entry.tags) {
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

/// What stands between `//` and the path.
fn authority(url: &str) -> &str {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    rest.split(['/', '?', '#']).next().unwrap_or_default()
}

/// The host that an address names, without port.
pub(super) fn host(url: &str) -> Option<&str> {
    let authority = authority(url);
    let host = authority.rsplit_once('@').map_or(authority, |(_, host)| host);
    let host = match host.rsplit_once(':') {
        Some((host, port)) if port.bytes().all(|byte| byte.is_ascii_digit()) => host,
        _ => host,
    };
    Some(host).filter(|host| !host.is_empty() && !host.contains(char::is_whitespace))
}

#[cfg(test)]
mod tests {
    use super::host;

    #[test]
    fn hosts_are_found_in_addresses() {
        for (url, expected) in [
            ("https://a.example:8443/x?y@z", Some("a.example")),
            ("https://u:p@a.example/", Some("a.example")),
            ("a.example/x", Some("a.example")),
            ("https://[::1]:80/", Some("[::1]")),
            ("", None),
            ("no host", None),
        ] {
            assert_eq!(host(url), expected, "{url}");
        }
    }
}
