//! Credentials that get another id. Their earlier versions follow when the vault is saved.

use std::collections::BTreeMap;

use super::collection::{Pending, Vault};
use super::error::Error;
use super::lines::{Lines, SCAN};
use super::merge::StoredLine;
use super::retention::KeptVersion;
use super::wire::{self, Section};
use crate::credential::Credential;

impl Vault {
    /// Puts a credential in under a new id. The one of the old id, and its earlier versions, become earlier
    /// versions of the new id.
    ///
    /// # Errors
    /// Never in practice.
    pub(crate) fn rename(&mut self, old: &str, credential: &Credential) -> Result<(), Error> {
        let new = credential.id();
        // one that got its id in this very change has its versions under the id before that
        match self.renamed.values_mut().find(|last| *last == old) {
            Some(last) => new.clone_into(last),
            None => drop(self.renamed.insert(old.to_owned(), new.to_owned())),
        }
        self.put(credential)?;
        self.changes.insert(old.to_owned(), Pending { record: None, versioned: true });
        Ok(())
    }

    /// Returns the earlier versions of the credentials that get another id, by the new one.
    pub(super) fn renamed_versions(&mut self) -> Result<BTreeMap<String, Vec<KeptVersion>>, Error> {
        let mut versions: BTreeMap<_, Vec<_>> = BTreeMap::new();
        if self.renamed.is_empty() {
            return Ok(versions);
        }
        let mut lines = Lines::new(&mut self.plain, self.index.range(Section::History), SCAN)?;
        loop {
            let at = lines.position();
            let Some((line, end)) = lines.next_with_end()? else { return Ok(versions) };
            let problem = |problem| Error::record(Section::History, at, problem);
            let id = wire::id(line).map_err(problem)?;
            // what is purged in the same change does not come back under the new id
            if let Some(new) = self.renamed.get(&*id).filter(|_| !self.purged.has(&id)) {
                let stored = StoredLine { line, place: (at, end) };
                versions.entry(new.clone()).or_default().push(KeptVersion::renamed(stored, new)?);
            }
        }
    }
}
