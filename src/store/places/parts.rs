//! An object that is read part by part, where there is no working copy and only little of it is needed: a machine
//! that reads one secret moves a few chunks, and not the vault.

use std::cell::RefCell;
use std::fmt;
use std::io::{self, Read, Seek, SeekFrom};
use std::rc::Rc;

use crate::remote::{EngineFailure, Fetched, Ranged, RemoteObject};
use crate::vault::Sealed;

/// The first bytes that are read: the header of a vault with a few recipients, and its first chunk.
const FIRST: u64 = 68 * 1024;
/// The size up to which an object is read whole. Less is not worth more than two requests.
const WHOLE: u64 = 512 * 1024;
/// The most bytes of one request. One that goes on where the last one ended is twice as long, because then it is all
/// that is wanted.
const LONGEST: u64 = 8 * 1024 * 1024;
/// The most parts that are held, each of a chunk.
const MOST: usize = 16;
/// Parts of a chunk each that may follow each other by chance.
const BY_CHANCE: u32 = 2;

/// The begin of an object.
pub(super) enum Beginning {
    /// A small object: its tag and its content.
    Whole(String, Vec<u8>),
    /// A large one, whose other parts are read when they are needed.
    Parts(ObjectParts),
    /// There is no object.
    Absent,
}

/// A large object whose parts are read when they are needed, all of the same generation.
#[derive(Clone)]
pub(in crate::store) struct ObjectParts(Rc<RefCell<HeldParts>>);

struct HeldParts {
    object: Box<dyn RemoteObject>,
    address: String,
    tag: String,
    size: u64,
    /// The first part and those that were read last, each with its place.
    held: Vec<(u64, Vec<u8>)>,
    /// The end of the part that was read last.
    end: u64,
    /// The parts that were read one behind the other.
    in_a_row: u32,
}

impl fmt::Debug for ObjectParts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("ObjectParts").field(&self.0.borrow().address).finish()
    }
}

impl ObjectParts {
    /// Reads the begin of an object. `address` is shown in errors.
    pub(super) fn begin(
        mut object: Box<dyn RemoteObject>,
        address: &str,
    ) -> Result<Beginning, EngineFailure> {
        let Ranged::Part { tag, size, content: first } = object.range(None, 0, FIRST)? else {
            return Ok(Beginning::Absent);
        };
        let length = first.len() as u64;
        if length == size {
            return Ok(Beginning::Whole(tag, first));
        }
        if size <= WHOLE {
            return Ok(match object.range(Some(&tag), length, size - length)? {
                Ranged::Part { content, .. } => Beginning::Whole(tag, [first, content].concat()),
                // another machine was faster, and then all of the new one will do
                Ranged::Changed | Ranged::Absent => match object.get(None)? {
                    Fetched::Found { tag, content } => Beginning::Whole(tag, content),
                    Fetched::Unchanged | Fetched::Absent => Beginning::Absent,
                },
            });
        }
        let parts = HeldParts {
            object,
            address: address.to_owned(),
            tag,
            size,
            held: vec![(0, first)],
            end: length,
            in_a_row: 0,
        };
        Ok(Beginning::Parts(Self(Rc::new(RefCell::new(parts)))))
    }

    /// Opens the header of the object.
    pub(super) fn seal(&self) -> Result<Sealed, crate::vault::Error> {
        let size = self.0.borrow().size;
        Sealed::inspect_parts(PartsReader { parts: self.clone(), at: 0 }, size)
    }
}

impl HeldParts {
    /// Reads at a place, from a part that is here or from the next one.
    fn read(&mut self, at: u64, buffer: &mut [u8]) -> io::Result<usize> {
        let wanted = (buffer.len() as u64).min(self.size.saturating_sub(at));
        if wanted == 0 {
            return Ok(0);
        }
        if self.here(at).is_none() {
            self.fetch(at, wanted)?;
        }
        let rest = self.here(at).unwrap_or_default();
        let count = rest.len().min(buffer.len());
        buffer[..count].copy_from_slice(&rest[..count]);
        Ok(count)
    }

    /// Returns the rest of a part that is here, from a place in it on.
    fn here(&self, at: u64) -> Option<&[u8]> {
        self.held.iter().find_map(|(begin, part)| {
            let offset = usize::try_from(at.checked_sub(*begin)?).ok()?;
            part.get(offset..).filter(|rest| !rest.is_empty())
        })
    }

    fn fetch(&mut self, at: u64, wanted: u64) -> io::Result<()> {
        let before = self.held.last().map_or(0, |(_, part)| part.len() as u64);
        self.in_a_row = if at == self.end { self.in_a_row + 1 } else { 0 };
        let count = if self.in_a_row > BY_CHANCE { wanted.max((2 * before).min(LONGEST)) } else { wanted };
        let address = &self.address;
        match self.object.range(Some(&self.tag), at, count) {
            Ok(Ranged::Part { content, .. }) => {
                self.end = at + content.len() as u64;
                // a search comes back to chunks that it has seen, and who reads on does not
                let most = if count > wanted { 1 } else { MOST };
                while self.held.len() > most {
                    self.held.remove(1);
                }
                self.held.push((at, content));
                Ok(())
            }
            Ok(Ranged::Changed | Ranged::Absent) => Err(io::Error::other(format!(
                "`{address}` was changed while it was read; run the command once more"
            ))),
            Err(failure) => Err(io::Error::other(format!("`{address}`: {}", failure.text))),
        }
    }
}

/// A reader of an object in parts.
struct PartsReader {
    parts: ObjectParts,
    at: u64,
}

impl Read for PartsReader {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.parts.0.borrow_mut().read(self.at, buffer)?;
        self.at += count as u64;
        Ok(count)
    }
}

impl Seek for PartsReader {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        let size = self.parts.0.borrow().size;
        let at = match to {
            SeekFrom::Start(at) => Some(at),
            SeekFrom::End(offset) => size.checked_add_signed(offset),
            SeekFrom::Current(offset) => self.at.checked_add_signed(offset),
        };
        self.at = at.ok_or(io::ErrorKind::InvalidInput)?;
        Ok(self.at)
    }
}
