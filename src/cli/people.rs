//! The names of people whom records know by their UUIDs.

use std::collections::HashMap;

use credctl::vault::{User, Vault};

use super::context::Settings;
use super::error::Error;

/// The people that the vault knows, and the operator of this run.
pub struct People {
    names: HashMap<String, String>,
    own: String,
}

impl People {
    /// Reads the users of a vault.
    pub fn read(settings: &Settings, vault: &mut Vault) -> Result<Self, Error> {
        let name = |user: &User| user.full_name().unwrap_or_else(|| user.email.clone());
        let users = vault.residents::<User>()?;
        let names = users.iter().map(|user| (user.id.to_ascii_lowercase(), name(user))).collect();
        Ok(Self { names, own: settings.act().actor.to_string() })
    }

    /// Returns the name of a person, or the start of the UUID if nobody knows more, for tables.
    pub fn short(&self, id: &str) -> String {
        match self.names.get(&id.to_ascii_lowercase()) {
            Some(name) => name.clone(),
            None if id.eq_ignore_ascii_case(&self.own) => "you".to_owned(),
            None => id.split('-').next().unwrap_or(id).to_owned(),
        }
    }

    /// Returns the UUID of a person with the name behind it, if the vault knows it.
    pub fn full(&self, id: &str) -> String {
        match self.names.get(&id.to_ascii_lowercase()) {
            Some(name) => format!("{id} ({name})"),
            None if id.eq_ignore_ascii_case(&self.own) => format!("{id} (you)"),
            None => id.to_owned(),
        }
    }

    /// Returns the name of a person, if the vault knows it.
    pub fn name(&self, id: &str) -> Option<&str> {
        self.names.get(&id.to_ascii_lowercase()).map(String::as_str)
    }
}
