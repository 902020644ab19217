//! Signatures in the form of OpenSSH (SSHSIG), as `ssh-keygen -Y` makes and verifies them: the keys of signers,
//! their signatures, and key files that sign.
//!
//! Must not know what is signed, and reads no file: a key file comes in as its text. An agent that signs is
//! outside, behind [`SigningKey`].

mod key_file;
mod signer_key;
mod ssh_signature;
#[cfg(test)]
mod tests;

pub use key_file::{EncryptedSignatureKey, KeyFileProblem, SignatureKey, SignatureKeyFile};
pub use signer_key::{SignerKey, SignerKeyProblem};
pub use ssh_signature::{BadSignature, NAMESPACE, SigningFailed, SigningKey, SshSignature, signed_data};
