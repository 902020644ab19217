//! The one error type for the edge: its kind, the description, the error that it comes from, and hints. The
//! conversion of the library's errors is in `from.rs`, `store.rs` and `reading.rs`.

pub mod discreet;
mod failure;
mod from;
mod reading;
mod secret_word;
mod slip;
mod store;

use std::borrow::Cow;
use std::error::Error as StdError;
use std::fmt;
use std::rc::Rc;

use credctl::credential::Violation;
use credctl::value::{Object, Value};
use uuid::Uuid;

pub use failure::Failure;

use super::output::sanitize;

/// The description of a failure, without any secret.
#[derive(Debug, Clone)]
pub struct Error {
    kind: Failure,
    what: String,
    cause: Option<Rc<Cause>>,
    /// True if a change was saved before the failure.
    is_after_change: bool,
    hints: Vec<String>,
    fields: Vec<Violation>,
    params: Vec<Violation>,
}

/// The error of the library or of the system that an error at the edge comes from.
#[derive(Debug)]
enum Cause {
    /// An error that the description puts into words.
    Described(Box<dyn StdError>),
    /// An error that says why. Its words follow the description.
    Reason(Box<dyn StdError>),
}

impl Error {
    pub fn new(kind: Failure, what: impl Into<String>) -> Self {
        Self {
            kind,
            what: what.into(),
            cause: None,
            is_after_change: false,
            hints: Vec::new(),
            fields: Vec::new(),
            params: Vec::new(),
        }
    }

    /// Makes the error of a failure that the operator has read about already.
    pub fn reported(status: u8, what: impl Into<String>) -> Self {
        Self::new(Failure::Reported(status), what)
    }

    /// Makes an error with the words of another one.
    pub fn from_error(kind: Failure, error: impl StdError + 'static) -> Self {
        Self::new(kind, error.to_string()).describing(error)
    }

    pub fn usage(what: impl Into<String>) -> Self {
        Self::new(Failure::Usage, what)
    }

    pub fn not_found(id: &str) -> Self {
        Self::new(Failure::NotFound, format!("there is no credential `{id}`"))
            .hint("`credctl list -o name` shows the ids")
    }

    /// Makes the error of conditions that no credential meets.
    pub fn no_match(what: &str) -> Self {
        Self::new(Failure::NotFound, what).hint("`credctl list` shows the credentials")
    }

    pub fn exists(id: &str) -> Self {
        Self::new(Failure::Conflict, format!("`{id}` exists already"))
            .hint("`credctl update` replaces it, `credctl patch` changes parts of it")
    }

    /// Keeps the error that the description puts into words.
    pub fn describing(mut self, error: impl StdError + 'static) -> Self {
        self.cause = Some(Rc::new(Cause::Described(Box::new(error))));
        self
    }

    /// Adds the reason of the failure. A message shows its words after a colon.
    pub fn because(mut self, error: impl StdError + 'static) -> Self {
        self.cause = Some(Rc::new(Cause::Reason(Box::new(error))));
        self
    }

    /// Adds the place of the error.
    pub fn at(mut self, place: &str) -> Self {
        self.what = format!("{place}: {}", self.what);
        self
    }

    /// Returns the same error as another kind, where its place gives it another meaning.
    pub fn with_kind(mut self, kind: Failure) -> Self {
        self.kind = kind;
        self
    }

