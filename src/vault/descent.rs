//! The descent of generations from each other, as far as their first lines tell it.

use std::collections::{BTreeMap, BTreeSet};

use super::lineage::Lineage;
use super::wire::GenerationDigest;

/// Generations of one vault whose first lines were read.
#[derive(Debug, Default)]
pub struct Descent {
    known: BTreeMap<GenerationDigest, KnownGeneration>,
}

/// The first line of a generation, as far as it tells of others.
#[derive(Debug)]
struct KnownGeneration {
    number: u64,
    parents: Vec<GenerationDigest>,
}

impl Descent {
    /// Takes note of a generation that was read from a file.
    pub fn note(&mut self, lineage: &Lineage<'_>) {
        if let Some(digest) = lineage.digest {
            let known = KnownGeneration { number: lineage.generation, parents: lineage.parents.to_vec() };
            self.known.insert(digest, known);
        }
    }

    /// Returns true if one generation follows from another, or is the same. Returns `None` if that cannot be told: a
    /// generation names only the last 16 before it, and those between were not read.
    #[must_use]
    pub fn follows(&self, later: GenerationDigest, earlier: GenerationDigest) -> Option<bool> {
        let sought = self.known.get(&earlier).map(|known| known.number);
        let (mut seen, mut next) = (BTreeSet::new(), vec![later]);
        let (mut is_whole, mut lowest) = (true, u64::MAX);
        while let Some(digest) = next.pop() {
            if digest == earlier {
                return Some(true);
            }
            if !seen.insert(digest) {
                continue;
            }
            match self.known.get(&digest) {
                Some(known) => {
                    lowest = lowest.min(known.number);
                    next.extend(&known.parents);
                }
                None => is_whole = false,
            }
        }
        // the line was followed to its begin, or beyond the place where the other one would be
        let is_beyond = sought.is_some_and(|sought| lowest <= sought);
        (is_whole || is_beyond).then_some(false)
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::{Descent, GenerationDigest, Lineage};

    fn digest(name: &str) -> GenerationDigest {
        GenerationDigest::of_header(name.as_bytes())
    }

    fn note(descent: &mut Descent, generation: u64, name: &str, parents: &[&str]) {
        let parents: Vec<_> = parents.iter().map(|name| digest(name)).collect();
        descent.note(&Lineage {
            vault: Uuid::nil(),
            generation,
            digest: Some(digest(name)),
            bundle: None,
            seal: None,
            former_seals: &[],
            parents: &parents,
            signers: &[],
            signed_by: None,
        });
    }

    #[test]
    fn the_sides_of_a_merge_are_followed() {
        let mut descent = Descent::default();
        note(&mut descent, 1, "base", &[]);
        note(&mut descent, 2, "left", &["base"]);
        note(&mut descent, 2, "right", &["base"]);
        note(&mut descent, 3, "both", &["left", "right", "base"]);
        note(&mut descent, 4, "later", &["both", "left"]);
        let follows = |later, earlier| descent.follows(digest(later), digest(earlier));
        assert_eq!(follows("left", "left"), Some(true));
        assert_eq!(follows("left", "base"), Some(true));
        assert_eq!(follows("left", "right"), Some(false));
        assert_eq!(follows("base", "left"), Some(false));
        assert_eq!(follows("later", "right"), Some(true));
    }

    #[test]
    fn what_no_first_line_tells_is_unknown() {
        let mut descent = Descent::default();
        note(&mut descent, 40, "late", &["39", "38"]);
        note(&mut descent, 11, "side", &["10"]);
        let follows = |descent: &Descent, earlier| descent.follows(digest("late"), digest(earlier));
        assert_eq!(follows(&descent, "38"), Some(true));
        assert_eq!(follows(&descent, "side"), None);
        // a commit has the generations between
        note(&mut descent, 38, "38", &["37", "10"]);
        assert_eq!(follows(&descent, "side"), None);
        note(&mut descent, 10, "10", &["9"]);
        assert_eq!(follows(&descent, "side"), Some(false));
    }
}
