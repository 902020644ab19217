//! The agent: a process that holds keys after `credctl unlock`, so that nothing is typed again. It gives out
//! the key of one file at a time; passphrases and identities never leave it.

mod client;
mod holder;
mod message;
mod name;
mod place;
#[cfg(target_os = "linux")]
mod server;
mod socket;
mod start;
mod state;
mod wire;

pub use client::{SILENT, Trouble, ending};
pub use holder::Agent;
pub use message::{Addition, Left, Material};
pub use name::KeyName;
pub use socket::connect;
pub use start::{SERVE, add, forget, lock, serve};
pub use state::{AgentState, held, holder, state};
