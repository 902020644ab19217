//! References of other resources to credentials.

use super::error::Error;
use super::transaction::Transaction;
use crate::vault::{Reference, Resident as _};

impl Transaction<'_> {
    /// Adds a reference to a credential, or replaces its addresses. Returns true if that changed anything: a
    /// reference without addresses keeps those that are stored.
    ///
    /// # Errors
    /// As [`super::Scope::find_to_change`].
    pub fn refer(&mut self, reference: Reference) -> Result<bool, Error> {
        self.stored(&reference.credential, false, None)?;
        let mut references = self.residents::<Reference>()?;
        match references.iter_mut().find(|known| known.key() == reference.key()) {
            Some(known) if *known == reference || reference.addresses.is_empty() => return Ok(false),
            Some(known) => *known = reference,
            None => references.push(reference),
        }
        self.set_references(references)?;
        Ok(true)
    }

    /// Removes the reference of a resource to a credential.
    ///
    /// # Errors
    /// As [`super::Scope::find_to_change`], and [`Error::NoReference`].
    pub fn no_longer_refer(&mut self, id: &str, resource: &str) -> Result<(), Error> {
        self.stored(id, false, None)?;
        let mut references = self.residents::<Reference>()?;
        let before = references.len();
        references.retain(|known| known.key() != (id, resource));
        if references.len() == before {
            return Err(Error::NoReference { resource: resource.to_owned(), id: id.to_owned() });
        }
        Ok(self.set_references(references)?)
    }
}
