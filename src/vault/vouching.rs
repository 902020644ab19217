//! Trust in signers: the proofs by which one signer vouches for another, and the judgement of a machine that knows
//! the signers of an earlier generation.

use std::collections::BTreeSet;

use uuid::Uuid;

use super::statement::quoted;
use super::wire::Signer;
use crate::signature::{SignerKey, SigningFailed, SigningKey, SshSignature};

/// The signers that a machine knows.
#[derive(Debug, Clone, Copy)]
pub struct KnownSigners<'a> {
    /// Their keys.
    pub keys: &'a [String],
    /// The generation that had them.
    pub generation: u64,
}

/// The reasons why a machine that knows the signers of a vault does not accept a generation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum SignerDistrust {
    /// A vault that was signed, and is not any more.
    #[error("it is not signed any more")]
    Unsigned,
    /// A signature of a key for which no known signer vouches.
    #[error("it is signed by somebody for whom no known signer vouches")]
    Stranger,
}

/// Vouches for a signer with the key of another one.
pub(super) fn vouch(
    signer: Signer,
    vault: Uuid,
    generation: u64,
    by: &str,
    key: &dyn SigningKey,
) -> Result<Signer, SigningFailed> {
    let signature = key.sign_verified(statement(&signer, vault, generation).as_bytes())?;
    Ok(Signer {
        generation: Some(generation),
        by: Some(by.to_owned()),
        proof: Some(signature.to_text()),
        ..signer
    })
}

/// Returns the text that is signed for a signer.
fn statement(signer: &Signer, vault: Uuid, generation: u64) -> String {
    let Signer { name, key, .. } = signer;
    format!(
        "kind: signer\nvault: {vault}\ngeneration: {generation}\nname: {}\nkey: {}\n",
        quoted(name),
        quoted(key)
    )
}

/// Returns the key that claims to vouch for a signer.
pub(super) fn voucher(signer: &Signer) -> Option<SignerKey> {
    Some(SshSignature::parse(signer.proof.as_deref()?).ok()?.signer().clone())
}

/// Judges a generation by the signers that a machine knows. The signature of the generation was verified.
///
/// # Errors
/// [`SignerDistrust`].
pub fn judge_signers(
    known: KnownSigners<'_>,
    vault: Uuid,
    signers: &[Signer],
    signed_by: Option<&SignerKey>,
) -> Result<(), SignerDistrust> {
    if known.keys.is_empty() {
        return Ok(());
    }
    let Some(by) = signed_by else { return Err(SignerDistrust::Unsigned) };
    if is_vouched_for(known, vault, signers, &by.to_string()) {
        return Ok(());
    }
    Err(SignerDistrust::Stranger)
}

/// Follows the proofs from a key to one that is known. Each key has one proof at most, so there is one way.
fn is_vouched_for(known: KnownSigners<'_>, vault: Uuid, signers: &[Signer], key: &str) -> bool {
    let mut key = key.to_owned();
    let mut seen = BTreeSet::new();
    while !known.keys.contains(&key) {
        let signer = signers.iter().find(|signer| signer.key == key);
        let Some(voucher) = signer.and_then(|signer| proven(known, vault, signer)) else { return false };
        if !seen.insert(std::mem::replace(&mut key, voucher)) {
            return false;
        }
    }
    true
}

/// Returns the key that vouched for a signer, if it did so after the generation that the machine knows. An earlier
/// proof may be that of a signer who was removed since.
fn proven(known: KnownSigners<'_>, vault: Uuid, signer: &Signer) -> Option<String> {
    let generation = signer.generation.filter(|generation| *generation > known.generation)?;
    let proof = SshSignature::parse(signer.proof.as_deref()?).ok()?;
    proof.verify(statement(signer, vault, generation).as_bytes()).ok()?;
    Some(proof.signer().to_string())
}
