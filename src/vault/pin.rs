//! The memory of a machine about one vault, and the judgement of a file by it.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use super::distrust::{Distrust, Sighting};
use super::lineage::Lineage;
use super::roster::KnownRecipients;
use super::vouching::{KnownSigners, judge_signers};
use super::wire::{GenerationDigest, Seal, SealDigest, Signer};
use crate::time;

/// The most generations between two files within which the later one must name the earlier one. A list of parents is
/// twice as long, because a merge brings the parents of both sides.
pub(super) const NEAR: u64 = 8;

/// The memory of a machine about one vault, or about the bundle of one of its environments.
#[derive(Debug, Default, Clone, PartialEq, Serialize, Deserialize)]
pub struct Pin {
    /// The highest generation that was seen.
    #[serde(default)]
    pub generation: u64,
    /// The digest of that generation.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub digest: Option<GenerationDigest>,
    /// The digest of its seal.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub seal: Option<SealDigest>,
    /// The digests of the seals before, by which an older copy is known as one.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub former_seals: Vec<SealDigest>,
    /// The people who may change the vault; none if it was not signed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub signers: Option<Vec<Signer>>,
    /// The time when that generation was seen first.
    #[serde(
        default,
        skip_serializing_if = "Option::is_none",
        serialize_with = "put_time",
        deserialize_with = "time"
    )]
    pub seen: Option<DateTime<Utc>>,
    /// The time when the vault was seen first.
    #[serde(
        default,
        skip_serializing_if = "Option::is_none",
        serialize_with = "put_time",
        deserialize_with = "time"
    )]
    pub since: Option<DateTime<Utc>>,
    /// The recipients that this machine locked the vault to; none if it only read the vault.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub recipients: Option<Vec<String>>,
    /// The recipients of the bundles that this machine wrote.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub bundles: Vec<String>,
}

impl Pin {
    /// Judges a file by what is remembered of its vault.
    ///
    /// # Errors
    /// [`Distrust`].
    pub fn judge(&self, lineage: &Lineage<'_>) -> Result<(), Distrust> {
        if let Some(pinned) = self.seal {
            let Some(seal) = lineage.seal else { return Err(Distrust::NoSeal { seen: self.sighting() }) };
            let seal = seal.digest();
            // somebody who was shut out knows a former seal, and nothing that was written since then
            let is_older = lineage.generation < self.generation && self.former_seals.contains(&seal);
            if seal != pinned && !lineage.former_seals.contains(&pinned) && !is_older {
                return Err(Distrust::Forged { seen: self.sighting(), found: lineage.generation });
            }
        }
        // files of earlier programs have no generation, and a file that is not on the disk has no digest
        let (Some(pinned), Some(digest)) = (self.digest, lineage.digest) else { return Ok(()) };
        let diverged = || Distrust::Diverged { seen: self.sighting(), found: lineage.generation };
        if lineage.generation < self.generation {
            return Err(Distrust::Older { seen: self.sighting(), found: lineage.generation });
        }
        self.judge_signers(lineage)?;
        if lineage.bundle.is_some() {
            // it has no parents, and may be written again from the same generation
            return Ok(());
        }
        let gap = lineage.generation - self.generation;
        let named = lineage.parents.len().try_into().unwrap_or(u64::MAX);
        let is_known = match gap {
            0 => digest == pinned,
            _ if gap <= NEAR.min(named) => lineage.parents.contains(&pinned),
            // this machine missed too many of them to tell
            _ => true,
        };
        if is_known { Ok(()) } else { Err(diverged()) }
    }

    /// Judges a file that git has checked out, which may be of any generation and of any branch. The seal must be the
    /// one that is known, or follow from it: somebody who was shut out knows a former one, and may commit, too.
    ///
    /// # Errors
    /// [`Distrust`].
    pub fn judge_checkout(&self, lineage: &Lineage<'_>) -> Result<(), Distrust> {
        if let Some(pinned) = self.seal {
            let Some(seal) = lineage.seal else { return Err(Distrust::NoSeal { seen: self.sighting() }) };
            if seal.digest() != pinned && !lineage.former_seals.contains(&pinned) {
                return Err(Distrust::Forged { seen: self.sighting(), found: lineage.generation });
            }
        }
        self.judge_signers(lineage)
    }

