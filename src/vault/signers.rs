//! The signers of a vault: the people who may change it, and how each came to be one.

use std::rc::Rc;

use super::collection::Vault;
use super::error::Error;
use super::signers_error::SignersError;
use super::signing::SignedGeneration;
use super::vouching;
use super::wire::{MAX_SIGNERS, Signer};
use crate::signature::{SignerKey, SigningKey};

/// The signers of the next generation, and the key that signs it.
pub(super) type NextSigners = (Vec<Signer>, Option<Rc<dyn SigningKey>>);

impl Vault {
    /// Returns the people who may change the vault; none if it is not signed.
    #[must_use]
    pub fn signers(&self) -> &[Signer] {
        &self.header.signers
    }

    /// Returns the verified signature of the generation that was read or saved last, if it has one.
    #[must_use]
    pub fn signed(&self) -> Option<&SignedGeneration> {
        self.signed.as_ref()
    }

    /// Returns the signer whose key signed the generation, unless he is no signer any more.
    #[must_use]
    pub fn signed_by(&self) -> Option<&Signer> {
        let key = self.signed()?.signature.signer().to_string();
        self.signers().iter().find(|signer| signer.key == key)
    }

    /// Signs what is written from now on with this key.
    pub fn sign_with(&mut self, key: Rc<dyn SigningKey>) {
        self.signing = Some(key);
    }

    /// Returns the key with which writes are signed.
    pub(crate) fn signing_key(&self) -> Option<Rc<dyn SigningKey>> {
        self.signing.clone()
    }

    /// Makes the holder of a key the first signer. The next save is signed with it.
    ///
    /// # Errors
    /// [`SignersError::Signed`].
    pub fn begin_signing(&mut self, name: &str, key: Rc<dyn SigningKey>) -> Result<(), Error> {
        if !self.signers().is_empty() {
            return Err(SignersError::Signed.into());
        }
        self.next_signers = Some(vec![Signer::new(name, key.public().to_string())]);
        self.sign_with(key);
        Ok(())
    }

    /// Adds a signer with the next save. The key that signs it vouches for him.
    ///
    /// # Errors
    /// [`SignersError`]; an error of the key.
    pub fn add_signer(&mut self, name: &str, key: &SignerKey) -> Result<(), Error> {
        let mut signers = self.pending_signers();
        let text = key.to_string();
        let same = signers.iter().find(|signer| signer.key == text);
        let problem = match same {
            _ if signers.is_empty() => Some(SignersError::Unsigned),
            Some(same) => Some(SignersError::Known { name: same.name.clone() }),
            None if signers.iter().any(|signer| signer.name == name) => {
                Some(SignersError::NameTaken { name: name.to_owned() })
            }
            None if signers.len() == MAX_SIGNERS => Some(SignersError::TooMany),
            None => None,
        };
        if let Some(problem) = problem {
            return Err(problem.into());
        }
        let vouched = self.vouch(Signer::new(name, text))?;
        signers.push(vouched);
        self.next_signers = Some(signers);
        Ok(())
    }

    /// Removes a signer with the next save. The key that signs it vouches for those for whom the removed one did.
    ///
    /// # Errors
    /// [`SignersError`]; an error of the key.
    pub fn remove_signer(&mut self, name_or_key: &str) -> Result<Signer, Error> {
        let mut signers = self.pending_signers();
        if signers.is_empty() {
            return Err(SignersError::Unsigned.into());
        }
        let Some(at) = find(&signers, name_or_key) else {
            return Err(SignersError::Missing { name: name_or_key.to_owned() }.into());
        };
        let removed = signers.remove(at);
        if signers.is_empty() {
            return Err(SignersError::Last { name: removed.name }.into());
        }
        for signer in &mut signers {
            // a machine that knows only the key of now could not tell otherwise where the others come from
            if vouching::voucher(signer).is_some_and(|voucher| voucher == removed.key) {
                *signer = self.vouch(Signer::new(&*signer.name, &*signer.key))?;
            }
        }
        self.next_signers = Some(signers);
        Ok(removed)
    }

    /// Turns signatures off with the next save, which is the last one that is signed.
    ///
    /// # Errors
    /// [`SignersError::Unsigned`].
    pub fn end_signing(&mut self) -> Result<(), Error> {
        if self.signers().is_empty() {
            return Err(SignersError::Unsigned.into());
        }
        self.next_signers = Some(Vec::new());
        Ok(())
    }

    fn vouch(&self, signer: Signer) -> Result<Signer, Error> {
        let by = self.signing.as_deref().and_then(|key| {
            let text = key.public().to_string();
            Some((key, self.signers().iter().find(|signer| signer.key == text)?))
        });
        let Some((key, by)) = by else { return Err(self.not_a_signer()) };
        vouching::vouch(signer, self.id(), self.generation() + 1, &by.name, key)
    }

    /// Returns the signers as the next save leaves them.
    #[must_use]
    pub fn pending_signers(&self) -> Vec<Signer> {
        self.next_signers.clone().unwrap_or_else(|| self.header.signers.clone())
    }

    /// Returns the signers of the next generation, and the key that signs it; none if it is not signed.
    ///
    /// # Errors
    /// [`Error::NotASigner`] if it must be signed and there is no key of a signer.
    pub(super) fn next_signers(&self) -> Result<NextSigners, Error> {
        let next = self.pending_signers();
        // whoever turns signatures off was a signer before
        let entitled = if next.is_empty() { &self.header.signers } else { &next };
        if entitled.is_empty() {
            return Ok((next, None));
        }
        let key = self.signing.as_ref().filter(|key| {
            let text = key.public().to_string();
            entitled.iter().any(|signer| signer.key == text)
        });
        match key {
            Some(key) => Ok((next, Some(Rc::clone(key)))),
            None => Err(self.own_removal().map_or_else(|| self.not_a_signer(), Error::from)),
        }
    }

    /// Returns something if the key is that of a signer of now, who is to be removed.
    fn own_removal(&self) -> Option<SignersError> {
        let key = self.signing.as_ref()?.public().to_string();
        let own = self.signers().iter().find(|signer| signer.key == key)?;
        Some(SignersError::Own { name: own.name.clone() })
    }

    fn not_a_signer(&self) -> Error {
        Error::NotASigner { signers: self.signers().iter().map(|signer| signer.name.clone()).collect() }
    }
}

/// Finds a signer by his name, or by his key with or without its comment.
fn find(signers: &[Signer], name_or_key: &str) -> Option<usize> {
    let key = SignerKey::parse(name_or_key).ok().map(|(key, _)| key.to_string());
    let key = key.as_deref().unwrap_or(name_or_key);
    let is_it = |signer: &Signer| signer.name == name_or_key || signer.key == key;
    signers.iter().position(is_it)
}
