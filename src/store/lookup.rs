//! Finding credentials as far as a project sees them.

use super::error::Error;
use super::scope::Scope;
use crate::credential::{Credential, Head};
use crate::query::Words;
use crate::text::suggest;
use crate::vault::{Vault, Version};

/// The most ids that are named in the place of one that was not found.
const NEAR: usize = 3;

/// The least length in bytes of a word that an id may contain.
const SHORTEST: usize = 3;

impl Scope {
    /// Finds the credential of an id, or else, with `by_name`, of a name that only one has.
    ///
    /// # Errors
    /// [`Error::NotFound`], [`Error::Ambiguous`], or an error of reading the vault.
    pub fn find(&self, vault: &mut Vault, word: &str, by_name: bool) -> Result<Credential, Error> {
        // what the project does not see is missing for it, so that no answer tells of it
        if let Some(credential) = vault.find(word)?.filter(|found| self.sees(found.head())) {
            return Ok(credential);
        }
        if !by_name {
            return Err(Error::not_found(word));
        }
        let named = vault.find_by_name(word)?;
        let ids: Vec<String> = named.into_iter().filter(|head| self.sees(head)).map(|head| head.id).collect();
        match &ids[..] {
            [id] => vault.find(id)?.ok_or_else(|| Error::not_found(word)),
            [] => Err(Error::NotFound { id: word.to_owned(), near: self.near(vault, word)? }),
            _ => Err(Error::Ambiguous { name: word.to_owned(), ids }),
        }
    }

    /// Returns the credentials that the project sees and that have all of these words, in any letter case, in
    /// the id, the name, the type, the description, a label, a tag or a public field.
    ///
    /// # Errors
    /// Fails if the vault cannot be read.
    pub fn matching(&self, vault: &mut Vault, words: &[String]) -> Result<Vec<Head>, Error> {
        let words = Words::new(words);
        let mut found = Vec::new();
        vault.outlines(|mut outline| {
            let is_seen = self.sees(outline.head());
            if is_seen && (words.are_in_head(outline.head()) || words.are_in(outline.credential()?)) {
                found.push(outline.into_head());
            }
            Ok(())
        })?;
        Ok(found)
    }

    /// Adds the ids that are near to the error of a credential that was not found.
    pub(super) fn or_near<T>(&self, vault: &mut Vault, found: Result<T, Error>) -> Result<T, Error> {
        match found {
            Err(Error::NotFound { id, near }) if near.is_empty() => {
                let near = self.near(vault, &id)?;
                Err(Error::NotFound { id, near })
            }
            found => found,
        }
    }

    /// Returns up to three ids that the project sees and that may have been meant: the one that a slip of the
    /// fingers explains, then those that contain the word.
    fn near(&self, vault: &mut Vault, word: &str) -> Result<Vec<String>, Error> {
        let mut ids = Vec::new();
        vault.heads(|head| {
            if self.sees(&head) {
                ids.push(head.id);
            }
        })?;
        let mut near: Vec<String> =
            suggest(word, ids.iter().map(String::as_str)).map(str::to_owned).into_iter().collect();
        let word = word.to_lowercase();
        // a letter or two are in half of all ids
        let contains = |id: &String| word.len() >= SHORTEST && id.to_lowercase().contains(&word);
        near.extend(ids.into_iter().filter(contains));
        near.dedup();
        near.truncate(NEAR);
        Ok(near)
    }

    /// Finds a credential that is to be changed: it must be the project's own.
    ///
    /// # Errors
    /// As [`Scope::find`], and [`Error::Global`].
    pub fn find_to_change(&self, vault: &mut Vault, word: &str, by_name: bool) -> Result<Credential, Error> {
        let credential = self.find(vault, word, by_name)?;
        self.check_own(credential.head())?;
        Ok(credential)
    }

    /// Finds a credential that is to be changed, if it is the version that the caller has seen.
    ///
    /// # Errors
    /// As [`Scope::find_to_change`], and [`Error::Stale`].
    pub fn find_as_seen(
        &self,
        vault: &mut Vault,
        word: &str,
        by_name: bool,
        condition: Option<&str>,
    ) -> Result<Credential, Error> {
        let stored = self.find_to_change(vault, word, by_name);
        let stored = self.or_near(vault, stored)?;
        check_match(&stored, condition)?;
        Ok(stored)
    }

    /// Finds a credential that is to get a new password.
    ///
    /// # Errors
    /// As [`Scope::find_as_seen`], and [`Error::NoPassword`].
    pub fn find_for_password(
        &self,
        vault: &mut Vault,
        word: &str,
        by_name: bool,
        condition: Option<&str>,
    ) -> Result<Credential, Error> {
        let stored = self.find_as_seen(vault, word, by_name, condition)?;
        match stored.kind().password {
            Some(_) => Ok(stored),
            None => Err(Error::NoPassword { kind: stored.kind().name }),
        }
    }

    /// Finds a version of the credential that has this id now, or else of the last one that had it.
    ///
    /// # Errors
    /// [`Error::NoRevision`], or an error of reading the vault.
    pub fn version(&self, vault: &mut Vault, id: &str, revision: u64) -> Result<Credential, Error> {
        let current = match self.find(vault, id, true) {
            Ok(current) if current.head().stamp.revision == revision => return Ok(current),
            Ok(current) => Some(current),
            Err(Error::NotFound { .. }) => None,
            Err(error) => return Err(error),
        };
        let id = current.as_ref().map_or(id, Credential::id);
        let current = current.as_ref().map(|current| current.head().stamp.instance_id);
        let (mut found, mut last) = (None, None);
        self.versions(vault, id, |version| {
            let stamp = &version.credential.head().stamp;
            last = Some(stamp.instance_id);
            if stamp.revision == revision && current.is_none_or(|current| current == stamp.instance_id) {
                found = Some(version.credential);
            }
        })?;
        // of an id that was given anew, the last one is meant
        let wanted = current.or(last);
        let found = found.filter(|found| Some(found.head().stamp.instance_id) == wanted);
        found.ok_or_else(|| Error::NoRevision { id: id.to_owned(), revision })
    }

    /// Goes through the earlier versions of an id, the oldest first. Of a credential that is another project's
    /// now, or was when it was deleted, a project sees none.
    ///
    /// # Errors
    /// Fails if the vault cannot be read.
    pub fn versions(&self, vault: &mut Vault, id: &str, mut each: impl FnMut(Version)) -> Result<(), Error> {
        if !last(vault, id)?.is_some_and(|last| self.sees(&last)) {
            return Ok(());
        }
        vault.versions(Some(id), |version| {
            if self.sees(version.credential.head()) {
                each(version);
            }
        })?;
        Ok(())
    }
}

/// Finds the head of a credential as it is, or as it was when it was deleted.
fn last(vault: &mut Vault, id: &str) -> Result<Option<Head>, Error> {
    if let Some(current) = vault.find_head(id)? {
        return Ok(Some(current));
    }
    Ok(vault.last_version(id)?.map(|version| version.credential))
}

/// Fails if a condition such as an etag does not name the version that is stored.
///
/// # Errors
/// [`Error::Stale`].
pub fn check_match(credential: &Credential, condition: Option<&str>) -> Result<(), Error> {
    match condition {
        Some(condition) if !credential.head().matches(condition) => {
            Err(Error::Stale { id: credential.id().to_owned() })
        }
        _ => Ok(()),
    }
}
