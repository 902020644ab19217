//! KeePass databases themselves, KDBX 3.1 and 4: the file is decrypted, and its XML is read like that of an
//! export.

mod body;
mod bytes;
mod cipher;
mod database;
mod dictionary;
mod error;
mod function;
mod header;
mod key;
#[cfg(test)]
mod made;
mod stream;
#[cfg(test)]
mod tests;

pub(super) use database::FORMAT;
pub use database::KeepassDatabase;
pub use error::KdbxError;
pub use key::KeepassKey;
