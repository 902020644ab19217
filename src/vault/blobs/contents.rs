//! The contents of attachments, read in constant memory and compared with their digests.

use std::io::Write;
use std::path::PathBuf;

use sha2::{Digest as _, Sha256};
use zeroize::Zeroizing;

use super::problem::AttachmentProblem;
use crate::credential::{Attachment, AttachmentContent};
use crate::digest::ContentDigest;
use crate::disk::Location;
use crate::secret::wipe_freed;
use crate::vault::cipher::open_blob;
use crate::vault::error::Error;
use crate::vault::plain::Plain;
use crate::vault::stream::BLOCK;

/// Bytes that are read at a time: one chunk of age.
#[expect(clippy::cast_possible_truncation, reason = "64 KiB")]
const CHUNK: usize = BLOCK as usize;

/// The place of the contents of a vault: the records themselves, and the blobs beside the vault.
#[derive(Debug)]
pub struct Contents {
    location: Location,
}

impl Contents {
    /// Makes the place of the contents of the vault at a location.
    #[must_use]
    pub fn of(location: Location) -> Self {
        Self { location }
    }

    /// Opens the content of an attachment. Checks that it is there as a whole and as long as the record says.
    ///
    /// # Errors
    /// [`Error::Attachment`], or an error of the disk.
    pub fn open(&self, attachment: &Attachment) -> Result<OpenContent, Error> {
        let source = match &attachment.content {
            AttachmentContent::Inline(_) => {
                // a record was judged when it was read
                ContentSource::Record(attachment.inline_content().unwrap_or_default())
            }
            AttachmentContent::Blob { id, identity } => {
                let path = self.location.blob_path(*id);
                let Some(content) = self.location.find_blob(*id)? else {
                    return Err(problem(attachment, AttachmentProblem::Missing(path)));
                };
                let broken = |error| broken(attachment, &path, error);
                let fetched = content.fetched();
                let mut plain = open_blob(content, identity).map_err(broken)?;
                // the last chunk proves that the file is complete, before anything is printed
                plain.tail(plain.length().saturating_sub(1)).map_err(broken)?;
                plain.seek(0).map_err(broken)?;
                if let Some(fetched) = fetched {
                    // the next reader need not fetch it; where nothing can be written, that is no loss
                    let _ = self.location.keep_blob(*id, &fetched);
                }
                ContentSource::Blob(plain, path)
            }
        };
        let found = source.length();
        if found != attachment.size {
            let expected = attachment.size;
            return Err(problem(attachment, AttachmentProblem::Size { found, expected }));
        }
        Ok(OpenContent { attachment: attachment.clone(), source })
    }
}

/// A content that is open and has not been read yet.
pub struct OpenContent {
    attachment: Attachment,
    source: ContentSource,
}

enum ContentSource {
    Record(Zeroizing<Vec<u8>>),
    Blob(Plain, PathBuf),
}

impl ContentSource {
    fn length(&self) -> u64 {
        match self {
            Self::Record(bytes) => bytes.len() as u64,
            Self::Blob(plain, _) => plain.length(),
        }
    }
}

impl OpenContent {
    /// Returns the length of the content in bytes.
    #[must_use]
    pub fn size(&self) -> u64 {
        self.attachment.size
    }

    /// Passes the content on. After an error, what was passed on must not be used.
    ///
    /// # Errors
    /// [`Error::Attachment`] if the content is not the one that was attached, [`Error::Write`] of the output, or an
    /// error of the disk.
    pub fn pass(self, out: &mut dyn Write) -> Result<(), Error> {
        let Self { attachment, source } = self;
        let mut sum = Sha256::new();
        match source {
            ContentSource::Record(bytes) => {
                sum.update(&bytes);
                out.write_all(&bytes).map_err(Error::Write)?;
            }
            ContentSource::Blob(mut plain, path) => {
                let mut chunk = Zeroizing::new(vec![0; CHUNK]);
                loop {
                    let read = plain.read(&mut chunk).map_err(|error| broken(&attachment, &path, error));
                    let bytes = match read {
                        Ok(0) => break,
                        Ok(count) => &chunk[..count],
                        Err(error) => {
                            wipe_freed(CHUNK);
                            return Err(error);
                        }
                    };
                    sum.update(bytes);
                    out.write_all(bytes).map_err(Error::Write)?;
                }
                drop(plain);
                // age does not wipe its buffer
                wipe_freed(CHUNK);
            }
        }
        if ContentDigest::from_bytes(sum.finalize().into()) != attachment.sha256 {
            return Err(problem(&attachment, AttachmentProblem::Digest));
        }
        Ok(())
    }
}

fn problem(attachment: &Attachment, problem: AttachmentProblem) -> Error {
    Error::Attachment { name: attachment.name.clone(), problem }
}

/// Makes the error of a blob that cannot be opened or decrypted. An error of the disk stays what it is.
fn broken(attachment: &Attachment, path: &std::path::Path, error: Error) -> Error {
    match error {
        Error::Read(_) | Error::File(_) | Error::Memory { .. } => error,
        _ => problem(attachment, AttachmentProblem::Broken(path.to_owned())),
    }
}
