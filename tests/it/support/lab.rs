//! The library without the program: making changes, and sealing any text as if it were a vault.

use std::fs::{self, File};
use std::path::Path;

use credctl::credential::{Act, Change, ChangeError, Changed, Credential, Draft, Rules, Violations, change};
use credctl::kind::rule::account::PasswordPolicy;
use credctl::kind::{self, Kind};
use credctl::store::{self, Store, Terms};
use credctl::time;
use credctl::value::{Object, json};
use credctl::vault::{
    Error, Identities, Key, Lockset, Parsed, Plugins, Recipients, Resident as _, Sealed, Sealer,
    Unchecked as _, User, Vault,
};
use serde_json::Value;

use super::samples;

/// Makes changes at a given instant, one after another.
pub struct Lab {
    pub act: Act,
    policy: PasswordPolicy,
    has_store: bool,
}

impl Lab {
    /// At noon of the first day of 2027.
    pub fn new() -> Self {
        let act = Act {
            now: time::parse("2027-01-01T12:00:00Z").unwrap(),
            actor: "6b1551db-b7fa-473d-a05c-43524badb11b".parse().unwrap(),
            actor_name: None,
            project: "admin".to_owned(),
        };
        Self { act, policy: PasswordPolicy::default(), has_store: false }
    }

    /// A lab in which every change goes through a store and comes from its file.
    pub fn with_store() -> Self {
        Self { has_store: true, ..Self::new() }
    }

    pub fn make(&self, change_: &Change<'_>, draft: Draft) -> Result<Changed, ChangeError> {
        match change_ {
            Change::Replace(_, Some(_)) | Change::Merge(_, Some(_)) => {}
            _ if self.has_store => return self.make_in_store(change_, draft),
            _ => {}
        }
        change(change_, draft, &self.act, &Rules { password: &self.policy })
    }

    /// Makes a change in a new store, which has the stored credential and the user of password hashes.
    fn make_in_store(&self, change: &Change<'_>, draft: Draft) -> Result<Changed, ChangeError> {
        let folder = tempfile::tempdir().unwrap();
        let (secret, public) = credctl::vault::generate();
        let text = secret.expose().as_bytes().to_vec().into();
        let Ok(Parsed::Ready(identities)) = Identities::parse(text, "its own", &Plugins::default()) else {
            panic!("it has no passphrase");
        };
        let mut terms = Terms::new(self.act.actor, self.act.now);
        self.act.project.clone_into(&mut terms.scope.project);
        let store = Store::new(folder.path().join("vault.age"), Key::Identities(identities).keeper(), terms);
        let recipients = Recipients::parse([public], &Plugins::default()).unwrap();
        store.create(&Lockset::Recipients(recipients)).unwrap();
        let user = object(
            &serde_json::json!({"id": samples::USER, "email": "ada@example.org", "authProvider": "local"}),
        );
        let prepared = store.change(|vault| {
            vault.set_residents_unchecked(vec![User::read(user).unwrap()])?;
            if let Change::Replace(stored, _) | Change::Merge(stored, _) = change {
                vault.put_unchecked(stored)?;
            }
            Ok::<_, store::Error>(())
        });
        prepared.unwrap();
        let changed = store.change(|vault| match change {
            Change::Create(kind) => vault.add(kind, draft),
            Change::Replace(stored, _) => vault.replace(stored.id(), draft, None),
            Change::Merge(stored, _) => vault.patch(stored.id(), draft, None),
        });
        let changed = match changed {
            Ok(outcome) => outcome.answer,
            Err(store::Error::Change(error)) => return Err(error),
            Err(other) => panic!("{other}"),
        };
        let kept = store.read().unwrap().find(changed.credential.id()).unwrap();
        assert_eq!(kept.as_ref(), Some(&changed.credential));
        Ok(changed)
    }

    /// Creates a credential of the type that the document names.
    pub fn try_create(&self, document: &Value) -> Result<Changed, ChangeError> {
        let kind = kind_of(document);
        self.make(&Change::Create(kind), draft(kind, document))
    }

    #[track_caller]
    pub fn create(&self, document: &Value) -> Credential {
        self.try_create(document).unwrap().credential
    }

    pub fn replace(&self, stored: &Credential, document: &Value) -> Result<Changed, ChangeError> {
        self.make(&Change::Replace(stored, None), draft(stored.kind(), document))
    }

    /// Replaces and names a type, which may be the promotion of a key store.
    pub fn replace_as(
        &self,
        stored: &Credential,
        kind: &'static Kind,
        document: &Value,
    ) -> Result<Changed, ChangeError> {
        self.make(&Change::Replace(stored, Some(kind)), draft(kind, document))
    }

