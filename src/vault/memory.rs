//! The memory of a machine about one vault and its paths: the judgement of a file by it, and the memory that follows
//! from a file. It touches no disk.

use std::path::PathBuf;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::collection::Vault;
use super::distrust::Distrust;
use super::lineage::Lineage;
use super::pin::Pin;
use super::roster::KnownRecipients;
use super::wire::{GenerationDigest, Seal, Signer};

/// The most generations on branches that are remembered of one path.
const MAX_BRANCHES: usize = 16;

/// The memory of a machine about one vault, and about each path at which it is.
#[derive(Debug, Default, Clone, PartialEq)]
pub struct Memory {
    /// The vault that was at the path last, another one than that of now if there was one; none if the path is new.
    pub there: Option<Place>,
    /// The pin of the vault that is at the path now, without a generation if it was not seen there; none if this
    /// machine never saw it.
    pub pin: Option<Pin>,
    pub(super) places: Vec<KnownPath>,
    /// The part of the pin that is valid at every path. Its generation is the one that had its signers.
    pub(super) common: Option<Pin>,
}

/// A path, and what was there last.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct KnownPath {
    pub path: PathBuf,
    pub place: Option<Place>,
}

/// The vault, or the bundle of one, that is at a path.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Place {
    path: String,
    /// The id of the vault.
    pub vault: Uuid,
    /// The environment whose bundle it is, if it is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub bundle: Option<String>,
    /// True if the operator accepted a file here whose signers are not those of the vault elsewhere.
    #[serde(default, skip_serializing_if = "is_false")]
    apart: bool,
    /// The part of the pin that is valid at this path alone.
    #[serde(default)]
    line: Pin,
    /// The generations that this machine wrote here, or knew here, and that are no part of that line: those of the
    /// branches that git checks out. The latest is the first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    branches: Vec<GenerationDigest>,
}

/// An event in the life of a vault on this machine.
#[derive(Debug, Clone)]
pub(super) enum Event {
    /// It was read and judged.
    Seen,
    /// It is about to be written, locked to these recipients: the operator named them, or the machine knows them.
    Announced(KnownRecipients),
    /// It was written, locked to these recipients.
    Written(KnownRecipients),
    /// The operator accepted it with these recipients, whatever was known before.
    Accepted(KnownRecipients),
    /// It is a bundle that this machine wrote, whatever was known before.
    Bundled,
    /// It was merged for git, which has not put it into its place yet.
    Merged,
}

impl Place {
    fn is_of(&self, lineage: &Lineage<'_>) -> bool {
        self.vault == lineage.vault && self.bundle.as_deref() == lineage.bundle
    }

    fn judge(&self, lineage: &Lineage<'_>) -> Result<(), Distrust> {
        self.judge_file(lineage)?;
        self.line.judge(lineage)
    }

    /// Judges whether a file is of the same vault, or the bundle of the same environment.
    fn judge_file(&self, lineage: &Lineage<'_>) -> Result<(), Distrust> {
        if self.vault != lineage.vault {
            return Err(Distrust::OtherVault { known: self.vault, found: lineage.vault });
        }
        match (self.bundle.as_deref(), lineage.bundle) {
            (known, found) if known == found => Ok(()),
            (None, Some(_)) => Err(Distrust::Bundle { vault: lineage.vault }),
            _ => Err(Distrust::OtherBundle { vault: lineage.vault }),
        }
    }
}

impl Memory {
    /// Puts together what is known of a vault and of its paths.
    pub(super) fn new(places: Vec<KnownPath>, common: Option<Pin>, lineage: &Lineage<'_>) -> Self {
        let known = || places.iter().filter_map(|known| known.place.as_ref());
        let there = known().find(|place| !place.is_of(lineage)).or_else(|| known().next()).cloned();
        // what was seen by one of the paths was seen
        let latest = known().filter(|place| place.is_of(lineage)).max_by_key(|place| place.line.generation);
        let line = latest.map(|place| place.line.clone());
        let pin = (line.is_some() || common.is_some()).then(|| {
            let line = line.unwrap_or_default();
            let common = common.clone().unwrap_or_default();
            let known = match (line.known(), common.known()) {
                (Some(here), Some(elsewhere)) => Some(here.or(elsewhere)),
                (here, elsewhere) => here.or(elsewhere),
            };
            let (recipients, bundles) = known.map_or_else(Default::default, |known| {
                let KnownRecipients { recipients, bundles } = known;
                (Some(recipients), bundles)
            });
            Pin { since: common.since, recipients, bundles, ..line }
        });
        Self { there, pin, places, common }
    }

