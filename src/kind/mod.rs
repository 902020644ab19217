//! The catalogue of types: what exists, which fields each has, and what each field must be like.
//!
//! Validation, prompts, help, completion and documentation read these tables; nothing repeats them.

mod catalogue;
mod cloud;
mod common;
mod connector;
mod definition;
mod env;
mod envelope;
mod fact;
mod field;
mod headline;
mod keystore;
mod known;
mod login;
mod network;
mod otp;
pub mod own;
pub mod rule;
mod system;
mod variables;

pub use catalogue::{KINDS, Named, by_frequency, find};
pub use common::CUSTOM;
pub use definition::{Content, Kind, Prefixed, TypeOrigin};
pub use env::VARIABLES;
pub use envelope::ENVELOPE;
pub use fact::{FactSource, FieldNotice};
pub use field::{Class, DefaultValue, Field, Generation, KeyStoreShape, Secrecy, Shape};
pub use headline::Headline;
pub use keystore::{ENTRIES, entry_name};
pub use known::KnownTypes;
pub(crate) use known::{documented, recorded};
pub use login::{LOGIN_TYPE, NOTES, TOTP, URL};
pub use system::System;
