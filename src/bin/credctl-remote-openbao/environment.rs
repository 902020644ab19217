//! The arguments, streams and variables of the process. The other files get them from here.

#![expect(clippy::disallowed_methods, reason = "the one place of this program that reads them")]

use std::env;
use std::ffi::OsString;
use std::io::{self, StdinLock, StdoutLock};

use credctl::secret::Secret;

/// Returns the arguments, without the name of the program.
pub fn arguments() -> impl Iterator<Item = OsString> {
    env::args_os().skip(1)
}

/// Returns standard input and output.
pub fn streams() -> (StdinLock<'static>, StdoutLock<'static>) {
    (io::stdin().lock(), io::stdout().lock())
}

/// Returns the value of a variable that is not empty.
pub fn variable(name: &str) -> Option<Secret> {
    // a token may be in it
    let value = env::var(name).map(Secret::from);
    value.ok().filter(|value| !value.is_empty())
}
