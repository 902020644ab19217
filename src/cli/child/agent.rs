//! The start of the agent, in another process of this program that inherits nothing.

use std::io::{self, Read as _};
use std::path::Path;
use std::process::{Command, Stdio};

/// Starts this program with a command and a folder: without variables, descriptors, or a terminal to write to.
/// Waits until the new process reports that it is ready.
pub fn detached_agent(command: &str, folder: &Path) -> io::Result<()> {
    // the shell may have opened some for its own use
    close_fds::set_fds_cloexec(3, &[]);
    let mut child = Command::new(std::env::current_exe()?)
        .args([command.as_ref(), folder.as_os_str()])
        .env_clear()
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()?;
    match child.stdout.take() {
        Some(mut stdout) => stdout.read_exact(&mut [0]),
        None => Ok(()),
    }
}
