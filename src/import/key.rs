//! The identity of an entry, its name and the place of its use: alike for entries in the file and in the vault.

use std::hash::{BuildHasher as _, RandomState};

use unicode_normalization::UnicodeNormalization as _;

use super::item::Item;
use crate::credential::LOGIN;
use crate::credential::{Credential, label_values};
use crate::kind::{ENTRIES, Field, Kind, Shape, URL};
use crate::secret::{Buffer, Secret};
use crate::site::{HOST, Site, Sites, is_url};
use crate::time;
use crate::value::{Object, Value, json};

/// The labels that say where a program keeps an entry. An operator may have added others.
const FOLDERS: [&str; 3] = ["folder", "group", "tag"];

/// The identity of an entry.
pub(super) struct EntryKey {
    /// The id that its title makes.
    pub base: String,
    /// The title; none if its program has no name for the entry.
    pub title: Option<String>,
    /// The names under which the entry is found. One without a name is found by its id.
    pub names: Vec<String>,
    pub kind: &'static str,
    /// The type that earlier versions gave such an entry.
    pub earlier_kind: Option<&'static str>,
    pub user: String,
    /// The host and port, in a form that is the same for equal ones.
    pub host: String,
    /// The digest of its addresses and folders.
    pub place: u64,
    /// The digest of its fields.
    pub fields: u64,
    /// The digest of all that an import would write.
    pub whole: u64,
}

impl EntryKey {
    /// Makes the key of an item whose id was made from a title. Returns `None` for any other item.
    pub fn of_item(item: &Item, digests: &Digests) -> Option<Self> {
        let base = item.base.clone()?;
        let incoming = item.incoming.as_ref().ok()?;
        let members = &incoming.draft.members;
        let title = members.get("name").and_then(Value::as_text);
        // as a stored name is
        let title: Option<String> = title.map(|title| title.expose().nfc().collect());
        let names = match &title {
            // a stored credential whose name is its id was given none, so it may be this one
            Some(title) => vec![title.clone(), unnamed(&base)],
            None => vec![numbered(&base)],
        };
        let beside = item.beside.iter().filter(|beside| beside.login().is_some());
        let beside = beside.filter_map(|beside| beside.incoming.as_ref().ok());
        let beside = beside.map(|one| digests.all_fields(one.kind, &one.draft.members)).collect();
        let until = members.get("validUntil").and_then(Value::as_text).map(Secret::expose);
        let until = until.map(|text| time::parse(text).map_or_else(|_| text.to_owned(), time::format));
        let nothing = Object::new();
        let tags = members.get("tags").and_then(Value::as_object).unwrap_or(&nothing);
        let labels = members.get("labels").and_then(Value::as_list).unwrap_or_default();
        let own = Parts { kind: incoming.kind, members, tags, labels, until, beside };
        let earlier_kind = item.earlier.as_ref().map(|earlier| earlier.kind.name);
        Some(Self { earlier_kind, ..Self::new(base, title, names, own, digests) })
    }

    /// Makes the key of a stored credential, with the credentials that belong to it.
    pub fn of_stored(credential: &Credential, beside: &[Credential], digests: &Digests) -> Self {
        let head = credential.head();
        let mut names = vec![head.envelope.name.clone()];
        // the gate sets the name to the id where none is given
        if head.envelope.name == head.id {
            names.extend([unnamed(&head.id), numbered(without_number(&head.id))]);
        }
        let labels = label_values(&head.envelope.labels);
        let own = Parts {
            kind: head.kind,
            members: credential.fields(),
            tags: &head.envelope.tags,
            labels: labels.as_list().unwrap_or_default(),
            until: head.envelope.valid_until.map(time::format),
            beside: beside.iter().map(|one| digests.all_fields(one.kind(), one.fields())).collect(),
        };
        Self::new(head.id.clone(), None, names, own, digests)
    }

