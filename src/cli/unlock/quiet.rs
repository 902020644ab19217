//! The key that opens a vault without a word: for completion, and for a look at the state.

use std::path::Path;
use std::sync::Arc;

use credctl::disk::read_secret;
use credctl::vault::{Held, Identities, Key, Parsed, Plugins, Sealed};

use crate::cli::agent::{self, Agent, KeyName};
use crate::cli::child;
use crate::cli::context::{KEY_FILE_LIMIT, Settings};

/// Returns the key that opens the vault and asks nobody: a plain identity, or one that the agent holds.
pub fn quiet_key(settings: &Settings, sealed: &Sealed) -> Option<Key> {
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
    agent::holder(settings, names).ok().map(Agent::looking).filter(|agent| agent.opens(sealed)).map(Arc::new)
}

/// Reads identities from a file on the disk: what comes out of a pipe or a descriptor would be missing later. No
/// identities if somebody would have to be asked before their use.
fn identities(path: &Path) -> Option<(Option<Identities>, KeyName)> {
    if child::named_by(path).is_some() || !path.metadata().ok()?.is_file() {
        return None;
    }
    let (text, _) = read_secret(path, KEY_FILE_LIMIT).ok()?;
    let name = KeyName::of_identity(&text);
    let identities = match Identities::parse(text, "", &Plugins::default()) {
        Ok(Parsed::Ready(identities)) => Some(identities),
        // a plugin is not run, but the agent may know what it unwrapped
        Ok(Parsed::Encrypted(_)) | Err(_) => None,
    };
    Some((identities, name))
}
