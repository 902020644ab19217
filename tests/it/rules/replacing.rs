//! The rules for a credential that a document replaces, adds or changes, where no program stands before them.

use credctl::credential::ChangeError;
use credctl::dialect::{Body, Dialect};
use credctl::kind::System;
use credctl::store::{Error, Replacement, Role, Transaction};
use credctl::value::{Object, Value};
use credctl::vault::{Reference, Resident};

use super::store::{as_another, refuses};

include!("../../doc/store.rs");

const DB: Replacement<'_> = Replacement { id: "db", by_name: false, may_add: false, condition: None };

/// The members of a login.
const WHOLE: &[(&str, &str)] = &[("type", "login"), ("username", "app"), ("password", "new")];

fn object(members: &[(&str, &str)]) -> Object {
    members.iter().map(|(name, text)| ((*name).to_owned(), Value::text(*text))).collect()
}

/// The body of a document in our own shape.
fn body(members: &[(&str, &str)]) -> Result<Body, Error> {
    Ok(Dialect::Native.read(object(members))?)
}

/// Replaces a credential by a document. Returns true if it was added.
fn put(
    vault: &mut Transaction<'_>,
    wanted: &Replacement<'_>,
    members: &[(&str, &str)],
) -> Result<bool, Error> {
    Ok(vault.plan_replacement(wanted, |_| body(members), |_, _| Ok(()))?.put()?.created)
}

fn etag(store: &Store<Rc<Key>>) -> String {
    store.read().unwrap().find("db").unwrap().unwrap().head().stamp.etag.to_string()
}

#[test]
fn only_what_is_not_there_is_added_and_only_without_a_condition() {
    let (store, _folder) = new_vault().unwrap();
    let wanted = Replacement { may_add: true, ..DB };
    refuses(&store, |vault| put(vault, &DB, WHOLE), Error::is_not_found);
    let seen = Replacement { condition: Some("*"), ..wanted };
    refuses(&store, |vault| put(vault, &seen, WHOLE), Error::is_not_found);
    // the id of a new credential is that of the call, and without a type its members mean nothing
    let other = [WHOLE, &[("id", "other")]].concat();
    let immutable = |error: &Error| matches!(error, Error::Change(ChangeError::Immutable { field: "id" }));
    refuses(&store, |vault| put(vault, &wanted, &other), immutable);
    refuses(&store, |vault| put(vault, &wanted, &WHOLE[1..]), |error| error.to_string().contains("type"));
    assert!(store.change(|vault| put(vault, &wanted, WHOLE)).unwrap().answer);
    assert!(!store.change(|vault| put(vault, &wanted, &WHOLE[1..])).unwrap().answer);
    // what another project has is not there, but its id is taken
    store.change(|vault| vault.move_to("db", "other")).unwrap();
    let payments = as_another(&store, "payments", Role::Administrator);
    refuses(&payments, |vault| put(vault, &wanted, WHOLE), |error| matches!(error, Error::Exists { .. }));
}

#[test]
fn a_name_is_looked_up_only_if_that_is_asked_for() {
    let (store, _folder) = new_vault().unwrap();
    let named = [("id", "db"), ("name", "orders"), ("username", "app"), ("password", "hunter2")];
    store.change(|vault| vault.add(login(), Draft::from_texts(login(), named))).unwrap();
    let by_id = Replacement { id: "orders", ..DB };
    refuses(&store, |vault| put(vault, &by_id, WHOLE), Error::is_not_found);
    let by_name = Replacement { by_name: true, ..by_id };
    assert!(!store.change(|vault| put(vault, &by_name, WHOLE)).unwrap().answer);
    assert_eq!(store.read().unwrap().find("db").unwrap().unwrap().head().stamp.revision, 2);
}

#[test]
fn a_condition_names_the_stored_version() {
    let (store, _folder) = new_vault().unwrap();
    store.change(|vault| vault.add(login(), db())).unwrap();
    let seen = etag(&store);
    let wanted = Replacement { condition: Some(&seen), ..DB };
    store.change(|vault| put(vault, &wanted, WHOLE)).unwrap();
    let stale = |error: &Error| matches!(error, Error::Stale { .. });
    refuses(&store, |vault| put(vault, &wanted, WHOLE), stale);
    let description = |_: &_| body(&[("description", "orders")]);
    refuses(&store, |vault| vault.patch_with("db", false, Some(&seen), description, |_, _| Ok(())), stale);
    let password = "correct horse".into();
    refuses(&store, |vault| vault.set_password("db", false, Some(&seen), &password, None), stale);
    store.change(|vault| vault.patch_with("db", false, Some("*"), description, |_, _| Ok(()))).unwrap();
}

