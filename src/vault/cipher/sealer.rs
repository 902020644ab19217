//! The locking of a vault: the age file that a text is encrypted into.

use std::error::Error as StdError;
use std::io::{BufWriter, Write};
use std::iter;
use std::thread::{self, JoinHandle};

use age::{Decryptor, EncryptError, Encryptor};

use super::header_tap::WrittenHeader;
use super::holder::Held;
use super::identity::Identities;
use super::lockset::Lockset;
use super::mark::{Mark, Marked};
use super::passphrase::{WORK_FACTOR, require_memory, stretch, stretch_ahead};
use super::recipient::Recipients;
use crate::secret::{Secret, wipe_freed, wipe_stack};
use crate::vault::damage::Damage;
use crate::vault::error::Error;
use crate::vault::key_error::{KeyError, Locked};

/// An age file that waits for its text. With a passphrase its key is being stretched on another thread
/// meanwhile.
pub struct Sealer(Preparing);

/// The size of age's buffer for the text, which it does not wipe.
const CHUNK: usize = 64 * 1024;

/// Number of bytes of a file's begin that are written together.
const BUFFER: usize = 8 * 1024;

enum Preparing {
    Ready(Box<Encryptor>),
    Thread(JoinHandle<Result<Encryptor, EncryptError>>),
    /// A passphrase that is stretched when it is needed: there is no thread, or no memory for two at a time.
    Later(Secret),
}

impl Preparing {
    fn to<'a>(recipients: impl Iterator<Item = &'a dyn age::Recipient>) -> Result<Self, Error> {
        let encryptor = Encryptor::with_recipients(recipients).map_err(|error| refuse(&error))?;
        Ok(Self::Ready(Box::new(encryptor)))
    }

    /// Asks the holder on another thread, because stretching takes the holder as long as it takes us.
    fn by(held: &Held) -> Result<Self, Error> {
        let wrap = |held: &Held| Encryptor::with_recipients(iter::once(held as &dyn age::Recipient));
        let own = held.clone();
        match thread::Builder::new().spawn(move || wrap(&own)) {
            Ok(thread) => Ok(Self::Thread(thread)),
            Err(_) => Ok(Self::Ready(Box::new(wrap(held).map_err(|error| refuse(&error))?))),
        }
    }
}

impl Sealer {
    /// Prepares to lock a file to a passphrase or to recipients.
    ///
    /// # Errors
    /// Fails if a recipient cannot be used.
    pub fn new(lockset: &Lockset) -> Result<Self, Error> {
        Ok(Self(match lockset {
            Lockset::Passphrase(passphrase) => match stretch_ahead(passphrase) {
                Some(thread) => Preparing::Thread(thread),
                None => Preparing::Later(passphrase.clone()),
            },
            Lockset::Recipients(recipients) => Preparing::to(recipients.iter())?,
            Lockset::Held(held) => Preparing::by(held)?,
        }))
    }

    /// Prepares to lock a file for somebody else, with its mark.
    ///
    /// # Errors
    /// As [`Self::new`].
    pub fn marked(recipients: &Recipients, mark: &Mark) -> Result<Self, Error> {
        let mut recipients: Vec<&dyn age::Recipient> = recipients.iter().collect();
        let Some(last) = recipients.pop() else { return Err(KeyError::NoRecipient.into()) };
        // one of them carries the mark, because a mark is a stanza and only recipients make those
        let last = Marked { recipient: last, mark };
        let all = recipients.into_iter().chain(iter::once(&last as &dyn age::Recipient));
        Ok(Self(Preparing::to(all)?))
    }

    /// Encrypts what `write` produces into `out`.
    ///
    /// # Errors
    /// An error of the output or of `write`.
    pub fn seal<W: Write>(
        self,
        out: W,
        write: impl FnOnce(&mut dyn Write) -> Result<(), Error>,
    ) -> Result<(), Error> {
        self.seal_tapped(out, write).map(drop)
    }

    /// Encrypts as [`Self::seal`] does. Returns the header of the file.
    ///
    /// # Errors
    /// As [`Self::seal`].
    pub(in crate::vault) fn seal_tapped<W: Write>(
        self,
        out: W,
        write: impl FnOnce(&mut dyn Write) -> Result<(), Error>,
    ) -> Result<Vec<u8>, Error> {
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
        // the header comes in small pieces; what is encrypted needs no wiping
        let header = WrittenHeader::default();
        let out = header.tap(BufWriter::with_capacity(BUFFER, out));
        let mut stream = encryptor.wrap_output(out).map_err(Error::Write)?;
        header.end();
        let finished = write(&mut stream).and_then(|()| stream.finish().map_err(Error::Write));
        // the text of the last chunk
        wipe_freed(CHUNK);
        finished?.flush().map_err(Error::Write)?;
        header.into_text()
    }
}

impl Sealer {
    /// Encrypts a short text as an armored file: an identity with a passphrase on it.
    ///
    /// # Errors
    /// As [`Self::seal`].
    pub fn seal_armored(self, text: &[u8]) -> Result<Vec<u8>, Error> {
        let mut sealed = Vec::new();
        let armor = age::armor::ArmoredWriter::wrap_output(&mut sealed, age::armor::Format::AsciiArmor);
        let mut armor = armor.map_err(Error::Write)?;
        self.seal(&mut armor, |out| out.write_all(text).map_err(Error::Write))?;
        armor.finish().map_err(Error::Write)?;
        Ok(sealed)
    }
}

impl Lockset {
    /// Returns true if one of these identities opens a file that is sealed with this lockset.
    ///
    /// # Errors
    /// Fails if a recipient cannot be used.
    pub fn opens_with(&self, identities: &Identities) -> Result<bool, Error> {
        if !matches!(self, Self::Recipients(_)) || identities.is_empty() {
            return Ok(false);
        }
        // a recipient cannot be compared with an identity, but an empty file can be tried
        let mut probe = Vec::new();
        Sealer::new(self)?.seal(&mut probe, |_| Ok(()))?;
        let decryptor = Decryptor::new_buffered(&probe[..]).map_err(|_| Damage::Header)?;
        let opens = decryptor.decrypt(identities.iter()).is_ok();
        wipe_stack();
        Ok(opens)
    }
}

fn refuse(error: &EncryptError) -> Error {
    match error {
        EncryptError::MissingRecipients => KeyError::NoRecipient.into(),
        EncryptError::Io(error)
            if error.get_ref().is_some_and(<dyn StdError + Send + Sync>::is::<Locked>) =>
        {
            Locked::Held.into()
        }
        // nothing is written yet: only a plugin is talked to
        EncryptError::Io(_) | EncryptError::Plugin(_) => KeyError::PluginFailed { key: "a recipient" }.into(),
        _ => KeyError::Incompatible.into(),
    }
}
