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
    /// The file is no vault, was damaged, or is of a newer version.
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

/// The table that `--help` prints, as a literal.
macro_rules! exit_help {
    () => {
        "Exit status:
  0 ok          4 not found   8 partial: some of several items failed
  1 internal    5 conflict    9 damaged, or not a vault
  2 usage       6 forbidden   10 io: disk, lock
  3 invalid     7 locked      130 interrupted"
    };
}
pub(crate) use exit_help;
