//! credctl
pub mod credential;
pub mod dialect;
pub mod kind;
pub mod secret;
pub mod value;
pub mod vault;