    /// Adds a hint on what to try next.
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hints.push(hint.into());
        self
    }

    /// Puts one hint in the place of all others, where the caller knows better what to try.
    pub fn with_hint(mut self, hint: impl Into<String>) -> Self {
        self.hints = vec![hint.into()];
        self
    }

    /// Names the option that is wrong.
    pub fn param(mut self, name: &str, reason: impl Into<String>) -> Self {
        self.params.push(Violation { name: name.to_owned(), reason: reason.into().into() });
        self
    }

    /// Adds that the change was saved before the error.
    pub fn after_change(mut self) -> Self {
        if !self.is_reported() && !matches!(self.kind, Failure::Partial | Failure::ClosedPipe) {
            self.is_after_change = true;
        }
        self
    }

    pub fn is_closed_pipe(&self) -> bool {
        self.kind == Failure::ClosedPipe
    }

    /// Returns true if the operator has read about the failure already.
    pub fn is_reported(&self) -> bool {
        matches!(self.kind, Failure::Reported(_))
    }

    pub fn kind(&self) -> Failure {
        self.kind
    }

    pub fn exit(&self) -> u8 {
        self.kind.exit()
    }

    /// Returns the description with the reason, but without the members that are wrong.
    fn message(&self) -> Cow<'_, str> {
        let mut message = Cow::Borrowed(self.what.as_str());
        if let Some(Cause::Reason(reason)) = self.cause.as_deref() {
            message = format!("{message}: {reason}").into();
        }
        if self.is_after_change {
            message.to_mut().push_str("; the change was saved before");
        }
        message
    }

    /// Returns the error as people read it.
    pub fn text(&self) -> String {
        let mut text = format!("error: {}\n", line(&self.message()));
        for violation in self.fields.iter().chain(&self.params) {
            text.push_str(&format!("  {}\n", line(&format!("{}: {}", violation.name, violation.reason))));
        }
        for hint in &self.hints {
            text.push_str(&format!("  hint: {}\n", line(hint)));
        }
        text
    }

    /// Returns the error as programs read it: one object with the members of all the systems' error
    /// documents.
    pub fn document(&self) -> Object {
        let (name, title, status) = self.kind.words();
        let mut document = Object::new();
        let mut put = |name: &str, value: String| drop(document.insert(name, Value::text(value)));
        put("type", format!("urn:credctl:problem:{name}"));
        put("title", title.to_owned());
        put("detail", self.detail());
        put("status", status.to_owned());
        put("error", name.replace('-', "_"));
        put("error_description", self.detail());
        put("correlationID", Uuid::new_v4().to_string());
        for (name, violations) in [("invalidFields", &self.fields), ("invalidParams", &self.params)] {
            if !violations.is_empty() {
                document.insert(name, Value::List(violations.iter().map(violation).collect()));
            }
        }
        if !self.hints.is_empty() {
            let hints: Vec<_> = self.hints.iter().map(|hint| discreet::message(hint)).collect();
            document.insert("hints", Value::texts(hints.iter().map(AsRef::as_ref)));
        }
        document
    }

    /// Returns the description in one line, with the members that are wrong.
    pub fn detail(&self) -> String {
        let mut detail = self.message().into_owned();
        for violation in self.fields.iter().chain(&self.params) {
            detail.push_str(&format!("; {}: {}", violation.name, violation.reason));
        }
        discreet::message(&detail).into_owned()
    }
}

impl PartialEq for Error {
    /// Returns true if both are shown alike.
    fn eq(&self, other: &Self) -> bool {
        self.kind == other.kind
            && self.message() == other.message()
            && self.hints == other.hints
            && self.fields == other.fields
            && self.params == other.params
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.what)
    }
}

impl StdError for Error {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        match self.cause.as_deref()? {
            Cause::Described(error) => error.source(),
            Cause::Reason(error) => Some(error.as_ref()),
        }
    }
}

/// Makes a line of a message harmless, and masks what may be a secret.
pub fn line(text: &str) -> String {
    sanitize::line(&discreet::message(text)).into_owned()
}

fn violation(violation: &Violation) -> Value {
    Object::from_iter([
        ("name", Value::text(discreet::message(&violation.name).as_ref())),
        ("reason", Value::text(discreet::message(&violation.reason).as_ref())),
    ])
    .into()
}

#[cfg(test)]
mod tests {
    use std::error::Error as _;
    use std::io;

    use super::{Error, Failure};

    #[test]
    fn a_reason_follows_the_description_and_is_the_source() {
        let error = Error::new(Failure::Io, "git cannot be started").because(io::Error::other("why"));
        assert_eq!(error.to_string(), "git cannot be started");
        assert_eq!(error.source().map(ToString::to_string), Some("why".to_owned()));
        let error = error.at("here").after_change();
        assert_eq!(error.detail(), "here: git cannot be started: why; the change was saved before");
    }

    #[test]
    fn an_error_that_is_described_is_not_repeated() {
        let error = Error::from_error(Failure::Io, io::Error::other("why"));
        assert_eq!((error.detail(), error.source().is_none()), ("why".to_owned(), true));
    }

    #[test]
    fn a_failure_that_was_reported_gets_no_more_words() {
        let error = Error::reported(3, "the program ended with status 3").after_change();
        assert_eq!((error.is_reported(), error.exit()), (true, 3));
        assert_eq!(error.detail(), "the program ended with status 3");
    }
}
