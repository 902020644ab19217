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

    /// Returns true if a section has no lines.
    pub(super) fn is_empty(&self, section: Section) -> bool {
        let (begin, end) = self.range(section);
        begin == end
    }
}

pub(super) const INDEX_MEMBER: &[u8] = b"\"index\":";
/// The room for an index line without a signature, which has at most 27 numbers of nine digits, and a mark. It is
/// small, so that the last chunk has all of it most of the time.
const INDEX_USUAL: u64 = 512;
/// The longest index line.
const INDEX_MAX: u64 = 4 * 1024;
/// The longest first line, with the line that opens the first section. The largest one that [`Header::judge`] accepts
/// has 64 signers with proofs, in about 230 KiB.
const HEADER_MAX: u64 = 256 * 1024;

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

/// Writes the first line, with its end, if [`header`] reads it again.
///
/// # Errors
/// [`Error::Header`].
pub(super) fn header_line(header: &Header) -> Result<Vec<u8>, Error> {
    header.judge().map_err(|problem| Error::Header { problem })?;
    let mut line = serde_json::to_vec(header).map_err(|error| Error::Write(error.into()))?;
    // the closing brace follows the index, at the very end
    line.pop();
    line.extend_from_slice(b",\n");
    if (line.len() + opening(Section::Recipients).len()) as u64 > HEADER_MAX {
        return Err(Error::Header { problem: "is longer than 256 KiB" });
    }
    Ok(line)
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
    let text = line[start..].strip_prefix(INDEX_MEMBER)?;
    let index: Index = serde_json::from_slice(text).ok()?;
    // signed is what it says, so it must have one form
    if index.signature.is_some() && serde_json::to_vec(&index).ok()? != text {
        return None;
    }
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

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::super::layout_writer::LayoutWriter;
    use super::super::wire::{GenerationDigest, MAX_COUNT, Seal, Signer};
    use super::*;

    /// A first line with the longest of everything that [`Header::judge`] accepts.
    fn largest() -> Header {
        // 4 bytes a character, and 127 of them
        let name = |at: u32| format!("{}{}", char::from_u32(0x2_0000 + at).unwrap(), "\u{2a6d6}".repeat(126));
        let key = |at: u32| {
            let kind = format!("{at:0>300}");
            let blob = [&300_u32.to_be_bytes()[..], kind.as_bytes(), &[0; 236]].concat();
            format!("{kind} {}", crate::base64::encode(&blob).expose())
        };
        let signer = |at| Signer {
            generation: Some(MAX_COUNT),
            by: Some(name(at)),
            proof: Some("A".repeat(1400)),
            ..Signer::new(name(at), key(at))
        };
        Header {
            generation: MAX_COUNT,
            former_seals: (0..16).map(|_| Seal::new().unwrap().digest()).collect(),
            parents: (0..16).map(|at| GenerationDigest::of_header(&[at])).collect(),
            signers: (0..64).map(signer).collect(),
            bundle: Some(name(64)),
            ..Header::new(Uuid::nil()).unwrap()
        }
    }

    fn read(header: &Header) -> Result<Option<Header>, Error> {
        let mut writer = LayoutWriter::new(Vec::new(), header)?;
        for section in Section::ALL {
            writer.section(section).unwrap();
        }
        let mut plain = Plain::in_memory(Zeroizing::new(writer.finish().unwrap()));
        let index = index(&mut plain)?.unwrap();
        super::header(&mut plain, &index)
    }

    #[test]
    fn the_largest_first_line_is_read_as_it_was_written() {
        let written = largest();
        assert_eq!(written.signers[0].key.len(), 1024 - 3);
        let header = read(&written).unwrap().unwrap();
        assert_eq!(header.signers, written.signers);
        assert_eq!((header.former_seals, header.parents), (written.former_seals, written.parents));
        // longer than the limit of readers before
        assert!(header_line(&largest()).unwrap().len() > 200 * 1024);
    }

    #[test]
    fn a_first_line_that_no_reader_accepts_is_not_written() {
        let refused = [
            Header {
                signers: [largest().signers, vec![Signer::new("x", "ssh-ed25519 AAAA")]].concat(),
                ..largest()
            },
            Header { parents: Vec::new(), seal: None, bundle: None, ..largest() },
            Header { generation: MAX_COUNT + 1, ..largest() },
            Header { bundle: Some("x".repeat(64 * 1024)), ..largest() },
        ];
        for header in refused {
            assert!(matches!(read(&header), Err(Error::Header { .. })));
        }
    }
}
