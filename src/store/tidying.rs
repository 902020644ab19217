//! Values that earlier imports kept in a key store beside a login, put into the fields of the login. The key
//! store is deleted once the login has all of it, and kept if anything would be lost.

use std::collections::BTreeMap;

use super::error::Error;
use super::scope::Scope;
use super::transaction::Transaction;
use super::variable_references::VariableReferences;
use crate::base64;
use crate::credential::{Credential, Draft, Head, LOGIN, is_seed_name, own_item};
use crate::kind::rule::{Rule, text, url};
use crate::kind::{CUSTOM, NOTES, Shape, TOTP, URL};
use crate::secret::Secret;
use crate::site::is_url;
use crate::text::compose;
use crate::value::{Object, Value};
use crate::vault::Vault;

/// The type that earlier imports gave to what a login had no place for.
const TWIN: &str = "generic";
/// The part of its id behind that of the login.
const SUFFIX: &str = "-extra";

/// A key store beside a login, and what becomes of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fold {
    /// The id of the key store.
    pub id: String,
    /// The id of the login.
    pub login: String,
    /// The fields of the login that get its values, or the reason why it stays.
    pub moved: Result<Vec<String>, String>,
}

impl Scope {
    /// Finds the key stores that earlier imports put beside logins, and says what would become of each.
    ///
    /// # Errors
    /// Fails if the vault cannot be read.
    pub fn folds(&self, vault: &mut Vault) -> Result<Vec<Fold>, Error> {
        let twins = self.twins(vault)?;
        let references = self.references_from_variables(vault, &twins)?;
        let fold = |(twin, login): (Head, String)| Ok(self.fold(vault, &references, twin, login)?.0);
        twins.into_iter().map(fold).collect()
    }

    /// Returns the heads of these key stores, each with the login that it names.
    fn twins(&self, vault: &mut Vault) -> Result<Vec<(Head, String)>, Error> {
        let heads = vault.find_tagged(LOGIN, |head| self.sees(head) && login_of(head).is_some())?;
        let with_login = |head: Head| {
            let login = login_of(&head)?.to_owned();
            Some((head, login))
        };
        Ok(heads.into_iter().filter_map(with_login).collect())
    }

    /// Returns the references in variables, if there are any key stores that these may name.
    fn references_from_variables(
        &self,
        vault: &mut Vault,
        twins: &[(Head, String)],
    ) -> Result<VariableReferences, Error> {
        if twins.is_empty() {
            Ok(VariableReferences::default())
        } else {
            VariableReferences::read(self, vault)
        }
    }

    /// Returns what becomes of a key store, with the change of the login.
    fn fold(
        &self,
        vault: &mut Vault,
        references: &VariableReferences,
        twin: Head,
        login: String,
    ) -> Result<(Fold, Draft), Error> {
        let (moved, draft) = match self.folded(vault, references, &twin, &login)? {
            Ok((moved, draft)) => (Ok(moved), draft),
            Err(reason) => (Err(reason), Draft::default()),
        };
        Ok((Fold { id: twin.id, login, moved }, draft))
    }

    /// Returns the fields that change with the change itself, or the reason why a key store stays.
    fn folded(
        &self,
        vault: &mut Vault,
        references: &VariableReferences,
        twin: &Head,
        login: &str,
    ) -> Result<FoldOutcome, Error> {
        let (Some(whole), Some(login)) = (vault.find(&twin.id)?, vault.find(login)?) else {
            return Ok(Err(format!("there is no login {login}")));
        };
        if !self.owns(twin) || !self.owns(login.head()) {
            return Ok(Err("cannot be changed from this project".to_owned()));
        }
        if !vault.references_to(&twin.id)?.is_empty() {
            return Ok(Err("is used by references".to_owned()));
        }
        // the values get other names in the login, so the references cannot follow by themselves
        let deleted = BTreeMap::from([(twin.id.clone(), twin.envelope.name.clone())]);
        if let Some(by) = references.dangling(vault, &deleted)?.first() {
            return Ok(Err(format!("is named by references in {by}")));
        }
        Ok(match own_member(twin, login.head()) {
            Some(reason) => Err(reason),
            None => FoldedFields::of(&login).take_all(&whole),
        })
    }
}

