//! The sources of a key.

use std::path::PathBuf;

use credctl::secret::Secret;
use credctl::text;

use crate::cli::child;
use crate::cli::error::{Error, Kind};

/// Where a passphrase can come from, in the order in which they are tried.
#[derive(Debug, Clone)]
pub enum PassphraseSource {
    Stdin,
    Descriptor(u32),
    File(PathBuf),
    Command(String),
    /// The value of an environment variable.
    Text(Secret),
}

/// The descriptors that a key comes from.
pub(super) fn descriptors(passphrase: &[PassphraseSource], identities: &[PathBuf]) -> Vec<u32> {
    let passphrases = passphrase.iter().filter_map(|source| match source {
        PassphraseSource::Descriptor(number) => Some(*number),
        PassphraseSource::File(path) => child::named_by(path),
        _ => None,
    });
    passphrases.chain(identities.iter().filter_map(|path| child::named_by(path))).collect()
}

/// A passphrase as a person would type it: without the byte order mark that an editor sets before it and
/// the line ends behind it.
pub fn typed_passphrase(bytes: &[u8]) -> Result<Secret, Error> {
    let text = text::decode(bytes);
    let text = text.map_err(|error| Error::new(Kind::Locked, format!("the passphrase {error}")))?;
    Ok(Secret::from(text.trim_end_matches(['\n', '\r'])))
}
