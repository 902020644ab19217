//! The systems, and what each of them does in its own way.

use super::body::Body;
use super::version::ApiVersion;
use super::view::{ListPage, View};
use super::{apinizer, aspire, astra, citrix, native, network_controller};
use crate::credential::{Credential, Head, Violations};
use crate::kind::System::{Apinizer, Aspire, Astra, Citrix, NetworkController};
use crate::kind::{self, Kind, System};
use crate::value::{Object, Value};

/// The system whose documents are read or written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Dialect {
    /// Our own documents.
    Native,
    /// The documents of another system.
    Foreign(System),
}

impl Dialect {
    /// All dialects.
    pub const ALL: [Self; 6] = [
        Self::Native,
        Self::Foreign(Citrix),
        Self::Foreign(Aspire),
        Self::Foreign(NetworkController),
        Self::Foreign(Astra),
        Self::Foreign(Apinizer),
    ];

    /// Returns the name on the command line.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Native => "native",
            // its types have a prefix that is shorter than its name
            Self::Foreign(NetworkController) => "network-controller",
            Self::Foreign(system) => system.prefix(),
        }
    }

    /// Recognises the system of a document by its members; the first rule that fits decides. In a change of a
    /// stored credential, a document that names no type is about the type of that credential.
    #[must_use]
    pub fn recognise(document: &Object, stored: Option<&Head>) -> Option<Self> {
        let has = |name: &str| document.get(name).is_some();
        let text =
            |name: &str| document.get(name).and_then(Value::as_text).map(crate::secret::Secret::expose);
        let kind = text("type").and_then(kind::find).filter(|named| named.connector_type.is_none());
        if has("credctl") {
            Some(Self::Native)
        } else if text("type").is_some_and(|text| text.starts_with("application/astra"))
            || has(kind::ENTRIES) && kind.is_none()
            || has("keyType") && !has("type")
        {
            Some(Self::Foreign(Astra))
        } else if has("export") || has("credential") || aspire::is_connector(document) {
            Some(Self::Foreign(Aspire))
        } else if let Some(stored) = stored.filter(|_| !has("type") && !network_controller::is_one(document))
        {
            // without a type the document is about the stored credential
            Some(if has("properties") && network_controller::knows_head(stored) {
                Self::Foreign(NetworkController)
            } else if apinizer::knows(stored) {
                Self::Foreign(Apinizer)
            } else {
                Self::Native
            })
        } else if has("resourceId") || network_controller::is_one(document) {
            Some(Self::Foreign(NetworkController))
        } else if kind.is_some() {
            Some(if citrix::is_one(document) { Self::Foreign(Citrix) } else { Self::Native })
        } else if has("type")
            && (has("properties") || stored.is_some_and(|head| head.envelope.connector_type.is_some()))
        {
            Some(Self::Foreign(Aspire))
        } else if APINIZER_MEMBERS.into_iter().any(has) {
            Some(Self::Foreign(Apinizer))
        } else if aspire::is_one(document) {
            Some(Self::Foreign(Aspire))
        } else {
            None
        }
    }

    /// Takes a document apart.
    ///
    /// # Errors
    /// Fails if the document is not one of this system.
    pub fn read(self, document: Object) -> Result<Body, Violations> {
        match self {
            Self::Native => native::read(document),
            Self::Foreign(Citrix) => citrix::read(document),
            Self::Foreign(Aspire) => aspire::read(document),
            Self::Foreign(NetworkController) => network_controller::read(document),
            Self::Foreign(Astra) => astra::read(document),
            Self::Foreign(Apinizer) => apinizer::read(document),
        }
    }
}

/// The answers of other systems. The program itself shows credentials in our own shape.
impl System {
    /// Returns true if this system knows credentials like this one, in a version of its documents.
    #[must_use]
    pub fn knows(self, head: &Head, version: ApiVersion) -> bool {
        match self {
            Self::NetworkController => network_controller::check(head, version).is_ok(),
            Self::Apinizer => apinizer::knows(head),
            Self::Citrix | Self::Aspire | Self::Astra => true,
        }
    }

    /// Returns the members of the system's items, under its own names, that can be asked for one by one in a
    /// list.
    #[must_use]
    pub fn columns(self) -> &'static [&'static str] {
        if self == Self::Astra { astra::MEMBERS } else { &[] }
    }

    /// Returns a credential as this system shows one, never with a secret unless `view` reveals them.
    ///
    /// # Errors
    /// Fails with the reason if this system knows no such credential.
    pub fn item(self, credential: &Credential, view: &View<'_>) -> Result<Object, Violations> {
        match self {
            Self::Citrix => Ok(citrix::metadata(credential.head(), view.now)),
            Self::Aspire => Ok(aspire::show(credential, view)),
            Self::NetworkController => network_controller::show(credential, view),
            Self::Astra => Ok(astra::show(credential)),
            Self::Apinizer => apinizer::show(credential),
        }
    }

    /// Returns the answer of this system to a request for one credential.
    ///
    /// # Errors
    /// Fails with the reason if this system knows no such credential.
    pub fn one(self, credential: &Credential, view: &View<'_>) -> Result<Object, Violations> {
        let item = self.item(credential, view)?;
        Ok(if self == Self::Aspire { Object::from_iter([("credential", item)]) } else { item })
    }

    /// Returns the answer of this system to a request for many credentials.
    #[must_use]
    pub fn list(self, items: Vec<Value>, page: &ListPage) -> Object {
        let items = Value::List(items);
        match self {
            Self::Citrix => citrix::list(items, page),
            Self::Aspire => aspire::list(items, page),
            Self::NetworkController => {
                let next = page.token.as_deref().unwrap_or_default();
                Object::from_iter([("value", items), ("nextLink", Value::text(next))])
            }
            Self::Astra => astra::list(items, page),
            Self::Apinizer => Object::from_iter([("status", Value::text("SUCCESS")), ("resultList", items)]),
        }
    }
}

/// Returns the spelling of a credential's type in a device that refers to the credential.
#[must_use]
pub fn credential_type(kind: &Kind) -> &'static str {
    network_controller::type_name(kind.name)
}

/// Members by which a document of Apinizer is known.
const APINIZER_MEMBERS: [&str; 7] =
    ["fullName", "email", "roleNameList", "ipList", "expireDate", "credentialAccessList", "resultList"];
