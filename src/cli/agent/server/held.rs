//! One key that the agent holds: its material, its limits, and the keys of the files that it opened.

use std::sync::Arc;
use std::time::Duration;

use credctl::secret::Secret;
use credctl::vault::{FileKey, Identities, Key, Parsed, Plugins, WrappedKey};
use zeroize::Zeroizing;

use super::memory::LockedBytes;
use crate::cli::agent::message::{Addition, Left, Material, Protection};
use crate::cli::agent::name::KeyName;

/// The number of files whose keys are remembered: those of an old generation are soon of no use.
const FILES: usize = 32;
/// Bytes of the key of a file.
const KEY: usize = 16;

/// A key that the agent holds.
pub struct HeldKey {
    /// The number that no other key had or will have.
    pub number: u64,
    pub name: KeyName,
    pub vault: KeyName,
    pub material: Arc<HeldMaterial>,
    until: Duration,
    idle: Duration,
    used: Duration,
    /// The digests of the files whose keys are in `keys`, in the same order.
    files: Vec<[u8; 32]>,
    keys: LockedBytes,
    /// The place of the key that is remembered next.
    next: usize,
    /// The files that the key does not open.
    strangers: Vec<[u8; 32]>,
}

/// The material of a key in protected memory.
pub enum HeldMaterial {
    Passphrase(LockedBytes),
    Identity(LockedBytes, Option<LockedBytes>),
    Nothing,
}

impl HeldMaterial {
    fn new(material: &Material) -> Self {
        let locked = |secret: &Secret| LockedBytes::new(secret.expose().as_bytes());
        match material {
            Material::Passphrase(passphrase) => Self::Passphrase(locked(passphrase)),
            Material::Identity(text, passphrase) => {
                Self::Identity(LockedBytes::new(text), passphrase.as_ref().map(locked))
            }
            Material::Nothing => Self::Nothing,
        }
    }

    /// Returns the key for one use.
    pub fn key(&self) -> Option<Key> {
        match self {
            Self::Passphrase(passphrase) => secret(passphrase).map(Key::Passphrase),
            Self::Identity(text, passphrase) => {
                let text = Zeroizing::new(text.to_vec());
                match Identities::parse(text, "", &Plugins::default()).ok()? {
                    Parsed::Ready(identities) => Some(Key::Identities(identities)),
                    Parsed::Encrypted(one) => {
                        one.decrypt(&secret(passphrase.as_ref()?)?).ok().map(Key::Identities)
                    }
                }
            }
            Self::Nothing => None,
        }
    }

    /// Returns the passphrase for one use, if the material is one.
    pub fn passphrase(&self) -> Option<Secret> {
        match self {
            Self::Passphrase(passphrase) => secret(passphrase),
            Self::Identity(..) | Self::Nothing => None,
        }
    }
}

fn secret(bytes: &[u8]) -> Option<Secret> {
    std::str::from_utf8(bytes).ok().map(Secret::from)
}

impl HeldKey {
    /// Returns true if the key is one of a plugin, of which only the keys of files are known.
    pub fn is_of_plugin(&self) -> bool {
        matches!(*self.material, HeldMaterial::Nothing)
    }

    /// Returns the protection of the memory of the key.
    pub fn protection(&self) -> Protection {
        self.keys.protection()
    }

    /// Takes a key over.
    pub fn new(number: u64, addition: &Addition, now: Duration) -> Self {
        let mut held = Self {
            number,
            name: addition.name,
            vault: addition.vault,
            material: Arc::new(HeldMaterial::new(&addition.material)),
            until: now.saturating_add(addition.ttl),
            idle: addition.idle,
            used: now,
            files: Vec::new(),
            keys: LockedBytes::zeroed(FILES * KEY),
            next: 0,
            strangers: Vec::new(),
        };
        held.remember(&addition.opens.0, &addition.opens.1);
        held
    }

    /// Returns the time that is left.
    pub fn left(&self, now: Duration) -> Left {
        let ttl = self.until.saturating_sub(now);
        Left { ttl, idle: self.used.saturating_add(self.idle).saturating_sub(now).min(ttl) }
    }

    /// Returns the moment at which the key has to be forgotten.
    pub fn end(&self) -> Duration {
        self.until.min(self.used.saturating_add(self.idle))
    }

    /// Notes that the key opened something.
    pub fn used(&mut self, now: Duration) {
        self.used = now;
    }

    /// Returns the key of a file that was opened before.
    pub fn known(&self, file: &[u8; 32]) -> Option<FileKey> {
        let at = self.files.iter().position(|known| known == file)?;
        FileKey::from_bytes(self.keys.get(at * KEY..(at + 1) * KEY)?)
    }

    /// Remembers the key of a file, in the place of the oldest.
    pub fn remember(&mut self, wrapped: &WrappedKey, key: &FileKey) {
        let file = wrapped.digest();
        if self.files.contains(&file) {
            return;
        }
        let at = self.next;
        self.next = (at + 1) % FILES;
        match self.files.get_mut(at) {
            Some(place) => *place = file,
            None => self.files.push(file),
        }
        self.keys.write(at * KEY, key.expose());
    }

    /// Returns true if the key may open a file.
    pub fn may_open(&self, file: &[u8; 32]) -> bool {
        !matches!(*self.material, HeldMaterial::Nothing) && !self.strangers.contains(file)
    }

    /// Remembers that the key does not open a file.
    pub fn never_opens(&mut self, file: [u8; 32]) {
        self.strangers.truncate(FILES - 1);
        self.strangers.insert(0, file);
    }
}
