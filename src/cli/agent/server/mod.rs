//! The agent itself: a process that holds keys, and gives out the key of one file at a time.

mod activation;
mod clock;
mod connection;
mod held;
mod keyring;
mod memory;
mod process;
mod serve;
mod timer;

pub use serve::serve;
