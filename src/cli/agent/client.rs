//! The talk with the agent: one request, one answer, and no waiting for an agent that hangs.

use std::io::{self, ErrorKind, Read as _, Write as _};
use std::os::unix::net::UnixStream;
use std::thread::sleep;
use std::time::{Duration, Instant};

use credctl::disk::RunFolder;

use super::message::{AgentAnswer, Request, WORKING};
use super::place::{LIVE, SOCKET};
use super::socket::{PATIENCE, Peer, connect};
use super::wire::read_message;

/// The words for an agent that does not answer.
pub const SILENT: &str = "the agent does not answer";

/// Returns the command that ends an agent which does not answer.
pub fn ending(process: i32) -> String {
    format!("kill -9 {process}")
}

/// The longest time that an agent may work on an answer.
const LONGEST: Duration = Duration::from_secs(60);

/// The reasons for a missing answer.
#[derive(Debug, Clone)]
pub enum Trouble {
    /// There is no agent.
    Absent,
    /// The agent does not answer. Its process, where that is known.
    Silent(Option<i32>),
    /// Something is wrong with the agent or its place, in words.
    Refused(String),
}

/// Sends a request to the agent in a folder, and waits for its answer.
pub fn ask(folder: &RunFolder, request: &Request) -> Result<AgentAnswer, Trouble> {
    let stream = connect(&folder.socket(SOCKET)).map_err(|error| match error.kind() {
        ErrorKind::NotFound | ErrorKind::ConnectionRefused => Trouble::Absent,
        // the queue of the socket is full
        ErrorKind::WouldBlock => Trouble::Silent(None),
        _ => refused(folder, &format!("cannot be reached: {error}")),
    })?;
    let peer = Peer::of(&stream).ok_or_else(|| refused(folder, "belongs to an unknown user"))?;
    if !peer.is_ours() {
        return Err(refused(folder, &format!("is that of another user (uid {})", peer.user)));
    }
    let answer =
        exchange(stream, request).map_err(|error| match error.kind() {
            // a timeout of a socket
            ErrorKind::WouldBlock | ErrorKind::TimedOut => Trouble::Silent(Some(peer.process)),
            ErrorKind::UnexpectedEof | ErrorKind::BrokenPipe | ErrorKind::ConnectionReset => {
                if is_alive(folder) { Trouble::Silent(Some(peer.process)) } else { Trouble::Absent }
            }
            _ => refused(folder, "does not speak the protocol of the agent"),
        })?;
    match answer {
        AgentAnswer::OtherVersion => Err(Trouble::Refused(format!(
            "the agent is of another version of credctl; `kill {}` ends it",
            peer.process
        ))),
        answer => Ok(answer),
    }
}

/// Returns true unless the agent has ended, or ends just now.
fn is_alive(folder: &RunFolder) -> bool {
    (0..20).all(|_| {
        let is_alive = folder.is_locked(LIVE).unwrap_or(false);
        if is_alive {
            sleep(Duration::from_millis(10));
        }
        is_alive
    })
}

fn refused(folder: &RunFolder, what: &str) -> Trouble {
    Trouble::Refused(format!("the agent at `{}` {what}", folder.path().join(SOCKET).display()))
}

fn exchange(mut stream: UnixStream, request: &Request) -> io::Result<AgentAnswer> {
    stream.set_read_timeout(Some(PATIENCE))?;
    stream.set_write_timeout(Some(PATIENCE))?;
    let begun = Instant::now();
    stream.write_all(&request.bytes())?;
    let mut kind = [WORKING];
    while kind[0] == WORKING {
        if begun.elapsed() > LONGEST {
            return Err(ErrorKind::TimedOut.into());
        }
        stream.read_exact(&mut kind)?;
    }
    let message = read_message(&mut stream)?;
    AgentAnswer::read(kind[0], &message).ok_or_else(|| ErrorKind::InvalidData.into())
}
