//! The errors of age at the opening of a file, in our words.

use std::io::ErrorKind;

use age::DecryptError;

use super::passphrase::MAX_WORK_FACTOR;
use crate::vault::damage::Damage;
use crate::vault::error::Error;
use crate::vault::key_error::{KeyError, Locked};

/// Converts an error of age. `wrong` says which key is not the right one.
pub(super) fn refused(error: DecryptError, wrong: Locked) -> Error {
    use DecryptError as E;
    match error {
        E::DecryptionFailed | E::NoMatchingKeys | E::KeyDecryptionFailed => wrong.into(),
        E::ExcessiveWork { required, .. } => {
            Damage::ExcessiveWork { asked: required, limit: MAX_WORK_FACTOR }.into()
        }
        // a plugin that died is told as a text; the system and the end of a file are not
        E::Io(error) if error.get_ref().is_none() && error.kind() != ErrorKind::BrokenPipe => error.into(),
        E::Io(_) | E::Plugin(_) | E::PluginResolve(_) => {
            KeyError::PluginFailed { key: "the identity" }.into()
        }
        _ => Damage::Header.into(),
    }
}
