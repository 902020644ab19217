//! The one error type for the edge: the description, what to try next, and the exit status. The conversion of
//! the library's errors is in `from.rs`.

pub mod discreet;
mod from;

use credctl::credential::Violation;
use credctl::value::{Object, Value};
use uuid::Uuid;

use super::exit::Exit;
use super::output::sanitize;

/// The description of a failure, without any secret.
#[derive(Debug, Clone, PartialEq)]
pub struct Error {
    kind: Failure,
    what: String,
    hints: Vec<String>,
    fields: Vec<Violation>,
    params: Vec<Violation>,
}

/// The sort of failure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Failure {
    Internal,
    Usage,
    Invalid,
    NotFound,
    Conflict,
    /// A condition such as `--if-match` does not hold.
    Stale,
    Forbidden,
    Locked,
    Partial,
    Damaged,
    Io,
    Interrupted,
    /// The reader of our output has gone. This is the end of the run, and not an error.
    ClosedPipe,
    /// A program that was run ended with this status, or could not be started.
    Child(u8),
}

impl Failure {
    fn exit(self) -> u8 {
        let exit = match self {
            Self::Child(status) => return status,
            Self::Internal => Exit::Internal,
            Self::Usage => Exit::Usage,
            Self::Invalid => Exit::Invalid,
            Self::NotFound => Exit::NotFound,
            Self::Conflict | Self::Stale => Exit::Conflict,
            Self::Forbidden => Exit::Forbidden,
            Self::Locked => Exit::Locked,
            Self::Partial => Exit::Partial,
            Self::Damaged => Exit::Damaged,
            Self::Io => Exit::Io,
            Self::Interrupted => Exit::Interrupted,
            Self::ClosedPipe => Exit::Ok,
        };
        exit as u8
    }

    /// Returns the name in URNs and codes, the title, and the HTTP status of the same meaning.
    fn words(self) -> (&'static str, &'static str, &'static str) {
        match self {
            Self::Internal => ("internal", "Internal error", "500"),
            Self::Usage => ("usage", "Invalid request", "400"),
            Self::Invalid => ("invalid", "Invalid credential", "400"),
            Self::NotFound => ("not-found", "Not found", "404"),
            Self::Conflict => ("conflict", "Conflict", "409"),
            Self::Stale => ("precondition-failed", "Changed meanwhile", "412"),
            Self::Forbidden => ("forbidden", "Forbidden", "403"),
            Self::Locked => ("locked", "The vault is locked", "401"),
            Self::Partial => ("partial", "Some items failed", "207"),
            Self::Damaged => ("damaged", "The vault cannot be read", "500"),
            Self::Io => ("io", "The disk or the lock failed", "503"),
            Self::Interrupted => ("interrupted", "Interrupted", "499"),
            Self::Child(_) => ("command", "The command failed", "502"),
            Self::ClosedPipe => ("closed-pipe", "Closed pipe", "499"),
        }
    }
}

impl Error {
    pub fn new(kind: Failure, what: impl Into<String>) -> Self {
        Self { kind, what: what.into(), hints: Vec::new(), fields: Vec::new(), params: Vec::new() }
    }

    pub fn usage(what: impl Into<String>) -> Self {
        Self::new(Failure::Usage, what)
    }

    pub fn not_found(id: &str) -> Self {
        Self::new(Failure::NotFound, format!("there is no credential {id}"))
            .hint("`credctl list -o name` shows the ids")
    }

    pub fn exists(id: &str) -> Self {
        Self::new(Failure::Conflict, format!("{id} exists already"))
            .hint("`credctl update` replaces it, `credctl patch` changes parts of it")
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

    /// Names the option that is wrong.
    pub fn param(mut self, name: &str, reason: impl Into<String>) -> Self {
        self.params.push(Violation { name: name.to_owned(), reason: reason.into().into() });
        self
    }

    /// Adds that the change was saved before the error.
    pub fn after_change(mut self) -> Self {
        let counts = !self.is_told() && !matches!(self.kind, Failure::Partial | Failure::ClosedPipe);
        if counts {
            self.what.push_str("; the change was saved before");
        }
        self
    }

    pub fn is_closed_pipe(&self) -> bool {
        self.kind == Failure::ClosedPipe
    }

    /// Returns true if the operator has seen the error already, so that there is no text.
    pub fn is_told(&self) -> bool {
        self.what.is_empty()
    }

    pub fn kind(&self) -> Failure {
        self.kind
    }

    pub fn exit(&self) -> u8 {
        self.kind.exit()
    }

    /// Returns the error as people read it.
    pub fn text(&self) -> String {
        let mut text = format!("error: {}\n", line(&self.what));
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
        let mut detail = self.what.clone();
        for violation in self.fields.iter().chain(&self.params) {
            detail.push_str(&format!("; {}: {}", violation.name, violation.reason));
        }
        discreet::message(&detail).into_owned()
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
