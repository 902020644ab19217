//! The marks that our age files show without being opened. An export is marked as one. A bundle is marked for
//! an environment of a vault, with the generation that it was made from. The writer of such files often
//! cannot open them, and must not write over somebody's vault.

use std::collections::HashSet;

use age::{EncryptError, Recipient};
use age_core::format::{FileKey, Stanza};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD_NO_PAD;
use sha2::{Digest as _, Sha256};
use uuid::Uuid;

/// Types of the stanza in the age header. Programs that do not know them pass it over, as age has it.
const BUNDLE: &str = "credctl-bundle";
const EXPORT: &str = "credctl-export";

/// A mark in the header of an age file. Anyone who can write the file can forge it: it keeps credctl
/// from replacing files by mistake, and is no protection against an attacker.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Mark {
    /// The mark of a bundle.
    Bundle(MarkStamp),
    /// The mark of an export.
    Export,
}

/// The environment of a vault that a bundle is for, and the generation that it was made from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MarkStamp {
    /// Digest of the vault's id and the name of the environment, so that neither is told.
    whose: [u8; 32],
    /// The generation of the vault.
    pub generation: u64,
}

impl MarkStamp {
    /// Makes the mark of the bundle of an environment.
    #[must_use]
    pub fn new(vault: Uuid, environment: &str, generation: u64) -> Self {
        let mut digest = Sha256::new_with_prefix(BUNDLE);
        // 16 bytes always, so nothing must separate it from the name
        digest.update(vault.as_bytes());
        digest.update(environment);
        Self { whose: digest.finalize().into(), generation }
    }

    /// Returns true if both are for the same environment of the same vault.
    #[must_use]
    pub fn is_for_same(&self, other: &Self) -> bool {
        self.whose == other.whose
    }
}

impl Mark {
    /// Returns true if a stanza of this type is a mark, which decrypts nothing.
    pub(super) fn is_kind(kind: &str) -> bool {
        [BUNDLE, EXPORT].contains(&kind)
    }

    /// Reads a mark from the first two lines of a stanza.
    pub(super) fn read(first: &[u8], body: &[u8]) -> Option<Self> {
        let mut words = std::str::from_utf8(first).ok()?.strip_prefix("-> ")?.split(' ');
        match (words.next()?, words.next(), words.next()) {
            (EXPORT, None, None) => Some(Self::Export),
            (BUNDLE, Some(generation), None) => {
                // age writes bodies without padding, and 32 bytes fit on one line
                let whose = STANDARD_NO_PAD.decode(body).ok()?.try_into().ok()?;
                Some(Self::Bundle(MarkStamp { whose, generation: generation.parse().ok()? }))
            }
            _ => None,
        }
    }

    fn stanza(&self) -> Stanza {
        let (tag, args, body) = match self {
            Self::Bundle(stamp) => (BUNDLE, vec![stamp.generation.to_string()], stamp.whose.to_vec()),
            Self::Export => (EXPORT, Vec::new(), Vec::new()),
        };
        Stanza { tag: tag.to_owned(), args, body }
    }
}

/// A recipient that leaves a mark beside its own stanza. It gives the labels of the recipient as its own, so
/// that it can stand beside whatever that one can.
pub(super) struct Marked<'a> {
    pub recipient: &'a dyn Recipient,
    pub mark: &'a Mark,
}

impl Recipient for Marked<'_> {
    fn wrap_file_key(&self, file_key: &FileKey) -> Result<(Vec<Stanza>, HashSet<String>), EncryptError> {
        let (mut stanzas, labels) = self.recipient.wrap_file_key(file_key)?;
        stanzas.push(self.mark.stanza());
        Ok((stanzas, labels))
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::{Mark, MarkStamp};

    #[test]
    fn a_mark_is_for_one_environment_of_one_vault() {
        let (vault, other) = (Uuid::from_u128(1), Uuid::from_u128(2));
        let stamp = MarkStamp::new(vault, "gw", 7);
        assert!(stamp.is_for_same(&MarkStamp::new(vault, "gw", 8)));
        for other in [MarkStamp::new(vault, "g", 7), MarkStamp::new(other, "gw", 7)] {
            assert!(!stamp.is_for_same(&other));
        }
    }

    #[test]
    fn what_is_no_mark_is_passed_over() {
        let body = [b'A'; 43];
        assert!(
            matches!(Mark::read(b"-> credctl-bundle 12", &body), Some(Mark::Bundle(s)) if s.generation == 12)
        );
        assert_eq!(Mark::read(b"-> credctl-export", b""), Some(Mark::Export));
        for first in ["-> credctl-bundle", "-> credctl-bundle x", "-> credctl-bundles 1", "-> X25519 1", "x"]
        {
            assert_eq!(Mark::read(first.as_bytes(), &body), None, "{first}");
        }
        assert_eq!(Mark::read(b"-> credctl-bundle 12", b"AAAA"), None);
    }
}
