//! The merge of whole vaults in memory: single cases, and random edits on several branches.
//!
//! `CREDCTL_TEST_MERGES=10000` sets the number of random cases.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, TimeDelta, Utc};
use uuid::Uuid;
use zeroize::Zeroizing;

use super::{MergeBase, MergeReport};
use crate::credential::{Act, Change, Credential, Draft, Grantee, GranteeKind, Rules, change, renamed};
use crate::kind::{self, rule::account::PasswordPolicy};
use crate::secret::Secret;
use crate::vault::cipher::Lockset;
use crate::vault::collection::Vault;
use crate::vault::plain::Plain;
use crate::vault::resident::{ConflictKind, ConflictedRecord, OpenConflict, Policy, PolicyRule, Reference};
use crate::vault::version::Remember;

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

/// A generation of a vault in memory: its text, and the digest of its file.
#[derive(Clone)]
struct Branch {
    text: Vec<u8>,
    header: Vec<u8>,
}

/// A clock that never stands still, and the names of files.
struct World {
    second: i64,
    files: u64,
}

fn lockset() -> Lockset {
    Lockset::Passphrase(Secret::from("x"))
}

fn act(now: DateTime<Utc>) -> Act {
    Act { now, actor: Uuid::nil(), actor_name: None, project: "admin".to_owned() }
}

impl World {
    fn new() -> Self {
        Self { second: 0, files: 0 }
    }

    fn now(&mut self) -> DateTime<Utc> {
        self.second += 1;
        DateTime::UNIX_EPOCH + TimeDelta::seconds(self.second)
    }

    fn remember(&mut self) -> Remember {
        Remember { versions: 1000, at: self.now(), by: Uuid::nil() }
    }

    fn save(&mut self, mut vault: Vault) -> Branch {
        let remember = self.remember();
        self.files += 1;
        Branch {
            text: vault.next_text(&lockset(), &remember).unwrap(),
            header: self.files.to_be_bytes().to_vec(),
        }
    }

    fn empty(&mut self) -> Branch {
        self.save(Vault::new().unwrap())
    }

    fn change(&mut self, branch: &Branch, edit: impl FnOnce(&mut Self, &mut Vault)) -> Branch {
        let mut vault = branch.open();
        edit(self, &mut vault);
        self.save(vault)
    }

    fn create(&mut self, id: &str, texts: &[(&str, &str)]) -> Credential {
        let kind = kind::find("login").unwrap().kind;
        let policy = PasswordPolicy::default();
        let texts =
            [("id", id), ("username", "app"), ("password", "pw")].into_iter().chain(texts.iter().copied());
        let texts: BTreeMap<&str, &str> = texts.collect();
        let act = act(self.now());
        let draft = Draft::from_texts(kind, texts);
        change(&Change::Create(kind), draft, &act, &Rules { password: &policy }).unwrap().credential
    }

    fn patch(&mut self, stored: &Credential, texts: &[(&str, &str)]) -> Credential {
        let policy = PasswordPolicy::default();
        let act = act(self.now());
        let draft = Draft::from_texts(stored.kind(), texts.iter().copied());
        change(&Change::Merge(stored, None), draft, &act, &Rules { password: &policy }).unwrap().credential
    }

    fn add(&mut self, branch: &Branch, id: &str, texts: &[(&str, &str)]) -> Branch {
        self.change(branch, |world, vault| vault.put(&world.create(id, texts)).unwrap())
    }

    fn set(&mut self, branch: &Branch, id: &str, texts: &[(&str, &str)]) -> Branch {
        self.change(branch, |world, vault| {
            let stored = vault.find(id).unwrap().unwrap();
            vault.put(&world.patch(&stored, texts)).unwrap();
        })
    }

    fn delete(&mut self, branch: &Branch, id: &str) -> Branch {
        self.change(branch, |_, vault| vault.remove(id))
    }

    fn rename(&mut self, branch: &Branch, id: &str, new: &str) -> Branch {
        self.change(branch, |world, vault| {
            let stored = vault.find(id).unwrap().unwrap();
            let now = world.now();
            vault.rename(id, &renamed(&stored, new.to_owned(), &act(now))).unwrap();
        })
    }

