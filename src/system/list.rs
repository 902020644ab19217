//! The list of the systems, and the way from a document to the one that it is of.

use super::foreign::{Evidence, ForeignSystem};
use super::{apinizer, aspire, astra, citrix, network_controller};
use crate::credential::{Head, Violations};
use crate::dialect::{Body, Dialect, read_native};
use crate::kind::{self, System};
use crate::secret::Secret;
#[cfg(feature = "formats")]
use crate::system::wrapped::Wrapped;
use crate::value::Object;

impl System {
    /// Returns what this system does in its own way.
    #[must_use]
    pub fn documents(self) -> &'static dyn ForeignSystem {
        match self {
            Self::Citrix => &citrix::Citrix,
            Self::Aspire => &aspire::Aspire,
            Self::NetworkController => &network_controller::NetworkController,
            Self::Astra => &astra::Astra,
            Self::Apinizer => &apinizer::Apinizer,
        }
    }
}

impl Dialect {
    /// Returns what the system does in its own way, if the documents are not our own.
    #[must_use]
    pub fn foreign(self) -> Option<&'static dyn ForeignSystem> {
        match self {
            Self::Native => None,
            Self::Foreign(system) => Some(system.documents()),
        }
    }

    /// Returns the name on the command line.
    #[must_use]
    pub fn name(self) -> &'static str {
        self.foreign().map_or("native", ForeignSystem::name)
    }

    /// Recognises the system of a document by its members; the strongest sign decides. In a change of a stored
    /// credential, a document that names no type is about the type of that credential.
    #[must_use]
    pub fn recognise(document: &Object, stored: Option<&Head>) -> Option<Self> {
        if is_own_export(document) {
            return Some(Self::Native);
        }
        let foreign = System::ALL.into_iter().filter_map(|system| {
            Some((system.documents().recognise(document, stored)?, Self::Foreign(system)))
        });
        let own = own_evidence(document, stored).map(|evidence| (evidence, Self::Native));
        // the first of equals is taken, so that our own documents are what no system claims
        foreign.chain(own).min_by_key(|(evidence, _)| *evidence).map(|(_, dialect)| dialect)
    }

    /// Returns true if a document is not one credential, but an export or a list that only an import takes.
    #[must_use]
    pub fn is_collection(document: &Object) -> bool {
        is_own_export(document)
            || System::ALL.into_iter().any(|system| system.documents().is_collection(document))
    }

    /// Takes a document apart.
    ///
    /// # Errors
    /// Fails if the document is not one of this system.
    pub fn read(self, document: Object) -> Result<Body, Violations> {
        match self.foreign() {
            None => read_native(document),
            Some(system) => system.read(document),
        }
    }

    /// Gives the body of a new credential the type that it then has, if the system may leave the type out.
    #[must_use]
    pub fn complete(self, body: Body) -> Body {
        match self.foreign() {
            None => body,
            Some(system) => system.complete(body),
        }
    }

    /// Takes the bodies out of a document, whatever they are wrapped in. Our own export is none of these.
    ///
    /// # Errors
    /// Fails if the document as a whole is not one of this system.
    #[cfg(feature = "formats")]
    pub fn unwrapped(self, document: Object) -> Result<Wrapped, Violations> {
        match self.foreign() {
            None => Wrapped::list(document, self.wrapper()),
            Some(system) => system.unwrapped(document),
        }
    }

    /// Returns the name of the member of an answer that holds its list.
    #[cfg(feature = "formats")]
    #[must_use]
    pub fn wrapper(self) -> &'static str {
        self.foreign().map_or("items", ForeignSystem::wrapper)
    }
}

fn is_own_export(document: &Object) -> bool {
    document.get("credctl").is_some()
}

/// Finds the sign that a document is one of ours: a type of the catalogue, or a credential that it is about.
fn own_evidence(document: &Object, stored: Option<&Head>) -> Option<Evidence> {
    let Some(kind) = document.get("type") else { return stored.map(|_| Evidence::Stored) };
    let name = kind.as_text().map(Secret::expose)?;
    match kind::find(name) {
        Some(named) => named.connector_type.is_none().then_some(Evidence::Type),
        // a connector type may have the form of an own type's name
        None => kind::documented(name).map(|_| Evidence::OtherType),
    }
}
