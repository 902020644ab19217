//! What password managers keep of an entry, made into credentials: a login, one secret text, or a key store
//! of several. What a login has no place for, a one-time password or a note, goes into a key store beside it.

use std::collections::{HashMap, HashSet};

use unicode_normalization::UnicodeNormalization as _;

use super::entry::{Entry, envelope, host};
use super::{Import, Incoming, Item};
use crate::credential::{Draft, Violations};
use crate::kind;
use crate::kind::rule::encoding;
use crate::kind::rule::text::is_hidden;
use crate::secret::Secret;
use crate::value::{Object, Value};

/// Longest id that is made, so that something can follow it.
const LONGEST_ID: usize = 110;
/// Credentials to be, with ids that no two of them share.
#[derive(Debug, Default)]
pub(super) struct Entries {
    ids: HashSet<String>,
    /// The last number that an id was given to tell it from others.
    numbers: HashMap<String, usize>,
    items: Vec<Item>,
    pub notices: Vec<String>,
}

impl Entries {
    /// Everything that was added.
    pub fn finish(self) -> Import {
        Import { items: self.items, notices: self.notices, ..Import::default() }
    }

    /// An id made from a title, which nothing else here has.
    pub fn id(&mut self, title: &str, fallback: &str) -> String {
        let id = Some(id_of(title)).filter(|id| !id.is_empty()).unwrap_or_else(|| fallback.to_owned());
        if self.ids.insert(id.clone()) {
            return id;
        }
        let number = self.numbers.entry(id.clone()).or_insert(1);
        loop {
            *number += 1;
            let numbered = format!("{id}-{number}");
            if self.ids.insert(numbered.clone()) {
                return numbered;
            }
        }
    }

    /// Adds a credential of a type.
    pub fn push(&mut self, kind: &str, id: &str, members: Object, dropped: Vec<String>) {
        let mut members = members;
        members.insert("id", Value::text(id));
        let incoming = kind::find(kind).ok_or_else(|| Violations::one("type", "is not a known type"));
        let incoming = incoming.map(|named| Incoming {
            kind: named.kind,
            draft: Draft::from_members(named.kind, members),
            made: None,
            access: None,
            dropped,
        });
        self.items.push(Item { id: Some(id.to_owned()), incoming: incoming.map(Box::new) });
    }

    /// Says of something that it cannot be a credential.
    pub fn fail(&mut self, id: &str, violations: Violations) {
        self.items.push(Item { id: Some(id.to_owned()), incoming: Err(violations) });
    }

    /// Adds an entry.
    pub fn add(&mut self, mut entry: Entry) {
        let host = entry.urls.first().and_then(|url| host(url.expose()));
        let title = if entry.title.trim().is_empty() { host.unwrap_or_default() } else { &entry.title };
        let id = self.id(title, "entry");
        let members = envelope(&mut entry);
        let Entry { username, password, mut values, dropped, .. } = entry;
        let username = username.filter(|text| !text.is_empty());
        let password = password.filter(|text| !text.is_empty());
        match (username, password) {
            (Some(username), Some(password)) => {
                let beside = (!values.is_empty()).then(|| beside(&members, &id));
                self.push_login(&id, members, Some(username), Some(password), dropped);
                if let Some(members) = beside {
                    let id = self.id(&format!("{id}-extra"), "extra");
                    self.push_store("generic", &id, members, values, Vec::new());
                }
            }
            // a login without its password is refused, and told
            (username, None) if values.is_empty() => {
                self.push_login(&id, members, username, None, dropped);
            }
            (username, password) => {
                let named = |name: &str, value: Option<Secret>| value.map(|value| (name.to_owned(), value));
                let own = named("username", username).into_iter().chain(named("password", password));
                values.splice(..0, own);
                match values.pop() {
                    Some((_, value)) if values.is_empty() => {
                        let mut members = members;
                        members.insert("value", Value::Text(value));
                        self.push("Simple", &id, members, dropped);
                    }
                    last => {
                        values.extend(last);
                        self.push_store("generic", &id, members, values, dropped);
                    }
                }
            }
        }
    }

    fn push_login(
        &mut self,
        id: &str,
        mut members: Object,
        username: Option<Secret>,
        password: Option<Secret>,
        dropped: Vec<String>,
    ) {
        for (name, value) in [("username", username), ("password", password)] {
            if let Some(value) = value {
                members.insert(name, Value::Text(value));
            }
        }
        self.push("UsernamePassword", id, members, dropped);
    }