    fn merge(&mut self, base: Option<&Branch>, ours: &Branch, theirs: &Branch) -> (Branch, MergeReport) {
        let (mut vault, mut other) = (ours.open(), theirs.open());
        let mut base = base.map(Branch::open);
        let base = base.as_mut().map_or(MergeBase::None, MergeBase::File);
        let remember = self.remember();
        let report = vault.merge(&mut other, base, &remember).unwrap();
        if !report.is_changed {
            return (ours.clone(), report);
        }
        (self.save(vault), report)
    }
}

impl Branch {
    fn open(&self) -> Vault {
        let mut vault = Vault::read(Plain::in_memory(Zeroizing::new(self.text.clone()))).unwrap();
        vault.age_header = Some(self.header.clone());
        vault
    }

    fn credentials(&self) -> Vec<Credential> {
        let mut all = Vec::new();
        self.open().credentials(|credential| all.push(credential)).unwrap();
        all
    }

    fn find(&self, id: &str) -> Option<Credential> {
        self.open().find(id).unwrap()
    }

    fn text(&self, id: &str, field: &str) -> String {
        self.find(id).unwrap().fields().get(field).unwrap().as_text().unwrap().expose().to_owned()
    }

    fn conflicts(&self) -> Vec<OpenConflict> {
        self.open().residents().unwrap()
    }

    fn holds(&self, value: &str) -> bool {
        memchr::memmem::find(&self.text, value.as_bytes()).is_some()
    }

    fn versions(&self, id: &str) -> usize {
        let mut count = 0;
        self.open().versions(Some(id), |_| count += 1).unwrap();
        count
    }
}

/// A world with a vault that has `db`, and two branches of it.
fn two() -> (World, Branch) {
    let mut world = World::new();
    let empty = world.empty();
    let base = world.add(&empty, "db", &[]);
    (world, base)
}

#[test]
fn the_history_tells_which_side_is_newer() {
    let (mut world, base) = two();
    let later = world.set(&base, "db", &[("password", "two")]);
    let other = world.add(&base, "mail", &[]);
    for base in [None, Some(&base)] {
        for (ours, theirs) in [(&later, &other), (&other, &later)] {
            let (merged, report) = world.merge(base, ours, theirs);
            assert_eq!((merged.text("db", "password").as_str(), report.conflicts.len()), ("two", 0));
            assert!(merged.find("mail").is_some());
            assert_eq!(merged.versions("db"), 1);
        }
    }
}

#[test]
fn fields_of_both_sides_come_together_and_one_field_is_a_conflict() {
    let (mut world, base) = two();
    let one = world.set(&base, "db", &[("password", "mine"), ("username", "root")]);
    let two = world.set(&base, "db", &[("password", "yours"), ("domain", "corp")]);
    for base in [None, Some(&base)] {
        let (merged, report) = world.merge(base, &one, &two);
        let [conflict] = &report.conflicts[..] else { panic!("{report:?}") };
        assert_eq!((conflict.id.as_str(), conflict.fields.as_slice()), ("db", &["password".to_owned()][..]));
        assert_eq!(conflict.kind, ConflictKind::Changed);
        assert_eq!(merged.conflicts(), report.conflicts);
        let text = |field: &str| merged.text("db", field);
        assert_eq!([text("password"), text("username"), text("domain")], ["mine", "root", "corp"]);
        // theirs is in the conflict, and both are earlier versions
        assert!(merged.holds("yours"));
        assert_eq!(merged.versions("db"), 3);
    }
}

#[test]
fn a_deletion_counts_unless_the_other_side_has_changed_something() {
    let (mut world, base) = two();
    let deleted = world.delete(&base, "db");
    let other = world.add(&base, "mail", &[]);
    let changed = world.set(&base, "db", &[("password", "two")]);
    for base in [None, Some(&base)] {
        for (ours, theirs) in [(&deleted, &other), (&other, &deleted)] {
            let (merged, report) = world.merge(base, ours, theirs);
            assert_eq!((merged.find("db"), report.conflicts.len()), (None, 0));
            assert_eq!(merged.open().deleted().unwrap().len(), 1);
        }
        for (ours, theirs, kind) in
            [(&deleted, &changed, ConflictKind::TheirsOnly), (&changed, &deleted, ConflictKind::OursOnly)]
        {
            let (merged, report) = world.merge(base, ours, theirs);
            assert_eq!((merged.text("db", "password").as_str(), report.conflicts[0].kind), ("two", kind));
        }
    }
}

