//! The fate of a credential that one branch or both have changed.

use super::world::{Branch, World, act, lockset, two};
use crate::credential::{Grantee, GranteeKind};
use crate::vault::resident::ConflictKind;

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

#[test]
fn a_credential_that_one_side_alone_has_changed_is_taken_as_it_is() {
    let (mut world, base) = two();
    let to = Grantee::new(GranteeKind::ApiProxy, "a").unwrap();
    let grant = |world: &mut World, branch: &Branch| {
        world.change(branch, |world, vault| {
            let mut credential = vault.find("db").unwrap().unwrap();
            credential.revoke(&to, &act(world.now()));
            assert!(credential.grant(to.clone(), None, &act(world.now())));
            vault.amend(&credential).unwrap();
        })
    };
    let base = grant(&mut world, &base);
    // the same grant, given at another time
    let granted = grant(&mut world, &base);
    let mail = world.add(&base, "mail", &[]);
    for (ours, theirs) in [(&granted, &mail), (&mail, &granted)] {
        let (merged, report) = world.merge(Some(&base), ours, theirs);
        assert_eq!((merged.find("db"), report.conflicts.len()), (granted.find("db"), 0));
    }
    // without an ancestor, its history tells
    let changed = world.set(&granted, "db", &[("password", "two")]);
    let renamed = world.rename(&changed, "db", "database");
    let mail = world.add(&granted, "mail", &[]);
    for (ours, theirs) in [(&renamed, &mail), (&mail, &renamed)] {
        let (merged, report) = world.merge(None, ours, theirs);
        assert_eq!(merged.find("database"), renamed.find("database"));
        assert_eq!((merged.find("db"), report.conflicts.len()), (None, 0));
    }
}

#[test]
fn a_grant_and_a_mark_are_kept_when_the_other_side_has_changed_the_same_version() {
    let (mut world, base) = two();
    let amended = world.change(&base, |world, vault| {
        let mut credential = vault.find("db").unwrap().unwrap();
        credential.head.stamp.rotate_required = true;
        let to = Grantee::new(GranteeKind::ApiProxy, "a").unwrap();
        assert!(credential.grant(to, None, &act(world.now())));
        vault.amend(&credential).unwrap();
    });
    let changed = world.set(&base, "db", &[("username", "root")]);
    for base in [None, Some(&base)] {
        for (ours, theirs) in [(&amended, &changed), (&changed, &amended)] {
            let (merged, report) = world.merge(base, ours, theirs);
            let credential = merged.find("db").unwrap();
            // nothing tells whether the other side has revoked the grant, if there is no ancestor
            assert_eq!(report.conflicts.is_empty(), base.is_some());
            assert!(credential.head().stamp.rotate_required);
            let has_grant = !credential.head().envelope.access.is_empty();
            assert_eq!(has_grant, base.is_some() || std::ptr::eq(ours, &raw const amended));
            assert_eq!(merged.text("db", "username"), "root");
        }
    }
}

#[test]
fn a_counter_never_goes_back_also_where_one_side_alone_has_changed() {
    let (mut world, base) = two();
    let seed = |scheme: &str, counter: u64| {
        format!("{scheme}://hotp/db?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&counter={counter}")
    };
    for scheme in ["otpauth", "OTPAUTH"] {
        let base = world.set(&base, "db", &[("totp", &seed(scheme, 9))]);
        let back = world.set(&base, "db", &[("totp", &seed(scheme, 3))]);
        let mail = world.add(&base, "mail", &[]);
        for base in [None, Some(&base)] {
            for (ours, theirs) in [(&back, &mail), (&mail, &back)] {
                let (merged, report) = world.merge(base, ours, theirs);
                assert!(report.conflicts.is_empty());
                assert!(merged.text("db", "totp").ends_with("counter=9"), "{}", merged.text("db", "totp"));
            }
        }
    }
}
