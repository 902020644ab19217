//! The rules that hold for whoever uses the library: nobody can forget a bundle, the user of a password, a
//! project's limits, or what refers to a credential.

use std::fs;

use credctl::credential::{Grantee, GranteeKind};
use credctl::disk::Location;
use credctl::store::{Deletion, Error, ResidentError, Role, Transaction};
use credctl::value::{Object, Value};
use credctl::vault::{Environment, Policy, Reach, Reference, Resident, User};

include!("../../doc/store.rs");

fn read<R: Resident>(members: &[(&str, Value)]) -> R {
    let members = members.iter().map(|(name, value)| ((*name).to_owned(), value.clone()));
    R::read(members.collect::<Object>()).unwrap()
}

pub(super) fn refuses<T>(
    store: &Store<Rc<Key>>,
    act: impl FnOnce(&mut Transaction<'_>) -> Result<T, Error>,
    is_expected: impl Fn(&Error) -> bool,
) {
    let before = fs::read(store.path()).unwrap();
    let error = store.change(act).err().unwrap();
    assert!(is_expected(&error), "{error:?}");
    assert_eq!(fs::read(store.path()).unwrap(), before);
}

/// The same vault, used by somebody else.
pub(super) fn as_another(store: &Store<Rc<Key>>, project: &str, role: Role) -> Store<Rc<Key>> {
    let mut terms = Terms::new(Uuid::nil(), DateTime::UNIX_EPOCH);
    project.clone_into(&mut terms.scope.project);
    terms.scope.role = role;
    Store::new(store.path(), Rc::clone(store.keeper()), terms)
}

#[test]
fn a_bundle_follows_every_change() {
    let (store, folder) = new_vault().unwrap();
    let (_, recipient) = credctl::vault::generate();
    let out = folder.path().join("bundle.age");
    let environment: Environment = read(&[
        ("name", Value::text("prod")),
        ("project", Value::text("admin")),
        ("recipients", Value::texts([recipient])),
        ("out", Value::text(out.to_str().unwrap())),
        ("apiProxies", Value::texts(["payments"])),
    ]);
    let added = store.change(|vault| vault.add_environment(environment.clone())).unwrap();
    assert_eq!(added.deployment.len(), 1);
    let first = fs::read(&out).unwrap();
    let outcome = store.change(|vault| vault.add(login(), db())).unwrap();
    assert_eq!(
        outcome.deployment.results().map(|(name, error)| (name, error.is_none())).next(),
        Some(("prod", true))
    );
    assert_ne!(fs::read(&out).unwrap(), first);
    let vault = store.read().unwrap();
    assert!(matches!(
        vault.reach(&store.location().unwrap(), &environment, &Location::resolve),
        Reach::Current
    ));
    // what cannot be reached is told, and the change stays
    fs::remove_file(&out).unwrap();
    fs::create_dir(&out).unwrap();
    let missed = store.change(|vault| vault.move_to("db", "payments")).unwrap();
    assert_eq!(missed.deployment.failed().count(), 1);
    assert_eq!(store.read().unwrap().find("db").unwrap().unwrap().head().envelope.project, "payments");
}

#[test]
fn projects_and_roles_have_their_limits() {
    let (store, _folder) = new_vault().unwrap();
    store.change(|vault| vault.add(login(), db())).unwrap();
    let operator = as_another(&store, "admin", Role::Operator);
    refuses(&operator, |vault| vault.move_to("db", "x"), |error| matches!(error, Error::ReadOnly));
    assert!(operator.read().unwrap().contains("db").unwrap());
    let payments = as_another(&store, "payments", Role::Administrator);
    refuses(&payments, |vault| vault.move_to("db", "x"), |error| matches!(error, Error::Global { .. }));
    let purge = |vault: &mut Transaction<'_>| vault.purge_all_versions();
    refuses(&payments, purge, |error| matches!(error, Error::PurgeAll));
    // policies and users are shared by all projects, and undo takes back what another one did
    let whole = |error: &Error| matches!(error, Error::WholeVault { .. });
    refuses(&payments, |vault| vault.delete_policy("p", true), whole);
    refuses(&payments, |vault| vault.delete_user("u"), whole);
    assert!(whole(&payments.undo().err().unwrap()));
    assert!(store.read().unwrap().contains("db").unwrap());
    store.change(|vault| vault.move_to("db", "other")).unwrap();
    refuses(&payments, |vault| vault.move_to("db", "x"), |error| matches!(error, Error::NotFound { .. }));
}

#[test]
fn deleting_a_credential_deletes_the_references_to_it() {
    let (store, _folder) = new_vault().unwrap();
    let reference: Reference =
        read(&[("resourceRef", Value::text("/servers/s1")), ("credential", Value::text("db"))]);
    refuses(&store, |vault| vault.refer(reference.clone()), |error| matches!(error, Error::NotFound { .. }));
    store.change(|vault| vault.add(login(), db())).unwrap();
    assert!(store.change(|vault| vault.refer(reference.clone())).unwrap().answer);
    let deleted = store.change(|vault| {
        let mut deletion = Deletion::new(vault)?;
        let deleted = deletion.delete(vault, "db", false, None)?;
        deletion.finish(vault).map(|_| deleted)
    });
    assert_eq!(deleted.unwrap().answer.references, [reference]);
    assert_eq!(store.read().unwrap().residents::<Reference>().unwrap(), []);
}

#[test]
fn users_and_policies_are_not_taken_from_who_needs_them() {
    let (store, _folder) = new_vault().unwrap();
    let id = "6b1551db-b7fa-473d-a05c-43524badb11b";
    let user = |id: &str| -> User {
        read(&[
            ("id", Value::text(id)),
            ("authProvider", Value::text("local")),
            ("email", Value::text("ada@example.org")),
        ])
    };
    let hash = credctl::kind::find("passwordHash").unwrap().kind;
    let store_of = Object::from_iter(
        [("cleartext", "UEBzc3cwcmQhMjAyNg=="), ("change", "ZmFsc2U=")]
            .map(|(name, text)| (name, Value::text(text))),
    );
    let members = Object::from_iter([("name", Value::text(id)), ("keyStore", store_of.into())]);
    let draft = Draft::from_members(hash, members);
    refuses(&store, |vault| vault.add(hash, draft.clone()), |error| matches!(error, Error::NoSuchUser));
    store.change(|vault| vault.add_user(user(id))).unwrap();
    refuses(
        &store,
        |vault| vault.add_user(user(id)),
        |error| matches!(error, Error::Resident(ResidentError::UserExists { .. })),
    );
    let added = store.change(|vault| vault.add(hash, draft.clone())).unwrap().answer.credential;
    refuses(&store, |vault| vault.add(hash, draft.clone()), |error| matches!(error, Error::NameTaken { .. }));
    let delete = |vault: &mut Transaction<'_>| {
        let mut deletion = Deletion::new(vault)?;
        deletion.delete(vault, added.id(), false, None)?;
        deletion.finish(vault)
    };
    refuses(&store, delete, |error| matches!(error, Error::Resident(ResidentError::PasswordOfUser { .. })));
    assert_eq!(store.change(|vault| vault.delete_user(id)).unwrap().answer, [added.id()]);
    // given anew as a whole, it must belong to a user again; a change of something else is free
    let anew = |vault: &mut Transaction<'_>| vault.replace(added.id(), draft.clone(), None);
    refuses(&store, anew, |error| matches!(error, Error::NoSuchUser));
    let described = Draft::from_texts(hash, [("description", "of Ada")]);
    store.change(|vault| vault.patch(added.id(), described, None)).unwrap();

    let policy: Policy = read(&[
        ("id", Value::text("p")),
        ("description", Value::text("five a day")),
        ("type", Value::text("throttle")),
        ("period", Value::text("day")),
        ("value", Value::from(5_u64)),
    ]);
    store.change(|vault| vault.add_policy(policy.clone())).unwrap();
    let throttled = [("id", "t"), ("username", "u"), ("password", "hunter2"), ("throttlePolicy", "p")];
    store.change(|vault| vault.add(login(), Draft::from_texts(login(), throttled))).unwrap();
    refuses(
        &store,
        |vault| vault.delete_policy("p", false),
        |error| error.to_string().ends_with("is used by t"),
    );
    store.change(|vault| vault.delete_policy("p", true)).unwrap();
}

