//! Writing a vault: the one way to disk. Lines that did not change are copied, not parsed.

use std::io::{self, Write};
use std::sync::mpsc;
use std::thread;

use zeroize::Zeroizing;

use super::file::{Backup, Lock};
use super::layout::{Section, Writer};
use super::plain::{Lines, Plain, SCAN};
use super::{Error, Lockset, Order, Sealer, Vault};
use crate::value::{Value, json};

/// Text from this length on is encrypted on a thread of its own, while this one decrypts and merges.
const PARALLEL: u64 = 1024 * 1024;

impl Vault {
    /// Writes the vault, locked to `lockset`, in the place of the old one.
    ///
    /// # Errors
    /// The disk or the keys. The old vault is in place unless the error says otherwise.
    pub fn save(
        mut self,
        lock: &Lock,
        lockset: &Lockset,
        sealer: Sealer,
        backup: Backup,
    ) -> Result<(), Error> {
        lock.replace(backup, |out| self.seal(out, lockset, sealer))
    }

    /// Writes a vault where there is none.
    ///
    /// # Errors
    /// [`super::file::FileError::Exists`] if there is one, or the disk or the keys.
    pub fn create(mut self, lock: &Lock, lockset: &Lockset, sealer: Sealer) -> Result<(), Error> {
        lock.create(|out| self.seal(out, lockset, sealer))
    }

    fn seal(&mut self, out: &mut (dyn Write + Send), lockset: &Lockset, sealer: Sealer) -> Result<(), Error> {
        if self.plain.length() < PARALLEL {
            return sealer.seal(out, |text| self.write(text, lockset));
        }
        thread::scope(|scope| {
            let (blocks, received) = mpsc::sync_channel(4);
            let sealing = scope.spawn(move || {
                sealer.seal(out, |text| {
                    received.iter().try_for_each(|block: Zeroizing<Vec<u8>>| {
                        text.write_all(&block).map_err(Error::Write)
                    })
                })
            });
            let written =
                self.write(&mut Blocks { block: Zeroizing::new(Vec::with_capacity(SCAN)), blocks }, lockset);
            let sealed = match sealing.join() {
                Ok(sealed) => sealed,
                Err(panic) => std::panic::resume_unwind(panic),
            };
            // when the disk fails, this thread only learns that nobody takes its blocks any more
            sealed.and(written)
        })
    }

    fn write(&mut self, out: &mut dyn Write, lockset: &Lockset) -> Result<(), Error> {
        let mut header = self.header.clone();
        header.generation += 1;
        let mut writer = Writer::new(out, &header).map_err(Error::Write)?;
        for section in Section::ALL {
            writer.section(section).map_err(Error::Write)?;
            match section {
                Section::Recipients => write_recipients(&mut writer, lockset)?,
                Section::Credentials => self.merge_credentials(&mut writer)?,
                other => copy(&mut self.plain, self.index.range(other), &mut writer)?,
            }
        }
        writer.finish().and_then(Write::flush).map_err(Error::Write)
    }

    /// Copies the lines that did not change and puts the others where they belong.
    fn merge_credentials<W: Write>(&mut self, writer: &mut Writer<W>) -> Result<(), Error> {
        let mut changes = std::mem::take(&mut self.changes).into_iter().peekable();
        let mut lines = Lines::new(&mut self.plain, self.index.range(Section::Credentials), SCAN)?;
        let mut order = Order::default();
        loop {
            let at = lines.position();
            let Some(line) = lines.next()? else { break };
            let id = order.next(at, line)?;
            while let Some((_, change)) = changes.next_if(|(changed, _)| changed.as_str() < &*id) {
                put(writer, change.as_deref())?;
            }
            if self.new.as_deref() == Some(&*id) {
                return Err(Error::Exists { id: id.into_owned() });
            }
            match changes.next_if(|(changed, _)| changed.as_str() == &*id) {
                Some((_, change)) => put(writer, change.as_deref())?,
                None => put(writer, Some(line))?,
            }
        }
        changes.try_for_each(|(_, change)| put(writer, change.as_deref()))
    }
}

/// Hands text over in blocks.
struct Blocks {
    block: Zeroizing<Vec<u8>>,
    blocks: mpsc::SyncSender<Zeroizing<Vec<u8>>>,
}

impl Write for Blocks {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.block.len() == SCAN {
            self.flush()?;
        }
        // no more than there is room for: a vector that grows leaves its old bytes behind
        let size = bytes.len().min(SCAN - self.block.len());
        self.block.extend_from_slice(&bytes[..size]);
        Ok(size)
    }

    fn flush(&mut self) -> io::Result<()> {
        let block = std::mem::replace(&mut self.block, Zeroizing::new(Vec::with_capacity(SCAN)));
        self.blocks.send(block).map_err(|_| io::ErrorKind::BrokenPipe.into())
    }
}

fn put<W: Write>(writer: &mut Writer<W>, line: Option<impl AsRef<[u8]>>) -> Result<(), Error> {
    line.map_or(Ok(()), |line| writer.record(line.as_ref()).map_err(Error::Write))
}

fn write_recipients<W: Write>(writer: &mut Writer<W>, lockset: &Lockset) -> Result<(), Error> {
    let Lockset::Recipients(recipients) = lockset else { return Ok(()) };
    for text in recipients.texts() {
        let mut line = Vec::new();
        json::write(&Value::text(text), &mut line).map_err(Error::Write)?;
        put(writer, Some(line))?;
    }
    Ok(())
}

fn copy<W: Write>(plain: &mut Plain, range: (u64, u64), writer: &mut Writer<W>) -> Result<(), Error> {
    let mut lines = Lines::new(plain, range, SCAN)?;
    while let Some(line) = lines.next()? {
        put(writer, Some(line))?;
    }
    Ok(())
}
