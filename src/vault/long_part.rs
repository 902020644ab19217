//! Parts of a text: checked ranges of its bytes, and long parts that are not copied.

use std::io;
use std::ops::Deref;
use std::rc::Rc;

use super::error::Error;
use crate::secret::WipedPiece;

/// A long part of a text, which is not copied from the tail that was kept.
pub(super) struct LongPart {
    piece: Rc<WipedPiece>,
    range: (u64, u64),
}

impl LongPart {
    /// Makes a part of a piece.
    ///
    /// # Errors
    /// Fails if the piece is shorter.
    pub(super) fn of(piece: &Rc<WipedPiece>, range: (u64, u64)) -> Result<Self, Error> {
        part(piece, range)?;
        Ok(Self { piece: Rc::clone(piece), range })
    }

    /// Takes over a piece as a part.
    pub(super) fn whole(piece: WipedPiece) -> Self {
        let range = (0, piece.len() as u64);
        Self { piece: Rc::new(piece), range }
    }
}

impl Deref for LongPart {
    type Target = [u8];

    fn deref(&self) -> &[u8] {
        // the range was checked when the part was made
        part(&self.piece, self.range).unwrap_or_default()
    }
}

/// Returns a part of a text.
pub(super) fn part(text: &[u8], (begin, end): (u64, u64)) -> io::Result<&[u8]> {
    let range = usize::try_from(begin).ok().zip(usize::try_from(end).ok());
    range.and_then(|(begin, end)| text.get(begin..end)).ok_or_else(|| io::ErrorKind::UnexpectedEof.into())
}
