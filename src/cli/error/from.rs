//! The conversion of other errors at the edge: its kind, the words for people, and the hints. The edge
//! keeps the error itself as the source. Two steps make this possible: `from_…` describes a borrowed error, as
//! the notices of a store have it, and `From` keeps an owned one.

use credctl::credential::{ChangeError, Violations};
use credctl::disk::{FileError, UploadError};
use credctl::query::QueryError;
use credctl::random::NoRandomness;
use credctl::vault::{
    self, AttachmentProblem, Damage, Distrust, KeyError, Locked, MergeRefusal, RosterProblem, SignersError,
};

use super::{Error, Failure};
use crate::cli::prompt::PromptError;

impl From<Violations> for Error {
    fn from(violations: Violations) -> Self {
        let mut error = Self::new(Failure::Invalid, "the input is not valid");
        error.fields = violations.iter().cloned().collect();
        error
    }
}

impl From<ChangeError> for Error {
    fn from(error: ChangeError) -> Self {
        Self::from_change(&error).describing(error)
    }
}

impl Error {
    pub(super) fn from_change(error: &ChangeError) -> Self {
        match error {
            ChangeError::Invalid(violations) => violations.clone().into(),
            ChangeError::Immutable { field: "project" } => {
                Self::new(Failure::Conflict, "the project of a credential cannot be changed")
                    .hint("leave project out of the document, or choose it with --project")
            }
            ChangeError::Immutable { field } => {
                Self::new(Failure::Conflict, format!("{field} cannot be changed"))
                    .hint("to change it, delete the credential and add it anew")
            }
            ChangeError::Nothing => Self::usage("nothing to change: at least one field must be given")
                .hint("`credctl patch --help` shows how"),
            other => Self::new(Failure::Internal, other.to_string()),
        }
    }
}

impl From<vault::Error> for Error {
    fn from(error: vault::Error) -> Self {
        match error {
            vault::Error::File(error) => error.into(),
            // its text may be a secret, which nothing must keep
            vault::Error::Key(KeyError::Recipient { .. }) => Self::from_vault(&error),
            error => Self::from_vault(&error).describing(error),
        }
    }
}

impl Error {
    pub(super) fn from_vault(error: &vault::Error) -> Self {
        match error {
            vault::Error::File(error) => Self::from_file(error),
            vault::Error::Locked(error) => locked(*error),
            vault::Error::Damaged(damage) => damaged(damage),
            vault::Error::Roster(problem) => roster(problem),
            vault::Error::Distrust(distrust @ Distrust::Diverged { .. }) => {
                Self::new(Failure::Distrusted, distrust.to_string())
                    .hint("`credctl merge FILE` puts the other file of the two into this one")
                    .hint("`credctl trust` shows the difference, and accepts this file if it is right")
                    .hint("--accept-older reads it for one call")
            }
            vault::Error::Distrust(distrust @ Distrust::FormerReaders { .. }) => {
                Self::new(Failure::Distrusted, distrust.to_string())
                    .hint("--accept-older merges it anyway, if you know who made it")
            }
            vault::Error::Distrust(distrust) => Self::new(Failure::Distrusted, distrust.to_string())
                .hint("`credctl trust` shows the difference, and accepts this file if it is right")
                .hint("--accept-older reads this file once, and writes nothing"),
            vault::Error::Backup(_) => Self::new(Failure::Distrusted, error.to_string())
                .hint("nothing was changed; `credctl doctor` shows the command that moves it away"),
            vault::Error::NotASigner { .. } => {
                Self::new(Failure::Forbidden, format!("nothing was written: {error}"))
                    .hint("name the key of a signer with --signing-key FILE or CREDCTL_SIGNING_KEY")
            }
            vault::Error::Header { .. } => {
                Self::new(Failure::Conflict, format!("nothing was written: {error}"))
            }
            vault::Error::Merge(refusal) => merge(refusal),
            vault::Error::Signers(problem) => signers(problem),
            vault::Error::Signing(_) => Self::new(Failure::Locked, format!("nothing was written: {error}")),
            vault::Error::Exists { id } => Self::exists(id),
            vault::Error::Key(error) => key(error),
            error @ (vault::Error::Memory { .. } | vault::Error::Random(_)) => {
                Self::new(Failure::Io, error.to_string())
            }
            vault::Error::Read(source) | vault::Error::Write(source)
                if source.get_ref().is_some_and(<dyn std::error::Error + Send + Sync>::is::<FileError>) =>
            {
                Self::new(Failure::Io, source.to_string())
            }
            vault::Error::Attachment { problem, .. } => {
                let error = Self::new(Failure::Damaged, error.to_string());
                match problem {
                    AttachmentProblem::Missing(_) => {
                        error.hint("copy the folder of the vault to its place beside it")
                    }
                    _ => error.hint("copy the file from a backup of the folder"),
                }
            }
            vault::Error::Content(source) => {
                Self::new(Failure::Io, format!("cannot read the file to attach: {source}"))
            }
            vault::Error::Read(source) => {
                Self::new(Failure::Io, format!("the vault cannot be read: {source}"))
            }
            vault::Error::Write(source) => Self::new(
                Failure::Io,
                format!("the vault cannot be written: {source}; the old one is in place"),
            ),
            other => Self::new(Failure::Internal, other.to_string()),
        }
    }
}

