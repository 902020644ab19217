//! The end of a program: it writes requests, and trusts no reply before it has checked it.
//!
//! It has no clock. A program that waits for a limited time ends the helper, which ends the streams.

use std::io::{self, BufReader, ErrorKind, Read, Write};

use super::engine::{
    EngineFailure, Fetched, Probed, PutCondition, Ranged, RemoteObject, Stored, is_tag, shown,
};
use super::framing::{read_body, read_line, write_message};
use super::message::{BodyLength, FailureKind, Greeting, MAX_OBJECT, PROTOCOL, RemoteReply, RemoteRequest};

/// One object of an engine, behind a helper. After a reply that breaks the protocol, every request fails.
#[derive(Debug)]
pub struct RemoteClient<R, W> {
    input: BufReader<R>,
    output: W,
    program: String,
    ranges: bool,
    is_broken: bool,
}

impl<R: Read, W: Write> RemoteClient<R, W> {
    /// Reads the greeting of a helper from `input`, its standard output. Requests go to `output`, its standard
    /// input.
    ///
    /// # Errors
    ///
    /// If the helper ends, or speaks another protocol.
    pub fn start(input: R, output: W) -> Result<Self, EngineFailure> {
        let mut input = BufReader::new(input);
        let line = read_line(&mut input).map_err(|error| broken(&error))?.ok_or_else(ended)?;
        let greeting: Greeting = serde_json::from_str(&line).map_err(|_| misbehaved())?;
        if greeting.protocol != PROTOCOL {
            return Err(EngineFailure::new(
                FailureKind::Unsupported,
                &format!("the helper speaks version {} of the protocol, not {PROTOCOL}", greeting.protocol),
            ));
        }
        let program = shown(&greeting.program);
        Ok(Self { input, output, program, ranges: greeting.ranges, is_broken: false })
    }

    /// Returns the name of the helper and its version.
    pub fn program(&self) -> &str {
        &self.program
    }

    /// Writes a request. If that fails, the helper never had all of it.
    fn send(&mut self, request: &RemoteRequest, body: &[u8]) -> Result<(), EngineFailure> {
        if self.is_broken {
            return Err(EngineFailure::new(FailureKind::Internal, "the helper cannot be used any more"));
        }
        // until the reply is complete, there is no place in the stream to begin again
        self.is_broken = true;
        write_message(&mut self.output, request, body).map_err(|error| match error.kind() {
            ErrorKind::BrokenPipe => ended(),
            _ => broken(&error),
        })
    }

    /// Reads a reply and its body of at most `limit` bytes.
    fn receive(&mut self, limit: u64) -> Result<(RemoteReply, Vec<u8>), EngineFailure> {
        let line = read_line(&mut self.input).map_err(|error| broken(&error))?.ok_or_else(ended)?;
        let length = BodyLength::of(&line).filter(|length| *length <= limit).ok_or_else(misbehaved)?;
        let reply = serde_json::from_str(&line).map_err(|_| misbehaved())?;
        let announces = matches!(&reply, RemoteReply::Found { .. } | RemoteReply::Part { .. });
        if length > 0 && !announces {
            return Err(misbehaved());
        }
        Ok((reply, read_body(&mut self.input, length).map_err(|error| broken(&error))?))
    }

    /// Writes a request without a body, and reads its reply.
    fn ask(&mut self, request: &RemoteRequest, limit: u64) -> Result<(RemoteReply, Vec<u8>), EngineFailure> {
        self.send(request, b"")?;
        self.receive(limit)
    }

    /// Notes that the last reply was a complete and proper one.
    fn settled<T>(&mut self, answer: T) -> T {
        self.is_broken = false;
        answer
    }

    /// Returns the failure that a helper reports, if the reply is one.
    fn failure(&mut self, reply: RemoteReply) -> EngineFailure {
        match reply {
            RemoteReply::Failed { kind, text } => {
                self.is_broken = false;
                EngineFailure::new(kind, &text)
            }
            _ => misbehaved(),
        }
    }
}

