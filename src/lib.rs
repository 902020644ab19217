//! credctl
pub mod credential;
pub mod dialect;
pub mod kind;
pub mod query;
pub mod secret;
pub mod value;
pub mod vault;
