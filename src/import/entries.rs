//! Entries of password managers, made into credentials: a login, one secret text, or a key store of several. A
//! login has no place for values such as a one-time password or a note, so they go into a key store beside it.

use std::collections::{HashMap, HashSet};

use unicode_normalization::UnicodeNormalization as _;

use super::entry::{ImportEntry, OwnValue, envelope, host};
use super::item::{Import, Item, item};
use crate::base64;
use crate::credential::Violations;
use crate::kind::ENTRIES;
use crate::secret::Secret;
use crate::text::is_hidden;
use crate::value::{Object, Value};

/// Longest id that is made, so that something can follow it.
const LONGEST_ID: usize = 110;
/// Credentials to be, each with an id of its own.
#[derive(Debug, Default)]
pub(super) struct Entries {
    ids: HashSet<String>,
    /// The last number that was put behind an id to tell it from others, by that id.
    numbers: HashMap<String, usize>,
    /// The ids before they were given numbers, by the ids that are used.
    bases: HashMap<String, String>,
    items: Vec<Item>,
    /// The places of the items in their list, by id.
    places: HashMap<String, usize>,
    pub notices: Vec<String>,
}

impl Entries {
    /// Returns everything that was added. An item that shares its title with another one is known by more than
    /// its id.
    pub fn finish(mut self) -> Import {
        for item in &mut self.items {
            let base = item.id.as_ref().and_then(|id| self.bases.remove(id));
            item.has_made_id = base.is_some();
            // an entry that is known by its title has one already
            if item.base.is_none() {
                // numbers follow the order of the file, so they do not identify an entry
                item.base = base.filter(|base| self.numbers.contains_key(base));
            }
        }
        Import { items: self.items, notices: self.notices, ..Import::default() }
    }

    /// Makes an id from a title, which no other item here has.
    pub fn id(&mut self, title: &str, fallback: &str) -> String {
        // a title may have nothing in it that an id may have
        let id = Some(id_of(title)).filter(|id| !id.is_empty()).unwrap_or_else(|| fallback.to_owned());
        let own = if self.ids.contains(&id) { self.numbered(&id) } else { id.clone() };
        self.ids.insert(own.clone());
        self.bases.insert(own.clone(), id);
        own
    }

    fn numbered(&mut self, id: &str) -> String {
        let number = self.numbers.entry(id.to_owned()).or_insert(1);
        loop {
            *number += 1;
            let numbered = format!("{id}-{number}");
            if !self.ids.contains(&numbered) {
                return numbered;
            }
        }
    }

    /// Adds a credential of a type.
    pub fn push(&mut self, kind: &str, id: &str, mut members: Object, dropped: Vec<String>) {
        members.insert("id", Value::text(id));
        self.push_item(item(kind, Some(id), members, dropped));
    }

    /// Adds an item that is ready.
    pub fn push_item(&mut self, mut item: Item) {
        if let Some(id) = item.id.clone() {
            item.set_id(&id);
            self.places.insert(id, self.items.len());
        }
        self.items.push(item);
    }

    /// Gives the last item, and what belongs to it, the id that its file has for it.
    pub fn identify_last(&mut self, id: &str) {
        if let Some(last) = self.items.last_mut() {
            last.rename(id);
            last.base = None;
        }
    }

    /// Marks the last item as known by its title, user and host, and not by its id.
    pub fn known_by_title(&mut self) {
        if let Some(last) = self.items.last_mut() {
            last.base = last.id.as_ref().and_then(|id| self.bases.get(id).cloned());
        }
    }

    /// Puts the last item beside the item of this id, to which it belongs.
    pub fn belongs_to(&mut self, id: &str) {
        let Some(owner) = self.places.get(id).copied() else { return };
        if let Some(last) = self.items.pop_if(|last| last.id.as_deref() != Some(id)) {
            self.items[owner].beside.push(last);
        }
    }

    /// Adds an item that cannot be a credential, with the reasons.
    pub fn fail(&mut self, id: &str, violations: Violations) {
        self.items.push(Item::new(Some(id.to_owned()), Err(violations)));
    }

