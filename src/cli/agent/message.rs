//! The requests to the agent, and its answers.

#![cfg_attr(
    not(target_os = "linux"),
    expect(dead_code, reason = "only the agent reads requests, and the agent exists only on Linux")
)]

use std::time::Duration;

use credctl::secret::Secret;
use credctl::vault::{FileKey, WrappedKey};
use zeroize::Zeroizing;

use super::name::KeyName;
use super::wire::{MessageFields, Reader, VERSION};

/// A request to the agent.
pub enum Request {
    /// To unwrap the key of a file, with one of these keys. False if it is only a look, which is no use of the key.
    Unwrap(Vec<KeyName>, WrappedKey, bool),
    /// To wrap the key of a new file, with the passphrase of this name.
    Wrap(KeyName, FileKey),
    /// To remember the key of a file, beside a key of these names.
    Keep(Vec<KeyName>, WrappedKey, FileKey),
    /// To hold a key.
    Add(Box<Addition>),
    /// To forget the keys of these names, and those that were added for this vault; without a vault, all.
    Lock(Option<KeyName>, Vec<KeyName>),
    /// To tell about the keys of these names.
    State(Vec<KeyName>),
}

/// A key for the agent to hold.
pub struct Addition {
    pub name: KeyName,
    /// The vault that the key was added for.
    pub vault: KeyName,
    pub material: Material,
    /// The time after which the agent forgets the key.
    pub ttl: Duration,
    /// The time after which the agent forgets the key unless it was used.
    pub idle: Duration,
    /// A file that the key opens, with the key of that file.
    pub opens: (WrappedKey, FileKey),
}

/// The material of a key.
pub enum Material {
    /// The passphrase of a vault.
    Passphrase(Secret),
    /// The text of an identity, with its passphrase if it stays encrypted.
    Identity(Zeroizing<Vec<u8>>, Option<Secret>),
    /// None: the agent remembers only the keys of files, which something else unwrapped.
    Nothing,
}

/// The answer of the agent.
pub enum AgentAnswer {
    /// Success, with the number of keys that it is about.
    Done(u64),
    /// The agent holds no such key, or the key opens nothing.
    No,
    Unwrapped(FileKey),
    Wrapped(WrappedKey),
    State(Option<Left>, Summary),
    /// The agent speaks another version.
    OtherVersion,
}

/// The time that is left until the agent forgets a key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Left {
    /// At the latest.
    pub ttl: Duration,
    /// Without another use.
    pub idle: Duration,
}

/// The agent in a few numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Summary {
    /// The number of vaults that keys were added for.
    pub vaults: u64,
    /// The protection of the memory of the keys, of the key that has the least.
    pub protection: Protection,
}

/// The protection of memory against being read later.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Protection {
    /// None: the limit on locked memory is too low.
    None,
    /// It is not swapped out.
    Locked,
    /// The kernel itself does not map it.
    Secret,
}

/// The byte that the agent sends while it works on an answer.
pub const WORKING: u8 = 0;
const DONE: u8 = 1;
const NO: u8 = 2;
const UNWRAPPED: u8 = 3;
const WRAPPED: u8 = 4;
const STATE: u8 = 5;
const OTHER_VERSION: u8 = 255;

fn names(names: &[KeyName]) -> Vec<u8> {
    names.iter().flat_map(|name| name.0).collect()
}

fn read_names(bytes: &[u8]) -> Option<Vec<KeyName>> {
    let (names, rest) = bytes.as_chunks();
    rest.is_empty().then(|| names.iter().map(|name| KeyName(*name)).collect())
}

impl Request {
    /// Returns the bytes of the request.
    pub fn bytes(&self) -> Zeroizing<Vec<u8>> {
        let small = || MessageFields::with_room(256);
        let (kind, fields) = match self {
            Self::Unwrap(of, wrapped, is_use) => {
                (if *is_use { 1 } else { 7 }, small().with(&names(of)).with(wrapped.as_bytes()))
            }
            Self::Wrap(name, key) => (2, small().with(&name.0).with(key.expose())),
            Self::Keep(of, wrapped, key) => {
                let room = MessageFields::with_room(32 * of.len() + wrapped.as_bytes().len() + 16);
                (3, room.with(&names(of)).with(wrapped.as_bytes()).with(key.expose()))
            }
            Self::Add(addition) => (4, addition.fields()),
            Self::Lock(vault, of) => {
                (5, small().with(vault.as_ref().map_or(&[], |name| &name.0)).with(&names(of)))
            }
            Self::State(of) => (6, small().with(&names(of))),
        };
        fields.frame(&[VERSION, kind])
    }

