//! The rules of credentials: what a type needs, how the verbs of a change treat each class of field, and what
//! may leave a vault.

mod aspire_seeds;
mod broken;
mod differences;
mod headlines;
mod import;
mod key_types;
mod lifecycle;
mod nesting;
mod properties;
mod reading;
mod registry;
mod renaming;
mod replacing;
pub mod seeds;
mod store;
mod traps;
mod truth_table;