    /// Judges a file that is to be merged: a generation of the same vault, on whatever branch.
    ///
    /// # Errors
    /// [`Distrust`].
    pub fn judge_branch(&self, lineage: &Lineage<'_>) -> Result<(), Distrust> {
        let (seen, found) = (self.sighting(), lineage.generation);
        if let Some(pinned) = self.seal {
            let Some(seal) = lineage.seal.map(Seal::digest) else { return Err(Distrust::NoSeal { seen }) };
            let is_later = seal == pinned || lineage.former_seals.contains(&pinned);
            let is_former = self.former_seals.contains(&seal);
            // a signature tells who made it; without one, a former reader could have
            let is_fine = is_later || is_former && (found < self.generation || self.signers.is_some());
            if !is_fine {
                let is_known =
                    is_former || lineage.former_seals.iter().any(|one| self.former_seals.contains(one));
                return Err(if is_known {
                    Distrust::FormerReaders { seen, found }
                } else {
                    Distrust::Forged { seen, found }
                });
            }
        }
        self.judge_signers(lineage)
    }

    /// Judges who signed a file, by the signers of the generation that is remembered.
    pub(super) fn judge_signers(&self, lineage: &Lineage<'_>) -> Result<(), Distrust> {
        let keys: Vec<_> = self.signers.iter().flatten().map(|signer| signer.key.clone()).collect();
        let known = KnownSigners { keys: &keys, generation: self.generation };
        judge_signers(known, lineage.vault, lineage.signers, lineage.signed_by)
            .map_err(|problem| Distrust::of_signers(problem, self.sighting(), lineage.generation))
    }

    /// Returns true if the file is signed, and this machine knew the vault when it was not.
    #[must_use]
    pub fn begins_signing(&self, lineage: &Lineage<'_>) -> bool {
        self.seen.is_some() && self.signers.is_none() && !lineage.signers.is_empty()
    }

    /// Returns true if the file is of the vault that has the seal of this pin, or had it, or will have it.
    #[must_use]
    pub fn shares_seal(&self, lineage: &Lineage<'_>) -> bool {
        let Some(pinned) = self.seal else { return true };
        let seal = lineage.seal.map(Seal::digest);
        seal == Some(pinned)
            || lineage.former_seals.contains(&pinned)
            || seal.is_some_and(|seal| self.former_seals.contains(&seal))
    }

    /// Returns true if the seal of this pin is later than that of another one.
    #[must_use]
    pub fn is_after(&self, other: &Self) -> bool {
        other.seal.is_none_or(|seal| self.former_seals.contains(&seal)) && self.seal.is_some()
    }

    /// Takes over the generation of a file, if it is the highest one so far.
    pub fn see(&mut self, lineage: &Lineage<'_>, now: DateTime<Utc>) {
        if lineage.generation < self.generation {
            return;
        }
        if lineage.digest != self.digest || self.seen.is_none() {
            self.seen = Some(now);
        }
        self.since = self.since.or(Some(now));
        self.generation = lineage.generation;
        self.digest = lineage.digest;
        self.seal = lineage.seal.map(Seal::digest);
        self.former_seals = lineage.former_seals.to_vec();
        self.signers = (!lineage.signers.is_empty()).then(|| lineage.signers.to_vec());
    }

    /// Returns the recipients that this machine locked the vault to; `None` if it never wrote the vault.
    #[must_use]
    pub fn known(&self) -> Option<KnownRecipients> {
        let recipients = self.recipients.clone()?;
        Some(KnownRecipients { recipients, bundles: self.bundles.clone() })
    }

    /// Returns the highest generation that was seen, and when that was.
    #[must_use]
    pub fn sighting(&self) -> Sighting {
        Sighting { generation: self.generation, at: self.seen }
    }
}

