//! The key for a vault.

use credctl::vault::{Held, Identities, Key, Sealed};

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
    let mut is_silent = false;
    if let Some(agent) = named.agent(settings, ui, sealed) {
        if opens(ui, &agent, sealed) {
            named.plain.append(Identities::default().held_by(agent));
            return Ok(Key::Identities(named.plain));
        }
        is_silent = agent.trouble().is_some();
    }
    let mut asking = Identities::default();
    for (identities, name) in named.plugins {
        // each with its own name: what one of them opens, no other one opens
        let agent = if is_silent { None } else { holder(settings, ui, vec![name]) };
        let Some(agent) = agent else {
            asking.append(identities);
            continue;
        };
        if opens(ui, &agent, sealed) {
            // the plugin opens what the agent does not know yet, such as the next generation
            named.plain.append(identities.held_by(agent));
            return Ok(Key::Identities(named.plain));
        }
        is_silent = agent.trouble().is_some();
        // it learns what the plugin unwraps
        asking.append(identities.held_by(agent));
    }
    named.plain.append(asking);
    if !named.encrypted.is_empty() && !sealed.is_opened_by(&named.plain) {
        decrypt(context, sealed, &mut named.plain, named.encrypted)?;
    }
    Ok(Key::Identities(named.plain))
}

/// Returns the prompt for the passphrase of the vault.
pub fn prompt(settings: &Settings) -> Result<String, Error> {
    Ok(format!("Passphrase for {}", settings.vault()?.display()))
}
