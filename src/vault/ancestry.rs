//! The judgement of the file beside a vault that claims to be the generation before it.

use super::backup_distrust::BackupDistrust;
use super::lineage::Lineage;
use super::wire::Seal;

impl Lineage<'_> {
    /// Judges a file that is to be taken for an earlier generation of this one, which was judged itself.
    ///
    /// # Errors
    /// [`BackupDistrust`].
    pub fn judge_earlier(&self, earlier: &Lineage<'_>) -> Result<(), BackupDistrust> {
        // format 1 has neither a seal nor parents
        if let Some(own) = self.seal {
            if let Some(seal) = earlier.seal.map(Seal::digest)
                && seal != own.digest()
                && !self.former_seals.contains(&seal)
            {
                return Err(BackupDistrust::Forged);
            }
            if earlier.digest.is_none_or(|digest| !self.parents.contains(&digest)) {
                return Err(BackupDistrust::NoAncestor { found: earlier.generation });
            }
        }
        // readers know the key of an earlier file, and could put another text under its header
        let is_signer = |key| self.signers.iter().any(|signer| signer.has_key(key));
        let is_signed = earlier.signed_by.is_some_and(is_signer);
        if self.signers.is_empty() || is_signed { Ok(()) } else { Err(BackupDistrust::NotSigned) }
    }
}
