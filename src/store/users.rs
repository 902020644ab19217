//! The users whom password hashes belong to.

use super::error::Error;
use super::resident_error::ResidentError;
use super::scope::Writes;
use super::transaction::Transaction;
use crate::vault::User;

impl Transaction<'_> {
    /// Adds a user.
    ///
    /// # Errors
    /// [`ResidentError::UserExists`], and [`Error::WholeVault`] from a project.
    pub fn add_user(&mut self, user: User) -> Result<(), Error> {
        self.terms().scope.check(Writes::WholeVault("user"))?;
        let mut users = self.residents::<User>()?;
        if users.iter().any(|known| known.id == user.id) {
            return Err(ResidentError::UserExists { id: user.id }.into());
        }
        users.push(user);
        Ok(self.set_residents(users)?)
    }

    /// Deletes a user. Returns the ids of his password hashes, which stay and can be deleted from now on.
    ///
    /// # Errors
    /// [`ResidentError::NoUser`], and [`Error::WholeVault`] from a project.
    pub fn delete_user(&mut self, id: &str) -> Result<Vec<String>, Error> {
        self.terms().scope.check(Writes::WholeVault("user"))?;
        let mut users = self.residents::<User>()?;
        let before = users.len();
        users.retain(|known| !known.id.eq_ignore_ascii_case(id));
        if users.len() == before {
            return Err(ResidentError::NoUser { id: id.to_owned() }.into());
        }
        self.set_residents(users)?;
        Ok(self.of_user(id)?.iter().map(|head| head.id.clone()).collect())
    }
}