#[expect(clippy::ref_option, reason = "serde hands it over so")]
fn put_time<S: Serializer>(at: &Option<DateTime<Utc>>, serializer: S) -> Result<S::Ok, S::Error> {
    at.map(time::format).serialize(serializer)
}

fn time<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<DateTime<Utc>>, D::Error> {
    let text = String::deserialize(deserializer)?;
    time::parse(&text).map(Some).map_err(|_| de::Error::custom("not a time"))
}

#[cfg(test)]
mod tests {
    use chrono::{DateTime, Utc};

    use super::super::distrust::Distrust;
    use super::super::wire::{GenerationDigest, Seal, SealDigest};
    use super::{Lineage, Pin};

    fn digest(name: &str) -> GenerationDigest {
        GenerationDigest::of_header(name.as_bytes())
    }

    fn now() -> DateTime<Utc> {
        DateTime::UNIX_EPOCH
    }

    /// A generation of a vault, as a test needs it.
    struct File {
        generation: u64,
        name: &'static str,
        parents: Vec<GenerationDigest>,
        seal: Option<Seal>,
        former_seals: Vec<SealDigest>,
        bundle: Option<&'static str>,
    }

    impl File {
        fn new(generation: u64, name: &'static str, parents: &[&str], seal: &Seal) -> Self {
            let parents = parents.iter().map(|name| digest(name)).collect();
            Self {
                generation,
                name,
                parents,
                seal: Some(seal.clone()),
                former_seals: Vec::new(),
                bundle: None,
            }
        }

        fn lineage(&self) -> Lineage<'_> {
            Lineage {
                vault: uuid::Uuid::nil(),
                generation: self.generation,
                digest: Some(digest(self.name)),
                bundle: self.bundle,
                seal: self.seal.as_ref(),
                former_seals: &self.former_seals,
                parents: &self.parents,
                signers: &[],
                signed_by: None,
            }
        }

