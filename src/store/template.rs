//! References inside texts: templates, env files and the values of variables. Each is replaced by the field
//! that it names; one that cannot be resolved is an error with its place.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Utc};

use super::error::Error;
use super::filled::{Filled, FilledPart, ResolvedField};
use super::found_reference::{is_whole, next};
use super::terms::Terms;
use super::value_error::ValueError;
use super::value_path::ValuePath;
use super::values::ValueReader;
use crate::credential::{Credential, Target};
use crate::secret::SecretBytes;
use crate::text::has_reference;
use crate::vault::{Reference, Vault};

/// The resolver of references, with the fields of one vault. A field that is a variable of a credential may have
/// references too. These are resolved, but not those of a further variable, so that no circle can arise.
pub struct Resolver<'a> {
    reader: ValueReader<'a>,
    vault: &'a mut Vault,
    /// The fields so far: a template may name the same field thousands of times.
    known: BTreeMap<ValuePath, ResolvedField>,
    /// The credentials that were read last: one, and beside it one that its variables refer to.
    last: Vec<ReferredCredential>,
    /// True while the references of a variable are resolved.
    is_inside: bool,
}

/// A credential that may have thousands of fields to resolve.
struct ReferredCredential {
    /// The id or name of the paths to it.
    id: String,
    credential: Credential,
    references: Vec<Reference>,
}

impl<'a> Resolver<'a> {
    /// Makes a resolver. With `force`, it also uses secrets of credentials that must not be used now.
    pub fn new(terms: &'a Terms, force: bool, vault: &'a mut Vault) -> Self {
        let reader = ValueReader::new(terms, force);
        Self { reader, vault, known: BTreeMap::new(), last: Vec::new(), is_inside: false }
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
    pub fn template<'t>(&mut self, text: &'t str) -> Result<Filled<'t>, Error> {
        self.look_ahead(text);
        let mut parts = Vec::new();
        let (mut rest, mut line) = (text, 1);
        while let Some(found) = next(rest) {
            let start = text.len() - rest.len();
            parts.push(FilledPart::Text(start..start + found.before.len()));
            line += rest[..rest.len() - found.from.len()].matches('\n').count();
            let value = found.reference().and_then(|reference| self.resolve(reference));
            parts.push(FilledPart::Field(value.map_err(|source| unresolved(Some(line), source))?));
            line += found.from[..found.from.len() - found.after.len()].matches('\n').count();
            rest = found.after;
        }
        parts.push(FilledPart::Text(text.len() - rest.len()..text.len()));
        Ok(Filled::new(text, parts))
    }

    /// Resolves the value of a variable: a text that is one reference as a whole, or has references in
    /// braces.
    ///
    /// # Errors
    /// [`Error::Unresolved`].
    pub fn value<'t>(&mut self, text: &'t str) -> Result<Filled<'t>, Error> {
        let parts = self.fill(text).map_err(|source| unresolved(None, source))?;
        Ok(Filled::new(text, parts))
    }

    /// Resolves a variable of a credential, as [`Resolver::value`] does. Its references may name no variable
    /// that has references, too.
    ///
    /// # Errors
    /// [`Error::Unresolved`].
    pub fn variable<'t>(&mut self, text: &'t str) -> Result<Filled<'t>, Error> {
        let parts = self.fill_inside(text).map_err(|source| unresolved(None, source))?;
        Ok(Filled::new(text, parts))
    }

    /// Fetches the value of a path that is not part of a text, such as `ID/FIELD` by itself.
    ///
    /// # Errors
    /// As [`ValuePath::parse`] and [`ValueReader::fetch`].
    pub fn path(&mut self, path: &str) -> Result<ResolvedField, Error> {
        self.resolve(path)
    }

    fn fill(&mut self, text: &str) -> Result<Vec<FilledPart>, Error> {
        // one reference as a whole needs no end, so its id may have blanks and brackets
        if is_whole(text) {
            return Ok(vec![FilledPart::Field(self.resolve(text)?)]);
        }
        let mut parts = Vec::new();
        let mut rest = text;
        while let Some(found) = next(rest) {
            if found.closing.is_none() {
                return Err(ValueError::NoBraces.into());
            }
            let start = text.len() - rest.len();
            parts.push(FilledPart::Text(start..start + found.before.len()));
            parts.push(FilledPart::Field(self.resolve(found.reference()?)?));
            rest = found.after;
        }
        parts.push(FilledPart::Text(text.len() - rest.len()..text.len()));
        Ok(parts)
    }

    fn fill_inside(&mut self, variable: &str) -> Result<Vec<FilledPart>, Error> {
        self.is_inside = true;
        let parts = self.fill(variable);
        self.is_inside = false;
        parts
    }

    /// Fetches the fields that a text names, those of one credential together, so that each credential is read
    /// once. Stops at the first that cannot be resolved. The error comes later, with the place in the text.
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
        self.last.clear();
    }

    fn resolve(&mut self, reference: &str) -> Result<ResolvedField, Error> {
        self.fetch(ValuePath::parse(reference)?)
    }

    /// Fetches a field, and resolves the references of a variable.
    fn fetch(&mut self, path: ValuePath) -> Result<ResolvedField, Error> {
        if let Some(known) = self.known.get(&path) {
            return if self.is_inside && known.has_fields() { Err(nested(&path)) } else { Ok(known.clone()) };
        }
        let (bytes, is_variable) = self.read(&path)?;
        let refers = is_variable && std::str::from_utf8(&bytes).is_ok_and(has_reference);
        let field = match if refers { bytes.to_secret() } else { None } {
            None => bytes.into(),
            Some(_) if self.is_inside => return Err(nested(&path)),
            Some(text) => {
                let parts = self.fill_inside(text.expose())?;
                ResolvedField::variable(text, parts)
            }
        };
        self.known.insert(path, field.clone());
        Ok(field)
    }

    /// Reads the bytes of a field. The second answer is true for a variable of the operator, which may have
    /// references of its own.
    fn read(&mut self, path: &ValuePath) -> Result<(SecretBytes, bool), Error> {
        let at = match self.last.iter().position(|last| last.id == path.id) {
            Some(at) => at,
            None => {
                // the credential of a variable stays while others are read for the references of the variable
                self.last.truncate(usize::from(self.is_inside));
                let (credential, references) = self.reader.find(self.vault, path)?;
                self.last.push(ReferredCredential { id: path.id.clone(), credential, references });
                self.last.len() - 1
            }
        };
        let last = &self.last[at];
        let value = self.reader.value(&last.credential, &last.references, &path.field)?;
        let kind = last.credential.kind();
        let is_variable =
            Target::of(kind, &path.field).is_some_and(|target| kind.variable_name(&target.path()).is_some());
        Ok((value, is_variable))
    }
}

fn nested(path: &ValuePath) -> Error {
    ValueError::Nested { id: path.id.clone(), field: path.field.clone() }.into()
}

fn unresolved(line: Option<usize>, source: Error) -> Error {
    Error::Unresolved { line, source: Box::new(source) }
}
