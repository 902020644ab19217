//! The age file of a blob: a content of any length, sealed to an identity of its own and opened again, in constant
//! memory.

use std::io::{self, Cursor, Read, Write};

use age::x25519::Identity;
use sha2::{Digest as _, Sha256};
use zeroize::Zeroizing;

use super::identity::{Identities, generate};
use super::key::Key;
use super::lockset::Lockset;
use super::plugin::Plugins;
use super::recipient::Recipients;
use super::sealed::Sealed;
use super::sealer::Sealer;
use crate::digest::ContentDigest;
use crate::disk::BlobContent;
use crate::secret::{Secret, wipe_stack};
use crate::vault::error::Error;
use crate::vault::plain::Plain;

/// Bytes of a content that are in memory at a time: one chunk of age.
const CHUNK: usize = 64 * 1024;

/// The measures of a content that was read to its end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ContentMeasure {
    /// The length in bytes.
    pub size: u64,
    /// The SHA-256.
    pub sha256: ContentDigest,
}

/// A sealed blob that waits for its content.
pub struct BlobSealer {
    identity: Secret,
    sealer: Sealer,
}

impl BlobSealer {
    /// Makes a fresh identity, which the record keeps.
    ///
    /// # Errors
    /// Never in practice.
    pub fn new() -> Result<Self, Error> {
        let (identity, recipient) = generate();
        let recipients = Recipients::parse([recipient], &Plugins::default())?;
        Ok(Self { identity, sealer: Sealer::new(&Lockset::Recipients(recipients))? })
    }

    /// Encrypts a content into `out`. Returns the identity that opens the file, and the measures of the content.
    ///
    /// # Errors
    /// An error of the source or the output.
    pub fn seal(self, source: &mut dyn Read, out: &mut dyn Write) -> Result<(Secret, ContentMeasure), Error> {
        let mut measure = None;
        self.sealer.seal(out, |out| {
            measure = Some(ContentMeasure::pass(source, out)?);
            Ok(())
        })?;
        let empty = || ContentMeasure::of(&[]);
        Ok((self.identity, measure.unwrap_or_else(empty)))
    }
}

impl ContentMeasure {
    /// Measures a content in memory.
    #[must_use]
    pub fn of(content: &[u8]) -> Self {
        Self { size: content.len() as u64, sha256: ContentDigest::of(content) }
    }

    /// Passes a content on to its end, and measures it.
    ///
    /// # Errors
    /// [`Error::Content`] of the source, [`Error::Write`] of the output.
    pub fn pass(source: &mut dyn Read, out: &mut dyn Write) -> Result<Self, Error> {
        let (mut size, mut sum) = (0, Sha256::new());
        let mut chunk = Zeroizing::new(vec![0; CHUNK]);
        loop {
            // full chunks, because a pipe gives little at a time
            let length = fill(source, &mut chunk).map_err(Error::Content)?;
            let read = &chunk[..length];
            sum.update(read);
            size += length as u64;
            out.write_all(read).map_err(Error::Write)?;
            if length < CHUNK {
                return Ok(Self { size, sha256: ContentDigest::from_bytes(sum.finalize().into()) });
            }
        }
    }
}

/// Reads until the buffer is full or the source ends. Returns the number of bytes.
pub(in crate::vault) fn fill(source: &mut dyn Read, buffer: &mut [u8]) -> io::Result<usize> {
    let mut length = 0;
    while length < buffer.len() {
        match source.read(&mut buffer[length..]) {
            Ok(0) => break,
            Ok(count) => length += count,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    Ok(length)
}

impl Identities {
    /// Takes the identity that a record keeps for a blob. No other kind counts: an identity of a plugin would run
    /// a program that the writer of the record chose.
    pub(super) fn of_blob(identity: &Secret) -> Option<Self> {
        let identity = identity.expose().parse::<Identity>().ok();
        wipe_stack();
        identity.map(Self::of_x25519)
    }
}

/// Opens the file of a blob. Its text is decrypted as it is read.
///
/// # Errors
/// An identity that is none or does not open the file, and a file that is no age file or is cut.
pub fn open_blob(content: BlobContent, identity: &Secret) -> Result<Plain, Error> {
    let identities = Identities::of_blob(identity).ok_or(crate::vault::Locked::Identities)?;
    let sealed = match content {
        BlobContent::There(file) => Sealed::inspect(file)?,
        BlobContent::Fetched(bytes) => {
            let size = bytes.len() as u64;
            Sealed::inspect_parts(Cursor::new(bytes), size)?
        }
    };
    sealed.open(&Key::Identities(identities))
}
