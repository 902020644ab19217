//! The whole life of one credential in a store: added, read, changed, replaced, rolled back, deleted, restored,
//! forgotten. `systems/lifecycle/` has the same through the program, in the shapes of the systems.

use credctl::credential::{Grantee, GranteeKind, State};
use credctl::store::{Deletion, Error, Role, Transaction, ValuePath, ValueReader};
use credctl::vault::Version;

use super::store::{as_another, refuses};

include!("../../doc/store.rs");

fn value(store: &Store<Rc<Key>>, path: &str, force: bool) -> Result<String, Error> {
    let mut vault = store.read()?;
    let value = ValueReader::new(store.terms(), force).fetch(&mut vault, &ValuePath::parse(path)?)?;
    Ok(String::from_utf8(value.to_vec()).unwrap())
}

fn delete(vault: &mut Transaction<'_>) -> Result<(), Error> {
    let mut deletion = Deletion::new(vault)?;
    deletion.delete(vault, "db", false, None)?;
    deletion.finish(vault).map(drop)
}

/// The revisions of which the vault keeps a version.
fn kept(store: &Store<Rc<Key>>) -> Vec<u64> {
    let mut kept = Vec::new();
    let each = |version: Version| kept.push(version.credential.head().stamp.revision);
    store.read().unwrap().versions(None, each).unwrap();
    kept.sort_unstable();
    kept
}

#[test]
fn a_credential_lives_from_its_addition_until_it_is_forgotten() {
    let (store, _folder) = new_vault().unwrap();
    let is_missing = |error: &Error| matches!(error, Error::NotFound { .. });
    refuses(&store, |vault| vault.patch("db", Draft::default(), None), is_missing);
    let added = store.change(|vault| vault.add(login(), db())).unwrap().answer.credential;
    refuses(&store, |vault| vault.add(login(), db()), |error| error.to_string().contains("exists"));
    assert_eq!(value(&store, "db/password", false).unwrap(), "hunter2");

    // a change of a part keeps the rest, and a replacement does not
    let described = Draft::from_texts(login(), [("description", "orders"), ("domain", "corp")]);
    let patched = store.change(|vault| vault.patch("db", described, None)).unwrap().answer.credential;
    assert_eq!(patched.head().stamp.instance_id, added.head().stamp.instance_id);
    let seen = added.head().stamp.etag.to_string();
    let anew = Draft::from_texts(login(), [("username", "app2"), ("password", "second")]);
    let stale = |vault: &mut Transaction<'_>| vault.replace("db", anew.clone(), Some(&seen));
    refuses(&store, stale, |error| matches!(error, Error::Stale { .. }));
    let replaced = store.change(|vault| vault.replace("db", anew, None)).unwrap().answer.credential;
    assert_eq!(replaced.head().stamp.revision, 3);
    assert_eq!(replaced.head().envelope.description.as_deref(), None);
    assert!(value(&store, "db/domain", false).is_err());

    // what must not be used gives no secret, and is there
    let off = Draft::from_texts(login(), [("enabled", "false")]);
    let off = store.change(|vault| vault.patch("db", off, None)).unwrap().answer.credential;
    assert_eq!(off.head().state(DateTime::UNIX_EPOCH), State::Disabled);
    assert!(value(&store, "db/password", false).is_err());
    assert_eq!(value(&store, "db/password", true).unwrap(), "second");

    // every version is kept; a grant makes none
    let proxy = || Grantee::new(GranteeKind::ApiProxy, "payments").unwrap();
    store.change(|vault| vault.grant("db", [(proxy(), None)], |_, _| Ok::<_, Error>(()))).unwrap();
    assert_eq!(kept(&store), [1, 2, 3]);
    store.change(|vault| vault.roll_back("db", 1)).unwrap();
    assert_eq!(value(&store, "db/password", false).unwrap(), "hunter2");
    assert_eq!(store.read().unwrap().find("db").unwrap().unwrap().head().envelope.access.len(), 1);

    // an operator reads, and changes nothing
    let operator = as_another(&store, "admin", Role::Operator);
    refuses(&operator, delete, |error| matches!(error, Error::ReadOnly));

    // deleted, it is gone for all but `restore`; forgotten, for that too
    store.change(delete).unwrap();
    refuses(&store, delete, is_missing);
    assert!(value(&store, "db/password", true).is_err());
    let revived = store.change(|vault| vault.restore("db")).unwrap().answer;
    assert_eq!(revived.lost_grants, ["payments"]);
    assert_eq!(value(&store, "db/password", false).unwrap(), "hunter2");
    store.change(delete).unwrap();
    store.change(|vault| vault.purge_versions(&["db".to_owned()])).unwrap();
    assert_eq!(kept(&store), [0_u64; 0]);
    refuses(&store, |vault| vault.restore("db"), |_| true);
}
