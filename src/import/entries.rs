//! Entries of password managers, made into credentials: a login, one secret text, or a key store of several
//! secrets. What the type has no field for goes into own fields.

use std::collections::{HashMap, HashSet};

use super::entry::{Addresses, ImportEntry, OwnValue, envelope, host};
use super::entry_files::{EntryFile, LARGEST as LARGEST_FILES, NamedFiles};
use super::item::{Import, Item, item};
use super::made_id::id_of;
use super::own_fields::{put_entries, put_own};
use crate::credential::Violations;
use crate::kind::{self, LOGIN_TYPE, NOTES, Shape, TOTP};
use crate::secret::Secret;
use crate::value::{Object, Value};

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
    /// The size of the attachments so far, in bytes.
    attached: u64,
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

    /// Returns the id of the last item.
    pub fn last_id(&self) -> Option<String> {
        self.items.last()?.id.clone()
    }

    /// Puts the last item beside the item of this id, to which it belongs.
    pub fn belongs_to(&mut self, id: &str) {
        let Some(owner) = self.places.get(id).copied() else { return };
        if let Some(last) = self.items.pop_if(|last| last.id.as_deref() != Some(id)) {
            self.items[owner].beside.push(last);
        }
    }

    /// Attaches the files of an entry to the last item.
    pub fn attach(&mut self, files: Vec<EntryFile>) {
        let Some(Item { id, incoming: Ok(incoming), .. }) = self.items.last_mut() else { return };
        if files.is_empty() {
            return;
        }
        let mut left = LARGEST_FILES.saturating_sub(self.attached);
        let named = NamedFiles::of(id.as_deref().unwrap_or_default(), files, &mut left);
        self.attached = LARGEST_FILES - left;
        incoming.attachments = Some(named.attachments);
        incoming.dropped.extend(named.dropped);
        self.notices.extend(named.notices);
    }

    /// Adds an item that cannot be a credential, with the reasons.
    pub fn fail(&mut self, id: &str, violations: Violations) {
        self.items.push(Item::new(Some(id.to_owned()), Err(violations)));
    }

    /// Adds an entry as a login, as one secret text, or as a key store. Values that the type has no field for
    /// become own fields.
    pub fn add(&mut self, mut entry: ImportEntry) {
        let host = entry.urls.first().and_then(|url| host(url.expose()));
        let title = if entry.title.trim().is_empty() { host.unwrap_or_default() } else { &entry.title };
        let id = self.id(title, "entry");
        let addresses = Addresses::of(&mut entry);
        let mut members = envelope(&mut entry);
        let has_more = entry.has_more();
        let files = std::mem::take(&mut entry.files);
        let username = entry.username.take().filter(|text| !text.is_empty());
        let password = entry.password.take().filter(|text| !text.is_empty());
        match (username, password) {
            (Some(username), password) if password.is_some() || !has_more => {
                addresses.put_in_field(&mut members);
                members.insert("username", Value::Text(username));
                // a login without its password is refused, and told
                if let Some(password) = password {
                    members.insert("password", Value::Text(password));
                }
                self.push_login(&id, members, entry);
            }
            (username, password) => {
                addresses.put_in_tags(&mut members);
                if !files.is_empty() && username.is_none() && password.is_none() && !entry.has_more() {
                    // a secret cannot be empty
                    self.notices.push(format!("{id} has nothing but attachments; its value is their names"));
                    let names: Vec<_> = files.iter().map(|file| file.name.as_str()).collect();
                    entry.notes = Some(Secret::from(names.join("\n")));
                }
                self.push_secret(&id, members, username, password, entry);
            }
        }
        self.known_by_title();
        self.attach(files);
    }

    fn push_login(&mut self, id: &str, mut members: Object, entry: ImportEntry) {
        let ImportEntry { notes, totp, mut values, dropped, .. } = entry;
        for (name, value) in [(TOTP, totp), (NOTES, notes)] {
            match value {
                Some(value) if fits(name, &value) => drop(members.insert(name, Value::Text(value))),
                value => values.extend(value.map(|value| OwnValue::secret(name, value))),
            }
        }
        self.notices.extend(put_own(&mut members, id, values));
        self.push(LOGIN_TYPE, id, members, dropped);
    }

    /// Adds an entry that is no login: as its one secret with own fields, or as a key store of several secrets.
    fn push_secret(
        &mut self,
        id: &str,
        mut members: Object,
        username: Option<Secret>,
        password: Option<Secret>,
        entry: ImportEntry,
    ) {
        let ImportEntry { notes, totp, values, dropped, .. } = entry;
        let named = |name: &str, value: Option<Secret>| value.map(|value| OwnValue::secret(name, value));
        let is_secret = !matches!((&password, &notes), (None, None)) && username.is_none();
        let first = named("username", username).into_iter().chain(named("password", password));
        let mut all: Vec<OwnValue> = if is_secret {
            // the secret itself comes first: the password, or else the notes
            first.chain(named(NOTES, notes)).chain(named(TOTP, totp)).chain(values).collect()
        } else {
            // so that other values of these names get the numbers
            first.chain(values).chain(named(TOTP, totp)).chain(named(NOTES, notes)).collect()
        };
        let secrets = all.iter().filter(|value| value.is_secret).count();
        let main = match all.iter().position(|value| value.is_secret) {
            Some(at) if is_secret || secrets == 1 => Some(at),
            None if all.len() == 1 => Some(0),
            _ => None,
        };
        let Some(main) = main else {
            return self.push_store("generic", id, members, all, dropped);
        };
        // earlier versions had no own fields
        let earlier = (all.len() > 1).then(|| {
            let mut members = members.clone();
            put_entries(&mut members, id, all.clone());
            members
        });
        let OwnValue { value, .. } = all.remove(main);
        members.insert("value", Value::Text(value));
        self.notices.extend(put_own(&mut members, id, all));
        self.push("Simple", id, members, dropped);
        if let (Some(mut members), Some(last)) = (earlier, self.items.last_mut()) {
            members.insert("id", Value::text(id));
            last.earlier = item("generic", Some(id), members, Vec::new()).incoming.ok();
        }
    }

    /// Adds a key store of a type with these values. Those that may be shown are own fields of it.
    pub fn push_store(
        &mut self,
        kind: &str,
        id: &str,
        mut members: Object,
        values: Vec<OwnValue>,
        dropped: Vec<String>,
    ) {
        let (secret, shown): (Vec<_>, Vec<_>) = values.into_iter().partition(|value| value.is_secret);
        // a key store cannot be empty
        let (secret, shown) = if secret.is_empty() { (shown, secret) } else { (secret, shown) };
        self.notices.extend(put_entries(&mut members, id, secret));
        self.notices.extend(put_own(&mut members, id, shown));
        self.push(kind, id, members, dropped);
    }
}

