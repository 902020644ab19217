//! The references in a text, found by their signs and their braces. Nothing here looks into a vault.

use std::ops::Range;

use super::error::Error;
use super::value_error::ValueError;
use crate::text::{SCHEME, has_reference};

/// The first reference of a text.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct FoundReference<'a> {
    pub(super) before: &'a str,
    /// The braces that end the reference, if it has any.
    pub(super) closing: Option<&'static str>,
    /// The reference without blanks and braces; `None` if the braces do not close on the line.
    pub(super) inner: Option<&'a str>,
    pub(super) after: &'a str,
    /// The text from the scheme on.
    pub(super) from: &'a str,
}

impl<'a> FoundReference<'a> {
    pub(super) fn reference(&self) -> Result<&'a str, Error> {
        let closing = self.closing.unwrap_or_default();
        self.inner.ok_or_else(|| ValueError::OpenBraces { closing }.into())
    }
}

/// Finds the first reference of a text.
pub(super) fn next(text: &str) -> Option<FoundReference<'_>> {
    let at = text.find(SCHEME)?;
    let (before, from) = text.split_at(at);
    let blank = before.trim_end();
    let braces = [("{{", "}}"), ("${", "}")];
    let braces = braces.into_iter().find_map(|(open, close)| Some((blank.strip_suffix(open)?, close)));
    if let Some((before, closing)) = braces {
        // on this line only, or braces that were forgotten would take the rest of the text
        let line = from.split('\n').next().unwrap_or(from);
        return Some(match line.split_once(closing) {
            Some((inner, _)) => {
                let after = &from[inner.len() + closing.len()..];
                FoundReference { before, closing: Some(closing), inner: Some(inner.trim_end()), after, from }
            }
            None => FoundReference { before, closing: Some(closing), inner: None, after: "", from },
        });
    }
    let ends = |c: char| c.is_whitespace() || "\"'`<>{}()[]|,;".contains(c);
    let (inner, after) = from.split_at(from.find(ends).unwrap_or(from.len()));
    Some(FoundReference { before, closing: None, inner: Some(inner), after, from })
}

/// Returns true if the value of a variable is one reference as a whole. It needs no end, so its id may have blanks
/// and brackets.
pub(super) fn is_whole(text: &str) -> bool {
    text.strip_prefix(SCHEME).is_some_and(|rest| !has_reference(rest))
}

/// Returns the places of the references in the value of a variable, each from its scheme to its end.
pub(super) fn places(text: &str) -> Vec<Range<usize>> {
    if is_whole(text) {
        return std::iter::once(0..text.len()).collect();
    }
    let (mut places, mut rest) = (Vec::new(), text);
    while let Some(found) = next(rest) {
        let start = text.len() - found.from.len();
        places.extend(found.inner.map(|inner| start..start + inner.len()));
        rest = found.after;
    }
    places
}

#[cfg(test)]
mod tests {
    use super::{next, places};

    #[test]
    fn references_end_where_they_should() {
        for (text, before, inner, after) in [
            ("a cred://x/y b", "a ", Some("cred://x/y"), " b"),
            ("k=\"cred://x/y\"", "k=\"", Some("cred://x/y"), "\""),
            ("{{ cred://x y/z }}.", "", Some("cred://x y/z"), "."),
            ("{{cred://work/db/password}}", "", Some("cred://work/db/password"), ""),
            ("a${cred://x/y}@h}", "a", Some("cred://x/y"), "@h}"),
            ("${{ cred://x/y }}", "$", Some("cred://x/y"), ""),
            ("cred://x/y", "", Some("cred://x/y"), ""),
            ("{{ cred://x/y\n}}", "", None, ""),
            ("a ${cred://x/y\n", "a ", None, ""),
            ("{ cred://x/y }", "{ ", Some("cred://x/y"), " }"),
        ] {
            let found = next(text).unwrap();
            assert_eq!((found.before, found.inner, found.after), (before, inner, after), "{text}");
        }
        assert_eq!(next("nothing"), None);
    }

    #[test]
    fn the_places_in_a_value_are_those_that_are_resolved() {
        for (text, all) in [
            ("cred://a b}/c d", &["cred://a b}/c d"][..]),
            ("x${cred://a/b}-{{ cred://c/d }}", &["cred://a/b", "cred://c/d"]),
            ("x cred://a/b,", &["cred://a/b"]),
            ("${cred://a/b\n", &[]),
            ("nothing", &[]),
        ] {
            let found: Vec<&str> = places(text).into_iter().map(|place| &text[place]).collect();
            assert_eq!(found, all, "{text}");
        }
    }
}
