//! The process of the agent: nothing of the one that started it, and nothing that others could look into.

use std::io;
use std::os::fd::OwnedFd;
use std::os::unix::net::UnixStream;
use std::sync::Arc;

use rustix::fs::{Mode, OFlags};
use rustix::process::{Resource, Rlimit, setrlimit};
use signal_hook::consts::{SIGHUP, SIGINT, SIGQUIT, SIGTERM};

use crate::cli::harden;

/// Leaves the session, the terminal and the folder of the caller. Forbids core dumps for good.
pub fn detach() -> io::Result<()> {
    harden::memory();
    let _ = setrlimit(Resource::Core, Rlimit { current: Some(0), maximum: Some(0) });
    // fails for the leader of a session, which systemd starts
    let _ = rustix::process::setsid();
    rustix::process::chdir("/")?;
    // the operator may close the terminal
    signal_hook::flag::register(SIGHUP, Arc::default())?;
    Ok(())
}

/// Makes what this process makes from now on private.
pub fn make_private() {
    rustix::process::umask(Mode::RWXG | Mode::RWXO);
}

/// Lets go of the standard streams, once the caller has been told that the agent is ready.
pub fn silence() -> io::Result<()> {
    let null: OwnedFd = rustix::fs::open("/dev/null", OFlags::RDWR | OFlags::CLOEXEC, Mode::empty())?;
    rustix::stdio::dup2_stdin(&null)?;
    rustix::stdio::dup2_stdout(&null)?;
    rustix::stdio::dup2_stderr(&null)?;
    Ok(())
}

/// Returns a stream that becomes readable once a signal came that ends a process.
pub fn signals() -> io::Result<UnixStream> {
    let (ended, write) = UnixStream::pair()?;
    for signal in [SIGINT, SIGQUIT, SIGTERM] {
        signal_hook::low_level::pipe::register(signal, write.try_clone()?)?;
    }
    Ok(ended)
}
