//! The files in memory: without a name on any disk, for their owner only, and never changed.

use rustix::fd::OwnedFd;
#[cfg(target_os = "linux")]
use rustix::fs::{MemfdFlags, Mode, SealFlags, SeekFrom, fchmod, fcntl_add_seals, memfd_create, seek};
#[cfg(target_os = "linux")]
use rustix::io::{Errno, retry_on_intr, write};

use crate::cli::error::{Error, Failure};

/// Creates a file in memory with this content, at its beginning. Programs inherit the file.
#[cfg(target_os = "linux")]
pub fn in_memory(content: &[u8]) -> Result<OwnedFd, Error> {
    let failed = |errno: Errno| Error::new(Failure::Io, "cannot make a file in memory").because(errno);
    let file = memfd_create("credctl", MemfdFlags::ALLOW_SEALING).map_err(failed)?;
    // files in memory begin with a mode that ssh and others refuse for a key
    fchmod(&file, Mode::RUSR | Mode::WUSR).map_err(failed)?;
    let mut rest = content;
    while !rest.is_empty() {
        let written = retry_on_intr(|| write(&file, rest)).map_err(failed)?;
        rest = &rest[written..];
    }
    seek(&file, SeekFrom::Start(0)).map_err(failed)?;
    let seals = SealFlags::WRITE | SealFlags::GROW | SealFlags::SHRINK | SealFlags::SEAL;
    fcntl_add_seals(&file, seals).map_err(failed)?;
    Ok(file)
}

/// Refuses: this system has no files without a name, and a secret must not lie on a disk.
#[cfg(not(target_os = "linux"))]
pub fn in_memory(_: &[u8]) -> Result<OwnedFd, Error> {
    let text = "files in memory exist only on Linux; pass the secret as a variable or on stdin";
    Err(Error::new(Failure::Usage, text))
}
