//! Codes of a counter: each is given once, because the counter moves in the vault before the code is known.

use super::error::Error;
use super::seed::StoredSeed;
use super::transaction::Transaction;
use super::value_error::ValueError;
use crate::credential::Credential;
use crate::otp::{Moving, with_counter};
use crate::secret::Secret;

/// A code of a counter.
#[derive(Debug)]
pub struct CountedCode {
    /// The code.
    pub code: Secret,
    /// The counter that it is of.
    pub counter: u64,
}

impl Transaction<'_> {
    /// Takes the next code of a counter, and moves the counter on. The caller must not show the code before the
    /// change was saved. Like a grant, this makes no version of the credential.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/doc/store.rs"));
    /// # fn main() -> Result<(), Failure> {
    /// # let (store, _folder) = new_vault()?;
    /// let kind = credctl::kind::find("otp").ok_or("a type of this name")?.kind;
    /// let seed = "otpauth://hotp/x?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&counter=0";
    /// store.change(|vault| vault.add(kind, Draft::from_texts(kind, [("id", "vpn"), ("totp", seed)])))?;
    /// let take = || store.change(|vault| {
    ///     let stored = vault.stored("vpn", false, None)?;
    ///     vault.take_code(&stored, "totp")
    /// });
    /// assert_eq!(take()?.answer.code, "755224".into());
    /// assert_eq!(take()?.answer.code, "287082".into());
    /// assert_eq!(store.read()?.versioned()?, []);
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    /// [`ValueError::NotASeed`], [`ValueError::UncountedSeed`] for a seed without a counter, or in a place where none can
    /// be kept; [`ValueError::SpentCounter`].
    pub fn take_code(&mut self, stored: &Credential, field: &str) -> Result<CountedCode, Error> {
        let uncounted = || ValueError::UncountedSeed { field: field.to_owned() };
        let own = stored.kind().field(field).ok_or_else(uncounted)?;
        let held = stored.secret(own.name).ok_or_else(uncounted)?.stored();
        let password = StoredSeed::parse(field, &held)?.password;
        let Moving::Counter(counter) = password.moving() else { return Err(uncounted().into()) };
        let next =
            counter.checked_add(1).ok_or_else(|| ValueError::SpentCounter { field: field.to_owned() })?;
        let moved = with_counter(held.expose(), next).ok_or_else(uncounted)?;
        self.amend(&stored.counted(own, moved))?;
        Ok(CountedCode { code: password.code(counter), counter })
    }
}
