//! The age file around a vault: opening it, and sealing a new one. All cryptography is age's.

use std::fmt;
use std::fs::File;
use std::io::{BufReader, Cursor, ErrorKind, Read, Seek, SeekFrom, Write};
use std::iter;
use std::thread::{self, JoinHandle};

use age::armor::ArmoredReader;
use age::secrecy::SecretString;
use age::{Decryptor, EncryptError, Encryptor, scrypt};
use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, STANDARD_NO_PAD};
use sha2::{Digest as _, Sha256};

use super::error::{Damage, Error, KeyError, Locked};
use super::identity::{Encrypted, Identities};
use super::mark::{Mark, Marked, Stamp};
use super::plain::{self, BLOCK, Plain};
use super::recipient::Recipients;
use crate::secret::{Secret, wipe_stack};
use crate::value::{Object, Value};

/// Work factor of a new passphrase vault, as the logarithm that age writes into the file. Fixed,
/// because a measured one would depend on what else the machine was doing.
pub(super) const WORK_FACTOR: u8 = 18;
/// Largest work factor that is accepted: about four seconds and 1 GiB of memory.
pub(super) const MAX_WORK_FACTOR: u8 = 20;
/// Largest age header that is read; the age parser takes quadratic time.
const MAX_HEADER: usize = 64 * 1024;
/// Most recipient stanzas in a header.
pub(super) const MAX_STANZAS: usize = 64;
pub(super) const ARMOR: &[u8] = b"-----BEGIN AGE ENCRYPTED FILE-----";
pub(super) const MAGIC: &[u8] = b"age-encryption.org/v1\n";
/// Bytes of the nonce behind the header.
const NONCE: usize = 16;
/// Characters of every line of a stanza's body but the last, which is shorter.
const FULL_LINE: usize = 64;
/// Enough for the header of any vault with a few recipients.
const READ_AHEAD: usize = 4 * 1024;
/// Bytes that age adds to every chunk.
const TAG: u64 = 16;

/// An age file whose header was looked at and found harmless.
pub struct Sealed {
    decryptor: Decryptor<BufReader<Box<dyn Input>>>,
    /// Bytes of ciphertext behind the header.
    length: u64,
    header: Header,
}

/// Where ciphertext comes from: a file, or memory.
trait Input: Read + Seek {}

impl<T: Read + Seek> Input for T {}

/// What opens a vault.
pub enum Key {
    /// The passphrase it is locked with.
    Passphrase(Secret),
    /// Identities of which one belongs to a recipient.
    Identities(Identities),
}

/// What a vault is locked to.
#[derive(Debug, PartialEq)]
pub enum Lockset {
    /// A passphrase, and nothing beside it: the age format allows no more.
    Passphrase(Secret),
    /// Recipients.
    Recipients(Recipients),
}

/// Recipients counted by their kind, without naming them.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Stanzas {
    passphrase: usize,
    x25519: usize,
    ssh_ed25519: usize,
    ssh_rsa: usize,
    /// Of plugins.
    other: usize,
}

impl Stanzas {
    /// Counts the stanzas of a header. Those that age adds to keep readers supple do not count.
    fn of_header(header: &Header) -> Self {
        let mut stanzas = Self::default();
        for mut words in header.stanzas() {
            match words.next() {
                Some("scrypt") => stanzas.passphrase += 1,
                Some("X25519") => stanzas.x25519 += 1,
                Some("ssh-ed25519") => stanzas.ssh_ed25519 += 1,
                Some("ssh-rsa") => stanzas.ssh_rsa += 1,
                Some(kind) if kind.ends_with("-grease") || Mark::is_kind(kind) => {}
                _ => stanzas.other += 1,
            }
        }
        stanzas
    }

    /// Counts the recipients of a roster. A passphrase vault has none.
    pub(super) fn of_roster(roster: &[String], header: Self) -> Self {
        let mut stanzas = Self { passphrase: header.passphrase, ..Self::default() };
        let mut seen = std::collections::HashSet::new();
        for text in roster.iter().filter(|text| seen.insert(*text)) {
            match text.as_str() {
                text if text.starts_with("ssh-ed25519 ") => stanzas.ssh_ed25519 += 1,
                text if text.starts_with("ssh-rsa ") => stanzas.ssh_rsa += 1,
                text if text.parse::<age::x25519::Recipient>().is_ok() => stanzas.x25519 += 1,
                _ => stanzas.other += 1,
            }
        }
        stanzas
    }