#[test]
fn a_restored_credential_names_its_lost_grants_and_deleted_belongings() {
    let (store, _folder) = new_vault().unwrap();
    let tags = Object::from_iter([("login", Value::text("db"))]);
    let members = [("id", "note"), ("username", "app"), ("password", "x")];
    let mut note = Draft::from_texts(login(), members);
    note.members.insert("tags", tags);
    let delete = |vault: &mut Transaction<'_>| {
        let mut deletion = Deletion::new(vault)?;
        deletion.delete(vault, "note", false, None)?;
        deletion.delete(vault, "db", false, None)?;
        deletion.finish(vault)
    };
    store
        .change(|vault| {
            vault.add(login(), db())?;
            vault.add(login(), note)?;
            let to = Grantee::new(GranteeKind::ApiProxy, "payments")?;
            vault.grant("db", [(to, None)], |_, _| Ok::<_, Error>(()))
        })
        .unwrap();
    store.change(delete).unwrap();
    let revived = store.change(|vault| vault.restore("db")).unwrap().answer;
    assert_eq!(revived.lost_grants, ["payments"]);
    assert_eq!(revived.still_deleted, ["note"]);
    assert!(revived.changed.notices.is_empty());
    let other = store.change(|vault| vault.restore("note")).unwrap().answer;
    assert!(other.lost_grants.is_empty() && other.still_deleted.is_empty());
}
