//! The rules of an import for a user of the library: together or not at all, conflicts, and what becomes stale.

use credctl::dialect::Dialect;
use credctl::import::{Import, ImportFacts, ImportFormat};
use credctl::store::{
    Error, ImportAction, ImportOptions, ImportReport, ImportSummary, OnConflict, ResidentAction,
};
use credctl::value::{Object, Value, json};
use credctl::vault::{Policy, Reference, Resident};

include!("../../doc/store.rs");

/// Rows of `title user password note`, as a browser exports them, with each note in a credential that belongs
/// to the login.
fn read(rows: &[[&str; 4]]) -> Import {
    let mut text = "name,url,username,password\n".to_owned();
    for [title, user, password, _] in rows {
        text.push_str(&format!("{title},https://m.example/,{user},{password}\n"));
    }
    let mut import = ImportFormat::recognise(&text).unwrap().read(&text, &ImportFacts::default()).unwrap();
    for (login, [title, .., note]) in
        import.items.iter_mut().zip(rows).filter(|(_, [.., note])| !note.is_empty())
    {
        let document = format!(
            r#"{{"id":"{title}-extra","type":"Simple","name":"{title}","tags":{{"login":"{title}"}},"value":"{note}"}}"#
        );
        let document = json::parse(document.as_bytes()).unwrap();
        login.beside.extend(Import::read(vec![document], Dialect::Native).unwrap().items);
    }
    import
}

fn import(store: &Store<Rc<Key>>, import: Import, options: impl Into<ImportOptions>) -> ImportReport {
    store.change(|vault| vault.import(import, options)).unwrap().answer
}

/// The id and the action of each credential, with the error of those that failed.
fn told(report: &ImportReport) -> Vec<(String, Result<ImportAction, String>)> {
    let told = report.results().map(|result| {
        let outcome = result.outcome.as_ref().map(|outcome| outcome.action).map_err(ToString::to_string);
        (result.id.clone().unwrap(), outcome)
    });
    told.collect()
}

fn done(ids: &[&str], action: ImportAction) -> Vec<(String, Result<ImportAction, String>)> {
    ids.iter().map(|id| ((*id).to_owned(), Ok(action))).collect()
}

fn ids(store: &Store<Rc<Key>>) -> Vec<String> {
    let mut ids = Vec::new();
    store.read().unwrap().heads(|head| ids.push(head.id)).unwrap();
    ids
}

fn password(store: &Store<Rc<Key>>, id: &str) -> String {
    let stored = store.read().unwrap().find(id).unwrap().unwrap();
    stored.secret("password").unwrap().plain().unwrap().expose().to_owned()
}

fn resident<R: Resident>(members: &[(&str, Value)]) -> R {
    let members = members.iter().map(|(name, value)| ((*name).to_owned(), value.clone()));
    R::read(members.collect::<Object>()).unwrap()
}

fn refer(credential: &str) -> Reference {
    resident(&[("resourceRef", Value::text("/servers/s1")), ("credential", Value::text(credential))])
}

const ADA: [&str; 4] = ["Mail", "ada", "pw-a", "codes"];

#[test]
fn a_login_and_its_extra_come_in_together_or_not_at_all() {
    let (store, _folder) = new_vault().unwrap();
    let report = import(&store, read(&[ADA]), OnConflict::Fail);
    assert_eq!(told(&report), done(&["Mail", "Mail-extra"], ImportAction::Created));
    assert_eq!((report.summary.total, report.summary.failed), (2, 0));
    // an extra that cannot come in keeps the login out
    let mut broken = read(&[["News", "ada", "pw", "codes"], ["Shop", "ada", "pw", ""]]);
    let extra = &mut broken.items[0].beside[0];
    extra.incoming.as_mut().unwrap().draft.members.insert("throttlePolicy", true);
    let report = import(&store, broken, OnConflict::Fail);
    let [login, extra, shop] = &report.results().collect::<Vec<_>>()[..] else { panic!("{report:?}") };
    assert!(matches!(&login.outcome, Err(Error::Beside { id, .. }) if id == "News-extra"), "{login:?}");
    assert!(matches!(&extra.outcome, Err(Error::LoginNotImported { login }) if login == "News"), "{extra:?}");
    assert_eq!(shop.outcome.as_ref().unwrap().action, ImportAction::Created);
    assert!(!report.summary.all_failed() && !report.summary.is_discarded);
    assert_eq!(ids(&store), ["Mail", "Mail-extra", "Shop"]);
}

#[test]
fn a_conflict_fails_skips_or_replaces() {
    let (store, _folder) = new_vault().unwrap();
    import(&store, read(&[ADA]), OnConflict::Fail);
    let again = || read(&[["Mail", "ada", "new", "codes"]]);
    let report = import(&store, again(), OnConflict::Fail);
    let [mail, extra] = &told(&report)[..] else { panic!("{report:?}") };
    assert_eq!(mail.1.as_ref().unwrap_err(), "`Mail` exists already");
    assert_eq!(extra.1.as_ref().unwrap_err(), "belongs to Mail, which was not imported");
    let report = import(&store, again(), OnConflict::Skip);
    assert_eq!(told(&report), done(&["Mail", "Mail-extra"], ImportAction::Skipped));
    assert_eq!(password(&store, "Mail"), "pw-a");
    store
        .change(|vault| {
            let description = Draft::from_texts(login(), [("description", "of ada")]);
            vault.patch("Mail", description, None)
        })
        .unwrap();
    let report = import(&store, again(), OnConflict::Replace);
    assert_eq!(told(&report), done(&["Mail", "Mail-extra"], ImportAction::Replaced));
    assert_eq!(*report.items[0].results[0].outcome.as_ref().unwrap().removed, ["description".to_owned()]);
    assert_eq!(password(&store, "Mail"), "new");
}

