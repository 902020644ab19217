//! The helper for object storage.
//!
//! | file | its tests |
//! |---|---|
//! | `storage.rs` | the object, against servers on this machine |
//! | `azure.rs` | the same, against a server with the interface of Azure |
//! | `races.rs` | several processes that change one object |
//! | `faults.rs` | a network that loses answers |
//! | `settings.rs` | addresses, credentials and profiles; what the helper prints |
//! | `server.rs`, `network.rs` | the servers, and the network before them |

mod azure;
mod faults;
pub mod network;
mod races;
pub mod server;
mod settings;
mod storage;
