//! Typed credentials, and the one age-encrypted file that they are kept in: the domain of the program
//! `credctl`, without its words, screens and questions.
//!
//! ```
//! # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/doc/store.rs"));
//! # fn main() -> Result<(), Failure> {
//! # use credctl::credential::{Grantee, GranteeKind};
//! # let (new, _folder) = new_vault()?;
//! # let (path, key) = (new.path(), new.keeper().clone());
//! # let (actor, now) = (Uuid::nil(), DateTime::UNIX_EPOCH);
//! let store = Store::new(path, key, Terms::new(actor, now));
//! let login = credctl::kind::find("login").ok_or("a type of this name")?.kind;
//! let draft = Draft::from_texts(login, [("id", "db"), ("username", "app"), ("password", "hunter2")]);
//! store.change(|vault| {
//!     vault.add(login, draft)?;
//!     vault.grant("db", [(Grantee::new(GranteeKind::ApiProxy, "payments")?, None)], |_, _| Ok(()))
//! })?;
//! let stored = store.read()?.find("db")?.ok_or("it was saved")?;
//! assert_eq!(stored.secret("password").and_then(|held| held.plain()), Some("hunter2".into()));
//! # Ok(())
//! # }
//! ```
//!
//! The crate knows what each type of credential needs. A [`Credential`](credential::Credential) is valid
//! from the moment it exists, and every text in it is a [`Secret`](secret::Secret) that nothing shows by
//! accident. It reads no environment and no clock, asks nobody and prints nothing: actor and time come in as
//! an [`Act`](credential::Act), and only [`disk`] touches the disk.
//!
//! | room | what it owns |
//! |---|---|
//! | [`kind`] | the catalogue: which types exist, their fields, the rule of each field |
//! | [`credential`] | one credential: drafts, the ways to change it, the gate that judges the result |
//! | [`dialect`] | documents, ours and those of other systems, as they are taken apart |
//! | [`system`] | the other systems, each with everything that is done in its way |
//! | [`disk`] | files: locations, locks, replacing one generation by the next |
//! | [`check`] | what is wrong in a whole vault |
//! | [`export`] | credentials as other programs read them |
//! | [`generate`] | secrets that nobody chose |
//! | [`import`] | credentials as other programs keep them |
//! | [`otp`] | one-time passwords: seeds and their codes |
//! | [`query`] | questions about many: filter, order, page, columns |
//! | [`remote`] | objects of a storage engine, behind helper programs |
//! | [`signature`] | signatures in the form of OpenSSH, and the keys of their signers |
//! | [`store`] | the use cases: reading a vault, and changing it by the rules between credentials |
//! | [`syntax`] | forms of text that are both written and read |
//! | [`vault`] | the collection, encrypted, and how it gets to disk |
//! | [`value`] | a tree of values as a document has it, strict JSON and YAML |
//! | [`text`] | text that people feed in: its encoding, its characters, slips in it |
//! | [`time`] | points in time, read and written |
//! | [`base64`] | bytes to text and back |
//! | [`digest`] | SHA-256 of bytes, and its text |
//! | [`random`] | random bytes, or an error where the system gives none |
//! | [`secret`] | the only holder of sensitive text |

#![cfg_attr(
    not(feature = "formats"),
    allow(dead_code, unused_imports, reason = "formats alone use some parts of the rooms below them")
)]

pub mod base64;
#[cfg(feature = "check")]
pub mod check;
pub mod credential;
pub mod dialect;
pub mod digest;
pub mod disk;
#[cfg(feature = "formats")]
pub mod export;
pub mod generate;
mod hex;
#[cfg(feature = "formats")]
pub mod import;
pub mod kind;
pub mod otp;
#[cfg(feature = "formats")]
mod outgoing;
pub mod query;
pub mod random;
pub mod remote;
pub mod secret;
pub mod signature;
pub mod site;
pub mod store;
#[cfg(feature = "formats")]
pub mod syntax;
pub mod system;
pub mod text;
pub mod time;
pub mod value;
pub mod vault;