    /// Reads a request of a kind.
    pub fn read(kind: u8, message: &[u8]) -> Option<Self> {
        let mut fields = Reader::new(message);
        let wrapped = |bytes: &[u8]| WrappedKey::from_bytes(bytes.to_vec()).ok();
        let request = match kind {
            1 | 7 => Self::Unwrap(read_names(fields.field()?)?, wrapped(fields.field()?)?, kind == 1),
            2 => Self::Wrap(KeyName(fields.fixed()?), FileKey::from_bytes(fields.field()?)?),
            3 => {
                let names = read_names(fields.field()?)?;
                Self::Keep(names, wrapped(fields.field()?)?, FileKey::from_bytes(fields.field()?)?)
            }
            4 => Self::Add(Box::new(Addition::read(&mut fields)?)),
            5 => {
                let vault = fields.field()?;
                let vault = if vault.is_empty() { None } else { Some(KeyName(vault.try_into().ok()?)) };
                Self::Lock(vault, read_names(fields.field()?)?)
            }
            6 => Self::State(read_names(fields.field()?)?),
            _ => return None,
        };
        fields.is_at_end().then_some(request)
    }
}

impl Addition {
    fn fields(&self) -> MessageFields {
        let (kind, text, passphrase): (u64, &[u8], Option<&Secret>) = match &self.material {
            Material::Passphrase(passphrase) => (1, &[], Some(passphrase)),
            Material::Identity(text, passphrase) => (2, text, passphrase.as_ref()),
            Material::Nothing => (3, &[], None),
        };
        let passphrase = passphrase.map_or(&[][..], |secret| secret.expose().as_bytes());
        let (wrapped, key) = &self.opens;
        MessageFields::with_room(512 + text.len() + passphrase.len() + wrapped.as_bytes().len())
            .with(&self.name.0)
            .with(&self.vault.0)
            .with_number(self.ttl.as_secs())
            .with_number(self.idle.as_secs())
            .with(wrapped.as_bytes())
            .with(key.expose())
            .with_number(kind)
            .with(text)
            .with(passphrase)
    }

    fn read(fields: &mut Reader<'_>) -> Option<Self> {
        let (name, vault) = (KeyName(fields.fixed()?), KeyName(fields.fixed()?));
        let (ttl, idle) = (Duration::from_secs(fields.number()?), Duration::from_secs(fields.number()?));
        let wrapped = WrappedKey::from_bytes(fields.field()?.to_vec()).ok()?;
        let opens = (wrapped, FileKey::from_bytes(fields.field()?)?);
        let (kind, text, passphrase) = (fields.number()?, fields.field()?, fields.field()?);
        let secret = Secret::from(std::str::from_utf8(passphrase).ok()?);
        let material = match kind {
            1 => Material::Passphrase(secret),
            2 => {
                let passphrase = (!secret.is_empty()).then_some(secret);
                Material::Identity(Zeroizing::new(text.to_vec()), passphrase)
            }
            3 => Material::Nothing,
            _ => return None,
        };
        Some(Self { name, vault, material, ttl, idle, opens })
    }
}

impl AgentAnswer {
    /// Returns the bytes of the answer.
    pub fn bytes(&self) -> Zeroizing<Vec<u8>> {
        let small = || MessageFields::with_room(64);
        let (kind, fields) = match self {
            Self::Done(count) => (DONE, small().with_number(*count)),
            Self::No => (NO, small()),
            Self::Unwrapped(key) => (UNWRAPPED, small().with(key.expose())),
            Self::Wrapped(wrapped) => (WRAPPED, small().with(wrapped.as_bytes())),
            Self::State(left, summary) => {
                // zero means that there is none
                let seconds = |left: Duration| left.as_secs() + u64::from(left.subsec_nanos() > 0) + 1;
                let [ttl, idle] = left.map_or([0, 0], |left| [left.ttl, left.idle].map(seconds));
                let summary = [summary.vaults, summary.protection as u64];
                let fields = small().with_number(ttl).with_number(idle);
                (STATE, fields.with_number(summary[0]).with_number(summary[1]))
            }
            Self::OtherVersion => (OTHER_VERSION, small()),
        };
        fields.frame(&[kind])
    }

    /// Reads an answer of a kind.
    pub fn read(kind: u8, message: &[u8]) -> Option<Self> {
        let mut fields = Reader::new(message);
        Some(match kind {
            DONE => Self::Done(fields.number()?),
            NO => Self::No,
            UNWRAPPED => Self::Unwrapped(FileKey::from_bytes(fields.field()?)?),
            WRAPPED => Self::Wrapped(WrappedKey::from_bytes(fields.field()?.to_vec()).ok()?),
            STATE => {
                let (ttl, idle) = (fields.number()?, fields.number()?);
                let left = |seconds: u64| Some(Duration::from_secs(seconds.checked_sub(1)?));
                let left = left(ttl).zip(left(idle)).map(|(ttl, idle)| Left { ttl, idle });
                let vaults = fields.number()?;
                let protection = match fields.number()? {
                    0 => Protection::None,
                    1 => Protection::Locked,
                    _ => Protection::Secret,
                };
                Self::State(left, Summary { vaults, protection })
            }
            OTHER_VERSION => Self::OtherVersion,
            _ => return None,
        })
    }
}
