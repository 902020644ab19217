//! The disk: where a file is, who may write it, how one generation replaces another.
//!
//! The only place of the crate that touches the disk. It moves bytes and does not know what they mean: no
//! vault, no cipher, no format, no prompt. The file that is locked and replaced is called the vault here,
//! because that is what the program keeps in it. Code for Unix alone stays in this folder.
//!
//! The following holds at every moment, whatever call fails and wherever the process is killed:
//!
//! * the name of the vault stands for one complete generation, the old one or the new one;
//! * what was acknowledged is on the disk: the bytes before the rename, the rename after it;
//! * an error before the rename means that the old vault is untouched, and an error after it says
//!   that the new one may be in place;
//! * the backup is the generation before the one in place, also where a write did not happen;
//! * readers take no lock, writers always do, and the lock file is never removed.

mod backup;
mod blob_copies;
mod blobs;
mod companions;
mod draft;
mod draft_lock;
mod error;
mod fill;
mod folder;
mod leftover;
mod location;
mod lock;
mod loose;
mod named;
mod names;
mod new_blob;
mod outlet;
mod publish;
mod removal;
mod replace;
mod run_folder;
mod scratch;
mod state;
mod sync;
#[cfg(test)]
#[expect(clippy::disallowed_methods, reason = "tests make the files they need")]
mod tests;
mod upload;
mod walk;

pub use blob_copies::BlobContent;
pub use blobs::{BlobFile, BlobFolder};
pub use error::{Action, FileError, FileKind};
pub use leftover::Leftover;
pub use location::{Location, MAX_SIZE};
pub use lock::Lock;
pub use loose::Loose;
pub use named::{files_below, is_link, open_named, read_named, read_secret, remove_named, write_new_private};
pub use new_blob::NewBlob;
pub use outlet::{Outlet, OutletStream};
pub use publish::Access;
pub use replace::Backup;
pub use run_folder::RunFolder;
pub use scratch::Scratch;
pub use state::{LockedState, StateFolder};
pub use upload::{Upload, UploadError};
