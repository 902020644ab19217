//! credctl
pub mod credential;
pub mod kind;
pub mod secret;
pub mod value;
pub mod vault;
