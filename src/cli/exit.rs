//! The exit statuses, which scripts depend on: never renumbered.

/// The exit status of the program.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub enum Exit {
    /// Done.
    Ok = 0,
    /// A bug.
    Internal = 1,
    /// A bad option, nothing to change, or a confirmation that nobody can give.
    Usage = 2,
    /// A document or field failed validation; nothing was written.
    Invalid = 3,
    /// No such credential, or no vault.
    NotFound = 4,
    /// The item exists already, cannot be changed, was changed meanwhile, or something depends on it.
    Conflict = 5,
    /// The role is too low, the state is not Ok, or a check refused.
    Forbidden = 6,
    /// No key, or the wrong one.
    Locked = 7,
    /// Some of several items failed.
    Partial = 8,
    /// The file is no vault, was damaged, is of a newer version, or is not the vault that this machine knows.
    Damaged = 9,
    /// The disk is full or read-only, or the lock cannot be had.
    Io = 10,
    /// Ctrl-C.
    Interrupted = 130,
}

impl From<Exit> for std::process::ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit as u8)
    }
}

impl Exit {
    /// Every status, in the order of their numbers.
    pub const ALL: [Self; 12] = [
        Self::Ok,
        Self::Internal,
        Self::Usage,
        Self::Invalid,
        Self::NotFound,
        Self::Conflict,
        Self::Forbidden,
        Self::Locked,
        Self::Partial,
        Self::Damaged,
        Self::Io,
        Self::Interrupted,
    ];

    /// Returns the name of the status, and when credctl ends with it, for help and manual pages.
    pub fn words(self) -> (&'static str, &'static str) {
        match self {
            Self::Ok => ("ok", "done"),
            Self::Internal => ("internal", "a bug"),
            Self::Usage => ("usage", "a bad option, nothing to change, or no terminal for a confirmation"),
            Self::Invalid => ("invalid", "a field or a document was refused; nothing was written"),
            Self::NotFound => ("not found", "no such credential, no object of the change, or no vault"),
            Self::Conflict => ("conflict", "exists already, cannot be changed, or was changed meanwhile"),
            Self::Forbidden => ("forbidden", "the role is too low, the state is not Ok, or verify says no"),
            Self::Locked => ("locked", "no key, or the wrong one"),
            Self::Partial => ("partial", "some of several items failed, or check or doctor found something"),
            Self::Damaged => {
                ("damaged", "not a vault, damaged, of a newer version, or refused by this machine")
            }
            Self::Io => ("io", "the disk, the lock, a missing file, or a server"),
            Self::Interrupted => ("interrupted", "Ctrl-C"),
        }
    }
}
