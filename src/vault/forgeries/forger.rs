//! The forger of these tests: the texts and keys that a forger has, and the form of a forgery.

use super::super::wire::Signer;
use super::history::{Dice, History, open};

/// The id of another vault.
pub(super) const OTHER: &str = "0193a5a0-0000-7000-8000-000000000002";

/// A way to forge a text, and its name.
pub(super) type Forgery = (&'static str, fn(&mut Forger<'_>) -> Vec<u8>);

/// The texts and keys of a forger.
pub(super) struct Forger<'a> {
    pub(super) history: &'a History,
    /// Another vault of the same signers.
    pub(super) other: &'a History,
    pub(super) dice: &'a mut Dice,
}

impl<'a> Forger<'a> {
    /// Returns a signed generation before the last one.
    pub(super) fn earlier(&mut self) -> &'a [u8] {
        &self.history.texts[1 + self.dice.below(self.history.texts.len() - 2)]
    }

    /// Returns the removed signer with the proof that is left.
    pub(super) fn old_proof(&self) -> Signer {
        open(&self.history.texts[2]).unwrap().header.signers[1].clone()
    }
}