    fn new(
        base: String,
        title: Option<String>,
        names: Vec<String>,
        own: Parts<'_>,
        digests: &Digests,
    ) -> Self {
        let Parts { kind, members, tags, labels, until, mut beside } = own;
        let tag = |(name, value): (&str, &Value)| Some(format!("{name}\0{}", text(value)?));
        // earlier versions kept the addresses in tags
        let written = members.get(URL).and_then(Value::as_list).unwrap_or_default();
        let tagged = tags.iter().filter(|(name, _)| is_url(name)).map(|(_, value)| value);
        let urls: Vec<String> = written.iter().chain(tagged).filter_map(text).map(str::to_owned).collect();
        let label =
            |value: &Value| Some(format!("{}\0{}", value.text_at(&["name"])?, value.text_at(&["value"])?));
        let is_folder = |value: &&Value| value.text_at(&["name"]).is_some_and(|name| FOLDERS.contains(&name));
        let folders = labels.iter().filter(is_folder).filter_map(label).collect();
        // earlier versions kept the host without its port
        let is_told = |name: &str| name != HOST && name != LOGIN && !is_url(name);
        let told = tags.iter().filter(|(name, _)| is_told(name)).filter_map(tag).collect();
        let labels = labels.iter().filter_map(label).collect();
        let fields = digests.fields(kind, members);
        let all = digests.all_fields(kind, members);
        // the order of the credentials beside it says nothing
        beside.sort_unstable();
        let urls = digests.texts(urls);
        let whole =
            digests.0.hash_one((urls, digests.texts(told), digests.texts(labels), until, all, beside));
        Self {
            base,
            title,
            names,
            kind: kind.name,
            user: user(members),
            earlier_kind: None,
            host: host(members, tags),
            place: digests.0.hash_one((urls, digests.texts(folders))),
            fields,
            whole,
        }
    }
}

/// The parts of which a key is made.
struct Parts<'a> {
    kind: &'static Kind,
    members: &'a Object,
    tags: &'a Object,
    labels: &'a [Value],
    until: Option<String>,
    /// The digests of the credentials that belong to it.
    beside: Vec<u64>,
}

/// A maker of digests with a random key of its own, so that no file can be made to have equal ones.
#[derive(Default)]
pub(super) struct Digests(RandomState);

impl Digests {
    /// Returns the digest of the fields that earlier versions knew, too.
    fn fields(&self, kind: &Kind, members: &Object) -> u64 {
        self.of(kind.every_field().filter(|field| !field.is_ours), members)
    }

    /// Returns the digest of the fields, without the addresses, which may be in tags.
    fn all_fields(&self, kind: &Kind, members: &Object) -> u64 {
        self.of(kind.every_field().filter(|field| field.name != URL), members)
    }

    fn of(&self, fields: impl Iterator<Item = &'static Field>, members: &Object) -> u64 {
        let mut out = Buffer::with_capacity(256);
        for field in fields {
            let Some(value) = members.get(field.name) else { continue };
            out.push(field.name);
            match (field.shape, value) {
                // the order of the entries of a key store says nothing
                (Shape::Store(_), Value::Object(store)) => {
                    let mut entries: Vec<(&str, &Value)> = store.iter().collect();
                    entries.sort_unstable_by_key(|(name, _)| *name);
                    for (name, value) in entries {
                        out.push("\n ");
                        out.push(name);
                        write(value, &mut out);
                    }
                }
                // nor does that of own fields
                (Shape::Custom, Value::List(items)) => {
                    let mut items: Vec<&Value> = items.iter().collect();
                    items.sort_by_key(|item| item.text_at(&["name"]));
                    for item in items {
                        write(item, &mut out);
                    }
                }
                _ => write(value, &mut out),
            }
        }
        self.0.hash_one(out.into_bytes().as_slice())
    }

    /// Returns the digest of texts in any order.
    fn texts(&self, texts: Vec<String>) -> u64 {
        let mut digests: Vec<u64> =
            texts.into_iter().map(|text| self.0.hash_one(text.nfc().collect::<String>())).collect();
        digests.sort_unstable();
        self.0.hash_one(digests)
    }
}

fn write(value: &Value, out: &mut Buffer) {
    out.push("\n");
    // writing to memory does not fail
    let _ = json::write(value, out);
    out.push("\n");
}

fn text(value: &Value) -> Option<&str> {
    value.as_text().map(Secret::expose)
}

/// Makes the name of an entry that is only known by its id. No name that people give begins like this.
fn unnamed(id: &str) -> String {
    format!("\0{id}")
}

/// Makes the name of an entry that is only known by its id, which may have a number.
fn numbered(base: &str) -> String {
    format!("\0\0{base}")
}

/// Returns the user that a login or key store is for, or an empty text if it names none.
fn user(members: &Object) -> String {
    // in a key store it is in base64, on both sides alike
    let own = members.get("username").or_else(|| members.get(ENTRIES)?.at(&["username"]));
    own.and_then(text).map(str::to_owned).unwrap_or_default()
}

/// Returns the host on which a login is used. Letter case does not matter, nor does a usual port that is
/// written.
fn host(members: &Object, tags: &Object) -> String {
    let written = tags.get(HOST).and_then(text);
    // a host that is no address is compared as it is written
    match written.filter(|host| Site::parse(host).is_none()) {
        Some(host) => host.to_lowercase(),
        None => Sites::of(members, tags).place().unwrap_or_default(),
    }
}

/// Returns an id without the number that tells it from another of the same title.
pub(super) fn without_number(id: &str) -> &str {
    match id.rsplit_once('-') {
        Some((base, number)) if !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit()) => {
            base
        }
        _ => id,
    }
}
