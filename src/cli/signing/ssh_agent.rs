//! The talk with an ssh-agent: the list of its keys, and a signature of one of them.

use std::io::{self, ErrorKind, Read as _, Write as _};
use std::os::unix::net::UnixStream;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use credctl::signature::{SignerKey, SigningFailed, SigningKey, SshSignature, signed_data};

use crate::cli::agent::connect;
use crate::cli::context::TouchNotice;

const FAILURE: u8 = 5;
const LIST: u8 = 11;
const LISTED: u8 = 12;
const SIGN: u8 = 13;
const SIGNED: u8 = 14;

/// The longest answer: agents themselves send at most 256 KiB.
const MAX_ANSWER: usize = 256 * 1024;
/// The most keys that are looked at.
const MAX_KEYS: usize = 1024;
/// The time in which an agent lists its keys, from the connection to the last byte.
const PATIENCE: Duration = Duration::from_secs(3);
/// The time in which somebody confirms a signature or touches a security key.
const TOUCH: Duration = Duration::from_secs(60);

/// A key that an ssh-agent has.
#[derive(Debug, Clone)]
pub struct AgentKey {
    socket: PathBuf,
    public: SignerKey,
    /// The notice for the operator, who has to touch a security key.
    touch: Option<TouchNotice>,
}

/// The reasons why an ssh-agent does not sign.
#[derive(Debug, thiserror::Error)]
enum AgentProblem {
    #[error("the ssh-agent refused")]
    Refused,
    #[error("the ssh-agent did not answer in time")]
    Late,
    #[error("the answer of the ssh-agent is malformed")]
    Malformed,
    #[error("the ssh-agent cannot be reached: {0}")]
    Unreachable(#[source] io::Error),
}

impl AgentKey {
    /// Lists the keys of an agent that can sign a vault. An agent that cannot be reached has none. `touch` tells the
    /// operator that a security key waits.
    pub fn list(socket: &Path, touch: Option<TouchNotice>) -> Vec<Self> {
        let Ok(answer) = ask(socket, &[LIST], PATIENCE) else { return Vec::new() };
        let keys = listed(&answer).unwrap_or_default();
        keys.into_iter().map(|public| Self { socket: socket.to_owned(), public, touch }).collect()
    }

    /// Returns the public key.
    pub fn key(&self) -> &SignerKey {
        &self.public
    }

    fn signature(&self, message: &[u8]) -> Result<SshSignature, AgentProblem> {
        let mut request = vec![SIGN];
        put(&mut request, &self.public.to_bytes());
        put(&mut request, &signed_data(message));
        request.extend_from_slice(&0_u32.to_be_bytes());
        if let Some(touch) = self.touch.filter(|_| self.public.is_hardware()) {
            touch.print("touch the security key to sign the change");
        }
        let answer = ask(&self.socket, &request, TOUCH)?;
        let (kind, mut rest) = answer.split_first().ok_or(AgentProblem::Malformed)?;
        match *kind {
            SIGNED => {}
            FAILURE => return Err(AgentProblem::Refused),
            _ => return Err(AgentProblem::Malformed),
        }
        let bytes = take(&mut rest).filter(|_| rest.is_empty()).ok_or(AgentProblem::Malformed)?;
        SshSignature::new(&self.public, bytes).map_err(|_| AgentProblem::Malformed)
    }
}

impl SigningKey for AgentKey {
    fn public(&self) -> &SignerKey {
        &self.public
    }

    fn sign(&self, message: &[u8]) -> Result<SshSignature, SigningFailed> {
        self.signature(message).map_err(|problem| SigningFailed {
            fingerprint: self.public.fingerprint(),
            reason: problem.into(),
        })
    }
}

/// A stream whose reads and writes end at one instant, however many there are.
struct TimedStream {
    stream: UnixStream,
    until: Instant,
}

impl TimedStream {
    /// Returns the time that is left.
    fn left(&self) -> io::Result<Option<Duration>> {
        let left = self.until.saturating_duration_since(Instant::now());
        if left.is_zero() { Err(ErrorKind::TimedOut.into()) } else { Ok(Some(left)) }
    }
}

impl io::Read for TimedStream {
    fn read(&mut self, bytes: &mut [u8]) -> io::Result<usize> {
        self.stream.set_read_timeout(self.left()?)?;
        self.stream.read(bytes)
    }
}

impl io::Write for TimedStream {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.stream.set_write_timeout(self.left()?)?;
        self.stream.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.stream.flush()
    }
}

/// Sends a request, and returns the answer without its length.
fn ask(socket: &Path, request: &[u8], patience: Duration) -> Result<Vec<u8>, AgentProblem> {
    let failed = |error: io::Error| match error.kind() {
        ErrorKind::WouldBlock | ErrorKind::TimedOut => AgentProblem::Late,
        ErrorKind::InvalidData => AgentProblem::Malformed,
        _ => AgentProblem::Unreachable(error),
    };
    // one instant for the whole exchange: an agent may send a byte each second
    let until = Instant::now() + patience;
    let stream = connect(socket).map_err(AgentProblem::Unreachable)?;
    exchange(TimedStream { stream, until }, request).map_err(failed)
}