impl Transaction<'_> {
    /// Puts the values of the key stores that earlier imports made beside logins into the logins, and deletes the
    /// key stores. One of which anything would be lost stays.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/doc/store.rs"));
    /// # fn main() -> Result<(), Failure> {
    /// # let (store, _folder) = new_vault()?;
    /// use credctl::value::{Object, Value};
    ///
    /// # store.change(|vault| vault.add(login(), db()))?;
    /// let generic = credctl::kind::find("generic").ok_or("a type")?.kind;
    /// let twin = Object::from_iter([
    ///     ("id", Value::text("db-extra")),
    ///     ("tags", Object::from_iter([("login", Value::text("db"))]).into()),
    ///     ("keyStore", Object::from_iter([("PIN", Value::text("MTIzNA=="))]).into()),
    /// ]);
    /// store.change(|vault| vault.add(generic, Draft::from_members(generic, twin)))?;
    ///
    /// let folds = store.change(|vault| vault.tidy())?.answer;
    /// assert_eq!(folds[0].moved, Ok(vec!["custom.PIN".to_owned()]));
    /// let login = store.read()?.find("db")?.ok_or("still there")?;
    /// assert_eq!(login.secret_names(), ["password", "custom.PIN"]);
    /// assert!(!store.read()?.contains("db-extra")?);
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    /// Fails if the vault cannot be read. The reasons why single ones stay are in the results.
    pub fn tidy(&mut self) -> Result<Vec<Fold>, Error> {
        let scope = self.terms().scope.clone();
        let (mut folds, mut done) = (Vec::new(), Vec::new());
        let twins = scope.twins(self)?;
        let references = scope.references_from_variables(self, &twins)?;
        for (twin, login) in twins {
            // after the change before, because two may belong to one login
            let (mut fold, draft) = scope.fold(self, &references, twin, login)?;
            if fold.moved.is_ok() && !draft.is_empty() {
                match self.patch(&fold.login, draft, None) {
                    Ok(_) => {}
                    // a login that today's rules refuse stays as it is
                    Err(Error::Change(error)) => fold.moved = Err(error.to_string()),
                    Err(error) => return Err(error),
                }
            }
            if fold.moved.is_ok() {
                done.push(fold.id.clone());
            }
            folds.push(fold);
        }
        self.delete(done.iter().map(String::as_str))?;
        Ok(folds)
    }
}

/// The fields of a login that change, with the change; or the reason why nothing does.
type FoldOutcome = Result<(Vec<String>, Draft), String>;

/// Returns the login that a key store of an earlier import names.
fn login_of(head: &Head) -> Option<&str> {
    let login = head.envelope.tags.get(LOGIN)?.as_text()?.expose();
    let number = head.id.strip_prefix(login)?.strip_prefix(SUFFIX)?;
    let is_number = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let is_made = number.is_empty() || number.strip_prefix('-').is_some_and(is_number);
    (head.kind.name == TWIN && is_made).then_some(login)
}

/// Returns the reason why a key store stays that has a member of its own, which the login has not.
fn own_member(twin: &Head, login: &Head) -> Option<String> {
    if login.kind.field(NOTES).is_none() || login.kind.field(TOTP).is_none() {
        return Some(format!("{} is no login", login.id));
    }
    if !twin.envelope.access.is_empty() {
        return Some("has grants".to_owned());
    }
    let (own, others) = (twin.members(), login.members());
    let own = own.iter().find(|(name, value)| match *name {
        "name" => twin.envelope.name != twin.id && twin.envelope.name != login.envelope.name,
        "tags" => twin.envelope.tags.iter().any(|(name, _)| name != LOGIN),
        "labels" => twin.envelope.labels.iter().any(|label| !login.envelope.labels.contains(label)),
        name => others.get(name) != Some(value),
    });
    own.map(|(name, _)| format!("has {name} of its own"))
}

