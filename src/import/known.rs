//! The entries that are stored, found by title, user and host in constant time each.

use std::collections::{HashMap, VecDeque};
use std::hash::{BuildHasher as _, RandomState};

use super::{Incoming, Item};
use crate::credential::Credential;
use crate::kind::Kind;
use crate::secret::Buffer;
use crate::value::{Object, Value, json};

/// Who an entry is.
pub(super) struct Key {
    /// The id that its title makes.
    pub base: String,
    /// What it is called; none if its program has no name for it.
    pub title: Option<String>,
    kind: &'static str,
    user: String,
    host: String,
}

/// A key as it is looked up: one of the names, then type, user and host.
type Texts = [String; 4];

impl Key {
    /// The key of an item whose id was made from a title.
    pub fn of_item(item: &Item) -> Option<Self> {
        let base = item.base.clone()?;
        let incoming = item.incoming.as_ref().ok()?;
        let members = &incoming.draft.members;
        let title = members.get("name").and_then(Value::as_text).map(|title| title.expose().to_owned());
        let host = members.get("tags").and_then(|tags| tags.text_at(&["host"]));
        let (user, host) = (user(members), host.unwrap_or_default().to_owned());
        Some(Self { title, base, kind: incoming.kind.name, user, host })
    }

    /// The names that it may have in the vault, where one without a name is called by its id.
    fn names(&self) -> Vec<String> {
        match &self.title {
            Some(title) => vec![title.clone(), unnamed(&self.base)],
            None => vec![numbered(&self.base)],
        }
    }

    fn texts(&self, name: String) -> Texts {
        [name, self.kind.to_owned(), self.user.clone(), self.host.clone()]
    }
}

/// The name of what is only known by its id. No name that people give begins so.
fn unnamed(id: &str) -> String {
    format!("\0{id}")
}

/// The name of what is only known by its id, which may have a number.
fn numbered(base: &str) -> String {
    format!("\0\0{base}")
}

/// Whom a login or key store is for, as far as it says.
fn user(members: &Object) -> String {
    let own = members.get("username").or_else(|| members.get("keyStore")?.at(&["username"]));
    own.and_then(Value::as_text).map(|user| user.expose().to_owned()).unwrap_or_default()
}

/// An id without the number that tells it from another of the same title.
pub(super) fn without_number(id: &str) -> &str {
    match id.rsplit_once('-') {
        Some((base, number)) if !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit()) => {
            base
        }
        _ => id,
    }
}

/// Places in the list of what is stored.
type Places = VecDeque<usize>;

/// The entries that are stored.
#[derive(Default)]
pub(super) struct Known {
    ids: Vec<String>,
    /// By key and by a digest of the fields.
    equal: HashMap<(Texts, u64), Places>,
    /// By key.
    same: HashMap<Texts, Places>,
    /// By key without host.
    hostless: HashMap<Texts, Places>,
    digests: RandomState,
}

impl Known {
    /// Adds what is stored.
    pub fn add(&mut self, credential: &Credential) {
        let (at, head) = (self.ids.len(), credential.head());
        let digest = self.digest(head.kind, credential.fields());
        let host = head.envelope.tags.get("host").and_then(Value::as_text);
        let host = host.map(|host| host.expose().to_owned()).unwrap_or_default();
        let mut names = vec![head.envelope.name.clone()];
        if head.envelope.name == head.id {
            names.extend([unnamed(&head.id), numbered(without_number(&head.id))]);
        }
        for name in names {
            let mut texts = [name, head.kind.name.to_owned(), user(credential.fields()), host.clone()];
            self.equal.entry((texts.clone(), digest)).or_default().push_back(at);
            self.same.entry(texts.clone()).or_default().push_back(at);
            texts[3].clear();
            self.hostless.entry(texts).or_default().push_back(at);
        }
        self.ids.push(head.id.clone());
    }

    fn digest(&self, kind: &Kind, members: &Object) -> u64 {
        let mut out = Buffer::with_capacity(256);
        for value in kind.fields.iter().filter_map(|field| members.get(field.name)) {
            // memory takes everything
            let _ = json::write(value, &mut out);
            out.push("\n");
        }
        self.digests.hash_one(out.into_bytes().as_slice())
    }

    /// The id under which each item is stored, if it is. No two items are the same stored one: those that are
    /// equal in all fields come first, then those of the same key, then those of which one has no host.
    pub fn matches(&mut self, items: &[Item], keys: &[Option<Box<Key>>]) -> Vec<Option<String>> {
        let mut found: Vec<Option<usize>> = vec![None; items.len()];
        let mut claimed = vec![false; self.ids.len()];
        for step in [Step::Equal, Step::Same, Step::Hostless] {
            for ((item, key), found) in items.iter().zip(keys).zip(&mut found) {
                if let (Some(key), None, Ok(incoming)) = (key, &found, &item.incoming) {
                    *found = self.find(step, key, incoming, &claimed);
                    if let Some(at) = found {
                        claimed[*at] = true;
                    }
                }
            }
        }
        found.into_iter().map(|at| at.map(|at| self.ids[at].clone())).collect()
    }

    /// The next stored one that an entry may be and no other one is.
    fn find(&mut self, step: Step, key: &Key, incoming: &Incoming, claimed: &[bool]) -> Option<usize> {
        let digest = match step {
            Step::Equal => self.digest(incoming.kind, &incoming.draft.members),
            _ => 0,
        };
        key.names().into_iter().find_map(|name| {
            let mut texts = key.texts(name);
            let places = match step {
                Step::Equal => self.equal.get_mut(&(texts, digest)),
                Step::Same => self.same.get_mut(&texts),
                Step::Hostless if key.host.is_empty() => self.hostless.get_mut(&texts),
                Step::Hostless => {
                    texts[3].clear();
                    self.same.get_mut(&texts)
                }
            }?;
            std::iter::from_fn(|| places.pop_front()).find(|place| !claimed[*place])
        })
    }
}

#[derive(Clone, Copy)]
enum Step {
    Equal,
    Same,
    Hostless,
}
