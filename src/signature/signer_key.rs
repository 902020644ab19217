//! The public key of a signer: an Ed25519 key, in a file, in an agent, or on a security key.

use std::fmt;

use ssh_key::public::KeyData;
use ssh_key::{HashAlg, PublicKey};

/// The longest text of a public key with its comment, in bytes.
const MAX_LINE: usize = 4096;

/// The public key of somebody who signs.
#[derive(Clone, PartialEq, Eq)]
pub struct SignerKey(KeyData);

/// A text that is not the public key of a signer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum SignerKeyProblem {
    /// A text that is no SSH public key.
    #[error("is not an SSH public key (`ssh-ed25519 AAAA… comment`)")]
    Form,
    /// A kind of key whose signatures are not verified.
    #[error("is an SSH key of another kind; signers have keys of the kind ssh-ed25519 or sk-ssh-ed25519")]
    Kind,
    /// A key of more bytes than a vault can keep: a security key contains the name of its application.
    #[error("is a key of more than {} bytes", SignerKey::MAX_TEXT)]
    Length,
}

impl SignerKey {
    /// The longest text of a public key without its comment, in bytes.
    pub const MAX_TEXT: usize = 1024;

    /// Reads a public key from its text, as it is in a `.pub` file: `TYPE BASE64 [COMMENT]`. Returns the comment as
    /// well.
    ///
    /// # Errors
    /// [`SignerKeyProblem`].
    pub fn parse(text: &str) -> Result<(Self, Option<String>), SignerKeyProblem> {
        if text.len() > MAX_LINE {
            return Err(SignerKeyProblem::Form);
        }
        let key = PublicKey::from_openssh(text.trim()).map_err(|_| SignerKeyProblem::Form)?;
        let comment = Some(key.comment().trim().to_owned()).filter(|comment| !comment.is_empty());
        Ok((Self::from_data(key.key_data().clone())?, comment))
    }

    /// Reads a public key from its bytes, as an agent lists them.
    ///
    /// # Errors
    /// [`SignerKeyProblem`].
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, SignerKeyProblem> {
        if bytes.len() > MAX_LINE {
            return Err(SignerKeyProblem::Form);
        }
        let key = PublicKey::from_bytes(bytes).map_err(|_| SignerKeyProblem::Form)?;
        Self::from_data(key.key_data().clone())
    }

    /// Takes over the key of a signature or a key file.
    pub(super) fn from_data(data: KeyData) -> Result<Self, SignerKeyProblem> {
        let key = match data {
            KeyData::Ed25519(_) | KeyData::SkEd25519(_) => Self(data),
            _ => return Err(SignerKeyProblem::Kind),
        };
        if key.to_string().len() > Self::MAX_TEXT { Err(SignerKeyProblem::Length) } else { Ok(key) }
    }

    pub(super) fn data(&self) -> &KeyData {
        &self.0
    }

    /// Returns the bytes by which an agent knows the key.
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        // fails only for keys of a kind that the constructors refuse
        PublicKey::from(self.0.clone()).to_bytes().unwrap_or_default()
    }

    /// Returns the fingerprint as OpenSSH shows it: `SHA256:…`.
    #[must_use]
    pub fn fingerprint(&self) -> String {
        self.0.fingerprint(HashAlg::Sha256).to_string()
    }

    /// Returns true if the private part is on a security key, which somebody has to touch for each signature.
    #[must_use]
    pub fn is_hardware(&self) -> bool {
        matches!(self.0, KeyData::SkEd25519(_))
    }
}

/// Writes the text without a comment.
impl fmt::Display for SignerKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&PublicKey::from(self.0.clone()).to_openssh().map_err(|_| fmt::Error)?)
    }
}

impl fmt::Debug for SignerKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "SignerKey({})", self.fingerprint())
    }
}

#[cfg(test)]
mod tests {
    use super::{SignerKey, SignerKeyProblem};

    const KEY: &str = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIEf6jTbPyrPZ2oGzaLoUnOAiuoyCnJ2uLw0YAk2MyCpe";

    #[test]
    fn a_key_is_read_as_it_is_written() {
        let (key, comment) = SignerKey::parse(&format!("{KEY} ops@example.org\n")).unwrap();
        assert_eq!((key.to_string().as_str(), comment.as_deref()), (KEY, Some("ops@example.org")));
        assert_eq!(SignerKey::parse(KEY), Ok((key.clone(), None)));
        assert_eq!(SignerKey::from_bytes(&key.to_bytes()), Ok(key.clone()));
        assert!(key.fingerprint().starts_with("SHA256:"));
        assert_eq!(format!("{key:?}"), format!("SignerKey({})", key.fingerprint()));
    }

    #[test]
    fn other_keys_are_refused() {
        let rsa = "ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAAAAQM=";
        assert_eq!(SignerKey::parse(rsa), Err(SignerKeyProblem::Kind));
        let long = format!("{KEY} {}", "x".repeat(5000));
        for text in
            ["", "ssh-ed25519", "ssh-ed25519 AAAA", &KEY[..40], "age1x", &long, &KEY.replace("ssh-", "")]
        {
            assert_eq!(SignerKey::parse(text), Err(SignerKeyProblem::Form), "{text}");
        }
        let bytes = SignerKey::parse(KEY).unwrap().0.to_bytes();
        for length in 0..bytes.len() {
            assert!(SignerKey::from_bytes(&bytes[..length]).is_err(), "{length}");
        }
        assert!(SignerKey::from_bytes(&[&bytes[..], b"x"].concat()).is_err());
    }
}
