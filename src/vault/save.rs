//! The writing of a vault: the one way to disk. Lines that did not change are copied, not parsed.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Write};
use std::sync::mpsc;
use std::thread;

use zeroize::Zeroizing;

use super::cipher::{Lockset, Sealer};
use super::collection::Vault;
use super::error::{Damage, Error};
use super::layout::{LayoutWriter, put};
use super::merge::{copy, write_recipients};
use super::plain::BLOCK;
use super::resident::Environment;
use super::retention::{self, KeptVersion, KeptVersions};
use super::version::Remember;
use super::wire::{Header, MAX_COUNT, Section};
use crate::disk::{Backup, Lock};

/// Length from which on a text is encrypted on a thread of its own, while this one decrypts and merges.
const PARALLEL: u64 = 1024 * 1024;

/// Bytes that go to that thread at a time: one chunk.
#[expect(clippy::cast_possible_truncation, reason = "64 KiB")]
const SIZE: usize = BLOCK as usize;

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
        let write = |vault: &mut Self, out: &mut dyn Write| vault.write(out, lockset, remember);
        lock.replace(backup, |out| self.seal(out, sealer, write))?;
        // only now: after a write that failed, the vault is still at the old generation
        self.header.generation += 1;
        Ok(())
    }

    /// Writes a vault where there is none.
    ///
    /// # Errors
    /// [`crate::disk::FileError::Exists`] if there is one, or an error of the disk or the keys.
    pub fn create(mut self, lock: &Lock, lockset: &Lockset, sealer: Sealer) -> Result<(), Error> {
        let write = |vault: &mut Self, out: &mut dyn Write| vault.write(out, lockset, &Remember::nothing());
        lock.create(|out| self.seal(out, sealer, write))
    }

    /// Encrypts what `write` writes of this vault.
    pub(super) fn seal(
        &mut self,
        out: &mut (dyn Write + Send),
        sealer: Sealer,
        write: impl FnOnce(&mut Self, &mut dyn Write) -> Result<(), Error>,
    ) -> Result<(), Error> {
        if self.plain.length() < PARALLEL {
            return sealer.seal(out, |text| write(self, text));
        }
        thread::scope(|scope| {
            // few at a time, so that a slow disk does not fill the memory with text
            let (blocks, received) = mpsc::sync_channel(4);
            // handed over only once there is a thread: without one, what it takes is still here
            let (hand_over, taken) = mpsc::sync_channel(1);
            let thread = thread::Builder::new().spawn_scoped(scope, move || {
                let Ok((sealer, out)) = taken.recv() else { return Ok(()) };
                let sealer: Sealer = sealer;
                let out: &mut (dyn Write + Send) = out;
                sealer.seal(out, |text| {
                    received.iter().try_for_each(|block: Zeroizing<Vec<u8>>| {
                        text.write_all(&block).map_err(Error::Write)
                    })
                })
            });
            let Ok(sealing) = thread else { return sealer.seal(out, |text| write(self, text)) };
            // it waits for nothing else
            let _ = hand_over.send((sealer, out));
            let written =
                write(self, &mut Blocks { block: Zeroizing::new(Vec::with_capacity(SIZE)), blocks });
            let sealed = match sealing.join() {
                Ok(sealed) => sealed,
                Err(panic) => std::panic::resume_unwind(panic),
            };
            // when the disk fails, this thread only learns that nobody takes its blocks any more
            sealed.and(written)
        })
    }

    fn write(&mut self, out: &mut dyn Write, lockset: &Lockset, remember: &Remember) -> Result<(), Error> {
        let generation = self.header.generation + 1;
        if generation > MAX_COUNT {
            return Err(Damage::Generation.into());
        }
        let header = Header { generation, ..self.header.clone() };
        let mut writer = LayoutWriter::new(out, &header).map_err(Error::Write)?;
        let mut replaced = BTreeMap::new();
        for section in Section::ALL {
            writer.section(section).map_err(Error::Write)?;
            match section {
                Section::Recipients => write_recipients(&mut writer, lockset)?,
                Section::Credentials => self.write_credentials(&mut writer, remember, &mut replaced)?,
                Section::History => {
                    let kept = KeptVersions {
                        renamed_versions: self.renamed_versions()?,
                        purged: &self.purged,
                        renamed: &self.renamed,
                        replaced: &replaced,
                        remember,
                    };
                    retention::write(&mut self.plain, self.index.range(section), kept, &mut writer)?;
                }
                other => match &self.sections[other as usize] {
                    Some(lines) => lines.iter().try_for_each(|line| put(&mut writer, line))?,
                    None => copy(&mut self.plain, self.index.range(other), &mut writer)?,
                },
            }
        }
        writer.finish_replacing(self.replaced.clone()).and_then(Write::flush).map_err(Error::Write)
    }

    fn write_credentials<W: Write>(
        &mut self,
        writer: &mut LayoutWriter<W>,
        remember: &Remember,
        replaced: &mut BTreeMap<String, Vec<KeptVersion>>,
    ) -> Result<(), Error> {
        let (new, renamed) = (self.new.clone(), self.renamed.clone());
        let forgotten: BTreeSet<_> = renamed.keys().filter(|id| self.purged.has(id)).cloned().collect();
        self.merged(|id, old, pending| {
            if old.is_some() && new.as_deref() == Some(id) {
                return Err(Error::Exists { id: id.to_owned() });
            }
            let Some(pending) = pending else { return old.map_or(Ok(()), |old| put(writer, old.line)) };
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

/// A writer that hands text over in blocks.
struct Blocks {
    block: Zeroizing<Vec<u8>>,
    blocks: mpsc::SyncSender<Zeroizing<Vec<u8>>>,
}

impl Write for Blocks {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.block.len() == SIZE {
            self.flush()?;
        }
        // no more than there is room for: a vector that grows leaves its old bytes behind
        let size = bytes.len().min(SIZE - self.block.len());
        self.block.extend_from_slice(&bytes[..size]);
        Ok(size)
    }

    fn flush(&mut self) -> io::Result<()> {
        let block = std::mem::replace(&mut self.block, Zeroizing::new(Vec::with_capacity(SIZE)));
        self.blocks.send(block).map_err(|_| io::ErrorKind::BrokenPipe.into())
    }
}
