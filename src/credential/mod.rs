//! One credential, valid from the moment it exists.
//!
//! A [`Draft`] is what somebody asks for; [`Verb`] says how it meets what is stored; the gate makes
//! a [`Credential`] of the result or tells everything that is wrong with it.

mod access;
mod act;
mod change;
mod combine;
mod draft;
mod gate;
mod grant;
mod head;
mod held;
mod judge;
mod labels;
mod removed;
mod stamp;
mod transfer;
mod verb;
mod verify;
mod view;
mod violation;
mod whole;

pub use act::{ADMIN, Act};
pub use change::{change, set_password, still_there};
pub use draft::{Draft, Target, Withheld};
pub use gate::Rules;
pub use grant::{Grant, Grantee, GranteeKind};
pub use head::{Envelope, Head, Label, State, label_values};
pub use held::Held;
pub(crate) use judge::normalised;
pub(crate) use stamp::MAX_COUNT;
pub use stamp::Stamp;
pub use transfer::{Made, adopt, moved, restore};
pub use verb::{Change, ChangeError, Changed, Verb};
pub use verify::{Claim, Refusal};
pub use violation::{Violation, Violations};
pub use whole::Credential;
