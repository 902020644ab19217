//! References to a credential, and the etag that changes with them.

use std::collections::{BTreeSet, HashSet};

use super::collection::Vault;
use super::error::Error;
use super::resident::Reference;
use crate::text::compose;

impl Vault {
    /// Returns the references to a credential, in the order of the resources.
    ///
    /// # Errors
    /// Fails if the text cannot be read or a record is damaged.
    pub fn references_to(&mut self, id: &str) -> Result<Vec<Reference>, Error> {
        let id = compose(id);
        let mut references = self.residents::<Reference>()?;
        references.retain(|reference| reference.credential == id);
        Ok(references)
    }

    /// Puts these references in the place of all that there are. The etag of each credential whose
    /// references differ changes, because an answer about it shows them.
    ///
    /// # Errors
    /// Fails if the text cannot be read or a record is damaged.
    pub(crate) fn set_references(&mut self, references: Vec<Reference>) -> Result<(), Error> {
        let before: HashSet<_> = self.residents::<Reference>()?.into_iter().collect();
        let after: HashSet<_> = references.iter().cloned().collect();
        let touched: BTreeSet<_> =
            before.symmetric_difference(&after).map(|reference| reference.credential.clone()).collect();
        for id in touched {
            if let Some(mut credential) = self.find(&id)? {
                credential.renew_etag();
                // no version: nothing of the credential itself has changed
                self.amend(&credential)?;
            }
        }
        self.set_residents(references)
    }
}
