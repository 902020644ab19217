//! Writing a vault: the one way to disk. Lines that did not change are copied, not parsed.

use std::collections::BTreeMap;
use std::io::{self, Write};
use std::sync::mpsc;
use std::thread;

use zeroize::Zeroizing;

use super::history::{self, Remember};
use super::layout::Writer;
use super::lookup::Order;
use super::plain::{BLOCK, Lines, Plain, SCAN};
use super::wire::Section;
use super::wire::{Header, MAX_COUNT};
use super::{Damage, Environment, Error, Lockset, Pending, Sealer, Vault};
use crate::disk::{Backup, Lock};
use crate::value::{Value, json};

/// Text from this length on is encrypted on a thread of its own, while this one decrypts and merges.
const PARALLEL: u64 = 1024 * 1024;

/// Bytes that go to that thread at a time: one chunk.
#[expect(clippy::cast_possible_truncation, reason = "64 KiB")]
const SIZE: usize = BLOCK as usize;

impl Vault {
    /// Writes the vault, locked to `lockset`, in the place of the old one. What was replaced becomes
    /// an earlier version.
    ///
    /// # Errors
    /// The disk or the keys. The old vault is in place unless the error says otherwise.
    pub fn save(
        &mut self,
        lock: &Lock,
        lockset: &Lockset,
        sealer: Sealer,
        backup: Backup,
        remember: &Remember,
    ) -> Result<(), Error> {
        match backup {
            Backup::Keep => self.replaced = None,
            Backup::Leave => {}
            Backup::Supersede => self.replaced = Some(lock.mark()?),
        }
        // what follows the save reads them: what is wrong with one must be known before
        self.residents::<Environment>()?;
        let write = |vault: &mut Self, out: &mut dyn Write| vault.write(out, lockset, remember);
        lock.replace(backup, |out| self.seal(out, sealer, write))?;
        self.header.generation += 1;
        Ok(())
    }

    /// Writes a vault where there is none.
    ///
    /// # Errors
    /// [`crate::disk::FileError::Exists`] if there is one, or the disk or the keys.
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
        let mut writer = Writer::new(out, &header).map_err(Error::Write)?;
        let mut replaced = BTreeMap::new();
        for section in Section::ALL {
            writer.section(section).map_err(Error::Write)?;
            match section {
                Section::Recipients => write_recipients(&mut writer, lockset)?,
                Section::Credentials => self.write_credentials(&mut writer, remember, &mut replaced)?,
                Section::History => {
                    let range = self.index.range(section);
                    history::write(&mut self.plain, range, &self.purged, &replaced, remember, &mut writer)?;
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
        writer: &mut Writer<W>,
        remember: &Remember,
        replaced: &mut BTreeMap<String, Option<Zeroizing<Vec<u8>>>>,
    ) -> Result<(), Error> {
        let new = self.new.clone();
        self.merged(|id, old, pending| {
            if old.is_some() && new.as_deref() == Some(id) {
                return Err(Error::Exists { id: id.to_owned() });
            }
            let Some(pending) = pending else { return old.map_or(Ok(()), |line| put(writer, line)) };
            if let (Some(old), true) = (old, pending.versioned) {
                let line = || history::line(id, old, pending.line.is_none(), remember);
                let version = (remember.versions > 0).then(line).transpose()?;
                replaced.insert(id.to_owned(), version);
            }
            pending.line.as_ref().map_or(Ok(()), |line| put(writer, line))
        })
    }

    /// Goes through the credentials as they were and will be, in ascending order of ids: the line that
    /// is stored, if there is one, and what becomes of it, if anything does.
    pub(super) fn merged(
        &mut self,
        mut each: impl FnMut(&str, Option<&[u8]>, Option<&Pending>) -> Result<(), Error>,
    ) -> Result<(), Error> {
        let mut changes = self.changes.iter().peekable();
        let mut lines = Lines::new(&mut self.plain, self.index.range(Section::Credentials), SCAN)?;
        let mut order = Order::default();
        loop {
            let at = lines.position();
            let Some(line) = lines.next()? else { break };
            let id = order.next(at, line)?;
            while let Some((changed, pending)) = changes.next_if(|(changed, _)| changed.as_str() < &*id) {
                each(changed, None, Some(pending))?;
            }
            let pending = changes.next_if(|(changed, _)| changed.as_str() == &*id);
            each(&id, Some(line), pending.map(|(_, pending)| pending))?;
        }
        changes.try_for_each(|(id, pending)| each(id, None, Some(pending)))
    }
}

/// Hands text over in blocks.
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

pub(super) fn put<W: Write>(writer: &mut Writer<W>, line: impl AsRef<[u8]>) -> Result<(), Error> {
    writer.record(line.as_ref()).map_err(Error::Write)
}

pub(super) fn write_recipients<W: Write>(writer: &mut Writer<W>, lockset: &Lockset) -> Result<(), Error> {
    let Lockset::Recipients(recipients) = lockset else { return Ok(()) };
    for text in recipients.texts() {
        let mut line = Vec::new();
        json::write(&Value::text(text), &mut line).map_err(Error::Write)?;
        put(writer, line)?;
    }
    Ok(())
}

fn copy<W: Write>(plain: &mut Plain, range: (u64, u64), writer: &mut Writer<W>) -> Result<(), Error> {
    let mut lines = Lines::new(plain, range, SCAN)?;
    while let Some(line) = lines.next()? {
        put(writer, line)?;
    }
    Ok(())
}
