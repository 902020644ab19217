//! The marking of the secrets that somebody could read who is shut out, while a save copies their lines.

use std::io::Write;

use memchr::memmem;
use uuid::Uuid;

use super::collection::Vault;
use super::error::Error;
use super::exposed::ExposedSecrets;
use super::layout_writer::{LayoutWriter, put};
use super::lines::{Lines, SCAN};
use super::types::Typed as _;
use super::wire::{self, MarkedLine, Section};
use crate::credential::Head;
use crate::kind::KnownTypes;
use crate::random;

/// The marking of the records that a save copies.
pub(super) struct Marking {
    types: KnownTypes,
    etags: Etags,
    exposure: ExposedSecrets,
}

impl Vault {
    /// Marks every credential with secrets when the vault is saved, also the earlier versions. This makes no
    /// version.
    pub(crate) fn mark_exposed(&mut self) {
        self.marks = true;
    }

    /// Returns the secrets that the last save marked.
    pub(crate) fn take_exposure(&mut self) -> ExposedSecrets {
        self.exposure.take().unwrap_or_default()
    }

    /// Returns the secrets that a save would mark.
    ///
    /// # Errors
    /// Fails if the text cannot be read.
    pub fn exposure(&mut self) -> Result<ExposedSecrets, Error> {
        let mut marking = Marking::of(self.types()?)?;
        let mut lines = Lines::new(&mut self.plain, self.index.range(Section::Credentials), SCAN)?;
        loop {
            let at = lines.position();
            let Some(line) = lines.next()? else { break };
            let id = wire::id(line).map_err(|problem| Error::record(Section::Credentials, at, problem))?;
            marking.mark(&id, line);
        }
        let mut lines = Lines::new(&mut self.plain, self.index.range(Section::History), SCAN)?;
        while let Some(line) = lines.next()? {
            marking.mark_version(line);
        }
        Ok(marking.exposure)
    }

    /// Goes through the credentials that are marked. Returns the number of all, of which most are not parsed.
    ///
    /// # Errors
    /// Fails if the text cannot be read or a record is damaged.
    pub fn marked_heads(&mut self, mut each: impl FnMut(&Head)) -> Result<u64, Error> {
        let is_marked = memmem::Finder::new(br#""rotateRequired""#);
        let (types, mut count) = (self.types()?, 0);
        self.lines(|_, _, line| {
            count += 1;
            if is_marked.find(line).is_some() {
                let head = wire::head(line)?.typed(&types);
                // or a text has the word
                if head.stamp.rotate_required {
                    each(&head);
                }
            }
            Ok(())
        })?;
        Ok(count)
    }

    /// Begins to mark, if the save is to mark anything.
    pub(super) fn marking(&mut self) -> Result<Option<Marking>, Error> {
        if self.marks { Marking::of(self.types()?).map(Some) } else { Ok(None) }
    }

    /// Ends a marking that was saved.
    pub(super) fn marked(&mut self, marking: Option<Marking>) {
        self.marks = false;
        self.exposure = marking.map(|marking| marking.exposure);
    }
}

impl Marking {
    fn of(types: KnownTypes) -> Result<Self, Error> {
        Ok(Self { types, etags: Etags::draw()?, exposure: ExposedSecrets::default() })
    }

    /// Writes the line of a credential with its mark. One that cannot be read stays as it is: nobody keeps a place
    /// in the vault by a record that is damaged.
    pub(super) fn write<W: Write>(
        &mut self,
        id: &str,
        line: &[u8],
        writer: &mut LayoutWriter<W>,
    ) -> Result<(), Error> {
        write(self.mark(id, line), line, writer)
    }

    /// Writes the line of an earlier version with its mark.
    pub(super) fn write_version<W: Write>(
        &mut self,
        line: &[u8],
        writer: &mut LayoutWriter<W>,
    ) -> Result<(), Error> {
        write(self.mark_version(line), line, writer)
    }

    fn mark<'a>(&mut self, id: &str, line: &'a [u8]) -> Option<MarkedLine<'a>> {
        let etag = self.etags.next();
        match MarkedLine::of(line, &self.types, etag) {
            Ok(marked) => {
                let marked = marked?;
                self.exposure.ids.push(id.to_owned());
                self.exposure.attachments += marked.attachments as u64;
                Some(marked)
            }
            Err(_) => {
                self.exposure.unreadable += 1;
                None
            }
        }
    }

    fn mark_version<'a>(&mut self, line: &'a [u8]) -> Option<MarkedLine<'a>> {
        let marked = MarkedLine::of_version(line, &self.types);
        match &marked {
            Ok(Some(_)) => self.exposure.versions += 1,
            Ok(None) => {}
            Err(_) => self.exposure.unreadable += 1,
        }
        marked.ok().flatten()
    }
}

fn write<W: Write>(
    marked: Option<MarkedLine<'_>>,
    line: &[u8],
    writer: &mut LayoutWriter<W>,
) -> Result<(), Error> {
    match marked {
        Some(marked) => writer.begin_record().and_then(|out| marked.write(out)).map_err(Error::Write),
        None => put(writer, line),
    }
}

/// New etags: random bits, and a number, because the system takes longer for one than credctl for a record.
struct Etags {
    bits: u128,
    next: u128,
}

impl Etags {
    fn draw() -> Result<Self, Error> {
        Ok(Self { bits: random::uuid()?.as_u128(), next: 0 })
    }

    fn next(&mut self) -> Uuid {
        // the last 62 bits are random in every version 4
        let etag = self.bits ^ self.next;
        self.next += 1;
        Uuid::from_u128(etag)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::Etags;

    #[test]
    fn etags_are_uuids_of_version_4_and_never_the_same() {
        let mut etags = Etags::draw().unwrap();
        let drawn: Vec<_> = (0..1000).map(|_| etags.next()).collect();
        assert!(drawn.iter().all(|etag| etag.get_version_num() == 4));
        assert_eq!(drawn.iter().collect::<HashSet<_>>().len(), 1000);
    }
}
