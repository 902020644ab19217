//! The own fields of a whole credential.

use std::collections::HashSet;

use super::own::{OwnField, fields};
use super::whole::Credential;
use crate::kind::CUSTOM;
use crate::text::compose;

impl Credential {
    /// Returns the own fields, in their order.
    pub fn own_fields(&self) -> impl Iterator<Item = OwnField<'_>> {
        fields(self.fields.get(CUSTOM))
    }

    /// Finds the own field of a name, in any Unicode form of it.
    #[must_use]
    pub fn own_field(&self, name: &str) -> Option<OwnField<'_>> {
        let name = compose(name);
        self.own_fields().find(|field| field.name == name)
    }
}

/// Returns the names of own fields that were secret in a version and are public in another.
pub(super) fn opened(old: &Credential, new: &Credential) -> Vec<String> {
    let was_secret: HashSet<&str> =
        old.own_fields().filter(|field| field.is_secret).map(|field| field.name).collect();
    let open = new.own_fields().filter(|field| !field.is_secret && was_secret.contains(field.name));
    open.map(|field| field.path()).collect()
}

#[cfg(test)]
mod tests;
