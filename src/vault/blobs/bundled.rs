//! The blobs beside a bundle: copies of those beside the vault, which the identities in the bundle open. They are
//! in place before the bundle names them, and those that it does not name go after it is in place.

use std::collections::BTreeSet;

use uuid::Uuid;

use crate::disk::{BlobFolder, FileError, Location};
use crate::vault::wire::BlobRecord;

/// Opens the folder beside a bundle, if there is one.
///
/// # Errors
/// [`FileError::SameFolder`] if it is the one beside the vault at `own`, or an error of the folder.
pub(in crate::vault) fn bundle_folder(
    own: &Location,
    bundle: &Location,
) -> Result<Option<BlobFolder>, FileError> {
    let Some(folder) = bundle.blobs()? else { return Ok(None) };
    if let Some(vault) = own.blobs()? {
        folder.require_other(&vault)?;
    }
    Ok(Some(folder))
}

/// Brings blobs to the folder beside a bundle, as far as they are not there.
pub(in crate::vault) fn bring(
    own: &Location,
    bundle: &Location,
    named: &BTreeSet<Uuid>,
) -> Result<(), FileError> {
    // also where there is nothing to bring: what is not in place could not be cleaned
    bundle_folder(own, bundle)?;
    if named.is_empty() {
        return Ok(());
    }
    // with one folder for all of them, be it empty
    bundle.make_blobs()?;
    for id in named {
        if !bundle.bring_blob(own, *id)? {
            return Err(FileError::NotFound { path: own.blob_path(*id) });
        }
    }
    Ok(())
}

/// Removes the blobs beside a bundle that it does not name, and the folder if it is empty. Ignores failures: the
/// bundle is in place, and the next one tries again.
pub(in crate::vault) fn clean(own: &Location, bundle: &Location, named: &BTreeSet<Uuid>) {
    let Ok(Some(folder)) = bundle_folder(own, bundle) else { return };
    folder.settle(|_| false);
    if let Ok(others) = others(&folder, named) {
        bundle.unshare_blobs(others.iter().copied());
        let _ = folder.remove(others);
    }
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

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::{bring, clean};
    use crate::disk::{FileError, Location};

    #[test]
    fn the_blobs_of_the_vault_are_not_those_of_a_bundle() {
        let folder = tempfile::tempdir().unwrap();
        let own = Location::resolve(&folder.path().join("v")).unwrap();
        let blob = own.make_blobs().unwrap().write::<FileError>(|_| Ok(())).unwrap();
        let id = blob.id();
        blob.complete();
        // as through a mount
        let bundle = Location::resolve(&folder.path().join("v")).unwrap();
        for named in [BTreeSet::new(), [id].into()] {
            assert!(matches!(bring(&own, &bundle, &named), Err(FileError::SameFolder { .. })));
        }
        clean(&own, &bundle, &BTreeSet::new());
        assert_eq!(own.blobs().unwrap().unwrap().files().unwrap().len(), 1);
    }
}
