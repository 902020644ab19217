//! The names of people whom records know by their UUIDs.

use std::collections::HashMap;

use credctl::vault::{self, User, Vault};
use uuid::Uuid;

/// The people that the vault knows, and the operator of this run.
#[derive(Debug, Default)]
pub struct People {
    /// The users by their UUIDs in small letters.
    users: HashMap<String, User>,
    own: String,
}

impl People {
    /// Reads the users of a vault. `own` is the operator's UUID.
    ///
    /// # Errors
    /// Fails if the vault cannot be read.
    pub fn read(own: Uuid, vault: &mut Vault) -> Result<Self, vault::Error> {
        let users = vault.residents::<User>()?.into_iter();
        let users = users.map(|user| (user.id.to_ascii_lowercase(), user)).collect();
        Ok(Self { users, own: own.to_string() })
    }

    /// Returns the name of a person, or the start of the UUID if nobody knows more, for tables.
    pub fn short(&self, id: &str) -> String {
        match self.name(id) {
            Some(name) => name,
            None if id.eq_ignore_ascii_case(&self.own) => "you".to_owned(),
            None => id.split('-').next().unwrap_or(id).to_owned(),
        }
    }

    /// Returns the UUID of a person with the name behind it, if the vault knows it.
    pub fn full(&self, id: &str) -> String {
        match self.name(id) {
            Some(name) => format!("{id} ({name})"),
            None if id.eq_ignore_ascii_case(&self.own) => format!("{id} (you)"),
            None => id.to_owned(),
        }
    }

    /// Returns the first and last name of a person, or else the e-mail address, if the vault knows the person.
    pub fn name(&self, id: &str) -> Option<String> {
        let user = self.user(id)?;
        Some(user.full_name().unwrap_or_else(|| user.email.clone()))
    }

    /// Returns the name of a person with the e-mail address, if the vault knows the person.
    pub fn address(&self, id: &str) -> Option<String> {
        let user = self.user(id)?;
        Some(user.full_name().map_or_else(|| user.email.clone(), |name| format!("{name} <{}>", user.email)))
    }

    fn user(&self, id: &str) -> Option<&User> {
        self.users.get(&id.to_ascii_lowercase())
    }
}
