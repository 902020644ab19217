//! The tests of the helpers for storage that many machines share, against servers on this machine.
//!
//! | file | its tests |
//! |---|---|
//! | `git/` | the helper for git repositories: conditions, races, lost answers, attacks |
//! | `openbao/` | the helper for OpenBao, with a server in memory |
//! | `harness.rs` | a helper as a program starts it, and the tests that every engine passes |
//!
//! A test whose server is not installed says so and passes.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]
#![expect(clippy::disallowed_methods, reason = "tests start programs and read their variables")]

#[cfg(feature = "remote-git")]
mod git;
#[cfg(any(feature = "remote-git", feature = "remote-openbao"))]
mod harness;
#[cfg(feature = "remote-openbao")]
mod openbao;
