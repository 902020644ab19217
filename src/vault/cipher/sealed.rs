//! The opening of an age file, whose text is decrypted as it is read.

use std::fs::File;
use std::io::{BufReader, Cursor, Read, Seek, SeekFrom};
use std::iter;

use age::Decryptor;
use age::armor::ArmoredReader;
use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, STANDARD_NO_PAD};
use sha2::{Digest as _, Sha256};

use super::age_header::{ARMOR, AgeHeader, MAGIC, READ_AHEAD};
use super::identity::{Encrypted, Identities};
use super::key::Key;
use super::mark::{Mark, MarkStamp};
use super::passphrase::{MAX_WORK_FACTOR, passphrase_identity, require_memory};
use super::refused::refused;
use super::stanzas::Stanzas;
use super::wrapped_key::WrappedKey;
use crate::secret::wipe_stack;
use crate::vault::damage::Damage;
use crate::vault::error::Error;
use crate::vault::key_error::Locked;
use crate::vault::plain::Plain;
use crate::vault::stream::BLOCK;
use crate::vault::wire::GenerationDigest;

/// Bytes of the nonce behind the header.
const NONCE: usize = 16;
/// Bytes that age adds to every chunk.
const TAG: u64 = 16;

/// An age file whose header was looked at and found harmless.
pub struct Sealed {
    decryptor: Decryptor<BufReader<Box<dyn SealedInput>>>,
    /// Bytes of ciphertext behind the header.
    length: u64,
    header: AgeHeader,
}

/// The source of ciphertext: a file, or memory.
trait SealedInput: Read + Seek {}

impl<T: Read + Seek> SealedInput for T {}

impl Sealed {
    /// Reads and checks the header of a file.
    ///
    /// # Errors
    /// Fails if the file is not an age file, or if its header is out of bounds.
    pub fn inspect(file: File) -> Result<Self, Error> {
        let size = file.metadata().map_err(Error::Read)?.len();
        Self::of_input(Box::new(file), size)
    }

    /// Returns true if bytes begin like an age file, armored or not.
    #[must_use]
    pub fn is_age(bytes: &[u8]) -> bool {
        bytes.starts_with(MAGIC) || bytes.trim_ascii_start().starts_with(ARMOR)
    }

    /// Reads and checks the header of an age file in memory that is no vault, such as an export that was
    /// encrypted. It may be armored.
    ///
    /// # Errors
    /// Fails for broken armor, and as [`Sealed::inspect`].
    pub fn in_memory(bytes: &[u8]) -> Result<Self, Error> {
        let mut binary = Vec::with_capacity(bytes.len());
        let armored = ArmoredReader::new(bytes.trim_ascii_start()).read_to_end(&mut binary);
        armored.map_err(|_| Damage::Header)?;
        let size = binary.len() as u64;
        Self::of_input(Box::new(Cursor::new(binary)), size)
    }

    /// Reads and checks the header of a file of `size` bytes that is read part by part.
    ///
    /// # Errors
    /// As [`Sealed::inspect`].
    pub(crate) fn inspect_parts(parts: impl Read + Seek + 'static, size: u64) -> Result<Self, Error> {
        Self::of_input(Box::new(parts), size)
    }

    fn of_input(mut file: Box<dyn SealedInput>, size: u64) -> Result<Self, Error> {
        file.seek(SeekFrom::Start(0)).map_err(Error::Read)?;
        let header = AgeHeader::read(&mut file)?;
        // age reads the header itself once more
        file.seek(SeekFrom::Start(0)).map_err(Error::Read)?;
        let reader = BufReader::with_capacity(READ_AHEAD, file);
        let decryptor = Decryptor::new_buffered(reader).map_err(|_| Damage::Header)?;
        let length = size.saturating_sub((header.text.len() + NONCE) as u64);
        Ok(Self { decryptor, length, header })
    }

    /// Returns the header of the file, from its first line to the last.
    pub(in crate::vault) fn header(&self) -> &[u8] {
        &self.header.text
    }

    /// Returns the digest of the generation, which the header alone tells.
    #[must_use]
    pub fn digest(&self) -> GenerationDigest {
        GenerationDigest::of_header(self.header())
    }

    /// Counts the recipients that the header locks the file to, by kind.
    #[must_use]
    pub fn stanzas(&self) -> Stanzas {
        Stanzas::of_kinds(self.header.stanzas().filter_map(|mut words| words.next()))
    }

