//! The names of people and policies that the vault knows, to be shown beside their ids.

use std::collections::HashMap;

use credctl::vault::{self, Policy, PolicyRule, Vault};
use uuid::Uuid;

use crate::cli::people::People;

/// The names of the ids that a credential may have in it, as far as the vault knows them.
#[derive(Debug, Default)]
pub struct Names {
    people: People,
    policies: HashMap<String, String>,
}

impl Names {
    /// Reads the names of a vault. `own` is the operator's UUID.
    ///
    /// # Errors
    /// Fails if the vault cannot be read.
    pub fn read(own: Uuid, vault: &mut Vault) -> Result<Self, vault::Error> {
        let people = People::read(own, vault)?;
        let policies = vault.residents::<Policy>()?.into_iter();
        let policies = policies.map(|policy| (policy.id.clone(), words_of(&policy))).collect();
        Ok(Self { people, policies })
    }

    /// Returns the name of a user with the address, by the user's id.
    pub(super) fn user(&self, id: &str) -> Option<String> {
        self.people.address(id)
    }

    /// Returns the description of a policy, by the policy's id.
    pub(super) fn policy(&self, id: &str) -> Option<String> {
        self.policies.get(id).cloned()
    }
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
