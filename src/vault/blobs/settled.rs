//! The blobs around a save: which the new generation lists, and which go afterwards. The order is: a blob is on the
//! disk, the vault names it, and only then are those removed that neither the vault nor its backup names.

use std::collections::BTreeSet;
use std::io::Write;

use uuid::Uuid;

use super::changes::BlobChanges;
use super::listed::{next, obsolete};
use crate::disk::{FileError, Location, NewBlob};
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
            let files =
                location.blobs().and_then(|folder| folder.map_or(Ok(Vec::new()), |folder| folder.files()));
            self.blobs.present = files.ok().map(|files| files.into_iter().map(|file| file.id).collect());
        }
        self.blobs.current = Some(current);
        self.blobs.new.iter().try_for_each(NewBlob::check)?;
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
        let new = std::mem::take(&mut self.blobs.new).into_iter();
        match &saved {
            Ok(()) => {
                let named: BTreeSet<Uuid> = self.blobs.saved.iter().map(|record| record.id).collect();
                // no record names the blob of an item that failed
                new.for_each(
                    |blob| if named.contains(&blob.id()) { blob.complete() } else { blob.give_up() },
                );
                self.blobs.current = None;
                self.remove_obsolete(location, generation);
            }
            // the vault that names them may be in place: the next writer decides
            Err(Error::File(FileError::Unconfirmed { .. })) => drop(new),
            Err(_) => new.for_each(NewBlob::give_up),
        }
        saved
    }

    /// Removes the blobs that no generation names any more, now that there is no backup.
    pub(crate) fn remove_unused_blobs(&self, location: &Location) {
        self.remove_obsolete(location, u64::MAX);
    }

    /// Removes the blobs that were unused before a generation, and settles the drafts of killed writers. A failure
    /// is none of the change, which is in place: the blobs stay listed, and the next write tries again.
    fn remove_obsolete(&self, location: &Location, generation: u64) {
        let Ok(Some(folder)) = location.blobs() else { return };
        let listed: BTreeSet<Uuid> = self.blobs.saved.iter().map(|record| record.id).collect();
        folder.settle(|id| listed.contains(&id));
        let _ = folder.remove(obsolete(&self.blobs.saved, generation));
    }
}

/// Writes a list of blobs.
pub(in crate::vault) fn put_list<W: Write>(
    writer: &mut LayoutWriter<W>,
    list: &[BlobRecord],
) -> Result<(), Error> {
    list.iter().try_for_each(|record| put(writer, record.line().map_err(|error| Error::Write(error.into()))?))
}
