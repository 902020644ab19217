//! The life of the agent: it accepts clients until it holds nothing any more.

use std::fs::File;
use std::io;
use std::os::fd::AsFd;
use std::os::unix::net::{UnixListener, UnixStream};
use std::path::Path;
use std::sync::{Arc, Weak};
use std::thread;
use std::time::{Duration, Instant};

use credctl::disk::{FileError, RunFolder};
use rustix::event::{PollFd, PollFlags, poll};
use rustix::io::Errno;
use rustix::time::Timespec;

use super::clock::BootClock;
use super::connection::Connection;
use super::keyring::Keyring;
use super::timer::Timer;
use super::{activation, process};
use crate::cli::agent::place::{LIVE, SOCKET};
use crate::cli::agent::socket::Peer;
use crate::cli::error::{Error, Failure};
use crate::cli::output;

/// The time that an agent without keys waits for the first one.
const GRACE: Duration = Duration::from_secs(10);
/// The time between two signs of life to a client that waits.
const BEAT: Duration = Duration::from_millis(500);
/// The time between two looks at the folder, which goes at a logout.
const LOOK: Duration = Duration::from_secs(60);
/// The time between two looks for room while there are too many clients.
const BREATH: Duration = Duration::from_millis(10);
/// The most clients at a time.
const CLIENTS: usize = 64;

/// Runs the agent in its folder until it holds no key any more, or until a signal ends it. Returns at once if
/// another agent lives there.
pub fn serve(path: &Path) -> Result<(), Error> {
    let failed = |error: io::Error| Error::new(Failure::Io, "the agent cannot start").because(error);
    let given = activation::listener();
    let folder = RunFolder::make(path)?;
    let Some(live) = take_over(&folder)? else { return output::bytes(b"\n") };
    let is_own = given.is_none();
    let listener = match given {
        Some(listener) => listener,
        None => bind(&folder)?,
    };
    process::detach().map_err(failed)?;
    let server = Server::new(listener).map_err(failed)?;
    // the caller waits for this
    output::bytes(b"\n")?;
    process::silence().map_err(failed)?;
    let served = server.run(&folder, &live);
    server.keyring.lock(None, &[]);
    if is_own && folder.has(LIVE, &live) {
        folder.remove_socket(SOCKET)?;
    }
    served.map_err(failed)
}

/// Takes the lock that says that this agent lives. A client that looks at it holds it for a moment.
fn take_over(folder: &RunFolder) -> Result<Option<File>, FileError> {
    for _ in 0..20 {
        if let Some(live) = folder.lock(LIVE)? {
            return Ok(Some(live));
        }
        thread::sleep(Duration::from_millis(10));
    }
    Ok(None)
}

fn bind(folder: &RunFolder) -> Result<UnixListener, Error> {
    // an agent that was killed left it behind
    process::make_private();
    folder.remove_socket(SOCKET)?;
    UnixListener::bind(folder.socket(SOCKET))
        .map_err(|error| Error::new(Failure::Io, "the socket of the agent cannot be made").because(error))
}

/// The agent at work.
struct Server {
    listener: UnixListener,
    keyring: Arc<Keyring>,
    signals: UnixStream,
    timer: Timer,
    /// A pair of sockets, by which clients' threads wake the agent.
    wakes: (UnixStream, Arc<UnixStream>),
}

impl Server {
    fn new(listener: UnixListener) -> io::Result<Self> {
        listener.set_nonblocking(true)?;
        let (wake, woken) = UnixStream::pair()?;
        woken.set_nonblocking(true)?;
        wake.set_nonblocking(true)?;
        Ok(Self {
            listener,
            keyring: Arc::new(Keyring::new(Box::new(BootClock))),
            signals: process::signals()?,
            timer: Timer::new()?,
            wakes: (woken, Arc::new(wake)),
        })
    }

    fn run(&self, folder: &RunFolder, live: &File) -> io::Result<()> {
        let begun = Instant::now();
        let mut had_keys = false;
        let mut clients: Vec<Weak<Connection>> = Vec::new();
        let mut beat = Instant::now();
        loop {
            clients.retain(|client| client.strong_count() > 0);
            let is_full = clients.len() >= CLIENTS;
            let next = self.keyring.next_end();
            had_keys |= next.is_some();
            if clients.is_empty() && next.is_none() && (had_keys || begun.elapsed() > GRACE) {
                return Ok(());
            }
            if let Some(next) = next {
                self.timer.set(next)?;
            }
            let patience = match (clients.is_empty(), had_keys) {
                // who comes next waits in the queue of the socket
                _ if is_full => BREATH,
                (false, _) => BEAT,
                (true, true) => LOOK,
                (true, false) => GRACE,
            };
            let came = self.wait(patience, !is_full)?;
            if came.signal || !folder.has(LIVE, live) {
                return Ok(());
            }
            if came.client {
                self.accept(&mut clients);
            }
            if beat.elapsed() >= BEAT {
                beat = Instant::now();
                clients.iter().filter_map(Weak::upgrade).for_each(|client| client.beat());
            }
        }
    }

    /// Waits until something happens. A client that comes counts only while there is room.
    fn wait(&self, patience: Duration, has_room: bool) -> io::Result<WaitResult> {
        let of = |fd| PollFd::from_borrowed_fd(fd, PollFlags::IN);
        let fds = [self.listener.as_fd(), self.signals.as_fd(), self.timer.as_fd(), self.wakes.0.as_fd()];
        let mut fds = fds.map(of);
        if !has_room {
            fds[0] = PollFd::from_borrowed_fd(self.listener.as_fd(), PollFlags::empty());
        }
        let patience = Timespec::try_from(patience).map_err(io::Error::other)?;
        match poll(&mut fds, Some(&patience)) {
            Ok(_) | Err(Errno::INTR) => {}
            Err(errno) => return Err(errno.into()),
        }
        let [client, signal, timer, wake] = fds.map(|fd| !fd.revents().is_empty());
        if timer {
            self.timer.clear();
        }
        if wake {
            let _ = rustix::io::read(&self.wakes.0, &mut [0; 64]);
        }
        Ok(WaitResult { client: client && has_room, signal })
    }

    fn accept(&self, clients: &mut Vec<Weak<Connection>>) {
        let Ok((stream, _)) = self.listener.accept() else { return };
        // others cannot reach the socket, unless somebody moved it to where they can
        if !Peer::of(&stream).is_some_and(Peer::is_ours) {
            return;
        }
        let connection = Arc::new(Connection::new(stream));
        clients.push(Arc::downgrade(&connection));
        let (keyring, wake) = (Arc::clone(&self.keyring), Arc::clone(&self.wakes.1));
        let serve = move || {
            let changes = connection.serve(&keyring);
            drop(connection);
            if changes.unwrap_or(true) {
                let _ = rustix::io::write(&*wake, &[0]);
            }
        };
        // without a thread the client learns by the end of its stream that there is no answer
        let _ = thread::Builder::new().spawn(serve);
    }
}

/// The result of a wait.
struct WaitResult {
    client: bool,
    signal: bool,
}
