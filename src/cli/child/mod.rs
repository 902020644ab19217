//! The only file that runs programs: it decides what they inherit. What an operator runs gets
//! nothing that unlocks our vault, unless it is asked for by name.

#![expect(clippy::disallowed_methods, reason = "others must not run programs, so that this file does")]

mod descriptors;
mod memory;
mod relay;
mod signals;
mod terminal;

pub use descriptors::{keep_from_programs, named_by};
pub use memory::in_memory;

use std::ffi::{OsStr, OsString};
use std::io::{self, ErrorKind, IsTerminal as _, Read as _, Write};
use std::os::unix::process::{CommandExt as _, ExitStatusExt as _};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::Arc;

use credctl::secret::{Secret, read_all};
use rustix::fs::{Access, access};
use zeroize::Zeroizing;

use super::error::{Error, Kind};
use super::harden::as_we_were;
use super::mask::Mask;
use relay::Relays;
use signals::{Forwarding, Waiting};

/// What unlocks a vault, and is nobody else's business.
const OWN: [&str; 5] = [
    "CREDCTL_PASSPHRASE",
    "CREDCTL_PASSPHRASE_FILE",
    "CREDCTL_PASSPHRASE_COMMAND",
    "CREDCTL_IDENTITY",
    "CREDCTL_ASKPASS",
];

/// What a clean environment still has.
const PLAIN: [&str; 12] =
    ["PATH", "HOME", "USER", "LOGNAME", "SHELL", "TERM", "LANG", "LC_ALL", "LC_CTYPE", "TZ", "TMPDIR", "PWD"];

/// A program with the variables that it is to have.
pub struct Program {
    pub words: Vec<OsString>,
    pub variables: Vec<(String, Secret)>,
    /// Whether it has nothing else but the plainest of ours.
    pub clean: bool,
}

impl Program {
    fn name(&self) -> Result<&OsStr, Error> {
        self.words.first().map(OsString::as_os_str).ok_or_else(|| Error::usage("there is no command"))
    }

