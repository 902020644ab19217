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

use std::io::{self, Write};

use super::blobs::{BlobNames, NamedBlobs};
use super::error::Error;
use super::plain::Plain;
use super::wire::{Header, Section, VERSION};
use serde::{Deserialize, Serialize};

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

    /// Returns true if somebody signed the generation.
    #[must_use]
    pub fn is_signed(&self) -> bool {
        self.signature.is_some()
    }

    /// Returns the offsets of the first byte of the section's lines, and of the first byte after them. A section
    /// that the version does not have is empty.
    #[must_use]
    pub fn range(&self, section: Section) -> (u64, u64) {
        self.sections.get(section as usize).copied().unwrap_or((0, 0))
    }
}

const INDEX_MEMBER: &[u8] = b"\"index\":";
/// The room for an index line without a signature, which has at most 27 numbers of nine digits, and a mark. It is
/// small, so that the last chunk has all of it most of the time.
const INDEX_USUAL: u64 = 512;
/// The longest index line.
const INDEX_MAX: u64 = 4 * 1024;
/// The longest first line, with the line that opens the first section.
const HEADER_MAX: u64 = 32 * 1024;

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
    let line = head.strip_suffix(opening.as_bytes()).and_then(|line| line.strip_suffix(b",\n"));
    let Some(line) = line else { return Ok(None) };
    let header: Option<Header> = serde_json::from_slice(&[line, b"}"].concat()).ok();
    Ok(header.filter(|header| header.version == index.version && header.judge().is_ok()))
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

const CLOSING: &[u8] = b"],\n";

/// Returns the line that opens a section.
fn opening(section: Section) -> String {
    format!("\"{}\":[\n", section.name())
}

/// A writer of a vault's text, section by section, which keeps the index.
pub struct LayoutWriter<W: Write> {
    out: W,
    at: u64,
    version: u64,
    sections: Vec<(u64, u64)>,
    is_open: bool,
    empty: bool,
    /// The search for blobs in the lines, if it was begun.
    named: Option<NamedBlobs>,
}

impl<W: Write> LayoutWriter<W> {
    /// Begins the text with the first line.
    ///
    /// # Errors
    /// An error of the output.
    pub fn new(out: W, header: &Header) -> io::Result<Self> {
        let version = header.version;
        let sections = Vec::with_capacity(Section::of_version(version).len());
        let mut writer = Self { out, at: 0, version, sections, is_open: false, empty: true, named: None };
        let mut line = serde_json::to_vec(header)?;
        // the closing brace follows the index, at the very end
        line.pop();
        line.extend_from_slice(b",\n");
        writer.write_all(&line)?;
        Ok(writer)
    }

    /// Begins to search what is written for blobs.
    pub fn seek_blobs(&mut self) {
        self.named = Some(NamedBlobs::new());
    }

    /// Ends the search for blobs, and returns those that were named.
    pub fn named_blobs(&mut self) -> BlobNames {
        self.named.take().map(NamedBlobs::finish).unwrap_or_default()
    }

    /// Returns true if blobs are searched and the search may miss one in a line.
    pub fn doubts(&self, line: &[u8]) -> bool {
        self.named.as_ref().is_some_and(|named| named.doubts(line))
    }

    /// Begins a section. Sections must come in the order of the version, [`Section::of_version`].
    ///
    /// # Errors
    /// An error of the output.
    pub fn section(&mut self, section: Section) -> io::Result<()> {
        self.close()?;
        self.write_all(opening(section).as_bytes())?;
        self.sections.push((self.at, self.at));
        self.is_open = true;
        self.empty = true;
        Ok(())
    }

    /// Writes one record of the open section.
    ///
    /// # Errors
    /// An error of the output.
    pub fn record(&mut self, line: &[u8]) -> io::Result<()> {
        self.begin_record()?.write_all(line)
    }

    /// Begins one record of the open section, whose line is written to the result.
    ///
    /// # Errors
    /// An error of the output.
    pub fn begin_record(&mut self) -> io::Result<&mut impl Write> {
        // the comma ends the line before, because the last record must not have one
        if !self.empty {
            self.write_all(b",\n")?;
        }
        self.empty = false;
        Ok(self)
    }

    /// Ends the text and gives the output back.
    ///
    /// # Errors
    /// An error of the output.
    pub fn finish(self) -> io::Result<W> {
        self.finish_replacing(None)
    }

    /// Ends the text as [`Self::finish`] does, for a file that replaces one which must go.
    ///
    /// # Errors
    /// An error of the output.
    pub fn finish_replacing(mut self, replaced: Option<String>) -> io::Result<W> {
        self.close()?;
        let mut line = INDEX_MEMBER.to_vec();
        let Self { version, at, .. } = self;
        let sections = std::mem::take(&mut self.sections);
        let index = Index { version, at, sections, replaced, signature: None };
        serde_json::to_writer(&mut line, &index)?;
        line.extend_from_slice(b"}\n");
        self.write_all(&line)?;
        Ok(self.out)
    }

    fn close(&mut self) -> io::Result<()> {
        if !std::mem::take(&mut self.is_open) {
            return Ok(());
        }
        if !self.empty {
            self.write_all(b"\n")?;
        }
        // the line feed of the last record still belongs to the section
        if let Some((_, end)) = self.sections.last_mut() {
            *end = self.at;
        }
        self.write_all(CLOSING)
    }
}

impl<W: Write> Write for LayoutWriter<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let count = self.out.write(bytes)?;
        self.at += count as u64;
        if let Some(named) = &mut self.named {
            named.see(&bytes[..count]);
        }
        Ok(count)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

/// Writes one record.
///
/// # Errors
/// An error of the output.
pub fn put<W: Write>(writer: &mut LayoutWriter<W>, line: impl AsRef<[u8]>) -> Result<(), Error> {
    writer.record(line.as_ref()).map_err(Error::Write)
}
