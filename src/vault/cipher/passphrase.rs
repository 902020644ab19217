//! Passphrases: stretching one with scrypt, and the memory that it takes.

use std::iter;
use std::thread::{self, JoinHandle};

use age::secrecy::SecretString;
use age::{EncryptError, Encryptor, scrypt};

use crate::secret::Secret;
use crate::vault::error::Error;

/// The work factor of a new passphrase vault, as the logarithm that age writes into the file. It is fixed,
/// because a measured one would depend on what else the machine was doing.
pub(super) const WORK_FACTOR: u8 = 18;
/// The largest work factor that is accepted: about four seconds and 1 GiB of memory.
pub(super) const MAX_WORK_FACTOR: u8 = 20;

/// Makes an age identity for a passphrase, with the ceiling on its work.
pub(super) fn passphrase_identity(passphrase: &Secret) -> scrypt::Identity {
    let mut identity = scrypt::Identity::new(SecretString::from(passphrase.expose()));
    identity.set_max_work_factor(MAX_WORK_FACTOR);
    identity
}

/// Begins to stretch a passphrase on a thread of its own. Returns `None` if there is no thread, or no memory
/// for two at a time. The other one opens the old file.
pub(super) fn stretch_ahead(passphrase: &Secret) -> Option<JoinHandle<Result<Encryptor, EncryptError>>> {
    if !has_memory(2 * scrypt_memory(WORK_FACTOR) + THREAD_MEMORY) {
        return None;
    }
    let passphrase = passphrase.clone();
    thread::Builder::new().spawn(move || stretch(&passphrase)).ok()
}

/// Prepares to lock to a passphrase.
pub(super) fn stretch(passphrase: &Secret) -> Result<Encryptor, EncryptError> {
    Encryptor::with_recipients(iter::once(&recipient(passphrase) as &dyn age::Recipient))
}

/// Makes an age recipient for a passphrase.
pub(super) fn recipient(passphrase: &Secret) -> scrypt::Recipient {
    let mut recipient = scrypt::Recipient::new(SecretString::from(passphrase.expose()));
    recipient.set_work_factor(WORK_FACTOR);
    recipient
}

/// Address space that the system takes for the stack and the allocations of a thread.
const THREAD_MEMORY: usize = 144 << 20;

/// Returns the bytes that scrypt takes for a work factor.
fn scrypt_memory(work_factor: u8) -> usize {
    // age's scrypt has blocks of 1 KiB (r = 8), as many as 2 to the work factor
    1024 << work_factor.min(MAX_WORK_FACTOR)
}

/// Fails if scrypt could not get its memory, which would end the process.
pub(super) fn require_memory(work_factor: u8) -> Result<(), Error> {
    let needed = scrypt_memory(work_factor);
    if has_memory(needed + (1 << 20)) { Ok(()) } else { Err(Error::Memory { mebibytes: needed >> 20 }) }
}

/// Returns true if so many bytes can be allocated; they are not touched, so it costs no memory.
fn has_memory(bytes: usize) -> bool {
    let mut room: Vec<u8> = Vec::new();
    let available = room.try_reserve_exact(bytes).is_ok();
    // or the compiler could leave the allocation out and call it a success
    std::hint::black_box(&mut room);
    available
}
