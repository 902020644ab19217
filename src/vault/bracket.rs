//! The part of a text in which a search still looks, and the place in it at which it looks next: such that few chunks
//! are decrypted.

use super::stream::BLOCK;

/// Size of the buffer in which a few lines are looked at.
pub(super) const PROBE: u64 = 4 * 1024;

/// The most estimates that need not halve the part.
const ESTIMATES: u32 = 2;

/// The part of a text in which the line of a key starts, if there is one.
pub(super) struct Bracket {
    /// The line starts at `low` or later, and before `bound`.
    low: u64,
    bound: u64,
    /// The share of all random UUIDs that are before the key; none for other keys.
    share: Option<f64>,
    /// The same of the last key before it, and of the first one behind it, as far as they are known.
    shares: (f64, f64),
    /// The chunk that was decrypted last.
    chunk: u64,
    /// The width when the last chunk was chosen, and the estimates since it was last halved.
    width: u64,
    estimates: u32,
}

impl Bracket {
    /// Makes the bracket of all lines between two places. The chunk of the first one was decrypted, because opening a
    /// vault reads its first line.
    pub(super) fn new((low, bound): (u64, u64), key: &str) -> Self {
        let chunk = low - low % BLOCK;
        Self { low, bound, share: share(key), shares: (0.0, 1.0), chunk, width: u64::MAX, estimates: 0 }
    }

    /// Returns both ends.
    pub(super) fn ends(&self) -> (u64, u64) {
        (self.low, self.bound)
    }

    /// Returns true until the bracket fits into one probe, whose lines are read one by one: they are decrypted anyway.
    pub(super) fn is_wide(&self) -> bool {
        self.bound > self.low + PROBE
    }

    /// Ends the bracket at a place: the line of this key, or none that is known, is the next one behind it.
    pub(super) fn end_at(&mut self, place: u64, key: Option<&str>) {
        self.bound = place;
        self.shares.1 = key.and_then(share).unwrap_or(self.shares.1);
    }

    /// Begins the bracket at a place: the line of this key is the last one before it.
    pub(super) fn begin_at(&mut self, place: u64, key: &str) {
        self.low = place;
        self.shares.0 = share(key).unwrap_or(self.shares.0);
    }

    /// Returns the place at which to look next, in a bracket that is wide. A look there narrows it.
    pub(super) fn next_place(&mut self) -> u64 {
        let place = self.place();
        // the line that starts behind the last byte but one would not narrow it
        place.clamp(self.low, self.bound - 2)
    }

    fn place(&mut self) -> u64 {
        let (low, bound) = (self.low, self.bound);
        // inside of one chunk halving costs no further decryption
        if bound <= after_chunk(low) {
            return low + (bound - low) / 2;
        }
        // a chunk that was decrypted tells whether the line is before it, in it, or behind it
        let chunk = self.chunk;
        if low >= chunk && low < near_end(chunk) {
            return near_end(chunk);
        }
        if low < chunk && bound > chunk + 1 && bound <= after_chunk(chunk) {
            return chunk;
        }
        let place = self.estimate();
        self.chunk = place - place % BLOCK;
        place.min(near_end(self.chunk))
    }

    /// Returns the middle, or for random keys the place where the line is if they are spread evenly.
    fn estimate(&mut self) -> u64 {
        let width = self.bound - self.low;
        // the first two estimates are as a rule on the same side of the line
        self.estimates = if width <= self.width / 2 { 1 } else { self.estimates + 1 };
        // keys that are not spread evenly cost no more than three times the looks of halving
        let may_estimate = self.estimates <= ESTIMATES;
        if !may_estimate {
            self.estimates = 0;
        }
        self.width = width;
        let (from, to) = self.shares;
        let share = match self.share.filter(|_| may_estimate && to > from) {
            Some(share) => ((share - from) / (to - from)).clamp(0.0, 1.0),
            None => 0.5,
        };
        #[expect(
            clippy::cast_precision_loss,
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "an estimate between 0 and the width"
        )]
        let offset = (width as f64 * share) as u64;
        self.low + offset.min(width)
    }
}

/// Returns the share of all random UUIDs that are before one. Returns `None` for other keys.
fn share(key: &str) -> Option<f64> {
    let bytes = key.as_bytes();
    if bytes.len() != 36 || bytes[14] != b'4' {
        return None;
    }
    // eight digits, then a hyphen: enough for a share, even of millions
    let number = u32::from_str_radix(key.get(..8)?, 16).ok()?;
    Some(f64::from(number) / (f64::from(u32::MAX) + 1.0))
}

/// Returns the place behind the chunk that a place is in.
fn after_chunk(place: u64) -> u64 {
    place - place % BLOCK + BLOCK
}

/// Returns the last place from which a probe stays in the chunk: the reader forgets one that was read to its end.
fn near_end(chunk: u64) -> u64 {
    after_chunk(chunk) - PROBE - 1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_share_grows_with_the_id() {
        let of = |text: &str| share(text);
        assert_eq!(of("00000000-0000-4000-8000-000000000000"), Some(0.0));
        assert_eq!(of("80000000-0000-4000-8000-000000000000"), Some(0.5));
        assert!(of("ffffffff-ffff-4fff-bfff-ffffffffffff").is_some_and(|share| share < 1.0));
        // of another version, which may begin with a time, and no UUID
        for other in
            ["80000000-0000-7000-8000-000000000000", "database", "", "+0000000-0000-4000-8000-00000000000é"]
        {
            assert_eq!(of(other), None, "{other}");
        }
    }

    #[test]
    fn every_look_narrows_the_bracket() {
        // the line is just behind the chunk, and the lines before it end where a probe would
        for low in BLOCK - PROBE - 4..BLOCK - PROBE + 4 {
            for bound in BLOCK - 3..BLOCK + 3 {
                let mut bracket = Bracket::new((low, bound), "x");
                while bracket.is_wide() {
                    let (_, before) = bracket.ends();
                    let place = bracket.next_place();
                    bracket.end_at(place + 1, None);
                    assert!(bracket.bound < before, "{low} {bound}");
                }
            }
        }
    }
}
