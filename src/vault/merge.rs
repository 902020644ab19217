//! The merge of stored lines and changes, in order.

use std::borrow::Cow;
use std::io::Write;

use super::collection::{Pending, Vault};
use super::damage::RecordProblem;
use super::error::Error;
use super::layout_writer::{LayoutWriter, put};
use super::lines::{Lines, SCAN};
use super::plain::Plain;
use super::wire::{self, Section};

impl Vault {
    /// Goes through the credentials as they were and will be, in ascending order of ids. Gives the record that
    /// is stored, if there is one, and its change, if there is one.
    pub(super) fn merged(
        &mut self,
        mut each: impl FnMut(&str, Option<StoredLine<'_>>, Option<&Pending>) -> Result<(), Error>,
    ) -> Result<(), Error> {
        let mut changes = self.changes.iter().peekable();
        let mut lines = Lines::new(&mut self.plain, self.index.range(Section::Credentials), SCAN)?;
        let mut order = IdOrder::default();
        loop {
            let at = lines.position();
            let Some((line, end)) = lines.next_with_end()? else { break };
            let id = order.next(at, line)?;
            // changes of ids that are not stored; the map has them in the order that the lines have
            while let Some((changed, pending)) = changes.next_if(|(changed, _)| changed.as_str() < &*id) {
                each(changed, None, Some(pending))?;
            }
            let pending = changes.next_if(|(changed, _)| changed.as_str() == &*id);
            let stored = StoredLine { line, place: (at, end) };
            each(&id, Some(stored), pending.map(|(_, pending)| pending))?;
        }
        changes.try_for_each(|(id, pending)| each(id, None, Some(pending)))
    }
}

/// A record of the stored text.
#[derive(Clone, Copy)]
pub(super) struct StoredLine<'a> {
    /// Its line, without the end.
    pub(super) line: &'a [u8],
    /// The offsets at which the line begins and ends.
    pub(super) place: (u64, u64),
}

/// A check that ids come in strictly ascending order.
#[derive(Default)]
pub(super) struct IdOrder(String);

impl IdOrder {
    /// Returns the id of the next line, which starts at `at`.
    pub(super) fn next<'a>(&mut self, at: u64, line: &'a [u8]) -> Result<Cow<'a, str>, Error> {
        let id = wire::id(line).map_err(|problem| Error::record(Section::Credentials, at, problem))?;
        // the empty text is no id: every first one is greater
        if *id <= *self.0 {
            return Err(Error::record(Section::Credentials, at, RecordProblem::Disorder));
        }
        self.0.clear();
        self.0.push_str(&id);
        Ok(id)
    }
}

/// Copies the lines of a section.
pub(super) fn copy<W: Write>(
    plain: &mut Plain,
    range: (u64, u64),
    writer: &mut LayoutWriter<W>,
) -> Result<(), Error> {
    let mut lines = Lines::new(plain, range, SCAN)?;
    while let Some(line) = lines.next()? {
        put(writer, line)?;
    }
    Ok(())
}
