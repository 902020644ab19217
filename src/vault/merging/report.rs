//! The report on a merge. It has no secret in it.

use std::path::PathBuf;

use crate::vault::resident::OpenConflict;

/// The report on a merge.
#[derive(Debug, Clone, Default)]
#[non_exhaustive]
pub struct MergeReport {
    /// True if the result differs from our side, so that there is something to write.
    pub is_changed: bool,
    /// The generation of our side.
    pub ours: u64,
    /// The generation of their side.
    pub theirs: u64,
    /// The generation of the result; none if nothing was written.
    pub generation: Option<u64>,
    /// The ids of the credentials that come from their side as they are: new ones, and those that only they changed.
    pub taken: Vec<String>,
    /// The ids of the credentials that have changes of both sides.
    pub merged: Vec<String>,
    /// The ids of the credentials that their side has deleted.
    pub deleted: Vec<String>,
    /// The ids of the credentials that their side has renamed: before and after.
    pub renamed: Vec<(String, String)>,
    /// The other records that come from their side, or go with it, such as `policy fast`.
    pub residents: Vec<String>,
    /// The recipients that their side has added.
    pub added_recipients: Vec<String>,
    /// The recipients that their side has removed.
    pub removed_recipients: Vec<String>,
    /// The recipients that our side has removed, and that their side still has.
    pub kept_out_recipients: Vec<String>,
    /// The ids of the credentials that a removed recipient could read on one side.
    pub exposed: Vec<String>,
    /// The conflicts that the merge leaves open.
    pub conflicts: Vec<OpenConflict>,
    /// The blobs of attachments whose files were not found beside either side.
    pub missing_blobs: Vec<PathBuf>,
}
