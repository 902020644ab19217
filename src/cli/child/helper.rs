//! Helpers, which reach storage engines: programs that talk over their standard input and output.

use std::io;
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

use rustix::fs::{Access, access};

use super::program::OWN;

/// A helper that runs.
pub struct RunningHelper {
    pub child: Child,
    pub input: ChildStdin,
    pub output: ChildStdout,
}

/// Finds a helper by its name: beside this program, or on the search path.
pub fn find_helper(name: &str) -> Option<PathBuf> {
    let own = std::env::current_exe().ok().and_then(|path| path.parent().map(Path::to_owned));
    let search = std::env::var_os("PATH").unwrap_or_default();
    // a relative folder of the search path would depend on the folder of the operator
    let listed = std::env::split_paths(&search).filter(|folder| folder.is_absolute());
    let mut files = own.into_iter().chain(listed).map(|folder| folder.join(name));
    files.find(|file| access(file, Access::EXEC_OK).is_ok() && file.is_file())
}

/// Starts a helper for an address. It inherits the variables by which engines are reached, and none
/// that unlocks a vault.
pub fn start_helper(program: &Path, address: &str) -> io::Result<RunningHelper> {
    let mut command = Command::new(program);
    for name in OWN {
        command.env_remove(name);
    }
    command.arg(address).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null());
    let mut child = command.spawn()?;
    match (child.stdin.take(), child.stdout.take()) {
        (Some(input), Some(output)) => Ok(RunningHelper { child, input, output }),
        _ => Err(io::ErrorKind::BrokenPipe.into()),
    }
}
