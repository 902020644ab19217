//! The prompt for one value: what it says, how many lines it reads, and which answers it refuses.
//!
//! The rules of the field judge an answer at once. The gate judges it again with the whole credential.

use std::path::Path;

use credctl::base64;
use credctl::credential::Target;
use credctl::disk::{FileError, read_named};
use credctl::kind::rule::Rule;
use credctl::kind::rule::text::{NONEMPTY, TEXT};
use credctl::kind::{Field, Generation, Kind, Shape};
use credctl::secret::Secret;

use super::context;
use super::conversion;
use super::error::Error;
use super::made;
use super::prompt::{Given, Prompter};

/// Largest file that a field is read from.
const LIMIT: u64 = 16 * 1024 * 1024;

/// The subject of a prompt: a field, an entry of a key store, or a leaf of an object.
#[derive(Clone, Copy)]
pub struct Question<'a> {
    field: &'a Field,
    /// True if the value is kept in base64.
    encoded: bool,
    is_secret: bool,
    form: AnswerForm,
}

/// The form of an answer beside the shape of its field.
#[derive(Clone, Copy, PartialEq, Eq)]
enum AnswerForm {
    /// The shape says all.
    OfShape,
    /// A leaf that the catalogue does not know, which may be any text.
    Leaf,
    /// A text that mostly has several lines, such as notes.
    Prose,
}

impl<'a> Question<'a> {
    /// Makes the prompt for a field, an entry of a key store or a leaf.
    pub fn of(kind: &Kind, target: &'a Target) -> Self {
        let field = target.entry.unwrap_or(target.field);
        let is_whole = target.leaf.is_empty();
        let has_lines = matches!(field.shape, Shape::Text(rule) if is_any_text(rule));
        // a description and a token mostly have one line, and a token is asked for twice
        let is_prose = is_whole && kind.field(field.name).is_some() && kind.token != Some(field.name);
        let form = match target.entry {
            None if !is_whole => AnswerForm::Leaf,
            _ if has_lines && is_prose => AnswerForm::Prose,
            _ => AnswerForm::OfShape,
        };
        Self { field, encoded: target.is_encoded(), is_secret: target.is_secret(), form }
    }

    /// Prompts for the value. A secret of one line is hidden and asked for twice. A text of several lines is
    /// a path or a paste. Any other value is visible.
    pub fn put(self, prompter: &Prompter, label: &str) -> Result<Secret, Error> {
        let judge = |text: &str| self.judge(text);
        match self.field.shape {
            _ if self.form == AnswerForm::Leaf && self.is_secret => self.text(prompter, label),
            _ if self.form == AnswerForm::Leaf => Ok(Secret::from(prompter.text(label, &|_| Ok(()))?)),
            Shape::JsonText(_) | Shape::Tree | Shape::Open(_) | Shape::Variables => {
                self.long(prompter, label)
            }
            _ if self.form == AnswerForm::Prose => {
                let typed = self.prose(prompter, label, false)?;
                typed.ok_or_else(|| Error::usage("an answer is needed"))
            }
            Shape::Text(rule) if self.encoded || !is_any_text(rule) => self.long(prompter, label),
            Shape::Text(_) if self.is_secret => self.text(prompter, label),
            _ if self.field.generate == Generation::Offered => self.offered(prompter, label),
            _ if self.is_secret => loop {
                let secret = prompter.new_secret(label)?;
                match judge(secret.expose()) {
                    Ok(()) => return Ok(secret),
                    Err(reason) => prompter.refuse(&reason)?,
                }
            },
            _ => Ok(Secret::from(prompter.text(&self.with_format(label), &judge)?)),
        }
    }

    /// Prompts for a secret that may be left out.
    pub fn put_optional(self, prompter: &Prompter, label: &str) -> Result<Option<Secret>, Error> {
        if self.form == AnswerForm::Prose {
            self.prose(prompter, label, true)
        } else {
            Ok(prompter.optional_secret(label, label, &[""])?)
        }
    }

    /// Prompts for a secret that credctl makes if the answer is empty.
    fn offered(self, prompter: &Prompter, label: &str) -> Result<Secret, Error> {
        loop {
            let prompt = format!("{label} (Enter generates one)");
            let Some(secret) = prompter.optional_secret(&prompt, label, &[""])? else {
                return made::generated(self.field, self.encoded);
            };
            match self.judge(secret.expose()) {
                Ok(()) => return Ok(secret),
                Err(reason) => prompter.refuse(&reason)?,
            }
        }
    }

    /// Returns the label of the prompt, with the format of a value that is not plain text.
    fn with_format(self, label: &str) -> String {
        match self.field.shape {
            Shape::Flag => format!("{label} (true or false)"),
            _ if !self.field.choices.is_empty() => format!("{label} ({})", self.field.choices.join(", ")),
            Shape::List(_) => format!("{label} (separated by commas)"),
            Shape::Time => format!("{label} (such as 2027-01-31)"),
            _ => label.to_owned(),
        }
    }

