//! The merge of one credential with another one.

use chrono::DateTime;
use uuid::Uuid;

use super::super::record::{Ancestor, merge};
use crate::credential::{Act, Change, Credential, Draft, Rules, change};
use crate::kind::{self, rule::account::PasswordPolicy};

fn act(second: i64) -> Act {
    let now = DateTime::from_timestamp(second, 0).unwrap();
    Act { now, actor: Uuid::nil(), actor_name: None, project: "admin".to_owned() }
}

fn created(texts: &[(&str, &str)]) -> Credential {
    let kind = kind::find("login").unwrap().kind;
    let policy = PasswordPolicy::default();
    let draft = Draft::from_texts(kind, texts.iter().copied());
    change(&Change::Create(kind), draft, &act(1), &Rules { password: &policy }).unwrap().credential
}

fn changed(stored: &Credential, second: i64, texts: &[(&str, &str)]) -> Credential {
    let policy = PasswordPolicy::default();
    let draft = Draft::from_texts(stored.kind(), texts.iter().copied());
    let change = change(&Change::Merge(stored, None), draft, &act(second), &Rules { password: &policy });
    change.unwrap().credential
}

fn base() -> (Credential, Ancestor) {
    let base = created(&[("id", "db"), ("username", "app"), ("password", "one")]);
    let ancestor = Ancestor {
        version: Some(base.clone()),
        has_id: true,
        access: Some(Vec::new()),
        is_marked: Some(false),
    };
    (base, ancestor)
}

#[test]
fn both_sides_bring_their_fields_in_either_order() {
    let (base, ancestor) = base();
    let ours = changed(&base, 2, &[("username", "root")]);
    let theirs = changed(&base, 3, &[("password", "two")]);
    let (one, other) = (merge(&ancestor, &ours, &theirs), merge(&ancestor, &theirs, &ours));
    assert!(one.clashes.is_empty());
    assert_eq!(one.credential, other.credential);
    let text = |name: &str| one.credential.fields().get(name).unwrap().as_text().unwrap().expose().to_owned();
    assert_eq!((text("username"), text("password")), ("root".to_owned(), "two".to_owned()));
    assert_eq!(one.credential.head().stamp.revision, 3);
}

#[test]
fn two_values_of_one_field_clash() {
    let (base, ancestor) = base();
    let ours = changed(&base, 2, &[("password", "mine")]);
    let theirs = changed(&base, 3, &[("password", "yours"), ("username", "root")]);
    let merged = merge(&ancestor, &ours, &theirs);
    assert_eq!(merged.clashes, ["password"]);
    let text =
        |name: &str| merged.credential.fields().get(name).unwrap().as_text().unwrap().expose().to_owned();
    assert_eq!((text("username"), text("password")), ("root".to_owned(), "mine".to_owned()));
    // what is all of one side stays that side, with its etag
    let only = changed(&base, 3, &[("password", "yours")]);
    assert_eq!(merge(&ancestor, &ours, &only).credential, ours);
}

#[test]
fn one_side_alone_is_taken_as_it_is() {
    let (base, ancestor) = base();
    let theirs = changed(&base, 3, &[("password", "two")]);
    assert_eq!(merge(&ancestor, &base, &theirs).credential, theirs);
    assert_eq!(merge(&ancestor, &theirs, &base).credential, theirs);
    let same = changed(&base, 4, &[("password", "two")]);
    assert_eq!(merge(&ancestor, &same, &theirs).credential, same);
    assert_eq!(merge(&ancestor, &theirs, &same).credential, same);
}

#[test]
fn without_an_ancestor_nothing_is_guessed() {
    let (base, _) = base();
    let theirs = changed(&base, 3, &[("password", "two")]);
    let merged = merge(&Ancestor::default(), &base, &theirs);
    assert_eq!((merged.clashes.as_slice(), &merged.credential), (&["password".to_owned()][..], &base));
}
