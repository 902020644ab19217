//! The tags that are known.

use granit_parser::Tag;

use super::error::YamlProblem;

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

/// The name of a tag of YAML's own.
pub(super) fn meaning(tag: &Tag) -> Result<&'static str, YamlProblem> {
    if let Some(name) = tag.suffix_in_namespace(NAMESPACE) {
        let known = CORE.iter().find(|(known, _)| *known == name);
        return known.map(|(_, meaning)| *meaning).ok_or(YamlProblem::Tag);
    }
    if tag.original() == NON_SPECIFIC {
        return Ok(NON_SPECIFIC);
    }
    let name = tag.suffix();
    match RESOLVED.iter().find(|known| known.eq_ignore_ascii_case(name)) {
        Some(known) => Err(YamlProblem::Resolved(known)),
        None => Err(YamlProblem::Tag),
    }
}
