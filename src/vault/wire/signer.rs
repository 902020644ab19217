//! The signers in the first line of a vault.

use serde::{Deserialize, Serialize};

use crate::base64;
use crate::credential::MAX_COUNT;
use crate::kind::rule::text::NAME;
use crate::signature::SignerKey;

/// The most signers of a vault.
pub const MAX_SIGNERS: usize = 64;
/// The longest proof, in base64: a signature has at most 1 KiB.
const MAX_PROOF: usize = 1400;

/// Somebody who may sign generations.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Signer {
    /// The name of the signer.
    pub name: String,
    /// The SSH public key without its comment: `TYPE BASE64`.
    pub key: String,
    /// The generation in which another signer vouched for this one; none for the first signer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub generation: Option<u64>,
    /// The name of the signer who vouched, as it was then.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<String>,
    /// The signature of the one who vouched, in base64.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub proof: Option<String>,
}

impl Signer {
    /// Makes a signer without a proof.
    #[must_use]
    pub fn new(name: impl Into<String>, key: impl Into<String>) -> Self {
        Self { name: name.into(), key: key.into(), generation: None, by: None, proof: None }
    }

    /// Returns true if this is the key of the signer.
    #[must_use]
    pub fn has_key(&self, key: &SignerKey) -> bool {
        self.key == key.to_string()
    }

    /// Returns true if the name can be shown and the key has the form of an SSH public key. The kind of the key
    /// is not judged, so that a later version may have more of them. A proof comes with its origin.
    pub(super) fn is_sound(&self) -> bool {
        let is_key = self.key.len() <= SignerKey::MAX_TEXT && self.is_key_sound();
        let has_origin = match (&self.generation, &self.by, &self.proof) {
            (None, None, None) => true,
            (Some(generation), Some(by), Some(proof)) => {
                *generation <= MAX_COUNT && is_name(by) && proof.len() <= MAX_PROOF
            }
            _ => false,
        };
        is_name(&self.name) && is_key && has_origin
    }

    /// Returns true if the key begins with its own type, as RFC 4253 has it.
    fn is_key_sound(&self) -> bool {
        let Some((kind, encoded)) = self.key.split_once(' ') else { return false };
        let Ok(blob) = base64::decode(encoded) else { return false };
        let Some((length, rest)) = blob.split_first_chunk::<4>() else { return false };
        let is_kind = !kind.is_empty() && kind.bytes().all(|byte| byte.is_ascii_graphic());
        let is_same = u32::from_be_bytes(*length) as usize == kind.len() && rest.starts_with(kind.as_bytes());
        is_kind && is_same && rest.len() > kind.len()
    }
}

fn is_name(name: &str) -> bool {
    (NAME.check)(name).is_ok_and(|accepted| accepted.normalised.is_none())
}

#[cfg(test)]
mod tests {
    use super::Signer;

    const KEY: &str = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIEf6jTbPyrPZ2oGzaLoUnOAiuoyCnJ2uLw0YAk2MyCpe";

    #[test]
    fn a_signer_has_a_name_and_a_key() {
        assert!(Signer::new("Operations", KEY).is_sound());
        let long = format!("ssh-ed25519 {}", "A".repeat(4096));
        let other = KEY.replace("ssh-ed25519", "ssh-rsa");
        for key in ["", "ssh-ed25519", "ssh-ed25519 ", "ssh-ed25519 AAAA", &long, &other, &format!("{KEY} c")]
        {
            assert!(!Signer::new("Operations", key).is_sound(), "{key}");
        }
        for name in ["", " a", "a\u{202e}b", "o\u{308}"] {
            assert!(!Signer::new(name, KEY).is_sound(), "{name}");
        }
    }

    #[test]
    fn a_proof_has_an_origin() {
        let vouched = Signer {
            generation: Some(7),
            by: Some("Operations".to_owned()),
            proof: Some("AAAA".to_owned()),
            ..Signer::new("Audit", KEY)
        };
        assert!(vouched.is_sound());
        for other in [
            Signer { generation: None, ..vouched.clone() },
            Signer { by: None, ..vouched.clone() },
            Signer { proof: None, ..vouched.clone() },
            Signer { by: Some("a\nb".to_owned()), ..vouched.clone() },
            Signer { generation: Some(u64::MAX), ..vouched.clone() },
            Signer { proof: Some("A".repeat(1401)), ..vouched.clone() },
        ] {
            assert!(!other.is_sound(), "{other:?}");
        }
    }
}