impl<R: Read, W: Write> RemoteObject for RemoteClient<R, W> {
    fn get(&mut self, unless: Option<&str>) -> Result<Fetched, EngineFailure> {
        let request = RemoteRequest::Get { unless: unless.map(str::to_owned) };
        match self.ask(&request, MAX_OBJECT)? {
            (RemoteReply::Found { tag, .. }, content) if is_tag(&tag) => {
                Ok(self.settled(Fetched::Found { tag, content }))
            }
            (RemoteReply::Unchanged, _) if unless.is_some() => Ok(self.settled(Fetched::Unchanged)),
            (RemoteReply::Absent, _) => Ok(self.settled(Fetched::Absent)),
            (other, _) => Err(self.failure(other)),
        }
    }

    fn has_ranges(&self) -> bool {
        self.ranges
    }

    fn range(&mut self, tag: Option<&str>, start: u64, count: u64) -> Result<Ranged, EngineFailure> {
        let request = RemoteRequest::Range { tag: tag.map(str::to_owned), start, count };
        match self.ask(&request, count.min(MAX_OBJECT))? {
            (RemoteReply::Part { tag: other, size, length }, content)
                if is_tag(&other)
                    && tag.is_none_or(|tag| tag == other)
                    && size <= MAX_OBJECT
                    // all that was asked for, and no more than there is
                    && length == count.min(size.saturating_sub(start)) =>
            {
                Ok(self.settled(Ranged::Part { tag: other, size, content }))
            }
            (RemoteReply::Changed, _) if tag.is_some() => Ok(self.settled(Ranged::Changed)),
            (RemoteReply::Absent, _) => Ok(self.settled(Ranged::Absent)),
            (other, _) => Err(self.failure(other)),
        }
    }

    fn put(&mut self, condition: PutCondition<'_>, content: Vec<u8>) -> Result<Stored, EngineFailure> {
        let length = content.len() as u64;
        if length > MAX_OBJECT {
            return Err(EngineFailure::new(FailureKind::Refused, "the content is larger than 256 MiB"));
        }
        let request = RemoteRequest::Put { condition: condition.tag().map(str::to_owned), length };
        self.send(&request, &content)?;
        drop(content);
        // from here on the content may be stored, whatever becomes of the helper
        match self.receive(0) {
            Ok((RemoteReply::Stored { tag }, _)) if is_tag(&tag) => Ok(self.settled(Stored::Stored { tag })),
            Ok((RemoteReply::Changed, _)) => Ok(self.settled(Stored::Changed)),
            Ok((RemoteReply::Unknown { text }, _)) => Ok(self.settled(Stored::unknown(&text))),
            Ok((reply @ RemoteReply::Failed { .. }, _)) => Err(self.failure(reply)),
            Ok(_) => Ok(Stored::unknown(&misbehaved().text)),
            Err(failure) => Ok(Stored::unknown(&failure.text)),
        }
    }

    fn probe(&mut self) -> Result<Probed, EngineFailure> {
        match self.ask(&RemoteRequest::Probe, 0)?.0 {
            RemoteReply::Sound => Ok(self.settled(Probed::Sound)),
            RemoteReply::Unsound { text } => Ok(self.settled(Probed::unsound(&text))),
            other => Err(self.failure(other)),
        }
    }

    fn delete(&mut self) -> Result<(), EngineFailure> {
        match self.ask(&RemoteRequest::Delete, 0)?.0 {
            RemoteReply::Absent => {
                self.settled(());
                Ok(())
            }
            other => Err(self.failure(other)),
        }
    }
}

fn ended() -> EngineFailure {
    EngineFailure::new(FailureKind::Internal, "the helper ended before it answered")
}

fn misbehaved() -> EngineFailure {
    EngineFailure::new(FailureKind::Internal, "the helper broke its protocol")
}

fn broken(error: &io::Error) -> EngineFailure {
    match error.kind() {
        ErrorKind::UnexpectedEof => ended(),
        ErrorKind::InvalidData => misbehaved(),
        _ => EngineFailure::new(FailureKind::Internal, &format!("the helper cannot be talked to: {error}")),
    }
}
