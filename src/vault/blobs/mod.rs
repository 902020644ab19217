//! The blobs of a vault: contents of attachments that are too long for a record, each an age file of its own with
//! an identity that the record keeps. A write of the vault neither reads nor writes them.

mod bundled;
mod changes;
mod contents;
mod listed;
mod named;
mod problem;
mod settled;
mod staged;

pub(super) use bundled::{bring, bundle_folder, clean, named_list};
pub(super) use changes::BlobChanges;
pub use contents::{Contents, OpenContent};
pub(super) use named::{BlobNames, NamedBlobs};
pub use problem::AttachmentProblem;
pub(super) use settled::put_list;
pub use staged::StagedContent;
