//! Databases made for tests: any content under a cheap key derivation, in both versions.

use aes::Aes256;
use cbc::Encryptor;
use cbc::cipher::block_padding::Pkcs7;
use cbc::cipher::{BlockEncryptMut as _, KeyIvInit as _};
use hmac::{Hmac, Mac as _};
use sha2::{Digest as _, Sha256, Sha512};

/// The key that opens what is made here: the stretched key of an empty password with one round of AES.
const SEED: [u8; 32] = [7; 32];
const NONCE: [u8; 16] = [9; 16];
const AES: u128 = 0x31c1_f2e6_bf71_4350_be58_0521_6afc_5aff;
const AES_KDF: u128 = 0xc9d9_f39a_628a_4460_bf74_0d08_c18a_4fea;

/// Makes a database of KDBX 4 whose decrypted and decompressed content is this one.
pub fn version_4(password: &str, content: &[u8], is_compressed: bool) -> Vec<u8> {
    let mut parameters = vec![0, 1];
    for (kind, name, value) in
        [(0x42, "$UUID", &AES_KDF.to_be_bytes()[..]), (0x42, "S", &SEED), (0x05, "R", &1_u64.to_le_bytes())]
    {
        parameters.push(kind);
        parameters.extend(length(name.as_bytes()));
        parameters.extend(length(value));
    }
    parameters.push(0);
    let mut file = start(4, 0);
    for (number, value) in [
        (2, &AES.to_be_bytes()[..]),
        (3, &u32::from(is_compressed).to_le_bytes()),
        (4, &SEED),
        (7, &NONCE),
        (11, &parameters),
        (0, b"\r\n\r\n"),
    ] {
        file.push(number);
        file.extend(length(value));
    }
    let stretched = stretched(password);
    let base = Sha512::new().chain_update(SEED).chain_update(stretched).chain_update([1]).finalize();
    let code = |number: u64, parts: &[&[u8]]| {
        let key = Sha512::new().chain_update(number.to_le_bytes()).chain_update(base).finalize();
        let code = <Hmac<Sha256> as hmac::Mac>::new_from_slice(&key).unwrap();
        parts.iter().fold(code, hmac::Mac::chain_update).finalize().into_bytes()
    };
    let (digest, header_code) = (Sha256::digest(&file), code(u64::MAX, &[&file]));
    file.extend(digest);
    file.extend(header_code);
    let encrypted = encrypted(&stretched, content);
    for (number, block) in [(0_u64, &encrypted[..]), (1, &[])] {
        let size = u32::try_from(block.len()).unwrap().to_le_bytes();
        file.extend(code(number, &[&number.to_le_bytes(), &size, block]));
        file.extend(length(block));
    }
    file
}

/// Makes a database of KDBX 3.1 whose decrypted content is this one.
pub fn version_3(password: &str, content: &[u8], stream_key: &[u8]) -> Vec<u8> {
    let mut file = start(3, 1);
    let (first, rounds, none, salsa20) =
        ([5; 32], 1_u64.to_le_bytes(), 0_u32.to_le_bytes(), 2_u32.to_le_bytes());
    for (number, value) in [
        (2, &AES.to_be_bytes()[..]),
        (3, &none),
        (4, &SEED),
        (5, &SEED),
        (6, &rounds),
        (7, &NONCE),
        (8, stream_key),
        (9, &first),
        (10, &salsa20),
        (0, b"\r\n\r\n"),
    ] {
        file.push(number);
        file.extend(u16::try_from(value.len()).unwrap().to_le_bytes());
        file.extend(value);
    }
    let mut plain = first.to_vec();
    for (number, block, digest) in [(0_u32, content, Sha256::digest(content).to_vec()), (1, &[], vec![0; 32])]
    {
        plain.extend(number.to_le_bytes());
        plain.extend(digest);
        plain.extend(length(block));
    }
    file.extend(encrypted(&stretched(password), &plain));
    file
}

/// Makes the second header of KDBX 4, with Salsa20 for protected values.
pub fn inner_header(stream_key: &[u8]) -> Vec<u8> {
    let mut header = Vec::new();
    for (number, value) in [(1, &2_u32.to_le_bytes()[..]), (2, stream_key), (3, b"\x01attachment"), (0, b"")]
    {
        header.push(number);
        header.extend(length(value));
    }
    header
}

fn start(major: u16, minor: u16) -> Vec<u8> {
    let mut file = vec![0x03, 0xd9, 0xa2, 0x9a, 0x67, 0xfb, 0x4b, 0xb5];
    file.extend(minor.to_le_bytes());
    file.extend(major.to_le_bytes());
    file
}

/// Puts the length in front of a value.
fn length(value: &[u8]) -> Vec<u8> {
    let mut out = u32::try_from(value.len()).unwrap().to_le_bytes().to_vec();
    out.extend(value);
    out
}

fn stretched(password: &str) -> [u8; 32] {
    use aes::cipher::{BlockEncrypt as _, KeyInit as _};

    let composite = Sha256::digest(Sha256::digest(password));
    let cipher = Aes256::new(&SEED.into());
    let mut digest = Sha256::new();
    for half in composite.chunks(16) {
        let mut block = aes::Block::clone_from_slice(half);
        cipher.encrypt_block(&mut block);
        digest.update(block);
    }
    digest.finalize().into()
}

fn encrypted(stretched: &[u8; 32], plain: &[u8]) -> Vec<u8> {
    let key: [u8; 32] = Sha256::new().chain_update(SEED).chain_update(stretched).finalize().into();
    let mut bytes = plain.to_vec();
    bytes.resize(plain.len() + 16, 0);
    let cipher = Encryptor::<Aes256>::new(&key.into(), &NONCE.into());
    let length = cipher.encrypt_padded_mut::<Pkcs7>(&mut bytes, plain.len()).unwrap().len();
    bytes.truncate(length);
    bytes
}
