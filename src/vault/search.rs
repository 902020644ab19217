//! The search for one line among lines in order. It decrypts as few chunks as possible, because a decrypted
//! chunk shows whether the line is before it, in it or behind it.

use std::cmp::Ordering;

use zeroize::Zeroizing;

use super::damage::Damage;
use super::error::Error;
use super::lines::Lines;
use super::plain::{Line, Plain, newline, without_end};
use super::signature_problem::SignatureProblem;
use super::stream::BLOCK;

/// Size of the buffer in which a few lines are looked at.
const PROBE: u64 = 4 * 1024;

#[expect(clippy::cast_possible_truncation, reason = "4 KiB")]
const SIZE: usize = PROBE as usize;

/// The length from which on a line is read again sooner than copied. It may be most of a vault.
const LONG: usize = 1024 * 1024;

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

/// The result of a look at one line, about the line sought.
enum Look {
    Found((u64, u64), FoundLine),
    /// The line sought starts before this place.
    Before(u64),
    /// The line sought starts here or later.
    From(u64),
}

impl Plain {
    /// Finds the line for which `compare` is `Equal`. The lines between `begin`, which is the start of one,
    /// and `end` are in ascending order.
    ///
    /// # Errors
    /// Fails if the text cannot be read; an error of `compare`.
    pub fn search(
        &mut self,
        range: (u64, u64),
        mut compare: impl FnMut(&[u8]) -> Result<Ordering, Error>,
    ) -> Result<Option<Line<'_>>, Error> {
        // the lines that it passes are not used, so that only the one it finds must be as it was signed
        let (found, is_signed) = self.unchecked(|plain| plain.search_for(range, &mut compare))?;
        let found = match found {
            // lines that were changed may lead past the one sought: a miss is found once more, by signed lines
            None if is_signed => self.search_for(range, &mut compare)?,
            found => found,
        };
        let Some((place, line)) = found else { return Ok(None) };
        if is_signed {
            return self.signed_line(range.0, place, compare).map(Some);
        }
        match line {
            FoundLine::Place => self.line(place).map(Some),
            FoundLine::Text(line) => Ok(Some(Line::Read(line))),
        }
    }

    /// Reads a line of a signed text at a place that is not known to be one. The lines begin at `first`.
    fn signed_line(
        &mut self,
        first: u64,
        (begin, end): (u64, u64),
        mut compare: impl FnMut(&[u8]) -> Result<Ordering, Error>,
    ) -> Result<Line<'_>, Error> {
        let before = if begin > first { *self.range((begin - 1, begin))? == *b"\n" } else { true };
        let text = self.range((begin, end))?;
        let is_line = newline(&text).is_some_and(|at| at + 1 == text.len());
        let line = without_end(&text);
        if !before || !is_line || compare(line)? != Ordering::Equal {
            return Err(Damage::Signature(SignatureProblem::Content).into());
        }
        let length = line.len();
        let mut text = text;
        text.truncate(length);
        Ok(Line::Read(text))
    }

    fn search_for(
        &mut self,
        (begin, end): (u64, u64),
        mut compare: impl FnMut(&[u8]) -> Result<Ordering, Error>,
    ) -> Result<Option<PlacedLine>, Error> {
        // the line sought starts at `low` or later, and before `bound`
        let (mut low, mut bound) = (begin, end);
        // the chunk whose begin was looked at just now: opening a vault reads its first line
        let mut chunk = Some(begin - begin % BLOCK);
        // what fits into one probe is read line by line: it is decrypted anyway
        while bound > low + PROBE {
            // inside of one chunk halving costs no further decryption
            let place = if bound <= after_chunk(low) {
                low + (bound - low) / 2
            } else {
                next_place((low, bound), &mut chunk)
            };
            match self.look(place, bound, end, &mut compare)? {
                Look::Found(place, line) => return Ok(Some((place, line))),
                Look::Before(place) => bound = place,
                Look::From(place) => low = place,
            }
        }
        let in_memory = self.is_in_memory();
        // up to `end`: the last line that starts before `bound` may reach over it
        let mut lines = Lines::new(self, (low, end), SIZE)?;
        while lines.position() < bound {
            let start = lines.position();
            let Some((line, after)) = lines.next_with_end()? else { break };
            match compare(line)? {
                Ordering::Equal => return Ok(Some(((start, after), FoundLine::new(in_memory, line)))),
                Ordering::Less => {}
                Ordering::Greater => break,
            }
        }
        Ok(None)
    }

    /// Looks at the first line that starts behind a place.
    fn look(
        &mut self,
        place: u64,
        bound: u64,
        end: u64,
        compare: &mut impl FnMut(&[u8]) -> Result<Ordering, Error>,
    ) -> Result<Look, Error> {
        let in_memory = self.is_in_memory();
        let mut lines = Lines::new(self, (place, end), SIZE)?;
        // the rest of a line that starts before, or one that starts right here: it is not known which
        lines.next()?;
        let start = lines.position();
        // no line starts between the two, so the one sought starts at `place` or before
        if start >= bound {
            return Ok(Look::Before(place + 1));
        }
        let Some((line, after)) = lines.next_with_end()? else { return Ok(Look::Before(place + 1)) };
        Ok(match compare(line)? {
            Ordering::Equal => Look::Found((start, after), FoundLine::new(in_memory, line)),
            Ordering::Less => Look::From(after),
            Ordering::Greater => Look::Before(start),
        })
    }
}

