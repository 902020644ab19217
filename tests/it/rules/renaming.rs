//! `rename` takes everything along that hangs on an id, and `copy` takes nothing of it.

use credctl::credential::{Grantee, GranteeKind};
use credctl::store::{Error, Role};
use credctl::value::{Object, Value};
use credctl::vault::{Reference, Resident};

use super::store::{as_another, refuses};

include!("../../doc/store.rs");

fn refer(credential: &str) -> Reference {
    let members = [("resourceRef", Value::text("/servers/s1")), ("credential", Value::text(credential))];
    Reference::read(members.into_iter().map(|(name, value)| (name.to_owned(), value)).collect::<Object>())
        .unwrap()
}

fn password(text: &str) -> Draft {
    Draft::from_texts(login(), [("password", text)])
}

/// The ids of which there are earlier versions, with their passwords from the oldest on.
fn versions(store: &Store<Rc<Key>>) -> Vec<(String, String)> {
    let mut versions = Vec::new();
    let mut each = |version: credctl::vault::Version| {
        let password = version.credential.secret("password").unwrap().plain().unwrap();
        versions.push((version.credential.id().to_owned(), password.expose().to_owned()));
    };
    store.read().unwrap().versions(None, &mut each).unwrap();
    versions
}

#[test]
fn a_new_id_takes_everything_along() {
    for new in ["a", "zz"] {
        let (store, _folder) = new_vault().unwrap();
        store.change(|vault| vault.add(login(), db())).unwrap();
        for (id, of) in [("db-extra", "db"), ("other", "another")] {
            let mut extra = Draft::from_texts(login(), [("id", id), ("username", "u"), ("password", "p")]);
            extra.leaves.push(("tags.login".to_owned(), Value::text(of)));
            store.change(|vault| vault.add(login(), extra)).unwrap();
        }
        store.change(|vault| vault.refer(refer("db"))).unwrap();
        let proxy = Grantee { kind: GranteeKind::ApiProxy, name: "payments".to_owned() };
        store.change(|vault| vault.grant("db", [(proxy.clone(), None)], |_, _| Ok::<_, Error>(()))).unwrap();
        for text in ["second", "third"] {
            store.change(|vault| vault.patch("db", password(text), None)).unwrap();
        }
        let before = store.read().unwrap().find("db").unwrap().unwrap();

        let renamed = store.change(|vault| vault.rename("db", new, None)).unwrap().answer;
        assert_eq!((renamed.references, renamed.belonging), (1, vec!["db-extra".to_owned()]));
        let mut vault = store.read().unwrap();
        assert!(vault.find("db").unwrap().is_none() && vault.deleted().unwrap().is_empty());
        let after = vault.find(new).unwrap().unwrap();
        let (old, now) = (before.head(), after.head());
        assert_eq!(
            (old.stamp.instance_id, old.stamp.revision + 1),
            (now.stamp.instance_id, now.stamp.revision)
        );
        assert_ne!(old.stamp.etag, now.stamp.etag);
        // a name that was the id follows
        assert_eq!(now.envelope.name, new);
        assert_eq!((now.envelope.access.len(), after.fields()), (1, before.fields()));
        assert_eq!(vault.references_to(new).unwrap().len(), 1);
        let login_of = |id: &str, vault: &mut credctl::vault::Vault| {
            vault.find(id).unwrap().unwrap().head().envelope.tags.get("login").cloned()
        };
        assert_eq!(login_of("db-extra", &mut vault), Some(Value::text(new)));
        assert_eq!(login_of("other", &mut vault), Some(Value::text("another")));
        let expected = ["hunter2", "second", "third"].map(|text| (new.to_owned(), text.to_owned()));
        let found = versions(&store);
        let own: Vec<_> = found.iter().filter(|(id, _)| id == new).cloned().collect();
        assert_eq!(own, expected);
        assert!(!found.iter().any(|(id, _)| id == "db"));

        // a rollback finds them under the new id, and the old id is free
        let back = store.change(|vault| vault.roll_back(new, 1)).unwrap().answer.credential;
        assert_eq!(back.secret("password").unwrap().plain(), Some("hunter2".into()));
        store.change(|vault| vault.add(login(), db())).unwrap();
    }
}

#[test]
fn versions_of_an_id_that_was_deleted_stay_before_those_that_come() {
    let (store, _folder) = new_vault().unwrap();
    let other = [("id", "x"), ("username", "u"), ("password", "of x")];
    store.change(|vault| vault.add(login(), Draft::from_texts(login(), other))).unwrap();
    store.change(|vault| vault.delete(["x"])).unwrap();
    store.change(|vault| vault.add(login(), db())).unwrap();
    store.change(|vault| vault.rename("db", "x", None)).unwrap();
    let expected = ["of x", "hunter2"].map(|text| ("x".to_owned(), text.to_owned()));
    assert_eq!(versions(&store), expected);
}

