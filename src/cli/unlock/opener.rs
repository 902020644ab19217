//! The key that opens the vault of this run and would have to be typed again, for the agent to hold.

use credctl::vault::{FileKey, Identities, Key, Sealed, WrappedKey};

use super::identities::{NamedIdentities, Opened, decrypt};
use super::key::prompt;
use super::passphrase::{passphrase, with_tries};
use crate::cli::agent::{KeyName, Material};
use crate::cli::context::Context;
use crate::cli::error::Error;

/// A key that opens a vault.
pub struct Opener {
    pub name: KeyName,
    pub material: Material,
    /// The stanzas of the vault, and the key of this generation.
    pub opens: (WrappedKey, FileKey),
}

impl Opener {
    /// Finds the key of a vault, and asks for what it takes. Returns `None` if a plain identity opens the
    /// vault.
    pub fn find(context: &Context, sealed: &Sealed) -> Result<Option<Self>, Error> {
        let wrapped = sealed.wrapped_key()?;
        if sealed.has_passphrase() {
            return Self::of_passphrase(context, wrapped).map(Some);
        }
        let named = NamedIdentities::read(&context.settings, &context.ui)?;
        if named.is_plain_for(sealed) {
            return Ok(None);
        }
        let mut refused = None;
        for (identities, name) in named.plugins {
            match Key::Identities(identities).unwrap(&wrapped) {
                Ok(key) => {
                    return Ok(Some(Self { name, material: Material::Nothing, opens: (wrapped, key) }));
                }
                Err(error) => refused = Some(error),
            }
        }
        if let Some(error) = refused.filter(|_| named.encrypted.is_empty()) {
            return Err(error.into());
        }
        let mut identities = Identities::default();
        let opened = decrypt(context, sealed, &mut identities, named.encrypted)?;
        let needs_plugins = identities.need_plugins();
        let key = Key::Identities(identities).unwrap(&wrapped)?;
        Ok(opened.map(|Opened { name, disclosed }| {
            // the agent runs no programs
            let material = if needs_plugins {
                Material::Nothing
            } else {
                Material::Identity(disclosed.text, disclosed.passphrase)
            };
            Self { name, material, opens: (wrapped, key) }
        }))
    }

    fn of_passphrase(context: &Context, wrapped: WrappedKey) -> Result<Self, Error> {
        let prompt = prompt(&context.settings)?;
        let attempt = || {
            let passphrase = passphrase(context, &prompt)?;
            let unwrapped = Key::Passphrase(passphrase.clone()).unwrap(&wrapped);
            Ok(unwrapped.map(|key| (passphrase, key)))
        };
        let (passphrase, key) = with_tries(&context.settings, &context.ui, attempt)??;
        let name = KeyName::of_vault(context.settings.vault()?);
        Ok(Self { name, material: Material::Passphrase(passphrase), opens: (wrapped, key) })
    }
}
