//! The helper programs that credctl reads from or writes to, and processes of credctl that continue a
//! command.

use std::io::{self, Read as _, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use credctl::secret::read_all;
use rustix::fs::{Access, access};
use zeroize::Zeroizing;

use super::program::OWN;

/// Runs a command through the shell and returns its output, up to a limit.
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
        // the command may run for ever; it is no error if it has ended meanwhile
        drop(child.kill());
    }
    let status = child.wait().map_err(|error| format!("cannot be waited for: {error}"))?;
    let bytes = read.map_err(|error| format!("cannot be read: {error}"))?;
    let bytes = bytes.ok_or_else(|| "printed more than 1 MiB".to_owned())?;
    if status.success() { Ok(bytes) } else { Err(format!("failed: {status}")) }
}

/// Runs a program with this input on its stdin. Returns true if the program succeeded. Fails if it cannot
/// start.
pub fn feed(words: &[&str], input: &[u8]) -> io::Result<bool> {
    let mut child = quiet(words).stdin(Stdio::piped()).stdout(Stdio::null()).spawn()?;
    if let Some(mut stdin) = child.stdin.take() {
        stdin.write_all(input)?;
    }
    Ok(child.wait()?.success())
}

/// Runs a program and returns its output. Returns `None` if the output exceeds a limit or the program fails.
pub fn ask(words: &[&str], limit: u64) -> io::Result<Option<Zeroizing<Vec<u8>>>> {
    let mut child = quiet(words).stdin(Stdio::null()).stdout(Stdio::piped()).spawn()?;
    let read = child.stdout.take().map(|stdout| read_all(stdout, 0, limit)).transpose()?.flatten();
    Ok(read.filter(|_| child.wait().is_ok_and(|status| status.success())))
}

/// Returns the path of this program.
pub fn own_path() -> io::Result<PathBuf> {
    std::env::current_exe()
}

/// Returns true if the search path resolves a name to this program.
pub fn is_on_path(name: &str, program: &Path) -> bool {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let is_program = |file: &PathBuf| access(file, Access::EXEC_OK).is_ok() && file.is_file();
    let first = std::env::split_paths(&path).map(|folder| folder.join(name)).find(is_program);
    let same = |first: PathBuf| Some(first.canonicalize().ok()? == program.canonicalize().ok()?);
    first.and_then(same).unwrap_or(false)
}

/// Starts this program once more, with this input on its stdin and without the variables `CREDCTL_*`. Waits
/// until the new process reports that it is ready.
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
