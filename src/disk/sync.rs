//! The wait until the disk has what was written.

use std::io;
use std::os::fd::AsFd;

/// Waits until the disk has what was written. Called once and never again after a failure: the system forgets
/// the bytes that it could not write and calls the next sync a success. An interruption is a failure.
pub(super) fn sync(fd: impl AsFd) -> io::Result<()> {
    #[cfg(target_vendor = "apple")]
    rustix::fs::fcntl_fullfsync(fd)?;
    #[cfg(not(target_vendor = "apple"))]
    rustix::fs::fsync(fd)?;
    Ok(())
}
