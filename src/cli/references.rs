//! References inside texts: templates, env files and the values of `--env`. Each is replaced by the field
//! that it names; one that cannot be resolved is an error with its place.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::io::Write as _;

use credctl::secret::{Buffer, Secret};
use credctl::vault::Vault;
use zeroize::Zeroizing;

use super::context::Context;
use super::error::{Error, Failure};
use super::fetch::{Path, SCHEME};

/// Returns true if a text has any references.
pub fn has_reference(text: &str) -> bool {
    text.contains(SCHEME)
}

/// The resolver of references, with the fields of one vault.
pub struct Resolver<'a> {
    context: &'a Context,
    force: bool,
    vault: &'a mut Vault,
    /// The fields so far: a template may name the same field thousands of times.
    known: BTreeMap<Path, Zeroizing<Vec<u8>>>,
}

impl<'a> Resolver<'a> {
    /// Makes a resolver. With `force`, it also uses secrets of credentials that are not `Ok`.
    pub fn new(context: &'a Context, force: bool, vault: &'a mut Vault) -> Self {
        Self { context, force, vault, known: BTreeMap::new() }
    }

    /// Fills a template. References without braces end at the next blank, quote or bracket.
    pub fn template(&mut self, text: &str) -> Result<Zeroizing<Vec<u8>>, Error> {
        let mut out = Buffer::with_capacity(text.len() * 2);
        let (mut rest, mut line) = (text, 1);
        while let Some(found) = next(rest) {
            out.write_all(found.before.as_bytes())?;
            line += rest[..rest.len() - found.from.len()].matches('\n').count();
            let value = found.reference().and_then(|reference| self.resolve(reference));
            out.write_all(value.map_err(|error| error.at(&format!("line {line} of the template")))?)?;
            line += found.from[..found.from.len() - found.after.len()].matches('\n').count();
            rest = found.after;
        }
        out.write_all(rest.as_bytes())?;
        Ok(out.into_bytes())
    }

    /// Resolves the value of a variable: a text that is one reference as a whole, or has references in
    /// braces. Adds the fields in the value to `used`.
    pub fn value(&mut self, text: &str, used: &mut Vec<Secret>) -> Result<Zeroizing<Vec<u8>>, Error> {
        if text.strip_prefix(SCHEME).is_some_and(|rest| !has_reference(rest)) {
            let value = self.resolve(text)?.clone();
            used.extend(Secret::from_utf8(value.to_vec()));
            return Ok(value);
        }
        let mut out = Buffer::with_capacity(text.len() * 2);
        let mut rest = text;
        while let Some(found) = next(rest) {
            if found.closing.is_none() {
                return Err(
                    unresolved("a reference inside a text needs braces").hint("write {{ cred://ID/FIELD }}")
                );
            }
            let value = self.resolve(found.reference()?)?;
            used.extend(Secret::from_utf8(value.to_vec()));
            out.write_all(found.before.as_bytes())?;
            out.write_all(value)?;
            rest = found.after;
        }
        out.write_all(rest.as_bytes())?;
        Ok(out.into_bytes())
    }

    /// Fetches the value of a path that is not part of a text, such as `ID/FIELD` behind `--env NAME=`.
    pub fn path(&mut self, path: &str) -> Result<Zeroizing<Vec<u8>>, Error> {
        Path::parse(path)?.fetch(self.context, self.force, self.vault)
    }

    fn resolve(&mut self, reference: &str) -> Result<&Zeroizing<Vec<u8>>, Error> {
        // a wrong field or form is reported like a wrong id
        let nowhere = |error: Error| {
            if error.kind() == Failure::Usage { error.with_kind(Failure::NotFound) } else { error }
        };
        let path = Path::parse(reference).map_err(nowhere)?;
        match self.known.entry(path) {
            Entry::Occupied(known) => Ok(known.into_mut()),
            Entry::Vacant(new) => {
                let value = new.key().fetch(self.context, self.force, self.vault).map_err(nowhere)?;
                Ok(new.insert(value))
            }
        }
    }
}

fn unresolved(what: &str) -> Error {
    Error::new(Failure::NotFound, what)
}

/// The first reference of a text.
#[derive(Debug, PartialEq, Eq)]
struct Found<'a> {
    before: &'a str,
    /// The braces that end the reference, if it has any.
    closing: Option<&'static str>,
    /// The reference without blanks and braces; `None` if the braces do not close on the line.
    inner: Option<&'a str>,
    after: &'a str,
    /// The text from the scheme on.
    from: &'a str,
}

impl<'a> Found<'a> {
    fn reference(&self) -> Result<&'a str, Error> {
        self.inner.ok_or_else(|| {
            let closing = self.closing.unwrap_or_default();
            unresolved(&format!("the braces around the reference are not closed by `{closing}`"))
        })
    }
}

fn next(text: &str) -> Option<Found<'_>> {
    let at = text.find(SCHEME)?;
    let (before, from) = text.split_at(at);
    let blank = before.trim_end();
    let braces = [("{{", "}}"), ("${", "}")];
    let braces = braces.into_iter().find_map(|(open, close)| Some((blank.strip_suffix(open)?, close)));
    if let Some((before, closing)) = braces {
        let line = from.split('\n').next().unwrap_or(from);
        return Some(match line.split_once(closing) {
            Some((inner, _)) => {
                let after = &from[inner.len() + closing.len()..];
                Found { before, closing: Some(closing), inner: Some(inner.trim_end()), after, from }
            }
            None => Found { before, closing: Some(closing), inner: None, after: "", from },
        });
    }
    let ends = |c: char| c.is_whitespace() || "\"'`<>{}()[]|,;".contains(c);
    let (inner, after) = from.split_at(from.find(ends).unwrap_or(from.len()));
    Some(Found { before, closing: None, inner: Some(inner), after, from })
}

#[cfg(test)]
mod tests {
    use super::next;

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
}
