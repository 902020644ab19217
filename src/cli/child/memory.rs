//! The files in memory: without a name on any disk, for their owner only, and never changed.

use std::io::{self, Write};

#[cfg(target_os = "linux")]
use credctl::secret::Batched;
use rustix::fd::OwnedFd;
#[cfg(target_os = "linux")]
use rustix::fs::{MemfdFlags, Mode, SealFlags, SeekFrom, fchmod, fcntl_add_seals, memfd_create, seek};
#[cfg(target_os = "linux")]
use rustix::io::Errno;

use crate::cli::error::{Error, Failure};

/// Creates a file in memory with the content that `write` writes, at its beginning. Programs inherit the file.
#[cfg(target_os = "linux")]
pub fn in_memory(write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> Result<OwnedFd, Error> {
    let failed = |errno: Errno| Error::new(Failure::Io, "cannot make a file in memory").because(errno);
    let file = memfd_create("credctl", MemfdFlags::ALLOW_SEALING).map_err(failed)?;
    // files in memory begin with a mode that ssh and others refuse for a key
    fchmod(&file, Mode::RUSR | Mode::WUSR).map_err(failed)?;
    let file = std::fs::File::from(file);
    let mut out = Batched::new(&file);
    write(&mut out)
        .and_then(|()| out.flush())
        .map_err(|error| Error::new(Failure::Io, "cannot make a file in memory").because(error))?;
    drop(out);
    let file = OwnedFd::from(file);
    seek(&file, SeekFrom::Start(0)).map_err(failed)?;
    let seals = SealFlags::WRITE | SealFlags::GROW | SealFlags::SHRINK | SealFlags::SEAL;
    fcntl_add_seals(&file, seals).map_err(failed)?;
    Ok(file)
}

/// Refuses: this system has no files without a name, and a secret must not lie on a disk.
#[cfg(not(target_os = "linux"))]
pub fn in_memory(_: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> Result<OwnedFd, Error> {
    let text = "files in memory exist only on Linux; pass the secret as a variable or on stdin";
    Err(Error::new(Failure::Usage, text))
}
