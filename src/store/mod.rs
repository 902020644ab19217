//! The use cases: opening a vault, reading it, and changing it by the rules that hold between credentials.
//!
//! A [`Store`] is a vault at a path, the [`Keeper`] who gives its key, and the [`Terms`] of the caller.
//! [`Store::read`] opens it, [`Store::change`] locks, reads, changes, saves, and brings the change to the
//! bundles of all environments. Every change passes a [`Transaction`], so that nobody can forget the user of
//! a password hash, the references to what is deleted, or a bundle.

mod belonging;
mod bundles;
mod change;
mod creation;
mod deletion;
mod environments;
mod error;
mod keeper;
mod lookup;
mod opening;
mod placing;
mod policies;
mod preview;
mod purging;
mod referring;
mod rekey;
mod revival;
mod scope;
mod terms;
mod transaction;
mod trust;
mod undo;
mod users;
mod writer;

pub use belonging::Belonging;
pub use bundles::{Bundles, Deployment};
pub use change::Outcome;
pub use deletion::{Deleted, Deletion};
pub use error::{Error, PolicyUse};
pub use keeper::{Keeper, Notice};
pub use lookup::check_match;
pub use opening::Store;
pub use placing::user_of;
pub use preview::Preview;
pub use scope::{Role, Scope, Writes, check_no_bundle};
pub use terms::{Terms, VERSIONS};
pub use transaction::Transaction;
