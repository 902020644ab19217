//! The other systems, one file or folder for each: everything that credctl does in their way. That is how their
//! documents are recognised and taken apart, how they show a credential, a list, a change and an error, and the
//! documents that an export makes for them and an import takes from them.
//!
//! [`ForeignSystem`] is what a system has to say; most of it has a default. `list.rs` is the one place that knows
//! all systems. Nothing here judges a credential; the gate does.

mod apinizer;
mod aspire;
mod astra;
mod citrix;
mod foreign;
mod list;
mod network_controller;
#[cfg(feature = "formats")]
mod wrapped;

pub use foreign::{BulkAnswer, Evidence, ForeignSystem};
pub use network_controller::credential_type;
#[cfg(feature = "formats")]
pub use wrapped::Wrapped;
#[cfg(feature = "formats")]
pub(crate) use wrapped::{objects, residents, take_list};
