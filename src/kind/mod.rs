//! The catalogue of types: what exists, which fields each has, and what each field must be like.
//!
//! Validation, prompts, help, completion and documentation read these tables; nothing repeats them.

mod cloud;
mod connector;
mod envelope;
mod field;
mod keystore;
mod login;
mod network;
pub mod rule;

pub use envelope::ENVELOPE;
pub use field::{Class, Field, Secrecy, Shape, Store};

use crate::value::Object;
use rule::Fact;

/// Every type, in the order in which they are listed.
pub const KINDS: &[Kind] = &[
    login::USERNAME_PASSWORD,
    cloud::AWS,
    cloud::AZURE,
    cloud::GCP,
    cloud::SIMPLE,
    network::X509_CERTIFICATE,
    network::X509_SUBJECT_NAME,
    network::SNMP_COMMUNITY,
    network::GMSA,
    keystore::KEYSTORE,
    keystore::GENERIC,
    keystore::PASSWORD_HASH,
    keystore::APIKEY,
    keystore::KUBECONFIG,
    keystore::CERTIFICATE,
    keystore::PRIVKEY,
    keystore::S3,
    connector::CONNECTOR,
    login::API_CREDENTIAL,
];

/// A type of credential.
#[derive(Debug)]
pub struct Kind {
    /// Canonical name.
    pub name: &'static str,
    /// Other names, matched in any letter case.
    pub aliases: &'static [&'static str],
    /// Systems that have this type; each gives a prefix, as in `nc:X509Certificate`.
    pub systems: &'static [System],
    /// What it is, in a few words.
    pub summary: &'static str,
    /// Its own fields, in the order in which they are asked for.
    pub fields: &'static [Field],
    /// Members of the envelope that this type cannot do without.
    pub requires: &'static [&'static str],
    /// Members of the envelope that its system knows as optional fields of this type.
    pub options: &'static [&'static str],
    /// Members that other programs write beside its own, and that have no place here.
    pub foreign: &'static [&'static str],
    /// The field, or leaf, that `passwd` changes.
    pub password: Option<&'static str>,
    /// The field whose value is the id.
    pub id_field: Option<&'static str>,
    /// Whether the name is part of the identity and never changes.
    pub identity_name: bool,
    /// Whether this is a key store that names its key type.
    pub key_type: bool,
    /// Whether a replacement may give it a key type, once.
    pub promotable: bool,
    /// What the fields tell by themselves.
    pub facts: Option<fn(&Object) -> Vec<Fact>>,
    /// What is worth a warning although every field is valid.
    pub notice: Option<fn(&Object) -> Option<&'static str>>,
}

/// A system whose documents know some of the types.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum System {
    /// Citrix Image Portability Service.
    Citrix,
    /// Aspire.
    Aspire,
    /// Microsoft Network Controller.
    NetworkController,
    /// NetApp Astra Control.
    Astra,
    /// Apinizer.
    Apinizer,
}

impl System {
    /// What stands before the colon in a prefixed type name.
    #[must_use]
    pub fn prefix(self) -> &'static str {
        match self {
            Self::Citrix => "citrix",
            Self::Aspire => "aspire",
            Self::NetworkController => "nc",
            Self::Astra => "astra",
            Self::Apinizer => "apinizer",
        }
    }
}

/// A type that was asked for by name.
#[derive(Debug, Clone)]
pub struct Named {
    /// The type.
    pub kind: &'static Kind,
    /// What follows `aspire:` in the name of a connector.
    pub connector_type: Option<String>,
}

/// Finds a type by its name, an alias, or either behind a system's prefix, in any letter case.
#[must_use]
pub fn find(name: &str) -> Option<Named> {
    if let Some(kind) = KINDS.iter().find(|kind| kind.is_called(name)) {
        return Some(Named { kind, connector_type: None });
    }
    let (prefix, rest) = name.split_once(':')?;
    // Astra's own word for a key store without key type is to say none
    let rest = if rest.is_empty() && prefix.eq_ignore_ascii_case(System::Astra.prefix()) {
        keystore::KEYSTORE.name
    } else {
        rest
    };
    let in_system =
        |kind: &Kind| kind.systems.iter().any(|system| system.prefix().eq_ignore_ascii_case(prefix));
    if let Some(kind) = KINDS.iter().find(|kind| in_system(kind) && kind.is_called(rest)) {
        return Some(Named { kind, connector_type: None });
    }
    let connector = prefix.eq_ignore_ascii_case(System::Aspire.prefix()) && !rest.is_empty();
    connector.then(|| Named { kind: &connector::CONNECTOR, connector_type: Some(rest.to_owned()) })
}

