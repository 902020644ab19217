//! The fate of the small registries.

use super::world::{Branch, World, two};
use crate::vault::resident::{ConflictKind, ConflictedRecord, Policy, PolicyRule, Reference};

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
