//! A signature in the form of OpenSSH: SSHSIG, with SHA-512, in the one namespace of vaults.

use std::fmt;

use ed25519_dalek::{Signature as Ed25519Signature, VerifyingKey};
use sha2::{Digest as _, Sha256};
use ssh_key::public::{Ed25519PublicKey, KeyData};
use ssh_key::{HashAlg, LineEnding, Signature, SshSig};

use super::signer_key::SignerKey;
use crate::base64;

/// The namespace of all signatures, so that one for another purpose is none for a vault.
pub const NAMESPACE: &str = "credctl-vault@v2";

/// The longest signature, in bytes: one of a security key has 230, and the name of its application.
const MAX_SIGNATURE: usize = 1024;
/// The flag of a security key that somebody touched it.
const USER_PRESENT: u8 = 1;

/// A signature that is none of the message.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum BadSignature {
    /// Bytes that are not a signature of a known kind.
    #[error("it is not an SSH signature of a known kind")]
    Form,
    /// A signature of another namespace or with another hash.
    #[error("it was made for another purpose")]
    Purpose,
    /// A signature of a security key without a touch.
    #[error("its security key was not touched")]
    Absent,
    /// A signature of another message or key.
    #[error("it does not match")]
    Mismatch,
}

/// A key that failed to sign.
#[derive(Debug, thiserror::Error)]
#[error("cannot sign with the key {fingerprint}: {reason}")]
pub struct SigningFailed {
    /// The fingerprint of the key.
    pub fingerprint: String,
    /// The reason.
    #[source]
    pub reason: Box<dyn std::error::Error + Send + Sync>,
}

/// A key that signs, wherever it is.
pub trait SigningKey: fmt::Debug {
    /// Returns the public key.
    fn public(&self) -> &SignerKey;

    /// Signs a message.
    ///
    /// # Errors
    /// [`SigningFailed`] if the holder of the key refuses.
    fn sign(&self, message: &[u8]) -> Result<SshSignature, SigningFailed>;

    /// Signs a message, and verifies the signature as a reader does. An agent may return any bytes, and a vault with a
    /// signature that no reader accepts could never be opened again.
    ///
    /// # Errors
    /// As [`Self::sign`]; [`BadSignature`] as the reason.
    fn sign_verified(&self, message: &[u8]) -> Result<SshSignature, SigningFailed> {
        let signature = self.sign(message)?;
        let verified = match SshSignature::parse(&signature.to_text()) {
            Ok(read) if read.signer() != self.public() => Err(BadSignature::Mismatch),
            Ok(read) => read.verify(message),
            Err(problem) => Err(problem),
        };
        let fingerprint = || self.public().fingerprint();
        match verified {
            Ok(()) => Ok(signature),
            Err(problem) => Err(SigningFailed { fingerprint: fingerprint(), reason: problem.into() }),
        }
    }
}

/// A signature of somebody, not yet verified.
#[derive(Clone, PartialEq, Eq)]
pub struct SshSignature {
    signer: SignerKey,
    signature: SshSig,
}

impl SshSignature {
    /// Makes a signature from the answer of an agent: `string TYPE, string SIGNATURE`, and for a security key its
    /// flags and counter.
    ///
    /// # Errors
    /// [`BadSignature::Form`].
    pub fn new(signer: &SignerKey, answer: &[u8]) -> Result<Self, BadSignature> {
        let rest = &mut &*answer;
        let signature = <Signature as ssh_encoding::Decode>::decode(rest).map_err(|_| BadSignature::Form)?;
        if !rest.is_empty() {
            return Err(BadSignature::Form);
        }
        Self::of(signer, signature)
    }

    pub(super) fn of(signer: &SignerKey, signature: Signature) -> Result<Self, BadSignature> {
        let signature = SshSig::new(signer.data().clone(), NAMESPACE, HashAlg::Sha512, signature);
        Ok(Self { signer: signer.clone(), signature: signature.map_err(|_| BadSignature::Form)? })
    }

