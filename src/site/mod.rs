//! Sites: places that ask for a user name and a password, and the search for the credential that is meant for
//! one. A site is described by an address, as git, docker and ssh name it and as the field `url`, and the
//! tags `url` and `host`, hold it.
//!
//! This module compares addresses only. The caller decides what may be used, and by whom.

mod address;
mod login;
mod place;
mod search;
mod sites;
mod tags;

pub use login::Login;
pub use place::{Fit, Site};
pub use search::{Found, Search};
pub use sites::Sites;
pub(crate) use tags::{HOST, is_url};
pub use tags::{names, tag};
