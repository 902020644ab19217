//! The rules for what leaves a vault: what an export takes along, what a project selects, and the secrets of
//! credentials that must not be used now.

use credctl::credential::State;
use credctl::query::Filter;
use credctl::secret::Secret;
use credctl::store::{
    Chosen, Conditions, Error, ExportSelection, ResidentError, ResolvedField, Resolver, Scope, Transaction,
    ValueError, ValuePath, ValueReader,
};
use credctl::value::{Object, Value};
use credctl::vault::{Policy, Reference, Resident, User};

include!("../../doc/store.rs");

const USER: &str = "6b1551db-b7fa-473d-a05c-43524badb11b";

fn read<R: Resident>(members: &[(&str, Value)]) -> R {
    let members = members.iter().map(|(name, value)| ((*name).to_owned(), value.clone()));
    R::read(members.collect::<Object>()).unwrap()
}

fn terms(project: &str) -> Terms {
    let scope = Scope { project: project.to_owned(), ..Scope::default() };
    Terms { scope, ..Terms::new(Uuid::nil(), DateTime::UNIX_EPOCH) }
}

fn add(vault: &mut Transaction<'_>, id: &str, more: &[(&str, Value)]) -> Result<(), Error> {
    let mut draft = db();
    for (name, value) in [("id", Value::text(id))].into_iter().chain(more.iter().cloned()) {
        draft.members.insert(name, value);
    }
    vault.add(login(), draft).map(drop)
}

/// A vault with logins of two projects, one of them disabled, and with what they depend on.
fn vault() -> (Store<Rc<Key>>, tempfile::TempDir) {
    let (store, folder) = new_vault().unwrap();
    let policy = |id: &str| -> Policy {
        read(&[
            ("id", Value::text(id)),
            ("description", Value::text("five a day")),
            ("type", Value::text("throttle")),
            ("period", Value::text("day")),
            ("value", Value::from(5_u64)),
        ])
    };
    let user = |id: &str| -> User {
        read(&[
            ("id", Value::text(id)),
            ("authProvider", Value::text("local")),
            ("email", Value::text("ada@example.org")),
        ])
    };
    let reference = |id: &str| -> Reference {
        read(&[("resourceRef", Value::text(format!("/servers/{id}"))), ("credential", Value::text(id))])
    };
    let hash = credctl::kind::find("passwordHash").unwrap().kind;
    let entries = [("cleartext", "UEBzc3cwcmQhMjAyNg=="), ("change", "ZmFsc2U=")];
    let entries = Object::from_iter(entries.map(|(name, text)| (name, Value::text(text))));
    let members = [("id", Value::text("ada")), ("name", Value::text(USER)), ("keyStore", entries.into())];
    let change = store.change(|vault| {
        vault.add_policy(policy("p"))?;
        vault.add_policy(policy("q"))?;
        vault.add_user(user(USER))?;
        vault.add_user(user("0b1551db-b7fa-473d-a05c-43524badb11b"))?;
        add(vault, "db", &[("throttlePolicy", Value::text("p"))])?;
        add(vault, "lost", &[("throttlePolicy", Value::text("gone"))])?;
        add(vault, "off", &[("enabled", Value::Bool(false))])?;
        add(vault, "web", &[])?;
        vault.move_to("web", "payments")?;
        vault.add(hash, Draft::from_members(hash, Object::from_iter(members)))?;
        vault.refer(reference("db"))?;
        vault.refer(reference("web"))
    });
    change.unwrap();
    (store, folder)
}

fn words(words: &[&str]) -> ExportSelection {
    let words = words.iter().map(|word| (*word).to_owned()).collect();
    ExportSelection { credentials: Chosen::Words(words), policies: Vec::new(), only_usable: true }
}

#[test]
fn an_export_takes_along_what_the_credentials_depend_on() {
    let (store, _folder) = vault();
    let mut vault = store.read().unwrap();
    let exported = terms("admin").export(&mut vault, &words(&["web", "db", "nothing", "db"])).unwrap();
    let data = exported.data();
    assert_eq!(
        data.credentials.iter().map(|one| one.unwrap().id().to_owned()).collect::<Vec<_>>(),
        ["web", "db"]
    );
    assert_eq!(data.policies.iter().map(|policy| &policy.id).collect::<Vec<_>>(), ["p"]);
    assert_eq!(data.references.len(), 2);
    assert!(data.users.is_empty());
    assert_eq!(exported.missing, ["nothing"]);
    assert!(exported.unresolved.is_empty());
    let exported = terms("admin").export(&mut vault, &words(&["ada", "lost"])).unwrap();
    assert_eq!(exported.users.iter().map(|user| &user.id).collect::<Vec<_>>(), [USER]);
    assert_eq!(exported.unresolved, ["gone"]);
    assert!(exported.policies.is_empty() && exported.references.is_empty());
    // policies by themselves
    let wanted = |id: &str| ExportSelection {
        credentials: Chosen::Nothing,
        policies: vec![id.to_owned()],
        only_usable: true,
    };
    let exported = terms("admin").export(&mut vault, &wanted("q")).unwrap();
    assert_eq!((exported.credentials.len(), exported.policies.len()), (0, 1));
    let refused = terms("admin").export(&mut vault, &wanted("gone")).unwrap_err();
    assert!(matches!(refused, Error::Resident(ResidentError::NoPolicy { id }) if id == "gone"));
}

