//! The attachments of an entry: their contents as its file has them, and names that a vault takes, each once.

use std::collections::{HashMap, HashSet};

use super::content::{IncomingAttachment, IncomingContent};
use crate::credential::MAX_ATTACHMENTS;
use crate::kind::rule::text::FILE_NAME;
use crate::text::{compose, is_hidden};

/// The largest attachments of one import together, in bytes. Several entries may have the same content, so the size of
/// a file is no bound.
pub(super) const LARGEST: u64 = 1024 * 1024 * 1024;
/// The longest name in bytes, so that a number can be in it.
const LONGEST_NAME: usize = 240;
/// The longest ending that stays behind a number, in bytes.
const LONGEST_ENDING: usize = 16;
/// The name of an attachment whose own one says nothing.
const UNNAMED: &str = "attachment";

/// An attachment of an entry.
#[derive(Debug)]
pub(super) struct EntryFile {
    /// The name as the file of the entry has it.
    pub name: String,
    pub content: IncomingContent,
}

/// The attachments of one credential.
#[derive(Debug, Default)]
pub(super) struct NamedFiles {
    pub attachments: Vec<IncomingAttachment>,
    /// The names of those that have no place.
    pub dropped: Vec<String>,
    pub notices: Vec<String>,
}

impl NamedFiles {
    /// Gives each attachment of the credential a name that it can have. `left` is the room for all further ones.
    pub fn of(id: &str, files: Vec<EntryFile>, left: &mut u64) -> Self {
        let mut named = Self::default();
        let (mut taken, mut numbers) = (HashSet::new(), HashMap::new());
        for EntryFile { name: given, content } in files {
            let Some(rest) =
                left.checked_sub(content.length()).filter(|_| named.attachments.len() < MAX_ATTACHMENTS)
            else {
                named.dropped.push(dropped(&given));
                continue;
            };
            *left = rest;
            let name = free(valid(&given), &mut taken, &mut numbers);
            if name != compose(&given) {
                named.notices.push(format!("{id}: the attachment {given:?} is called {name}"));
            }
            named.attachments.push(IncomingAttachment { name, content, size: None, sha256: None });
        }
        if !named.dropped.is_empty() {
            named.notices.push(format!(
                "{id}: a credential has at most {MAX_ATTACHMENTS} attachments, and all of an import are at most 1 GiB"
            ));
        }
        named
    }
}

/// Names an attachment that has no place.
pub(super) fn dropped(name: &str) -> String {
    format!("attachment {name}").trim_end().to_owned()
}

/// Makes a name that the rule for names of files takes.
fn valid(given: &str) -> String {
    let last = given.rsplit(['/', '\\']).find(|part| !part.trim().is_empty()).unwrap_or_default();
    let clean: String = compose(last).chars().filter(|c| !is_hidden(*c)).collect();
    let (stem, ending) = parts(clean.trim());
    let mut stem = stem.to_owned();
    while stem.len() + ending.len() > LONGEST_NAME {
        stem.pop();
    }
    // what was cut may compose with what follows now
    let name = compose(&format!("{stem}{ending}")).trim().to_owned();
    if (FILE_NAME.check)(&name).is_ok() { name } else { UNNAMED.to_owned() }
}

/// Splits a name before its ending.
fn parts(name: &str) -> (&str, &str) {
    let at = name.rfind('.').filter(|at| *at > 0 && name.len() - at <= LONGEST_ENDING);
    name.split_at(at.unwrap_or(name.len()))
}

/// Puts a number into a name that is taken.
fn free(name: String, taken: &mut HashSet<String>, numbers: &mut HashMap<String, usize>) -> String {
    if taken.insert(name.clone()) {
        return name;
    }
    let (stem, ending) = parts(&name);
    let number = numbers.entry(name.clone()).or_insert(1);
    loop {
        *number += 1;
        let other = format!("{stem}-{number}{ending}");
        if taken.insert(other.clone()) {
            return other;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{EntryFile, LARGEST, NamedFiles, valid};
    use crate::credential::{Attachment, MAX_ATTACHMENTS};
    use crate::import::content::IncomingContent;
    use crate::secret::Secret;

    fn named(names: &[&str], left: &mut u64) -> NamedFiles {
        let content = || IncomingContent::Text(Secret::from("aGVsbG8="));
        let files = names.iter().map(|name| EntryFile { name: (*name).to_owned(), content: content() });
        NamedFiles::of("id", files.collect(), left)
    }

    #[test]
    fn every_name_becomes_one_that_a_vault_takes() {
        for (given, name) in [
            ("plan.pdf", "plan.pdf"),
            ("../../etc/passwd", "passwd"),
            (r"C:\keys\id_rsa", "id_rsa"),
            (" a\u{202e}b.txt\n", "ab.txt"),
            ("..", "attachment"),
            ("", "attachment"),
            ("/", "attachment"),
            (".env", ".env"),
            ("folder/", "folder"),
            ("o\u{308}.txt", "ö.txt"),
        ] {
            assert_eq!(valid(given), name, "{given:?}");
        }
        for long in
            ["é".repeat(300) + ".pdf", "x".repeat(500), ".".repeat(400), "a.".to_owned() + &"b".repeat(400)]
        {
            let name = valid(&long);
            assert!(name.len() <= 240 && Attachment::inline(&name, b"").is_ok(), "{name}");
        }
        // the ending stays
        assert_eq!(valid(&("é".repeat(300) + ".pdf")), "é".repeat(118) + ".pdf");
    }

    #[test]
    fn a_name_that_is_there_twice_gets_a_number() {
        let files =
            named(&["a.txt", "a-2.txt", "a.txt", "x/a.txt", "b", "b", ".env", ".env"], &mut LARGEST.clone());
        let names: Vec<_> = files.attachments.iter().map(|one| one.name.as_str()).collect();
        assert_eq!(names, ["a.txt", "a-2.txt", "a-3.txt", "a-4.txt", "b", "b-2", ".env", ".env-2"]);
        assert_eq!(files.notices.len(), 4, "{:?}", files.notices);
        assert!(files.notices[1].contains(r#""x/a.txt" is called a-4.txt"#));
    }

    #[test]
    fn what_is_too_much_is_named() {
        let many: Vec<_> = (0..=MAX_ATTACHMENTS).map(|number| number.to_string()).collect();
        let many: Vec<_> = many.iter().map(String::as_str).collect();
        let files = named(&many, &mut LARGEST.clone());
        assert_eq!((files.attachments.len(), &files.dropped[..]), (256, &["attachment 256".to_owned()][..]));
        let mut left = 15;
        let files = named(&["a", "b", "c"], &mut left);
        assert_eq!((files.attachments.len(), files.dropped.len(), left), (2, 1, 3));
    }
}
