//! A writer that keeps the header of the age file which it passes on.

use std::cell::{Cell, RefCell};
use std::io::{self, Write};

use super::age_header::AgeHeader;
use crate::vault::damage::Damage;
use crate::vault::error::Error;

/// The begin of an age file, as far as it was written before [`WrittenHeader::end`].
#[derive(Default)]
pub(super) struct WrittenHeader {
    begin: RefCell<Vec<u8>>,
    ended: Cell<bool>,
}

/// The output of an age file whose begin is kept.
pub(super) struct HeaderTap<'a, W> {
    out: W,
    header: &'a WrittenHeader,
}

impl WrittenHeader {
    /// Makes an output that keeps what is written.
    pub(super) fn tap<W: Write>(&self, out: W) -> HeaderTap<'_, W> {
        HeaderTap { out, header: self }
    }

    /// Keeps nothing more: the header is written, and what follows is the content.
    pub(super) fn end(&self) {
        self.ended.set(true);
    }

    /// Returns the header without the nonce behind it.
    ///
    /// # Errors
    /// [`Damage::Header`] if no whole header was written.
    pub(super) fn into_text(self) -> Result<Vec<u8>, Error> {
        let mut begin = self.begin.into_inner();
        let length = AgeHeader::length(&begin)?.ok_or(Damage::Header)?;
        begin.truncate(length);
        Ok(begin)
    }
}

impl<W: Write> Write for HeaderTap<'_, W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let count = self.out.write(bytes)?;
        if !self.header.ended.get() {
            self.header.begin.borrow_mut().extend_from_slice(&bytes[..count]);
        }
        Ok(count)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}
