//! Facts of a credential, which the text in one of its fields tells by itself.

use super::rule::Fact;
use crate::base64;
use crate::value::Object;

/// Returns the facts of the text at a path; none if there is no text.
pub(super) fn facts_of(fields: &Object, path: &[&str], facts: fn(&str) -> Vec<Fact>) -> Vec<Fact> {
    let text = path.split_first().and_then(|(first, rest)| fields.get(first)?.at(rest)?.as_text());
    text.map(|text| facts(text.expose())).unwrap_or_default()
}

/// Returns the facts of the text whose base64 stands at a path; none if there is no such text.
pub(super) fn encoded_facts_of(fields: &Object, path: &[&str], facts: fn(&str) -> Vec<Fact>) -> Vec<Fact> {
    let text = path.split_first().and_then(|(first, rest)| fields.get(first)?.at(rest)?.as_text());
    let plain = text.and_then(|text| base64::decode(text.expose()).ok());
    plain.and_then(|plain| std::str::from_utf8(&plain).ok().map(facts)).unwrap_or_default()
}
