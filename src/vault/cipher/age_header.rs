//! The header of an age file, judged before the age parser sees it: that one takes quadratic time.

use std::io::Read;

use super::mark::Mark;
use super::stanzas::MAX_STANZAS;
use crate::vault::damage::Damage;
use crate::vault::error::Error;
use crate::vault::plain::newline;

/// The largest header that is read.
const MAX_HEADER: usize = 64 * 1024;
/// Bytes that are read at first: enough for the header of any vault with a few recipients.
pub(super) const READ_AHEAD: usize = 4 * 1024;
/// Characters of every line of a stanza's body but the last, which is shorter.
pub(super) const FULL_LINE: usize = 64;
/// The first line of an age file in ASCII armor.
pub(in crate::vault) const ARMOR: &[u8] = b"-----BEGIN AGE ENCRYPTED FILE-----";
/// The first line of an age file.
pub(in crate::vault) const MAGIC: &[u8] = b"age-encryption.org/v1\n";

/// A header before the age parser sees it.
pub(super) struct AgeHeader {
    /// The whole header, its last line included.
    pub(super) text: Vec<u8>,
}

impl AgeHeader {
    /// Reads the header at the start of a file, within bounds.
    pub(super) fn read(file: &mut impl Read) -> Result<Self, Error> {
        let mut head = Vec::with_capacity(READ_AHEAD);
        let mut limit = READ_AHEAD;
        loop {
            let before = head.len();
            let room = (limit - before) as u64;
            Read::by_ref(file).take(room).read_to_end(&mut head).map_err(Error::Read)?;
            match Self::length(&head)? {
                Some(length) => {
                    head.truncate(length);
                    return Ok(Self { text: head });
                }
                // the file ended inside of its header
                None if head.len() < limit => return Err(Damage::Header.into()),
                None if limit > MAX_HEADER => return Err(Damage::HeaderTooLarge { limit: "64 KiB" }.into()),
                None => limit = MAX_HEADER + 1,
            }
        }
    }

    /// Returns the bytes up to the end of the last line of the header, if all of it is there.
    pub(super) fn length(head: &[u8]) -> Result<Option<usize>, Damage> {
        if !head.starts_with(MAGIC) {
            let is_armored = head.trim_ascii_start().starts_with(ARMOR);
            return Err(if is_armored { Damage::Armored } else { Damage::NotAge });
        }
        let mut stanzas = 0;
        let mut at = MAGIC.len();
        // the age parser takes a stanza for whole that has no body, or whose body has no short last line
        let mut in_body = false;
        while let Some(length) = newline(&head[at..]) {
            let line = &head[at..at + length];
            at += length + 1;
            let begins = line.starts_with(b"-");
            // a line with a dash stands where a body has ended, and nowhere else
            if begins == in_body || (in_body && length > FULL_LINE) {
                return Err(Damage::Header);
            }
            if line.starts_with(b"---") {
                return Ok(Some(at));
            }
            in_body = begins || length == FULL_LINE;
            stanzas += usize::from(begins);
            if stanzas > MAX_STANZAS {
                return Err(Damage::HeaderTooLarge { limit: "64 recipients" });
            }
        }
        Ok(None)
    }

    /// Reads the mark that we left, if we wrote the file for somebody else.
    pub(super) fn mark(&self) -> Option<Mark> {
        let mut before: &[u8] = b"";
        self.text
            .split(|byte| *byte == b'\n')
            .find_map(|line| Mark::read(std::mem::replace(&mut before, line), line))
    }

    /// Returns the words of each stanza: its kind and its arguments.
    pub(super) fn stanzas(&self) -> impl Iterator<Item = std::str::SplitAsciiWhitespace<'_>> {
        let lines = self.text.split(|&byte| byte == b'\n').filter_map(|line| line.strip_prefix(b"-> "));
        lines.filter_map(|line| Some(std::str::from_utf8(line).ok()?.split_ascii_whitespace()))
    }

    /// Returns the logarithm of the work that a passphrase takes.
    pub(super) fn work_factor(&self) -> Option<u8> {
        let mut scrypt =
            self.stanzas().filter_map(|mut words| (words.next() == Some("scrypt")).then(|| words.last()));
        // the stanza is `-> scrypt SALT FACTOR`
        scrypt.next()??.parse().ok()
    }
}