fn exchange(mut stream: TimedStream, request: &[u8]) -> io::Result<Vec<u8>> {
    let mut message = Vec::new();
    put(&mut message, request);
    stream.write_all(&message)?;
    let mut length = [0; 4];
    stream.read_exact(&mut length)?;
    let length = u32::from_be_bytes(length) as usize;
    if length == 0 || length > MAX_ANSWER {
        return Err(ErrorKind::InvalidData.into());
    }
    let mut answer = vec![0; length];
    stream.read_exact(&mut answer)?;
    Ok(answer)
}

/// Reads the keys of an answer, without those of other kinds.
fn listed(answer: &[u8]) -> Option<Vec<SignerKey>> {
    let (kind, rest) = answer.split_first()?;
    let (count, mut rest) = rest.split_first_chunk::<4>()?;
    if *kind != LISTED {
        return None;
    }
    let mut keys = Vec::new();
    for _ in 0..(u32::from_be_bytes(*count) as usize).min(MAX_KEYS) {
        let (key, _comment) = (take(&mut rest)?, take(&mut rest)?);
        keys.extend(SignerKey::from_bytes(key));
    }
    Some(keys)
}

/// Appends a text with its length.
fn put(message: &mut Vec<u8>, bytes: &[u8]) {
    // what is sent is far shorter than a u32 can say
    message.extend_from_slice(&u32::try_from(bytes.len()).unwrap_or(u32::MAX).to_be_bytes());
    message.extend_from_slice(bytes);
}

/// Takes a text with its length from the front.
fn take<'a>(rest: &mut &'a [u8]) -> Option<&'a [u8]> {
    let (length, following) = rest.split_first_chunk::<4>()?;
    let (text, after) = following.split_at_checked(u32::from_be_bytes(*length) as usize)?;
    *rest = after;
    Some(text)
}

#[cfg(test)]
mod tests {
    use std::os::unix::net::UnixListener;

    use super::*;

    const KEY: &str = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIEf6jTbPyrPZ2oGzaLoUnOAiuoyCnJ2uLw0YAk2MyCpe";

    /// Answers each request with these bytes, from the length on.
    fn agent(answers: Vec<Vec<u8>>) -> (tempfile::TempDir, PathBuf) {
        let folder = tempfile::tempdir().unwrap();
        let socket = folder.path().join("agent");
        let listener = UnixListener::bind(&socket).unwrap();
        std::thread::spawn(move || {
            for answer in answers {
                let (mut stream, _) = listener.accept().unwrap();
                let mut request = [0; 5];
                let _ = stream.read(&mut request);
                let _ = stream.write_all(&answer);
            }
        });
        (folder, socket)
    }

    fn message(content: &[u8]) -> Vec<u8> {
        let mut message = Vec::new();
        put(&mut message, content);
        message
    }

    #[test]
    fn keys_of_other_kinds_are_passed_over() {
        let key = SignerKey::parse(KEY).unwrap().0;
        let mut answer = vec![LISTED, 0, 0, 0, 2];
        for (bytes, comment) in [(b"\0\0\0\x07ssh-rsa".to_vec(), "a"), (key.to_bytes(), "b")] {
            put(&mut answer, &bytes);
            put(&mut answer, comment.as_bytes());
        }
        let (_folder, socket) = agent(vec![message(&answer)]);
        let keys: Vec<_> = AgentKey::list(&socket, None).into_iter().map(|key| key.public).collect();
        assert_eq!(keys, [key]);
    }

    #[test]
    fn an_agent_that_answers_nonsense_has_no_keys_and_signs_nothing() {
        let nonsense = [
            vec![],
            vec![0; 4],
            u32::MAX.to_be_bytes().to_vec(),
            message(&[FAILURE]),
            message(&[LISTED]),
            message(&[LISTED, 0xff, 0xff, 0xff, 0xff]),
            message(&[LISTED, 0, 0, 0, 1, 0xff, 0xff, 0xff, 0xff, 1]),
            message(&[SIGNED, 0, 0, 0, 9, 1]),
            message(&[SIGNED, 0, 0, 0, 0]),
            message(&[SIGNED, 0, 0, 0, 1, 1, 2]),
        ];
        let public = SignerKey::parse(KEY).unwrap().0;
        for answer in nonsense {
            let (_folder, socket) = agent(vec![answer.clone(), answer.clone()]);
            assert!(AgentKey::list(&socket, None).is_empty(), "{answer:?}");
            let key = AgentKey { socket, public: public.clone(), touch: None };
            assert!(key.sign(b"message").is_err(), "{answer:?}");
        }
        assert!(AgentKey::list(Path::new("/nowhere/agent"), None).is_empty());
    }

    #[test]
    fn an_agent_that_sends_a_byte_at_a_time_has_no_more_time_than_another() {
        let folder = tempfile::tempdir().unwrap();
        let socket = folder.path().join("agent");
        let listener = UnixListener::bind(&socket).unwrap();
        std::thread::spawn(move || {
            let (mut stream, _) = listener.accept().unwrap();
            let answer = message(&vec![LISTED; 1000]);
            // each byte comes long before a timeout of its own
            for byte in answer {
                std::thread::sleep(Duration::from_millis(20));
                if stream.write_all(&[byte]).is_err() {
                    break;
                }
            }
        });
        let begun = Instant::now();
        let result = ask(&socket, &[LIST], Duration::from_millis(300));
        assert!(matches!(result, Err(AgentProblem::Late)), "{result:?}");
        assert!(begun.elapsed() < Duration::from_secs(10));
    }
}