#[test]
fn two_credentials_of_one_id_are_both_kept() {
    let (mut world, base) = two();
    let one = world.add(&base, "new", &[("password", "mine")]);
    let two = world.add(&base, "new", &[("password", "yours")]);
    let (merged, report) = world.merge(None, &one, &two);
    assert_eq!(merged.text("new", "password"), "mine");
    assert_eq!(merged.text("new~theirs", "password"), "yours");
    assert_eq!(
        (report.conflicts[0].kind, report.conflicts[0].other.as_deref()),
        (ConflictKind::BothAdded, Some("new"))
    );
    // the other machine does the same, and then both agree
    let (other, _) = world.merge(None, &two, &one);
    let (again, report) = world.merge(None, &merged, &other);
    assert_eq!((again.credentials().len(), report.conflicts.len()), (3, 0), "{report:?}");
    // the same credential twice is one
    let same = world.add(&base, "new", &[("password", "mine")]);
    let (merged, report) = world.merge(None, &one, &same);
    assert_eq!((merged.credentials().len(), report.conflicts.len()), (2, 0));
    let (other, _) = world.merge(None, &same, &one);
    assert_eq!(merged.find("new"), other.find("new"));
}

#[test]
fn a_renamed_credential_is_still_the_same_one() {
    let (mut world, base) = two();
    let renamed = world.rename(&base, "db", "database");
    let changed = world.set(&base, "db", &[("password", "two")]);
    for (ours, theirs) in [(&renamed, &changed), (&changed, &renamed)] {
        let (merged, report) = world.merge(Some(&base), ours, theirs);
        assert!(report.conflicts.is_empty(), "{report:?}");
        assert_eq!((merged.find("db"), merged.text("database", "password").as_str()), (None, "two"));
        assert_eq!(merged.find("database").unwrap().head().envelope.name, "database");
        assert_eq!((merged.versions("db"), merged.versions("database")), (0, 3));
    }
    let other = world.add(&base, "mail", &[]);
    for (ours, theirs) in [(&renamed, &other), (&other, &renamed)] {
        let (merged, report) = world.merge(None, ours, theirs);
        assert_eq!((merged.find("db"), merged.credentials().len(), report.conflicts.len()), (None, 2, 0));
    }
}

#[test]
fn an_undone_change_stays_undone() {
    let (mut world, base) = two();
    let changed = world.set(&base, "db", &[("password", "two")]);
    let undone = world.change(&changed, |_, _| {});
    // as `undo` does it: the earlier text, as a generation that follows the later one
    let mut before = base.open();
    before.follow(&mut changed.open()).unwrap();
    let undone = Branch { text: before.next_text(&lockset(), &world.remember()).unwrap(), ..undone };
    let other = world.add(&changed, "mail", &[]);
    for (ours, theirs) in [(&undone, &other), (&other, &undone)] {
        let (merged, _) = world.merge(Some(&changed), ours, theirs);
        assert_eq!(merged.text("db", "password"), "pw");
        assert!(merged.find("mail").is_some());
    }
}

#[test]
fn without_versions_nothing_is_guessed() {
    let (mut world, base) = two();
    let forget = |world: &mut World, branch: &Branch| world.change(branch, |_, vault| vault.purge_all());
    let one = world.set(&base, "db", &[("password", "mine")]);
    let one = forget(&mut world, &one);
    let two = world.set(&base, "db", &[("password", "yours")]);
    let two = forget(&mut world, &two);
    let (merged, report) = world.merge(None, &one, &two);
    assert_eq!((merged.text("db", "password").as_str(), report.conflicts.len()), ("mine", 1));
    let (_, report) = world.merge(Some(&base), &one, &base);
    assert_eq!(report.conflicts.len(), 0);
}

#[test]
fn a_file_that_is_part_of_the_vault_changes_nothing() {
    let (mut world, base) = two();
    let one = world.add(&base, "a", &[]);
    let two = world.add(&base, "b", &[]);
    let (merged, _) = world.merge(None, &one, &two);
    assert_eq!(merged.open().lineage().generation, 4);
    for part in [&merged, &one, &two, &base] {
        assert!(!world.merge(None, &merged, part).1.is_changed);
    }
    // the other way round, the result is taken over
    let (followed, report) = world.merge(None, &one, &merged);
    assert_eq!((followed.credentials().len(), report.conflicts.len()), (3, 0));
    assert_eq!(report.taken, ["b"]);
}

