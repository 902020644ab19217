//! The key for a vault.

use std::sync::Arc;

use credctl::vault::{Held, Holder, Key, Sealed};

use super::held::{holder, opens};
use super::identities::{NamedIdentities, decrypt};
use super::passphrase::passphrase;
use crate::cli::agent::KeyName;
use crate::cli::context::{Context, Settings};
use crate::cli::error::Error;

/// Returns the key for a sealed vault. The agent is asked only where somebody would have to type a secret or
/// to touch a token.
pub fn key(context: &Context, sealed: &Sealed) -> Result<Key, Error> {
    let Context { settings, ui, .. } = context;
    if sealed.has_passphrase() {
        let vault = settings.vault()?;
        if !settings.passphrase_is_named
            && let Some(agent) = holder(settings, ui, vec![KeyName::of_vault(vault)])
            && opens(ui, &agent, sealed)
        {
            return Ok(Key::Held(Held::by(agent)));
        }
        return Ok(Key::Passphrase(passphrase(context, &prompt(settings)?)?));
    }
    let mut named = NamedIdentities::read(settings, ui)?;
    if named.is_plain_for(sealed) {
        return Ok(Key::Identities(named.plain));
    }
    let agent = named.agent(settings, ui, sealed);
    if let Some(agent) = &agent
        && opens(ui, agent, sealed)
    {
        let held = named.plugins.held_by(Arc::clone(agent) as Arc<dyn Holder>);
        named.plain.append(held);
        return Ok(Key::Identities(named.plain));
    }
    named.plain.append(match agent {
        // it learns what the plugin unwraps
        Some(agent) if !named.plugins.is_empty() => named.plugins.held_by(agent),
        _ => named.plugins,
    });
    if !named.encrypted.is_empty() && !sealed.is_opened_by(&named.plain) {
        decrypt(context, sealed, &mut named.plain, named.encrypted)?;
    }
    Ok(Key::Identities(named.plain))
}

/// Returns the prompt for the passphrase of the vault.
pub fn prompt(settings: &Settings) -> Result<String, Error> {
    Ok(format!("Passphrase for {}", settings.vault()?.display()))
}
