//! The program that an operator runs: its environment, and the replacement of this process by it.

use std::collections::BTreeMap;
use std::ffi::{OsStr, OsString};
use std::io::{self, ErrorKind};
use std::os::unix::process::CommandExt as _;
use std::process::Command;

use credctl::secret::Secret;

use crate::cli::error::{Error, Failure};
use crate::cli::harden::as_we_were;

/// The variables that unlock a vault, which concern no other program.
pub(super) const OWN: [&str; 5] = [
    "CREDCTL_PASSPHRASE",
    "CREDCTL_PASSPHRASE_FILE",
    "CREDCTL_PASSPHRASE_COMMAND",
    "CREDCTL_IDENTITY",
    "CREDCTL_ASKPASS",
];

/// The variables that a clean environment keeps.
const PLAIN: [&str; 12] =
    ["PATH", "HOME", "USER", "LOGNAME", "SHELL", "TERM", "LANG", "LC_ALL", "LC_CTYPE", "TZ", "TMPDIR", "PWD"];

/// A program to run, with its variables.
pub struct Program {
    pub words: Vec<OsString>,
    pub variables: BTreeMap<String, Secret>,
    /// True if the program inherits only the variables of a clean environment.
    pub clean: bool,
}

impl Program {
    pub(super) fn name(&self) -> Result<&OsStr, Error> {
        self.words.first().map(OsString::as_os_str).ok_or_else(|| Error::usage("there is no command"))
    }

    pub(super) fn command(&self) -> Result<Command, Error> {
        let mut command = Command::new(self.name()?);
        command.args(self.words.iter().skip(1));
        if self.clean {
            command.env_clear().envs(plain());
        }
        for name in OWN {
            command.env_remove(name);
        }
        for (name, value) in &self.variables {
            command.env(name, value.expose());
        }
        Ok(command)
    }

    /// Replaces this process by the program, which then has its own signals and exit status. Returns only if
    /// that fails.
    pub fn become_it(&self) -> Error {
        match self.command() {
            Ok(mut command) => not_started(&self.words, as_we_were(|| command.exec())),
            Err(error) => error,
        }
    }
}

/// Returns our variables that a clean environment keeps.
pub(super) fn plain() -> impl Iterator<Item = (&'static str, OsString)> {
    PLAIN.into_iter().filter_map(|name| Some((name, std::env::var_os(name)?)))
}

/// Returns the length that the system takes for a variable: its name, `=`, its value and the byte behind it.
pub fn longest_variable() -> usize {
    if cfg!(target_os = "linux") {
        // MAX_ARG_STRLEN of the kernel, whatever room there is for all variables together
        32 * rustix::param::page_size()
    } else {
        // ARG_MAX of macOS, for all of them
        1024 * 1024
    }
}

pub(super) fn not_started(words: &[OsString], error: io::Error) -> Error {
    let name = words.first().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let failed = |status, what: &str| Error::new(Failure::Child(status), format!("{name} {what}"));
    match error.kind() {
        ErrorKind::NotFound => failed(127, "cannot be started: it was not found").describing(error),
        ErrorKind::PermissionDenied => failed(126, "cannot be started: it may not be run").describing(error),
        _ => failed(126, "cannot be started").because(error),
    }
}
