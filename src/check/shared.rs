//! Secrets that several credentials have. Only a fingerprint of each secret is kept. The key of the
//! fingerprints is made for this run and goes with it.

use hmac::{Hmac, Mac as _};
use sha2::Sha256;
use uuid::Uuid;
use zeroize::Zeroizing;

use crate::credential::Credential;

/// The length in bytes of the shortest secret that is compared. Shorter ones are alike by chance, and weak
/// anyway.
const LEAST: usize = 4;
/// The same for a variable of a program. Most of the shorter ones are settings, such as `development`.
const LEAST_VARIABLE: usize = 12;

pub(super) struct Shared {
    key: Zeroizing<[u8; 32]>,
    seen: Vec<SecretPlace>,
}

/// A secret that was seen.
struct SecretPlace {
    fingerprint: [u8; 32],
    id: Box<str>,
    /// The path of the secret in the credential.
    path: Box<str>,
}

/// A secret that other credentials have too.
pub(super) struct Twin {
    pub(super) id: String,
    /// The path of the secret in the credential.
    pub(super) path: String,
    /// The id of one of the other credentials.
    pub(super) other: String,
    /// The number of other credentials beside that one.
    pub(super) more: usize,
}

impl Shared {
    pub(super) fn new() -> Self {
        let mut key = Zeroizing::new([0; 32]);
        key[..16].copy_from_slice(Uuid::new_v4().as_bytes());
        key[16..].copy_from_slice(Uuid::new_v4().as_bytes());
        Self { key, seen: Vec::new() }
    }

    pub(super) fn look_at(&mut self, credential: &Credential) {
        for held in credential.secrets() {
            // the same secret is found however it is kept
            let value = held.plain().unwrap_or_else(|| held.stored());
            let is_variable = credential.kind().variable_name(&held.path).is_some();
            let least = if is_variable { LEAST_VARIABLE } else { LEAST };
            if value.len() < least {
                continue;
            }
            // a key of any length is taken, so there is nothing to fail
            let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(&*self.key) else { continue };
            mac.update(value.expose().as_bytes());
            let fingerprint = mac.finalize().into_bytes().into();
            self.seen.push(SecretPlace { fingerprint, id: credential.id().into(), path: held.path.into() });
        }
    }

    /// Returns each secret that other credentials have too. The others are counted and not listed. Otherwise a
    /// large vault in which all credentials have one secret would take the square of their number.
    pub(super) fn finish(mut self) -> Vec<Twin> {
        self.seen.sort_by_key(|place| place.fingerprint);
        let mut twins = Vec::new();
        for places in self.seen.chunk_by(|a, b| a.fingerprint == b.fingerprint) {
            let mut ids: Vec<&str> = places.iter().map(|place| &*place.id).collect();
            // the sort is stable, so all places of one credential stand together
            ids.dedup();
            let [first, second, rest @ ..] = &ids[..] else { continue };
            twins.extend(places.iter().map(|SecretPlace { id, path, .. }| Twin {
                id: id.to_string(),
                path: path.to_string(),
                other: if &**id == *first { (*second).to_owned() } else { (*first).to_owned() },
                more: rest.len(),
            }));
        }
        twins
    }
}