    pub fn merge(&self, stored: &Credential, document: &Value) -> Result<Changed, ChangeError> {
        self.make(&Change::Merge(stored, None), draft(stored.kind(), document))
    }

    pub fn unset(&self, stored: &Credential, names: &[&str]) -> Result<Changed, ChangeError> {
        let unset = names.iter().map(|name| (*name).to_owned()).collect();
        self.make(&Change::Merge(stored, None), Draft { unset, ..Draft::default() })
    }
}

#[track_caller]
pub fn kind_named(name: &str) -> &'static Kind {
    kind::find(name).unwrap_or_else(|| panic!("no type {name}")).kind
}

#[track_caller]
pub fn kind_of(document: &Value) -> &'static Kind {
    kind_named(document["type"].as_str().unwrap())
}

pub fn object(document: &Value) -> Object {
    match json::parse(document.to_string().as_bytes()).unwrap() {
        credctl::value::Value::Object(object) => object,
        other => panic!("{}", other.shape()),
    }
}

pub fn draft(kind: &Kind, document: &Value) -> Draft {
    Draft::from_members(kind, object(document))
}

/// A tree of the library as one of `serde_json`.
pub fn plain(value: &credctl::value::Value) -> Value {
    let mut text = Vec::new();
    json::write(value, &mut text).unwrap();
    serde_json::from_slice(&text).unwrap()
}

/// The fields of a credential's type.
pub fn fields(credential: &Credential) -> Value {
    plain(&credential.fields().clone().into())
}

/// The envelope of a credential.
pub fn envelope(credential: &Credential) -> Value {
    plain(&credential.head().members().into())
}

/// The names of what is wrong, each once; panics if the change was made or refused for another reason.
#[track_caller]
pub fn wrong(result: Result<Changed, ChangeError>) -> Vec<String> {
    let mut names: Vec<_> = violations(result).iter().map(|violation| violation.name.clone()).collect();
    names.dedup();
    names
}

#[track_caller]
pub fn violations(result: Result<Changed, ChangeError>) -> Violations {
    match result {
        Err(ChangeError::Invalid(violations)) => violations,
        Err(other) => panic!("not invalid, but: {other}"),
        Ok(changed) => panic!("accepted: {}", changed.credential.id()),
    }
}

/// The member that cannot be changed.
#[track_caller]
pub fn conflict(result: Result<Changed, ChangeError>) -> &'static str {
    match result {
        Err(ChangeError::Immutable { field }) => field,
        Err(other) => panic!("no conflict, but: {other}"),
        Ok(changed) => panic!("accepted: {}", changed.credential.id()),
    }
}

/// The identity in a file.
pub fn key(identity: &Path) -> Key {
    let text = fs::read(identity).unwrap();
    match Identities::parse(text.into(), "test", &Plugins::default()).unwrap() {
        Parsed::Ready(identities) => Key::Identities(identities),
        Parsed::Encrypted(_) => panic!("encrypted"),
    }
}

/// What an identity file that the program made says of its recipient.
pub fn recipient(identity: &Path) -> String {
    let text = fs::read_to_string(identity).unwrap();
    text.lines().find_map(|line| line.strip_prefix("# public key: ")).unwrap().to_owned()
}

pub fn lockset(identity: &Path) -> Lockset {
    Lockset::Recipients(Recipients::parse([recipient(identity)], &Plugins::default()).unwrap())
}

/// What is inside of an age file.
pub fn decrypt(vault: &Path, identity: &Path) -> Vec<u8> {
    let sealed = Sealed::inspect(File::open(vault).unwrap()).unwrap();
    let mut plain = sealed.open(&key(identity)).unwrap();
    let length = plain.length();
    plain.range((0, length)).unwrap().to_vec()
}

/// Makes any text an age file for an identity.
pub fn encrypt(text: &[u8], vault: &Path, identity: &Path) {
    encrypt_to(text, vault, &[&recipient(identity)]);
}

/// Makes any text an age file for recipients.
pub fn encrypt_to(text: &[u8], vault: &Path, to: &[&str]) {
    let mut sealed = Vec::new();
    let lockset = Lockset::Recipients(Recipients::parse(to, &Plugins::default()).unwrap());
    let sealer = Sealer::new(&lockset).unwrap();
    sealer.seal(&mut sealed, |out| out.write_all(text).map_err(Error::Write)).unwrap();
    fs::write(vault, sealed).unwrap();
}

/// Opens a vault file.
pub fn open(vault: &Path, identity: &Path) -> Result<Vault, Error> {
    Vault::open(Sealed::inspect(File::open(vault).unwrap())?, &key(identity))
}