    /// Judges a vault by what is remembered of it and of its paths.
    ///
    /// # Errors
    /// [`Distrust`].
    pub fn judge(&self, vault: &Vault) -> Result<(), Distrust> {
        self.judge_lineage(&vault.lineage())
    }

    pub(super) fn judge_lineage(&self, lineage: &Lineage<'_>) -> Result<(), Distrust> {
        self.known_places().try_for_each(|place| place.judge(lineage))?;
        let Some(common) = &self.common else { return Ok(()) };
        // a copy at a new path may be of any generation, and must be of the same vault
        if !self.known_places().any(|place| place.line.digest.is_some()) && !common.shares_seal(lineage) {
            return Err(Distrust::Foreign { vault: lineage.vault });
        }
        if self.is_apart() { Ok(()) } else { common.judge_signers(lineage) }
    }

    /// Judges a vault that git has checked out by what is remembered of it and of its paths. Its generation does not
    /// count.
    ///
    /// # Errors
    /// [`Distrust`].
    pub fn judge_checkout(&self, vault: &Vault) -> Result<(), Distrust> {
        let lineage = vault.lineage();
        self.known_places().try_for_each(|place| {
            place.judge_file(&lineage)?;
            place.line.judge_checkout(&lineage)
        })?;
        match &self.common {
            Some(common) if !self.is_apart() => common.judge_signers(&lineage),
            _ => Ok(()),
        }
    }

    /// Returns true if this machine wrote the generation on a branch, or left it there.
    #[must_use]
    pub fn is_of_branch(&self, vault: &Vault) -> bool {
        let lineage = vault.lineage();
        let mut here = self.known_places().filter(|place| place.is_of(&lineage));
        lineage.digest.is_some_and(|digest| here.any(|place| place.branches.contains(&digest)))
    }

    /// Judges a vault that is to be merged into the one at the path, on whatever branch it is.
    ///
    /// # Errors
    /// [`Distrust`].
    pub fn judge_branch(&self, vault: &Vault) -> Result<(), Distrust> {
        let lineage = vault.lineage();
        self.known_places().try_for_each(|place| {
            place.judge_file(&lineage)?;
            place.line.judge_branch(&lineage)
        })?;
        let Some(common) = &self.common else { return Ok(()) };
        if !self.known_places().any(|place| place.line.digest.is_some()) && !common.shares_seal(&lineage) {
            return Err(Distrust::Foreign { vault: lineage.vault });
        }
        if self.is_apart() { Ok(()) } else { common.judge_signers(&lineage) }
    }

    /// Returns the people who may change the vault, as far as this machine knows; none if it was not signed.
    #[must_use]
    pub fn signers(&self) -> &[Signer] {
        let here = self.pin.as_ref().and_then(|pin| pin.signers.as_deref());
        let elsewhere = || self.common.as_ref().and_then(|common| common.signers.as_deref());
        here.or_else(elsewhere).unwrap_or_default()
    }

    fn known_places(&self) -> impl Iterator<Item = &Place> {
        self.places.iter().filter_map(|known| known.place.as_ref())
    }

    fn is_apart(&self) -> bool {
        self.known_places().next().is_some() && self.known_places().all(|place| place.apart)
    }

    /// Returns the memory that knows a generation as one of a branch, if it is not one of the remembered line. The line
    /// stays: git may yet abort the merge.
    fn with_branch(&self, lineage: &Lineage<'_>) -> Self {
        let mut places = self.places.clone();
        for place in places.iter_mut().filter_map(|known| known.place.as_mut()) {
            if place.is_of(lineage)
                && matches!(place.line.judge(lineage), Err(reason) if reason.is_other_branch())
            {
                add_branch(&mut place.branches, lineage.digest);
            }
        }
        Self { places, ..self.clone() }
    }

