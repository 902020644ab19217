//! The values of an entry that go into own fields or into a key store, each under a name that no other one has.

use std::collections::{HashMap, HashSet};

use unicode_normalization::UnicodeNormalization as _;

use super::entry::OwnValue;
use crate::base64;
use crate::credential::own_item;
use crate::kind::{CUSTOM, ENTRIES};
use crate::text::is_hidden;
use crate::value::{Object, Value};

/// Longest name, so that a number can follow it.
const LONGEST_NAME: usize = 110;

/// Puts values into a credential as own fields. Returns notices about names that had to change.
pub(super) fn put_own(members: &mut Object, id: &str, values: Vec<OwnValue>) -> Vec<String> {
    let mut names = FieldNames::new(id);
    let item =
        |OwnValue { name, value, is_secret }| own_item(&names.name(&name), Value::Text(value), is_secret);
    let items: Vec<Value> = values.into_iter().map(item).collect();
    if !items.is_empty() {
        members.insert(CUSTOM, Value::List(items));
    }
    names.notices
}

/// Puts values into a credential as the entries of a key store. Returns notices about names that had to change.
pub(super) fn put_entries(members: &mut Object, id: &str, values: Vec<OwnValue>) -> Vec<String> {
    let mut names = FieldNames::new(id);
    let mut store = Object::new();
    for OwnValue { name, value, .. } in values {
        store.insert(names.name(&name), Value::Text(base64::encode(value.expose().as_bytes())));
    }
    members.insert(ENTRIES, store);
    names.notices
}

/// The names that are taken in one credential.
struct FieldNames<'a> {
    id: &'a str,
    taken: HashSet<String>,
    /// The last number that was put behind a name.
    numbers: HashMap<String, usize>,
    notices: Vec<String>,
}

impl<'a> FieldNames<'a> {
    fn new(id: &'a str) -> Self {
        Self { id, taken: HashSet::new(), numbers: HashMap::new(), notices: Vec::new() }
    }

    /// Makes a name of the one that is given: visible, not too long, and not taken.
    fn name(&mut self, given: &str) -> String {
        let clean: String = given.nfc().filter(|c| !is_hidden(*c)).collect();
        let short: String = clean.trim().chars().take(LONGEST_NAME).collect();
        let name = Some(short.trim_end().to_owned()).filter(|name| !name.is_empty());
        let name = name.unwrap_or_else(|| "field".to_owned());
        if !given.is_empty() && !given.trim().nfc().eq(name.chars()) {
            self.notices.push(format!("{}: a field cannot be called {given:?} and becomes {name}", self.id));
        }
        let number = self.numbers.entry(name.clone()).or_insert(0);
        loop {
            *number += 1;
            let free = if *number == 1 { name.clone() } else { format!("{name}-{number}") };
            if self.taken.insert(free.clone()) {
                return free;
            }
        }
    }
}
