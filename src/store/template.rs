//! References inside texts: templates, env files and the values of variables. Each is replaced by the field
//! that it names; one that cannot be resolved is an error with its place.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use chrono::{DateTime, Utc};
use zeroize::Zeroizing;

use super::error::Error;
use super::terms::Terms;
use super::value_error::ValueError;
use super::value_path::{SCHEME, ValuePath};
use super::values::ValueReader;
use crate::secret::{Buffer, Secret};
use crate::vault::Vault;

/// Returns true if a text has any references.
#[must_use]
pub fn has_reference(text: &str) -> bool {
    text.contains(SCHEME)
}

/// The resolver of references, with the fields of one vault.
pub struct Resolver<'a> {
    reader: ValueReader<'a>,
    vault: &'a mut Vault,
    /// The fields so far: a template may name the same field thousands of times.
    known: BTreeMap<ValuePath, Zeroizing<Vec<u8>>>,
}

impl<'a> Resolver<'a> {
    /// Makes a resolver. With `force`, it also uses secrets of credentials that must not be used now.
    pub fn new(terms: &'a Terms, force: bool, vault: &'a mut Vault) -> Self {
        Self { reader: ValueReader::new(terms, force), vault, known: BTreeMap::new() }
    }

    /// Sets the instant of the codes of one-time passwords, as [`ValueReader::with_codes_at`] does.
    #[must_use]
    pub fn with_codes_at(self, instant: DateTime<Utc>) -> Self {
        Self { reader: self.reader.with_codes_at(instant), ..self }
    }

    /// Fills a template. References without braces end at the next blank, quote or bracket.
    ///
    /// # Errors
    /// [`Error::Unresolved`], with the line.
    pub fn template(&mut self, text: &str) -> Result<Zeroizing<Vec<u8>>, Error> {
        let mut out = Buffer::with_capacity(text.len() * 2);
        let (mut rest, mut line) = (text, 1);
        while let Some(found) = next(rest) {
            out.extend(found.before.as_bytes());
            line += rest[..rest.len() - found.from.len()].matches('\n').count();
            let value = found.reference().and_then(|reference| self.resolve(reference));
            out.extend(value.map_err(|source| unresolved(Some(line), source))?);
            line += found.from[..found.from.len() - found.after.len()].matches('\n').count();
            rest = found.after;
        }
        out.extend(rest.as_bytes());
        Ok(out.into_bytes())
    }

    /// Resolves the value of a variable: a text that is one reference as a whole, or has references in
    /// braces. Adds the fields in the value to `used`.
    ///
    /// # Errors
    /// [`Error::Unresolved`].
    pub fn value(&mut self, text: &str, used: &mut Vec<Secret>) -> Result<Zeroizing<Vec<u8>>, Error> {
        self.fill(text, used).map_err(|source| unresolved(None, source))
    }

    fn fill(&mut self, text: &str, used: &mut Vec<Secret>) -> Result<Zeroizing<Vec<u8>>, Error> {
        // one reference as a whole needs no end, so its id may have blanks and brackets
        if text.strip_prefix(SCHEME).is_some_and(|rest| !has_reference(rest)) {
            let value = self.resolve(text)?.clone();
            used.extend(Secret::from_utf8(value.to_vec()));
            return Ok(value);
        }
        let mut out = Buffer::with_capacity(text.len() * 2);
        let mut rest = text;
        while let Some(found) = next(rest) {
            if found.closing.is_none() {
                return Err(ValueError::NoBraces.into());
            }
            let value = self.resolve(found.reference()?)?;
            used.extend(Secret::from_utf8(value.to_vec()));
            out.extend(found.before.as_bytes());
            out.extend(value);
            rest = found.after;
        }
        out.extend(rest.as_bytes());
        Ok(out.into_bytes())
    }

    /// Fetches the value of a path that is not part of a text, such as `ID/FIELD` by itself.
    ///
    /// # Errors
    /// As [`ValuePath::parse`] and [`ValueReader::fetch`].
    pub fn path(&mut self, path: &str) -> Result<Zeroizing<Vec<u8>>, Error> {
        self.reader.fetch(self.vault, &ValuePath::parse(path)?)
    }

    fn resolve(&mut self, reference: &str) -> Result<&Zeroizing<Vec<u8>>, Error> {
        match self.known.entry(ValuePath::parse(reference)?) {
            Entry::Occupied(known) => Ok(known.into_mut()),
            Entry::Vacant(new) => {
                let value = self.reader.fetch(self.vault, new.key())?;
                Ok(new.insert(value))
            }
        }
    }
}

fn unresolved(line: Option<usize>, source: Error) -> Error {
    Error::Unresolved { line, source: Box::new(source) }
}

/// The first reference of a text.
#[derive(Debug, PartialEq, Eq)]
struct FoundReference<'a> {
    before: &'a str,
    /// The braces that end the reference, if it has any.
    closing: Option<&'static str>,
    /// The reference without blanks and braces; `None` if the braces do not close on the line.
    inner: Option<&'a str>,
    after: &'a str,
    /// The text from the scheme on.
    from: &'a str,
}

impl<'a> FoundReference<'a> {
    fn reference(&self) -> Result<&'a str, Error> {
        let closing = self.closing.unwrap_or_default();
        self.inner.ok_or_else(|| ValueError::OpenBraces { closing }.into())
    }
}

fn next(text: &str) -> Option<FoundReference<'_>> {
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
