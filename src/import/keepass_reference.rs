//! References of KeePass: `{REF:P@I:UUID}` anywhere in a value stands for a field of another entry, which is
//! named by its UUID or by another field.

use std::collections::HashMap;
use std::hash::{BuildHasher as _, RandomState};

use super::xml::XmlElement;
use crate::base64;
use crate::hex;
use crate::secret::{Buffer, Secret};

/// The most references that follow one another.
const DEPTH: usize = 8;
/// The most bytes that a value may have with its references replaced.
const LARGEST: usize = 1024 * 1024;
const START: &str = "{REF:";
/// The letters of the fields that every entry has. `O` is any other.
const FIELDS: [(char, &str); 5] =
    [('T', "Title"), ('U', "UserName"), ('P', "Password"), ('A', "URL"), ('N', "Notes")];

/// The entries of a file by what a reference may name them by.
#[derive(Default)]
pub(super) struct References<'a> {
    /// By UUID, as bytes.
    entries: HashMap<Vec<u8>, &'a XmlElement>,
    /// By the letter of a field and a digest of its value in small letters.
    named: HashMap<(char, u64), Vec<&'a XmlElement>>,
    digests: RandomState,
}

/// The reason why a reference is kept as it is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Open {
    /// It is not in the form that KeePass writes.
    Unknown,
    /// No entry is the one that it names.
    Missing,
    /// More than one entry may be the one that it names.
    Several,
    /// References follow one another too far, or make the value too large.
    Endless,
}

impl Open {
    /// Returns the reason in the words of a message.
    pub const fn reason(self) -> &'static str {
        match self {
            Self::Unknown => "has a reference of an unknown form",
            Self::Missing => "refers to an entry that cannot be found",
            Self::Several => "has a reference that fits several entries",
            Self::Endless => "has references that follow one another too far",
        }
    }
}

impl<'a> References<'a> {
    /// Collects all entries of a file. Those in the recycle bin are known by their UUIDs only.
    pub fn of(file: &'a XmlElement, bin: &str) -> Self {
        let mut references = Self::default();
        for group in file.at(&["Root"]).into_iter().flat_map(|root| root.all("Group")) {
            references.add(group, bin, false);
        }
        references
    }

    fn add(&mut self, group: &'a XmlElement, bin: &str, is_deleted: bool) {
        for entry in group.all("Entry") {
            if let Ok(uuid) = base64::decode(entry.text_at(&["UUID"]).trim()) {
                self.entries.insert(uuid.to_vec(), entry);
            }
            // a search would find a deleted entry beside its successor, and neither could be chosen
            for string in entry.all("String").filter(|_| !is_deleted) {
                let (key, value) = (string.text_at(&["Key"]), string.text_at(&["Value"]));
                let letter = FIELDS.iter().find(|(_, name)| *name == key).map_or('O', |(letter, _)| *letter);
                let entries = self.named.entry((letter, self.digest(value))).or_default();
                // an entry may have several fields of its own with one value
                if !entries.last().is_some_and(|last| std::ptr::eq(*last, entry)) {
                    entries.push(entry);
                }
            }
        }
        for inner in group.all("Group") {
            let is_bin = !bin.is_empty() && inner.text_at(&["UUID"]) == bin;
            self.add(inner, bin, is_deleted || is_bin);
        }
    }

    fn digest(&self, value: &str) -> u64 {
        self.digests.hash_one(zeroize::Zeroizing::new(value.to_lowercase()).as_str())
    }

    /// Replaces the references in a value. Returns the value, and the reason why a reference stays in it, if
    /// one does.
    pub fn resolve(&self, text: &Secret) -> (Secret, Option<Open>) {
        let mut value = FieldValue { out: Buffer::with_capacity(text.len()), length: 0, open: None };
        self.write(text.expose(), DEPTH, &mut value);
        match value.out.into_secret() {
            Some(whole) if value.length <= LARGEST => (whole, value.open),
            _ => (text.clone(), Some(Open::Endless)),
        }
    }

    fn write(&self, text: &str, depth: usize, value: &mut FieldValue) {
        let mut rest = text;
        while let Some((before, reference, behind)) = first(rest) {
            value.push(before);
            let why = match self.field(reference) {
                // references that follow one another too far, or a value that is too large, are not followed
                // any further
                Ok(text) if depth > 0 && value.length <= LARGEST => {
                    self.write(text, depth - 1, value);
                    None
                }
                Ok(_) => Some(Open::Endless),
                Err(why) => Some(why),
            };
            if let Some(why) = why {
                value.open.get_or_insert(why);
                value.push(&rest[before.len()..rest.len() - behind.len()]);
            }
            rest = behind;
        }
        value.push(rest);
    }

    /// Finds the field that a reference such as `P@I:UUID` or `P@T:TITLE` names.
    fn field(&self, reference: &str) -> Result<&'a str, Open> {
        let mut chars = reference.chars();
        let mut next = || chars.next().map(|c| c.to_ascii_uppercase());
        let (Some(wanted), Some('@'), Some(by), Some(':')) = (next(), next(), next(), next()) else {
            return Err(Open::Unknown);
        };
        let key = FIELDS.iter().find(|(letter, _)| *letter == wanted).map(|(_, key)| *key);
        let key = key.ok_or(Open::Unknown)?;
        let entry = self.entry(by, chars.as_str())?;
        let string = entry.all("String").find(|string| string.text_at(&["Key"]) == key);
        Ok(string.map_or("", |string| string.text_at(&["Value"])))
    }

    /// Finds the only entry whose field is this text, in any letter case.
    fn entry(&self, by: char, text: &str) -> Result<&'a XmlElement, Open> {
        match by {
            'I' => {
                let uuid = hex::decode(text.as_bytes()).ok_or(Open::Missing)?;
                self.entries.get(&*uuid).copied().ok_or(Open::Missing)
            }
            'T' | 'U' | 'A' | 'N' | 'O' => {
                match self.named.get(&(by, self.digest(text))).map(Vec::as_slice) {
                    None | Some([]) => Err(Open::Missing),
                    Some([entry]) => Ok(entry),
                    Some(_) => Err(Open::Several),
                }
            }
            _ => Err(Open::Unknown),
        }
    }
}

/// A value that is being put together.
struct FieldValue {
    out: Buffer,
    /// The bytes that it has, or would have without the limit.
    length: usize,
    open: Option<Open>,
}

impl FieldValue {
    fn push(&mut self, text: &str) {
        self.length = self.length.saturating_add(text.len());
        // goes on counting beyond the limit, so that `resolve` sees that it was passed
        if self.length <= LARGEST {
            self.out.push(text);
        }
    }
}

/// Splits a text at its first reference. Returns the text before it, the reference, and the text behind it.
fn first(text: &str) -> Option<(&str, &str, &str)> {
    let at =
        text.as_bytes().windows(START.len()).position(|own| own.eq_ignore_ascii_case(START.as_bytes()))?;
    let (reference, behind) = text[at + START.len()..].split_once('}')?;
    Some((&text[..at], reference, behind))
}
