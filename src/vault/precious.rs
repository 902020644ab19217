//! Files that no export takes the place of, because they may be the only one of their kind: identities,
//! vaults, and the files that belong to vaults.

use std::fmt;
use std::path::PathBuf;

use super::cipher::{ARMOR, Key, MAGIC, Sealed};
use super::file::{FileError, Location};
use super::{Damage, Error, Vault};

/// Most bytes of an identity file.
const LIMIT: u64 = 1024 * 1024;

/// What makes a file one that is never overwritten.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Precious {
    /// It holds age identities.
    Identity,
    /// An age file with a passphrase: a vault or an identity, for nothing else has one.
    Passphrase,
    /// It is a vault.
    Vault,
    /// An age file that has no mark and that the key does not open: it may be somebody's vault.
    Unknown,
    /// It is the backup or the lock of this vault, or would be.
    BelongsTo(PathBuf),
}

impl Precious {
    /// Looks at what is at a location. A vault is known by the files beside it, or because `key` opens it.
    /// With a key, an age file that nobody can tell anything of is taken for one.
    ///
    /// # Errors
    /// What cannot be looked at.
    pub fn find(location: &Location, key: Option<&Key>) -> Result<Option<Self>, Error> {
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
        Ok(is_identity(&text).then_some(Self::Identity))
    }

    fn in_age_file(location: &Location, key: Option<&Key>) -> Result<Option<Self>, Error> {
        let Ok(sealed) = Sealed::inspect(location.open()?) else { return Ok(None) };
        if sealed.has_passphrase() {
            return Ok(Some(Self::Passphrase));
        }
        if sealed.mark().is_some() {
            return Ok(None);
        }
        if location.has_companions()? {
            return Ok(Some(Self::Vault));
        }
        let Some(key) = key else { return Ok(None) };
        Ok(match Vault::open(sealed, key) {
            Ok(vault) => vault.bundle_of().is_none().then_some(Self::Vault),
            Err(Error::Damaged(Damage::OtherDocument | Damage::NotAVault(_))) => None,
            Err(_) => Some(Self::Unknown),
        })
    }
}

/// Whether a text is age identities and nothing else.
fn is_identity(text: &[u8]) -> bool {
    let lines = || {
        let lines = text.split(|byte| *byte == b'\n').map(<[u8]>::trim_ascii);
        lines.filter(|line| !line.is_empty() && !line.starts_with(b"#"))
    };
    let is_key = |line: &[u8]| {
        let start = line[..line.len().min(16)].to_ascii_uppercase();
        start.starts_with(b"AGE-SECRET-KEY-") || start.starts_with(b"AGE-PLUGIN-")
    };
    lines().next().is_some() && lines().all(is_key)
}

impl fmt::Display for Precious {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Identity => f.write_str("is an identity file"),
            Self::Passphrase => f.write_str("is a vault or an identity with a passphrase"),
            Self::Vault => f.write_str("is a vault"),
            Self::Unknown => f.write_str("is an age file that may be somebody's vault"),
            Self::BelongsTo(vault) => write!(f, "belongs to the vault `{}`", vault.display()),
        }
    }
}

impl From<Precious> for Error {
    fn from(precious: Precious) -> Self {
        Self::Precious(precious)
    }
}

impl Location {
    /// Fails if nothing may take the place of what is here.
    ///
    /// # Errors
    /// [`Error::Precious`], and what cannot be looked at.
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
