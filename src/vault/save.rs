//! The writing of a vault: the one way to disk. Lines that did not change are copied, not parsed.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Write;
use std::rc::Rc;

use super::chunk_hasher::ChunkHasher;
use super::cipher::{Lockset, Sealer};
use super::collection::Vault;
use super::error::Error;
use super::layout_writer::{LayoutWriter, put};
use super::marking::Marking;
use super::members::write_roster;
use super::merge::copy;
use super::merging::write_joined;
use super::resident::Environment;
use super::retention::{self, KeptVersion, KeptVersions};
use super::signing::SignedGeneration;
use super::version::Remember;
use super::wire::{Header, RosterMember, Section};
use crate::disk::{Access, Backup, Location, Lock, MAX_SIZE};
use crate::signature::SigningKey;

impl Vault {
    /// Writes the vault, locked to `lockset`, in the place of the old one. A credential that is replaced
    /// becomes an earlier version.
    ///
    /// # Errors
    /// An error of the disk or the keys. The old vault is in place unless the error says otherwise.
    pub fn save(
        &mut self,
        lock: &Lock,
        lockset: &Lockset,
        sealer: Sealer,
        backup: Backup,
        remember: &Remember,
    ) -> Result<(), Error> {
        match backup {
            // the new backup is an ordinary one, which no later opening may remove
            Backup::Keep => self.replaced = None,
            Backup::Leave => {}
            Backup::Supersede => self.replaced = Some(lock.mark()?),
        }
        // what follows the save reads them: what is wrong with one must be known before
        self.residents::<Environment>()?;
        self.reseal_bundles()?;
        let next = NextGeneration::of(self, lockset, remember)?;
        self.prepare_blobs(lock.location())?;
        let mut written = WrittenFile::default();
        let saved = lock.replace(backup, |out| {
            written = self.write_sealed(out, sealer, &next, remember)?;
            Ok::<_, Error>(())
        });
        self.settle_blobs(lock.location(), next.header.generation, saved)?;
        // only now: after a write that failed, the vault is still at the old generation
        self.be(next, written);
        Ok(())
    }

    /// Writes a vault where there is none.
    ///
    /// # Errors
    /// [`crate::disk::FileError::Exists`] if there is one, or an error of the disk or the keys.
    pub fn create(
        &mut self,
        lock: &Lock,
        lockset: &Lockset,
        sealer: Sealer,
        remember: &Remember,
    ) -> Result<(), Error> {
        self.write_next(lockset, sealer, remember, |write| lock.create(write))
    }

    /// Writes the vault to a file of its own, in the place of what is there, without a lock and without a backup.
    ///
    /// # Errors
    /// As [`Self::create`].
    pub fn write_to(
        &mut self,
        location: &Location,
        lockset: &Lockset,
        sealer: Sealer,
        remember: &Remember,
    ) -> Result<(), Error> {
        self.write_next(lockset, sealer, remember, |write| location.publish(Access::Private, MAX_SIZE, write))
    }

