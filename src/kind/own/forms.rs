//! A definition in all its forms: read from a document, written, described by a schema, compiled to a type.

use super::definition::TypeDefinition;
use super::fault::DefinitionFaults;
use super::{checks, interned, reading, schema, writing};
use crate::kind::definition::{Kind, TypeOrigin};
use crate::value::Object;

impl TypeDefinition {
    /// Reads the definition of a vault's own type.
    ///
    /// # Errors
    /// Everything that is wrong with it.
    pub fn read(document: &Object) -> Result<Self, DefinitionFaults> {
        let definition = reading::read(document, false)?;
        checks::check(&definition, false)?;
        Ok(definition)
    }

    /// Reads a definition that was judged when it was stored. Its patterns are not compiled yet.
    ///
    /// # Errors
    /// Everything that is wrong with it.
    pub(crate) fn read_stored(document: &Object) -> Result<Self, DefinitionFaults> {
        reading::read(document, false)
    }

    /// Reads a definition that may have what only built-in types have, so that these can be written in the same
    /// form. Nothing stores such a definition.
    ///
    /// # Errors
    /// Everything that is wrong with it.
    pub fn read_built_in(document: &Object) -> Result<Self, DefinitionFaults> {
        let definition = reading::read(document, true)?;
        checks::check(&definition, true)?;
        Ok(definition)
    }

    /// Returns the definition of a built-in type.
    #[must_use]
    pub fn of(kind: &Kind) -> Self {
        writing::of(kind)
    }

    /// Returns the document of the definition, its members in their usual order.
    #[must_use]
    pub fn document(&self) -> Object {
        writing::document(self)
    }

    /// Returns the JSON Schema of a credential of the type, as a document gives it. Secrets are `writeOnly`.
    #[must_use]
    pub fn schema(&self) -> Object {
        schema::schema(self)
    }

    /// Returns the name of the type.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Returns all names of the type.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        std::iter::once(&self.name).chain(&self.short).chain(&self.aliases).map(String::as_str)
    }

    /// Returns the type. It stays in memory until the process ends, once for each definition.
    #[must_use]
    pub fn kind(&self) -> &'static Kind {
        interned::own(self, TypeOrigin::Vault)
    }

    /// Returns the type as it is in a vault.
    pub(crate) fn kind_from(&self, origin: TypeOrigin) -> &'static Kind {
        interned::own(self, origin)
    }

    /// Returns the type as a built-in one, to compare it with the catalogue.
    #[must_use]
    pub fn built_in_kind(&self) -> &'static Kind {
        interned::own(self, TypeOrigin::BuiltIn)
    }
}
