//! The sources of a key.

use std::path::PathBuf;

use credctl::secret::Secret;
use credctl::text;

use crate::cli::child;
use crate::cli::error::{Error, Failure};

/// The most bytes of an identity file, and of a passphrase.
pub const KEY_FILE_LIMIT: u64 = 1024 * 1024;

/// The sources of a passphrase, in the order in which credctl tries them.
#[derive(Debug, Clone)]
pub enum PassphraseSource {
    Stdin,
    Descriptor(u32),
    File(PathBuf),
    Command(String),
    /// The value of an environment variable.
    Text(Secret),
}

/// Returns the descriptors that a key comes from.
pub(super) fn descriptors(passphrase: &[PassphraseSource], identities: &[PathBuf]) -> Vec<u32> {
    let passphrases = passphrase.iter().filter_map(|source| match source {
        PassphraseSource::Descriptor(number) => Some(*number),
        PassphraseSource::File(path) => child::named_by(path),
        _ => None,
    });
    passphrases.chain(identities.iter().filter_map(|path| child::named_by(path))).collect()
}

/// Makes a passphrase as a person would type it. Removes the byte order mark that an editor puts at the
/// beginning, and the line ends at the end.
pub fn typed_passphrase(bytes: &[u8]) -> Result<Secret, Error> {
    let text = text::decode(bytes);
    let text = text
        .map_err(|error| Error::new(Failure::Locked, format!("the passphrase {error}")).describing(error))?;
    Ok(Secret::from(text.trim_end_matches(['\n', '\r'])))
}