    /// Adds an entry as a login, as one secret text, or as a key store.
    pub fn add(&mut self, mut entry: ImportEntry) {
        let host = entry.urls.first().and_then(|url| host(url.expose()));
        let title = if entry.title.trim().is_empty() { host.unwrap_or_default() } else { &entry.title };
        let id = self.id(title, "entry");
        let members = envelope(&mut entry);
        let ImportEntry { username, password, notes, totp, mut values, dropped, .. } = entry;
        for (name, value) in [("totp", totp), ("notes", notes)] {
            values.extend(value.map(|value| OwnValue::secret(name, value)));
        }
        let username = username.filter(|text| !text.is_empty());
        let password = password.filter(|text| !text.is_empty());
        match (username, password) {
            (Some(username), Some(password)) => {
                // before the members go into the login
                let beside = (!values.is_empty()).then(|| beside(&members, &id));
                self.push_login(&id, members, Some(username), Some(password), dropped);
                if let Some(members) = beside {
                    let extra = format!("{id}-extra");
                    self.push_store("generic", &extra, members, values, Vec::new());
                    let extra = self.items.pop();
                    if let Some(login) = self.items.last_mut() {
                        login.beside.extend(extra);
                    }
                }
            }
            // a login without its password is refused, and told
            (username, None) if values.is_empty() => {
                self.push_login(&id, members, username, None, dropped);
            }
            (username, password) => {
                let named =
                    |name: &str, value: Option<Secret>| value.map(|value| OwnValue::secret(name, value));
                let own = named("username", username).into_iter().chain(named("password", password));
                // in front, so that other values of these names get the numbers
                values.splice(..0, own);
                match values.pop() {
                    // one value alone needs no name
                    Some(OwnValue { value, .. }) if values.is_empty() => {
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
        self.known_by_title();
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
        values: Vec<OwnValue>,
        dropped: Vec<String>,
    ) {
        let mut store = Object::new();
        let mut numbers: HashMap<String, usize> = HashMap::new();
        for OwnValue { name: given, value, .. } in values {
            let name: String = given.chars().filter(|c| !is_hidden(*c)).collect();
            let name = if name.trim().is_empty() { "field" } else { name.trim() };
            if !given.is_empty() && given.trim() != name {
                self.notices.push(format!("{id}: a field cannot be called {given:?} and becomes {name}"));
            }
            let number = numbers.entry(name.to_owned()).or_insert(0);
            let free = loop {
                *number += 1;
                let numbered = if *number == 1 { name.to_owned() } else { format!("{name}-{number}") };
                if store.get(&numbered).is_none() {
                    break numbered;
                }
            };
            store.insert(free, Value::Text(base64::encode(value.expose().as_bytes())));
        }
        members.insert(ENTRIES, store);
        self.push(kind, id, members, dropped);
    }
}

/// Returns the members that a key store shares with the login beside which it stands.
fn beside(members: &Object, id: &str) -> Object {
    let mut own: Object = ["name", "labels", "validUntil"]
        .into_iter()
        .filter_map(|name| Some((name, members.get(name)?.clone())))
        .collect();
    own.insert("tags", Object::from_iter([("login", Value::text(id))]));
    own
}

/// Turns a title into an id: composed, without blanks, not too long.
fn id_of(title: &str) -> String {
    let mut id = String::new();
    // first composed, because ids are stored in that form
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
    use super::{Entries, ImportEntry, id_of};
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
        let login = || ImportEntry {
            title: "Web".into(),
            username: Some("u".into()),
            password: Some("p".into()),
            urls: vec![Secret::from("https://a.example/x"), Secret::from("https://u:p@b.example")],
            ..ImportEntry::default()
        };
        entries.add(login());
        entries.add(ImportEntry { totp: Some("s".into()), urls: vec![], ..login() });
        entries.add(ImportEntry { password: Some("only".into()), ..ImportEntry::default() });
        entries.add(ImportEntry { notes: Some("n".into()), ..ImportEntry::default() });
        entries.add(ImportEntry { username: Some("u".into()), ..ImportEntry::default() });
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
