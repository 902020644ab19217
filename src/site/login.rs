//! The user name and password of a credential, whatever its type keeps them in.
//!
//! `UsernamePassword` has neither empty values nor a place for a refresh token, both of which git
//! stores. Such a login is kept in a key store, under the names that git has for its parts.

use crate::base64;
use crate::credential::Credential;
use crate::kind::{ENTRIES, LOGIN_TYPE};
use crate::secret::Secret;
use crate::value::{Object, Value};

const USERNAME: &str = "username";
const PASSWORD: &str = "password";
const REFRESH_TOKEN: &str = "oauth_refresh_token";

/// The user name and password that a program needs to log in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Login {
    /// Name of the user, which may be empty.
    pub username: Secret,
    /// Password or token.
    pub password: Secret,
    /// Token by which a program gets the next password.
    pub refresh_token: Option<Secret>,
}

impl Login {
    /// Returns the login that a credential holds, if it has a user name and a password.
    #[must_use]
    pub fn of(credential: &Credential) -> Option<Self> {
        let fields = credential.fields();
        let is_store = credential.kind().store().is_some();
        let part = |name: &str| {
            if is_store {
                let encoded = credential.entries()?.get(name)?.as_text()?;
                Secret::from_utf8(std::mem::take(&mut *base64::decode(encoded.expose()).ok()?)).ok()
            } else {
                fields.get(name).and_then(Value::as_text).cloned()
            }
        };
        Some(Self {
            username: part(USERNAME)?,
            password: part(PASSWORD)?,
            refresh_token: is_store.then(|| part(REFRESH_TOKEN)).flatten(),
        })
    }

    /// Returns the name of the type that can hold the login.
    #[must_use]
    pub fn type_name(&self) -> &'static str {
        let is_plain = !self.username.is_empty() && !self.password.is_empty() && self.refresh_token.is_none();
        if is_plain { LOGIN_TYPE } else { "generic" }
    }

    /// Returns the login as members of a draft of the type that [`Self::type_name`] names.
    #[must_use]
    pub fn members(&self) -> Object {
        if self.type_name() == LOGIN_TYPE {
            return Object::from_iter([
                (USERNAME, Value::Text(self.username.clone())),
                (PASSWORD, Value::Text(self.password.clone())),
            ]);
        }
        let encoded = |secret: &Secret| Value::Text(base64::encode(secret.expose().as_bytes()));
        let mut store =
            Object::from_iter([(USERNAME, encoded(&self.username)), (PASSWORD, encoded(&self.password))]);
        if let Some(token) = &self.refresh_token {
            store.insert(REFRESH_TOKEN, encoded(token));
        }
        Object::from_iter([(ENTRIES, Value::from(store))])
    }
}
