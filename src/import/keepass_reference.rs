//! References of KeePass: `{REF:P@I:UUID}` anywhere in a value stands for a field of another entry.

use std::collections::HashMap;

use super::xml::Element;
use crate::kind::rule::encoding;
use crate::secret::{Buffer, Secret};

/// Most references that follow one another, and most bytes that come of one value.
const DEPTH: usize = 8;
const LARGEST: usize = 1024 * 1024;
const START: &str = "{REF:";

/// The entries of a file by their UUIDs, as bytes.
#[derive(Default)]
pub(super) struct References<'a> {
    entries: HashMap<Vec<u8>, &'a Element>,
}

impl<'a> References<'a> {
    /// All entries of a file, those in the recycle bin among them.
    pub fn of(file: &'a Element) -> Self {
        let mut references = Self::default();
        for group in file.at(&["Root"]).into_iter().flat_map(|root| root.all("Group")) {
            references.add(group);
        }
        references
    }

    fn add(&mut self, group: &'a Element) {
        for entry in group.all("Entry") {
            if let Ok(uuid) = encoding::decode(entry.text_at(&["UUID"]).trim()) {
                self.entries.insert(uuid.to_vec(), entry);
            }
        }
        for inner in group.all("Group") {
            self.add(inner);
        }
    }

    /// A value with what it refers to, and whether a reference stays in it.
    pub fn resolve(&self, text: &Secret) -> (Secret, bool) {
        let mut value = Value { out: Buffer::with_capacity(text.len()), length: 0, is_open: false };
        self.write(text.expose(), DEPTH, &mut value);
        match value.out.into_secret() {
            Some(whole) if value.length <= LARGEST => (whole, value.is_open),
            _ => (text.clone(), true),
        }
    }

    fn write(&self, text: &str, depth: usize, value: &mut Value) {
        let mut rest = text;
        while let Some((before, reference, behind)) = first(rest) {
            value.push(before);
            match self.field(reference) {
                // what grows without end is not followed any further
                Some(text) if depth > 0 && value.length <= LARGEST => self.write(text, depth - 1, value),
                _ => {
                    value.is_open = true;
                    value.push(&rest[before.len()..rest.len() - behind.len()]);
                }
            }
            rest = behind;
        }
        value.push(rest);
    }

    /// The field that a reference such as `P@I:UUID` names.
    fn field(&self, reference: &str) -> Option<&'a str> {
        let (wanted, uuid) = reference.split_once("@I:").or_else(|| reference.split_once("@i:"))?;
        let key = match wanted {
            "T" | "t" => "Title",
            "U" | "u" => "UserName",
            "P" | "p" => "Password",
            "A" | "a" => "URL",
            "N" | "n" => "Notes",
            _ => return None,
        };
        let digits = uuid.as_bytes().chunks(2).map(|pair| {
            let pair = std::str::from_utf8(pair).ok()?;
            u8::from_str_radix(pair, 16).ok()
        });
        let entry = self.entries.get(&digits.collect::<Option<Vec<u8>>>()?)?;
        let string = entry.all("String").find(|string| string.text_at(&["Key"]) == key);
        Some(string.map_or("", |string| string.text_at(&["Value"])))
    }
}

/// A value that is put together.
struct Value {
    out: Buffer,
    /// Bytes that it has, or would have.
    length: usize,
    is_open: bool,
}

impl Value {
    fn push(&mut self, text: &str) {
        self.length = self.length.saturating_add(text.len());
        if self.length <= LARGEST {
            self.out.push(text);
        }
    }
}

/// What stands before the first reference, the reference, and what follows.
fn first(text: &str) -> Option<(&str, &str, &str)> {
    let at =
        text.as_bytes().windows(START.len()).position(|own| own.eq_ignore_ascii_case(START.as_bytes()))?;
    let (reference, behind) = text[at + START.len()..].split_once('}')?;
    Some((&text[..at], reference, behind))
}