    /// Returns the stanzas of the header, which wrap the key of the file.
    ///
    /// # Errors
    /// Fails if a stanza is malformed.
    pub fn wrapped_key(&self) -> Result<WrappedKey, Error> {
        WrappedKey::of_header(&self.header)
    }

    /// Returns the mark of the file, if we wrote it for somebody else.
    #[must_use]
    pub fn mark(&self) -> Option<Mark> {
        self.header.mark()
    }

    /// Returns the stamp of the bundle, if the file is one.
    #[must_use]
    pub fn stamp(&self) -> Option<MarkStamp> {
        match self.mark()? {
            Mark::Bundle(stamp) => Some(stamp),
            Mark::Export => None,
        }
    }

    /// Returns true if a passphrase opens the file, and nothing else.
    #[must_use]
    pub fn has_passphrase(&self) -> bool {
        self.decryptor.is_scrypt()
    }

    /// Returns true if one of these identities opens the file, which stays as it is, to be opened later.
    #[must_use]
    pub fn is_opened_by(&self, identities: &Identities) -> bool {
        // the nonce behind the header is not needed for the key of the file
        let probe = [&self.header.text[..], &[0; NONCE]].concat();
        let opened = Decryptor::new_buffered(&probe[..]).map(|file| file.decrypt(identities.iter()).is_ok());
        wipe_stack();
        opened.unwrap_or(false)
    }

    /// Returns true if an encrypted identity may open the file, as far as that can be told without its
    /// passphrase.
    #[must_use]
    pub fn may_be_opened_by(&self, encrypted: &Encrypted) -> bool {
        encrypted.public_key().is_none_or(|key| self.names_ssh(key))
    }

    /// Returns true if the header names an SSH public key, `ssh-ed25519 …` or `ssh-rsa …`: by the first four
    /// bytes of the key's SHA-256.
    fn names_ssh(&self, key: &str) -> bool {
        let mut words = key.split_ascii_whitespace();
        let (Some(kind), Some(key)) = (words.next(), words.next()) else { return false };
        let Ok(key) = STANDARD.decode(key) else { return false };
        let tag = STANDARD_NO_PAD.encode(&Sha256::digest(&key)[..4]);
        self.header.stanzas().any(|mut words| words.next() == Some(kind) && words.next() == Some(&tag))
    }

    /// Decrypts the file key now, and the text chunk by chunk as it is read.
    ///
    /// # Errors
    /// [`Locked`] if the key is not the right one, [`Damage`] if the header was tampered with.
    pub fn open(self, key: &Key) -> Result<Plain, Error> {
        self.open_with_header(key).map(|(plain, _)| plain)
    }

    /// Opens as [`Self::open`] does. Returns the header of the file as well.
    ///
    /// # Errors
    /// As [`Self::open`].
    pub(in crate::vault) fn open_with_header(self, key: &Key) -> Result<(Plain, Vec<u8>), Error> {
        // the last chunk may be short, but has a whole tag
        let length = self.length.saturating_sub(self.length.div_ceil(BLOCK + TAG) * TAG);
        let stream = match (key, self.has_passphrase()) {
            (Key::Passphrase(passphrase), true) => {
                let asked = self.header.work_factor().unwrap_or_default();
                // a larger one is refused by age before it takes any memory
                if asked <= MAX_WORK_FACTOR {
                    require_memory(asked)?;
                }
                let identity = passphrase_identity(passphrase);
                self.decryptor
                    .decrypt(iter::once(&identity as &dyn age::Identity))
                    .map_err(|error| refused(error, Locked::Passphrase))?
            }
            (Key::Identities(identities), false) => self
                .decryptor
                .decrypt(identities.iter())
                .map_err(|error| refused(error, Locked::Identities))?,
            (Key::Held(held), true) => {
                let identity = held.identity();
                self.decryptor
                    .decrypt(iter::once(&identity as &dyn age::Identity))
                    .map_err(|error| refused(error, Locked::Held))?
            }
            (Key::Passphrase(_) | Key::Held(_), false) => return Err(Locked::NeedsIdentity.into()),
            (Key::Identities(_), true) => return Err(Locked::NeedsPassphrase.into()),
        };
        wipe_stack();
        Ok((Plain::new(Box::new(stream), length), self.header.text))
    }
}
