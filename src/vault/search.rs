//! The search for one line among lines in order. It decrypts as few chunks as possible, because a decrypted
//! chunk shows whether the line is before it, in it or behind it.

use std::borrow::Cow;
use std::cmp::Ordering;

use zeroize::Zeroizing;

use super::bracket::{Bracket, PROBE};
use super::damage::Damage;
use super::error::Error;
use super::lines::Lines;
use super::plain::{Line, Plain, newline, without_end};
use super::signature_problem::SignatureProblem;

#[expect(clippy::cast_possible_truncation, reason = "4 KiB")]
const SIZE: usize = PROBE as usize;

/// The length from which on a line is read again sooner than copied. It may be most of a vault.
const LONG: usize = 1024 * 1024;

/// A reader of the key of a line.
pub(super) type KeyOf = fn(&[u8]) -> Result<Cow<'_, str>, Error>;

/// A line that was found: what was read, unless it is read once more at its place.
enum FoundLine {
    Place,
    Text(Zeroizing<Vec<u8>>),
}

/// A line that was found, with the offsets at which it begins and ends.
type PlacedLine = ((u64, u64), FoundLine);

impl FoundLine {
    fn new(in_memory: bool, line: &[u8]) -> Self {
        // a long one is read again, when the buffer that it is in is gone
        let is_place = in_memory || line.len() > LONG;
        if is_place { Self::Place } else { Self::Text(Zeroizing::new(line.to_vec())) }
    }
}

