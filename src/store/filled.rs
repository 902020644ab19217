//! Texts whose references are resolved, part by part: the fields in them are in memory once.

use std::fmt;
use std::io::{self, Write};
use std::ops::Range;
use std::rc::Rc;

use crate::secret::{Buffer, Secret, SecretBytes};

/// A text whose references are resolved. The fields are in memory once, however often the text names them, and
/// become parts of one text only where it is written.
pub struct Filled<'t> {
    text: &'t str,
    parts: Vec<FilledPart>,
}

/// A part of a text: a range of the text itself, or the field in the place of a reference.
pub(super) enum FilledPart {
    Text(Range<usize>),
    Field(ResolvedField),
}

/// The field that a reference names, as it stands in the place of the reference. Clones share it.
#[derive(Clone)]
pub struct ResolvedField(ResolvedContent);

#[derive(Clone)]
enum ResolvedContent {
    Plain(Rc<SecretBytes>),
    Variable(Rc<FilledVariable>),
}

/// A variable of a credential whose own references are resolved.
struct FilledVariable {
    text: Secret,
    parts: Vec<FilledPart>,
    length: usize,
}

impl fmt::Debug for Filled<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Filled(…)")
    }
}

impl fmt::Debug for ResolvedField {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ResolvedField(…)")
    }
}

impl<'t> Filled<'t> {
    pub(super) fn new(text: &'t str, parts: Vec<FilledPart>) -> Self {
        Self { text, parts }
    }

    /// Returns the length of the whole text in bytes.
    #[must_use]
    pub fn len(&self) -> usize {
        length(&self.parts)
    }

    /// Returns true if there is no text.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Returns the fields in the text, one for each reference.
    pub fn fields(&self) -> impl Iterator<Item = &ResolvedField> {
        fields(&self.parts)
    }

    /// Writes the text, part by part.
    ///
    /// # Errors
    /// An error of the writer.
    pub fn write(&self, out: &mut dyn Write) -> io::Result<()> {
        write(self.text, &self.parts, out)
    }

    /// Returns the whole text, if it is UTF-8. It is no copy if one long field is all of it.
    #[must_use]
    pub fn to_secret(&self) -> Option<Secret> {
        match &self.parts[..] {
            [FilledPart::Field(field)] => field.to_secret(),
            parts => joined(self.text, parts, self.len()),
        }
    }
}

impl ResolvedField {
    pub(super) fn variable(text: Secret, parts: Vec<FilledPart>) -> Self {
        let length = length(&parts);
        Self(ResolvedContent::Variable(Rc::new(FilledVariable { text, parts, length })))
    }

    /// Returns true if the field is a variable with references.
    pub(super) fn has_fields(&self) -> bool {
        matches!(self.0, ResolvedContent::Variable(_))
    }

    /// Returns the length in bytes.
    #[must_use]
    pub fn len(&self) -> usize {
        match &self.0 {
            ResolvedContent::Plain(bytes) => bytes.len(),
            ResolvedContent::Variable(variable) => variable.length,
        }
    }

    /// Returns true if the field has no bytes.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Returns the fields in the place of its own references.
    pub fn fields(&self) -> impl Iterator<Item = &Self> {
        let parts = match &self.0 {
            ResolvedContent::Plain(_) => &[][..],
            ResolvedContent::Variable(variable) => &variable.parts,
        };
        fields(parts)
    }

    /// Writes the bytes.
    ///
    /// # Errors
    /// An error of the writer.
    pub fn write(&self, out: &mut dyn Write) -> io::Result<()> {
        match &self.0 {
            ResolvedContent::Plain(bytes) => out.write_all(bytes),
            ResolvedContent::Variable(variable) => write(variable.text.expose(), &variable.parts, out),
        }
    }

    /// Returns the field as a text, if it is UTF-8. It is no copy if it is long and has no references of its own.
    #[must_use]
    pub fn to_secret(&self) -> Option<Secret> {
        match &self.0 {
            ResolvedContent::Plain(bytes) => bytes.to_secret(),
            ResolvedContent::Variable(variable) => {
                joined(variable.text.expose(), &variable.parts, variable.length)
            }
        }
    }
}

impl From<SecretBytes> for ResolvedField {
    fn from(bytes: SecretBytes) -> Self {
        Self(ResolvedContent::Plain(Rc::new(bytes)))
    }
}

fn length(parts: &[FilledPart]) -> usize {
    let lengths = parts.iter().map(|part| match part {
        FilledPart::Text(range) => range.len(),
        FilledPart::Field(field) => field.len(),
    });
    lengths.fold(0, usize::saturating_add)
}

fn fields(parts: &[FilledPart]) -> impl Iterator<Item = &ResolvedField> {
    parts.iter().filter_map(|part| match part {
        FilledPart::Field(field) => Some(field),
        FilledPart::Text(_) => None,
    })
}

fn write(text: &str, parts: &[FilledPart], out: &mut dyn Write) -> io::Result<()> {
    parts.iter().try_for_each(|part| match part {
        FilledPart::Text(range) => out.write_all(&text.as_bytes()[range.clone()]),
        FilledPart::Field(field) => field.write(out),
    })
}

fn joined(text: &str, parts: &[FilledPart], length: usize) -> Option<Secret> {
    let mut out = Buffer::with_capacity(length);
    write(text, parts, &mut out).ok()?;
    out.into_secret()
}

#[cfg(test)]
mod tests {
    use super::{Filled, FilledPart, ResolvedField};
    use crate::secret::{Secret, SecretBytes};

    fn plain(text: &str) -> ResolvedField {
        SecretBytes::Text(Secret::from(text)).into()
    }

    #[test]
    fn a_variable_is_written_with_its_fields_and_a_long_field_is_no_copy() {
        let inner = plain("pw");
        let parts = vec![FilledPart::Text(0..2), FilledPart::Field(inner), FilledPart::Text(5..6)];
        let variable = ResolvedField::variable(Secret::from("a:???@"), parts);
        assert_eq!((variable.len(), variable.fields().count(), variable.has_fields()), (5, 1, true));
        let text = "x${}y";
        let parts = vec![
            FilledPart::Text(0..1),
            FilledPart::Field(variable.clone()),
            FilledPart::Field(variable),
            FilledPart::Text(4..5),
        ];
        let filled = Filled::new(text, parts);
        assert_eq!((filled.len(), filled.to_secret()), (12, Some(Secret::from("xa:pw@a:pw@y"))));
        let long = Secret::from("x".repeat(100_000));
        let whole =
            Filled::new("", vec![FilledPart::Field(SecretBytes::Text(long.clone()).into())]).to_secret();
        assert_eq!(whole.unwrap().expose().as_ptr(), long.expose().as_ptr());
    }
}
