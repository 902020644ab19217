//! The values of a credential one by one, by the names of their fields. A credential that must not be used now
//! gives no secret.

use chrono::{DateTime, Utc};

use super::document::full;
use super::error::Error;
use super::seed::{CODE, StoredSeed};
use super::terms::Terms;
use super::value_error::ValueError;
use super::value_path::ValuePath;
use crate::base64;
use crate::credential::{Credential, FieldPath, State, Target};
use crate::kind::{ENVELOPE, Secrecy, Shape};
use crate::secret::{Buffer, SecretBytes};
use crate::value::{Value, json};
use crate::vault::{Reference, Vault};

/// A reader of values on the terms of a caller.
///
/// ```
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/doc/store.rs"));
/// # fn main() -> Result<(), Failure> {
/// # use credctl::store::{ValuePath, ValueReader};
/// # let (store, _folder) = new_vault()?;
/// # let terms = Terms::new(Uuid::nil(), DateTime::UNIX_EPOCH);
/// store.change(|vault| vault.add(login(), db()))?;
/// let reader = ValueReader::new(&terms, false);
/// let path = ValuePath::parse("cred://db/password")?;
/// assert_eq!(&*reader.fetch(&mut store.read()?, &path)?, b"hunter2");
/// # Ok(())
/// # }
/// ```
#[derive(Debug, Clone, Copy)]
pub struct ValueReader<'a> {
    terms: &'a Terms,
    force: bool,
    /// The instant of the codes of one-time passwords.
    codes_at: DateTime<Utc>,
}

impl<'a> ValueReader<'a> {
    /// Makes a reader. With `force`, it also reads secrets of credentials that must not be used now.
    #[must_use]
    pub fn new(terms: &'a Terms, force: bool) -> Self {
        Self { terms, force, codes_at: terms.now }
    }

    /// Sets the instant of the codes of one-time passwords, where the terms are older than that: the operator may
    /// have been asked for a key meanwhile.
    #[must_use]
    pub fn with_codes_at(self, instant: DateTime<Utc>) -> Self {
        Self { codes_at: instant, ..self }
    }

    /// Fails if a credential is disabled or outside its time of validity, unless the reader has `force`.
    ///
    /// # Errors
    /// [`ValueError::Unusable`].
    pub fn check_usable(&self, credential: &Credential) -> Result<(), Error> {
        match credential.head().state(self.terms.now) {
            State::Ok => Ok(()),
            _ if self.force => Ok(()),
            state => Err(ValueError::Unusable { id: credential.id().to_owned(), state }.into()),
        }
    }

    /// Finds the credential of a path and returns the bytes of its field.
    ///
    /// # Errors
    /// As [`super::Scope::find`] and [`ValueReader::value`].
    pub fn fetch(&self, vault: &mut Vault, path: &ValuePath) -> Result<SecretBytes, Error> {
        let (credential, references) = self.find(vault, path)?;
        self.value(&credential, &references, &path.field)
    }

    /// Finds the credential of a path, and the references to it.
    pub(super) fn find(
        &self,
        vault: &mut Vault,
        path: &ValuePath,
    ) -> Result<(Credential, Vec<Reference>), Error> {
        let credential = self.terms.scope.find(vault, &path.id, true)?;
        let references = vault.references_to(credential.id())?;
        Ok((credential, references))
    }

    /// Returns the exact bytes of one field. Decodes an entry of a key store that is named without
    /// `keyStore.`. The references to the credential are members of it, too. Where nothing else is called `otp`,
    /// that is the current code of a one-time password.
    ///
    /// # Errors
    /// [`Error::Value`].
    pub fn value(
        &self,
        credential: &Credential,
        references: &[Reference],
        name: &str,
    ) -> Result<SecretBytes, Error> {
        let absent = match self.member(credential, references, name) {
            Err(error) if name == CODE && is_absence(&error) => error,
            other => return other,
        };
        let seed = match StoredSeed::find(credential) {
            Err(Error::Value(ValueError::NoSeed { .. })) => return Err(absent),
            other => other?,
        };
        self.check_usable(credential)?;
        Ok(SecretBytes::Text(seed.code(self.codes_at)?))
    }

