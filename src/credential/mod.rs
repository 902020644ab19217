//! One credential, valid from the moment it exists.
//!
//! A [`Draft`] holds what somebody asks for. A [`Verb`] says how it is combined with what is stored. The gate
//! makes a [`Credential`] of the result, or tells everything that is wrong with it.
//!
//! The gate makes a credential of a draft, or returns every error in it:
//!
//! ```
//! use chrono::DateTime;
//! use credctl::credential::{Act, Change, ChangeError, Draft, Rules, change};
//! use credctl::kind::{self, rule::account::PasswordPolicy};
//! use credctl::value::{Object, Value};
//! use uuid::Uuid;
//!
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let login = kind::find("login").ok_or("the catalogue has logins")?.kind;
//! let act = Act { now: DateTime::UNIX_EPOCH, actor: Uuid::nil(), actor_name: None, project: "admin".to_owned() };
//! let policy = PasswordPolicy::default();
//! let rules = Rules { password: &policy };
//!
//! let members = Object::from_iter([
//!     ("id", Value::text("db")),
//!     ("username", Value::text("app")),
//!     ("password", Value::text("hunter2")),
//! ]);
//! let draft = Draft::from_members(login, members);
//! let credential = change(&Change::Create(login), draft, &act, &rules)?.credential;
//!
//! assert_eq!(credential.id(), "db");
//! let public = credential.public_fields();
//! assert_eq!(public.get("username"), Some(&Value::text("app")));
//! assert_eq!(public.get("password"), None);
//! assert_eq!(credential.secret_names(), ["password"]);
//! assert!(!format!("{credential:?}").contains("hunter2"));
//!
//! // without its password it is none
//! let members = Object::from_iter([("username", Value::text("app"))]);
//! let refused = change(&Change::Create(login), Draft::from_members(login, members), &act, &rules);
//! assert!(matches!(refused, Err(ChangeError::Invalid(_))));
//! # Ok(())
//! # }
//! ```

mod access;
mod act;
mod attaching;
mod attachment;
mod change;
mod combine;
mod counters;
mod difference;
mod draft;
mod envelope;
mod gate;
mod grant;
mod head;
mod headline;
mod held;
mod judge;
mod member;
mod named_list;
mod own;
mod own_fields;
mod path;
mod rotation;
mod scalar;
mod seeds;
mod stamp;
mod touched;
mod transfer;
mod variables;
mod verb;
mod verify;
mod view;
mod violation;
mod whole;

pub use act::{ADMIN, Act};
pub use attachment::{Attachment, AttachmentContent, MAX_ATTACHMENTS, MAX_INLINE};
pub use change::{change, set_password, still_there};
pub use counters::KeptCounter;
pub use difference::{FieldChange, Part, differences};
pub use draft::{Draft, Target, Withheld};
pub use envelope::MEMBERS;
pub use gate::Rules;
pub use grant::{Grant, Grantee, GranteeKind};
pub use head::{Envelope, Head, LOGIN, Label, State, label_values};
pub use held::SecretEntry;
pub(crate) use held::has_secrets;
pub(crate) use judge::normalised;
pub use member::EnvelopeMember;
pub use own::{OwnField, own_item};
pub use path::FieldPath;
pub use scalar::Scalar;
pub use seeds::{SEED_NAMES, is_seed_name};
pub(crate) use stamp::MAX_COUNT;
pub use stamp::Stamp;
pub(crate) use transfer::united;
pub use transfer::{Provenance, adopt, copied, moved, renamed, restore};
pub use verb::{Change, ChangeError, Changed, Verb};
pub use verify::{Claim, Refusal};
pub use violation::{Violation, Violations};
pub use whole::Credential;