    /// Writes the next generation to where `place` wants it, and becomes that generation.
    fn write_next(
        &mut self,
        lockset: &Lockset,
        sealer: Sealer,
        remember: &Remember,
        place: impl FnOnce(WriteFile<'_>) -> Result<(), Error>,
    ) -> Result<(), Error> {
        let next = NextGeneration::of(self, lockset, remember)?;
        let mut written = WrittenFile::default();
        place(Box::new(|out| {
            written = self.write_sealed(out, sealer, &next, remember)?;
            Ok(())
        }))?;
        self.be(next, written);
        Ok(())
    }

    fn write_sealed(
        &mut self,
        out: &mut (dyn Write + Send),
        sealer: Sealer,
        next: &NextGeneration,
        remember: &Remember,
    ) -> Result<WrittenFile, Error> {
        let mut signed = None;
        let age_header = self.seal(out, sealer, next.key.is_some(), |vault, out, hasher| {
            signed = vault.write(out, hasher, next, remember)?;
            Ok(())
        })?;
        Ok(WrittenFile { age_header, signed })
    }

    /// Becomes the generation that was written.
    fn be(&mut self, next: NextGeneration, written: WrittenFile) {
        self.header = next.header;
        self.roster = Some(next.roster);
        self.age_header = Some(written.age_header);
        self.keeps_seal = true;
        self.signed = written.signed;
        self.next_signers = None;
    }

    fn write(
        &mut self,
        out: &mut dyn Write,
        hasher: ChunkHasher,
        next: &NextGeneration,
        remember: &Remember,
    ) -> Result<Option<SignedGeneration>, Error> {
        let hasher = next.key.is_some().then_some(hasher);
        let mut writer = LayoutWriter::begin(out, &next.header, hasher)?;
        self.seek_blobs(&mut writer)?;
        let mut replaced = BTreeMap::new();
        let mut marking = self.marking()?;
        for section in Section::ALL {
            writer.section(section).map_err(Error::Write)?;
            match section {
                Section::Recipients => write_roster(&mut writer, next.roster.iter().cloned())?,
                Section::Credentials => {
                    self.write_credentials(&mut writer, remember, &mut replaced, marking.as_mut())?;
                }
                Section::History if !self.joined.is_empty() => {
                    write_joined(&mut self.plain, self.index.range(section), &self.joined, &mut writer)?;
                }
                Section::History => {
                    let kept = KeptVersions {
                        renamed_versions: self.renamed_versions()?,
                        purged: &self.purged,
                        renamed: &self.renamed,
                        replaced: &replaced,
                        remember,
                        marking: marking.as_mut(),
                    };
                    retention::write(&mut self.plain, self.index.range(section), kept, &mut writer)?;
                }
                Section::Blobs => self.write_blobs(&mut writer, next.header.generation)?,
                // the writer adds those of this text
                Section::Chunks => {}
                // the lines of others are copied as they are, also those that no program of today reads
                other => match &self.sections[other as usize] {
                    Some(lines) => lines.iter().try_for_each(|line| put(&mut writer, line))?,
                    None => copy(&mut self.plain, self.index.range(other), &mut writer)?,
                },
            }
        }
        let replaced = self.replaced.clone();
        let (out, signed) = writer.finish_with(replaced, &next.header, next.key.as_deref())?;
        out.flush().map_err(Error::Write)?;
        self.marked(marking);
        Ok(signed)
    }

    fn write_credentials<W: Write>(
        &mut self,
        writer: &mut LayoutWriter<W>,
        remember: &Remember,
        replaced: &mut BTreeMap<String, Vec<KeptVersion>>,
        mut marking: Option<&mut Marking>,
    ) -> Result<(), Error> {
        let (new, renamed) = (self.new.clone(), self.renamed.clone());
        let forgotten: BTreeSet<_> = renamed.keys().filter(|id| self.purged.has(id)).cloned().collect();
        self.merged(|id, old, pending| {
            if old.is_some() && new.as_deref() == Some(id) {
                return Err(Error::Exists { id: id.to_owned() });
            }
            let Some(pending) = pending else {
                return match (old, &mut marking) {
                    (None, _) => Ok(()),
                    (Some(old), None) => put(writer, old.line),
                    (Some(old), Some(marking)) => marking.write(id, old.line, writer),
                };
            };
            let record = pending.record.as_ref();
            // a credential that is new, or whose grants alone changed, leaves no version
            if let (Some(old), true) = (old, pending.versioned) {
                let new_id = renamed.get(id).map_or(id, String::as_str);
                let versions = replaced.entry(new_id.to_owned()).or_default();
                if remember.versions > 0 && !forgotten.contains(id) {
                    let is_renamed = new_id != id;
                    let version = KeptVersion::of(new_id, old, record.is_none() && !is_renamed, remember)?;
                    // one that was deleted to make room for a renamed one is the older of the two
                    versions.insert(if is_renamed { versions.len() } else { 0 }, version);
                }
            }
            record.map_or(Ok(()), |record| record.write(writer))
        })
    }
}

/// The writing of a file to an output that is ready for it.
type WriteFile<'a> = Box<dyn FnOnce(&mut (dyn Write + Send)) -> Result<(), Error> + 'a>;

/// The file of a generation that was written.
#[derive(Default)]
struct WrittenFile {
    age_header: Vec<u8>,
    signed: Option<SignedGeneration>,
}

/// The parts of the next generation that come before its credentials.
struct NextGeneration {
    header: Header,
    roster: Vec<RosterMember>,
    /// The key that signs it, if it is signed.
    key: Option<Rc<dyn SigningKey>>,
}

impl NextGeneration {
    fn of(vault: &mut Vault, lockset: &Lockset, remember: &Remember) -> Result<Self, Error> {
        let (signers, key) = vault.next_signers()?;
        let header = vault.next_header(signers)?;
        Ok(Self { header, roster: vault.next_roster(lockset, remember)?, key })
    }
}

#[cfg(test)]
impl Vault {
    /// Returns the text that a save would write.
    pub(super) fn next_text(&mut self, lockset: &Lockset, remember: &Remember) -> Result<Vec<u8>, Error> {
        let next = NextGeneration::of(self, lockset, remember)?;
        let mut text = Vec::new();
        self.write(&mut text, ChunkHasher::here(), &next, remember)?;
        Ok(text)
    }
}
