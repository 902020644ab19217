//! The tags that are known.

use granit_parser::Tag;

use super::error::YamlProblem;

/// An unknown tag that was skipped.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct UnknownTag {
    /// The line of the tag; the first is 1.
    pub line: usize,
    /// The name of the tag, if YAML defines it. Any other tag may be a password that begins with `!`.
    pub name: Option<&'static str>,
}

/// The types of YAML's core schema, and the time stamp, which stays text.
const CORE: [(&str, &str); 8] = [
    ("str", "str"),
    ("timestamp", "str"),
    ("null", "null"),
    ("bool", "bool"),
    ("int", "int"),
    ("float", "float"),
    ("seq", "seq"),
    ("map", "map"),
];
const NAMESPACE: &str = "tag:yaml.org,2002:";

/// Types of YAML 1.1 that its core schema does not have.
const DEFINED: [&str; 4] = ["binary", "set", "omap", "pairs"];

/// Tags that other programs replace by a value: Ansible, Home Assistant, CloudFormation, GitLab and others.
const RESOLVED: [&str; 19] = [
    "vault",
    "vault-encrypted",
    "encrypted",
    "encrypt",
    "enc",
    "cipher",
    "secret",
    "secrets",
    "env",
    "env_var",
    "include",
    "file",
    "ref",
    "reference",
    "sub",
    "getatt",
    "importvalue",
    "lookup",
    "var",
];

/// The tag that says only that the value is no plain scalar.
pub(super) const NON_SPECIFIC: &str = "!";

/// Returns the name of a tag of YAML's own.
pub(super) fn meaning(tag: &Tag) -> Result<&'static str, YamlProblem> {
    if let Some(name) = tag.suffix_in_namespace(NAMESPACE) {
        let known = CORE.iter().find(|(known, _)| *known == name);
        return known.map(|(_, meaning)| *meaning).ok_or(YamlProblem::Tag);
    }
    if tag.original() == NON_SPECIFIC {
        return Ok(NON_SPECIFIC);
    }
    let name = tag.suffix();
    if RESOLVED.iter().any(|known| known.eq_ignore_ascii_case(name)) {
        return Err(YamlProblem::Resolved(name.into()));
    }
    Err(YamlProblem::Tag)
}

/// Returns the name of a tag that YAML defines and that is not kept here. Any other tag may be a password
/// that begins with `!`, and is not named.
pub(super) fn defined(tag: &Tag) -> Option<&'static str> {
    let name = tag.suffix_in_namespace(NAMESPACE)?;
    DEFINED.into_iter().find(|known| *known == name)
}
