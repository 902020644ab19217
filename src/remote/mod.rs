//! Objects of a storage engine that many machines share, behind helper programs. It moves bytes, and has no code
//! for vaults, ciphers or engines. It starts no program and reads no environment.
//!
//! A helper is a program `credctl-remote-NAME`, which talks over standard input and output; the page
//! `docs/remote-protocol.md` defines the messages. [`RemoteObject`] is one object of an engine. A helper
//! implements it and calls [`serve`]. The other end is a [`RemoteClient`], which implements the same trait and
//! trusts no helper.

mod client;
mod engine;
mod framing;
mod message;
mod program;
mod serving;
#[cfg(test)]
mod tests;

pub use client::RemoteClient;
pub use engine::{
    EngineFailure, Fetched, Probed, PutCondition, Ranged, RemoteObject, Stored, UnusableObject, is_tag,
};
pub use message::{FailureKind, MAX_HEADER, MAX_OBJECT, MAX_TAG, MAX_TEXT, PROTOCOL};
pub use program::{HelperProgram, HelperStreams};
pub use serving::serve;
