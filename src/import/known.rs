//! The search for the stored credential that each entry of a file is. An entry takes the place of a stored one
//! only if nothing else could be meant, on either side. So the order of a file never decides.

use std::collections::{HashMap, VecDeque};

use super::key::{Digests, EntryKey};
use crate::credential::Credential;

/// The most candidates that are named.
const NAMED: usize = 4;

/// The keys of the stored credentials.
#[derive(Default)]
pub(super) struct KnownEntries {
    keys: Vec<EntryKey>,
}

/// The answer to the search for the stored credential that an entry is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Match {
    /// The entry is not stored yet.
    New,
    /// The entry is the credential of this id.
    Stored(String),
    /// The entry is one of these credentials, or of more.
    Ambiguous(Vec<String>),
}

/// A step in the comparison of entries, from the narrowest to the widest. All steps ask for the same title,
/// type and user.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Step {
    /// All that an import would write is equal, so it does not matter which of several equal ones is taken.
    Whole,
    /// Addresses, folders and fields are equal.
    Alike,
    /// Addresses and folders are equal.
    Place,
    /// Host and fields are equal.
    Fields,
    /// The host is equal.
    Host,
    /// The host is equal, or one of the two entries has none.
    Hostless,
}

impl Step {
    const UNIQUE: [Self; 5] = [Self::Alike, Self::Place, Self::Fields, Self::Host, Self::Hostless];
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum EntrySide {
    File,
    Vault,
}

/// The values that are equal for entries that may be the same: name, type, user, host and two digests.
type Facets<'a> = (&'a str, &'static str, &'a str, Option<&'a str>, u64, u64);

/// Entries by their facets.
type Places<'a> = HashMap<Facets<'a>, VecDeque<usize>>;

impl EntryKey {
    /// Returns the facets of a step. Two entries may be the same if they share one.
    fn facets(&self, step: Step, side: EntrySide) -> Vec<Facets<'_>> {
        let (place, digest) = match step {
            Step::Whole => (self.place, self.whole),
            Step::Alike => (self.place, self.fields),
            Step::Place => (self.place, 0),
            Step::Fields => (0, self.fields),
            Step::Host | Step::Hostless => (0, 0),
        };
        let mut hosts = vec![Some(self.host.as_str())];
        if step == Step::Hostless {
            // `None` is any host: every stored entry has it, and an entry of the file without a host looks for
            // it. An entry of the file with a host also looks for stored ones without a host.
            match side {
                EntrySide::Vault => hosts.push(None),
                EntrySide::File if self.host.is_empty() => hosts.push(None),
                EntrySide::File => hosts.push(Some("")),
            }
        }
        let kinds = || std::iter::once(self.kind).chain(self.earlier_kind);
        let mut all = Vec::new();
        for (name, kind) in self.names.iter().flat_map(|name| kinds().map(move |kind| (name.as_str(), kind)))
        {
            all.extend(hosts.iter().map(|host| (name, kind, self.user.as_str(), *host, place, digest)));
        }
        all
    }
}

impl KnownEntries {
    /// Adds a stored credential, with the credentials that belong to it.
    pub fn add(&mut self, credential: &Credential, beside: &[Credential], digests: &Digests) {
        self.keys.push(EntryKey::of_stored(credential, beside, digests));
    }

    /// Finds the stored credential that each entry is. No two entries are the same stored one.
    pub fn matches(&self, keys: &[Option<Box<EntryKey>>]) -> Vec<Match> {
        let file: Vec<Option<&EntryKey>> = keys.iter().map(Option::as_deref).collect();
        let vault: Vec<Option<&EntryKey>> = self.keys.iter().map(Some).collect();
        let mut pairs = Pairs { file, vault, found: vec![None; keys.len()] };
        // from the narrowest step on: what a narrow one pairs cannot confuse a wider one
        pairs.whole();
        for step in Step::UNIQUE {
            pairs.unique(step);
        }
        // an entry that no step paired is ambiguous if a stored one is left that it may be
        let left = places(&pairs.vault, Step::Hostless, EntrySide::Vault);
        let of_item = |(at, found): (usize, &Option<usize>)| match (found, pairs.file[at]) {
            (Some(stored), _) => Match::Stored(self.keys[*stored].base.clone()),
            (None, Some(key)) => match some_of(&left, &key.facets(Step::Hostless, EntrySide::File), NAMED) {
                candidates if candidates.is_empty() => Match::New,
                candidates => {
                    Match::Ambiguous(candidates.into_iter().map(|at| self.keys[at].base.clone()).collect())
                }
            },
            (None, None) => Match::New,
        };
        pairs.found.iter().enumerate().map(of_item).collect()
    }
}

/// The entries of the file and of the vault. Two that have found one another are taken out of both.
struct Pairs<'a> {
    file: Vec<Option<&'a EntryKey>>,
    vault: Vec<Option<&'a EntryKey>>,
    /// The place of the stored credential that each entry of the file is.
    found: Vec<Option<usize>>,
}

impl Pairs<'_> {
    fn pair(&mut self, item: usize, stored: usize) {
        self.found[item] = Some(stored);
        self.file[item] = None;
        self.vault[stored] = None;
    }

    /// Pairs entries that are the same in every respect.
    fn whole(&mut self) {
        let mut left = places(&self.vault, Step::Whole, EntrySide::Vault);
        let mut pairs = Vec::new();
        let mut claimed = vec![false; self.vault.len()];
        for (item, key) in self.file.iter().enumerate() {
            for facets in key.iter().flat_map(|key| key.facets(Step::Whole, EntrySide::File)) {
                let Some(stored) = left.get_mut(&facets) else { continue };
                if let Some(at) = std::iter::from_fn(|| stored.pop_front()).find(|at| !claimed[*at]) {
                    claimed[at] = true;
                    pairs.push((item, at));
                    break;
                }
            }
        }
        for (item, stored) in pairs {
            self.pair(item, stored);
        }
    }

    /// Pairs entries that can only be one another.
    fn unique(&mut self, step: Step) {
        if self.file.iter().all(Option::is_none) {
            return;
        }
        let in_vault = places(&self.vault, step, EntrySide::Vault);
        let in_file = places(&self.file, step, EntrySide::File);
        let mut pairs = Vec::new();
        for (item, key) in self.file.iter().enumerate() {
            let Some(key) = key else { continue };
            // the entry can only be this stored one, and the stored one can only be this entry
            if let [stored] = some_of(&in_vault, &key.facets(step, EntrySide::File), 2)[..]
                && let Some(key) = self.vault[stored]
                && some_of(&in_file, &key.facets(step, EntrySide::Vault), 2) == [item]
            {
                pairs.push((item, stored));
            }
        }
        for (item, stored) in pairs {
            self.pair(item, stored);
        }
    }
}

fn places<'a>(keys: &[Option<&'a EntryKey>], step: Step, side: EntrySide) -> Places<'a> {
    let mut places = Places::new();
    for (at, key) in keys.iter().enumerate() {
        for facets in key.iter().flat_map(|key| key.facets(step, side)) {
            places.entry(facets).or_default().push_back(at);
        }
    }
    places
}

/// Returns at most `count` different entries that have one of these facets.
fn some_of(places: &Places<'_>, facets: &[Facets<'_>], count: usize) -> Vec<usize> {
    let mut some = Vec::with_capacity(count);
    for at in facets.iter().filter_map(|facets| places.get(facets)).flatten() {
        if some.len() == count {
            break;
        }
        if !some.contains(at) {
            some.push(*at);
        }
    }
    some
}