/// Returns the place behind the chunk that a place is in.
fn after_chunk(place: u64) -> u64 {
    place - place % BLOCK + BLOCK
}

/// Returns the next place to look at, between places in different chunks: the begin of the chunk in the
/// middle, then near its end. So a chunk once decrypted tells whether the line is before it, in it, or behind
/// it.
fn next_place((low, bound): (u64, u64), chunk: &mut Option<u64>) -> u64 {
    // the reader forgets a chunk that was read to its end
    let near_end = |place: u64| after_chunk(place) - PROBE - 1;
    if chunk.take().is_some_and(|chunk| low >= chunk && low < near_end(chunk)) {
        return near_end(low);
    }
    let middle = low + (bound - low) / 2;
    let begin = middle - middle % BLOCK;
    if begin > low {
        *chunk = Some(begin);
        return begin;
    }
    if near_end(low) > low { near_end(low) } else { after_chunk(low) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::vault::stream::ChunkCounter;

    fn finds(lines: &[String], separator: &str, tail: &str) {
        let text = format!("HEAD\n{}{tail}REST", lines.join(separator)).into_bytes();
        let range = (5, text.len() as u64 - 4);
        let stream = Plain::new(Box::new(std::io::Cursor::new(text.clone())), text.len() as u64);
        for mut plain in [Plain::in_memory(Zeroizing::new(text)), stream] {
            let mut find = |key: &str| {
                let found = plain.search(range, |line| Ok(line[..5].cmp(key.as_bytes()))).unwrap();
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
        for (count, limit) in [(1000_u16, 3.0), (10_000, 6.3)] {
            let lines: Vec<String> = (0..count).map(|n| format!("{n:05}{}", "y".repeat(450))).collect();
            let text = lines.join("\n").into_bytes();
            let length = text.len() as u64;
            let (counted, decrypted) = ChunkCounter::new(text);
            let mut plain = Plain::new(Box::new(counted), length);
            for line in &lines {
                // as it is when a vault was opened: its first line was read
                plain.range((0, 5)).unwrap();
                let found = plain.search((0, length), |one| Ok(one[..5].cmp(&line.as_bytes()[..5]))).unwrap();
                assert!(found.is_some());
            }
            let average = f64::from(decrypted.get()) / f64::from(count);
            assert!(average < limit, "{average}");
        }
    }
}
