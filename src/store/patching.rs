//! The change of a credential by what is given, and of nothing else.

use super::error::Error;
use super::placing::check_body;
use super::transaction::Transaction;
use crate::credential::{Change, Changed, Credential, Draft, change};
use crate::dialect::Body;
use crate::kind::Kind;

impl Transaction<'_> {
    /// Changes what the draft has, and nothing else.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/doc/store.rs"));
    /// # fn main() -> Result<(), Failure> {
    /// # let (store, _folder) = new_vault()?;
    /// # store.change(|vault| vault.add(login(), db()))?;
    /// let password = Draft::from_texts(login(), [("password", "new")]);
    /// let patched = store.change(|vault| vault.patch("db", password.clone(), None))?.answer.credential;
    /// assert_eq!(patched.public_fields().get("username"), Some(&credctl::value::Value::text("app")));
    /// // somebody else was faster: the etag that was seen is not that of now
    /// assert!(store.change(|vault| vault.patch("db", password, Some("6a0f"))).is_err());
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    /// As [`Transaction::patch_with`].
    pub fn patch(&mut self, id: &str, draft: Draft, condition: Option<&str>) -> Result<Changed, Error> {
        let body = |stored: &Credential| Ok(Body::from_draft(stored.kind(), draft));
        self.patch_with(id, false, condition, body, |_, _| Ok(()))
    }

    /// Changes what is given once the stored credential is known, and nothing else. `body` reads what is
    /// given, and `amend` may change the draft of it, once its type is known.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/doc/store.rs"));
    /// # fn main() -> Result<(), Failure> {
    /// # let (store, _folder) = new_vault()?;
    /// use credctl::dialect::Dialect;
    /// use credctl::store::Error;
    /// use credctl::value::{Object, Value};
    ///
    /// # store.change(|vault| vault.add(login(), db()))?;
    /// let document = Object::from_iter([("description", Value::text("orders"))]);
    /// let patched = store.change(|vault| {
    ///     let body = |_: &_| Dialect::Native.read(document).map_err(Error::from);
    ///     vault.patch_with("db", false, None, body, |_, _| Ok(()))
    /// })?;
    /// assert_eq!(patched.answer.credential.head().envelope.description.as_deref(), Some("orders"));
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    /// As [`Transaction::stored`]; a type that cannot be changed; everything that is wrong with the result; an
    /// error of `body` or `amend`.
    pub fn patch_with<E: From<Error>>(
        &mut self,
        word: &str,
        by_name: bool,
        condition: Option<&str>,
        body: impl FnOnce(&Credential) -> Result<Body, E>,
        amend: impl FnOnce(&'static Kind, &mut Draft) -> Result<(), E>,
    ) -> Result<Changed, E> {
        let stored = self.stored(word, by_name, condition)?;
        let types = self.types().map_err(Error::from)?;
        let body = body(&stored)?.typed(&types).map_err(Error::from)?;
        check_body(self, &stored, &body, condition)?;
        let kind = body.kind_for(&stored).map_err(Error::from)?;
        let mut draft = body.draft(kind);
        amend(kind, &mut draft)?;
        Ok(self.merge(&stored, kind, draft)?)
    }

    fn merge(&mut self, stored: &Credential, kind: &'static Kind, draft: Draft) -> Result<Changed, Error> {
        let terms = self.terms();
        let mut changed = change(&Change::Merge(stored, Some(kind)), draft, &terms.act(), &terms.rules())?;
        self.place(&mut changed, Some(stored))?;
        Ok(changed)
    }
}
