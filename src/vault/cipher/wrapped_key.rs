//! The key of one age file, and the stanzas that wrap it. Whoever holds a key elsewhere gets the stanzas of
//! one file, and gives out the key of that file alone.

use age::secrecy::ExposeSecret as _;
use age_core::format::{Stanza, read};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD_NO_PAD;
use sha2::{Digest as _, Sha256};
use zeroize::Zeroizing;

use super::age_header::{AgeHeader, FULL_LINE, MAGIC};
use super::passphrase::{WORK_FACTOR, recipient, require_memory};
use crate::secret::{Secret, wipe_stack};
use crate::vault::damage::Damage;
use crate::vault::error::Error;

/// The line after the stanzas. The seal of the header would follow it.
const END: &[u8] = b"---\n";

/// The key of one age file.
#[derive(Clone)]
pub struct FileKey(Box<Zeroizing<[u8; 16]>>);

impl FileKey {
    /// Takes the key over from bytes. Returns `None` for another number of bytes.
    #[must_use]
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let mut key = Self(Box::new(Zeroizing::new([0; 16])));
        (bytes.len() == key.0.len()).then(|| key.0.copy_from_slice(bytes))?;
        Some(key)
    }

    /// Returns the bytes of the key.
    #[must_use]
    pub fn expose(&self) -> &[u8; 16] {
        &self.0
    }

    pub(super) fn of_age(key: &age_core::format::FileKey) -> Self {
        let mut own = Self(Box::new(Zeroizing::new([0; 16])));
        own.0.copy_from_slice(key.expose_secret());
        own
    }

    pub(super) fn to_age(&self) -> age_core::format::FileKey {
        age_core::format::FileKey::init_with_mut(|key| key.copy_from_slice(self.expose()))
    }
}

/// The stanzas of an age header, which wrap the key of the file. They are no secret.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WrappedKey(Vec<u8>);

impl WrappedKey {
    /// Takes over what [`Self::as_bytes`] gave, within the bounds of a header.
    ///
    /// # Errors
    /// Fails for anything but stanzas, and for too many of them.
    pub fn from_bytes(bytes: Vec<u8>) -> Result<Self, Error> {
        let header = AgeHeader::read(&mut &bytes[..])?;
        if header.text.len() != bytes.len() {
            return Err(Damage::Header.into());
        }
        let wrapped = Self(bytes);
        wrapped.stanzas()?;
        Ok(wrapped)
    }

    /// Returns the stanzas as they stand in a header, without its seal.
    #[must_use]
    pub fn as_bytes(&self) -> &[u8] {
        &self.0
    }

    /// Returns the SHA-256 of the stanzas. No two files have the same.
    #[must_use]
    pub fn digest(&self) -> [u8; 32] {
        Sha256::digest(&self.0).into()
    }

    pub(super) fn of(stanzas: &[Stanza]) -> Self {
        let mut bytes = MAGIC.to_vec();
        for stanza in stanzas {
            bytes.extend_from_slice(b"-> ");
            bytes.extend_from_slice(stanza.tag.as_bytes());
            for argument in &stanza.args {
                bytes.push(b' ');
                bytes.extend_from_slice(argument.as_bytes());
            }
            bytes.push(b'\n');
            let body = STANDARD_NO_PAD.encode(&stanza.body);
            let mut rest = body.as_bytes();
            // the last line is shorter than the others, and may be empty
            while let Some((line, after)) = rest.split_at_checked(FULL_LINE) {
                bytes.extend_from_slice(line);
                bytes.push(b'\n');
                rest = after;
            }
            bytes.extend_from_slice(rest);
            bytes.push(b'\n');
        }
        bytes.extend_from_slice(END);
        Self(bytes)
    }

    /// Returns the stanzas of a header that was found harmless.
    pub(super) fn of_header(header: &AgeHeader) -> Result<Self, Error> {
        Ok(Self::of(&stanzas(&header.text)?))
    }

    pub(super) fn stanzas(&self) -> Result<Vec<Stanza>, Error> {
        stanzas(&self.0)
    }

