//! Lifts the long contents of attachments out of one of our own exports while the export is read, because they may not
//! fit into the memory. A mark takes the place of each in the document.
//!
//! Must not know the rest of the document, which is parsed afterwards as any other is.

use std::io::{self, Read};

use uuid::Uuid;
use zeroize::Zeroizing;

use crate::base64;
use crate::secret::{Buffer, wipe_stack};

/// The member that holds a content.
const MEMBER: &[u8] = b"content";
/// The longest content that stays in the document, in bytes of base64.
const SHORT: usize = 32 * 1024;
/// Bytes that are read at a time.
const ROOM: usize = 64 * 1024;

/// A document without its long contents.
pub struct LiftedDocument<T> {
    /// The text of the document.
    pub text: Zeroizing<Vec<u8>>,
    /// The mark of each content, and the content.
    pub contents: Vec<(String, T)>,
}

/// The reasons why the contents of a document cannot be lifted out.
#[derive(Debug)]
pub enum LiftError<E> {
    /// A document that cannot be read.
    Source(io::Error),
    /// A document that is too large without its contents.
    TooLarge,
    /// A content that cannot be taken.
    Content(E),
}

/// Reads a document, and hands each long content to `take`. The rest may have `limit` bytes.
///
/// # Errors
/// [`LiftError`].
pub fn lift<T, E>(
    source: &mut dyn Read,
    limit: usize,
    mut take: impl FnMut(&mut dyn Read) -> Result<T, E>,
) -> Result<LiftedDocument<T>, LiftError<E>> {
    let mut bytes = LiftedBytes { source, block: Zeroizing::new(vec![0; ROOM]), at: 0, end: 0 };
    let (mut text, mut contents) = (Buffer::with_capacity(ROOM), Vec::new());
    // it cannot be guessed, so a document cannot name the content of another
    let token = Uuid::new_v4().simple().to_string();
    // the last string, and then the member whose value comes next
    let (mut last, mut is_content) = (Zeroizing::new(Vec::new()), false);
    while let Some(byte) = bytes.next().map_err(LiftError::Source)? {
        text.extend(&[byte]);
        if text.len() > limit {
            return Err(LiftError::TooLarge);
        }
        match byte {
            b'"' => {
                let most = if is_content { SHORT } else { limit - text.len() };
                last = bytes.string(most).map_err(LiftError::Source)?;
                text.extend(&last);
                match bytes.peek().map_err(LiftError::Source)? {
                    Some(b'"') => {
                        is_content = false;
                        // its end is one more byte, which begins no string
                        text.push("\"");
                        bytes.at += 1;
                        continue;
                    }
                    // a document that is cut is refused when it is parsed
                    None => continue,
                    Some(_) if !is_content => return Err(LiftError::TooLarge),
                    Some(_) => {}
                }
                let begin = std::mem::take(&mut last);
                let mut encoded = (&begin[..]).chain(UntilQuote(&mut bytes));
                let content = take(&mut base64::reading(&mut encoded)).map_err(LiftError::Content)?;
                wipe_stack();
                text = without_end(text, begin.len());
                let mark = format!("lifted:{token}:{}", contents.len());
                text.push(&mark);
                contents.push((mark, content));
                is_content = false;
                // what is no base64 was refused, so this is the end of the string
                if bytes.next().map_err(LiftError::Source)? != Some(b'"') {
                    return Err(LiftError::Source(io::ErrorKind::UnexpectedEof.into()));
                }
                text.push("\"");
            }
            b':' => is_content = *last == *MEMBER,
            b' ' | b'\t' | b'\r' | b'\n' => {}
            _ => is_content = false,
        }
    }
    Ok(LiftedDocument { text: text.into_bytes(), contents })
}

/// Returns a text without its last bytes.
fn without_end(text: Buffer, length: usize) -> Buffer {
    let mut bytes = text.into_bytes();
    let kept = bytes.len() - length;
    bytes.truncate(kept);
    let mut text = Buffer::with_capacity(kept + ROOM);
    text.extend(&bytes);
    text
}

/// The bytes of a document, one after another.
struct LiftedBytes<'a> {
    source: &'a mut dyn Read,
    block: Zeroizing<Vec<u8>>,
    at: usize,
    end: usize,
}

