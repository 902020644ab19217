//! The helpers of engines that many machines share, each against a real server on this machine.

#[cfg(feature = "remote-git")]
mod git;
#[cfg(feature = "remote-git")]
mod harness;
