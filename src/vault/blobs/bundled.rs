//! The blobs beside a bundle: copies of those beside the vault, which the identities in the bundle open. They are
//! in place before the bundle names them, and those that it does not name go after it is in place.

use std::collections::BTreeSet;

use uuid::Uuid;

use crate::disk::{BlobFolder, FileError, Location};
use crate::vault::wire::BlobRecord;

/// Brings blobs to the folder beside a bundle, as far as they are not there.
pub(in crate::vault) fn bring(
    own: &Location,
    bundle: &Location,
    named: &BTreeSet<Uuid>,
) -> Result<(), FileError> {
    if named.is_empty() {
        return Ok(());
    }
    let missing = || FileError::NotFound { path: own.blob_path(named.first().copied().unwrap_or_default()) };
    let source = own.blobs()?.ok_or_else(missing)?;
    let target = bundle.make_blobs()?;
    named.iter().try_for_each(|id| target.copy_from(&source, *id))
}

/// Removes the blobs beside a bundle that it does not name, and the folder if it is empty. Ignores failures: the
/// bundle is in place, and the next one tries again.
pub(in crate::vault) fn clean(bundle: &Location, named: &BTreeSet<Uuid>) {
    let Ok(Some(folder)) = bundle.blobs() else { return };
    folder.settle(|_| false);
    let _ = others(&folder, named).and_then(|others| folder.remove(others));
    if named.is_empty() {
        folder.remove_if_empty(bundle);
    }
}

/// Returns the list of the blobs that a bundle names.
pub(in crate::vault) fn named_list(named: &BTreeSet<Uuid>) -> Vec<BlobRecord> {
    named.iter().map(|id| BlobRecord { id: *id, unused_since: None }).collect()
}

fn others(folder: &BlobFolder, named: &BTreeSet<Uuid>) -> Result<Vec<Uuid>, FileError> {
    let others = folder.files()?.into_iter().filter(|file| !file.is_draft && !named.contains(&file.id));
    Ok(others.map(|file| file.id).collect())
}
