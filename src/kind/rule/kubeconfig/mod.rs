//! Kubernetes cluster configurations: JSON with exactly one cluster, in base64.
//!
//! `rule.rs` has the rule, `facts.rs` the facts, `user.rs` the user of a configuration. None of them reads YAML
//! or the files that a configuration names.

mod facts;
mod rule;
mod user;

pub use facts::{READER, details, facts};
pub use rule::ENCODED_KUBECONFIG;
pub use user::{current_user, decode_data};
