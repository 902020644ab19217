//! What lives in a vault beside the credentials: small registries, each a section of its own that is
//! read as a whole and written as a whole.
//!
//! Each resident has one document, which is its record in the vault, the answer of every verb about
//! it, and what an export has of it.

mod environment;
mod policy;
mod reference;
mod user;

pub use environment::Environment;
pub use policy::{Period, Policy, PolicyRule};
pub use reference::Reference;
pub use user::{AuthProvider, User};

use super::plain::Lines;
use super::wire::Section;
use super::{Error, RecordProblem, Vault, record};
use crate::credential::{Violations, normalised};
use crate::kind::rule::Rule;
use crate::secret::Buffer;
use crate::text::compose;
use crate::value::{Object, Value, json};

/// A record of one of the small sections.
pub trait Resident: Sized {
    /// Where it lives.
    #[doc(hidden)]
    const SECTION: Section;

    /// What it is called in messages.
    const NAME: &'static str;

    /// What tells it from the others of its kind, and orders them.
    fn key(&self) -> (&str, &str);

    /// Its document.
    fn document(&self) -> Object;

    /// Reads its document.
    ///
    /// # Errors
    /// Everything that is wrong with it.
    fn read(document: Object) -> Result<Self, Violations>;
}

impl Vault {
    /// All residents of a kind, in the order of their keys.
    ///
    /// # Errors
    /// When the text cannot be read or a record is damaged.
    pub fn residents<R: Resident>(&mut self) -> Result<Vec<R>, Error> {
        match &self.sections[R::SECTION as usize] {
            Some(lines) => lines.iter().zip(0..).map(|(line, at)| resident(at, line)).collect(),
            None => self.stored(),
        }
    }

    /// The residents of a kind as they are on the disk, without the changes that are not saved.
    pub(super) fn stored<R: Resident>(&mut self) -> Result<Vec<R>, Error> {
        let mut residents = Vec::new();
        let mut lines = Lines::new(&mut self.plain, self.index.range(R::SECTION), 4096)?;
        while let (at, Some(line)) = (lines.position(), lines.next()?) {
            residents.push(resident(at, line)?);
        }
        Ok(residents)
    }

    /// Whether there is a resident of a kind with this first key.
    ///
    /// # Errors
    /// When the text cannot be read or a record is damaged.
    pub fn has<R: Resident>(&mut self, key: &str) -> Result<bool, Error> {
        if self.keys[R::SECTION as usize].is_none() {
            let residents = self.residents::<R>()?;
            let keys = residents.iter().map(|resident| resident.key().0.to_owned()).collect();
            self.keys[R::SECTION as usize] = Some(keys);
        }
        Ok(self.keys[R::SECTION as usize].as_ref().is_some_and(|keys| keys.contains(&*compose(key))))
    }

    /// Puts these residents in the place of all of their kind.
    ///
    /// # Errors
    /// Never in practice.
    pub fn set_residents<R: Resident>(&mut self, mut residents: Vec<R>) -> Result<(), Error> {
        residents.sort_by(|a, b| a.key().cmp(&b.key()));
        let lines = residents.iter().map(|resident| {
            let mut line = Buffer::with_capacity(512);
            json::write(&resident.document().into(), &mut line).map_err(Error::Write)?;
            Ok(line.into_bytes())
        });
        let lines = lines.collect::<Result<_, Error>>()?;
        self.sections[R::SECTION as usize] = Some(lines);
        self.keys[R::SECTION as usize] = None;
        Ok(())
    }
}

/// Most texts in one list: what a record may hold, shared by all of its lists.
const MAX_TEXTS: usize = json::MAX_VALUES / 8;

/// The resident on a line that begins at `at`.
fn resident<R: Resident>(at: u64, line: &[u8]) -> Result<R, Error> {
    let document = json::parse_record(line).map_err(RecordProblem::Json);
    let resident = document.and_then(|document| match document {
        Value::Object(document) => R::read(document).map_err(|_| RecordProblem::Resident),
        _ => Err(RecordProblem::Resident),
    });
    resident.map_err(|problem| record(R::SECTION, at, problem))
}

/// Takes the members of a document one by one and notes what is wrong; what is left is unknown.
struct Reader {
    members: Object,
    violations: Violations,
}

impl Reader {
    fn new(members: Object) -> Self {
        Self { members, violations: Violations::default() }
    }

    fn wrong(&mut self, name: &str, reason: impl Into<std::borrow::Cow<'static, str>>) {
        self.violations.add(name, reason);
    }

    fn take(&mut self, name: &str) -> Option<Value> {
        self.members.remove(name).filter(|value| *value != Value::Null)
    }

    fn text(&mut self, name: &str, rule: &Rule) -> Option<String> {
        match self.take(name)? {
            Value::Text(text) => match normalised(rule, name, text.expose()) {
                Ok(text) => return Some(text),
                Err(violations) => violations.iter().for_each(|v| self.wrong(name, v.reason.clone())),
            },
            other => self.wrong(name, format!("must be a text, not {}", other.shape())),
        }
        None
    }

    /// A text that must be there; the empty one if it is not, which is noted.
    fn required(&mut self, name: &str, rule: &Rule) -> String {
        if self.members.get(name).is_none_or(|value| *value == Value::Null) {
            self.wrong(name, format!("is required: {}", rule.expects));
        }
        self.text(name, rule).unwrap_or_default()
    }

    fn texts(&mut self, name: &str, rule: &Rule) -> Vec<String> {
        let items = match self.take(name) {
            None => return Vec::new(),
            Some(Value::List(items)) => items,
            Some(other) => {
                self.wrong(name, format!("must be a list of texts, not {}", other.shape()));
                return Vec::new();
            }
        };
        if items.len() > MAX_TEXTS {
            self.wrong(name, format!("must have at most {MAX_TEXTS} texts"));
            return Vec::new();
        }
        let mut texts = Vec::with_capacity(items.len());
        for item in items {
            match item {
                Value::Text(text) => match normalised(rule, name, text.expose()) {
                    Ok(text) if texts.contains(&text) => {}
                    Ok(text) => texts.push(text),
                    Err(violations) => violations.iter().for_each(|v| self.wrong(name, v.reason.clone())),
                },
                other => self.wrong(name, format!("must be a list of texts, not of {}", other.shape())),
            }
        }
        texts
    }

    fn number(&mut self, name: &str) -> Option<u64> {
        match self.take(name)? {
            Value::Number(number) if number.as_u64().is_some() => number.as_u64(),
            _ => {
                self.wrong(name, "must be a whole number");
                None
            }
        }
    }

    /// The value, if nothing was wrong and nothing is left.
    fn finish<T>(mut self, value: T) -> Result<T, Violations> {
        for (name, _) in self.members {
            self.violations.add(name.chars().take(64).collect::<String>(), "unknown member");
        }
        self.violations.or(value)
    }
}

/// A document of members that are there.
fn document<'a>(members: impl IntoIterator<Item = (&'a str, Option<Value>)>) -> Object {
    members.into_iter().filter_map(|(name, value)| Some((name, value?))).collect()
}