#[test]
fn an_export_without_any_of_the_credentials_is_refused() {
    let (store, _folder) = vault();
    let mut vault = store.read().unwrap();
    let refused = terms("admin").export(&mut vault, &words(&["x", "y"])).unwrap_err();
    assert!(matches!(refused, Error::NotFound { id, .. } if id == "x"));
    let filter = Some(Filter::parse("name eq 'x'").unwrap());
    let matching = Chosen::Matching(Conditions { filter, ..Conditions::default() });
    let wanted = ExportSelection { credentials: matching, ..words(&[]) };
    assert!(matches!(terms("admin").export(&mut vault, &wanted), Err(Error::NoneSelected)));
}

#[test]
fn what_must_not_be_used_now_leaves_the_vault_only_on_purpose() {
    let (store, _folder) = vault();
    let mut vault = store.read().unwrap();
    let everything = ExportSelection { credentials: Chosen::Everything, ..words(&[]) };
    let refused = terms("admin").export(&mut vault, &everything).unwrap_err();
    assert!(matches!(refused, Error::UnusableExport { ids } if ids == ["off"]));
    let exported = terms("admin").export(&mut vault, &ExportSelection { only_usable: false, ..everything });
    assert_eq!(exported.unwrap().credentials.len(), 5);
    let terms = terms("admin");
    let (reader, forced) = (ValueReader::new(&terms, false), ValueReader::new(&terms, true));
    let path = |text: &str| ValuePath::parse(text).unwrap();
    let refused = reader.fetch(&mut vault, &path("off/password")).unwrap_err();
    let disabled = ValueError::Unusable { id: "off".to_owned(), state: State::Disabled };
    assert!(matches!(refused, Error::Value(error) if error == disabled));
    assert_eq!(&*reader.fetch(&mut vault, &path("off/username")).unwrap(), b"app");
    assert_eq!(&*forced.fetch(&mut vault, &path("off/password")).unwrap(), b"hunter2");
    assert_eq!(&*reader.fetch(&mut vault, &path("db/throttlePolicy")).unwrap(), b"p");
    for (text, reason) in [
        ("db/colour", "UsernamePassword has no field colour"),
        ("db/description", "description of db is not set"),
        ("x/password", "there is no credential `x`"),
    ] {
        assert_eq!(reader.fetch(&mut vault, &path(text)).unwrap_err().to_string(), reason);
    }
}

#[test]
fn a_template_is_filled_whole_or_fails_with_the_line() {
    let (store, _folder) = vault();
    let mut vault = store.read().unwrap();
    let terms = terms("admin");
    let mut resolver = Resolver::new(&terms, false, &mut vault);
    let filled = resolver.template("a={{ cred://db/password }}\nb=cred://db/username;").unwrap();
    let written = |filled: &credctl::store::Filled<'_>| {
        let mut out = Vec::new();
        filled.write(&mut out).unwrap();
        assert_eq!(out.len(), filled.len());
        String::from_utf8(out).unwrap()
    };
    assert_eq!(written(&filled), "a=hunter2\nb=app;");
    for (text, reason) in [
        ("\n\n${cred://off/password}", "line 3 of the template: off is disabled"),
        ("{{ cred://db/password", "the braces around the reference are not closed by `}}`"),
        ("cred://db", "a reference needs an id and a field"),
    ] {
        let error = resolver.template(text).unwrap_err();
        assert!(matches!(error, Error::Unresolved { line: Some(_), .. }));
        assert!(error.to_string().ends_with(reason), "{error}");
    }
    let value = resolver.value("x{{cred://db/password}}").unwrap();
    assert_eq!(written(&value), "xhunter2");
    assert_eq!(
        value.fields().filter_map(ResolvedField::to_secret).collect::<Vec<_>>(),
        [Secret::from("hunter2")]
    );
    let error = resolver.value("xcred://db/password").unwrap_err();
    assert_eq!(error.to_string(), "a reference inside a text needs braces");
}

#[test]
fn a_project_selects_its_own_and_names_what_it_sees() {
    let (store, _folder) = vault();
    let mut vault = store.read().unwrap();
    let (payments, other) = (terms("payments"), terms("other"));
    let everything = ExportSelection { credentials: Chosen::Everything, ..words(&[]) };
    let ids = |terms: &Terms, vault: &mut _, wanted: &ExportSelection| -> Vec<String> {
        let exported = terms.export(vault, wanted).unwrap();
        exported.data().credentials.iter().map(|one| one.unwrap().id().to_owned()).collect()
    };
    assert_eq!(ids(&payments, &mut vault, &everything), ["web"]);
    assert_eq!(ids(&other, &mut vault, &everything), [""; 0]);
    // global credentials are seen, those of other projects are not
    assert_eq!(ids(&payments, &mut vault, &words(&["db", "web"])), ["db", "web"]);
    assert_eq!(other.export(&mut vault, &words(&["db", "web"])).unwrap().missing, ["web"]);
    assert_eq!(Conditions::default().ids(&payments, &mut vault).unwrap(), ["web"]);
    assert!(matches!(Conditions::default().ids(&other, &mut vault), Err(Error::NoneSelected)));
    let projects = |terms: &Terms, vault: &mut _| -> Vec<(String, u64)> {
        terms.scope.projects(vault).unwrap().into_iter().collect()
    };
    let named = |name: &str, count| (name.to_owned(), count);
    assert_eq!(projects(&payments, &mut vault), [named("admin", 4), named("payments", 1)]);
    assert_eq!(projects(&other, &mut vault), [named("admin", 4)]);
}