    /// Whether a header and a roster may belong together. A plugin may write several stanzas.
    pub(super) fn agrees(self, roster: Self) -> bool {
        let plugins = |stanzas: Self| stanzas.other > 0;
        plugins(self) == plugins(roster) && Self { other: 0, ..self } == Self { other: 0, ..roster }
    }
}

impl fmt::Display for Stanzas {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let kinds = [
            (self.passphrase, "passphrase"),
            (self.x25519, "age key"),
            (self.ssh_ed25519, "ed25519 SSH key"),
            (self.ssh_rsa, "RSA SSH key"),
            (self.other, "key of a plugin"),
        ];
        let kinds: Vec<_> = kinds
            .iter()
            .filter(|(count, _)| *count > 0)
            .map(|(count, kind)| format!("{count} × {kind}"))
            .collect();
        f.write_str(if kinds.is_empty() { "no key" } else { "" })?;
        f.write_str(&kinds.join(" and "))
    }
}

impl Lockset {
    /// Whether one of these identities opens what is sealed with it.
    ///
    /// # Errors
    /// Recipients that cannot be used.
    pub fn opens_with(&self, identities: &Identities) -> Result<bool, Error> {
        if matches!(self, Self::Passphrase(_)) || identities.is_empty() {
            return Ok(false);
        }
        let mut probe = Vec::new();
        Sealer::new(self)?.seal(&mut probe, |_| Ok(()))?;
        let decryptor = Decryptor::new_buffered(&probe[..]).map_err(|_| Damage::Header)?;
        let opens = decryptor.decrypt(identities.iter()).is_ok();
        wipe_stack();
        Ok(opens)
    }

    /// Whether an encrypted identity opens it, as far as that can be told without its passphrase.
    #[must_use]
    pub fn names(&self, encrypted: &Encrypted) -> bool {
        let Self::Recipients(recipients) = self else { return false };
        encrypted.public_key().is_some_and(|key| recipients.texts().any(|text| text == key))
    }

    /// Tells what the vault is locked to, as members of an answer.
    pub fn describe(&self, answer: &mut Object) {
        match self {
            Self::Passphrase(_) => drop(answer.insert("lockedWith", Value::text("passphrase"))),
            Self::Recipients(recipients) => {
                answer.insert("lockedWith", Value::text("recipients"));
                answer.insert("recipients", Value::texts(recipients.texts()));
            }
        }
    }
}

impl Sealed {
    /// Looks at the header of a file.
    ///
    /// # Errors
    /// What is not an age file, or one whose header is out of bounds.
    pub fn inspect(file: File) -> Result<Self, Error> {
        let size = file.metadata().map_err(Error::Read)?.len();
        Self::of_input(Box::new(file), size)
    }

    /// Whether bytes begin like an age file, armored or not.
    #[must_use]
    pub fn is_age(bytes: &[u8]) -> bool {
        bytes.starts_with(MAGIC) || bytes.trim_ascii_start().starts_with(ARMOR)
    }

    /// The same of an age file in memory that is no vault, such as an export that was encrypted. It may be
    /// armored.
    ///
    /// # Errors
    /// Broken armor, and what [`Sealed::inspect`] refuses.
    pub fn in_memory(bytes: &[u8]) -> Result<Self, Error> {
        let mut binary = Vec::with_capacity(bytes.len());
        let armored = ArmoredReader::new(bytes.trim_ascii_start()).read_to_end(&mut binary);
        armored.map_err(|_| Damage::Header)?;
        let size = binary.len() as u64;
        Self::of_input(Box::new(Cursor::new(binary)), size)
    }

