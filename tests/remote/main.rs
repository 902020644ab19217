//! The tests of the helpers for storage that many machines share, against servers on this machine.
//!
//! | file | its tests |
//! |---|---|
//! | `git/` | the helper for git repositories: conditions, races, lost answers, attacks |
//! | `openbao/` | the helper for OpenBao, with a server in memory |
//! | `objects/` | the helper for object storage, with servers that honour conditions and one that ignores them |
//! | `program/` | the program itself: faults of the network, many writers, and secrets where they must not be |
//! | `conformance.rs` | the protocol, with any helper: `CREDCTL_TEST_HELPER` names its program, `CREDCTL_TEST_ADDRESS` an object that does not exist |
//! | `harness.rs` | a helper as a program starts it, and the tests that every engine passes |
//!
//! A test whose server is not installed says so and passes.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]
#![expect(clippy::disallowed_methods, reason = "tests start programs and read their variables")]

mod conformance;
#[cfg(feature = "remote-git")]
mod git;
#[cfg(any(feature = "remote-git", feature = "remote-openbao"))]
mod harness;
#[cfg(feature = "remote-s3")]
mod objects;
#[cfg(feature = "remote-openbao")]
mod openbao;
#[cfg(all(feature = "cli", feature = "remote"))]
mod program;
mod recorded;
