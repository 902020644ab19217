//! The names of people and policies that the vault knows, to be shown beside their ids.

use std::collections::HashMap;

use credctl::vault::{self, Policy, PolicyRule, User, Vault};

/// The names of the ids that a credential may have in it, as far as the vault knows them.
#[derive(Debug, Default)]
pub struct Names {
    users: HashMap<String, String>,
    policies: HashMap<String, String>,
}

impl Names {
    /// Reads the names of a vault.
    ///
    /// # Errors
    /// Fails if the vault cannot be read.
    pub fn read(vault: &mut Vault) -> Result<Self, vault::Error> {
        let users = vault.residents::<User>()?.into_iter();
        let policies = vault.residents::<Policy>()?.into_iter();
        Ok(Self {
            users: users.map(|user| (user.id.to_ascii_lowercase(), name_of(&user))).collect(),
            policies: policies.map(|policy| (policy.id.clone(), words_of(&policy))).collect(),
        })
    }

    /// Returns the name of a user, by the user's id.
    pub(super) fn user(&self, id: &str) -> Option<&str> {
        self.users.get(&id.to_ascii_lowercase()).map(String::as_str)
    }

    /// Returns the description of a policy, by the policy's id.
    pub(super) fn policy(&self, id: &str) -> Option<&str> {
        self.policies.get(id).map(String::as_str)
    }
}

/// Returns the first and last name, or else the e-mail address.
fn name_of(user: &User) -> String {
    user.full_name().map_or_else(|| user.email.clone(), |name| format!("{name} <{}>", user.email))
}

fn words_of(policy: &Policy) -> String {
    let rule = match &policy.rule {
        PolicyRule::Throttle { period, value } => {
            format!("{value} calls per {}", period.name().to_lowercase())
        }
        PolicyRule::Route { to } => format!("to {to}"),
    };
    if policy.description.is_empty() { rule } else { format!("{}, {rule}", policy.description) }
}
