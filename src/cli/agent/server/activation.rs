//! The socket that systemd hands over to a service.

use std::os::unix::net::UnixListener;

use rustix::net::sockopt::socket_acceptconn;
use rustix::process::{PidfdFlags, PidfdGetfdFlags, getpid, pidfd_getfd, pidfd_open};

use crate::cli::context;

/// The most clients that wait to be accepted.
const QUEUE: i32 = 128;
/// The descriptor of the first socket.
const FIRST: i32 = 3;

/// Returns the socket that systemd made for this process, if there is one. Must be called before this process
/// opens anything, which could get the same number.
pub fn listener() -> Option<UnixListener> {
    let number = |name| context::variable(name)?.ok()?.expose().parse::<u32>().ok();
    let own = u32::try_from(getpid().as_raw_nonzero().get()).ok();
    if number("LISTEN_PID") != own || number("LISTEN_FDS") != Some(1) {
        return None;
    }
    // a number alone gives no right to a descriptor, so the system is asked for another one to the same
    // socket
    let process = pidfd_open(getpid(), PidfdFlags::empty()).ok()?;
    let socket = pidfd_getfd(process, FIRST, PidfdGetfdFlags::empty()).ok()?;
    if !socket_acceptconn(&socket).ok()? {
        return None;
    }
    // clients see the process that called it last, which must not be the one that made the socket
    rustix::net::listen(&socket, QUEUE).ok()?;
    Some(UnixListener::from(socket))
}
