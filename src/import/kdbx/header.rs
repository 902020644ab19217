//! The header of a database: the methods of encryption, and everything for them that is no secret.

use super::bytes::{Bytes, exact};
use super::cipher::KdbxCipher;
use super::dictionary::KdbxParameters;
use super::error::KdbxError;
use super::function::KeyFunction;
use super::stream::StreamKind;

/// The first bytes of every file of KeePass.
const SIGNATURE: [u8; 4] = [0x03, 0xd9, 0xa2, 0x9a];
const KEEPASS_1: [u8; 4] = [0x65, 0xfb, 0x4b, 0xb5];
const KEEPASS_2: [u8; 4] = [0x67, 0xfb, 0x4b, 0xb5];

/// The header.
pub(super) struct KdbxHeader {
    /// The length of the header in the file.
    pub length: usize,
    pub cipher: KdbxCipher,
    pub is_compressed: bool,
    pub seed: Vec<u8>,
    pub nonce: Vec<u8>,
    pub function: KeyFunction,
    /// The parts of KDBX 3, which later versions keep elsewhere.
    pub old: Option<OldHeader>,
}

/// The parts of a header of KDBX 3 alone.
pub(super) struct OldHeader {
    /// The first bytes of the decrypted file.
    pub start: Vec<u8>,
    pub stream: StreamKind,
    pub stream_key: Vec<u8>,
}

/// The fields as they are in the file.
#[derive(Default)]
struct HeaderFields<'a> {
    cipher: Option<&'a [u8]>,
    compression: Option<&'a [u8]>,
    seed: Option<&'a [u8]>,
    transform_seed: Option<&'a [u8]>,
    rounds: Option<&'a [u8]>,
    nonce: Option<&'a [u8]>,
    stream_key: Option<&'a [u8]>,
    start: Option<&'a [u8]>,
    stream: Option<&'a [u8]>,
    parameters: Option<&'a [u8]>,
}

/// Returns true if a file begins like a database of KeePass, whatever its version.
pub(super) fn is_keepass(bytes: &[u8]) -> bool {
    let rest = bytes.strip_prefix(&SIGNATURE);
    rest.is_some_and(|rest| rest.starts_with(&KEEPASS_1) || rest.starts_with(&KEEPASS_2))
}

impl KdbxHeader {
    /// Reads the header of a file.
    pub fn read(file: &[u8]) -> Result<Self, KdbxError> {
        let mut rest = Bytes(file);
        rest.take(SIGNATURE.len())?;
        if rest.take(4)? != KEEPASS_2 {
            return Err(KdbxError::Old);
        }
        let (minor, major) = (rest.short()?, rest.short()?);
        let is_old = match major {
            3 => true,
            4 => false,
            _ => return Err(KdbxError::Version { major, minor }),
        };
        let fields = HeaderFields::read(&mut rest, is_old)?;
        let lacks = KdbxError::Damaged("lacks a part of its header");
        let required = |field: Option<&[u8]>| field.map(<[u8]>::to_vec);
        let (Some(cipher), Some(compression), Some(seed), Some(nonce)) =
            (fields.cipher, fields.compression, required(fields.seed), required(fields.nonce))
        else {
            return Err(lacks);
        };
        let (function, old) = if is_old {
            let (Some(transform_seed), Some(rounds), Some(start), Some(stream), Some(stream_key)) = (
                fields.transform_seed,
                fields.rounds,
                required(fields.start),
                fields.stream,
                required(fields.stream_key),
            ) else {
                return Err(lacks);
            };
            let function = KeyFunction::aes(transform_seed, u64::from_le_bytes(exact(rounds)?))?;
            let stream = StreamKind::read(stream)?;
            (function, Some(OldHeader { start, stream, stream_key }))
        } else {
            let parameters = KdbxParameters::read(fields.parameters.ok_or(lacks)?)?;
            (KeyFunction::read(&parameters)?, None)
        };
        Ok(Self {
            length: file.len() - rest.0.len(),
            cipher: KdbxCipher::find(cipher)?,
            is_compressed: match u32::from_le_bytes(exact(compression)?) {
                0 => false,
                1 => true,
                _ => return Err(KdbxError::Unknown("compression")),
            },
            seed,
            nonce,
            function,
            old,
        })
    }
}

impl<'a> HeaderFields<'a> {
    fn read(rest: &mut Bytes<'a>, is_old: bool) -> Result<Self, KdbxError> {
        let mut fields = Self::default();
        loop {
            let number = rest.byte()?;
            let length = if is_old { usize::from(rest.short()?) } else { rest.length()? };
            let value = rest.take(length)?;
            let field = match number {
                0 => return Ok(fields),
                2 => &mut fields.cipher,
                3 => &mut fields.compression,
                4 => &mut fields.seed,
                5 => &mut fields.transform_seed,
                6 => &mut fields.rounds,
                7 => &mut fields.nonce,
                8 => &mut fields.stream_key,
                9 => &mut fields.start,
                10 => &mut fields.stream,
                11 => &mut fields.parameters,
                // comments, and what plugins put there
                _ => continue,
            };
            if field.replace(value).is_some() {
                return Err(KdbxError::Damaged("has a part of its header twice"));
            }
        }
    }
}
