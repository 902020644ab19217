//! The blobs that the lines of a vault name, found while the lines are written and without parsing them.

use std::collections::BTreeSet;

use memchr::memmem::Finder;
use uuid::Uuid;
use zeroize::Zeroizing;

/// The member that names a blob. In the text of a value, its quotes would be escaped.
const MEMBER: &[u8] = b"\"blob\"";
/// The begin of an escape that stands for a letter of the member.
const ESCAPE: &[u8] = b"\\u006";
/// The most bytes before such an escape in the name of the member.
const BEHIND: usize = 32;
/// The bytes in which a name and its id end: with a few blanks, and with a few escapes.
const AHEAD: usize = 96;
/// Bytes that are searched at a time.
const ROOM: usize = 64 * 1024;
/// The longest text of an id, `urn:uuid:` and all.
const LONGEST: usize = 45;

/// The blobs that a text names.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct BlobNames {
    /// The ids of the blobs.
    pub ids: BTreeSet<Uuid>,
    /// True if the text may name more, in a spelling that is not ours.
    pub is_doubtful: bool,
}

/// A search for the blobs that a text names. It finds more than there are, such as a field of a credential that
/// looks like one. It finds less only in a text that somebody else wrote, and then says so.
pub struct NamedBlobs {
    member: Finder<'static>,
    escape: Finder<'static>,
    waiting: Zeroizing<Vec<u8>>,
    names: BlobNames,
}

impl NamedBlobs {
    /// Begins a search.
    #[must_use]
    pub fn new() -> Self {
        Self {
            member: Finder::new(MEMBER),
            escape: Finder::new(ESCAPE),
            waiting: Zeroizing::new(Vec::with_capacity(ROOM)),
            names: BlobNames::default(),
        }
    }

    /// Goes on with the next part of the text.
    pub fn see(&mut self, mut bytes: &[u8]) {
        while !bytes.is_empty() {
            let (now, later) = bytes.split_at(bytes.len().min(ROOM - self.waiting.len()));
            self.waiting.extend_from_slice(now);
            bytes = later;
            if self.waiting.len() == ROOM {
                // a name may go on in the next part
                search(&self.member, &self.escape, &self.waiting, ROOM - AHEAD, &mut self.names);
                self.waiting.copy_within(ROOM - AHEAD - BEHIND.., 0);
                self.waiting.truncate(AHEAD + BEHIND);
            }
        }
    }

    /// Returns true if a line may name a blob in a spelling that the search does not know.
    #[must_use]
    pub fn doubts(&self, line: &[u8]) -> bool {
        let mut names = BlobNames::default();
        search(&self.member, &self.escape, line, line.len(), &mut names);
        names.is_doubtful
    }

    /// Returns the blobs that the text named.
    #[must_use]
    pub fn finish(mut self) -> BlobNames {
        search(&self.member, &self.escape, &self.waiting, self.waiting.len(), &mut self.names);
        self.names
    }
}

/// Searches a text for members that begin before `end`, or a little later.
fn search(member: &Finder<'_>, escape: &Finder<'_>, text: &[u8], end: usize, names: &mut BlobNames) {
    let quote_before = |at: usize| {
        let begin = at.saturating_sub(BEHIND);
        memchr::memrchr(b'"', &text[begin..at]).map(|quote| begin + quote)
    };
    let members = member.find_iter(text).take_while(|at| *at <= end);
    let escapes = escape.find_iter(text).take_while(|at| *at <= end).filter_map(quote_before);
    for begin in members.chain(escapes) {
        match id(&text[begin + 1..text.len().min(begin + AHEAD)]) {
            Ok(id) => drop(names.ids.insert(id)),
            Err(NoId::Other) => {}
            Err(NoId::Cut) => names.is_doubtful = true,
        }
    }
}

/// The reason why a text has no id of a blob.
enum NoId {
    /// It is another member, or has another value.
    Other,
    /// It goes on behind the part that is looked at.
    Cut,
}

/// Reads the id of a member whose name begins here.
fn id(text: &[u8]) -> Result<Uuid, NoId> {
    let mut room = [0; LONGEST];
    let (name, behind) = short_string(text, &mut room)?;
    if name != b"blob" {
        return Err(NoId::Other);
    }
    let behind = next(next(behind, b':')?, b'"')?;
    let (value, _) = short_string(behind, &mut room)?;
    Uuid::try_parse_ascii(value).map_err(|_| NoId::Other)
}