#[test]
fn registries_are_merged_by_their_keys() {
    let (mut world, base) = two();
    let policy = |id: &str, to: &str| Policy {
        id: id.to_owned(),
        description: "d".to_owned(),
        rule: PolicyRule::Route { to: to.to_owned() },
    };
    let with = |world: &mut World, branch: &Branch, all: &[Policy]| {
        world.change(branch, |_, vault| vault.set_residents(all.to_vec()).unwrap())
    };
    let base = with(&mut world, &base, &[policy("a", "x"), policy("b", "x"), policy("c", "x")]);
    let one = with(&mut world, &base, &[policy("a", "y"), policy("c", "x"), policy("d", "x")]);
    let two =
        with(&mut world, &base, &[policy("a", "x"), policy("b", "x"), policy("c", "z"), policy("e", "x")]);
    let expected = [policy("a", "y"), policy("c", "z"), policy("d", "x"), policy("e", "x")];
    for (ours, theirs) in [(&one, &two), (&two, &one)] {
        let (merged, report) = world.merge(Some(&base), ours, theirs);
        assert_eq!(merged.open().residents::<Policy>().unwrap(), expected);
        assert!(report.conflicts.is_empty());
    }
    // deleted on one side and changed on the other one
    let three = with(&mut world, &base, &[policy("a", "x"), policy("b", "z"), policy("c", "x")]);
    let (merged, report) = world.merge(Some(&base), &one, &three);
    assert_eq!(report.conflicts[0].kind, ConflictKind::TheirsOnly);
    assert!(report.conflicts[0].is_of(ConflictedRecord::Policy, "b"));
    assert_eq!(merged.open().residents::<Policy>().unwrap().len(), 4);
    // without an ancestor, every difference is one
    assert_eq!(world.merge(None, &one, &two).1.conflicts.len(), 5);
}

#[test]
fn references_follow_their_credential() {
    let (mut world, base) = two();
    let reference = |id: &str, at: &str| Reference {
        resource: format!("/servers/{at}"),
        credential: id.to_owned(),
        addresses: Vec::new(),
    };
    let with = |world: &mut World, branch: &Branch, all: &[Reference]| {
        world.change(branch, |_, vault| vault.set_references(all.to_vec()).unwrap())
    };
    let used = with(&mut world, &base, &[reference("db", "one")]);
    let renamed = world.rename(&base, "db", "database");
    let (merged, _) = world.merge(Some(&base), &renamed, &used);
    assert_eq!(merged.open().residents::<Reference>().unwrap(), [reference("database", "one")]);
    let deleted = world.delete(&base, "db");
    let (merged, _) = world.merge(Some(&used), &deleted, &used);
    assert_eq!((merged.find("db"), merged.open().residents::<Reference>().unwrap().len()), (None, 0));
}

#[test]
fn grants_need_an_ancestor_to_be_revoked() {
    let (mut world, base) = two();
    let grantee = |name: &str| Grantee::new(GranteeKind::ApiProxy, name).unwrap();
    let grant = |world: &mut World, branch: &Branch, name: &str, adds: bool| {
        world.change(branch, |world, vault| {
            let mut credential = vault.find("db").unwrap().unwrap();
            let act = act(world.now());
            assert!(if adds {
                credential.grant(grantee(name), None, &act)
            } else {
                credential.revoke(&grantee(name), &act)
            });
            vault.amend(&credential).unwrap();
        })
    };
    let base = grant(&mut world, &base, "old", true);
    let one = grant(&mut world, &base, "old", false);
    let two = grant(&mut world, &base, "new", true);
    let names = |branch: &Branch| -> Vec<String> {
        branch.find("db").unwrap().head().envelope.access.iter().map(|grant| grant.to.name.clone()).collect()
    };
    for (ours, theirs) in [(&one, &two), (&two, &one)] {
        let (merged, report) = world.merge(Some(&base), ours, theirs);
        assert_eq!((names(&merged), report.conflicts.len()), (vec!["new".to_owned()], 0));
    }
    let (merged, report) = world.merge(None, &one, &two);
    assert_eq!((names(&merged), report.conflicts[0].fields.len()), (Vec::new(), 2));
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
