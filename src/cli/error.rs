//! One error type for the edge: what happened, what to try next, and the status it ends with.

use credctl::credential::{ChangeError, Violation, Violations};
use credctl::query::QueryError;
use credctl::value::{Object, Value};
use credctl::vault::file::FileError;
use credctl::vault::{self, Damage, KeyError, Locked};
use uuid::Uuid;

use super::exit::Exit;
use super::output::sanitize;
use super::prompt::PromptError;

/// What went wrong, without any secret.
#[derive(Debug)]
pub struct Error {
    kind: Kind,
    what: String,
    hints: Vec<String>,
    fields: Vec<Violation>,
    params: Vec<Violation>,
}

/// What sort of thing went wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
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
    /// Whoever read our output has gone: not an error, but the end.
    ClosedPipe,
}

impl Kind {
    fn exit(self) -> Exit {
        match self {
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
        }
    }

    /// The name in URNs and codes, the title, and the HTTP status of the same meaning.
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
            Self::ClosedPipe => ("closed-pipe", "Closed pipe", "499"),
        }
    }
}

impl Error {
    pub fn new(kind: Kind, what: impl Into<String>) -> Self {
        Self { kind, what: what.into(), hints: Vec::new(), fields: Vec::new(), params: Vec::new() }
    }

    pub fn usage(what: impl Into<String>) -> Self {
        Self::new(Kind::Usage, what)
    }

    pub fn not_found(id: &str) -> Self {
        Self::new(Kind::NotFound, format!("there is no credential {id}"))
            .hint("`credctl list -o name` shows the ids")
    }

    pub fn exists(id: &str) -> Self {
        Self::new(Kind::Conflict, format!("{id} exists already"))
            .hint("`credctl update` replaces it, `credctl patch` changes parts of it")
    }

    /// Adds what to try next.
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hints.push(hint.into());
        self
    }

    /// Names the option that is wrong.
    pub fn param(mut self, name: &str, reason: impl Into<String>) -> Self {
        self.params.push(Violation { name: name.to_owned(), reason: reason.into().into() });
        self
    }

    pub fn is_closed_pipe(&self) -> bool {
        self.kind == Kind::ClosedPipe
    }

    /// Whether the operator was told already.
    pub fn is_told(&self) -> bool {
        self.what.is_empty()
    }

    pub fn kind(&self) -> Kind {
        self.kind
    }

    pub fn exit(&self) -> Exit {
        self.kind.exit()
    }

    /// What a person reads.
    pub fn text(&self) -> String {
        let mut text = format!("error: {}\n", sanitize::line(&self.what));
        for violation in self.fields.iter().chain(&self.params) {
            let line = format!("{}: {}", violation.name, violation.reason);
            text.push_str(&format!("  {}\n", sanitize::line(&line)));
        }
        for hint in &self.hints {
            text.push_str(&format!("  hint: {}\n", sanitize::line(hint)));
        }
        text
    }

    /// What a program reads: one object with the members of all the systems' error documents.
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
            document.insert("hints", Value::texts(self.hints.iter().map(String::as_str)));
        }
        document
    }

    /// What happened in one line, with the members that are wrong.
    pub fn detail(&self) -> String {
        let mut detail = self.what.clone();
        for violation in self.fields.iter().chain(&self.params) {
            detail.push_str(&format!("; {}: {}", violation.name, violation.reason));
        }
        detail
    }
}

fn violation(violation: &Violation) -> Value {
    Object::from_iter([
        ("name", Value::text(violation.name.as_str())),
        ("reason", Value::text(violation.reason.as_ref())),
    ])
    .into()
}

impl From<Violations> for Error {
    fn from(violations: Violations) -> Self {
        let mut error = Self::new(Kind::Invalid, "the credential is not valid; nothing was written");
        error.fields = violations.iter().cloned().collect();
        error
    }
}

impl From<ChangeError> for Error {
    fn from(error: ChangeError) -> Self {
        match error {
            ChangeError::Invalid(violations) => violations.into(),
            ChangeError::Immutable { field: "project" } => {
                Self::new(Kind::Conflict, "the project of a credential cannot be changed")
                    .hint("leave project out of the document, or choose it with --project")
            }
            ChangeError::Immutable { field } => {
                Self::new(Kind::Conflict, format!("{field} cannot be changed"))
                    .hint("delete the credential and add it anew to change what it is")
            }
            ChangeError::Nothing => Self::usage("nothing to change: at least one field must be given")
                .hint("`credctl patch --help` shows how"),
            other => Self::new(Kind::Internal, other.to_string()),
        }
    }
}

