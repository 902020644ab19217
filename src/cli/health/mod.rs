//! The look at the vault for `status` and `doctor`: the keys that open it now, and the findings around it. Changes
//! nothing and asks nobody.

mod access;
mod completions;
mod configuration;
mod finding;
mod git_index;
mod identities;
mod problems;
mod survey;
mod tracked;

pub use access::{IdentityState, WayIn};
pub use finding::{HealthCheck, HealthFinding, credctl as command};
pub use survey::Survey;