impl Kind {
    const fn new(name: &'static str, summary: &'static str, fields: &'static [Field]) -> Self {
        Self {
            name,
            aliases: &[],
            systems: &[],
            summary,
            fields,
            requires: &[],
            options: &[],
            foreign: &[],
            password: None,
            id_field: None,
            identity_name: false,
            key_type: false,
            promotable: false,
            facts: None,
            notice: None,
        }
    }

    fn is_called(&self, name: &str) -> bool {
        self.name.eq_ignore_ascii_case(name)
            || self.aliases.iter().any(|alias| alias.eq_ignore_ascii_case(name))
    }

    /// The type's own field of this name or alias.
    #[must_use]
    pub fn field(&self, name: &str) -> Option<&'static Field> {
        self.fields.iter().find(|field| field.is_called(name))
    }

    /// The key store of this type, if it is one.
    #[must_use]
    pub fn store(&self) -> Option<&'static Store> {
        self.fields.iter().find_map(|field| match field.shape {
            Shape::Store(store) => Some(store),
            _ => None,
        })
    }

    /// Path of the secret that stands for the credential: its password, or else its last required
    /// secret.
    #[must_use]
    pub fn main_secret(&self) -> Option<String> {
        if let Some(path) = self.password {
            return Some(path.to_owned());
        }
        let is_main = |field: &&Field| field.class == Class::Required && field.is_secret();
        let field = self.fields.iter().rfind(is_main)?;
        match field.shape {
            Shape::Store(store) => {
                let entry = store.entries.iter().rfind(is_main)?;
                Some(format!("{}.{}", field.name, entry.name))
            }
            _ => Some(field.name.to_owned()),
        }
    }

    /// Whether a replacement may name this other type: itself, or for a key store without key type one
    /// that has one.
    #[must_use]
    pub fn may_become(&self, other: &Self) -> bool {
        self == other || (self.promotable && other.key_type)
    }

    /// Whether its secret cannot be read again, because only a hash of it is kept.
    #[must_use]
    pub fn keeps_hash_only(&self) -> bool {
        self.fields.iter().any(|field| field.secrecy == Secrecy::Sealed)
    }

    /// The class of a field or envelope member for this type.
    #[must_use]
    pub fn class_of(&self, field: &Field) -> Class {
        match field.name {
            "name" if self.identity_name => Class::Identity,
            // a connector is what it is by its connector type: part of the identity, and needed
            name if self.requires.contains(&name) && field.class != Class::Identity => Class::Required,
            _ => field.class,
        }
    }

    /// Whether a credential of this type cannot do without a field or envelope member.
    #[must_use]
    pub fn needs(&self, field: &Field) -> bool {
        self.requires.contains(&field.name)
            || self.id_field == Some(field.name)
            || (self.identity_name && field.name == "name")
            || self.class_of(field) == Class::Required
    }

    /// Every member a credential of this type can have: the envelope's, then its own.
    pub fn members(&self) -> impl Iterator<Item = &'static Field> + use<> {
        ENVELOPE.iter().chain(self.fields)
    }
}

impl PartialEq for Kind {
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name
    }
}

impl Eq for Kind {}

fn facts_of(fields: &Object, path: &[&str], facts: fn(&str) -> Vec<Fact>) -> Vec<Fact> {
    let text = path.split_first().and_then(|(first, rest)| fields.get(first)?.at(rest)?.as_text());
    text.map(|text| facts(text.expose())).unwrap_or_default()
}

fn encoded_facts_of(fields: &Object, path: &[&str], facts: fn(&str) -> Vec<Fact>) -> Vec<Fact> {
    let text = path.split_first().and_then(|(first, rest)| fields.get(first)?.at(rest)?.as_text());
    let plain = text.and_then(|text| crate::base64::decode(text.expose()).ok());
    plain.and_then(|plain| std::str::from_utf8(&plain).ok().map(facts)).unwrap_or_default()
}