    fn of_input(mut file: Box<dyn Input>, size: u64) -> Result<Self, Error> {
        file.seek(SeekFrom::Start(0)).map_err(Error::Read)?;
        let header = Header::read(&mut file)?;
        file.seek(SeekFrom::Start(0)).map_err(Error::Read)?;
        let reader = BufReader::with_capacity(READ_AHEAD, file);
        let decryptor = Decryptor::new_buffered(reader).map_err(|_| Damage::Header)?;
        let length = size.saturating_sub((header.text.len() + NONCE) as u64);
        Ok(Self { decryptor, length, header })
    }

    /// Whom the header locks it to, by kind and number.
    #[must_use]
    pub fn stanzas(&self) -> Stanzas {
        Stanzas::of_header(&self.header)
    }

    /// What it says of itself, if we wrote it for somebody else.
    #[must_use]
    pub fn mark(&self) -> Option<Mark> {
        self.header.mark()
    }

    /// Whose bundle it is, if it is one.
    #[must_use]
    pub fn stamp(&self) -> Option<Stamp> {
        match self.mark()? {
            Mark::Bundle(stamp) => Some(stamp),
            Mark::Export => None,
        }
    }

    /// Whether a passphrase opens it, and nothing else.
    #[must_use]
    pub fn has_passphrase(&self) -> bool {
        self.decryptor.is_scrypt()
    }

    /// Whether one of these identities opens it. The file stays as it is, to be opened later.
    #[must_use]
    pub fn is_opened_by(&self, identities: &Identities) -> bool {
        // the nonce behind the header is not needed for the key of the file
        let probe = [&self.header.text[..], &[0; NONCE]].concat();
        let opened = Decryptor::new_buffered(&probe[..]).map(|file| file.decrypt(identities.iter()).is_ok());
        wipe_stack();
        opened.unwrap_or(false)
    }

    /// Whether its header names an SSH public key, `ssh-ed25519 …` or `ssh-rsa …`: by the first four bytes of
    /// the key's SHA-256.
    pub(super) fn names_ssh(&self, key: &str) -> bool {
        let mut words = key.split_ascii_whitespace();
        let (Some(kind), Some(key)) = (words.next(), words.next()) else { return false };
        let Ok(key) = STANDARD.decode(key) else { return false };
        let tag = STANDARD_NO_PAD.encode(&Sha256::digest(&key)[..4]);
        self.header.stanzas().any(|mut words| words.next() == Some(kind) && words.next() == Some(&tag))
    }

    /// Decrypts. Only the file key now; the text chunk by chunk as it is read.
    ///
    /// # Errors
    /// [`Locked`] when the key is not the right one, [`Damage`] when the header was tampered with.
    pub fn open(self, key: &Key) -> Result<Plain, Error> {
        let length = self.length.saturating_sub(self.length.div_ceil(BLOCK + TAG) * TAG);
        let asked = self.header.work_factor().unwrap_or_default();
        let refused = |error: age::DecryptError, wrong: Locked| -> Error {
            use age::DecryptError as E;
            match error {
                E::DecryptionFailed | E::NoMatchingKeys | E::KeyDecryptionFailed => wrong.into(),
                E::ExcessiveWork { .. } => Damage::ExcessiveWork { asked, limit: MAX_WORK_FACTOR }.into(),
                // a plugin that died is told as a text; the system and the end of a file are not
                E::Io(error) if error.get_ref().is_none() && error.kind() != ErrorKind::BrokenPipe => {
                    error.into()
                }
                E::Io(_) | E::Plugin(_) | E::PluginResolve(_) => {
                    KeyError::Plugin { name: "of the identity".to_owned() }.into()
                }
                _ => Damage::Header.into(),
            }
        };
        let stream = match (key, self.has_passphrase()) {
            (Key::Passphrase(passphrase), true) => {
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
            (Key::Passphrase(_), false) => return Err(Locked::NeedsIdentity.into()),
            (Key::Identities(_), true) => return Err(Locked::NeedsPassphrase.into()),
        };
        wipe_stack();
        Ok(Plain::new(Box::new(stream), length))
    }
}

/// An age identity for a passphrase, with the ceiling on its work.
pub(super) fn passphrase_identity(passphrase: &Secret) -> scrypt::Identity {
    let mut identity = scrypt::Identity::new(SecretString::from(passphrase.expose()));
    identity.set_max_work_factor(MAX_WORK_FACTOR);
    identity
}

/// A header before the age parser sees it.
struct Header {
    /// All of it, its last line included.
    text: Vec<u8>,
}

impl Header {
    /// Reads as much of a file as its header takes, within bounds.
    fn read(file: &mut impl Read) -> Result<Self, Error> {
        let mut head = Vec::with_capacity(READ_AHEAD);
        let mut limit = READ_AHEAD;
        loop {
            let before = head.len();
            let room = (limit - before) as u64;
            Read::by_ref(file).take(room).read_to_end(&mut head).map_err(Error::Read)?;
            match Self::length(&head)? {
                Some(length) => {
                    head.truncate(length);
                    return Ok(Self { text: head });
                }
                None if head.len() < limit => return Err(Damage::Header.into()),
                None if limit > MAX_HEADER => return Err(Damage::HeaderTooLarge { limit: "64 KiB" }.into()),
                None => limit = MAX_HEADER + 1,
            }
        }
    }

