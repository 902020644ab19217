//! A look into the vault that asks nobody, prints nothing, writes nothing, and takes no time that a person notices.

use std::path::Path;
use std::sync::{Arc, mpsc};
use std::thread;
use std::time::{Duration, Instant};

use credctl::disk::{Location, read_secret};
use credctl::store::Terms;
use credctl::vault::{Held, Identities, Key, Parsed, Plugins, Sealed, Vault};

use super::line::CursorLine;
use crate::cli::agent::{self, Agent, KeyName};
use crate::cli::child;
use crate::cli::context::{Context, Settings};
use crate::cli::harden;

/// The time from the start of the program after which no answer of the vault counts. A program that was built
/// without optimisation needs ten times as long.
const LIMIT: Duration = Duration::from_millis(if cfg!(debug_assertions) { 5000 } else { 100 });

/// The largest identity file, in bytes.
const LARGEST: u64 = 1024 * 1024;

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
    let location = Location::resolve(settings.vault().ok()?).ok()?;
    let sealed = Sealed::inspect(location.open().ok()?).ok()?;
    let key = key(&settings, &sealed)?;
    Some((Vault::open(sealed, &key).ok()?, settings.terms))
}

/// Returns the key that opens the vault and asks nobody: a plain identity, or one that the agent holds.
fn key(settings: &Settings, sealed: &Sealed) -> Option<Key> {
    if sealed.has_passphrase() {
        let agent = agent(settings, vec![KeyName::of_vault(settings.vault().ok()?)], sealed)?;
        return Some(Key::Held(Held::by(agent)));
    }
    let (mut all, mut asking) = (Identities::default(), Vec::new());
    for (identities, name) in settings.identities.iter().filter_map(|path| identities(path)) {
        match identities {
            Some(identities) => all.append(identities),
            None => asking.push(name),
        }
    }
    if !asking.is_empty()
        && !sealed.is_opened_by(&all)
        && let Some(agent) = agent(settings, asking, sealed)
    {
        all.append(Identities::default().held_by(agent));
    }
    (!all.is_empty()).then_some(Key::Identities(all))
}

/// Returns the agent if it opens the vault with one of these keys.
fn agent(settings: &Settings, names: Vec<KeyName>, sealed: &Sealed) -> Option<Arc<Agent>> {
    agent::holder(settings, names).ok().filter(|agent| agent.opens(sealed)).map(Arc::new)
}

/// Reads identities from a file on the disk: what comes out of a pipe or a descriptor would be missing later. No
/// identities if somebody would have to be asked before their use.
fn identities(path: &Path) -> Option<(Option<Identities>, KeyName)> {
    if child::named_by(path).is_some() || !path.metadata().ok()?.is_file() {
        return None;
    }
    let (text, _) = read_secret(path, LARGEST).ok()?;
    let name = KeyName::of_identity(&text);
    let identities = match Identities::parse(text, "", &Plugins::default()) {
        Ok(Parsed::Ready(identities)) => Some(identities),
        // a plugin is not run, but the agent may know what it unwrapped
        Ok(Parsed::Encrypted(_)) | Err(_) => None,
    };
    Some((identities, name))
}
