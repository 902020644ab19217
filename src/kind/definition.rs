//! The definition of a type: its names, its fields, and the facts that the fields tell together.

use super::common::COMMON;
use super::envelope::ENVELOPE;
use super::fact::{FactSource, FieldNotice};
use super::field::{Class, Field, KeyStoreShape, Secrecy, Shape};
use super::headline::Headline;
use super::system::System;
use crate::value::Object;

/// A type of credential.
#[derive(Debug)]
pub struct Kind {
    /// Canonical name.
    pub name: &'static str,
    /// The name in tables for people: short, in small letters, and one of the names of the type.
    pub short: &'static str,
    /// The name where a person chooses a type, such as `Login`.
    pub title: &'static str,
    /// Words that a person may look for instead of the title.
    pub keywords: &'static str,
    /// The text by which people tell the credentials of the type apart.
    pub headline: Headline,
    /// The format of the texts in its key store, if other code takes them apart.
    pub content: Option<Content>,
    /// Other names, matched in any letter case.
    pub aliases: &'static [&'static str],
    /// Systems that have this type; each gives a prefix, as in `nc:X509Certificate`.
    pub systems: &'static [System],
    /// The names that it has behind such a prefix.
    pub prefixed: Prefixed,
    /// A description of the type in a few words.
    pub summary: &'static str,
    /// The type's own fields, in the order in which they are asked for.
    pub fields: &'static [Field],
    /// Members of the envelope that this type cannot do without.
    pub requires: &'static [&'static str],
    /// Members of the envelope that its system knows as optional fields of this type.
    pub options: &'static [&'static str],
    /// Members that other programs write beside its own, and that have no place here.
    pub foreign: &'static [&'static str],
    /// The field, or leaf, that `passwd` changes.
    pub password: Option<&'static str>,
    /// The field, or leaf, whose text a program sends as a token to log in.
    pub token: Option<&'static str>,
    /// The field whose value is the id.
    pub id_field: Option<&'static str>,
    /// True if the name is part of the identity and never changes.
    pub identity_name: bool,
    /// True if this is a key store that names its key type.
    pub key_type: bool,
    /// True if a replacement may give it a key type, once.
    pub promotable: bool,
    /// The source of the facts of the type.
    pub facts: Option<FactSource>,
    /// A check that finds anything worth a warning although every field is valid.
    pub notice: Option<&'static FieldNotice>,
    /// The date field that sets the end of the credential.
    pub expires_from: Option<&'static str>,
    /// The number of days after which a secret should be replaced.
    pub rotate_after: Option<u32>,
    /// The place where the type is defined.
    pub origin: TypeOrigin,
}

/// The place where a type is defined.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum TypeOrigin {
    /// The catalogue of the program.
    BuiltIn,
    /// The vault.
    Vault,
    /// The vault, where the type was removed. Its credentials stay, and no others are added.
    Removed,
    /// No place that is known. Its credentials are shown, and nothing changes them.
    Unknown,
}

/// A format of a text in a key store.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Content {
    /// The configuration of one Kubernetes cluster, under `base64`.
    Kubeconfig,
}

/// The names that a type has behind the prefix of its system.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Prefixed {
    /// Its own name or an alias.
    Named,
    /// No name at all too, because the system has no word for it.
    Bare,
    /// Every name that is none of another type. The name is the connector type.
    Open,
}

impl Kind {
    /// Makes a type from names and fields; struct update refines the rest.
    pub(super) const fn new(name: &'static str, summary: &'static str, fields: &'static [Field]) -> Self {
        Self {
            name,
            short: name,
            title: name,
            keywords: summary,
            headline: Headline::None(""),
            content: None,
            aliases: &[],
            systems: &[],
            prefixed: Prefixed::Named,
            summary,
            fields,
            requires: &[],
            options: &[],
            foreign: &[],
            password: None,
            token: None,
            id_field: None,
            identity_name: false,
            key_type: false,
            promotable: false,
            facts: None,
            notice: None,
            expires_from: None,
            rotate_after: None,
            origin: TypeOrigin::BuiltIn,
        }
    }

