//! The editor of the operator, which changes one file.

use std::fs::File;
use std::io::{self, IsTerminal as _, Read as _};
use std::os::unix::net::UnixStream;
use std::path::Path;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::thread::sleep;
use std::time::Duration;

use rustix::process::{Pid, Signal, kill_process};
use signal_hook::consts::{SIGCHLD, SIGINT, SIGQUIT};
use signal_hook::low_level::{pipe, unregister};

use super::program::OWN;
use crate::cli::harden::as_we_were;
use crate::cli::prompt::{Came, Noted};

/// The editors to try where the operator has chosen none.
const USUAL: [&str; 4] = ["vi", "vim", "nano", "emacs"];
/// The time in which an editor ends after a signal.
const GRACE: Duration = Duration::from_secs(1);
/// The time between two looks at an editor that was asked to end.
const PAUSE: Duration = Duration::from_millis(20);

/// Runs the editor on a file and waits for its end. The command goes through the shell, so that it may have
/// arguments. The editor gets the terminal, also where our own streams lead elsewhere. Without a command, the
/// first of the usual editors runs, for which `terminal` must be there. Returns `None` if there is none, or if a
/// signal asked credctl to end.
///
/// The editor gets no passphrase, and no source of one. It keeps the path of the identity: people run credctl from
/// their editor.
pub fn edit(
    command: Option<&str>,
    path: &Path,
    terminal: Option<&File>,
    signals: &Noted,
) -> io::Result<Option<ExitStatus>> {
    let usual = || USUAL.into_iter().find(|name| is_program(name)).filter(|_| terminal.is_some());
    let Some(editor) = command.or_else(usual) else { return Ok(None) };
    let mut command = Command::new("/bin/sh");
    command.arg("-c").arg(format!("{editor} \"$@\"")).arg(editor).arg(path);
    for name in OWN.into_iter().filter(|name| *name != "CREDCTL_IDENTITY") {
        command.env_remove(name);
    }
    let instead = |file: &File| file.try_clone().map(Stdio::from);
    if let (Some(terminal), false) = (terminal, io::stdin().is_terminal()) {
        command.stdin(instead(terminal)?);
    }
    // stdout is for the answer
    if !io::stdout().is_terminal() {
        command.stdout(match terminal {
            Some(terminal) => instead(terminal)?,
            None => Stdio::from(rustix::io::dup(rustix::stdio::stderr())?),
        });
    }
    let (ended, wakes) = UnixStream::pair()?;
    let registered = pipe::register(SIGCHLD, wakes)?;
    let waited = as_we_were(|| command.spawn()).and_then(|child| wait(child, &ended, signals));
    unregister(registered);
    waited
}

/// Waits for the editor. Keys that interrupt are its own; another signal to credctl is passed on, and ends the
/// wait.
fn wait(mut child: Child, ended: &UnixStream, signals: &Noted) -> io::Result<Option<ExitStatus>> {
    loop {
        if let Some(status) = child.try_wait()? {
            return Ok(Some(status));
        }
        match (signals.wait_for(ended, None)?, signals.signal()) {
            (Came::Signal, Some(SIGINT | SIGQUIT)) => signals.forget(),
            (Came::Signal, signal) => {
                end(&mut child, signal);
                return Ok(None);
            }
            _ => {
                // one byte for each child that ended; only the editor matters
                let _count: usize = (&*ended).read(&mut [0; 64])?;
            }
        }
    }
}

/// Asks the editor to end, and gives it some time for that.
fn end(child: &mut Child, signal: Option<i32>) {
    let process = i32::try_from(child.id()).ok().and_then(Pid::from_raw);
    if let (Some(process), Some(signal)) = (process, signal.and_then(Signal::from_named_raw)) {
        // it may have ended meanwhile
        let _ = kill_process(process, signal);
    }
    let mut left = GRACE;
    while !left.is_zero() && matches!(child.try_wait(), Ok(None)) {
        sleep(PAUSE);
        left = left.saturating_sub(PAUSE);
    }
}

fn is_program(name: &str) -> bool {
    let path = std::env::var_os("PATH").unwrap_or_default();
    std::env::split_paths(&path).any(|folder| folder.join(name).is_file())
}
