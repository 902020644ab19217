//! The blobs that the lines of a vault name, found while the lines are written and without parsing them.

use std::collections::BTreeSet;

use memchr::memmem::{self, Finder};
use uuid::Uuid;
use zeroize::Zeroizing;

/// The member that names a blob. In the text of a value, its quotes would be escaped.
const MEMBER: &[u8] = b"\"blob\"";
/// The most bytes from the member to the end of the id, with a few blanks.
const WINDOW: usize = 64;
/// Bytes that are searched at a time.
const ROOM: usize = 64 * 1024;

/// A search for the blobs that a text names. It finds more than there are, such as a field of a credential that
/// looks like one, and never less.
pub struct NamedBlobs {
    finder: Finder<'static>,
    waiting: Zeroizing<Vec<u8>>,
    found: BTreeSet<Uuid>,
}

impl NamedBlobs {
    /// Begins a search.
    #[must_use]
    pub fn new() -> Self {
        let waiting = Zeroizing::new(Vec::with_capacity(ROOM));
        Self { finder: memmem::Finder::new(MEMBER), waiting, found: BTreeSet::new() }
    }

    /// Goes on with the next part of the text.
    pub fn see(&mut self, mut bytes: &[u8]) {
        while !bytes.is_empty() {
            let (now, later) = bytes.split_at(bytes.len().min(ROOM - self.waiting.len()));
            self.waiting.extend_from_slice(now);
            bytes = later;
            if self.waiting.len() == ROOM {
                self.search();
                // a name may go on in the next part
                self.waiting.copy_within(ROOM - WINDOW.., 0);
                self.waiting.truncate(WINDOW);
            }
        }
    }

    /// Returns the ids of the blobs that the text named.
    #[must_use]
    pub fn finish(mut self) -> BTreeSet<Uuid> {
        self.search();
        self.found
    }

    fn search(&mut self) {
        let text = &self.waiting[..];
        for at in self.finder.find_iter(text) {
            let behind = &text[at + MEMBER.len()..text.len().min(at + WINDOW)];
            self.found.extend(id(behind));
        }
    }
}

/// Reads the id behind a member's name.
fn id(text: &[u8]) -> Option<Uuid> {
    let text = text.trim_ascii_start().strip_prefix(b":")?.trim_ascii_start().strip_prefix(b"\"")?;
    let end = text.iter().position(|byte| *byte == b'"')?;
    Uuid::try_parse_ascii(&text[..end]).ok()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use uuid::Uuid;

    use super::{NamedBlobs, ROOM};

    fn found(text: &str, piece: usize) -> BTreeSet<Uuid> {
        let mut named = NamedBlobs::new();
        text.as_bytes().chunks(piece).for_each(|piece| named.see(piece));
        named.finish()
    }

    #[test]
    fn every_blob_is_found_wherever_it_stands() {
        let ids: Vec<_> = (1..=3_u128).map(|number| Uuid::from_u128(number << 64 | number)).collect();
        for before in [0, 1, ROOM - 100, ROOM - 45, ROOM - 8, ROOM - 1, ROOM, 3 * ROOM - 20] {
            let mut text = "x".repeat(before);
            for (id, blank) in ids.iter().zip(["", " ", "  "]) {
                text.push_str(&format!("{{\"size\":7,\"blob\"{blank}:{blank}\"{id}\",\"identity\":\"…\"}}"));
            }
            for piece in [1, 7, 4096, usize::MAX] {
                assert_eq!(found(&text, piece), ids.iter().copied().collect(), "{before} {piece}");
            }
        }
    }

    #[test]
    fn what_names_no_blob_is_passed_over() {
        let id = Uuid::from_u128(7);
        for text in [
            format!(r#"{{"notes":"\"blob\":\"{id}\""}}"#),
            format!(r#"{{"blobs":"{id}"}}"#),
            format!(r#"{{"blob":["{id}"]}}"#),
            r#"{"blob":"other"}"#.to_owned(),
            r#"{"blob""#.to_owned(),
            String::new(),
        ] {
            assert_eq!(found(&text, usize::MAX), BTreeSet::new(), "{text}");
        }
    }
}