    fn member(
        &self,
        credential: &Credential,
        references: &[Reference],
        name: &str,
    ) -> Result<SecretBytes, Error> {
        let kind = credential.kind();
        // every name that `get` lists among the secrets, such as `properties.headers[0]`
        if let Some(held) = credential.secret(name) {
            self.check_usable(credential)?;
            return Ok(SecretBytes::Text(held.stored()));
        }
        if let Some(own) = FieldPath::parse(kind, name).own_field() {
            let field = credential.own_field(own).ok_or_else(|| not_set(credential, name))?;
            if field.is_secret {
                self.check_usable(credential)?;
            }
            return Ok(plain(field.value));
        }
        if let Some(fact) = credential.facts().into_iter().find(|fact| fact.name == name) {
            return Ok(SecretBytes::Text(fact.text.into()));
        }
        let own = Target::of(kind, name).filter(|target| kind.field(target.field.name).is_some());
        let Some(target) = own else { return self.of_envelope(credential, references, name) };
        if target.field.secrecy == Secrecy::Sealed {
            return Err(ValueError::Sealed { field: target.field.name }.into());
        }
        if target.is_secret() {
            self.check_usable(credential)?;
        }
        let path: Vec<&str> = target.leaf.iter().map(String::as_str).collect();
        let value = credential.fields().get(target.field.name).and_then(|value| value.at(&path));
        let Some(value) = value else {
            // where a key store has no entry of this name, the envelope may have a member
            let of_envelope = target.entry.is_none() && ENVELOPE.iter().any(|member| member.is_called(name));
            return if of_envelope {
                self.of_envelope(credential, references, name)
            } else {
                Err(not_set(credential, name))
            };
        };
        match value {
            // an entry named by itself is the plain value, as it was assigned
            Value::Text(text)
                if kind.store().is_some() && !name.starts_with("keyStore.") && !target.leaf.is_empty() =>
            {
                base64::decode(text.expose()).map(SecretBytes::Made).map_err(|_| not_set(credential, name))
            }
            value if matches!(target.field.shape, Shape::Several(_)) => Ok(SecretBytes::Made(value.lines())),
            value => Ok(plain(value)),
        }
    }

    fn of_envelope(
        &self,
        credential: &Credential,
        references: &[Reference],
        name: &str,
    ) -> Result<SecretBytes, Error> {
        let path = FieldPath::parse(credential.kind(), name);
        let Some(member) = ENVELOPE.iter().find(|member| path.is_in(member)) else {
            let kind = credential.kind().name;
            return Err(ValueError::NoField { kind, field: name.to_owned() }.into());
        };
        let Terms { scope, now, .. } = self.terms;
        let shown = full(credential, references, &scope.project, *now, false);
        if let Some(label) = path.label() {
            let labels = &credential.head().envelope.labels;
            let label = labels.iter().find(|known| *known.name == *label);
            let label = label.ok_or_else(|| not_set(credential, name))?;
            return Ok(SecretBytes::Text(label.value.clone().into()));
        }
        let value = shown.get(member.name).and_then(|value| value.at(&path.steps()[1..]));
        value.map(plain).ok_or_else(|| not_set(credential, name))
    }
}

/// Returns a text without quotes, and lists and objects as JSON.
fn plain(value: &Value) -> SecretBytes {
    match value {
        Value::Text(text) => SecretBytes::Text(text.clone()),
        other => {
            let mut bytes = Buffer::default();
            drop(json::write(other, &mut bytes));
            SecretBytes::Made(bytes.into_bytes())
        }
    }
}

fn is_absence(error: &Error) -> bool {
    matches!(error, Error::Value(ValueError::NotSet { .. } | ValueError::NoField { .. }))
}

fn not_set(credential: &Credential, name: &str) -> Error {
    ValueError::NotSet { id: credential.id().to_owned(), field: name.to_owned() }.into()
}
