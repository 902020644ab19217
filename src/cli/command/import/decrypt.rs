//! The decryption of an import that is an age file, such as our own encrypted export.

use std::path::Path;

use credctl::vault::{self, Key, Locked, Plain, Sealed};
use zeroize::Zeroizing;

use crate::cli::context::Context;
use crate::cli::error::{Error, Failure};
use crate::cli::{document, unlock};

/// The largest file that is read at once, in bytes.
pub const LIMIT: u64 = 128 * 1024 * 1024;

/// Decrypts an age file with the means that open the vault: identities, or a passphrase.
pub fn decrypted(context: &Context, path: &Path, bytes: &[u8]) -> Result<Zeroizing<Vec<u8>>, Error> {
    opened(context, path, Sealed::in_memory(bytes), |plain| plain.tail(0))
}

/// Opens an age file as [`decrypted`] does, and reads its text.
pub fn opened<T>(
    context: &Context,
    path: &Path,
    sealed: Result<Sealed, vault::Error>,
    read: impl FnOnce(&mut Plain) -> Result<T, vault::Error>,
) -> Result<T, Error> {
    let what = format!("{} is encrypted with age", document::name_of(path));
    let locked = |why: &str| {
        Error::new(Failure::Locked, format!("{what}, and {why}"))
            .hint("name the identity that opens the file with --identity, beside the one of the vault")
    };
    let refused = |error: vault::Error| match error {
        vault::Error::Locked(Locked::Passphrase) => locked("has another passphrase"),
        vault::Error::Locked(_) => locked("none of the identities opens the file"),
        other => Error::new(Failure::Invalid, format!("{what}, and cannot be decrypted: {other}")),
    };
    let sealed = sealed.map_err(refused)?;
    let key = if sealed.has_passphrase() {
        let prompt = format!("Passphrase for {}", document::name_of(path));
        Key::Passphrase(unlock::passphrase(context, &prompt)?)
    } else if context.settings.identities.is_empty() {
        return Err(locked("needs an identity"));
    } else {
        unlock::key(context, &sealed).map_err(|error| match error.kind() {
            Failure::Locked => locked(&error.detail()),
            _ => error,
        })?
    };
    let mut plain = sealed.open(&key).map_err(refused)?;
    read(&mut plain).map_err(refused)
}
