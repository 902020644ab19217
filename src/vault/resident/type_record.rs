//! The definitions of a vault's own types.

use super::document::{MemberReader, Resident, document};
use crate::credential::Violations;
use crate::kind::own::{TypeDefinition, is_type_name};
use crate::kind::rule::text::LINE;
use crate::kind::{Kind, Origin};
use crate::value::{Object, Value};
use crate::vault::wire::Section;

/// A type that the vault defines.
#[derive(Debug, Clone, PartialEq)]
pub struct TypeRecord {
    name: String,
    /// The document of the definition, which is kept whatever it has.
    definition: Object,
    /// True if the type was removed: its credentials stay, and no others are added.
    pub removed: bool,
}

impl TypeRecord {
    /// Makes the record of a definition.
    #[must_use]
    pub fn new(definition: &TypeDefinition) -> Self {
        Self { name: definition.name().to_owned(), definition: definition.document(), removed: false }
    }

    /// Returns the name of the type.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Returns the document of the definition.
    #[must_use]
    pub fn definition(&self) -> &Object {
        &self.definition
    }

    /// Returns the type. None for a definition that this version does not understand: its credentials are then
    /// shown as those of an unknown type.
    #[must_use]
    pub fn kind(&self) -> Option<&'static Kind> {
        let definition = TypeDefinition::read_stored(&self.definition).ok()?;
        let origin = if self.removed { Origin::Removed } else { Origin::Vault };
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
        document([
            ("name", Some(Value::text(self.name.as_str()))),
            ("removed", self.removed.then_some(Value::Bool(true))),
            ("definition", Some(self.definition.clone().into())),
        ])
    }

    fn read(members: Object) -> Result<Self, Violations> {
        let mut reader = MemberReader::new(members);
        let name = reader.required("name", &LINE);
        if !is_type_name(&name) {
            reader.wrong("name", "must be the name of an own type");
        }
        let removed = match reader.take("removed") {
            None | Some(Value::Bool(false)) => false,
            Some(Value::Bool(true)) => true,
            Some(_) => {
                reader.wrong("removed", "must be true or false");
                false
            }
        };
        let definition = match reader.take("definition") {
            Some(Value::Object(definition)) => definition,
            _ => {
                reader.wrong("definition", "must be an object");
                Object::new()
            }
        };
        reader.finish(Self { name, definition, removed })
    }
}
