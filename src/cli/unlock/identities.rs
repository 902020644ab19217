//! The identities that the operator has named, and the passphrases on them.

use std::path::Path;
use std::sync::Arc;

use credctl::disk::read_secret;
use credctl::secret::Secret;
use credctl::vault::{Disclosed, Encrypted, Identities, Parsed, Sealed};

use super::held;
use super::passphrase::{passphrase, unreadable, with_tries};
use crate::cli::agent::{Agent, KeyName};
use crate::cli::context::{Context, KEY_FILE_LIMIT, Settings, Ui};
use crate::cli::error::{Error, Failure};

/// The identities that the operator has named, by what it takes to use them.
pub struct NamedIdentities {
    /// Identities that open something by themselves.
    pub plain: Identities,
    /// Identities of plugins, which may ask for something, each file apart: the agent must know which of them
    /// opens a vault.
    pub plugins: Vec<(Identities, KeyName)>,
    /// Identities that need a passphrase.
    pub encrypted: Vec<(Encrypted, KeyName)>,
}

impl NamedIdentities {
    /// Reads all of them. Fails if there are none.
    pub fn read(settings: &Settings, ui: &Ui) -> Result<Self, Error> {
        if settings.identities.is_empty() {
            let error =
                Error::new(Failure::Locked, "this vault is locked to recipients and needs an identity")
                    .hint("name an age identity or SSH private key with --identity FILE or CREDCTL_IDENTITY");
            return Err(match &settings.default_identity {
                Some(path) => {
                    error.hint(format!("an identity in its default place needs no name: {}", path.display()))
                }
                None => error,
            });
        }
        let mut named = Self { plain: Identities::default(), plugins: Vec::new(), encrypted: Vec::new() };
        for path in &settings.identities {
            match parse_named(settings, ui, path)? {
                (Parsed::Ready(ready), name) if ready.need_plugins() => named.plugins.push((ready, name)),
                (Parsed::Ready(ready), _) => named.plain.append(ready),
                (Parsed::Encrypted(one), name) => named.encrypted.push((one, name)),
            }
        }
        if settings.passphrase_is_given && named.encrypted.is_empty() {
            // anybody who knows the recipients can put another vault in the place of one with a passphrase
            return Err(Error::new(
                Failure::Locked,
                "a passphrase was given, but this vault is locked to recipients and does not need it",
            )
            .hint(
                "leave out the passphrase if you know of the change; otherwise the vault may have been replaced",
            ));
        }
        Ok(named)
    }

    /// Returns true if nobody has to be asked for a vault: there is nothing but plain identities, or one of
    /// them opens it.
    pub fn is_plain_for(&self, sealed: &Sealed) -> bool {
        let is_plain = self.plugins.is_empty() && self.encrypted.is_empty();
        is_plain || (!self.plain.is_empty() && sealed.is_opened_by(&self.plain))
    }

    /// Returns the agent for the identities that need a passphrase and may open a vault. A passphrase that was
    /// given for this call comes before the agent.
    pub(super) fn agent(&self, settings: &Settings, ui: &Ui, sealed: &Sealed) -> Option<Arc<Agent>> {
        let may_open = |one| !settings.passphrase_is_named && sealed.may_be_opened_by(one);
        let encrypted = self.encrypted.iter().filter(|(one, _)| may_open(one));
        let names: Vec<_> = encrypted.map(|(_, name)| *name).collect();
        if names.is_empty() { None } else { held::holder(settings, ui, names) }
    }
}

/// An identity that needed a passphrase and opened the vault.
pub struct Opened {
    /// The name by which the agent knows the identity.
    pub name: KeyName,
    /// The parts of the identity that the agent needs.
    pub disclosed: Disclosed,
}

/// Decrypts one identity after another until the vault opens, and returns the one that opens it. Begins with
/// those that its header names.
pub fn decrypt(
    context: &Context,
    sealed: &Sealed,
    identities: &mut Identities,
    mut encrypted: Vec<(Encrypted, KeyName)>,
) -> Result<Option<Opened>, Error> {
    encrypted.retain(|(one, _)| sealed.may_be_opened_by(one));
    encrypted.sort_by_key(|(one, _)| one.public_key().is_none());
    let mut wrong = None;
    for (one, name) in encrypted {
        let attempt = || {
            let passphrase = passphrase(context, &format!("Passphrase for {}", one.name()))?;
            Ok(one.disclose(&passphrase))
        };
        match with_tries(&context.settings, &context.ui, attempt)? {
            Ok((decrypted, disclosed)) => {
                let opens = sealed.is_opened_by(&decrypted);
                identities.append(decrypted);
                if opens {
                    return Ok(Some(Opened { name, disclosed }));
                }
            }
            // it may be the passphrase of the next one
            Err(error) => wrong = wrong.or(Some(error)),
        }
    }
    wrong.map_or(Ok(None), |error| Err(error.into()))
}

/// Asks for the passphrase of an identity file that has one on it. Returns the passphrase, and a recipient of the
/// identity.
pub fn locked_identity(context: &Context, path: &Path) -> Result<(Secret, String), Error> {
    let Context { settings, ui, .. } = context;
    let none = || Error::new(Failure::Locked, format!("{} has no age identity", path.display()));
    let Parsed::Encrypted(identity) = parse(settings, ui, path)? else { return Err(none()) };
    let attempt = || {
        let passphrase = passphrase(context, &format!("Passphrase for {}", path.display()))?;
        Ok(identity.recipients(&passphrase).map(|recipients| (passphrase, recipients)))
    };
    let (passphrase, recipients) = with_tries(settings, ui, attempt)??;
    Ok((passphrase, recipients.into_iter().next().ok_or_else(none)?))
}

/// Reads an identity. Prints a notice if others can read it too.
pub(super) fn parse(settings: &Settings, ui: &Ui, path: &Path) -> Result<Parsed, Error> {
    parse_named(settings, ui, path).map(|(parsed, _)| parsed)
}

/// Reads an identity, and the name by which the agent knows it.
pub(super) fn parse_named(settings: &Settings, ui: &Ui, path: &Path) -> Result<(Parsed, KeyName), Error> {
    let name = path.display().to_string();
    let (text, loose) = read_secret(path, KEY_FILE_LIMIT).map_err(|error| unreadable("identity", error))?;
    let key = KeyName::of_identity(&text);
    let parsed = Identities::parse(text, &name, &ui.age_plugins(settings))?;
    if let (Some(loose), Parsed::Ready(identities)) = (loose, &parsed)
        && identities.are_secret()
    {
        ui.loose(&loose);
    }
    Ok((parsed, key))
}