    /// The bytes up to the end of the last line of the header, if all of it is there.
    fn length(head: &[u8]) -> Result<Option<usize>, Damage> {
        if !head.starts_with(MAGIC) {
            let is_armored = head.trim_ascii_start().starts_with(ARMOR);
            return Err(if is_armored { Damage::Armored } else { Damage::NotAge });
        }
        let mut stanzas = 0;
        let mut at = MAGIC.len();
        // the age parser takes a stanza for whole that has no body, or whose body has no short last line
        let mut in_body = false;
        while let Some(length) = plain::newline(&head[at..]) {
            let line = &head[at..at + length];
            at += length + 1;
            let begins = line.starts_with(b"-");
            if begins == in_body || (in_body && length > FULL_LINE) {
                return Err(Damage::Header);
            }
            if line.starts_with(b"---") {
                return Ok(Some(at));
            }
            in_body = begins || length == FULL_LINE;
            stanzas += usize::from(begins);
            if stanzas > MAX_STANZAS {
                return Err(Damage::HeaderTooLarge { limit: "64 recipients" });
            }
        }
        Ok(None)
    }

    /// The mark that we left, if we wrote the file for somebody else.
    fn mark(&self) -> Option<Mark> {
        let mut before: &[u8] = b"";
        self.text
            .split(|byte| *byte == b'\n')
            .find_map(|line| Mark::read(std::mem::replace(&mut before, line), line))
    }

    /// The words of each stanza: its kind and its arguments.
    fn stanzas(&self) -> impl Iterator<Item = std::str::SplitAsciiWhitespace<'_>> {
        let lines = self.text.split(|&byte| byte == b'\n').filter_map(|line| line.strip_prefix(b"-> "));
        lines.filter_map(|line| Some(std::str::from_utf8(line).ok()?.split_ascii_whitespace()))
    }

    /// The logarithm of the work that a passphrase takes.
    fn work_factor(&self) -> Option<u8> {
        let mut scrypt =
            self.stanzas().filter_map(|mut words| (words.next() == Some("scrypt")).then(|| words.last()));
        scrypt.next()??.parse().ok()
    }
}

/// A sealed envelope that waits for its text. With a passphrase its key is being stretched on
/// another thread meanwhile.
pub struct Sealer(Preparing);

enum Preparing {
    Ready(Box<Encryptor>),
    Thread(JoinHandle<Result<Encryptor, EncryptError>>),
    /// Its key is stretched when it is needed: there is no thread, or no memory for two at a time.
    Later(Secret),
}

impl Preparing {
    fn to<'a>(recipients: impl Iterator<Item = &'a dyn age::Recipient>) -> Result<Self, Error> {
        let encryptor = Encryptor::with_recipients(recipients).map_err(|error| refuse(&error))?;
        Ok(Self::Ready(Box::new(encryptor)))
    }
}