#[test]
fn a_document_repeats_its_version_and_its_networks() {
    let (store, _folder) = new_vault().unwrap();
    store.change(|vault| vault.add(login(), db())).unwrap();
    let network = [("resourceRef", "/virtualNetworks/v1"), ("credential", "db")];
    let reference = Reference::read(object(&network)).unwrap();
    store.change(|vault| vault.refer(reference)).unwrap();
    let document = |etag: &str, networks: &[&str]| {
        let shown = |path: &&str| Value::from(object(&[("resourceRef", path)]));
        let mut properties = object(&[("type", "usernamePassword"), ("userName", "app"), ("value", "new")]);
        properties.insert("networks", Value::List(networks.iter().map(shown).collect()));
        let mut document = object(&[("resourceId", "db"), ("etag", etag)]);
        document.insert("properties", properties);
        Dialect::Foreign(System::NetworkController).read(document).map_err(Error::from)
    };
    let replace = |vault: &mut Transaction<'_>, wanted: Replacement<'_>, etag: &str, networks: &[&str]| {
        vault.plan_replacement(&wanted, |_| document(etag, networks), |_, _| Ok(()))?.put().map(drop)
    };
    let seen = etag(&store);
    let own = ["/virtualNetworks/v1"];
    let networks = |error: &Error| error.to_string().contains("networks");
    let stale = |error: &Error| matches!(error, Error::Stale { .. });
    refuses(&store, |vault| replace(vault, DB, &seen, &[]), networks);
    refuses(
        &store,
        |vault| vault.patch_with("db", false, None, |_| document(&seen, &[]), |_, _| Ok(())),
        networks,
    );
    refuses(&store, |vault| replace(vault, DB, "6a0f", &own), stale);
    // the version in a document is a condition too, which nothing meets where there is no credential
    let new = Replacement { id: "new", may_add: true, ..DB };
    refuses(&store, |vault| replace(vault, new, &seen, &[]), Error::is_not_found);
    store.change(|vault| replace(vault, DB, &seen, &own)).unwrap();
    // the caller's own condition has precedence
    let any = Replacement { condition: Some("*"), ..DB };
    store.change(|vault| replace(vault, any, &seen, &own)).unwrap();
    let body = document(&seen, &own).unwrap();
    let created = store.terms().create_with::<Error>(body, |_, _| Ok(()));
    assert!(networks(&created.unwrap_err()));
}

#[test]
fn a_type_that_cannot_be_changed_is_the_one_error() {
    let (store, _folder) = new_vault().unwrap();
    store.change(|vault| vault.add(login(), db())).unwrap();
    let immutable = |error: &Error| matches!(error, Error::Change(ChangeError::Immutable { field: "type" }));
    let other = |_: Option<&_>| body(&[("type", "Aws"), ("accessKeyId", "too short")]);
    let unread = |_: &_, _: &mut Draft| panic!("the members have no meaning");
    let replace = |vault: &mut Transaction<'_>| vault.plan_replacement(&DB, other, unread).map(drop);
    refuses(&store, replace, immutable);
    refuses(&store, |vault| vault.patch_with("db", false, None, |one| other(Some(one)), unread), immutable);
}

#[test]
fn a_plan_changes_nothing_and_names_what_would_be_removed() {
    let (store, _folder) = new_vault().unwrap();
    let described = [("id", "db"), ("username", "app"), ("password", "hunter2"), ("description", "orders")];
    store.change(|vault| vault.add(login(), Draft::from_texts(login(), described))).unwrap();
    let before = etag(&store);
    let mut seen = store.preview().unwrap();
    let given = |_: Option<&_>| body(WHOLE);
    let changed = DB.preview::<Error>(store.terms(), &mut seen.vault, given, |_, _| Ok(())).unwrap();
    assert_eq!(changed.removed, ["description"]);
    let planned = store.change(|vault| {
        let planned = vault.plan_replacement(&DB, given, |_, _| Ok(()))?;
        Ok(planned.changed().removed.clone())
    });
    assert_eq!(planned.unwrap().answer, ["description"]);
    assert_eq!(etag(&store), before);
    // what the caller adds to the document is kept
    let keep = |_: &_, draft: &mut Draft| {
        draft.members.insert("description", Value::text("invoices"));
        Ok(())
    };
    let kept = store.change(|vault| vault.plan_replacement(&DB, given, keep)?.put());
    assert!(kept.unwrap().answer.changed.removed.is_empty());
}

#[test]
fn only_a_type_with_a_password_gets_a_new_one() {
    let (store, _folder) = new_vault().unwrap();
    let certificate = credctl::kind::find("X509Certificate").unwrap().kind;
    let members = [("id", "web"), ("value", "0123456789abcdef0123456789abcdef01234567")];
    store.change(|vault| vault.add(certificate, Draft::from_texts(certificate, members))).unwrap();
    let password = "correct horse".into();
    refuses(
        &store,
        |vault| vault.set_password("web", false, None, &password, None),
        |error| matches!(error, Error::NoPassword { kind: "X509Certificate" }),
    );
}

#[test]
fn a_trial_finds_out_at_once_that_an_id_is_taken() {
    let (store, _folder) = new_vault().unwrap();
    store.change(|vault| vault.add(login(), db())).unwrap();
    let mut made = store.terms().create(login(), db()).unwrap();
    let exists = |error: &Error| error.to_string().contains("db");
    assert!(exists(&store.try_change(None, |vault| vault.insert_only(&mut made)).unwrap_err()));
    refuses(&store, |vault| vault.insert_only(&mut made), exists);
}