    /// Wraps a key with a passphrase. Takes as long as to open a vault with the passphrase.
    ///
    /// # Errors
    /// Fails if there is no memory for scrypt.
    pub fn with_passphrase(key: &FileKey, passphrase: &Secret) -> Result<Self, Error> {
        require_memory(WORK_FACTOR)?;
        let wrapped = age::Recipient::wrap_file_key(&recipient(passphrase), &key.to_age());
        let (stanzas, _) = wrapped.map_err(|_| Damage::Header)?;
        wipe_stack();
        Ok(Self::of(&stanzas))
    }
}

/// Reads the stanzas of a header that was judged.
fn stanzas(header: &[u8]) -> Result<Vec<Stanza>, Error> {
    let mut rest = header.strip_prefix(MAGIC).ok_or(Damage::NotAge)?;
    let mut stanzas = Vec::new();
    while !rest.starts_with(b"---") {
        let (after, stanza) = read::age_stanza(rest).map_err(|_| Damage::Header)?;
        stanzas.push(stanza.into());
        rest = after;
    }
    Ok(stanzas)
}

#[cfg(test)]
mod tests {
    use age_core::format::Stanza;

    use super::{FileKey, WrappedKey};
    use crate::vault::cipher::Key;
    use crate::vault::cipher::identity::{Identities, Parsed, generate};
    use crate::vault::cipher::plugin::Plugins;
    use crate::vault::cipher::recipient::Recipients;
    use crate::vault::error::Error;
    use crate::vault::key_error::Locked;

    fn identity() -> (Key, String) {
        let (secret, public) = generate();
        let text = secret.expose().as_bytes().to_vec().into();
        let Ok(Parsed::Ready(identities)) = Identities::parse(text, "", &Plugins::default()) else {
            panic!("no identity");
        };
        (Key::Identities(identities), public)
    }

    #[test]
    fn stanzas_of_every_length_come_back() {
        for length in [0, 1, 47, 48, 49, 96, 500] {
            let stanza = |tag: &str| Stanza {
                tag: tag.into(),
                args: vec!["a".into(), "b".into()],
                body: vec![7; length],
            };
            let stanzas = [stanza("x"), stanza("y-grease")];
            let wrapped = WrappedKey::of(&stanzas);
            assert_eq!(wrapped.stanzas().unwrap(), stanzas);
            assert_eq!(WrappedKey::from_bytes(wrapped.as_bytes().to_vec()).unwrap(), wrapped);
        }
    }

    #[test]
    fn one_of_the_right_identities_unwraps_the_key_and_no_other() {
        let ((right, public), (wrong, _)) = (identity(), identity());
        let key = FileKey::from_bytes(&[7; 16]).unwrap();
        let recipients = Recipients::parse([public], &Plugins::default()).unwrap();
        let (stanzas, _) = recipients.iter().next().unwrap().wrap_file_key(&key.to_age()).unwrap();
        let wrapped = WrappedKey::of(&stanzas);
        assert_eq!(right.unwrap(&wrapped).unwrap().expose(), key.expose());
        assert!(matches!(wrong.unwrap(&wrapped), Err(Error::Locked(Locked::Identities))));
        let passphrase = Key::Passphrase("x".into());
        assert!(matches!(passphrase.unwrap(&wrapped), Err(Error::Locked(Locked::NeedsIdentity))));
    }

    #[test]
    fn what_is_out_of_bounds_is_refused() {
        let stanza = Stanza { tag: "x".into(), args: Vec::new(), body: Vec::new() };
        let many: Vec<_> =
            (0..65).map(|_| Stanza { tag: stanza.tag.clone(), args: Vec::new(), body: vec![] }).collect();
        let valid = WrappedKey::of(&[stanza]).as_bytes().to_vec();
        let long = [&valid[..], b"more"].concat();
        for bytes in [WrappedKey::of(&many).as_bytes().to_vec(), long, b"x".to_vec(), Vec::new()] {
            assert!(WrappedKey::from_bytes(bytes).is_err());
        }
        assert!(WrappedKey::from_bytes(valid).is_ok());
        assert!(FileKey::from_bytes(&[0; 15]).is_none());
    }
}