impl Sealer {
    /// Prepares to lock to a passphrase or to recipients.
    ///
    /// # Errors
    /// Recipients that cannot be used.
    pub fn new(lockset: &Lockset) -> Result<Self, Error> {
        Ok(Self(match lockset {
            Lockset::Passphrase(passphrase) => match stretch_ahead(passphrase) {
                Some(thread) => Preparing::Thread(thread),
                None => Preparing::Later(passphrase.clone()),
            },
            Lockset::Recipients(recipients) => Preparing::to(recipients.iter())?,
        }))
    }

    /// Prepares to lock a file for somebody else, with its mark.
    ///
    /// # Errors
    /// As [`Self::new`].
    pub fn marked(recipients: &Recipients, mark: &Mark) -> Result<Self, Error> {
        let mut recipients: Vec<&dyn age::Recipient> = recipients.iter().collect();
        let Some(last) = recipients.pop() else { return Err(KeyError::NoRecipient.into()) };
        let last = Marked { recipient: last, mark };
        let all = recipients.into_iter().chain(iter::once(&last as &dyn age::Recipient));
        Ok(Self(Preparing::to(all)?))
    }

    /// Encrypts what `write` produces into `out`.
    ///
    /// # Errors
    /// What the output or `write` says.
    pub fn seal<W: Write>(
        self,
        out: W,
        write: impl FnOnce(&mut dyn Write) -> Result<(), Error>,
    ) -> Result<(), Error> {
        let encryptor = match self.0 {
            Preparing::Ready(encryptor) => *encryptor,
            Preparing::Thread(thread) => match thread.join() {
                Ok(encryptor) => encryptor.map_err(|error| refuse(&error))?,
                Err(panic) => std::panic::resume_unwind(panic),
            },
            Preparing::Later(passphrase) => {
                require_memory(WORK_FACTOR)?;
                stretch(&passphrase).map_err(|error| refuse(&error))?
            }
        };
        let mut stream = encryptor.wrap_output(out).map_err(Error::Write)?;
        write(&mut stream)?;
        stream.finish().and_then(|mut out| out.flush()).map_err(Error::Write)
    }
}

/// Begins to stretch a passphrase on a thread of its own, if there is one to be had, and memory for the two
/// that run at a time then: the other one opens the old file.
fn stretch_ahead(passphrase: &Secret) -> Option<JoinHandle<Result<Encryptor, EncryptError>>> {
    if !has_memory(2 * scrypt_memory(WORK_FACTOR) + THREAD_MEMORY) {
        return None;
    }
    let passphrase = passphrase.clone();
    thread::Builder::new().spawn(move || stretch(&passphrase)).ok()
}

fn stretch(passphrase: &Secret) -> Result<Encryptor, EncryptError> {
    let mut recipient = scrypt::Recipient::new(SecretString::from(passphrase.expose()));
    recipient.set_work_factor(WORK_FACTOR);
    Encryptor::with_recipients(iter::once(&recipient as &dyn age::Recipient))
}

/// Address space that the system takes for the stack and the allocations of a thread.
const THREAD_MEMORY: usize = 144 << 20;

/// Bytes that scrypt takes for a work factor.
fn scrypt_memory(work_factor: u8) -> usize {
    1024 << work_factor.min(MAX_WORK_FACTOR)
}

/// Fails where scrypt could not get its memory, which would end the process.
pub(super) fn require_memory(work_factor: u8) -> Result<(), Error> {
    let needed = scrypt_memory(work_factor);
    if has_memory(needed + (1 << 20)) { Ok(()) } else { Err(Error::Memory { mebibytes: needed >> 20 }) }
}

/// Whether so many bytes can be allocated; they are not touched, so it costs no memory.
fn has_memory(bytes: usize) -> bool {
    let mut room: Vec<u8> = Vec::new();
    let available = room.try_reserve_exact(bytes).is_ok();
    // or the compiler could leave the allocation out and call it a success
    std::hint::black_box(&mut room);
    available
}

fn refuse(error: &EncryptError) -> Error {
    match error {
        EncryptError::MissingRecipients => KeyError::NoRecipient.into(),
        // nothing is written yet: only a plugin is talked to
        EncryptError::Io(_) | EncryptError::Plugin(_) => {
            KeyError::Plugin { name: "of a recipient".to_owned() }.into()
        }
        _ => KeyError::Incompatible.into(),
    }
}
