//! Typed credentials, and the one age-encrypted file that they are kept in: the domain of the program
//! `credctl`, without its words, screens and questions.
//!
//! The crate knows what each type of credential needs. A [`Credential`](credential::Credential) is valid
//! from the moment it exists, and every text in it is a [`Secret`](secret::Secret) that nothing shows by
//! accident. It reads no environment and no clock, asks nobody and prints nothing: who acts and when comes
//! in as an [`Act`](credential::Act), and only [`disk`] touches the disk.
//!
//! | room | what it owns |
//! |---|---|
//! | [`kind`] | the catalogue: which types exist, their fields, the rule of each field |
//! | [`credential`] | one credential: drafts, the ways to change it, the gate that judges the result |
//! | [`dialect`] | the documents of other systems, read and shown |
//! | [`disk`] | files: locations, locks, replacing one generation by the next |
//! | [`check`] | what is wrong in a whole vault |
//! | [`export`] | credentials as other programs read them |
//! | [`generate`] | secrets that nobody chose |
//! | [`import`] | credentials as other programs keep them |
//! | [`query`] | questions about many: filter, order, page, columns |
//! | [`vault`] | the collection, encrypted, and how it gets to disk |
//! | [`value`] | a tree of values as a document has it, strict JSON and YAML |
//! | [`text`] | text that people feed in: its encoding, its characters, slips in it |
//! | [`time`] | points in time, read and written |
//! | [`base64`] | bytes to text and back |
//! | [`secret`] | the only holder of sensitive text |
//!
//! # Example
//!
//! A draft becomes a credential, or everything that is wrong with it is told:
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
//! let act = Act { now: DateTime::UNIX_EPOCH, actor: Uuid::nil(), project: "admin".to_owned() };
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

pub mod base64;
pub mod check;
pub mod credential;
pub mod dialect;
pub mod disk;
pub mod export;
pub mod generate;
pub mod import;
pub mod kind;
pub mod query;
pub mod secret;
pub mod site;
pub mod text;
pub mod time;
pub mod value;
pub mod vault;
