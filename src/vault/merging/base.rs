//! The file that both sides of a merge come from, if there is one.

use crate::vault::collection::Vault;

/// The common ancestor of both sides.
pub enum MergeBase<'a> {
    /// None is known. The histories of the credentials tell which side is newer, as far as they go.
    None,
    /// Our side itself, which their side has followed.
    Ours,
    /// A file.
    File(&'a mut Vault),
}
