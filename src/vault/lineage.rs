//! The place of a generation among those of its vault: the seal, the generations before it, and the first line
//! of the one that follows.

use uuid::Uuid;

use super::collection::Vault;
use super::damage::Damage;
use super::error::Error;
use super::resident::Environment;
use super::wire::{
    GenerationDigest, Header, MAX_COUNT, MAX_FORMER_SEALS, MAX_PARENTS, Seal, SealDigest, Section, Signer,
    VERSION,
};
use crate::signature::SignerKey;

/// The place of a generation among those of its vault.
#[derive(Debug, Clone, Copy)]
pub struct Lineage<'a> {
    /// The id of the vault.
    pub vault: Uuid,
    /// The number of the generation.
    pub generation: u64,
    /// The digest of its file; none if it is not on the disk yet.
    pub digest: Option<GenerationDigest>,
    /// The environment whose bundle it is, if it is one.
    pub bundle: Option<&'a str>,
    /// The secret of those who can read it; none in version 1.
    pub seal: Option<&'a Seal>,
    /// The digests of the seals before, the latest first.
    pub former_seals: &'a [SealDigest],
    /// The generations before it, the nearest first.
    pub parents: &'a [GenerationDigest],
    /// The people who may change the vault, if it is signed.
    pub signers: &'a [Signer],
    /// The key whose signature of the generation was verified, if it is signed.
    pub signed_by: Option<&'a SignerKey>,
}

impl Vault {
    /// Returns the place of this generation among those of its vault, as it was read or saved last.
    #[must_use]
    pub fn lineage(&self) -> Lineage<'_> {
        Lineage {
            vault: self.header.id,
            generation: self.header.generation,
            digest: self.digest(),
            bundle: self.bundle_of(),
            seal: self.header.seal.as_ref(),
            former_seals: &self.header.former_seals,
            parents: &self.header.parents,
            signers: &self.header.signers,
            signed_by: self.signed.as_ref().map(|signed| signed.signature.signer()),
        }
    }

    /// Returns the digest of the file; none if it is not on the disk yet.
    fn digest(&self) -> Option<GenerationDigest> {
        // computed here, because most reads of a vault need none
        self.age_header.as_deref().map(GenerationDigest::of_header)
    }

    /// Gives the vault another seal with the next save, because somebody is shut out who knows this one.
    pub(crate) fn renew_seal(&mut self) {
        self.keeps_seal = false;
    }

    /// Gives the vault another seal with the next save if somebody is shut out of a bundle: the seal of a bundle
    /// follows from that of the vault.
    ///
    /// # Errors
    /// Fails if the environments cannot be read.
    pub(super) fn reseal_bundles(&mut self) -> Result<(), Error> {
        if self.sections[Section::Environments as usize].is_some()
            && shuts_out(&self.stored::<Environment>()?, &self.residents::<Environment>()?)
        {
            self.renew_seal();
        }
        Ok(())
    }

    /// Makes this earlier state of a vault the one that follows `later`. Who can read the vault, and who may
    /// change it, stays as it is there.
    ///
    /// # Errors
    /// Fails if the roster, the environments or the blobs of `later` cannot be read.
    pub(crate) fn follow(&mut self, later: &mut Self) -> Result<(), Error> {
        // a number is used once: the state that comes back is a generation of its own
        self.header.generation = later.header.generation;
        self.header.seal.clone_from(&later.header.seal);
        self.header.former_seals.clone_from(&later.header.former_seals);
        self.header.parents.clone_from(&later.header.parents);
        self.header.signers.clone_from(&later.header.signers);
        self.signing.clone_from(&later.signing);
        self.keeps_seal = later.keeps_seal
            && !shuts_out(&later.residents::<Environment>()?, &self.residents::<Environment>()?);
        self.age_header.clone_from(&later.age_header);
        self.roster = Some(later.members()?);
        self.blobs.current = Some(later.stored_blobs()?);
        Ok(())
    }

    /// Makes the first line of the generation that follows, with these signers.
    ///
    /// # Errors
    /// [`Damage::Generation`] after the last number; an error of drawing a seal.
    pub(super) fn next_header(&self, signers: Vec<Signer>) -> Result<Header, Error> {
        let generation = self.header.generation + 1;
        if generation > MAX_COUNT {
            return Err(Damage::Generation.into());
        }
        let mut former_seals = self.header.former_seals.clone();
        let seal = match &self.header.seal {
            Some(seal) if self.keeps_seal => seal.clone(),
            former => {
                // a machine that knew the vault by it must know the vault again
                former_seals.splice(0..0, former.iter().map(Seal::digest));
                former_seals.truncate(MAX_FORMER_SEALS);
                Seal::new()?
            }
        };
        let parents = self.digest().into_iter().chain(self.header.parents.iter().copied());
        let parents = parents.take(MAX_PARENTS).collect();
        Ok(Header {
            version: VERSION,
            generation,
            seal: Some(seal),
            former_seals,
            parents,
            signers,
            ..self.header.clone()
        })
    }
}

/// Returns true if somebody could read a bundle before, and not afterwards.
fn shuts_out(before: &[Environment], after: &[Environment]) -> bool {
    before.iter().any(|environment| {
        let still = after.iter().find(|other| other.name == environment.name);
        let reads = |reader| still.is_some_and(|still| still.recipients.contains(reader));
        !environment.recipients.iter().all(reads)
    })
}
