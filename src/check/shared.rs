//! Secrets that several credentials have. What is kept of each is a fingerprint under a key that is
//! made for this run and goes with it.

use std::collections::HashMap;

use hmac::{Hmac, Mac as _};
use sha2::Sha256;
use uuid::Uuid;
use zeroize::Zeroizing;

use crate::credential::Credential;

/// Shorter secrets are alike by chance; they are weak anyway.
const LEAST: usize = 4;

pub(super) struct Shared {
    key: Zeroizing<[u8; 32]>,
    /// By fingerprint: the ids, and where in each.
    seen: HashMap<[u8; 32], Vec<(String, String)>>,
}

impl Shared {
    pub(super) fn new() -> Self {
        let mut key = Zeroizing::new([0; 32]);
        key[..16].copy_from_slice(Uuid::new_v4().as_bytes());
        key[16..].copy_from_slice(Uuid::new_v4().as_bytes());
        Self { key, seen: HashMap::new() }
    }

    pub(super) fn look_at(&mut self, credential: &Credential) {
        for held in credential.secrets() {
            // the same secret is found however it is kept
            let value = held.plain().unwrap_or_else(|| held.stored());
            if value.len() < LEAST {
                continue;
            }
            // a key of any length is taken, so there is nothing to fail
            let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(&*self.key) else { continue };
            mac.update(value.expose().as_bytes());
            let fingerprint = mac.finalize().into_bytes().into();
            self.seen.entry(fingerprint).or_default().push((credential.id().to_owned(), held.path));
        }
    }

    /// Each secret that others have too: the id, where, and the ids of the others.
    pub(super) fn finish(self) -> Vec<(String, String, Vec<String>)> {
        let mut shared = Vec::new();
        for places in self.seen.into_values().filter(|places| places.len() > 1) {
            for (id, path) in &places {
                let mut others: Vec<_> =
                    places.iter().map(|(other, _)| other).filter(|other| *other != id).cloned().collect();
                others.dedup();
                shared.push((id.clone(), path.clone(), others));
            }
        }
        shared
    }
}
