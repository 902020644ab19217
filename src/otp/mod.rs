//! One-time passwords: seeds as other programs write them, and the codes that a seed gives.
//!
//! Must not know credentials, and reads no clock: the instant comes in as a number of seconds.

mod algorithm;
mod base32;
mod error;
mod parameters;
mod password;
mod uri;
mod write;

pub use algorithm::Algorithm;
pub use base32::encode as base32;
pub use error::SeedError;
pub use parameters::OtpParameters;
pub use password::{CodeForm, Moving, OneTimePassword};
pub use uri::{holds_seed, is_address, is_migration, with_counter};