fn locked(error: Locked) -> Error {
    let hint = match error {
        Locked::Held => "`credctl unlock` opens it again",
        Locked::Passphrase => "type it again, or check its source; see `credctl help unlocking`",
        Locked::Identities | Locked::NeedsIdentity => {
            "name the identity file with --identity or CREDCTL_IDENTITY"
        }
        _ => "see `credctl help unlocking` for the sources of a passphrase",
    };
    let refused = Error::new(Failure::Locked, error.to_string()).hint(hint);
    match error {
        Locked::Identities => refused.hint("`credctl status` shows which identities are used, and why"),
        _ => refused,
    }
}

fn damaged(damage: &Damage) -> Error {
    let error = Error::new(Failure::Damaged, format!("the vault cannot be used, and is unchanged: {damage}"));
    match damage {
        Damage::Newer { .. } => error.hint("use the newer credctl that wrote it"),
        Damage::Armored => error.hint("`grep -v ^----- FILE | base64 -d > NEW` takes the armor off"),
        Damage::NotAge => error.hint("check the path given with --vault or CREDCTL_VAULT"),
        Damage::ExcessiveWork { .. } => error.hint("`age -d` opens it, if you trust it"),
        _ => error.hint("the previous generation is beside it, with .bak at the end of its name"),
    }
}

fn merge(refusal: &MergeRefusal) -> Error {
    let what = format!("nothing was merged: {refusal}");
    match refusal {
        MergeRefusal::Signers => Error::new(Failure::Distrusted, what)
            .hint("name the file that both sides come from: `credctl merge BASE OURS THEIRS`"),
        MergeRefusal::OtherLock => Error::new(Failure::Conflict, what)
            .hint("`credctl rekey` locks one side as the other one is locked"),
        MergeRefusal::OtherVault { .. } => {
            Error::new(Failure::Conflict, what).hint("`credctl import` takes credentials of another vault")
        }
        MergeRefusal::Reversed { .. } => Error::new(Failure::Conflict, what)
            .hint("`credctl undo` and `credctl rollback` take a change back; `git revert` cannot"),
        MergeRefusal::Bundle { .. } => {
            Error::new(Failure::Forbidden, what).hint("merge the vault that it is made from")
        }
        _ => Error::new(Failure::Conflict, what),
    }
}

fn signers(problem: &SignersError) -> Error {
    let failure = match problem {
        SignersError::Missing { .. } => Failure::NotFound,
        SignersError::Unsigned => Failure::Usage,
        SignersError::Name { .. } => Failure::Invalid,
        _ => Failure::Conflict,
    };
    let error = Error::new(failure, problem.to_string());
    match problem {
        SignersError::Missing { .. } => error.hint("`credctl sign` shows the signers"),
        SignersError::Name { .. } => error.hint("--name gives another one"),
        SignersError::Last { .. } => error.hint("`credctl sign --off` ends the signing of the vault"),
        SignersError::Unsigned => error.hint("`credctl sign --with KEY` signs it from now on"),
        SignersError::Own { .. } => error.hint("--signing-key names the key of another signer"),
        SignersError::Signed => error.hint("`credctl sign --add SIGNER` adds a signer"),
        _ => error,
    }
}

