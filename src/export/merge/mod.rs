//! Exports into files that are there already: what is exported takes its place among the rest, and
//! everything else stays to the byte. One file a format.

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
