//! The signing of a generation as it is written: the digests of its text, and the statement that is signed.

use std::io;

use sha2::{Digest as _, Sha256};

use super::chunk_hasher::ChunkHasher;
use super::error::Error;
use super::layout::Index;
use super::statement::Statement;
use super::wire::{Header, Section};
use crate::digest::ContentDigest;
use crate::signature::{SigningKey, SshSignature};

/// The signature of a generation, with the text that it signs.
#[derive(Debug, Clone)]
pub struct SignedGeneration {
    /// The signature, which was verified or just made.
    pub signature: SshSignature,
    /// The text that was signed.
    pub statement: String,
}

/// The digests of a text as it is written.
pub(super) struct TextDigests {
    first_line: ContentDigest,
    recipients: ContentDigest,
    list: ContentDigest,
    covered: u64,
    /// The blocks of the text before the section of the chunks; none behind it.
    chunks: Option<ChunkHasher>,
    /// The section that has a digest of its own, while it is written.
    section: Option<(Section, Sha256)>,
}

impl TextDigests {
    /// Begins with the first line, which is still to be seen like all bytes.
    pub(super) fn new(first_line: &[u8], chunks: ChunkHasher) -> Self {
        let none = ContentDigest::of(b"");
        Self {
            first_line: ContentDigest::of(first_line),
            recipients: none,
            list: none,
            covered: 0,
            chunks: Some(chunks),
            section: None,
        }
    }

    /// Takes the next bytes of the text.
    pub(super) fn see(&mut self, bytes: &[u8]) {
        if let Some(chunks) = &mut self.chunks {
            chunks.see(bytes);
        }
        if let Some((_, section)) = &mut self.section {
            section.update(bytes);
        }
    }

    /// Ends the text that the chunks cover, which must have been flushed, and returns their digests.
    ///
    /// # Errors
    /// As [`ChunkHasher::finish`].
    pub(super) fn end_text(&mut self, covered: u64) -> io::Result<Vec<ContentDigest>> {
        self.covered = covered;
        self.chunks.take().map_or_else(|| Ok(Vec::new()), ChunkHasher::finish)
    }

    /// Begins the lines of a section.
    pub(super) fn begin(&mut self, section: Section) {
        let is_signed = matches!(section, Section::Recipients | Section::Chunks);
        self.section = is_signed.then(|| (section, Sha256::new()));
    }

    /// Ends the lines of a section.
    pub(super) fn end(&mut self) {
        let Some((section, digest)) = self.section.take() else { return };
        let digest = ContentDigest::from_bytes(digest.finalize().into());
        if section == Section::Chunks { self.list = digest } else { self.recipients = digest }
    }

    /// Signs the text, which ends with this index.
    ///
    /// # Errors
    /// An error of the key.
    pub(super) fn sign(
        self,
        header: &Header,
        index: &Index,
        key: &dyn SigningKey,
    ) -> Result<SignedGeneration, Error> {
        let statement = Statement {
            header,
            first_line: self.first_line,
            recipients: self.recipients,
            length: self.covered,
            chunks: self.list,
            index: index.digest(),
            replaced: index.replaced(),
        };
        let statement = statement.to_string();
        let signature = key.sign_verified(statement.as_bytes())?;
        Ok(SignedGeneration { signature, statement })
    }
}