fn roster(problem: &RosterProblem) -> Error {
    let error = Error::new(Failure::Damaged, format!("nothing was written: {problem}"));
    let error = match problem {
        RosterProblem::Strangers(strangers) if !strangers.recipients.is_empty() => {
            error.hint("`credctl rekey --remove-recipient R` removes one of them")
        }
        RosterProblem::Strangers(_) => error.hint("`credctl environment remove NAME` removes an environment"),
        _ => error.hint("`credctl rekey --recipient R…` replaces all recipients"),
    };
    error.hint("to accept them, repeat the command with --accept-recipients")
}

fn key(error: &KeyError) -> Error {
    match error {
        KeyError::IdentityPassphrase { .. } => Error::new(Failure::Locked, error.to_string()),
        KeyError::NoIdentity { .. } | KeyError::UnsupportedSsh { .. } => {
            Error::new(Failure::Locked, error.to_string())
        }
        KeyError::PluginNotAllowed { name } => Error::usage(error.to_string()).hint(format!(
            "a plugin is a program: allow credctl to run it with --plugin {name} or `plugin` in config.toml"
        )),
        // a text that does not even begin like a recipient may be a secret
        KeyError::Recipient { text, reason }
            if !["age1", "ssh-"].iter().any(|begin| text.starts_with(begin)) =>
        {
            Error::usage(format!("not an age recipient: {reason}"))
        }
        KeyError::Plugin { .. } | KeyError::PluginFailed { .. } => {
            Error::new(Failure::Locked, error.to_string())
        }
        _ => Error::usage(error.to_string()),
    }
}

impl From<FileError> for Error {
    fn from(error: FileError) -> Self {
        Self::from_file(&error).describing(error)
    }
}

impl Error {
    fn from_file(error: &FileError) -> Self {
        let what = error.to_string();
        match error {
            FileError::Exists { .. } => Self::new(Failure::Conflict, what),
            FileError::ForeignLink { .. }
            | FileError::TooManyLinks { .. }
            | FileError::NotRegular { .. }
            | FileError::NotFolder { .. }
            | FileError::SameFolder { .. }
            | FileError::TooLarge { .. } => Self::new(Failure::Io, what),
            FileError::LockTimeout { .. } => {
                Self::new(Failure::Io, what).hint("wait for the other process, or longer with --lock-timeout")
            }
            FileError::Upload { reason: UploadError::Outpaced, .. } => {
                Self::new(Failure::Conflict, what).hint("run the command again")
            }
            FileError::Upload { reason: UploadError::Unsure(_), .. } => {
                Self::new(Failure::Io, what).hint("look at the vault before you run the command again")
            }
            FileError::Io { source, .. } => Self::new(Failure::Io, format!("{what}: {source}")),
            _ => Self::new(Failure::Io, what),
        }
    }
}

impl From<NoRandomness> for Error {
    fn from(error: NoRandomness) -> Self {
        Self::from_error(Failure::Io, error).hint("ls -l /dev/urandom")
    }
}

impl From<QueryError> for Error {
    fn from(error: QueryError) -> Self {
        Self::usage("a parameter of the query is not valid")
            .param(error.parameter, error.to_string())
            .describing(error)
    }
}

impl From<PromptError> for Error {
    fn from(error: PromptError) -> Self {
        match error {
            PromptError::Interrupted => Self::new(Failure::Interrupted, "interrupted"),
            other => Self::from_error(Failure::Usage, other),
        }
    }
}

impl From<std::io::Error> for Error {
    /// Makes the error for a failure to write an answer.
    fn from(error: std::io::Error) -> Self {
        match error.kind() {
            std::io::ErrorKind::BrokenPipe => {
                Self::new(Failure::ClosedPipe, "the reader of the output has closed it")
            }
            _ => Self::new(Failure::Io, "the answer cannot be written").because(error),
        }
    }
}
