//! The socket of the agent: connecting without waiting for ever, and the user at the other end, who must be
//! this one.

use std::io;
use std::os::fd::AsFd;
use std::os::unix::net::UnixStream;
use std::path::Path;
use std::time::Duration;

/// The time in which the other end must do its next step.
pub const PATIENCE: Duration = Duration::from_secs(2);

/// The process at the other end of a socket.
#[derive(Debug, Clone, Copy)]
pub struct Peer {
    pub process: i32,
    pub user: u32,
}

impl Peer {
    /// Returns the process at the other end: for a client the one that listens. `None` if the system has no
    /// safe way to tell.
    #[cfg(target_os = "linux")]
    pub fn of(socket: impl AsFd) -> Option<Self> {
        let found = rustix::net::sockopt::socket_peercred(socket).ok()?;
        Some(Self { process: found.pid.as_raw_nonzero().get(), user: found.uid.as_raw() })
    }

    #[cfg(not(target_os = "linux"))]
    pub fn of(_: impl AsFd) -> Option<Self> {
        None
    }

    /// Returns true if the process belongs to this user.
    pub fn is_ours(self) -> bool {
        self.user == rustix::process::geteuid().as_raw()
    }
}

/// Connects to a socket. A queue that is full is an error at once, because nobody takes from it.
#[cfg(target_os = "linux")]
pub fn connect(path: &Path) -> io::Result<UnixStream> {
    use rustix::net::{AddressFamily, SocketAddrUnix, SocketFlags, SocketType};

    let flags = SocketFlags::CLOEXEC | SocketFlags::NONBLOCK;
    let socket = rustix::net::socket_with(AddressFamily::UNIX, SocketType::STREAM, flags, None)?;
    rustix::net::connect(&socket, &SocketAddrUnix::new(path)?)?;
    let stream = UnixStream::from(socket);
    stream.set_nonblocking(false)?;
    Ok(stream)
}

#[cfg(not(target_os = "linux"))]
pub fn connect(path: &Path) -> io::Result<UnixStream> {
    UnixStream::connect(path)
}
