//! The own types of a vault, read when a record first needs them.

use super::collection::Vault;
use super::error::Error;
use super::resident::TypeRecord;
use super::version::Version;
use super::wire::Section;
use crate::credential::{Credential, Head};
use crate::kind::KnownTypes;

/// The most types of one vault. A hostile vault could fill the memory with them.
pub const MAX_TYPES: usize = 256;

impl Vault {
    /// Returns the types that the vault knows: the built-in ones and its own, as they will be saved.
    ///
    /// # Errors
    /// Fails if the text cannot be read or a record is damaged.
    pub fn types(&mut self) -> Result<KnownTypes, Error> {
        if let Some(types) = &self.types {
            return Ok(types.clone());
        }
        let (begin, end) = self.index.range(Section::Types);
        // the usual vault has none, and then nothing is read
        let has_some = begin < end || self.sections[Section::Types as usize].is_some();
        let records = if has_some { self.residents::<TypeRecord>()? } else { Vec::new() };
        let own = records.iter().take(MAX_TYPES).filter_map(TypeRecord::kind).collect();
        let types = KnownTypes::new(own);
        self.types = Some(types.clone());
        Ok(types)
    }
}

/// A record that names its type.
pub(super) trait Typed: Sized {
    /// Returns the record with the definition of its type, if the vault has one.
    fn typed(self, types: &KnownTypes) -> Self;
}

impl<T: Typed> Typed for Version<T> {
    fn typed(self, types: &KnownTypes) -> Self {
        Self { credential: self.credential.typed(types), ..self }
    }
}

impl Typed for Head {
    fn typed(self, types: &KnownTypes) -> Self {
        Self { kind: types.resolve(self.kind), ..self }
    }
}

impl Typed for Credential {
    fn typed(self, types: &KnownTypes) -> Self {
        Self { head: self.head.typed(types), ..self }
    }
}
