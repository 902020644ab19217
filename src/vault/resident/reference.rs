//! References: the devices and virtual networks that use a credential. Each belongs to the resource that
//! refers, so it outlives every change of the credential but its deletion.

use std::collections::HashMap;

use super::document::{MemberReader, Resident, document};
use crate::credential::{FieldChange, Part, Violations};
use crate::kind::rule::network::REFERENCE;
use crate::kind::rule::text::{ID, NAME};
use crate::value::{Object, Value};
use crate::vault::wire::Section;

/// The text before the name of a virtual network.
const NETWORKS: &str = "/virtualNetworks/";

/// One resource that uses one credential.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Reference {
    /// Path of the resource, such as `/servers/host1`.
    pub resource: String,
    /// Id of the credential.
    pub credential: String,
    /// The addresses where the resource is managed.
    pub addresses: Vec<String>,
}

impl Reference {
    /// Returns true if the resource is a virtual network, which encrypts with the credential.
    #[must_use]
    pub fn is_network(&self) -> bool {
        // the path of the collection alone names no network
        self.resource.len() > NETWORKS.len()
            && self.resource.get(..NETWORKS.len()).is_some_and(|start| start.eq_ignore_ascii_case(NETWORKS))
    }

    /// Returns the reference as the credential shows it.
    #[must_use]
    pub fn shown(&self) -> Value {
        let mut shown = self.document();
        shown.remove("credential");
        shown.into()
    }

    /// Returns the differences between the references to a credential before and after a change. The path of a
    /// reference is `references.RESOURCE`; its value is its addresses.
    #[must_use]
    pub fn differences(before: &[Self], after: &[Self]) -> Vec<FieldChange> {
        // a credential may have as many references as the vault has
        let by_resource = |side: &'_ [Self]| -> HashMap<String, String> {
            side.iter().rev().map(|one| (one.resource.clone(), one.addresses.join(", "))).collect()
        };
        let (old, new) = (by_resource(before), by_resource(after));
        let part = |side: &HashMap<String, String>, one: &Self| {
            Some(Part::Public(side.get(&one.resource)?.as_str().into()))
        };
        let all = before.iter().chain(after.iter().filter(|one| !old.contains_key(&one.resource)));
        let compared = all.map(|one| FieldChange {
            path: format!("references.{}", one.resource),
            before: part(&old, one),
            after: part(&new, one),
        });
        compared.filter(|change| change.before != change.after).collect()
    }

    /// Returns the virtual networks among references, as a credential shows them.
    #[must_use]
    pub fn networks(references: &[Self]) -> Value {
        let networks = references.iter().filter(|reference| reference.is_network());
        let shown = |network: &Self| {
            Value::from(Object::from_iter([("resourceRef", Value::text(network.resource.as_str()))]))
        };
        Value::List(networks.map(shown).collect())
    }
}

impl Resident for Reference {
    const SECTION: Section = Section::References;
    const NAME: &str = "reference";

    fn key(&self) -> (&str, &str) {
        (&self.credential, &self.resource)
    }

    fn document(&self) -> Object {
        document([
            ("resourceRef", Some(Value::text(self.resource.as_str()))),
            ("credential", Some(Value::text(self.credential.as_str()))),
            ("managementAddresses", Some(Value::texts(self.addresses.iter().map(String::as_str)))),
        ])
    }

    fn read(members: Object) -> Result<Self, Violations> {
        let mut reader = MemberReader::new(members);
        let resource = reader.required("resourceRef", &REFERENCE);
        let credential = reader.required("credential", &ID);
        let addresses = reader.texts("managementAddresses", &NAME);
        reader.finish(Self { resource, credential, addresses })
    }
}
