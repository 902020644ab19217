//! The second encryption of values that KeePass protects: one stream of key bytes over all of them, in the
//! order of the document.

use chacha20::ChaCha20;
use salsa20::Salsa20;
use salsa20::cipher::{KeyIvInit as _, StreamCipher as _};
use sha2::{Digest as _, Sha256, Sha512};
use zeroize::Zeroizing;

use super::bytes::exact;
use super::error::KdbxError;
use crate::base64;
use crate::import::xml::XmlElement;
use crate::secret::SecretBytes;

/// The cipher of a stream.
#[derive(Clone, Copy)]
pub(super) enum StreamKind {
    Salsa20,
    ChaCha20,
}

/// A stream, as far as it was not used yet.
pub(super) enum InnerStream {
    Salsa20(Box<Salsa20>),
    ChaCha20(Box<ChaCha20>),
}

/// The nonce that every database has.
const NONCE: [u8; 8] = [0xe8, 0x30, 0x09, 0x4b, 0x97, 0x20, 0x5d, 0x2a];

impl StreamKind {
    /// Reads the number of a cipher.
    pub fn read(number: &[u8]) -> Result<Self, KdbxError> {
        match u32::from_le_bytes(exact(number)?) {
            2 => Ok(Self::Salsa20),
            3 => Ok(Self::ChaCha20),
            _ => Err(KdbxError::Unknown("cipher for protected values")),
        }
    }

    /// Begins a stream.
    pub fn begin(self, key: &[u8]) -> InnerStream {
        match self {
            Self::Salsa20 => {
                let key = Zeroizing::new(<[u8; 32]>::from(Sha256::digest(key)));
                InnerStream::Salsa20(Box::new(Salsa20::new((&*key).into(), &NONCE.into())))
            }
            Self::ChaCha20 => {
                let digest = Zeroizing::new(<[u8; 64]>::from(Sha512::digest(key)));
                let (key, rest) = digest.split_at(32);
                InnerStream::ChaCha20(Box::new(ChaCha20::new(key.into(), rest[..12].into())))
            }
        }
    }
}

impl InnerStream {
    /// Decrypts the text of an element that is protected. Returns `None` if the text is no ciphertext.
    pub fn reveal(&mut self, element: &mut XmlElement) -> Option<()> {
        if !element.says("Protected") {
            return Some(());
        }
        if let Some(text) = &element.text {
            let mut bytes = base64::decode(text.expose().trim()).ok()?;
            match self {
                Self::Salsa20(stream) => stream.try_apply_keystream(&mut bytes).ok()?,
                Self::ChaCha20(stream) => stream.try_apply_keystream(&mut bytes).ok()?,
            }
            // attachments are bytes
            let bytes = SecretBytes::Made(bytes);
            element.text = bytes.to_secret();
            element.bytes = Some(bytes);
        }
        // what is left of the attribute would mean that the value is encrypted
        element.attributes.retain(|(name, _)| name != "Protected");
        Some(())
    }
}
