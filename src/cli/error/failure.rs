//! The sorts of failure: the exit status of each, and its words.

use crate::cli::exit::Exit;

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
    /// A vault that is not the one that this machine knows, or not its latest generation.
    Distrusted,
    Io,
    Interrupted,
    /// The reader of our output has gone. This is the end of the run, and not an error.
    ClosedPipe,
    /// A program could not be started, or a helper failed in a way that its caller knows by this status.
    Child(u8),
    /// The operator has read about the failure already. Only this exit status is left to give.
    Reported(u8),
}

impl Failure {
    /// Returns the exit status.
    pub(super) fn exit(self) -> u8 {
        let exit = match self {
            Self::Child(status) | Self::Reported(status) => return status,
            Self::Internal => Exit::Internal,
            Self::Usage => Exit::Usage,
            Self::Invalid => Exit::Invalid,
            Self::NotFound => Exit::NotFound,
            Self::Conflict | Self::Stale => Exit::Conflict,
            Self::Forbidden => Exit::Forbidden,
            Self::Locked => Exit::Locked,
            Self::Partial => Exit::Partial,
            Self::Damaged | Self::Distrusted => Exit::Damaged,
            Self::Io => Exit::Io,
            Self::Interrupted => Exit::Interrupted,
            Self::ClosedPipe => Exit::Ok,
        };
        exit as u8
    }

    /// Returns the name in URNs and codes, the title, and the HTTP status of the same meaning.
    pub(super) fn words(self) -> (&'static str, &'static str, &'static str) {
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
            Self::Distrusted => ("distrusted", "The vault differs from what this machine remembers", "500"),
            Self::Io => ("io", "The disk or the lock failed", "503"),
            Self::Interrupted => ("interrupted", "Interrupted", "499"),
            Self::Child(_) | Self::Reported(_) => ("command", "The command failed", "502"),
            Self::ClosedPipe => ("closed-pipe", "Closed pipe", "499"),
        }
    }
}
