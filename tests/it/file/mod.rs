//! The vault as a file: durable, judged before it is used, locked to those who are meant, and readable for ever.

mod attachments;
mod blobs;
mod damage;
mod default_identity;
mod durability;
pub mod fixtures;
mod format;
mod hostile;
mod interop;
mod lineage;
mod lockouts;
mod memory;
mod mutations;
mod plugins;
mod randomness;
mod records;
mod residents;
mod signatures;
mod signed_fixtures;
mod signing_keys;
pub mod sweep;
mod sweep_verbs;
mod tries;
mod trust;
mod unlock;