impl Plain {
    /// Finds the line of a key. The keys of the lines between `begin`, which is the start of one, and `end` are in
    /// ascending order. Random UUIDs are found with the fewest looks.
    ///
    /// # Errors
    /// Fails if the text cannot be read; an error of `key_of`.
    pub(super) fn search(
        &mut self,
        range: (u64, u64),
        key: &str,
        key_of: KeyOf,
    ) -> Result<Option<Line<'_>>, Error> {
        // the lines that it passes are not used, so that only the one it finds must be as it was signed
        let (found, is_signed) = self.unchecked(|plain| plain.search_for(range, key, key_of))?;
        let found = match found {
            // lines that were changed may lead past the one sought: a miss is found once more, by signed lines
            None if is_signed => self.search_for(range, key, key_of)?,
            found => found,
        };
        let Some((place, line)) = found else { return Ok(None) };
        if is_signed {
            let line = self.signed_line(range.0, place)?;
            if *key_of(&line)? != *key {
                return Err(Damage::Signature(SignatureProblem::Content).into());
            }
            return Ok(Some(Line::Read(line)));
        }
        match line {
            FoundLine::Place => self.line(place).map(Some),
            FoundLine::Text(line) => Ok(Some(Line::Read(line))),
        }
    }

    /// Reads a line of a signed text at a place that is not known to be one. The lines begin at `first`.
    fn signed_line(&mut self, first: u64, (begin, end): (u64, u64)) -> Result<Zeroizing<Vec<u8>>, Error> {
        let before = if begin > first { *self.range((begin - 1, begin))? == *b"\n" } else { true };
        let mut text = self.range((begin, end))?;
        let is_line = newline(&text).is_some_and(|at| at + 1 == text.len());
        if !before || !is_line {
            return Err(Damage::Signature(SignatureProblem::Content).into());
        }
        let length = without_end(&text).len();
        text.truncate(length);
        Ok(text)
    }

    fn search_for(
        &mut self,
        (begin, end): (u64, u64),
        key: &str,
        key_of: KeyOf,
    ) -> Result<Option<PlacedLine>, Error> {
        let in_memory = self.is_in_memory();
        let mut bracket = Bracket::new((begin, end), key);
        while bracket.is_wide() {
            let found = self.look(&mut bracket, end, key, key_of)?;
            if found.is_some() {
                return Ok(found);
            }
        }
        let (low, bound) = bracket.ends();
        // up to `end`: the last line that starts before `bound` may reach over it
        let mut lines = Lines::new(self, (low, end), SIZE)?;
        while lines.position() < bound {
            let start = lines.position();
            let Some((line, after)) = lines.next_with_end()? else { break };
            match (*key_of(line)?).cmp(key) {
                Ordering::Equal => return Ok(Some(((start, after), FoundLine::new(in_memory, line)))),
                Ordering::Less => {}
                Ordering::Greater => break,
            }
        }
        Ok(None)
    }

    /// Looks at the lines that start behind a place, as far as one probe reaches, and narrows the bracket.
    fn look(
        &mut self,
        bracket: &mut Bracket,
        end: u64,
        key: &str,
        key_of: KeyOf,
    ) -> Result<Option<PlacedLine>, Error> {
        let in_memory = self.is_in_memory();
        let place = bracket.next_place();
        let mut lines = Lines::new(self, (place, end), SIZE)?;
        // the rest of a line that starts before, or one that starts right here: it is not known which
        lines.next()?;
        let start = lines.position();
        if start >= bracket.ends().1 {
            // no line starts between the two, so the one sought starts at `place` or before
            bracket.end_at(place + 1, None);
            return Ok(None);
        }
        let (mut start, mut is_first) = (start, true);
        // the other lines that are here cost nothing more
        while is_first || start < bracket.ends().1 && lines.has_next_here() {
            let Some((line, after)) = lines.next_with_end()? else {
                bracket.end_at(place + 1, None);
                return Ok(None);
            };
            let found = key_of(line)?;
            match (*found).cmp(key) {
                Ordering::Equal => return Ok(Some(((start, after), FoundLine::new(in_memory, line)))),
                Ordering::Less => bracket.begin_at(after, &found),
                Ordering::Greater => {
                    bracket.end_at(start, Some(&*found));
                    break;
                }
            }
            (start, is_first) = (after, false);
        }
        Ok(None)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::vault::stream::ChunkCounter;

    fn text_of(key: &[u8]) -> Cow<'_, str> {
        Cow::Borrowed(std::str::from_utf8(key).unwrap())
    }

    fn finds(lines: &[String], separator: &str, tail: &str) {
        let text = format!("HEAD\n{}{tail}REST", lines.join(separator)).into_bytes();
        let range = (5, text.len() as u64 - 4);
        let stream = Plain::new(Box::new(std::io::Cursor::new(text.clone())), text.len() as u64);
        for mut plain in [Plain::in_memory(Zeroizing::new(text)), stream] {
            let mut find = |key: &str| {
                let found = plain.search(range, key, |line| Ok(text_of(&line[..5]))).unwrap();
                found.map(|line| line.to_vec())
            };
            for line in lines {
                assert_eq!(find(&line[..5]).expect(&line[..5]), line.as_bytes());
                let other = format!("{}x", &line[..4]);
                assert_eq!(find(&other), None, "{other}");
            }
            assert!(find("     ").is_none() && find("zzzzz").is_none());
        }
    }

    #[test]
    fn every_line_is_found_and_no_other() {
        let even = |n: usize| format!("{:05}{}", n * 10, "y".repeat(300));
        finds(&(0..1000).map(even).collect::<Vec<_>>(), ",\n", "\n");
        finds(&(0..3).map(even).collect::<Vec<_>>(), ",\n", "");
        // lines that are as long as chunks, longer, and that begin where chunks do
        for length in [65_530, 65_535, 65_536, 100_000, LONG + 1] {
            let some = |n: usize| format!("{:05}{}", n * 10, "y".repeat(if n % 5 == 3 { length } else { n }));
            finds(&(0..if length > LONG { 5 } else { 40 }).map(some).collect::<Vec<_>>(), ",\n", "\n");
            let all = |n: usize| format!("{:05}{}", n * 10, "y".repeat(length - 5));
            finds(&(0..if length > LONG { 2 } else { 9 }).map(all).collect::<Vec<_>>(), "\n", "");
        }
    }

    #[test]
    fn few_chunks_are_decrypted() {
        // keys that are not random are halved
        let numbers = |n: u32| format!("{n:05}-{}", "x".repeat(30));
        // spread as those of random UUIDs are: one after the other in another order
        let random = |n: u32| format!("{:08x}-0000-4000-8000-000000000000", n.wrapping_mul(2_654_435_769));
        // all in one half, and far from even in it
        let crowded = |n: u32| format!("{:08x}-0000-4000-8000-000000000000", n * n / 7);
        let keys: [&dyn Fn(u32) -> String; 3] = [&numbers, &random, &crowded];
        for (key, limits) in keys.into_iter().zip([[3.0, 6.3], [1.9, 2.5], [4.0, 9.0]]) {
            for (count, limit) in [1000, 10_000].into_iter().zip(limits) {
                let mut keys: Vec<_> = (0..count).map(key).collect();
                keys.sort_unstable();
                keys.dedup();
                let lines: Vec<_> = keys.iter().map(|key| format!("{key}{}", "y".repeat(420))).collect();
                let text = lines.join("\n").into_bytes();
                let length = text.len() as u64;
                let (counted, decrypted) = ChunkCounter::new(text);
                let mut plain = Plain::new(Box::new(counted), length);
                let sought = keys.iter().step_by(7);
                let searches = u32::try_from(sought.len()).unwrap();
                for key in sought {
                    // as it is when a vault was opened: its first line was read
                    plain.range((0, 5)).unwrap();
                    let found = plain.search((0, length), key, |line| Ok(text_of(&line[..36]))).unwrap();
                    assert!(found.is_some());
                }
                let average = f64::from(decrypted.get()) / f64::from(searches);
                assert!(average < limit, "{average} of {count}, {}", keys[1]);
            }
        }
    }
}