/// The fields of a login while the values of a key store come into them.
struct FoldedFields<'a> {
    login: &'a Credential,
    urls: Vec<Value>,
    own: Vec<Value>,
    draft: Draft,
    moved: Vec<String>,
}

impl<'a> FoldedFields<'a> {
    fn of(login: &'a Credential) -> Self {
        let list =
            |name: &str| login.fields().get(name).and_then(Value::as_list).unwrap_or_default().to_vec();
        Self { login, urls: list(URL), own: list(CUSTOM), draft: Draft::default(), moved: Vec::new() }
    }

    /// Takes every value of a key store, or none.
    fn take_all(mut self, twin: &Credential) -> FoldOutcome {
        if !twin.attachments().is_empty() {
            return Err("has attachments".to_owned());
        }
        let nothing = Object::new();
        for (name, value) in twin.entries().unwrap_or(&nothing).iter() {
            let plain = value.as_text().and_then(|text| base64::decode(text.expose()).ok());
            let plain = plain.and_then(|mut bytes| Secret::from_utf8(std::mem::take(&mut *bytes)).ok());
            self.take(name, plain.ok_or_else(|| format!("{name} is no text"))?)?;
        }
        for field in twin.own_fields() {
            self.take_own(field.name, field.value.clone(), field.is_secret)?;
        }
        for (name, items) in [(URL, self.urls), (CUSTOM, self.own)] {
            if self.login.fields().get(name).and_then(Value::as_list).unwrap_or_default() != items {
                self.draft.members.insert(name, Value::List(items));
            }
        }
        Ok((self.moved, self.draft))
    }

    fn take(&mut self, name: &str, value: Secret) -> Result<(), String> {
        let field = match name {
            "notes" => Some(NOTES),
            name if is_seed_name(name) => Some(TOTP),
            _ => None,
        };
        match field {
            Some(field) if self.fits(field, &value) => self.take_field(field, value),
            None if is_url(name) && accepts(&url::ADDRESS, &value) => {
                let value = Value::Text(value);
                if !self.urls.contains(&value) {
                    self.urls.push(value);
                }
                self.tell(URL.to_owned());
                Ok(())
            }
            _ => self.take_own(name, Value::Text(value), true),
        }
    }

    /// Returns true if the field is free for a value, which its rule accepts.
    fn fits(&self, field: &str, value: &Secret) -> bool {
        let is_taken = self.draft.members.get(field).is_some();
        let field = self.login.kind().field(field);
        !is_taken
            && field.is_some_and(|field| match field.shape {
                Shape::Line(rule) | Shape::Text(rule) => accepts(rule, value),
                _ => false,
            })
    }

    fn take_field(&mut self, field: &'static str, value: Secret) -> Result<(), String> {
        let value = Value::Text(value);
        match self.login.fields().get(field) {
            Some(stored) if *stored == value => {}
            Some(_) => return Err(format!("{field} of {} is another one", self.login.id())),
            None => drop(self.draft.members.insert(field, value)),
        }
        self.tell(field.to_owned());
        Ok(())
    }

    fn take_own(&mut self, name: &str, value: Value, is_secret: bool) -> Result<(), String> {
        let name = compose(name);
        if (text::NAME.check)(&name).is_err() {
            return Err("has a value whose name no own field can have".to_owned());
        }
        let path = format!("{CUSTOM}.{name}");
        match self.own.iter().find(|item| item.text_at(&["name"]) == Some(&*name)) {
            Some(item) if item.at(&["value"]) == Some(&value) => {}
            Some(_) => return Err(format!("{path} of {} is another one", self.login.id())),
            None => self.own.push(own_item(&name, value, is_secret)),
        }
        self.tell(path);
        Ok(())
    }

    fn tell(&mut self, path: String) {
        if !self.moved.contains(&path) {
            self.moved.push(path);
        }
    }
}

fn accepts(rule: &Rule, value: &Secret) -> bool {
    (rule.check)(value.expose()).is_ok()
}