impl LiftedBytes<'_> {
    /// Returns the bytes that were read and not used yet; none at the end.
    fn waiting(&mut self) -> io::Result<&[u8]> {
        while self.at == self.end {
            self.at = 0;
            match self.source.read(&mut self.block) {
                Ok(0) => {
                    self.end = 0;
                    return Ok(&[]);
                }
                Ok(count) => self.end = count,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => self.end = 0,
                Err(error) => return Err(error),
            }
        }
        Ok(&self.block[self.at..self.end])
    }

    fn peek(&mut self) -> io::Result<Option<u8>> {
        Ok(self.waiting()?.first().copied())
    }

    fn next(&mut self) -> io::Result<Option<u8>> {
        let byte = self.peek()?;
        self.at += usize::from(byte.is_some());
        Ok(byte)
    }

    /// Reads a string up to its closing quote, or about `most` bytes of it. Escapes stay as they are.
    fn string(&mut self, most: usize) -> io::Result<Zeroizing<Vec<u8>>> {
        let mut string = Buffer::default();
        loop {
            let waiting = self.waiting()?;
            let end = waiting.iter().position(|byte| matches!(byte, b'"' | b'\\')).unwrap_or(waiting.len());
            let taken = end.min(most.saturating_sub(string.len()));
            string.extend(&waiting[..taken]);
            let (is_whole, is_escape) = (taken == end, waiting.get(end) == Some(&b'\\'));
            let is_over = waiting.is_empty() || !is_whole || (end < waiting.len() && !is_escape);
            self.at += taken;
            if is_over || string.len() >= most {
                return Ok(string.into_bytes());
            }
            if is_escape {
                // the backslash and what follows it, which may be a quote
                for byte in [self.next()?, self.next()?].into_iter().flatten() {
                    string.extend(&[byte]);
                }
            }
        }
    }
}

/// The rest of a string, up to its closing quote.
struct UntilQuote<'a, 'b>(&'a mut LiftedBytes<'b>);

impl Read for UntilQuote<'_, '_> {
    fn read(&mut self, room: &mut [u8]) -> io::Result<usize> {
        let waiting = self.0.waiting()?;
        let end = memchr::memchr(b'"', waiting).unwrap_or(waiting.len()).min(room.len());
        room[..end].copy_from_slice(&waiting[..end]);
        self.0.at += end;
        Ok(end)
    }
}

#[cfg(test)]
mod tests {
    use std::io;

    use super::{LiftError, SHORT, lift};
    use crate::base64;

    type Lifted = (String, Vec<(String, Vec<u8>)>);

    fn lifted(document: &str, limit: usize) -> Result<Lifted, LiftError<io::Error>> {
        let lifted = lift(&mut document.as_bytes(), limit, |content| {
            let mut bytes = Vec::new();
            content.read_to_end(&mut bytes).map(|_| bytes)
        })?;
        Ok((String::from_utf8(lifted.text.to_vec()).unwrap(), lifted.contents))
    }

    #[test]
    fn long_contents_are_lifted_out_and_everything_else_stays() {
        let bytes: Vec<u8> = (0..300_000_u32).map(|at| at.to_le_bytes()[0] ^ at.to_le_bytes()[1]).collect();
        let long = base64::encode(&bytes);
        let (long, short) = (long.expose(), "c21hbGw=");
        let document = |first: &str, second: &str| {
            format!(
                "{{\"a\":[\"content\",\"{long}\"],\"content\" : \"{first}\",\"x\":\"\\\"content\\\":\",
                \"content\":{{\"content\":\"{second}\"}},\"content\":7}}"
            )
        };
        let (text, contents) = lifted(&document(long, short), 1_000_000).unwrap();
        let [(mark, content)] = &contents[..] else { panic!("{}", contents.len()) };
        assert!(*content == bytes && text == document(mark, short));
        let (text, contents) = lifted(&document(long, long), 1_000_000).unwrap();
        assert!(contents.len() == 2 && text == document(&contents[0].0, &contents[1].0));
        let edge = "A".repeat(SHORT - 1);
        let (text, contents) = lifted(&document(&edge, short), 1_000_000).unwrap();
        assert!(contents.is_empty() && text == document(&edge, short));
    }

    #[test]
    fn what_is_cut_or_no_base64_or_too_long_is_refused() {
        let long = "A".repeat(100_000);
        for document in [
            format!("{{\"content\":\"{long}"),
            format!("{{\"content\":\"{long}?\"}}"),
            format!("{{\"content\":\"{long}\\\"\"}}"),
        ] {
            assert!(lifted(&document, 1_000_000).is_err());
        }
        assert!(matches!(lifted(&format!("[\"{long}\"]"), 50_000), Err(LiftError::TooLarge)));
        assert!(matches!(lifted(&long, 50_000), Err(LiftError::TooLarge)));
        for fragment in ["", "\"", "\"\\", "{\"content\":\""] {
            assert_eq!(lifted(fragment, 100).unwrap().0, fragment);
        }
    }
}