/// Passes over blanks and one byte, which must be there.
fn next(text: &[u8], byte: u8) -> Result<&[u8], NoId> {
    match text.trim_ascii_start() {
        [] => Err(NoId::Cut),
        [first, rest @ ..] if *first == byte => Ok(rest),
        _ => Err(NoId::Other),
    }
}

/// Reads a string up to its closing quote, as far as it can be the name of the member or an id.
fn short_string<'a, 'b>(
    mut text: &'a [u8],
    room: &'b mut [u8; LONGEST],
) -> Result<(&'b [u8], &'a [u8]), NoId> {
    let mut length = 0;
    loop {
        let (byte, rest) = match text {
            [b'"', rest @ ..] => return Ok((&room[..length], rest)),
            [b'\\', b'u', b'0', b'0', high, low, rest @ ..] => (escaped(*high, *low)?, rest),
            [] | [b'\\'] => return Err(NoId::Cut),
            [b'\\', b'u', rest @ ..] if rest.len() < 4 => return Err(NoId::Cut),
            [b'\\', ..] => return Err(NoId::Other),
            [byte, rest @ ..] => (*byte, rest),
        };
        // also those of `blob` and `urn:uuid:`
        let is_possible = byte.is_ascii_hexdigit() || b"-:{}urnidlo".contains(&byte);
        *room.get_mut(length).filter(|_| is_possible).ok_or(NoId::Other)? = byte;
        length += 1;
        text = rest;
    }
}

/// Returns the character of an escape.
fn escaped(high: u8, low: u8) -> Result<u8, NoId> {
    let digit = |byte: u8| char::from(byte).to_digit(16).and_then(|digit| u8::try_from(digit).ok());
    match (digit(high), digit(low)) {
        (Some(high), Some(low)) => Ok(high << 4 | low),
        _ => Err(NoId::Other),
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use uuid::Uuid;

    use super::{BlobNames, NamedBlobs, ROOM};

    fn names(text: &str, piece: usize) -> BlobNames {
        let mut named = NamedBlobs::new();
        text.as_bytes().chunks(piece).for_each(|piece| named.see(piece));
        named.finish()
    }

    fn found(text: &str, piece: usize) -> BTreeSet<Uuid> {
        let names = names(text, piece);
        assert!(!names.is_doubtful, "{text:.200}");
        names.ids
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
            format!(r#"{{"notes":"\\u0062lob\":\"{id}\""}}"#),
            format!(r#"{{"\u0062lobs":"{id}"}}"#),
            format!(r#"{{"blob":"{}"}}"#, "a".repeat(500)),
            r#"{"blob":"-----BEGIN CERTIFICATE-----\nMII"}"#.to_owned(),
            r#"{"blob":"\u00e9\u001b"}"#.to_owned(),
            String::new(),
        ] {
            assert_eq!(found(&text, usize::MAX), BTreeSet::new(), "{text}");
        }
    }

    #[test]
    fn a_name_or_an_id_in_another_spelling_is_found_or_leaves_a_doubt() {
        let id = Uuid::from_u128(0x00ab_cdef << 96 | 7);
        let other = |name: &str, id: &str| format!(r#"{{"{name}":"{id}","identity":"…"}}"#);
        let text = id.to_string();
        for before in [0, 1, ROOM - 130, ROOM - 100, ROOM - 96, ROOM - 40, ROOM - 8, ROOM - 1, ROOM] {
            let before = "x".repeat(before);
            for member in [
                other(r"\u0062lob", &text),
                other(r"b\u006Cob", &text),
                other(r"bl\u006f\u0062", &text),
                other(r"\u0062\u006c\u006f\u0062", &text),
                other("blob", &text.replacen('a', r"\u0061", 1)),
                other("blob", &text.to_uppercase()),
                other("blob", &format!("urn:uuid:{text}")),
            ] {
                for piece in [1, 4096, usize::MAX] {
                    assert_eq!(found(&format!("{before}{member}"), piece), [id].into(), "{member} {piece}");
                }
            }
            let blanks = " ".repeat(200);
            let escaped: String = text.chars().map(|one| format!("\\u00{:02x}", u32::from(one))).collect();
            for member in [
                format!(r#"{{"blob"{blanks}:"{id}"}}"#),
                format!(r#"{{"blob":{blanks}"{id}"}}"#),
                format!(r#"{{"\u0062lob" : {blanks}"{id}"}}"#),
                other("blob", &escaped),
            ] {
                let text = format!("{before}{member}");
                assert!(
                    names(&text, 4096).is_doubtful && NamedBlobs::new().doubts(text.as_bytes()),
                    "{member}"
                );
            }
        }
    }
}