/// Returns true if a field of logins takes a value as it is. Any other value is no loss as an own field.
fn fits(name: &str, value: &Secret) -> bool {
    let field = kind::find(LOGIN_TYPE).and_then(|named| named.kind.field(name));
    field.is_some_and(|field| match field.shape {
        Shape::Line(rule) | Shape::Text(rule) => (rule.check)(value.expose()).is_ok(),
        _ => true,
    })
}

#[cfg(test)]
mod tests {
    use super::{Entries, ImportEntry};
    use crate::import::tests::shown;
    use crate::secret::Secret;

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
        entries.add(ImportEntry { totp: Some("GEZDGNBVGY3TQOJQ".into()), urls: vec![], ..login() });
        entries.add(ImportEntry { password: Some("only".into()), ..ImportEntry::default() });
        entries.add(ImportEntry { notes: Some("n".into()), ..ImportEntry::default() });
        entries.add(ImportEntry { username: Some("u".into()), ..ImportEntry::default() });
        assert_eq!(
            shown(&entries.finish()),
            [
                "UsernamePassword Web {name: Web, tags: {host: a.example}, url: [https://a.example/x], username: u, \
                 password: p, custom: [{name: url-2, value: https://u:p@b.example, secret: true}]}",
                "UsernamePassword Web-2 {name: Web, username: u, password: p, totp: GEZDGNBVGY3TQOJQ}",
                "Simple entry {value: only}",
                "Simple entry-2 {value: n}",
                "UsernamePassword entry-3 {username: u}",
            ]
        );
    }
}
