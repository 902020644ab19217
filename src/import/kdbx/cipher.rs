//! The ciphers of whole databases.

use aes::Aes256;
use cbc::Decryptor;
use cbc::cipher::block_padding::Pkcs7;
use cbc::cipher::{BlockDecryptMut as _, KeyIvInit as _};
use chacha20::ChaCha20;
use chacha20::cipher::StreamCipher as _;
use twofish::Twofish;
use zeroize::Zeroizing;

use super::bytes::exact;
use super::error::KdbxError;

/// A cipher.
#[derive(Clone, Copy)]
pub(super) enum KdbxCipher {
    Aes,
    Twofish,
    ChaCha20,
}

/// The ciphers by the names that files have for them.
const NAMES: [(u128, KdbxCipher); 3] = [
    (0x31c1_f2e6_bf71_4350_be58_0521_6afc_5aff, KdbxCipher::Aes),
    (0xad68_f29f_576f_4bb9_a36a_d47a_f965_346c, KdbxCipher::Twofish),
    (0xd603_8a2b_8b6f_4cb5_a524_339a_31db_b59a, KdbxCipher::ChaCha20),
];

impl KdbxCipher {
    /// Finds the cipher of this name.
    pub fn find(name: &[u8]) -> Result<Self, KdbxError> {
        let name = u128::from_be_bytes(exact(name)?);
        let cipher = NAMES.iter().find(|(own, _)| *own == name).map(|(_, cipher)| *cipher);
        cipher.ok_or(KdbxError::Unknown("cipher"))
    }

    /// Decrypts bytes in their place. A wrong key shows at the padding, as a rule.
    pub fn decrypt(
        self,
        key: &[u8; 32],
        nonce: &[u8],
        mut bytes: Zeroizing<Vec<u8>>,
    ) -> Result<Zeroizing<Vec<u8>>, KdbxError> {
        let length = match self {
            Self::ChaCha20 => {
                let nonce: [u8; 12] = exact(nonce)?;
                let mut cipher = ChaCha20::new(key.into(), &nonce.into());
                // fails beyond 256 GiB only
                cipher.try_apply_keystream(&mut bytes).map_err(|_| KdbxError::Damaged("is too large"))?;
                bytes.len()
            }
            Self::Aes => {
                let nonce: [u8; 16] = exact(nonce)?;
                let cipher = Decryptor::<Aes256>::new(key.into(), &nonce.into());
                cipher.decrypt_padded_mut::<Pkcs7>(&mut bytes).map_err(|_| KdbxError::WrongKey)?.len()
            }
            Self::Twofish => {
                let nonce: [u8; 16] = exact(nonce)?;
                let cipher = Decryptor::<Twofish>::new(key.into(), &nonce.into());
                cipher.decrypt_padded_mut::<Pkcs7>(&mut bytes).map_err(|_| KdbxError::WrongKey)?.len()
            }
        };
        bytes.truncate(length);
        Ok(bytes)
    }
}
