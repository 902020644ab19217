//! A document taken apart: a type, an id, and members under names that the catalogue knows.

use crate::credential::{ChangeError, Credential, Draft, Violations, Withheld};
use crate::kind::{Kind, KnownTypes, Named, TypeOrigin};
use crate::value::{Object, Value};

/// A document taken apart.
#[derive(Debug, Clone)]
pub struct Body {
    /// The type that the document names.
    pub named: Option<Named>,
    /// The version that it was made from, as a condition.
    pub if_match: Option<String>,
    /// The virtual networks that refer to the credential, as the document says.
    networks: Option<Value>,
    /// The certainty that its secrets were left out.
    withheld: Withheld,
    /// The canonical names of members, each with the name that the system has for it.
    names: &'static [(&'static str, &'static str)],
    id: Option<String>,
    content: BodyContent,
}

#[derive(Debug, Clone)]
enum BodyContent {
    /// Members as the document spells them.
    Members(Object),
    /// Members that were put together from words.
    Draft(Draft),
}

impl Body {
    pub(crate) fn new(named: Option<Named>, id: Option<String>, members: Object) -> Self {
        Self::of(named, id, BodyContent::Members(members))
    }

    fn of(named: Option<Named>, id: Option<String>, content: BodyContent) -> Self {
        let withheld = Withheld::Nothing;
        Self { named, if_match: None, networks: None, withheld, names: &[], id, content }
    }

    /// Sets the names that the system has for members. The canonical name comes first in each pair.
    pub(crate) fn spelled(self, names: &'static [(&'static str, &'static str)]) -> Self {
        Self { names, ..self }
    }

    /// Sets the certainty that the secrets of the document were left out.
    pub(crate) fn without_secrets(self, withheld: Withheld) -> Self {
        Self { withheld, ..self }
    }

    /// Sets the condition, and the networks that the document names.
    pub(crate) fn with(self, if_match: Option<String>, networks: Option<Value>) -> Self {
        Self { if_match, networks, ..self }
    }

    /// Makes a body of a draft that was put together from words. Its type is known already.
    #[must_use]
    pub fn from_draft(kind: &'static Kind, draft: Draft) -> Self {
        let named = Some(Named { kind, connector_type: None });
        Self::of(named, None, BodyContent::Draft(draft))
    }

    /// Returns the id that the document names, or else the value of the field that is the id for its type.
    #[must_use]
    pub fn key(&self) -> Option<&str> {
        let field = self.named.as_ref().and_then(|named| named.kind.id_field);
        let by_field = || match (&self.content, field) {
            (BodyContent::Members(members), Some(field)) => Some(members.get(field)?.as_text()?.expose()),
            _ => None,
        };
        self.id.as_deref().or_else(by_field)
    }

    /// Returns the type, which a new credential cannot do without.
    ///
    /// # Errors
    /// Fails if the type is missing.
    pub fn kind(&self) -> Result<&'static Kind, Violations> {
        let kind = self.named.as_ref().map(|named| named.kind);
        kind.ok_or_else(|| Violations::one("type", "is required: one of `credctl types`"))
    }

    /// Returns the body with the type that a vault defines, if the document names one of its own types.
    ///
    /// # Errors
    /// Fails if there is no such type.
    pub fn typed(mut self, types: &KnownTypes) -> Result<Self, Violations> {
        if let Some(named) = self.named.as_mut().filter(|named| named.kind.origin != TypeOrigin::BuiltIn) {
            named.kind = types.resolve(named.kind);
            if named.kind.origin == TypeOrigin::Unknown {
                return Err(Violations::one("type", "is not a known type"));
            }
        }
        Ok(self)
    }

    /// Returns true if the document names virtual networks.
    #[must_use]
    pub fn names_networks(&self) -> bool {
        self.networks.is_some()
    }

    /// Checks that the virtual networks in the document are those that refer to the credential. A copy of an
    /// answer has them and may be sent back, but a request cannot change them.
    ///
    /// # Errors
    /// Fails if the networks differ.
    pub fn check_networks(&self, current: &Value) -> Result<(), Violations> {
        match &self.networks {
            Some(given) if given != current => {
                Err(Violations::one("networks", "is computed from what refers to the credential"))
            }
            _ => Ok(()),
        }
    }

    /// Makes the draft for a type.
    #[must_use]
    pub fn draft(self, kind: &Kind) -> Draft {
        match self.content {
            BodyContent::Members(members) => {
                let draft = Draft::from_members(kind, members);
                Draft { withheld: self.withheld, spelled: self.names, ..draft }
            }
            BodyContent::Draft(draft) => draft,
        }
    }

    /// Returns the type that a stored credential has after the change: its own, or the key type that it is
    /// given. Any other type is refused here, before members are read that mean something else for it.
    ///
    /// # Errors
    /// Fails if the stored credential cannot get the type that the document names.
    pub fn kind_for(&self, stored: &Credential) -> Result<&'static Kind, ChangeError> {
        match &self.named {
            Some(named) if !stored.kind().may_become(named.kind) => {
                Err(ChangeError::Immutable { field: "type" })
            }
            Some(named) => Ok(named.kind),
            None => Ok(stored.kind()),
        }
    }
}
