//! The text of a key file of OpenSSH: a private key that signs, one with a passphrase on it, or a public key
//! whose private part an agent has.

use std::error::Error;
use std::fmt;

use ssh_key::PrivateKey;
use ssh_key::private::KeypairData;

use super::signer_key::{SignerKey, SignerKeyProblem};
use super::ssh_signature::{SigningFailed, SigningKey, SshSignature, signed_data};
use crate::secret::{Secret, wipe_stack};

/// The longest text of a key file, in bytes.
const MAX_TEXT: usize = 16 * 1024;

/// The key in a key file.
#[derive(Debug)]
pub enum SignatureKeyFile {
    /// A public key, or the handle of a security key: an agent signs with it.
    Public(SignerKey),
    /// A private key that is ready to sign.
    Private(SignatureKey),
    /// A private key with a passphrase on it.
    Encrypted(EncryptedSignatureKey),
}

/// A private key that signs.
pub struct SignatureKey {
    public: SignerKey,
    key: PrivateKey,
}

/// A private key with a passphrase on it.
pub struct EncryptedSignatureKey {
    public: SignerKey,
    key: PrivateKey,
}

/// The reasons why a key file cannot be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum KeyFileProblem {
    /// A text that is no key of OpenSSH.
    #[error("is not a key of OpenSSH")]
    Form,
    /// A key of another kind, or a text that is no public key.
    #[error(transparent)]
    Kind(#[from] SignerKeyProblem),
    /// A wrong passphrase.
    #[error("has another passphrase")]
    Passphrase,
}

impl SignatureKeyFile {
    /// Reads the text of a key file. Returns the comment of the key as well, unless it is encrypted like the key.
    ///
    /// # Errors
    /// [`KeyFileProblem`].
    pub fn parse(text: &[u8]) -> Result<(Self, Option<String>), KeyFileProblem> {
        let text = std::str::from_utf8(text).map_err(|_| KeyFileProblem::Form)?.trim();
        if text.len() > MAX_TEXT {
            return Err(KeyFileProblem::Form);
        }
        if !text.starts_with("-----BEGIN") {
            let (key, comment) = SignerKey::parse(text)?;
            return Ok((Self::Public(key), comment));
        }
        let key = PrivateKey::from_openssh(text);
        wipe_stack();
        let key = key.map_err(|_| KeyFileProblem::Form)?;
        let public = SignerKey::from_data(key.public_key().key_data().clone())?;
        let comment = Some(key.comment().trim().to_owned()).filter(|comment| !comment.is_empty());
        let file = match key.key_data() {
            KeypairData::Encrypted(_) => Self::Encrypted(EncryptedSignatureKey { public, key }),
            KeypairData::SkEd25519(_) => Self::Public(public),
            _ => Self::Private(SignatureKey { public, key }),
        };
        Ok((file, comment))
    }

    /// Returns the public key.
    #[must_use]
    pub fn public(&self) -> &SignerKey {
        match self {
            Self::Public(key) => key,
            Self::Private(key) => &key.public,
            Self::Encrypted(key) => &key.public,
        }
    }
}

impl EncryptedSignatureKey {
    /// Returns the public key.
    #[must_use]
    pub fn public(&self) -> &SignerKey {
        &self.public
    }

    /// Decrypts the key. The result is public for the handle of a security key.
    ///
    /// # Errors
    /// [`KeyFileProblem::Passphrase`].
    pub fn decrypt(&self, passphrase: &Secret) -> Result<SignatureKeyFile, KeyFileProblem> {
        let key = self.key.decrypt(passphrase.expose());
        wipe_stack();
        let key = key.map_err(|_| KeyFileProblem::Passphrase)?;
        // the public key is outside of what the passphrase protects
        if key.public_key().key_data() != self.public.data() {
            return Err(KeyFileProblem::Form);
        }
        match key.key_data() {
            KeypairData::SkEd25519(_) => Ok(SignatureKeyFile::Public(self.public.clone())),
            _ => Ok(SignatureKeyFile::Private(SignatureKey { public: self.public.clone(), key })),
        }
    }
}

impl SigningKey for SignatureKey {
    fn public(&self) -> &SignerKey {
        &self.public
    }

    fn sign(&self, message: &[u8]) -> Result<SshSignature, SigningFailed> {
        let failed = |reason: Box<dyn Error + Send + Sync>| SigningFailed {
            fingerprint: self.public.fingerprint(),
            reason,
        };
        let KeypairData::Ed25519(pair) = self.key.key_data() else {
            return Err(failed(SignerKeyProblem::Kind.into()));
        };
        let signature = ed25519_dalek::Signer::try_sign(pair, &signed_data(message));
        wipe_stack();
        let signature = signature.map_err(|error| failed(error.into()))?;
        SshSignature::of(&self.public, signature).map_err(|error| failed(error.into()))
    }
}

impl fmt::Debug for SignatureKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "SignatureKey({})", self.public.fingerprint())
    }
}

impl fmt::Debug for EncryptedSignatureKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "EncryptedSignatureKey({})", self.public.fingerprint())
    }
}
