//! New credentials: they are made without a vault, so that mistakes cost nothing, and put into it later.

use super::error::Error;
use super::terms::Terms;
use super::transaction::Transaction;
use crate::credential::{Change, Changed, Draft, change};
use crate::dialect::Body;
use crate::kind::Kind;
use crate::value::Value;

impl Terms {
    /// Makes a new credential of a type. [`Transaction::insert`] puts it into a vault.
    ///
    /// # Errors
    /// Everything that is wrong with the credential.
    pub fn create(&self, kind: &'static Kind, draft: Draft) -> Result<Changed, Error> {
        Ok(change(&Change::Create(kind), draft, &self.act(), &self.rules())?)
    }

    /// Makes a new credential of a document. `amend` may change its draft, once its type is known.
    ///
    /// # Errors
    /// As [`Terms::create`]; a missing type; virtual networks, which no new credential has; an error of
    /// `amend`.
    pub fn create_with<E: From<Error>>(
        &self,
        body: Body,
        amend: impl FnOnce(&'static Kind, &mut Draft) -> Result<(), E>,
    ) -> Result<Changed, E> {
        let kind = body.kind().map_err(Error::from)?;
        body.check_networks(&Value::List(Vec::new())).map_err(Error::from)?;
        let mut draft = body.draft(kind);
        amend(kind, &mut draft)?;
        Ok(self.create(kind, draft)?)
    }
}

impl Transaction<'_> {
    /// Puts a new credential into the vault; one of the same id is left as it is.
    ///
    /// # Errors
    /// [`Error::Exists`]; fails also if what the credential belongs to is not there.
    pub fn insert(&mut self, changed: &mut Changed) -> Result<(), Error> {
        let id = changed.credential.id();
        if self.contains(id)? {
            return Err(Error::Exists { id: id.to_owned() });
        }
        self.place(changed, None)
    }

    /// Puts in the only new credential of a call. The save of the vault finds out if its id is free; a trial
    /// finds it out at once.
    ///
    /// # Errors
    /// As [`Transaction::insert`].
    pub fn insert_only(&mut self, changed: &mut Changed) -> Result<(), Error> {
        if self.is_trial() {
            return self.insert(changed);
        }
        self.check_place(changed, None)?;
        Ok(self.put_new(&changed.credential)?)
    }
}
