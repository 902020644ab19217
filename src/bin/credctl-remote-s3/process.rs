//! The process of the helper: its streams, its arguments, its environment, and the program that a profile names
//! for credentials.

use std::ffi::OsString;
use std::io::{self, Read, Write};
use std::process::{Command, Stdio};

use credctl::secret::read_all;
use zeroize::Zeroizing;

/// The most bytes of credentials that a program prints.
const LIMIT: u64 = 64 * 1024;

/// Keeps the memory of the process, which has credentials of the engine, out of dumps and debuggers. Ignores
/// failures: a system without the call is no reason to keep the operator from the vault.
pub fn without_dumps() {
    #[cfg(target_os = "linux")]
    let _ = rustix::process::set_dumpable_behavior(rustix::process::DumpableBehavior::NotDumpable);
}

#[expect(clippy::disallowed_methods, reason = "the protocol is spoken over standard input")]
pub fn input() -> impl Read {
    io::stdin()
}

#[expect(clippy::disallowed_methods, reason = "the protocol is spoken over standard output")]
pub fn output() -> impl Write {
    io::stdout()
}

/// Returns the arguments without the name of the program.
#[expect(clippy::disallowed_methods, reason = "the only argument is an address")]
pub fn arguments() -> impl Iterator<Item = OsString> {
    std::env::args_os().skip(1)
}

/// Returns a variable of the environment that is set and not empty.
#[expect(clippy::disallowed_methods, reason = "the credentials of the engine come from its variables")]
pub fn variable(name: &str) -> Option<String> {
    std::env::var(name).ok().filter(|value| !value.is_empty())
}

/// Returns all variables of the environment that are text.
#[expect(clippy::disallowed_methods, reason = "object_store reads the same ones")]
pub fn variables() -> impl Iterator<Item = (String, String)> {
    std::env::vars_os()
        .filter_map(|(name, value)| Some((name.into_string().ok()?, value.into_string().ok()?)))
}

/// Runs a program without a shell, and returns its output; `None` if it fails or prints too much.
#[expect(clippy::disallowed_methods, reason = "a profile names the program that prints its credentials")]
pub fn output_of(program: &str, arguments: &[String]) -> Option<Zeroizing<Vec<u8>>> {
    let mut command = Command::new(program);
    // standard input has the requests of credctl
    command.args(arguments).stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::null());
    let mut child = command.spawn().ok()?;
    let output = child.stdout.take().and_then(|output| read_all(output, 4096, LIMIT).ok()).flatten();
    let status = child.wait().ok()?;
    output.filter(|_| status.success())
}