    /// Returns true if the type goes by this name, in any letter case.
    #[must_use]
    pub fn is_called(&self, name: &str) -> bool {
        self.name.eq_ignore_ascii_case(name)
            || self.aliases.iter().any(|alias| alias.eq_ignore_ascii_case(name))
    }

    /// Returns the fields that are no members of the envelope: the type's own, then those of every type.
    pub fn every_field(&self) -> impl Iterator<Item = &'static Field> + Clone + use<> {
        self.fields.iter().chain(COMMON)
    }

    /// Returns the field of this name or alias that is no member of the envelope.
    #[must_use]
    pub fn field(&self, name: &str) -> Option<&'static Field> {
        self.every_field().find(|field| field.is_called(name))
    }

    /// Returns fields of this type without those that no other system knows.
    #[must_use]
    pub fn without_ours(&self, fields: Object) -> Object {
        let is_known = |name: &str| self.field(name).is_none_or(|field| !field.is_ours);
        fields.into_iter().filter(|(name, _)| is_known(name)).collect()
    }

    /// Returns the description of the key store, if this type is one.
    #[must_use]
    pub fn store(&self) -> Option<&'static KeyStoreShape> {
        self.fields.iter().find_map(|field| match field.shape {
            Shape::Store(store) => Some(store),
            _ => None,
        })
    }

    /// Returns the path of the secret that stands for the credential: its password, or else its last required
    /// secret.
    #[must_use]
    pub fn main_secret(&self) -> Option<String> {
        if let Some(path) = self.password {
            return Some(path.to_owned());
        }
        // none of the variables of a program stands for all of them
        let is_one = |field: &Field| !matches!(field.shape, Shape::Variables);
        let is_main = |field: &&Field| field.class == Class::Required && field.is_secret() && is_one(field);
        let field = self.fields.iter().rfind(is_main)?;
        match field.shape {
            Shape::Store(store) => {
                let entry = store.entries.iter().rfind(is_main)?;
                Some(format!("{}.{}", field.name, entry.name))
            }
            _ => Some(field.name.to_owned()),
        }
    }

    /// Returns the environment variable in which programs expect the path of a file, and the field in that
    /// file.
    #[must_use]
    pub fn file_variable(&self) -> Option<(&'static str, &'static Field)> {
        let entries = self.store().map_or(&[][..], |store| store.entries);
        self.fields.iter().chain(entries).find_map(|field| Some((field.file_variable?, field)))
    }

    /// Returns true if a replacement may name this other type. That is the type itself, or for a key store
    /// without key type any type that has one.
    #[must_use]
    pub fn may_become(&self, other: &Self) -> bool {
        self == other || (self.promotable && other.key_type)
    }

    /// Returns true if the secret of this type cannot be read again, because only a hash of it is kept.
    #[must_use]
    pub fn keeps_hash_only(&self) -> bool {
        self.fields.iter().any(|field| field.secrecy == Secrecy::Sealed)
    }

    /// Returns the class of a field or envelope member for this type.
    #[must_use]
    pub fn class_of(&self, field: &Field) -> Class {
        match field.name {
            "name" if self.identity_name => Class::Identity,
            // a connector is what it is by its connector type: that stays part of the identity, and `needs`
            // asks for it
            name if self.requires.contains(&name) && field.class != Class::Identity => Class::Required,
            _ => field.class,
        }
    }

    /// Returns true if a credential of this type cannot do without a field or envelope member.
    #[must_use]
    pub fn needs(&self, field: &Field) -> bool {
        self.requires.contains(&field.name)
            || self.id_field == Some(field.name)
            || (self.identity_name && field.name == "name")
            || self.class_of(field) == Class::Required
    }

    /// Returns the names of the facts that can be read from its fields.
    #[must_use]
    pub fn fact_names(&self) -> &'static [&'static str] {
        self.facts.map_or(&[], |source| source.reader.names)
    }

    /// Returns every member that a credential of this type can have: the envelope's, then its own.
    pub fn members(&self) -> impl Iterator<Item = &'static Field> + use<> {
        ENVELOPE.iter().chain(self.every_field())
    }
}

impl PartialEq for Kind {
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name
    }
}

impl Eq for Kind {}
