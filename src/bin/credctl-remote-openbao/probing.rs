//! The probe: does the server honour `cas`? It uses two secrets of its own, and removes them.

use credctl::random;
use credctl::remote::{EngineFailure, FailureKind, Probed};

use super::address::SecretAddress;
use super::secret::{KvSecret, document};
use super::server::KvServer;

/// Finds out if the server honours conditions.
///
/// # Errors
/// If the server refuses, or cannot be reached.
pub fn probe(server: &KvServer, address: &SecretAddress) -> Result<Probed, EngineFailure> {
    let name =
        random::uuid().map_err(|error| EngineFailure::new(FailureKind::Internal, &error.to_string()))?;
    let (one, two) = (address.beside(&format!(".probe-{name}")), address.beside(&format!(".probe-{name}-2")));
    let steps = [
        (&one, 0, true, "the server did not create a secret"),
        (&one, 0, false, "the server creates a secret twice"),
        (&one, 7, false, "the server ignores a wrong `cas`"),
        (&two, 1, false, "the server ignores `cas` where there is no secret"),
        (&one, 1, true, "the server refuses a right `cas`"),
    ];
    let mut probed = Ok(Probed::Sound);
    for (secret, number, is_accepted, text) in steps {
        match step(server, secret, number) {
            Ok(accepted) if accepted == is_accepted => {}
            Ok(_) => {
                probed = Ok(Probed::unsound(text));
                break;
            }
            Err(failure) => {
                probed = Err(failure);
                break;
            }
        }
    }
    for address in [one, two] {
        // a secret that is left is a word of no meaning
        drop(KvSecret { server, address }.remove());
    }
    probed
}

/// Writes with a condition. Returns true if the server accepts it.
fn step(server: &KvServer, secret: &SecretAddress, number: u64) -> Result<bool, EngineFailure> {
    let answer = server.post(&secret.endpoint("data"), &document(number, b"probe"));
    match answer.map_err(|none| none.failure)? {
        answer if answer.status == 200 => Ok(true),
        answer if answer.is_mismatch() => Ok(false),
        answer => Err(answer.failure()),
    }
}
