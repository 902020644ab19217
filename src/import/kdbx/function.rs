//! The functions that stretch the key of a database, with limits on what they may take: the file names their
//! cost, and the file may come from anybody.

use aes::cipher::{BlockEncrypt as _, KeyInit as _};
use aes::{Aes256, Block as Block16};
use argon2::{Algorithm, Argon2, Block, Params, Version};
use sha2::{Digest as _, Sha256};
use zeroize::{Zeroize as _, Zeroizing};

use super::bytes::exact;
use super::dictionary::KdbxParameters;
use super::error::KdbxError;

/// A function with its parameters.
pub(super) enum KeyFunction {
    /// AES with the seed as its key, again and again.
    Aes {
        seed: [u8; 32],
        rounds: u64,
    },
    Argon2 {
        algorithm: Algorithm,
        version: Version,
        params: Params,
        salt: Vec<u8>,
    },
}

const AES: [[u8; 16]; 2] = [
    0xc9d9_f39a_628a_4460_bf74_0d08_c18a_4fea_u128.to_be_bytes(),
    // the same function, which KDBX 4 gives another name
    0x7c02_bb82_79a7_4ac0_927d_114a_0064_8238_u128.to_be_bytes(),
];
const ARGON2D: [u8; 16] = 0xef63_6ddf_8c29_444b_91f7_a9a4_03e3_0a0c_u128.to_be_bytes();
const ARGON2ID: [u8; 16] = 0x9e29_8b19_56db_4773_b23d_fc3e_c6f0_a1e6_u128.to_be_bytes();

/// The most rounds of AES, which take about half a minute. KeePassXC makes as many as fit into a second.
const ROUNDS: u64 = 1_000_000_000;
/// The most memory of Argon2, in KiB: 1 GiB. The usual amount is 64 MiB.
const MEMORY: u64 = 1024 * 1024;
/// The most memory that Argon2 may go through in all its passes, in KiB: 32 GiB, about half a minute.
const PASSED: u64 = 32 * 1024 * 1024;
/// The most lanes of Argon2.
const LANES: u32 = 256;

impl KeyFunction {
    /// Makes the function of KDBX 3.
    pub fn aes(seed: &[u8], rounds: u64) -> Result<Self, KdbxError> {
        if rounds > ROUNDS {
            return Err(KdbxError::Costly("1,000,000,000 rounds of AES"));
        }
        Ok(Self::Aes { seed: exact(seed)?, rounds })
    }

    /// Reads the function of KDBX 4 from its parameters.
    pub fn read(parameters: &KdbxParameters<'_>) -> Result<Self, KdbxError> {
        let algorithm = match exact(parameters.get("$UUID")?)? {
            name if AES.contains(&name) => {
                return Self::aes(parameters.get("S")?, parameters.long("R")?);
            }
            ARGON2D => Algorithm::Argon2d,
            ARGON2ID => Algorithm::Argon2id,
            _ => return Err(KdbxError::Unknown("key derivation")),
        };
        if parameters.has("K") || parameters.has("A") {
            return Err(KdbxError::Unknown("parameter of Argon2"));
        }
        let version = match parameters.number("V")? {
            0x10 => Version::V0x10,
            0x13 => Version::V0x13,
            _ => return Err(KdbxError::Unknown("version of Argon2")),
        };
        let (memory, passes) = (parameters.long("M")? / 1024, parameters.long("I")?);
        if memory > MEMORY {
            return Err(KdbxError::Costly("1 GiB of memory"));
        }
        if memory.saturating_mul(passes) > PASSED {
            return Err(KdbxError::Costly("32 GiB of memory in all passes of Argon2"));
        }
        let lanes = parameters.number("P")?;
        if lanes > LANES {
            return Err(KdbxError::Costly("256 lanes of Argon2"));
        }
        let wrong = KdbxError::Damaged("has parameters of Argon2 out of range");
        let (Ok(memory), Ok(passes)) = (u32::try_from(memory), u32::try_from(passes)) else {
            return Err(wrong);
        };
        let params = Params::new(memory, passes, lanes, Some(32)).map_err(|_| wrong)?;
        Ok(Self::Argon2 { algorithm, version, params, salt: parameters.get("S")?.to_vec() })
    }

    /// Stretches a key.
    pub fn stretch(&self, key: &[u8; 32]) -> Result<Zeroizing<[u8; 32]>, KdbxError> {
        match self {
            Self::Aes { seed, rounds } => {
                let cipher = Aes256::new(seed.into());
                let mut halves = [Block16::default(), Block16::default()];
                for (half, bytes) in halves.iter_mut().zip(key.chunks(16)) {
                    half.copy_from_slice(bytes);
                }
                for _ in 0..*rounds {
                    // two at a time, which processors do in the time of one
                    cipher.encrypt_blocks(&mut halves);
                }
                let digest = Sha256::new().chain_update(halves[0]).chain_update(halves[1]);
                let stretched = Zeroizing::new(<[u8; 32]>::from(digest.finalize()));
                for half in &mut halves {
                    half.zeroize();
                }
                Ok(stretched)
            }
            Self::Argon2 { algorithm, version, params, salt } => {
                let mut stretched = Zeroizing::new([0; 32]);
                let mut blocks = Zeroizing::new(vec![Block::default(); params.block_count()]);
                let argon2 = Argon2::new(*algorithm, *version, params.clone());
                argon2
                    .hash_password_into_with_memory(key, salt, &mut *stretched, &mut *blocks)
                    .map_err(|_| KdbxError::Damaged("has parameters of Argon2 out of range"))?;
                Ok(stretched)
            }
        }
    }
}
