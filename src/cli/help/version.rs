//! The version of the program, in short and with the origin of the build. `build.rs` finds the origin.

/// The version.
pub const SHORT: &str = env!("CARGO_PKG_VERSION");

/// The version with the commit, its date and the target, as far as they are known.
pub const LONG: &str = concat!(env!("CARGO_PKG_VERSION"), " (", env!("CREDCTL_BUILD"), ")");