    /// Adds a key store of a type with these values.
    pub fn push_store(
        &mut self,
        kind: &str,
        id: &str,
        mut members: Object,
        values: Vec<(String, Secret)>,
        dropped: Vec<String>,
    ) {
        let mut store = Object::new();
        for (name, value) in values {
            let name: String = name.chars().filter(|c| !is_hidden(*c)).collect();
            let name = if name.trim().is_empty() { "field" } else { name.trim() };
            let free = |name: &String| store.get(name).is_none();
            let mut names =
                std::iter::once(name.to_owned()).chain((2..).map(|number| format!("{name}-{number}")));
            if let Some(name) = names.find(free) {
                store.insert(name, Value::Text(encoding::encode(value.expose().as_bytes())));
            }
        }
        members.insert("keyStore", store);
        self.push(kind, id, members, dropped);
    }
}

/// What a key store has in common with the login that it stands beside.
fn beside(members: &Object, id: &str) -> Object {
    let mut own: Object = ["name", "labels", "validUntil"]
        .into_iter()
        .filter_map(|name| Some((name, members.get(name)?.clone())))
        .collect();
    own.insert("tags", Object::from_iter([("login", Value::text(id))]));
    own
}

/// A title as an id: composed, without blanks, not too long.
fn id_of(title: &str) -> String {
    let mut id = String::new();
    for c in title.trim().nfc() {
        let c = if c.is_whitespace() { '-' } else { c };
        if !is_hidden(c) && !(c == '-' && (id.is_empty() || id.ends_with('-'))) {
            id.push(c);
        }
    }
    let id: String = id.chars().take(LONGEST_ID).collect();
    id.trim_end_matches('-').to_owned()
}

#[cfg(test)]
mod tests {
    use super::{Entries, Entry, id_of};
    use crate::import::tests::shown;
    use crate::secret::Secret;

    #[test]
    fn titles_become_ids() {
        for (title, id) in [
            ("GitHub", "GitHub"),
            (" My  Bank (new) ", "My-Bank-(new)"),
            ("--x- -y--", "x-y"),
            ("a\u{202e}b\tc", "ab-c"),
            ("o\u{308}de", "öde"),
            ("\u{a0}", ""),
        ] {
            assert_eq!(id_of(title), id, "{title:?}");
        }
        assert_eq!(id_of(&"x".repeat(500)).len(), 110);
    }

    #[test]
    fn ids_are_not_shared() {
        let mut entries = Entries::default();
        let ids = ["a", "a", "a-2", "a"].map(|title| entries.id(title, "entry"));
        assert_eq!(ids, ["a", "a-2", "a-2-2", "a-3"]);
        assert_eq!(entries.id(" ", "entry"), "entry");
    }

    #[test]
    fn an_entry_becomes_what_it_has() {
        let mut entries = Entries::default();
        let login = || Entry {
            title: "Web".into(),
            username: Some("u".into()),
            password: Some("p".into()),
            urls: vec![Secret::from("https://a.example/x"), Secret::from("https://u:p@b.example")],
            ..Entry::default()
        };
        entries.add(login());
        entries.add(Entry { values: vec![("totp".into(), Secret::from("s"))], urls: vec![], ..login() });
        entries.add(Entry { password: Some("only".into()), ..Entry::default() });
        entries.add(Entry { values: vec![("notes".into(), Secret::from("n"))], ..Entry::default() });
        entries.add(Entry { username: Some("u".into()), ..Entry::default() });
        assert_eq!(
            shown(&entries.finish()),
            [
                "UsernamePassword Web {name: Web, tags: {host: a.example, url: https://a.example/x}, username: u, \
                 password: p}",
                "generic Web-extra {name: Web, tags: {login: Web}, keyStore: {url-2: https://u:p@b.example}}",
                "UsernamePassword Web-2 {name: Web, username: u, password: p}",
                "generic Web-2-extra {name: Web, tags: {login: Web-2}, keyStore: {totp: s}}",
                "Simple entry {value: only}",
                "Simple entry-2 {value: n}",
                "UsernamePassword entry-3 {username: u}",
            ]
        );
    }
}
