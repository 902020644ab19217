//! The writer of a vault's text in the layout of `layout.rs`, with its digests if the text is to be signed.

use std::io::{self, Write};

use super::blobs::{BlobNames, NamedBlobs};
use super::chunk_hasher::ChunkHasher;
use super::error::Error;
use super::layout::{CLOSING, INDEX_MEMBER, Index, header_line, opening};
use super::signing::{SignedGeneration, TextDigests};
use super::wire::{Header, Section};
use crate::signature::SigningKey;

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
    /// The digests of a text that is to be signed.
    digests: Option<TextDigests>,
}

impl<W: Write> LayoutWriter<W> {
    /// Begins the text with the first line.
    ///
    /// # Errors
    /// An error of the output; [`Error::Header`] if no reader would accept the first line.
    pub fn new(out: W, header: &Header) -> Result<Self, Error> {
        Self::begin(out, header, None)
    }

    /// Begins the text as [`Self::new`] does. With a hasher, it must end with [`Self::finish_with`] and a key.
    ///
    /// # Errors
    /// As [`Self::new`].
    pub(super) fn begin(out: W, header: &Header, hasher: Option<ChunkHasher>) -> Result<Self, Error> {
        let line = header_line(header)?;
        let version = header.version;
        let mut writer = Self {
            out,
            at: 0,
            version,
            sections: Vec::with_capacity(Section::of_version(version).len()),
            is_open: false,
            empty: true,
            named: None,
            digests: hasher.map(|hasher| TextDigests::new(&line, hasher)),
        };
        writer.write_all(&line).map_err(Error::Write)?;
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
        let at = self.at;
        let chunks = match &mut self.digests {
            Some(digests) if section == Section::Chunks => {
                self.out.flush()?;
                digests.end_text(at)?
            }
            _ => Vec::new(),
        };
        self.write_all(opening(section).as_bytes())?;
        self.sections.push((self.at, self.at));
        self.is_open = true;
        self.empty = true;
        if let Some(digests) = &mut self.digests {
            digests.begin(section);
        }
        chunks.iter().try_for_each(|digest| self.record(format!("\"{digest}\"").as_bytes()))
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
    fn finish_replacing(mut self, replaced: Option<String>) -> io::Result<W> {
        let index = self.end(replaced)?;
        self.write_index(&index)
    }

    /// Ends the text of a generation as [`Self::finish_replacing`] does, and signs it.
    ///
    /// # Errors
    /// An error of the output or the key.
    fn finish_signed(
        mut self,
        replaced: Option<String>,
        header: &Header,
        key: &dyn SigningKey,
    ) -> Result<(W, SignedGeneration), Error> {
        let index = self.end(replaced).map_err(Error::Write)?;
        let digests = self.digests.take().unwrap_or_else(|| TextDigests::new(b"", ChunkHasher::here()));
        let signed = digests.sign(header, &index, key)?;
        let index = index.signed(signed.signature.to_text());
        let out = self.write_index(&index).map_err(Error::Write)?;
        Ok((out, signed))
    }

    /// Ends the text of a generation, and signs it if there is a key.
    ///
    /// # Errors
    /// As [`Self::finish_signed`].
    pub fn finish_with(
        self,
        replaced: Option<String>,
        header: &Header,
        key: Option<&dyn SigningKey>,
    ) -> Result<(W, Option<SignedGeneration>), Error> {
        let Some(key) = key else {
            return Ok((self.finish_replacing(replaced).map_err(Error::Write)?, None));
        };
        let (out, signed) = self.finish_signed(replaced, header, key)?;
        Ok((out, Some(signed)))
    }

    fn end(&mut self, replaced: Option<String>) -> io::Result<Index> {
        self.close()?;
        Ok(Index::new(self.version, self.at, std::mem::take(&mut self.sections), replaced))
    }

    fn write_index(mut self, index: &Index) -> io::Result<W> {
        let mut line = INDEX_MEMBER.to_vec();
        serde_json::to_writer(&mut line, index)?;
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
        if let Some(digests) = &mut self.digests {
            digests.end();
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
        if let Some(digests) = &mut self.digests {
            digests.see(&bytes[..count]);
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
