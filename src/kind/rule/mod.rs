//! Rules that a text must satisfy, each a named constant in a file of its family.
//!
//! A rule never puts the text it judges into a message: that text may be a secret.

pub mod account;
#[cfg(test)]
mod assertions;
pub mod certificate;
pub mod cloud;
mod definition;
mod der;
pub mod document;
pub mod encoding;
mod fact;
mod key_form;
pub mod key_pair;
pub mod kubeconfig;
mod name;
mod named;
pub mod network;
pub mod number;
pub mod otp;
pub(crate) mod pem;
pub mod private_key;
pub mod subject;
pub mod text;
pub mod time;
pub mod url;
pub mod variable;
pub(crate) mod x509;

pub use definition::{Accepted, Rule, RuleCheck, TextForm};
pub use fact::{Fact, FactReader};
pub use named::{NAMED, named};