        fn pin(&self) -> Pin {
            let mut pin = Pin::default();
            pin.see(&self.lineage(), now());
            pin
        }
    }

    #[test]
    fn a_file_is_judged_by_its_place_in_the_line() {
        let seal = Seal::new().unwrap();
        let pin = File::new(10, "ten", &["nine"], &seal).pin();
        let judge = |generation, name, parents: &[&str]| {
            pin.judge(&File::new(generation, name, parents, &seal).lineage())
        };
        assert_eq!(Pin::default().judge(&File::new(1, "a", &[], &seal).lineage()), Ok(()));
        for fine in [
            judge(10, "ten", &["nine"]),
            judge(11, "eleven", &["ten", "nine"]),
            judge(14, "14", &["13", "12", "11", "ten"]),
            judge(18, "18", &["17", "16", "15", "14", "13", "12", "11", "ten"]),
            // the list is too short to tell: earlier programs named one parent, and version 1 none
            judge(12, "twelve", &["eleven"]),
            judge(11, "eleven", &[]),
            // more than a machine looks back
            judge(19, "19", &["18", "17", "16", "15", "14", "13", "12", "11", "other"]),
        ] {
            assert_eq!(fine, Ok(()));
        }
        let (seen, diverged) =
            (pin.sighting(), |found| Err(Distrust::Diverged { seen: pin.sighting(), found }));
        for found in [1, 9] {
            assert_eq!(judge(found, "nine", &[]), Err(Distrust::Older { seen, found }));
        }
        assert_eq!(judge(10, "other", &["nine"]), diverged(10));
        assert_eq!(judge(11, "eleven", &["other", "nine"]), diverged(11));
        assert_eq!(judge(12, "twelve", &["eleven", "other"]), diverged(12));
        assert_eq!(judge(14, "14", &["13", "12", "11", "other", "nine"]), diverged(14));
        let line = ["17", "16", "15", "14", "13", "12", "11", "other", "nine"];
        assert_eq!(judge(18, "18", &line), diverged(18));
    }

    #[test]
    fn only_a_reader_of_the_vault_can_write_its_seal() {
        let (seal, other) = (Seal::new().unwrap(), Seal::new().unwrap());
        let pin = File::new(10, "ten", &[], &seal).pin();
        let next = |seal: &Seal| File::new(11, "eleven", &["ten"], seal);
        let forged = Err(Distrust::Forged { seen: pin.sighting(), found: 11 });
        assert_eq!(pin.judge(&next(&other).lineage()), forged);
        let known = File { former_seals: vec![other.digest(), seal.digest()], ..next(&other) };
        assert_eq!(pin.judge(&known.lineage()), Ok(()));
        let own = File { former_seals: vec![other.digest()], ..next(&other) };
        assert_eq!(pin.judge(&own.lineage()), forged);
        let none = File { seal: None, ..next(&seal) };
        assert_eq!(pin.judge(&none.lineage()), Err(Distrust::NoSeal { seen: pin.sighting() }));
        // an older copy from before somebody was shut out, and what that one writes today
        let renewed = File { former_seals: vec![seal.digest()], ..next(&other) }.pin();
        let seen = renewed.sighting();
        let older = Err(Distrust::Older { seen, found: 9 });
        assert_eq!(renewed.judge(&File::new(9, "nine", &[], &seal).lineage()), older);
        let forged = Err(Distrust::Forged { seen, found: 12 });
        assert_eq!(renewed.judge(&File::new(12, "twelve", &["eleven"], &seal).lineage()), forged);
        // a vault of version 1 has none yet
        let old = File { seal: None, ..File::new(10, "ten", &[], &seal) }.pin();
        assert_eq!(old.judge(&next(&seal).lineage()), Ok(()));
    }

    #[test]
    fn a_branch_may_be_of_any_generation_of_those_who_can_read_it_now() {
        let (seal, other) = (Seal::new().unwrap(), Seal::new().unwrap());
        let pin = File { former_seals: vec![other.digest()], ..File::new(10, "ten", &[], &seal) }.pin();
        for (generation, name) in [(3, "three"), (10, "beside"), (11, "later"), (90, "far")] {
            let of = |seal| pin.judge_checkout(&File::new(generation, name, &["x"], seal).lineage());
            assert_eq!(of(&seal), Ok(()));
            let forged = Err(Distrust::Forged { seen: pin.sighting(), found: generation });
            assert_eq!(of(&other), forged);
        }
        let renewed = File { former_seals: vec![seal.digest()], ..File::new(12, "twelve", &[], &other) };
        assert_eq!(pin.judge_checkout(&renewed.lineage()), Ok(()));
        let none = File { seal: None, ..File::new(3, "three", &[], &seal) };
        assert_eq!(pin.judge_checkout(&none.lineage()), Err(Distrust::NoSeal { seen: pin.sighting() }));
    }

    #[test]
    fn a_bundle_is_only_never_older() {
        let seal = Seal::new().unwrap();
        let bundle =
            |generation, name| File { bundle: Some("gw"), ..File::new(generation, name, &[], &seal) };
        let pin = bundle(10, "ten").pin();
        for (generation, name) in [(10, "again"), (11, "x")] {
            assert_eq!(pin.judge(&bundle(generation, name).lineage()), Ok(()));
        }
        let older = Err(Distrust::Older { seen: pin.sighting(), found: 9 });
        assert_eq!(pin.judge(&bundle(9, "nine").lineage()), older);
    }

    #[test]
    fn a_pin_keeps_the_highest_generation_and_reads_what_earlier_programs_wrote() {
        let seal = Seal::new().unwrap();
        let mut pin = File::new(10, "ten", &[], &seal).pin();
        let before = pin.clone();
        pin.see(&File::new(9, "nine", &[], &seal).lineage(), now());
        assert_eq!(pin, before);
        assert_eq!(pin.known(), None);
        let old: Pin = serde_json::from_str(r#"{"recipients":["age1x"],"bundles":[],"places":[]}"#).unwrap();
        assert_eq!(old.known().unwrap().recipients, ["age1x"]);
        assert_eq!(old.judge(&File::new(1, "a", &[], &seal).lineage()), Ok(()));
        let text = serde_json::to_string(&pin).unwrap();
        assert_eq!(serde_json::from_str::<Pin>(&text).unwrap(), pin);
    }
}