#[test]
fn changes_of_one_call_lose_no_version_and_bring_none_back() {
    let (store, _folder) = new_vault().unwrap();
    let other = [("id", "x"), ("username", "u"), ("password", "of x")];
    store.change(|vault| vault.add(login(), Draft::from_texts(login(), other))).unwrap();
    store.change(|vault| vault.add(login(), db())).unwrap();
    store.change(|vault| vault.patch("db", password("second"), None)).unwrap();
    // twice, and onto an id that is made free in the same call
    let moves = |vault: &mut credctl::store::Transaction<'_>| {
        vault.rename("db", "between", None)?;
        vault.delete(["x"])?;
        vault.rename("between", "x", None)
    };
    store.change(moves).unwrap();
    let expected = ["hunter2", "of x", "second"].map(|text| ("x".to_owned(), text.to_owned()));
    let mut found = versions(&store);
    found.sort();
    assert_eq!(found, expected);
    assert!(store.read().unwrap().find("between").unwrap().is_none());

    // what is purged does not come back under the new id
    let purged = |vault: &mut credctl::store::Transaction<'_>| {
        vault.purge_versions(&["x".to_owned()])?;
        vault.rename("x", "y", None)
    };
    store.change(purged).unwrap();
    assert!(versions(&store).is_empty(), "{:?}", versions(&store));
}

#[test]
fn what_a_project_must_not_change_keeps_the_old_id_and_is_named() {
    let (store, _folder) = new_vault().unwrap();
    let mut extra = Draft::from_texts(login(), [("id", "extra"), ("username", "u"), ("password", "p")]);
    extra.leaves.push(("tags.login".to_owned(), Value::text("db")));
    store.change(|vault| vault.add(login(), extra)).unwrap();
    let shop = as_another(&store, "shop", Role::Administrator);
    shop.change(|vault| vault.add(login(), db())).unwrap();
    let renamed = shop.change(|vault| vault.rename("db", "y", None)).unwrap().answer;
    assert_eq!((renamed.belonging, renamed.left_behind), (Vec::new(), vec!["extra".to_owned()]));
}

#[test]
fn an_id_that_is_taken_fixed_or_not_ones_own_stays() {
    let (store, _folder) = new_vault().unwrap();
    store.change(|vault| vault.add(login(), db())).unwrap();
    let other = [("id", "x"), ("username", "u"), ("password", "p")];
    store.change(|vault| vault.add(login(), Draft::from_texts(login(), other))).unwrap();
    let api = credctl::kind::find("apiCredential").unwrap().kind;
    let caller =
        [("username", "caller"), ("password", "Sup3r-secret"), ("email", "c@example.org"), ("fullName", "C")];
    store.change(|vault| vault.add(api, Draft::from_texts(api, caller))).unwrap();
    refuses(&store, |vault| vault.rename("db", "x", None), |e| matches!(e, Error::IdInUse { .. }));
    refuses(&store, |vault| vault.rename("db", "db", None), |e| matches!(e, Error::IdInUse { .. }));
    refuses(&store, |vault| vault.rename("db", "-x", None), |e| e.to_string().contains("id"));
    refuses(&store, |vault| vault.rename("none", "y", None), Error::is_not_found);
    refuses(&store, |vault| vault.rename("db", "y", Some("0000")), |e| matches!(e, Error::Stale { .. }));
    refuses(
        &store,
        |vault| vault.rename("caller", "y", None),
        |e| matches!(e, Error::FixedId { field: "username", .. }),
    );
    let shop = as_another(&store, "shop", Role::Administrator);
    refuses(&shop, |vault| vault.rename("db", "y", None), |e| matches!(e, Error::Global { .. }));
}

#[test]
fn a_copy_is_a_new_credential() {
    let (store, _folder) = new_vault().unwrap();
    store.change(|vault| vault.add(login(), db())).unwrap();
    store.change(|vault| vault.patch("db", password("second"), None)).unwrap();
    store.change(|vault| vault.refer(refer("db"))).unwrap();
    let proxy = Grantee { kind: GranteeKind::ApiProxy, name: "payments".to_owned() };
    store.change(|vault| vault.grant("db", [(proxy, None)], |_, _| Ok::<_, Error>(()))).unwrap();
    let amend = |_: &Kind, draft: &mut Draft| {
        draft.members.insert("username", Value::text("other"));
        Ok::<_, Error>(())
    };
    store.change(|vault| vault.copy("db", "db2", amend)).unwrap();
    let mut vault = store.read().unwrap();
    let copy = vault.find("db2").unwrap().unwrap();
    let head = copy.head();
    assert_eq!((head.envelope.name.as_str(), head.stamp.revision, head.envelope.access.len()), ("db2", 1, 0));
    assert_eq!(copy.fields().get("username"), Some(&Value::text("other")));
    assert_eq!(copy.secret("password").unwrap().plain(), Some("second".into()));
    assert!(vault.references_to("db2").unwrap().is_empty());
    assert!(versions(&store).iter().all(|(id, _)| id == "db"));
    refuses(&store, |vault| vault.copy("db", "db2", |_, _| Ok(())), |e| matches!(e, Error::IdInUse { .. }));
    // a project's copy of a global credential is its own
    let shop = as_another(&store, "shop", Role::Administrator);
    let copy = shop.change(|vault| vault.copy("db", "db3", |_, _| Ok::<_, Error>(()))).unwrap().answer;
    assert_eq!(copy.credential.head().envelope.project, "shop");
}
