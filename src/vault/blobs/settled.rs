//! The blobs around a save: which the new generation lists, and which go afterwards. The order is: a blob is on the
//! disk, the vault names it, and only then are those removed that neither the vault nor its backup names.

use std::collections::{BTreeSet, HashSet};
use std::io::Write;

use uuid::Uuid;

use super::changes::BlobChanges;
use super::listed::{next, obsolete};
use crate::disk::{FileError, Location, NewBlob, UploadError};
use crate::vault::collection::Vault;
use crate::vault::error::Error;
use crate::vault::layout_writer::{LayoutWriter, put};
use crate::vault::wire::BlobRecord;

impl Vault {
    /// Reads the list of blobs before a save, and looks for their files. Takes no time where there are none.
    pub(in crate::vault) fn prepare_blobs(&mut self, location: &Location) -> Result<(), Error> {
        let current = match self.blobs.current.take() {
            // the save of an earlier state replaces a later one
            Some(current) => current,
            None => self.stored_blobs()?,
        };
        if !current.is_empty() {
            self.blobs.present = present(&current, location);
        }
        self.blobs.current = Some(current);
        self.blobs.new.iter().try_for_each(NewBlob::check)?;
        location.share_blobs(&self.blobs.new)?;
        // from the rename on, the vault may name them, so none may be removed
        self.blobs.new.iter_mut().for_each(NewBlob::leave);
        Ok(())
    }

    /// Begins the search for blobs in the lines that are written, if there are any blobs.
    pub(in crate::vault) fn seek_blobs<W: Write>(
        &mut self,
        writer: &mut LayoutWriter<W>,
    ) -> Result<(), Error> {
        let BlobChanges { new, current, saved, .. } = &self.blobs;
        let is_any =
            !new.is_empty() || !saved.is_empty() || current.as_ref().is_some_and(|list| !list.is_empty());
        if is_any || !self.stored_blobs()?.is_empty() {
            writer.seek_blobs();
        }
        Ok(())
    }

    /// Writes the list of blobs of a generation, once all lines that may name one are written.
    pub(in crate::vault) fn write_blobs<W: Write>(
        &mut self,
        writer: &mut LayoutWriter<W>,
        generation: u64,
    ) -> Result<(), Error> {
        let named = writer.named_blobs();
        let current = self.blobs.current.as_deref().unwrap_or_default();
        let present = self.blobs.present.as_ref();
        let list =
            next(current, &named, generation, |id| present.is_none_or(|present| present.contains(&id)));
        put_list(writer, &list)?;
        self.blobs.saved = list;
        Ok(())
    }

    /// Completes the new blobs after a save, or gives them up, and removes those that no generation names.
    pub(in crate::vault) fn settle_blobs(
        &mut self,
        location: &Location,
        generation: u64,
        saved: Result<(), Error>,
    ) -> Result<(), Error> {
        let new = std::mem::take(&mut self.blobs.new);
        match &saved {
            Ok(()) => {
                let named: BTreeSet<Uuid> = self.blobs.saved.iter().map(|record| record.id).collect();
                // no record names the blob of an item that failed
                let (named, unnamed): (Vec<_>, Vec<_>) =
                    new.into_iter().partition(|blob| named.contains(&blob.id()));
                named.into_iter().for_each(NewBlob::complete);
                give_up(location, unnamed);
                self.blobs.current = None;
                self.remove_obsolete(location, generation);
            }
            // the vault that names them may be in place: the next writer decides
            Err(Error::File(
                FileError::Unconfirmed { .. } | FileError::Upload { reason: UploadError::Unsure(_), .. },
            )) => drop(new),
            Err(_) => give_up(location, new),
        }
        saved
    }

    /// Removes the blobs that no generation names any more, now that there is no backup.
    pub(crate) fn remove_unused_blobs(&self, location: &Location) {
        self.remove_obsolete(location, u64::MAX);
    }

    /// Removes the files of blobs that the vault does not list from beside a working copy that was made anew. Those on
    /// the engine are the business of writers.
    pub(crate) fn forget_other_blobs(&mut self, location: &Location) {
        let Ok(Some(folder)) = location.blobs() else { return };
        if let (Ok(listed), Ok(files)) = (self.stored_blobs(), folder.files()) {
            let is_listed = |id: Uuid| listed.iter().any(|record| record.id == id);
            let others = files.into_iter().filter(|file| !file.is_draft && !is_listed(file.id));
            let _ = folder.remove(others.map(|file| file.id));
        }
    }

    /// Removes the blobs that were unused before a generation, and settles the drafts of killed writers. A failure
    /// is none of the change, which is in place: the blobs stay listed, and the next write tries again.
    fn remove_obsolete(&self, location: &Location, generation: u64) {
        location.unshare_blobs(obsolete(&self.blobs.saved, generation));
        let Ok(Some(folder)) = location.blobs() else { return };
        let listed: BTreeSet<Uuid> = self.blobs.saved.iter().map(|record| record.id).collect();
        location.unshare_blobs(folder.settle(|id| listed.contains(&id)));
        let _ = folder.remove(obsolete(&self.blobs.saved, generation));
    }
}

fn give_up(location: &Location, new: Vec<NewBlob>) {
    location.unshare_blobs(new.iter().map(NewBlob::id));
    new.into_iter().for_each(NewBlob::give_up);
}

/// Returns the blobs of a list that are there; `None` if that cannot be told. An engine is asked for those alone that
/// no generation names: the list forgets them once they are gone.
fn present(list: &[BlobRecord], location: &Location) -> Option<HashSet<Uuid>> {
    if location.upload().is_some() {
        let gone = location.vanished_blobs(obsolete(list, u64::MAX));
        return Some(list.iter().map(|record| record.id).filter(|id| !gone.contains(id)).collect());
    }
    let files = location.blobs().and_then(|folder| folder.map_or(Ok(Vec::new()), |folder| folder.files()));
    files.ok().map(|files| files.into_iter().map(|file| file.id).collect())
}

/// Writes a list of blobs.
pub(in crate::vault) fn put_list<W: Write>(
    writer: &mut LayoutWriter<W>,
    list: &[BlobRecord],
) -> Result<(), Error> {
    list.iter().try_for_each(|record| put(writer, record.line().map_err(|error| Error::Write(error.into()))?))
}