    /// Prompts for a certificate, a key or a kubeconfig: the path of a file, or the text.
    fn long(self, prompter: &Prompter, label: &str) -> Result<Secret, Error> {
        let label = format!("{label} (path or paste)");
        // the first variable is no path, and mostly not the last one
        let is_first = |line: &str| matches!(self.field.shape, Shape::Variables) && line.contains('=');
        Ok(prompter.lines(&label, true, &|given| match given {
            Given::Lines(text) => self.accept(text).map(Some),
            Given::Line(line) if line.is_empty() => Err("an answer is needed".to_owned()),
            Given::Line(line) => match file(line.expose()) {
                Ok(text) => self.accept(&text).map(Some),
                Err(_) if is_first(line.expose()) => Ok(None),
                // a line that is no path may still be the text
                Err(reason) => self.accept(line).map(Some).map_err(|_| reason),
            },
        })?)
    }

    /// Prompts for a text of several lines, such as notes. An empty first line is no answer, which only an optional
    /// field takes.
    fn prose(self, prompter: &Prompter, label: &str, is_optional: bool) -> Result<Option<Secret>, Error> {
        Ok(prompter.lines(label, false, &|given| match given {
            Given::Lines(text) => self.accept(text).map(|text| Some(Some(text))),
            Given::Line(line) if line.is_empty() && is_optional => Ok(Some(None)),
            Given::Line(line) if line.is_empty() => Err("an answer is needed".to_owned()),
            Given::Line(_) => Ok(None),
        })?)
    }

    /// Prompts for a secret that mostly has one line. Asks for such a line twice; a paste may have several
    /// lines.
    fn text(self, prompter: &Prompter, label: &str) -> Result<Secret, Error> {
        loop {
            let (secret, lines) = prompter.lines(label, false, &|given| match given {
                Given::Lines(text) => Ok(Some((self.accept(text)?, true))),
                Given::Line(line) => Ok(Some((self.accept(line)?, false))),
            })?;
            if lines || prompter.secret(&format!("{label} (again)"))? == secret {
                return Ok(secret);
            }
            prompter.refuse("the two entries differ")?;
        }
    }

    /// Returns the text in the form that the field takes, or the reason why the field refuses the text.
    fn accept(self, text: &Secret) -> Result<Secret, String> {
        let mut converted = None;
        if self.field.is_called("kubeconfig") {
            let bytes = zeroize::Zeroizing::new(text.expose().as_bytes().to_vec());
            let mut bytes = conversion::kubeconfig(bytes).map_err(str::to_owned)?;
            let json = Secret::from_utf8(std::mem::take(&mut *bytes)).map_err(|_| "must be UTF-8 text")?;
            converted = Some(json);
        }
        let text = converted.as_ref().unwrap_or(text);
        self.judge(text.expose())?;
        Ok(text.clone())
    }

    /// Checks a value as typed. The rules of encoded entries apply to the encoded value.
    fn judge(self, text: &str) -> Result<(), String> {
        if matches!(self.field.shape, Shape::Variables) && self.form != AnswerForm::Leaf {
            return conversion::variables(&Secret::from(text)).map(drop).map_err(str::to_owned);
        }
        let (Shape::Line(rule) | Shape::Text(rule) | Shape::JsonText(rule) | Shape::Number(rule)) =
            self.field.shape
        else {
            // the gate checks values that have no rule of their own
            return if text.is_empty() { Err("an answer is needed".to_owned()) } else { Ok(()) };
        };
        let judged = if self.encoded {
            (rule.check)(base64::encode(text.as_bytes()).expose())
        } else {
            (rule.check)(text)
        };
        judged.map(drop).map_err(std::borrow::Cow::into_owned)
    }
}

/// Returns true for a rule that takes any text, so that it may be prose.
fn is_any_text(rule: &Rule) -> bool {
    [&NONEMPTY, &TEXT].iter().any(|any| any.name == rule.name)
}

/// Reads the file whose path is on a line. The path may be in quotation marks.
fn file(line: &str) -> Result<Secret, String> {
    let line = line.trim();
    let quoted = |mark: char| line.strip_prefix(mark).and_then(|line| line.strip_suffix(mark));
    let path = context::expand(Path::new(quoted('\'').or_else(|| quoted('"')).unwrap_or(line)));
    let mut bytes = read_named(&path, LIMIT).map_err(|error| match error {
        FileError::NotFound { .. } => "no such file; enter a path, or paste the text".to_owned(),
        error => error.to_string(),
    })?;
    Secret::from_utf8(std::mem::take(&mut *bytes)).map_err(|_| "the file is not UTF-8 text".to_owned())
}