    fn command(&self) -> Result<Command, Error> {
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

    /// Becomes the program: signals and the exit status are then its own. Comes back only if that
    /// fails.
    pub fn become_it(&self) -> Error {
        match self.command() {
            Ok(mut command) => not_started(&self.words, &as_we_were(|| command.exec())),
            Err(error) => error,
        }
    }

    /// Runs the program and masks what it prints; on a terminal if we are on one.
    pub fn run_masked(&self, mask: Mask) -> Result<ExitStatus, Error> {
        let relays = Relays::new(Arc::new(mask));
        if io::stdout().is_terminal() {
            return terminal::run(self, relays);
        }
        let mut command = self.command()?;
        command.stdout(Stdio::piped()).stderr(Stdio::piped());
        let signals = Waiting::begin()?;
        let mut child = as_we_were(|| command.spawn()).map_err(|error| not_started(&self.words, &error))?;
        let forwarding = signals.forward(child.id(), true, || ());
        finish(&mut child, None, relays, forwarding)
    }
}

/// Waits for a program and for what it prints. Its stdout may be a terminal that is passed.
fn finish(
    child: &mut Child,
    terminal: Option<terminal::Output>,
    mut relays: Relays,
    forwarding: io::Result<Forwarding>,
) -> Result<ExitStatus, Error> {
    let started = forwarding.and_then(|forwarding| {
        if let Some(out) = child.stdout.take() {
            relays.start(out, print)?;
        }
        if let Some(out) = terminal {
            relays.start(out, print)?;
        }
        if let Some(err) = child.stderr.take() {
            relays.start(err, |text| io::stderr().lock().write_all(text))?;
        }
        Ok(forwarding)
    });
    if started.is_err() {
        // without threads nothing could be masked
        drop(child.kill());
    }
    let status = child.wait()?;
    match started.and_then(|forwarding| relays.finish(&forwarding)) {
        // whoever read our output has gone; the program was told by its own closed pipe
        Err(error) if error.kind() == ErrorKind::BrokenPipe => Ok(status),
        relayed => relayed.map(|()| status).map_err(|error| {
            Error::new(Kind::Io, format!("the output of the program cannot be passed on: {error}"))
        }),
    }
}

/// Of our variables those that a clean environment still has.
fn plain() -> impl Iterator<Item = (&'static str, OsString)> {
    PLAIN.into_iter().filter_map(|name| Some((name, std::env::var_os(name)?)))
}

/// Writes to our stdout what was masked.
fn print(text: &[u8]) -> io::Result<()> {
    let mut out = io::stdout().lock();
    out.write_all(text)?;
    out.flush()
}

/// The status of a program as a shell tells it.
pub fn status(status: ExitStatus) -> u8 {
    let code = status.code().or_else(|| status.signal().map(|signal| 128 + signal)).unwrap_or(1);
    u8::try_from(code).unwrap_or(1)
}

fn not_started(words: &[OsString], error: &io::Error) -> Error {
    let name = words.first().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let (status, why) = match error.kind() {
        ErrorKind::NotFound => (127, "it was not found".to_owned()),
        ErrorKind::PermissionDenied => (126, "it may not be run".to_owned()),
        _ => (126, error.to_string()),
    };
    Error::new(Kind::Child(status), format!("{name} cannot be started: {why}"))
}

/// Runs a command through the shell and reads what it prints, up to a limit.
pub fn shell(command: &str, limit: u64) -> Result<Zeroizing<Vec<u8>>, String> {
    let not_started = |error: io::Error| format!("cannot be started: {error}");
    let (output, stdout) = io::pipe().map_err(not_started)?;
    let mut child = Command::new("/bin/sh")
        .args(["-c", command])
        .stdin(Stdio::null())
        .stdout(stdout)
        .stderr(Stdio::inherit())
        .env_remove("CREDCTL_PASSPHRASE")
        .spawn()
        .map_err(not_started)?;
    let read = read_all(output, 0, limit);
    if !matches!(read, Ok(Some(_))) {
        // it may go on for ever; that it has ended meanwhile is no error
        drop(child.kill());
    }
    let status = child.wait().map_err(|error| format!("cannot be waited for: {error}"))?;
    let bytes = read.map_err(|error| format!("cannot be read: {error}"))?;
    let bytes = bytes.ok_or_else(|| "printed more than 1 MiB".to_owned())?;
    if status.success() { Ok(bytes) } else { Err(format!("failed: {status}")) }
}

/// Runs a program that is there or not, with this on its stdin, and tells whether it went well.
pub fn feed(words: &[&str], input: &[u8]) -> io::Result<bool> {
    let mut child = quiet(words).stdin(Stdio::piped()).stdout(Stdio::null()).spawn()?;
    if let Some(mut stdin) = child.stdin.take() {
        stdin.write_all(input)?;
    }
    Ok(child.wait()?.success())
}

/// What a program prints, up to a limit.
pub fn ask(words: &[&str], limit: u64) -> io::Result<Option<Zeroizing<Vec<u8>>>> {
    let mut child = quiet(words).stdin(Stdio::null()).stdout(Stdio::piped()).spawn()?;
    let read = child.stdout.take().map(|stdout| read_all(stdout, 0, limit)).transpose()?.flatten();
    Ok(read.filter(|_| child.wait().is_ok_and(|status| status.success())))
}

/// The path of this program.
pub fn own_path() -> io::Result<PathBuf> {
    std::env::current_exe()
}

/// Whether a name leads to this program by the search path.
pub fn is_on_path(name: &str, program: &Path) -> bool {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let is_program = |file: &PathBuf| access(file, Access::EXEC_OK).is_ok() && file.is_file();
    let first = std::env::split_paths(&path).map(|folder| folder.join(name)).find(is_program);
    let same = |first: PathBuf| Some(first.canonicalize().ok()? == program.canonicalize().ok()?);
    first.and_then(same).unwrap_or(false)
}

/// Starts this program once more, with this on its stdin and without any of our variables, and waits
/// until it says that it is ready.
pub fn detached_self(words: &[&str], input: &[u8]) -> io::Result<()> {
    let mut command = Command::new(std::env::current_exe()?);
    let ours = std::env::vars_os().map(|(name, _)| name);
    for name in ours.filter(|name| name.as_encoded_bytes().starts_with(b"CREDCTL_")) {
        command.env_remove(name);
    }
    command.args(words).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null());
    let mut child = command.spawn()?;
    if let Some(mut stdin) = child.stdin.take() {
        stdin.write_all(input)?;
    }
    match child.stdout.take() {
        Some(mut stdout) => stdout.read_exact(&mut [0]),
        None => Ok(()),
    }
}

fn quiet(words: &[&str]) -> Command {
    let (name, words) = words.split_first().unwrap_or((&"", &[]));
    let mut command = Command::new(name);
    command.args(words).stderr(Stdio::null());
    for name in OWN {
        command.env_remove(name);
    }
    command
}
