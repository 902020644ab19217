//! The signers of a vault: the people who may change it, and how each came to be one.

use std::rc::Rc;

use super::collection::Vault;
use super::error::Error;
use super::signers_error::SignersError;
use super::signing::SignedGeneration;
use super::vouching;
use super::wire::{MAX_SIGNERS, Signer};
use crate::kind::rule::text::NAME;
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

    /// Returns the signer whose key signed the generation, unless it is no signer any more.
    #[must_use]
    pub fn signed_by(&self) -> Option<&Signer> {
        holder(self.signers(), self.signed()?.signature.signer())
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
    /// [`SignersError::Signed`], [`SignersError::Name`].
    pub fn begin_signing(&mut self, name: &str, key: Rc<dyn SigningKey>) -> Result<(), Error> {
        if !self.signers().is_empty() {
            return Err(SignersError::Signed.into());
        }
        self.next_signers = Some(vec![Signer::new(Signer::accepted_name(name)?, key.public().to_string())]);
        self.sign_with(key);
        Ok(())
    }

    /// Adds a signer with the next save. The key that signs the save vouches for the new signer.
    ///
    /// # Errors
    /// [`SignersError`]; an error of the key.
    pub fn add_signer(&mut self, name: &str, key: &SignerKey) -> Result<(), Error> {
        let mut signers = self.pending_signers();
        let name = Signer::accepted_name(name)?;
        let problem = match holder(&signers, key) {
            _ if signers.is_empty() => Some(SignersError::Unsigned),
            Some(same) => Some(SignersError::Known { name: same.name.clone() }),
            None if signers.iter().any(|signer| signer.name == name) => {
                Some(SignersError::NameTaken { name: name.clone() })
            }
            None if signers.len() == MAX_SIGNERS => Some(SignersError::TooMany),
            None => None,
        };
        if let Some(problem) = problem {
            return Err(problem.into());
        }
        let vouched = self.vouch(Signer::new(name, key.to_string()))?;
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
        let Some(at) = Signer::find(&signers, name_or_key) else {
            return Err(SignersError::Missing { name: name_or_key.to_owned() }.into());
        };
        let removed = signers.remove(at);
        if signers.is_empty() {
            return Err(SignersError::Last { name: removed.name }.into());
        }
        let own = self.signing.as_deref().map(SigningKey::public);
        for signer in &mut signers {
            // proofs of a removed signer lead nowhere for a machine that learns of the vault from now on
            let is_orphaned = vouching::voucher(signer).is_some_and(|voucher| removed.has_key(&voucher));
            // the acting signer cannot vouch for itself: with its old proof, a machine that knows the removed signer
            // still finds its way
            if is_orphaned && !own.is_some_and(|own| signer.has_key(own)) {
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
        let by = self.signing.as_deref().and_then(|key| Some((key, holder(self.signers(), key.public())?)));
        let Some((key, by)) = by else { return Err(self.not_a_signer()) };
        Ok(vouching::vouch(signer, self.id(), self.generation() + 1, &by.name, key)?)
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
        // the key that turns signatures off was that of a signer before
        let entitled = if next.is_empty() { &self.header.signers } else { &next };
        if entitled.is_empty() {
            return Ok((next, None));
        }
        match self.signing.as_ref().filter(|key| holder(entitled, key.public()).is_some()) {
            Some(key) => Ok((next, Some(Rc::clone(key)))),
            None => Err(self.own_removal().map_or_else(|| self.not_a_signer(), Error::from)),
        }
    }

    /// Returns something if the key is that of a signer of now, who is to be removed.
    fn own_removal(&self) -> Option<SignersError> {
        let own = holder(self.signers(), self.signing.as_ref()?.public())?;
        Some(SignersError::Own { name: own.name.clone() })
    }

    /// Makes the error for a write without the key of a signer.
    pub(crate) fn not_a_signer(&self) -> Error {
        Error::NotASigner { signers: self.signers().iter().map(|signer| signer.name.clone()).collect() }
    }
}

impl Signer {
    /// Returns a name in the form in which a vault keeps it.
    ///
    /// # Errors
    /// [`SignersError::Name`].
    pub fn accepted_name(name: &str) -> Result<String, SignersError> {
        if SignerKey::parse(name).is_ok() {
            // a signer is found by name or key, and no name must lead to another signer
            return Err(SignersError::Name { reason: "must not be a key".into() });
        }
        match (NAME.check)(name) {
            Ok(accepted) => Ok(accepted.normalised.map_or(name.to_owned(), |name| name.expose().to_owned())),
            Err(reason) => Err(SignersError::Name { reason }),
        }
    }

    /// Returns the position of the signer with this key, with or without its comment, or with this name.
    #[must_use]
    pub fn find(signers: &[Self], name_or_key: &str) -> Option<usize> {
        match SignerKey::parse(name_or_key) {
            Ok((key, _)) => signers.iter().position(|signer| signer.has_key(&key)),
            Err(_) => {
                signers.iter().position(|signer| signer.name == name_or_key || signer.key == name_or_key)
            }
        }
    }
}

fn holder<'a>(signers: &'a [Signer], key: &SignerKey) -> Option<&'a Signer> {
    signers.iter().find(|signer| signer.has_key(key))
}
