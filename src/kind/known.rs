//! The types that are known where a vault is open: the built-in ones, and its own.

use std::sync::Arc;

use super::catalogue::{KINDS, Named, find};
use super::definition::{Kind, TypeOrigin};

/// The built-in types, and the own types of one vault. Without a vault, there are the built-in types only.
#[derive(Debug, Clone, Default)]
pub struct KnownTypes {
    own: Option<Arc<[&'static Kind]>>,
}

impl KnownTypes {
    /// Makes the types of a vault.
    #[must_use]
    pub fn new(own: Vec<&'static Kind>) -> Self {
        Self { own: (!own.is_empty()).then(|| own.into()) }
    }

    /// Returns the own types, removed ones among them.
    #[must_use]
    pub fn own(&self) -> &[&'static Kind] {
        self.own.as_deref().unwrap_or_default()
    }

    /// Returns every type that a new credential can have, the built-in ones first.
    pub fn all(&self) -> impl Iterator<Item = &'static Kind> {
        let own = self.own().iter().copied();
        KINDS.iter().chain(own.filter(|kind| kind.origin != TypeOrigin::Removed))
    }

    /// Returns every type that a stored credential can have, the built-in ones first.
    pub fn stored(&self) -> impl Iterator<Item = &'static Kind> {
        KINDS.iter().chain(self.own().iter().copied())
    }

    /// Finds a type by its name, an alias, or either behind a system's prefix, in any letter case.
    #[must_use]
    pub fn find(&self, name: &str) -> Option<Named> {
        find(name).or_else(|| self.find_own(name).map(|kind| Named { kind, connector_type: None }))
    }

    fn find_own(&self, name: &str) -> Option<&'static Kind> {
        let is_called = |kind: &&'static Kind| kind.is_called(name) || kind.short.eq_ignore_ascii_case(name);
        self.own().iter().copied().find(is_called)
    }

    /// Returns the type with its definition, if the vault has one for a type that was read without.
    #[must_use]
    pub fn resolve(&self, kind: &'static Kind) -> &'static Kind {
        match kind.origin {
            TypeOrigin::BuiltIn => kind,
            _ => self
                .own()
                .iter()
                .copied()
                .find(|own| own.name == kind.name)
                .or_else(|| self.find_own(kind.name))
                .unwrap_or(kind),
        }
    }
}

/// Finds a type that a document names. A name that only a vault's own type can have leads to a type without a
/// definition, until a vault says what it is.
pub(crate) fn documented(name: &str) -> Option<Named> {
    find(name).or_else(|| {
        let kind = super::own::is_type_name(name).then(|| super::own::unknown(name)).flatten()?;
        Some(Named { kind, connector_type: None })
    })
}

/// Returns the type that a record names. It is one without a definition if no built-in type has the name. None
/// if there are too many such types.
pub(crate) fn recorded(name: &str) -> Option<&'static Kind> {
    find(name).map(|named| named.kind).or_else(|| super::own::unknown(name))
}
