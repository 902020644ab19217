//! Documents of all kinds: our own, and those of other systems, each of which has a file in `system/`.
//!
//! A reader takes a document apart into a [`Body`]: a type, an id, and members under names that the
//! catalogue knows. It judges nothing; the gate does. A [`ViewSettings`] says how a credential is to be shown.

mod body;
mod choice;
mod native;
mod reading;
mod version;
mod view;

pub use body::Body;
pub use choice::Dialect;
pub(crate) use native::{WITHHELD, read as read_native};
pub(crate) use reading::{drop_echo, named, take_text, unknown};
pub use version::ApiVersion;
pub use view::{ListPage, ViewSettings};
