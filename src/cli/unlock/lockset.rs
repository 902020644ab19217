//! The keys of a new vault: a check that the operator has one that opens it.

use credctl::vault::{Encrypted, Identities, Key, Lockset, Parsed};

use super::held::holder;
use super::identities::{parse, parse_named};
use super::passphrase::{passphrase, with_tries};
use crate::cli::context::{Context, Settings, Ui};
use crate::cli::error::{Error, Failure};

/// Returns true if the operator has a key at hand that opens the lockset. The key is the passphrase that was
/// just chosen, the key that opened the vault before, or an identity that is named anywhere.
pub fn opens_lockset(context: &Context, key: &Key, lockset: &Lockset) -> Result<bool, Error> {
    let opens = match (lockset, key) {
        (Lockset::Passphrase(_) | Lockset::Held(_), _) => true,
        (_, Key::Identities(identities)) => lockset.opens_with(identities)?,
        (_, Key::Passphrase(_) | Key::Held(_)) => false,
    };
    if opens {
        return Ok(true);
    }
    let (opens, encrypted) = known(&context.settings, &context.ui, lockset)?;
    if opens {
        return Ok(true);
    }
    for one in &encrypted {
        let attempt = || {
            let passphrase = passphrase(context, &format!("Passphrase for {}", one.name()))?;
            Ok(one.decrypt(&passphrase))
        };
        match with_tries(&context.settings, &context.ui, attempt) {
            Ok(Ok(identities)) if lockset.opens_with(&identities)? => return Ok(true),
            Err(error) if error.kind() == Failure::Interrupted => return Err(error),
            // an identity that stays closed opens nothing
            _ => {}
        }
    }
    Ok(false)
}

/// Returns true if no identity that the operator has named opens the lockset, as far as that is known without
/// a prompt.
pub fn nothing_opens(settings: &Settings, ui: &Ui, lockset: &Lockset) -> Result<bool, Error> {
    let Lockset::Recipients(_) = lockset else { return Ok(false) };
    for path in &settings.known_identities {
        let may_open = match parse(settings, ui, path) {
            Ok(Parsed::Ready(identities)) => identities.need_plugins() || lockset.opens_with(&identities)?,
            Ok(Parsed::Encrypted(one)) => one.public_key().is_none() || lockset.names(&one),
            Err(_) => false,
        };
        if may_open {
            return Ok(false);
        }
    }
    Ok(true)
}

/// Returns true if an identity that is named anywhere opens the lockset. Also returns the identities that
/// need a passphrase to find out.
fn known(settings: &Settings, ui: &Ui, lockset: &Lockset) -> Result<(bool, Vec<Encrypted>), Error> {
    let (mut encrypted, mut names) = (Vec::new(), Vec::new());
    // an identity that cannot be read or used opens nothing
    for (one, name) in
        settings.known_identities.iter().filter_map(|path| parse_named(settings, ui, path).ok())
    {
        let opens = match one {
            Parsed::Ready(identities) => lockset.opens_with(&identities)?,
            Parsed::Encrypted(one) if one.public_key().is_some() => lockset.names(&one),
            Parsed::Encrypted(one) => {
                encrypted.push(one);
                names.push(name);
                false
            }
        };
        if opens {
            return Ok((true, encrypted));
        }
    }
    let agent = if names.is_empty() { None } else { holder(settings, ui, names) };
    let held = agent.map(|agent| Identities::default().held_by(agent));
    let opens = held.map_or(Ok(false), |held| lockset.opens_with(&held))?;
    Ok((opens, encrypted))
}
