//! Credentials that get another id. Their earlier versions follow when the vault is saved.

use std::collections::BTreeMap;

use zeroize::Zeroizing;

use super::collection::{Pending, Vault};
use super::error::{Error, RecordProblem};
use super::plain::{Lines, SCAN};
use super::retention::Texts;
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
        self.changes.insert(old.to_owned(), Pending { line: None, versioned: true });
        Ok(())
    }

    /// Returns the earlier versions of the credentials that get another id, by the new one, as their lines will
    /// be.
    pub(super) fn renamed_versions(&mut self) -> Result<BTreeMap<String, Texts>, Error> {
        let mut versions: BTreeMap<_, Texts> = BTreeMap::new();
        if self.renamed.is_empty() {
            return Ok(versions);
        }
        let mut lines = Lines::new(&mut self.plain, self.index.range(Section::History), SCAN)?;
        loop {
            let at = lines.position();
            let Some(line) = lines.next()? else { return Ok(versions) };
            let problem = |problem| Error::record(Section::History, at, problem);
            let id = wire::id(line).map_err(problem)?;
            // what is purged in the same change does not come back under the new id
            if let Some(new) = self.renamed.get(&*id).filter(|_| !self.purged.has(&id)) {
                let line = renamed_version(line, new).map_err(problem)?;
                versions.entry(new.clone()).or_default().push(line);
            }
        }
    }
}

/// Returns the line of an earlier version under another id.
fn renamed_version(line: &[u8], new: &str) -> Result<Zeroizing<Vec<u8>>, RecordProblem> {
    let mut version = wire::version(line)?;
    new.clone_into(&mut version.credential.head.id);
    wire::line_of_version(&version).map_err(|error| RecordProblem::Json(error.into()))
}

/// Returns the line of a credential under another id.
pub(super) fn renamed_line(line: &[u8], new: &str) -> Result<Zeroizing<Vec<u8>>, RecordProblem> {
    let mut credential = wire::credential(line)?;
    new.clone_into(&mut credential.head.id);
    wire::line(&credential).map_err(|error| RecordProblem::Json(error.into()))
}
