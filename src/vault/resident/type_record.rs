//! The definitions of a vault's own types.

use super::document::{MemberReader, Resident};
use crate::credential::Violations;
use crate::kind::own::TypeDefinition;
use crate::kind::rule::text::LINE;
use crate::kind::{Kind, TypeOrigin};
use crate::value::{Object, Value};
use crate::vault::wire::Section;

/// The member of the definition.
const DEFINITION: &str = "definition";

/// The member that marks a type which was removed.
const REMOVED: &str = "removed";

/// A type that the vault defines.
#[derive(Debug, Clone, PartialEq)]
pub struct TypeRecord {
    name: String,
    /// The whole record, which is kept whatever it has: a newer version may define more than this one knows.
    document: Object,
}

impl TypeRecord {
    /// Makes the record of a definition.
    #[must_use]
    pub fn new(definition: &TypeDefinition) -> Self {
        let name = definition.name().to_owned();
        let members = [("name", Value::text(name.as_str())), (DEFINITION, definition.document().into())];
        Self { name, document: Object::from_iter(members) }
    }

    /// Returns the name of the type.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Returns the document of the definition, if the record has one.
    #[must_use]
    pub fn definition(&self) -> Option<&Object> {
        self.document.get(DEFINITION)?.as_object()
    }

    /// Returns true if the type was removed: its credentials stay, and no others are added.
    #[must_use]
    pub fn is_removed(&self) -> bool {
        self.document.get(REMOVED) == Some(&Value::Bool(true))
    }

    /// Marks the type as one that was removed, or as one that was not.
    pub fn set_removed(&mut self, removed: bool) {
        if removed {
            self.document.insert(REMOVED, true);
        } else {
            self.document.remove(REMOVED);
        }
    }

    /// Returns the type. None for a definition that this version does not understand: its credentials are then
    /// shown as those of an unknown type.
    #[must_use]
    pub fn kind(&self) -> Option<&'static Kind> {
        let definition = TypeDefinition::read_stored(self.definition()?).ok()?;
        let origin = if self.is_removed() { TypeOrigin::Removed } else { TypeOrigin::Vault };
        (definition.name() == self.name).then(|| definition.kind_from(origin))
    }
}

impl Resident for TypeRecord {
    const SECTION: Section = Section::Types;
    const NAME: &str = "type";

    fn key(&self) -> (&str, &str) {
        (&self.name, "")
    }

    fn document(&self) -> Object {
        self.document.clone()
    }

    fn read(document: Object) -> Result<Self, Violations> {
        let mut reader = MemberReader::new(document.clone());
        let name = reader.required("name", &LINE);
        // what else the record has is judged when the type is needed
        reader.members = Object::new();
        reader.finish(Self { name, document })
    }
}
