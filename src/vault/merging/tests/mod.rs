//! The merge of whole vaults in memory, and of single records.

mod credentials;
mod random;
mod record;
mod registries;
mod world;
