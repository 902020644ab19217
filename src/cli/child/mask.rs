//! A program whose output is masked.

use std::io::{self, IsTerminal as _};
use std::os::unix::process::ExitStatusExt as _;
use std::process::{ExitStatus, Stdio};
use std::sync::Arc;

use super::program::{Program, not_started};
use super::relay::{Relays, finish};
use super::signals::Waiting;
use super::terminal;
use crate::cli::error::Error;
use crate::cli::harden::as_we_were;
use crate::cli::mask::Mask;

impl Program {
    /// Runs the program and masks its output. The program runs on a terminal if our stdout is one.
    pub fn run_masked(&self, mask: Mask) -> Result<ExitStatus, Error> {
        let relays = Relays::new(Arc::new(mask));
        if io::stdout().is_terminal() {
            return terminal::run(self, relays);
        }
        let mut command = self.command()?;
        command.stdout(Stdio::piped()).stderr(Stdio::piped());
        let signals = Waiting::begin()?;
        let mut child = as_we_were(|| command.spawn()).map_err(|error| not_started(&self.words, error))?;
        let forwarding = signals.forward(child.id(), true, || ());
        finish(&mut child, None::<io::Empty>, relays, forwarding)
    }
}

/// Returns the exit status of a program as a shell reports it.
pub fn status(status: ExitStatus) -> u8 {
    let code = status.code().or_else(|| status.signal().map(|signal| 128 + signal)).unwrap_or(1);
    u8::try_from(code).unwrap_or(1)
}
