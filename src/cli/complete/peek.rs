//! A look into the vault that asks nobody, prints nothing, writes nothing, and takes no time that a person notices.

use std::sync::mpsc;
use std::thread;
use std::time::{Duration, Instant};

use credctl::kind::KnownTypes;
use credctl::store::Terms;
use credctl::vault::{Sealed, Vault};

use super::line::CursorLine;
use crate::cli::context::Context;
use crate::cli::{harden, unlock};

/// The time from the start of the program after which no answer of the vault counts. A program that was built
/// without optimisation needs ten times as long.
const LIMIT: Duration = Duration::from_millis(if cfg!(debug_assertions) { 5000 } else { 100 });

/// A vault that may be looked into until a point in time.
#[derive(Debug, Clone)]
pub struct Peek {
    line: CursorLine,
    until: Instant,
}

impl Peek {
    /// Makes the vault of a command line. Nothing is opened yet.
    pub fn new(line: CursorLine) -> Self {
        Self { line, until: Instant::now() + LIMIT }
    }

    /// Returns the types of the vault, as far as it opens.
    pub fn types(&self) -> KnownTypes {
        self.look(|vault, _| vault.types().ok()).unwrap_or_default()
    }

    /// Opens the vault and looks into it. None if a key is missing, if somebody would have to be asked for it, or
    /// if the time is over.
    pub fn look<T: Send + 'static>(
        &self,
        look: impl FnOnce(&mut Vault, &Terms) -> Option<T> + Send + 'static,
    ) -> Option<T> {
        let (sender, receiver) = mpsc::sync_channel(1);
        let line = self.line.clone();
        // a disk that hangs is left behind; the process ends without it
        let other = thread::Builder::new().spawn(move || {
            let found = open(&line).and_then(|(mut vault, terms)| look(&mut vault, &terms));
            let _ = sender.send(found);
        });
        other.ok()?;
        receiver.recv_timeout(self.until.saturating_duration_since(Instant::now())).ok()?
    }
}

fn open(line: &CursorLine) -> Option<(Vault, Terms)> {
    harden::memory();
    let context = Context::new(line.global()).ok()?;
    let settings = context.settings;
    let location = settings.location().ok()?;
    let sealed = Sealed::inspect(location.open().ok()?).ok()?;
    let key = unlock::quiet_key(&settings, &sealed)?;
    Some((settings.terms.open(&location, sealed, &key).ok()?, settings.terms))
}
