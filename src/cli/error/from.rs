//! What every other error becomes at the edge: its kind, the words for people, and the hints.

use credctl::credential::{ChangeError, Violations};
use credctl::disk::FileError;
use credctl::query::QueryError;
use credctl::vault::{self, Damage, KeyError, Locked, RosterProblem};

use super::{Error, Kind};
use crate::cli::prompt::PromptError;

impl From<Violations> for Error {
    fn from(violations: Violations) -> Self {
        let mut error = Self::new(Kind::Invalid, "what was given is not valid");
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
            vault::Error::Roster(problem) => roster(&problem),
            vault::Error::Exists { id } => Self::exists(&id),
            vault::Error::Key(error) => key(&error),
            error @ vault::Error::Memory { .. } => Self::new(Kind::Io, error.to_string()),
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
        Damage::Armored => error.hint("`grep -v ^----- FILE | base64 -d > NEW` takes the armor off"),
        Damage::NotAge => error.hint("check the path given with --vault or CREDCTL_VAULT"),
        Damage::ExcessiveWork { .. } => error.hint("`age -d` opens it, if you trust it"),
        _ => error.hint("the previous generation is beside it, with .bak at the end of its name"),
    }
}

fn roster(problem: &RosterProblem) -> Error {
    let error = Error::new(Kind::Damaged, format!("nothing was written: {problem}"));
    let error = match problem {
        RosterProblem::Strangers(strangers) if !strangers.recipients.is_empty() => {
            error.hint("`credctl rekey --remove-recipient R` removes one of them")
        }
        RosterProblem::Strangers(_) => error.hint("`credctl environment remove NAME` removes an environment"),
        _ => error.hint("`credctl rekey --recipient R…` names anew who can open the vault"),
    };
    error.hint("to accept them, repeat the command with --accept-recipients")
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
        // what does not even begin like a recipient may be a secret
        KeyError::Recipient { text, reason }
            if !["age1", "ssh-"].iter().any(|begin| text.starts_with(begin)) =>
        {
            Error::usage(format!("not an age recipient: {reason}"))
        }
        KeyError::Plugin { .. } => Error::new(Kind::Locked, error.to_string()),
        _ => Error::usage(error.to_string()),
    }
}

impl From<FileError> for Error {
    fn from(error: FileError) -> Self {
        let what = error.to_string();
        match error {
            FileError::Exists { .. } => Self::new(Kind::Conflict, what),
            FileError::ForeignLink { .. }
            | FileError::TooManyLinks { .. }
            | FileError::NotRegular { .. }
            | FileError::TooLarge { .. } => Self::new(Kind::Io, what),
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
