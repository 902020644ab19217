//! X.509 certificates as PEM text: the rule that they can be read, and the facts of the first one.
//!
//! `rule.rs` has the rule, `facts.rs` the facts. Both judge the form only: they check no signature, validity
//! period or chain.

mod facts;
mod rule;

pub use facts::{READER, details, encoded_facts, facts};
pub(super) use rule::public_key;
pub use rule::{ENCODED_CERTIFICATES, PEM_CERTIFICATES};
pub(crate) use rule::{common_name, is_label};
