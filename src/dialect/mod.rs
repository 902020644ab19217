//! The documents of other systems, one file for each system: their meaning here, and the form of ours there.
//!
//! A reader takes a document apart into a [`Body`]: a type, an id, and members under names that the
//! catalogue knows. It judges nothing; the gate does. A writer shows a credential exactly as that
//! system would, and a secret only where revealing was asked for.

mod apinizer;
mod aspire;
mod astra;
mod body;
mod citrix;
mod native;
mod network_controller;
mod reading;
mod systems;
mod version;
mod view;

pub use apinizer::access as apinizer_access;
pub(crate) use aspire::{is_own as aspire_is_own, item as aspire_item};
pub(crate) use astra::{CONNECTOR_TYPE as ASTRA_CONNECTOR_TYPE, ID as ASTRA_ID, TYPE as ASTRA_TYPE};
pub use body::Body;
pub(crate) use native::WITHHELD;
pub(crate) use network_controller::body as network_controller_body;
pub use systems::{Dialect, credential_type};
pub use version::ApiVersion;
pub use view::{ListPage, View};