    /// Returns the memory that follows from what happened to a vault. It is the same one if nothing is new.
    pub(super) fn after(&self, lineage: &Lineage<'_>, event: &Event, now: DateTime<Utc>) -> Self {
        if let Event::Announced(known) = event {
            let mut common = self.common.clone().unwrap_or_default();
            let all = match common.known() {
                Some(before) => before.or(known.clone()),
                None => known.clone(),
            };
            common.remember(&all);
            return Self::new(self.places.clone(), Some(common), lineage);
        }
        if matches!(event, Event::Merged) {
            return self.with_branch(lineage);
        }
        let stays_as_it_was = matches!(event, Event::Seen | Event::Written(_));
        let known = match event {
            Event::Written(known) | Event::Accepted(known) => Some(known),
            Event::Seen | Event::Bundled | Event::Announced(_) | Event::Merged => None,
        };
        let has_other_signers =
            self.common.as_ref().is_some_and(|common| common.judge_signers(lineage).is_err());
        let is_older = self.common.as_ref().is_some_and(|common| lineage.generation < common.generation);
        let apart = has_other_signers
            && match event {
                Event::Seen | Event::Written(_) => self.is_apart(),
                // a later one is the vault from now on
                Event::Accepted(_) => is_older,
                Event::Bundled | Event::Announced(_) | Event::Merged => false,
            };
        let mut places = self.places.clone();
        for KnownPath { path, place } in &mut places {
            let before = place.take().filter(|place| stays_as_it_was && place.is_of(lineage));
            let (mut line, mut branches) =
                before.map(|place| (place.line, place.branches)).unwrap_or_default();
            let beside = line.beside(lineage);
            line.see(lineage, now);
            line.since = None;
            add_branch(&mut branches, beside);
            if let Some(known) = known {
                line.remember(known);
            }
            *place = Some(Place {
                path: path.to_string_lossy().into_owned(),
                vault: lineage.vault,
                bundle: lineage.bundle.map(str::to_owned),
                apart,
                line,
                branches,
            });
        }
        let mut common = self.common.clone().unwrap_or_default();
        common.since = common.since.or(Some(now));
        let seal = lineage.seal.map(Seal::digest);
        let former_seals = lineage.former_seals.to_vec();
        let found = Pin { seal, former_seals, ..Pin::default() };
        // a copy from before somebody was shut out changes nothing
        if !common.is_after(&found) {
            (common.seal, common.former_seals) = (found.seal, found.former_seals);
        }
        if matches!(event, Event::Bundled) {
            (common.generation, common.signers) = (0, None);
        }
        if !apart {
            common.see_signers(lineage, now);
        }
        if let Some(known) = known {
            common.remember(known);
        }
        Self::new(places, Some(common), lineage)
    }
}

/// Puts a generation first among those of branches.
fn add_branch(branches: &mut Vec<GenerationDigest>, beside: Option<GenerationDigest>) {
    if let Some(beside) = beside.filter(|beside| !branches.contains(beside)) {
        branches.insert(0, beside);
        branches.truncate(MAX_BRANCHES);
    }
}

impl Pin {
    /// Returns the generation that is on a branch beside the remembered line once this one was seen: this one if it is
    /// older, else the one that is left for it.
    fn beside(&self, lineage: &Lineage<'_>) -> Option<GenerationDigest> {
        match self.judge(lineage) {
            Err(Distrust::Older { .. }) => lineage.digest,
            Err(Distrust::Diverged { .. }) => self.digest,
            _ => None,
        }
    }

    fn remember(&mut self, known: &KnownRecipients) {
        self.recipients = Some(known.recipients.clone());
        self.bundles.clone_from(&known.bundles);
    }

    /// Takes over the signers of the latest generation that had any, or that had none any more. Nothing changes for
    /// a vault that was never signed.
    fn see_signers(&mut self, lineage: &Lineage<'_>, now: DateTime<Utc>) {
        let is_signed = !lineage.signers.is_empty();
        if lineage.generation < self.generation || !(is_signed || self.signers.is_some()) {
            return;
        }
        if self.generation != lineage.generation {
            (self.generation, self.seen) = (lineage.generation, Some(now));
        }
        self.signers = is_signed.then(|| lineage.signers.to_vec());
    }
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands it over so")]
fn is_false(flag: &bool) -> bool {
    !flag
}
