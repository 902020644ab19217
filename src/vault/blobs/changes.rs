//! The blobs of an open vault that a save settles. Must not know the vault itself.

use std::collections::HashSet;

use uuid::Uuid;

use crate::disk::NewBlob;
use crate::vault::wire::BlobRecord;

/// The blobs of an open vault, as far as a save needs to know them.
#[derive(Default)]
pub(in crate::vault) struct BlobChanges {
    /// The new blobs, which the next save names.
    pub new: Vec<NewBlob>,
    /// The list of the generation that the next save replaces, once it was read.
    pub current: Option<Vec<BlobRecord>>,
    /// The ids of the listed blobs whose files are there; `None` if that cannot be told.
    pub present: Option<HashSet<Uuid>>,
    /// The list of the generation that was saved.
    pub saved: Vec<BlobRecord>,
}
