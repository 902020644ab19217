//! An encrypted export as an object at an address. It has no working copy, because nothing reads it here. Nothing but
//! another export is replaced, and nothing that is not encrypted is stored.

use std::io::Cursor;
use std::path::Path;

use super::engines::Contact;
use super::publisher::Publisher;
use super::working_copy::WorkingCopy;
use crate::disk::UploadError;
use crate::remote::Ranged;
use crate::store::terms::Terms;
use crate::vault::{Mark, Sealed};

/// The bytes of an object that are looked at: more than the header of an age file may have.
const START: u64 = 96 * 1024;

/// The place of an encrypted export on an engine, with what was there when it was opened.
#[derive(Debug)]
pub struct ExportObject {
    copy: WorkingCopy,
    /// The tag of the export that is to be replaced.
    replaces: Option<String>,
}

/// The reasons why an export is not stored at an address. Nothing was stored, unless the reason is
/// [`UploadError::Unsure`].
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ExportObjectError {
    /// An object that is there already.
    #[error("`{address}` exists already and was left alone")]
    Exists {
        /// The address.
        address: String,
    },
    /// An object that is no export: a vault, a bundle, or something of another program.
    #[error("`{address}` is not an export of credctl, and was left alone")]
    NotAnExport {
        /// The address.
        address: String,
    },
    /// An export without the engine.
    #[error("an export to `{address}` needs its engine")]
    Offline {
        /// The address.
        address: String,
    },
    /// A content without the mark of an encrypted export.
    #[error("only encrypted exports are stored at an address")]
    NotEncrypted,
    /// An engine that does not answer, or refuses.
    #[error("`{address}`: {reason}")]
    Store {
        /// The address.
        address: String,
        /// The reason.
        reason: UploadError,
    },
}

impl ExportObject {
    /// Looks at what is at an address, before an export is made. With `overwrite`, another export may be there.
    /// Returns `None` for the path of a file, and if no engines are known.
    ///
    /// # Errors
    /// Any [`ExportObjectError`] but [`ExportObjectError::NotEncrypted`].
    pub fn open(terms: &Terms, address: &Path, overwrite: bool) -> Result<Option<Self>, ExportObjectError> {
        let Some(copy) = terms.copy(address) else { return Ok(None) };
        let address = copy.address().to_owned();
        if copy.contact() == Contact::Offline {
            return Err(ExportObjectError::Offline { address });
        }
        let there = copy.with_object(|object| object.range(None, 0, START));
        let replaces = match there {
            Ok(Ranged::Absent) => None,
            Ok(_) if !overwrite => return Err(ExportObjectError::Exists { address }),
            Ok(Ranged::Part { tag, content, .. }) if is_export(&content) => Some(tag),
            Ok(_) => return Err(ExportObjectError::NotAnExport { address }),
            Err(failure) => return Err(ExportObjectError::Store { address, reason: failure.into() }),
        };
        Ok(Some(Self { copy, replaces }))
    }

    /// Returns the address as it may be shown.
    #[must_use]
    pub fn address(&self) -> &str {
        self.copy.address()
    }

    /// Stores an encrypted export, if what was there is still there.
    ///
    /// # Errors
    /// [`ExportObjectError::NotEncrypted`], [`ExportObjectError::Store`].
    pub fn store(self, content: &[u8]) -> Result<(), ExportObjectError> {
        if !is_export(content) {
            return Err(ExportObjectError::NotEncrypted);
        }
        let address = self.address().to_owned();
        let stored = Publisher::new(self.copy).store(self.replaces.as_deref(), content);
        stored.map(drop).map_err(|reason| ExportObjectError::Store { address, reason })
    }
}

/// Returns true for the begin of an age file with the mark of an export.
fn is_export(begin: &[u8]) -> bool {
    let begin = begin[..begin.len().min(usize::try_from(START).unwrap_or(usize::MAX))].to_vec();
    let size = begin.len() as u64;
    let sealed = Sealed::inspect_parts(Cursor::new(begin), size);
    sealed.is_ok_and(|sealed| sealed.mark() == Some(Mark::Export))
}
