//! The run of a program on a terminal of its own. Its output can be masked, and the program still finds what
//! it expects: a window with a size, keys one by one, Ctrl-C.

use std::io::{self, ErrorKind, Read, Write as _};
use std::process::ExitStatus;
use std::sync::Arc;
use std::thread;

use pty_process::blocking::{Command, Pty, open};
use rustix::stdio;
use rustix::termios::{OptionalActions, Termios, isatty, tcgetattr, tcgetwinsize, tcsetattr};
use zeroize::Zeroizing;

use super::program::{OWN, Program, not_started, plain};
use super::relay::{Relays, finish};
use super::signals::Waiting;
use crate::cli::error::Error;
use crate::cli::harden::as_we_were;

/// Runs a program on a new terminal, relays keys and output, and masks the output.
pub(super) fn run(program: &Program, relays: Relays) -> Result<ExitStatus, Error> {
    let failed = |error: pty_process::Error| Error::from(io::Error::other(error));
    let (pty, pts) = open().map_err(failed)?;
    resize(&pty);
    let mut command = Command::new(program.name()?);
    command = command.args(program.words.iter().skip(1));
    if program.clean {
        command = command.env_clear().envs(plain());
    }
    for name in OWN {
        command = command.env_remove(name);
    }
    for (name, value) in &program.variables {
        command = command.env(name, value.expose());
    }
    let typed = isatty(stdio::stdin());
    if !typed {
        command = command.stdin(std::process::Stdio::inherit());
    }
    let errors_too = isatty(stdio::stderr());
    if !errors_too {
        command = command.stderr(std::process::Stdio::piped());
    }
    let signals = Waiting::begin()?;
    let mut child = as_we_were(|| command.spawn(pts)).map_err(|error| match error {
        pty_process::Error::Io(error) => not_started(&program.words, error),
        error @ pty_process::Error::Rustix(_) => failed(error),
    })?;
    let pty = Arc::new(pty);
    let raw = typed.then(RawMode::begin).flatten();
    if typed {
        // this thread ends with the process: nothing can interrupt it while it waits for a key
        let keys = Arc::clone(&pty);
        thread::spawn(move || relay_keys(&keys));
    }
    let window = Arc::clone(&pty);
    // the program has its own terminal and session, which keys on our terminal do not reach
    let forwarding = signals.forward(child.id(), false, move || resize(&window));
    let status = finish(&mut child, Some(Output(pty)), relays, forwarding);
    drop(raw);
    status
}

/// Gives the program's terminal the size of our window.
fn resize(pty: &Pty) {
    if let Ok(size) = tcgetwinsize(stdio::stdout()) {
        // a window of the wrong size is no reason to end
        let _ = pty.resize(pty_process::Size::new(size.ws_row, size.ws_col));
    }
}

fn relay_keys(pty: &Pty) {
    let mut block = Zeroizing::new([0; 4096]);
    while let Ok(count) = rustix::io::read(stdio::stdin(), &mut *block) {
        if count == 0 || (&*pty).write_all(&block[..count]).is_err() {
            return;
        }
    }
}

/// The output that the program writes to its terminal.
pub(super) struct Output(Arc<Pty>);

impl Read for Output {
    fn read(&mut self, block: &mut [u8]) -> io::Result<usize> {
        match (&*self.0).read(block) {
            Err(error) if error.kind() != ErrorKind::Interrupted => {
                // a terminal reports this when nobody has its other side open any more
                Ok(0)
            }
            read => read,
        }
    }
}

/// The settings of our own terminal from before it only passes keys on. Drop restores them.
struct RawMode(Termios);

impl RawMode {
    fn begin() -> Option<Self> {
        let before = tcgetattr(stdio::stdin()).ok()?;
        let mut raw = before.clone();
        raw.make_raw();
        tcsetattr(stdio::stdin(), OptionalActions::Now, &raw).ok()?;
        Some(Self(before))
    }
}

impl Drop for RawMode {
    fn drop(&mut self) {
        let _ = tcsetattr(stdio::stdin(), OptionalActions::Now, &self.0);
    }
}
