//! Changes of a vault below the rules of the store.

use super::collection::Vault;
use super::error::Error;
use super::resident::Resident;
use crate::credential::Credential;

/// Changes that check no rule beyond the one record: whether a user, a policy or a project allows it, and what
/// belongs to a credential. For tests of the format and for tools that repair a vault; everybody else changes
/// a vault through [`crate::store`].
pub trait Unchecked {
    /// Puts a credential in the place of the one of its id, which is kept as an earlier version.
    ///
    /// # Errors
    /// Never in practice.
    fn put_unchecked(&mut self, credential: &Credential) -> Result<(), Error>;

    /// Takes a credential out; it is kept as an earlier version.
    fn remove_unchecked(&mut self, id: &str);

    /// Puts these residents in the place of all of their kind.
    ///
    /// # Errors
    /// Never in practice.
    fn set_residents_unchecked<R: Resident>(&mut self, residents: Vec<R>) -> Result<(), Error>;
}

impl Unchecked for Vault {
    fn put_unchecked(&mut self, credential: &Credential) -> Result<(), Error> {
        self.put(credential)
    }

    fn remove_unchecked(&mut self, id: &str) {
        self.remove(id);
    }

    fn set_residents_unchecked<R: Resident>(&mut self, residents: Vec<R>) -> Result<(), Error> {
        self.set_residents(residents)
    }
}
