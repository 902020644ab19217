//! Files that no export takes the place of, because they may be the only one of their kind: identities,
//! vaults, and the files that belong to vaults.

use super::cipher::{ARMOR, Key, MAGIC, Sealed};
use super::{Damage, Error, Precious, Vault};
use crate::disk::{FileError, Location};
use crate::text;

/// The most bytes of an identity file.
const LIMIT: u64 = 1024 * 1024;
/// The first lines of the SSH keys that age takes for identities.
const SSH_KEYS: [&str; 2] = ["-----BEGIN OPENSSH PRIVATE KEY-----", "-----BEGIN RSA PRIVATE KEY-----"];

impl Precious {
    /// Finds out whether the file at a location must be spared. A vault is known by the files beside it, or
    /// because `key` opens it. With a key, an age file that neither of them explains counts as a vault.
    ///
    /// # Errors
    /// Fails if the file cannot be looked at.
    pub fn find(location: &Location, key: Option<&Key>) -> Result<Option<Self>, Error> {
        // a name like that of a companion means something only beside an age file
        if let Some(owner) = location.belongs_to()?
            && owner.read_start(MAGIC.len())?.is_some_and(|start| *start == *MAGIC)
        {
            return Ok(Some(Self::BelongsTo(owner.path().to_owned())));
        }
        let Some(start) = location.read_start(ARMOR.len())? else { return Ok(None) };
        if start.starts_with(MAGIC) {
            return Self::in_age_file(location, key);
        }
        let Some(text) = location.read(LIMIT)? else { return Ok(None) };
        if start.starts_with(ARMOR) {
            let decryptor = age::Decryptor::new_buffered(age::armor::ArmoredReader::new(&text[..]));
            let is_scrypt = decryptor.is_ok_and(|decryptor| decryptor.is_scrypt());
            return Ok(Some(if is_scrypt { Self::Passphrase } else { Self::Unknown }));
        }
        Ok(Self::in_text(&text))
    }

    /// Finds identities in a text, which it decodes as a reader of identities does. One line with an identity
    /// is enough, whatever the other lines are.
    fn in_text(text: &[u8]) -> Option<Self> {
        let text = text::decode(text).ok()?;
        let is_identity = |line: &str| {
            let start: String = line.trim_start().chars().take(16).collect();
            let start = start.to_ascii_uppercase();
            start.starts_with("AGE-SECRET-KEY-") || start.starts_with("AGE-PLUGIN-")
        };
        if text.lines().any(is_identity) {
            return Some(Self::Identity);
        }
        SSH_KEYS.iter().any(|begin| text.trim_start().starts_with(begin)).then_some(Self::SshKey)
    }

    fn in_age_file(location: &Location, key: Option<&Key>) -> Result<Option<Self>, Error> {
        // a broken header opens for nobody, so nothing can be lost
        let Ok(sealed) = Sealed::inspect(location.open()?) else { return Ok(None) };
        if sealed.has_passphrase() {
            return Ok(Some(Self::Passphrase));
        }
        // exports and bundles of ours can be made again
        if sealed.mark().is_some() {
            return Ok(None);
        }
        if location.has_companions()? {
            return Ok(Some(Self::Vault));
        }
        let Some(key) = key else { return Ok(None) };
        Ok(match Vault::open(sealed, key) {
            // bundles of versions up to 0.1.0 have no mark, but their first line says what they are
            Ok(vault) => vault.bundle_of().is_none().then_some(Self::Vault),
            // the key opens it, and it is something else
            Err(Error::Damaged(Damage::OtherDocument | Damage::NotAVault(_))) => None,
            Err(_) => Some(Self::Unknown),
        })
    }
}

impl Location {
    /// Fails if nothing may take the place of the file that is here.
    ///
    /// # Errors
    /// [`Error::Precious`], or an error of looking at the file.
    pub fn spare_precious(&self, key: Option<&Key>) -> Result<(), Error> {
        match Precious::find(self, key) {
            Ok(None) => Ok(()),
            Ok(Some(precious)) => Err(precious.into()),
            // larger than any vault
            Err(Error::File(FileError::TooLarge { .. })) => Ok(()),
            Err(error) => Err(error),
        }
    }
}
