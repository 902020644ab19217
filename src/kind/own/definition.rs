//! The definition of a type, taken apart. Its texts are its own until a type is compiled of them.

use crate::kind::definition::{Content, Prefixed};
use crate::kind::fact::FieldNotice;
use crate::kind::field::{Class, Generation};
use crate::kind::rule::{FactReader, Rule};
use crate::kind::system::System;

use super::field_kind::FieldKind;

/// The largest definition, in bytes of its document.
pub const MAX_DEFINITION: usize = 64 * 1024;

/// The definition of a type, as somebody wrote it.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct TypeDefinition {
    pub(super) name: String,
    pub(super) summary: String,
    pub(super) title: Option<String>,
    pub(super) keywords: Option<String>,
    pub(super) short: Option<String>,
    pub(super) aliases: Vec<String>,
    pub(super) headline: HeadlineDefinition,
    pub(super) password: Option<String>,
    pub(super) token: Option<String>,
    pub(super) expires_from: Option<String>,
    pub(super) rotate_after: Option<u32>,
    pub(super) facts: Option<FactsDefinition>,
    pub(super) fields: Vec<FieldDefinition>,
    /// Members that only built-in types have.
    pub(super) built_in: BuiltInDefinition,
}

/// The source of the headline.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) enum HeadlineDefinition {
    /// The first public field of one line, or nothing.
    #[default]
    Usual,
    Paths(Vec<String>),
    Fact(String),
    Name,
    None(String),
}

/// The field that facts are read from.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct FactsDefinition {
    pub(super) path: String,
    pub(super) reader: &'static str,
    pub(super) encoded: bool,
}

/// The members that only built-in types have: names in other systems, key stores, identities.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct BuiltInDefinition {
    pub(super) systems: Vec<System>,
    pub(super) prefixed: Option<Prefixed>,
    pub(super) content: Option<Content>,
    pub(super) requires: Vec<String>,
    pub(super) options: Vec<String>,
    pub(super) foreign: Vec<String>,
    pub(super) id_field: Option<String>,
    pub(super) identity_name: bool,
    pub(super) key_type: bool,
    pub(super) promotable: bool,
    pub(super) notice: Option<&'static str>,
}

/// One field of a definition.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct FieldDefinition {
    pub(super) name: String,
    pub(super) aliases: Vec<String>,
    pub(super) kind: FieldKind,
    /// The rule that the definition names in the place of the usual one.
    pub(super) rule: Option<&'static str>,
    pub(super) secrecy: SecrecyDefinition,
    pub(super) class: Class,
    pub(super) help: String,
    pub(super) prompt: Option<String>,
    pub(super) env: Option<String>,
    pub(super) env_file: Option<String>,
    pub(super) default: Option<DefaultDefinition>,
    pub(super) generate: Generation,
    pub(super) limits: Limits,
    /// The kind of the items of a list.
    pub(super) of: FieldKind,
    /// The entries of a key store.
    pub(super) entries: Vec<Self>,
    /// True if a key store may have other entries.
    pub(super) open: bool,
    /// True if the systems of a built-in type have no place for the field.
    pub(super) ours: bool,
}

/// The rule for showing a field.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum SecrecyDefinition {
    Public,
    Secret,
    Sealed,
    Except(Vec<String>),
}

/// The value that a field has where none is given.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum DefaultDefinition {
    Text(String),
    Flag(bool),
    List(Vec<String>),
}

/// The limits of a text or a number.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Limits {
    /// The fewest characters, or the least number.
    pub(super) min: Option<serde_json::Number>,
    /// The most characters, or the greatest number.
    pub(super) max: Option<serde_json::Number>,
    pub(super) pattern: Option<String>,
    pub(super) choices: Vec<String>,
}

impl Limits {
    pub(super) fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

impl FieldDefinition {
    /// Returns true if the value, or part of it, is secret.
    pub(super) fn is_secret(&self) -> bool {
        self.secrecy != SecrecyDefinition::Public
    }

    /// Returns the rule of its texts, without its limits.
    pub(super) fn base(&self) -> &'static Rule {
        let usual = if self.kind == FieldKind::List { self.of } else { self.kind }.rule(self.is_secret());
        self.rule.and_then(crate::kind::rule::named).unwrap_or(usual)
    }
}

/// The readers of facts that a definition may name.
pub(super) const READERS: [&FactReader; 5] = [
    &crate::kind::rule::certificate::READER,
    &crate::kind::rule::private_key::READER,
    &crate::kind::rule::kubeconfig::READER,
    &crate::kind::rule::cloud::SERVICE_ACCOUNT,
    &crate::kind::env::READER,
];

/// The checks between fields that a built-in type may name.
pub(super) const NOTICES: [&FieldNotice; 1] = [&crate::kind::cloud::TEMPORARY_KEY];
