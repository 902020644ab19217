//! An object that is read part by part, where there is no working copy and only little of it is needed: a machine
//! that reads one secret moves a few chunks, and not the vault.

use std::cell::RefCell;
use std::fmt;
use std::io::{self, Read, Seek, SeekFrom};
use std::rc::Rc;

use crate::remote::{EngineFailure, Ranged, RemoteObject};
use crate::vault::Sealed;

/// The first bytes that are read: the header of a vault with a few recipients, and its first chunk.
const FIRST: u64 = 68 * 1024;
/// The size up to which an object is read whole. Less is not worth more than two requests.
const WHOLE: u64 = 512 * 1024;
/// The most bytes of one request. One that goes on where the last one ended is twice as long, because then it is all
/// that is wanted.
const LONGEST: u64 = 8 * 1024 * 1024;
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
pub(in crate::store) struct ObjectParts(Rc<RefCell<Parts>>);

struct Parts {
    object: Box<dyn RemoteObject>,
    address: String,
    tag: String,
    size: u64,
    first: Vec<u8>,
    /// The place of the part that was read last, and the part.
    last: (u64, Vec<u8>),
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
        let Ranged::Part { tag, size, content: mut first } = object.range(None, 0, FIRST)? else {
            return Ok(Beginning::Absent);
        };
        let length = first.len() as u64;
        if size <= WHOLE {
            if length < size {
                match object.range(Some(&tag), length, size - length)? {
                    Ranged::Part { content, .. } => first.extend(content),
                    // rare, and then the new one will do
                    Ranged::Changed | Ranged::Absent => return Self::begin(object, address),
                }
            }
            return Ok(Beginning::Whole(tag, first));
        }
        let parts = Parts {
            object,
            address: address.to_owned(),
            tag,
            size,
            last: (length, Vec::new()),
            first,
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

impl Parts {
    /// Reads at a place, from a part that is here or from the next one.
    fn read(&mut self, at: u64, buffer: &mut [u8]) -> io::Result<usize> {
        let wanted = (buffer.len() as u64).min(self.size.saturating_sub(at));
        if wanted == 0 {
            return Ok(0);
        }
        if here(0, &self.first, at).is_none() && here(self.last.0, &self.last.1, at).is_none() {
            self.fetch(at, wanted)?;
        }
        let rest =
            here(0, &self.first, at).or_else(|| here(self.last.0, &self.last.1, at)).unwrap_or_default();
        let count = rest.len().min(buffer.len());
        buffer[..count].copy_from_slice(&rest[..count]);
        Ok(count)
    }

    fn fetch(&mut self, at: u64, wanted: u64) -> io::Result<()> {
        let before = self.last.1.len() as u64;
        self.in_a_row = if at == self.last.0 + before { self.in_a_row + 1 } else { 0 };
        let count = if self.in_a_row > BY_CHANCE { wanted.max((2 * before).min(LONGEST)) } else { wanted };
        let address = &self.address;
        match self.object.range(Some(&self.tag), at, count) {
            Ok(Ranged::Part { content, .. }) => {
                self.last = (at, content);
                Ok(())
            }
            Ok(Ranged::Changed | Ranged::Absent) => Err(io::Error::other(format!(
                "`{address}` was changed while it was read; run the command once more"
            ))),
            Err(failure) => Err(io::Error::other(format!("`{address}`: {}", failure.text))),
        }
    }
}

/// Returns the rest of a part from a place on, if the place is in it.
fn here(begin: u64, part: &[u8], at: u64) -> Option<&[u8]> {
    let offset = usize::try_from(at.checked_sub(begin)?).ok()?;
    part.get(offset..).filter(|rest| !rest.is_empty())
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
