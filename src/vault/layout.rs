//! The layout of the decrypted text: one record a line, sections one after another, an index last.
//!
//! ```text
//! {"credctl":"vault","version":2,"id":"…","generation":7,"seal":"…","parents":["…"],
//! "recipients":[
//! "age1…"
//! ],
//! "credentials":[
//! {"id":"a",…},
//! {"id":"b",…}
//! ],
//! …
//! "index":{"version":2,"at":4711,"sections":[[179,243],[261,4002],…]}}
//! ```
//!
//! The text is JSON as a whole. The index gives the offsets at which each section's lines begin and
//! end, and its own, so that a reader can seek. Each version of the format has its own sections. Text that does not agree with its index was edited
//! by hand: it is read as plain JSON and laid out again in memory, see [`super::canonical`].

use super::error::Error;
use super::plain::Plain;
use super::wire::{Header, Section, VERSION};
use crate::digest::ContentDigest;
use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

/// The offsets at which the lines of each section begin and end, in bytes from the start of the text.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Index {
    version: u64,
    at: u64,
    /// One pair for each section of the version.
    sections: Vec<(u64, u64)>,
    /// The mark of the file that this one replaced, where that file must go.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    replaced: Option<String>,
    /// The signature of the generation, in base64.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    signature: Option<String>,
}

impl Index {
    /// Returns the mark of the file that this one replaced, where that file must go once this one was opened.
    #[must_use]
    pub fn replaced(&self) -> Option<&str> {
        self.replaced.as_deref()
    }

    /// Makes the index of a text that is not signed.
    pub(super) fn new(version: u64, at: u64, sections: Vec<(u64, u64)>, replaced: Option<String>) -> Self {
        Self { version, at, sections, replaced, signature: None }
    }

    /// Adds the signature, in base64.
    pub(super) fn signed(self, signature: String) -> Self {
        Self { signature: Some(signature), ..self }
    }

    /// Returns the signature of the generation, in base64.
    #[must_use]
    pub fn signature(&self) -> Option<&str> {
        self.signature.as_deref()
    }

    /// Returns the digest of everything but the signature.
    pub(super) fn digest(&self) -> ContentDigest {
        let unsigned = Self { signature: None, ..self.clone() };
        ContentDigest::of(&serde_json::to_vec(&unsigned).unwrap_or_default())
    }

    /// Returns the offsets of the first byte of the section's lines, and of the first byte after them. A section
    /// that the version does not have is empty.
    #[must_use]
    pub fn range(&self, section: Section) -> (u64, u64) {
        self.sections.get(section as usize).copied().unwrap_or((0, 0))
    }
}

pub(super) const INDEX_MEMBER: &[u8] = b"\"index\":";
/// The room for an index line without a signature, which has at most 27 numbers of nine digits, and a mark. It is
/// small, so that the last chunk has all of it most of the time.
const INDEX_USUAL: u64 = 512;
/// The longest index line.
const INDEX_MAX: u64 = 4 * 1024;
/// The longest first line, with the line that opens the first section. 64 signers with proofs have 150 KiB at most.
const HEADER_MAX: u64 = 160 * 1024;

/// Reads the index, if the text is laid out as we lay it out. It is in the last chunk, whose
/// decryption authenticates the length of the text.
///
/// # Errors
/// Fails if the text cannot be read. `None` means that it is not in canonical layout.
pub fn index(plain: &mut Plain) -> Result<Option<Index>, Error> {
    for room in [INDEX_USUAL, INDEX_MAX] {
        let tail_at = plain.length().saturating_sub(room);
        let tail = plain.tail(tail_at)?;
        // only a line that begins before the tail is worth a longer one
        if has_whole_line(&tail) || tail_at == 0 {
            return Ok(read_index(&tail, tail_at));
        }
    }
    Ok(None)
}

/// Returns true if the last line begins in the tail.
fn has_whole_line(tail: &[u8]) -> bool {
    tail.strip_suffix(b"\n").is_some_and(|line| line.contains(&b'\n'))
}

/// Returns true if the text has its opening and closing lines where the index says. An index whose numbers
/// fit could hide sections inside of another one, which a write would copy and then write once more.
///
/// # Errors
/// Fails if the text cannot be read.
pub fn is_framed(plain: &mut Plain, index: &Index) -> Result<bool, Error> {
    let mut next = (index.at, String::new());
    // from the end, whose chunk was read just now
    for &section in Section::of_version(index.version).iter().rev() {
        let (begin, end) = index.range(section);
        let mut frame = CLOSING.to_vec();
        frame.extend_from_slice(next.1.as_bytes());
        // a record ends in a line feed
        let feed = u64::from(begin < end);
        if feed > 0 {
            frame.insert(0, b'\n');
        }
        if *plain.range((end - feed, next.0))? != frame {
            return Ok(false);
        }
        next = (begin, opening(section));
    }
    Ok(true)
}

/// Reads the first line of a text that has an index.
///
/// # Errors
/// Fails if the text cannot be read. `None` means that it is not in canonical layout.
pub fn header(plain: &mut Plain, index: &Index) -> Result<Option<Header>, Error> {
    // bounded: the offset comes from the file and could ask for all of it
    let head = plain.range((0, index.range(Section::Recipients).0.min(HEADER_MAX)))?;
    let opening = opening(Section::Recipients);
    Ok(head.strip_suffix(opening.as_bytes()).and_then(|line| first_line(line, index)))
}

/// Parses the first line, with its end.
pub(super) fn first_line(line: &[u8], index: &Index) -> Option<Header> {
    let line = Zeroizing::new([line.strip_suffix(b",\n")?, b"}"].concat());
    let header: Option<Header> = serde_json::from_slice(&line).ok();
    header.filter(|header| header.version == index.version && header.judge().is_ok())
}

/// Reads the index at the end of the text, if its numbers fit together.
fn read_index(tail: &[u8], tail_at: u64) -> Option<Index> {
    let line = tail.strip_suffix(b"}\n")?;
    let start = line.iter().rposition(|&byte| byte == b'\n')? + 1;
    let index: Index = serde_json::from_slice(line[start..].strip_prefix(INDEX_MEMBER)?).ok()?;
    let sections = Section::of_version(index.version);
    if !(1..=VERSION).contains(&index.version) || index.sections.len() != sections.len() {
        return None;
    }
    // what the version does not have was added by hand
    if index.version == 1 && index.signature.is_some() {
        return None;
    }
    let mut at = 0;
    for (position, (section, &(begin, end))) in sections.iter().zip(&index.sections).enumerate() {
        let opening = opening(*section).len() as u64;
        let expected = if position == 0 { begin } else { at + opening };
        // no section ends behind the index, so no sum below can overflow
        if begin != expected || end < begin || end > tail_at + start as u64 {
            return None;
        }
        at = end + CLOSING.len() as u64;
    }
    (index.at == at && index.at == tail_at + start as u64).then_some(index)
}

/// The line that closes a section.
pub(super) const CLOSING: &[u8] = b"],\n";

/// Returns the line that opens a section.
pub(super) fn opening(section: Section) -> String {
    format!("\"{}\":[\n", section.name())
}