impl From<vault::Error> for Error {
    fn from(error: vault::Error) -> Self {
        match error {
            vault::Error::File(error) => error.into(),
            vault::Error::Locked(error) => locked(error),
            vault::Error::Damaged(damage) => damaged(&damage),
            vault::Error::Exists { id } => Self::exists(&id),
            vault::Error::Key(error) => key(&error),
            vault::Error::Read(source) | vault::Error::Write(source)
                if source.get_ref().is_some_and(<dyn std::error::Error + Send + Sync>::is::<FileError>) =>
            {
                Self::new(Kind::Io, source.to_string())
            }
            vault::Error::Read(source) => Self::new(Kind::Io, format!("the vault cannot be read: {source}")),
            vault::Error::Write(source) => {
                Self::new(Kind::Io, format!("the vault cannot be written: {source}; the old one is in place"))
            }
            other => Self::new(Kind::Internal, other.to_string()),
        }
    }
}

fn locked(error: Locked) -> Error {
    let hint = match error {
        Locked::Passphrase => "type it again, or check where it comes from; see `credctl --help`",
        Locked::Identities | Locked::NeedsIdentity => {
            "name the identity file with --identity or CREDCTL_IDENTITY"
        }
        _ => "see `credctl --help` for where a passphrase can come from",
    };
    Error::new(Kind::Locked, error.to_string()).hint(hint)
}

fn damaged(damage: &Damage) -> Error {
    let error = Error::new(Kind::Damaged, format!("the vault cannot be used and was left alone: {damage}"));
    match damage {
        Damage::Newer { .. } => error.hint("use the newer credctl that wrote it"),
        Damage::NotAge => error.hint("check the path given with --vault or CREDCTL_VAULT"),
        Damage::ExcessiveWork { .. } => error.hint("`age -d` opens it, if you trust it"),
        _ => error.hint("the previous generation is beside it, with .bak at the end of its name"),
    }
}

fn key(error: &KeyError) -> Error {
    match error {
        KeyError::IdentityPassphrase { .. } => Error::new(Kind::Locked, error.to_string()),
        KeyError::NoIdentity { .. } | KeyError::UnsupportedSsh { .. } => {
            Error::new(Kind::Locked, error.to_string())
        }
        KeyError::PluginNotAllowed { name } => Error::usage(error.to_string()).hint(format!(
            "a plugin is a program that is run: allow it with --plugin {name} or `plugin` in config.toml"
        )),
        KeyError::Plugin { .. } => Error::new(Kind::Locked, error.to_string()),
        _ => Error::usage(error.to_string()),
    }
}

impl From<FileError> for Error {
    fn from(error: FileError) -> Self {
        let what = error.to_string();
        match error {
            FileError::NotFound { .. } => Self::new(Kind::NotFound, what),
            FileError::Exists { .. } => Self::new(Kind::Conflict, what),
            FileError::NotRegular { .. } | FileError::TooLarge { .. } => Self::new(Kind::Damaged, what),
            FileError::ForeignLink { .. } | FileError::TooManyLinks { .. } => Self::new(Kind::Io, what),
            FileError::LockTimeout { .. } => {
                Self::new(Kind::Io, what).hint("wait for the other process, or longer with --lock-timeout")
            }
            FileError::Io { source, .. } => Self::new(Kind::Io, format!("{what}: {source}")),
            _ => Self::new(Kind::Io, what),
        }
    }
}

impl From<QueryError> for Error {
    fn from(error: QueryError) -> Self {
        Self::usage("a parameter of the query is not valid").param(error.parameter, error.to_string())
    }
}

impl From<PromptError> for Error {
    fn from(error: PromptError) -> Self {
        match error {
            PromptError::Interrupted => Self::new(Kind::Interrupted, "interrupted"),
            other => Self::usage(other.to_string()),
        }
    }
}

impl From<std::io::Error> for Error {
    /// Writing an answer failed.
    fn from(error: std::io::Error) -> Self {
        match error.kind() {
            std::io::ErrorKind::BrokenPipe => Self::new(Kind::ClosedPipe, "nobody reads the output any more"),
            _ => Self::new(Kind::Io, format!("the answer cannot be written: {error}")),
        }
    }
}
