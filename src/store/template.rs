//! References inside texts: templates, env files and the values of variables. Each is replaced by the field
//! that it names; one that cannot be resolved is an error with its place.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::io::{self, Write};
use std::rc::Rc;

use super::error::Error;
use super::terms::Terms;
use super::value_error::ValueError;
use super::value_path::{SCHEME, ValuePath};
use super::values::ValueReader;
use crate::credential::Credential;
use crate::secret::SecretBytes;
use crate::vault::{Reference, Vault};

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
    known: BTreeMap<ValuePath, Rc<SecretBytes>>,
    /// The credential that was read last, by the id of its path: it may have thousands of fields.
    last: Option<(String, Credential, Vec<Reference>)>,
}

/// A text whose references are resolved. The fields are in memory once, however often the text names them, and
/// become parts of one text only where it is written.
pub struct Filled<'t>(Vec<FilledPart<'t>>);

impl fmt::Debug for Filled<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Filled(…)")
    }
}

enum FilledPart<'t> {
    Text(&'t str),
    Field(Rc<SecretBytes>),
}

impl FilledPart<'_> {
    fn bytes(&self) -> &[u8] {
        match self {
            Self::Text(text) => text.as_bytes(),
            Self::Field(field) => field,
        }
    }
}

impl Filled<'_> {
    /// Returns the length of the whole text in bytes.
    #[must_use]
    pub fn len(&self) -> usize {
        self.0.iter().fold(0, |length, part| length.saturating_add(part.bytes().len()))
    }

    /// Returns true if there is no text.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Returns the fields in the text, one for each reference.
    pub fn fields(&self) -> impl Iterator<Item = &SecretBytes> {
        self.0.iter().filter_map(|part| match part {
            FilledPart::Field(field) => Some(&**field),
            FilledPart::Text(_) => None,
        })
    }

    /// Writes the text, part by part.
    ///
    /// # Errors
    /// An error of the writer.
    pub fn write(&self, out: &mut dyn Write) -> io::Result<()> {
        self.0.iter().try_for_each(|part| out.write_all(part.bytes()))
    }
}

impl<'a> Resolver<'a> {
    /// Makes a resolver. With `force`, it also uses secrets of credentials that must not be used now.
    pub fn new(terms: &'a Terms, force: bool, vault: &'a mut Vault) -> Self {
        Self { reader: ValueReader::new(terms, force), vault, known: BTreeMap::new(), last: None }
    }

    /// Fills a template. References without braces end at the next blank, quote or bracket.
    ///
    /// # Errors
    /// [`Error::Unresolved`], with the line.
    pub fn template<'t>(&mut self, text: &'t str) -> Result<Filled<'t>, Error> {
        self.look_ahead(text);
        let mut parts = Vec::new();
        let (mut rest, mut line) = (text, 1);
        while let Some(found) = next(rest) {
            parts.push(FilledPart::Text(found.before));
            line += rest[..rest.len() - found.from.len()].matches('\n').count();
            let value = found.reference().and_then(|reference| self.resolve(reference));
            parts.push(FilledPart::Field(value.map_err(|source| unresolved(Some(line), source))?));
            line += found.from[..found.from.len() - found.after.len()].matches('\n').count();
            rest = found.after;
        }
        parts.push(FilledPart::Text(rest));
        Ok(Filled(parts))
    }

    /// Resolves the value of a variable: a text that is one reference as a whole, or has references in
    /// braces.
    ///
    /// # Errors
    /// [`Error::Unresolved`].
    pub fn value<'t>(&mut self, text: &'t str) -> Result<Filled<'t>, Error> {
        self.fill(text).map_err(|source| unresolved(None, source))
    }

    fn fill<'t>(&mut self, text: &'t str) -> Result<Filled<'t>, Error> {
        // one reference as a whole needs no end, so its id may have blanks and brackets
        if text.strip_prefix(SCHEME).is_some_and(|rest| !has_reference(rest)) {
            return Ok(Filled(vec![FilledPart::Field(self.resolve(text)?)]));
        }
        let mut parts = Vec::new();
        let mut rest = text;
        while let Some(found) = next(rest) {
            if found.closing.is_none() {
                return Err(ValueError::NoBraces.into());
            }
            parts.push(FilledPart::Text(found.before));
            parts.push(FilledPart::Field(self.resolve(found.reference()?)?));
            rest = found.after;
        }
        parts.push(FilledPart::Text(rest));
        Ok(Filled(parts))
    }

    /// Fetches the value of a path that is not part of a text, such as `ID/FIELD` by itself.
    ///
    /// # Errors
    /// As [`ValuePath::parse`] and [`ValueReader::fetch`].
    pub fn path(&mut self, path: &str) -> Result<Rc<SecretBytes>, Error> {
        self.resolve(path)
    }

    /// Fetches the fields that a text names, those of one credential together, so that each credential is read
    /// once. Stops at the first that cannot be resolved: whoever comes to it in the text fails with its place.
    fn look_ahead(&mut self, text: &str) {
        let mut paths = BTreeSet::new();
        let mut rest = text;
        while let Some(found) = next(rest) {
            let Ok(path) = found.reference().and_then(ValuePath::parse) else { break };
            paths.insert(path);
            rest = found.after;
        }
        // an error comes again
        let _ = paths.into_iter().try_for_each(|path| self.fetch(path).map(drop));
        self.last = None;
    }

    fn resolve(&mut self, reference: &str) -> Result<Rc<SecretBytes>, Error> {
        self.fetch(ValuePath::parse(reference)?)
    }

    fn fetch(&mut self, path: ValuePath) -> Result<Rc<SecretBytes>, Error> {
        if let Some(known) = self.known.get(&path) {
            return Ok(Rc::clone(known));
        }
        let (id, credential, references) = match self.last.take().filter(|(id, ..)| *id == path.id) {
            Some(last) => last,
            None => {
                let (credential, references) = self.reader.find(self.vault, &path)?;
                (path.id.clone(), credential, references)
            }
        };
        let value = self.reader.value(&credential, &references, &path.field);
        self.last = Some((id, credential, references));
        let value = Rc::new(value?);
        self.known.insert(path, Rc::clone(&value));
        Ok(value)
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
