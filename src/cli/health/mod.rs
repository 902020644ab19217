//! What opens the vault now, and what is wrong around it, for `status` and `doctor`. Changes nothing and asks
//! nobody.

mod access;
mod completions;
mod configuration;
mod finding;
mod git_index;
mod identities;
mod problems;
mod survey;
mod tracked;

pub use access::{IdentityState, Way};
pub use finding::{Check, Finding, credctl as command};
pub use survey::Survey;