#[test]
fn what_belonged_to_a_replaced_login_becomes_stale() {
    let (store, _folder) = new_vault().unwrap();
    import(&store, read(&[ADA]), OnConflict::Fail);
    store.change(|vault| vault.refer(refer("Mail-extra"))).unwrap();
    let bare = || read(&[["Mail", "ada", "pw-a", ""]]);
    // a login that stays keeps what belongs to it
    assert!(import(&store, bare(), OnConflict::Skip).items[0].deleted.is_empty());
    let report = import(&store, bare(), OnConflict::Replace);
    assert_eq!(told(&report), done(&["Mail"], ImportAction::Replaced));
    assert_eq!(report.items[0].deleted, ["Mail-extra"]);
    assert_eq!(ids(&store), ["Mail"]);
    assert_eq!(store.read().unwrap().residents::<Reference>().unwrap(), []);
}

#[test]
fn an_entry_that_may_be_several_credentials_changes_none() {
    let (store, _folder) = new_vault().unwrap();
    let keepass = |rows: &str| {
        let text = format!("Group,Title,Username,Password,URL,Notes\n{rows}");
        ImportFormat::recognise(&text).unwrap().read(&text, &ImportFacts::default()).unwrap()
    };
    import(&store, keepass("prod,db,root,p1,,\ntest,db,root,t1,,\n"), OnConflict::Fail);
    let third = || keepass("other,db,root,new,,\n");
    let report = import(&store, third(), OnConflict::Replace);
    let error = report.results().next().unwrap().outcome.as_ref().unwrap_err();
    assert!(matches!(error, Error::AmbiguousEntry { ids } if *ids == ["db", "db-2"]), "{error:?}");
    let report = import(&store, third(), OnConflict::Fail);
    let error = report.results().next().unwrap().outcome.as_ref().unwrap_err();
    assert!(matches!(error, Error::Exists { id } if id == "db"), "{error:?}");
    import(&store, third(), OnConflict::Skip);
    assert_eq!((password(&store, "db"), password(&store, "db-2")), ("p1".to_owned(), "t1".to_owned()));
}

#[test]
fn an_entry_of_another_user_is_no_conflict() {
    let (store, _folder) = new_vault().unwrap();
    store.change(|vault| vault.add(login(), db())).unwrap();
    let report = import(&store, read(&[["db", "ada", "pw", ""]]), OnConflict::Replace);
    assert_eq!(told(&report), done(&["db-2"], ImportAction::Created));
    assert!(report.summary.notices[0].starts_with("db-2 is a new entry"), "{report:?}");
    assert_eq!(password(&store, "db"), "hunter2");
}

#[test]
fn an_atomic_import_and_one_that_fails_whole_change_nothing() {
    let (store, _folder) = new_vault().unwrap();
    import(&store, read(&[ADA]), OnConflict::Fail);
    let policy: Policy = resident(&[
        ("id", Value::text("p")),
        ("description", Value::text("five a day")),
        ("type", Value::text("throttle")),
        ("period", Value::text("day")),
        ("value", Value::from(5_u64)),
    ]);
    let with_policy = |rows: &[[&str; 4]]| Import { policies: vec![policy.clone()], ..read(rows) };
    let discarded = |ImportSummary { is_discarded, .. }: &ImportSummary| *is_discarded;
    let new = ["Shop", "ada", "pw", ""];
    // all fail
    let report = import(&store, with_policy(&[ADA]), OnConflict::Fail);
    assert!(report.summary.all_failed() && discarded(&report.summary));
    // one fails
    let atomic = ImportOptions { atomic: true, ..ImportOptions::default() };
    let report = import(&store, with_policy(&[ADA, new]), atomic);
    assert!(!report.summary.all_failed() && discarded(&report.summary));
    assert_eq!(store.read().unwrap().residents::<Policy>().unwrap(), []);
    assert_eq!(ids(&store), ["Mail", "Mail-extra"]);
    // none fails
    let atomic = ImportOptions { on_conflict: OnConflict::Skip, ..atomic };
    let report = import(&store, with_policy(&[ADA, new]), atomic);
    assert!(!discarded(&report.summary));
    assert_eq!(store.read().unwrap().residents::<Policy>().unwrap(), [policy]);
    assert_eq!(ids(&store), ["Mail", "Mail-extra", "Shop"]);
}

#[test]
fn references_come_in_with_their_credentials_alone() {
    let (store, _folder) = new_vault().unwrap();
    let with_references = |options: OnConflict| {
        let references = vec![refer("Mail"), refer("elsewhere")];
        import(&store, Import { references, ..read(&[ADA, ["Shop", "ada", "pw", ""]]) }, options)
    };
    let ImportSummary { references, left_out, .. } = with_references(OnConflict::Fail).summary;
    assert_eq!(references.iter().map(|one| one.action).collect::<Vec<_>>(), [ResidentAction::Added]);
    assert_eq!(left_out, [refer("elsewhere")]);
    // the same references again are no news
    assert_eq!(with_references(OnConflict::Skip).summary.references, []);
    assert_eq!(store.read().unwrap().residents::<Reference>().unwrap(), [refer("Mail")]);
}