    /// Reads a signature from its base64 text.
    ///
    /// # Errors
    /// [`BadSignature`] for bytes that cannot be a signature of any message of ours.
    pub fn parse(text: &str) -> Result<Self, BadSignature> {
        if text.len() > MAX_SIGNATURE / 3 * 4 + 4 {
            return Err(BadSignature::Form);
        }
        let bytes = base64::decode(text).map_err(|_| BadSignature::Form)?;
        let rest = &mut bytes.as_slice();
        let signature = <SshSig as ssh_encoding::Decode>::decode(rest).map_err(|_| BadSignature::Form)?;
        let signature = Self::judge(signature)?;
        // the decoder lets lengths pass that are too large: a signature has one form
        if signature.to_text() == text { Ok(signature) } else { Err(BadSignature::Form) }
    }

    fn judge(signature: SshSig) -> Result<Self, BadSignature> {
        let signer = SignerKey::from_data(signature.public_key().clone()).map_err(|_| BadSignature::Form)?;
        let is_ours = signature.namespace() == NAMESPACE
            && signature.hash_alg() == HashAlg::Sha512
            && signature.version() == SshSig::VERSION
            && signature.reserved().is_empty();
        if is_ours { Ok(Self { signer, signature }) } else { Err(BadSignature::Purpose) }
    }

    /// Returns the key that the signature claims to be of.
    #[must_use]
    pub fn signer(&self) -> &SignerKey {
        &self.signer
    }

    /// Returns the base64 text.
    #[must_use]
    pub fn to_text(&self) -> String {
        let mut bytes = Vec::new();
        // fails only for signatures that the constructors refuse
        let _ = ssh_encoding::Encode::encode(&self.signature, &mut bytes);
        base64::encode(&bytes).expose().to_owned()
    }

    /// Returns the armored text that `ssh-keygen -Y verify` reads.
    #[must_use]
    pub fn to_pem(&self) -> String {
        self.signature.to_pem(LineEnding::LF).unwrap_or_default()
    }

    /// Verifies that the signer signed this message. A security key must have been touched.
    ///
    /// # Errors
    /// [`BadSignature`].
    pub fn verify(&self, message: &[u8]) -> Result<(), BadSignature> {
        let data = signed_data(message);
        let signature = self.signature.signature();
        if signature.algorithm() != self.signer.data().algorithm() {
            return Err(BadSignature::Mismatch);
        }
        match self.signer.data() {
            KeyData::Ed25519(key) => verify(key, &data, signature.as_bytes()),
            KeyData::SkEd25519(key) => {
                let bytes = signature.as_bytes();
                let (signature, trailer) = bytes.split_last_chunk::<5>().ok_or(BadSignature::Form)?;
                if trailer[0] & USER_PRESENT == 0 {
                    return Err(BadSignature::Absent);
                }
                let mut seen = Sha256::digest(key.application()).to_vec();
                seen.extend_from_slice(trailer);
                seen.extend_from_slice(&Sha256::digest(&data));
                verify(key.public_key(), &seen, signature)
            }
            _ => Err(BadSignature::Form),
        }
    }
}

impl fmt::Debug for SshSignature {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "SshSignature({})", self.signer.fingerprint())
    }
}

/// Returns the bytes that a key signs for a message, which an agent is given.
#[must_use]
pub fn signed_data(message: &[u8]) -> Vec<u8> {
    // fails only without a namespace
    SshSig::signed_data(NAMESPACE, HashAlg::Sha512, message).unwrap_or_default()
}

fn verify(key: &Ed25519PublicKey, data: &[u8], signature: &[u8]) -> Result<(), BadSignature> {
    let key = VerifyingKey::from_bytes(&key.0).map_err(|_| BadSignature::Form)?;
    let signature = Ed25519Signature::from_slice(signature).map_err(|_| BadSignature::Form)?;
    // strictly: a key of small order has signatures that match many messages
    key.verify_strict(data, &signature).map_err(|_| BadSignature::Mismatch)
}
