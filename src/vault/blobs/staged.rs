//! A content on its way into a vault: in memory if a record can keep it, else as a new blob that the disk has.

use std::io::Read;

use uuid::Uuid;
use zeroize::Zeroizing;

use crate::credential::{Attachment, MAX_INLINE, Violations};
use crate::digest::ContentDigest;
use crate::disk::{Location, NewBlob};
use crate::secret::Secret;
use crate::vault::cipher::{BlobSealer, ContentMeasure, fill, generate};
use crate::vault::collection::Vault;
use crate::vault::error::Error;

/// A content that waits for the change that attaches it. If nothing does, its blob is removed again.
#[derive(Debug)]
pub struct StagedContent {
    measure: ContentMeasure,
    place: StagedPlace,
}

#[derive(Debug)]
enum StagedPlace {
    /// A content that the record keeps.
    Memory(Zeroizing<Vec<u8>>),
    /// A blob and its identity.
    Blob(NewBlob, Secret),
    /// A content that was only measured, for a change that is not saved.
    Nowhere,
}

impl StagedContent {
    /// Reads a content to its end. A long one becomes a blob beside the vault, which needs no lock.
    ///
    /// # Errors
    /// [`Error::Content`] of the source, or an error of the disk.
    pub fn stage(location: &Location, source: &mut dyn Read) -> Result<Self, Error> {
        Self::read(source, |source| {
            let sealer = BlobSealer::new()?;
            let mut sealed = None;
            let blob = location.make_blobs()?.write(|out| {
                sealed = Some(sealer.seal(source, out)?);
                Ok::<_, Error>(())
            })?;
            // the file was written, so it was sealed
            let (identity, measure) = sealed.ok_or(Error::Content(std::io::ErrorKind::Other.into()))?;
            Ok(Self { measure, place: StagedPlace::Blob(blob, identity) })
        })
    }

    /// Reads a content to its end for a change that is not saved, and writes nothing.
    ///
    /// # Errors
    /// [`Error::Content`] of the source.
    pub fn measure(source: &mut dyn Read) -> Result<Self, Error> {
        Self::read(source, |source| {
            let measure = ContentMeasure::pass(source, &mut std::io::sink())?;
            Ok(Self { measure, place: StagedPlace::Nowhere })
        })
    }

    fn read(
        source: &mut dyn Read,
        read_long: impl FnOnce(&mut dyn Read) -> Result<Self, Error>,
    ) -> Result<Self, Error> {
        let mut begin = Zeroizing::new(vec![0; MAX_INLINE + 1]);
        let length = fill(source, &mut begin).map_err(Error::Content)?;
        if length > MAX_INLINE {
            return read_long(&mut (&begin[..]).chain(source));
        }
        begin.truncate(length);
        let measure = ContentMeasure::of(&begin);
        Ok(Self { measure, place: StagedPlace::Memory(begin) })
    }

    /// Returns the SHA-256 of the content.
    #[must_use]
    pub fn sha256(&self) -> ContentDigest {
        self.measure.sha256
    }

    /// Returns the length of the content in bytes.
    #[must_use]
    pub fn size(&self) -> u64 {
        self.measure.size
    }
}

impl Vault {
    /// Makes an attachment of a content. Its blob belongs to the vault from now on, and is removed unless a save
    /// follows.
    pub(crate) fn attachment_of(
        &mut self,
        name: &str,
        content: StagedContent,
    ) -> Result<Attachment, Violations> {
        let ContentMeasure { size, sha256 } = content.measure;
        match content.place {
            StagedPlace::Memory(bytes) => Attachment::inline(name, &bytes),
            StagedPlace::Blob(blob, identity) => {
                let attachment = Attachment::blob(name, size, sha256, blob.id(), identity)?;
                self.blobs.new.push(blob);
                Ok(attachment)
            }
            StagedPlace::Nowhere => Attachment::blob(name, size, sha256, Uuid::nil(), generate().0),
        }
    }
}
