//! Random edits on several branches.
//!
//! `CREDCTL_TEST_MERGES=10000` sets the number of random cases.

use std::collections::{BTreeMap, BTreeSet};

use uuid::Uuid;

use super::super::MergeBase;
use super::world::{Branch, World};
use crate::credential::Credential;

/// The number of random cases of an ordinary run.
const CASES: u64 = 300;

/// Random numbers that are the same in every run.
struct Dice(u64);

impl Dice {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 >> 11).unwrap() % limit.max(1)
    }
}

/// One random edit. Each value that is written is another one, so that it can be found again.
struct Edits {
    next: usize,
    written: Vec<String>,
}

impl Edits {
    fn value(&mut self) -> String {
        self.next += 1;
        let value = format!("<value {}>", self.next);
        self.written.push(value.clone());
        value
    }

    fn random(&mut self, world: &mut World, dice: &mut Dice, branch: &Branch) -> Branch {
        let all = branch.credentials();
        let ids = ["a", "b", "c", "d", "e"];
        let id = ids[dice.below(ids.len())];
        let some = (!all.is_empty()).then(|| all[dice.below(all.len())].id().to_owned());
        match (dice.below(8), some) {
            (0..=1, _) if !all.iter().any(|one| one.id() == id) => {
                let (user, password) = (self.value(), self.value());
                world.add(branch, id, &[("username", &user), ("password", &password)])
            }
            (2, Some(some)) => world.delete(branch, &some),
            (3, Some(some)) if !all.iter().any(|one| one.id() == id) => world.rename(branch, &some, id),
            (4, Some(some)) => {
                let value = self.value();
                world.set(branch, &some, &[("description", &value)])
            }
            (5, Some(some)) => {
                let value = self.value();
                world.set(branch, &some, &[("username", &value)])
            }
            (_, Some(some)) => {
                let value = self.value();
                world.set(branch, &some, &[("password", &value)])
            }
            _ => branch.clone(),
        }
    }
}

#[test]
fn nothing_is_lost_whatever_the_branches_do() {
    #[expect(clippy::disallowed_methods, reason = "the number of cases is chosen outside")]
    let cases = std::env::var("CREDCTL_TEST_MERGES").ok().and_then(|text| text.parse().ok()).unwrap_or(CASES);
    for seed in 1..=cases {
        let mut dice = Dice(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1);
        let mut world = World::new();
        let mut edits = Edits { next: 0, written: Vec::new() };
        let mut base = world.empty();
        for _ in 0..dice.below(5) {
            base = edits.random(&mut world, &mut dice, &base);
        }
        let count = 2 + dice.below(3);
        let branches: Vec<Branch> = (0..count)
            .map(|_| {
                let mut branch = base.clone();
                for _ in 0..=dice.below(4) {
                    branch = edits.random(&mut world, &mut dice, &branch);
                }
                branch
            })
            .collect();
        let is_known = dice.below(2) == 0;
        let ancestor = is_known.then_some(&base);
        let mut merged = branches[0].clone();
        for branch in &branches[1..] {
            merged = world.merge(ancestor, &merged, branch).0;
        }
        for value in &edits.written {
            assert!(merged.holds(value), "seed {seed}: {value} is lost");
        }
        deletions_stay(seed, &base, &branches, &merged);
        the_order_is_irrelevant(seed, &mut world, ancestor, &branches);
        a_second_merge_changes_nothing(seed, &mut world, &merged, &branches);
    }
}

/// Checks that a credential is gone if one branch deleted it and no other one changed it.
fn deletions_stay(seed: u64, base: &Branch, branches: &[Branch], merged: &Branch) {
    let stored = |branch: &Branch| -> BTreeMap<Uuid, Credential> {
        let all = branch.credentials().into_iter();
        all.map(|one| (one.head().stamp.instance_id, one)).collect()
    };
    let (base, merged) = (stored(base), stored(merged));
    let branches: Vec<_> = branches.iter().map(stored).collect();
    for (instance, credential) in base {
        let is_deleted = branches.iter().any(|branch| !branch.contains_key(&instance));
        let is_changed =
            branches.iter().filter_map(|branch| branch.get(&instance)).any(|one| *one != credential);
        if is_deleted && !is_changed {
            assert!(!merged.contains_key(&instance), "seed {seed}: {} is back", credential.id());
        }
    }
}

fn the_order_is_irrelevant(seed: u64, world: &mut World, base: Option<&Branch>, branches: &[Branch]) {
    let (one, report) = world.merge(base, &branches[0], &branches[1]);
    let (two, turned) = world.merge(base, &branches[1], &branches[0]);
    // two conflicts of one credential are one or two, as the ids fall
    assert_eq!(report.conflicts.is_empty(), turned.conflicts.is_empty(), "seed {seed}");
    let ids = |branch: &Branch| -> BTreeSet<String> {
        branch.credentials().iter().map(|one| one.id().to_owned()).collect()
    };
    assert_eq!(ids(&one).len(), ids(&two).len(), "seed {seed}");
    if report.conflicts.is_empty() {
        assert_eq!(one.credentials(), two.credentials(), "seed {seed}");
    }
    // the two results have the same open questions, and nothing to add to each other
    let (again, report) = world.merge(None, &one, &two);
    assert_eq!(ids(&again).len(), ids(&one).len(), "seed {seed}: {report:?}");
}

fn a_second_merge_changes_nothing(seed: u64, world: &mut World, merged: &Branch, branches: &[Branch]) {
    for branch in branches {
        let (_, report) = world.merge(None, merged, branch);
        assert!(!report.is_changed, "seed {seed}: {report:?}");
        // also if the generations between the two are forgotten; only versions may then move to another id
        let (mut vault, mut other) = (merged.open(), branch.open());
        other.age_header = Some(b"another".to_vec());
        let remember = world.remember();
        vault.merge(&mut other, MergeBase::None, &remember).unwrap();
        let changed: Vec<_> = vault.changes.keys().collect();
        assert!(changed.is_empty(), "seed {seed}: {changed:?}");
    }
}
