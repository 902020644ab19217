//! X.509 certificates in DER: the parts that are shown and compared.
//!
//! `read.rs` reads a certificate, `extensions.rs` its extensions, and `made.rs` makes odd ones for tests.

mod extensions;
#[cfg(test)]
pub(crate) mod made;
mod read;

pub(super) use read::{X509, hex};
