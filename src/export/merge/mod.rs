//! Merges of exports into files that are there already: the exported entries take their place among the
//! others, and everything else stays the same to the byte. Each format has a file of its own.

mod aws_credentials;
mod block;
mod dotenv;
mod edits;
mod flow;
mod formats;
mod kubeconfig;
mod lists;
mod merged;
mod netrc;
#[cfg(test)]
mod tests;

pub use formats::mergeable;
pub use merged::{MergeError, Merged};
