//! The encrypted part of a database, as far as its XML: blocks with a check each, a cipher, and compression.

use std::sync::Arc;

use flate2::bufread::GzDecoder;
use hmac::{Hmac, Mac as _};
use sha2::{Digest as _, Sha256, Sha512};
use zeroize::Zeroizing;

use super::bytes::Bytes;
use super::error::KdbxError;
use super::header::{KdbxHeader, OldHeader};
use super::key::KeepassKey;
use super::stream::{InnerStream, StreamKind};
use crate::secret::{Buffer, Secret, SecretBytes, read_all};

/// The largest database without its compression, in MiB. Tests have a smaller one, because wiping takes long
/// without optimisation.
const LARGEST: u64 = if cfg!(test) { 4 } else { 256 };

/// The most attachments. Each takes more room than its bytes, so the size of the file is no bound.
const FILES: usize = 100_000;

/// The decrypted content.
pub(super) struct KdbxBody {
    pub xml: Secret,
    /// The stream for the values that are encrypted a second time.
    pub stream: InnerStream,
    /// The attachments in front of the XML, in their order.
    pub files: Vec<Arc<SecretBytes>>,
}

impl KdbxBody {
    /// Decrypts a file with this header.
    pub fn open(file: &[u8], header: &KdbxHeader, key: &KeepassKey) -> Result<Self, KdbxError> {
        let (head, rest) = file.split_at(header.length);
        let rest = if header.old.is_none() { checked(head, rest)? } else { rest };
        // only now, because this takes seconds
        let stretched = header.function.stretch(&key.composite())?;
        let (plain, stream) = match &header.old {
            Some(old) => {
                let plain = decrypted(header, &stretched, Zeroizing::new(rest.to_vec()))?;
                (unpacked(header, of_old_blocks(&plain, old)?)?, Some((old.stream, &old.stream_key[..])))
            }
            None => {
                let blocks = of_blocks(head, rest, &header.seed, &stretched)?;
                (unpacked(header, decrypted(header, &stretched, blocks)?)?, None)
            }
        };
        let mut rest = Bytes(&plain);
        let mut files = Vec::new();
        let (kind, key) = match stream {
            Some(stream) => stream,
            None => inner_header(&mut rest, &mut files)?,
        };
        let mut xml = Buffer::with_capacity(rest.0.len());
        xml.extend(rest.0);
        let xml = xml.into_secret().ok_or(KdbxError::Damaged("has contents that are no text"))?;
        Ok(Self { xml, stream: kind.begin(key), files })
    }
}

fn decrypted(
    header: &KdbxHeader,
    stretched: &[u8; 32],
    bytes: Zeroizing<Vec<u8>>,
) -> Result<Zeroizing<Vec<u8>>, KdbxError> {
    let digest = Sha256::new().chain_update(&header.seed).chain_update(stretched);
    let key = Zeroizing::new(<[u8; 32]>::from(digest.finalize()));
    header.cipher.decrypt(&key, &header.nonce, bytes)
}

/// Checks the checksum behind the header of KDBX 4. Returns what is behind it.
fn checked<'a>(head: &[u8], rest: &'a [u8]) -> Result<&'a [u8], KdbxError> {
    let mut rest = Bytes(rest);
    if rest.take(32)? == Sha256::digest(head).as_slice() {
        return Ok(rest.0);
    }
    Err(KdbxError::Damaged("has a header that does not match its checksum"))
}

/// Checks the codes of the header and the blocks of KDBX 4, and puts the blocks together.
fn of_blocks(
    head: &[u8],
    rest: &[u8],
    seed: &[u8],
    stretched: &[u8; 32],
) -> Result<Zeroizing<Vec<u8>>, KdbxError> {
    let mut rest = Bytes(rest);
    let base = Sha512::new().chain_update(seed).chain_update(stretched).chain_update([1]);
    let base = Zeroizing::new(<[u8; 64]>::from(base.finalize()));
    let code = |number: u64, parts: &[&[u8]]| {
        let digest = Sha512::new().chain_update(number.to_le_bytes()).chain_update(*base);
        let key = Zeroizing::new(<[u8; 64]>::from(digest.finalize()));
        // a code of this kind takes a key of any length
        let code = <Hmac<Sha256> as hmac::Mac>::new_from_slice(&*key).ok();
        code.map(|code| parts.iter().fold(code, hmac::Mac::chain_update))
    };
    let matches = |number, parts: &[&[u8]], expected: &[u8]| {
        code(number, parts).is_some_and(|code| code.verify_slice(expected).is_ok())
    };
    // the checksum was right, so only the key can be wrong
    if !matches(u64::MAX, &[head], rest.take(32)?) {
        return Err(KdbxError::WrongKey);
    }
    let mut out = Buffer::with_capacity(rest.0.len());
    for number in 0_u64.. {
        let expected = rest.take(32)?;
        let mut peek = Bytes(rest.0);
        let length = peek.take(4)?;
        let block = rest.field()?;
        if !matches(number, &[&number.to_le_bytes(), length, block], expected) {
            return Err(KdbxError::Damaged("has a block that does not match its code"));
        }
        if block.is_empty() {
            break;
        }
        out.extend(block);
    }
    Ok(out.into_bytes())
}

/// Checks the start and the blocks of KDBX 3, and puts the blocks together.
fn of_old_blocks(plain: &[u8], old: &OldHeader) -> Result<Zeroizing<Vec<u8>>, KdbxError> {
    let mut rest = Bytes(plain.strip_prefix(&old.start[..]).ok_or(KdbxError::WrongKey)?);
    let mut out = Buffer::with_capacity(rest.0.len());
    loop {
        // a number, which the order shows, too
        rest.take(4)?;
        let expected = rest.take(32)?;
        let block = rest.field()?;
        if block.is_empty() {
            return Ok(out.into_bytes());
        }
        if expected != Sha256::digest(block).as_slice() {
            return Err(KdbxError::Damaged("has a block that does not match its checksum"));
        }
        out.extend(block);
    }
}

fn unpacked(header: &KdbxHeader, bytes: Zeroizing<Vec<u8>>) -> Result<Zeroizing<Vec<u8>>, KdbxError> {
    let limit = LARGEST * 1024 * 1024;
    if !header.is_compressed {
        return if bytes.len() as u64 > limit { Err(KdbxError::TooLarge(LARGEST)) } else { Ok(bytes) };
    }
    let plain = read_all(GzDecoder::new(&bytes[..]), bytes.len(), limit);
    let plain = plain.map_err(|_| KdbxError::Damaged("has data that cannot be decompressed"))?;
    plain.ok_or(KdbxError::TooLarge(LARGEST))
}

/// Reads the second header of KDBX 4: the cipher for protected values, with its key. Adds the attachments, which
/// stand there, too.
fn inner_header<'a>(
    rest: &mut Bytes<'a>,
    files: &mut Vec<Arc<SecretBytes>>,
) -> Result<(StreamKind, &'a [u8]), KdbxError> {
    let (mut kind, mut key) = (None, None);
    loop {
        let (number, value) = (rest.byte()?, rest.field()?);
        match number {
            0 => break,
            1 => kind = Some(StreamKind::read(value)?),
            2 => key = Some(value),
            3 if files.len() == FILES => return Err(KdbxError::Damaged("has too many attachments")),
            // behind a byte that says in which memory they should be
            3 => files.push(Arc::new(SecretBytes::Made(value.get(1..).unwrap_or_default().to_vec().into()))),
            _ => {}
        }
    }
    kind.zip(key).ok_or(KdbxError::Damaged("lacks the cipher for protected values"))
}
