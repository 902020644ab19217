//! The end of a helper: it reads requests, passes them to the object, and writes the replies.

use std::io::{self, BufReader, ErrorKind, Read, Write};

use super::engine::{
    EngineFailure, Fetched, Probed, PutCondition, Ranged, RemoteObject, Stored, is_tag, shown,
};
use super::framing::{read_body, read_line, write_message};
use super::message::{BodyLength, FailureKind, Greeting, MAX_OBJECT, PROTOCOL, RemoteReply, RemoteRequest};

/// Greets, and answers requests for one object until the input ends. `program` is the name of the helper and its
/// version.
///
/// # Errors
///
/// If a message is no message of the protocol, or the streams fail.
pub fn serve(
    object: &mut dyn RemoteObject,
    program: &str,
    input: &mut dyn Read,
    output: &mut dyn Write,
) -> io::Result<()> {
    let mut input = BufReader::new(input);
    let ranges = object.has_ranges();
    write_message(output, &Greeting { protocol: PROTOCOL, program: shown(program), ranges }, b"")?;
    while let Some(line) = read_line(&mut input)? {
        let length = BodyLength::of(&line).ok_or(ErrorKind::InvalidData)?;
        let body = read_body(&mut input, length)?;
        let request = serde_json::from_str(&line).map_err(|_| ErrorKind::InvalidData)?;
        let (reply, content) = answer(object, request, body);
        write_message(output, &reply, &content)?;
    }
    Ok(())
}

/// Returns the reply to a request, and its body.
fn answer(object: &mut dyn RemoteObject, request: RemoteRequest, body: Vec<u8>) -> (RemoteReply, Vec<u8>) {
    match request {
        RemoteRequest::Get { unless } => object.get(unless.as_deref()).and_then(fetched),
        RemoteRequest::Range { tag, start, count } => {
            object.range(tag.as_deref(), start, count).and_then(ranged)
        }
        RemoteRequest::Put { condition, .. } => {
            let condition = condition.as_deref().map_or(PutCondition::Absent, PutCondition::Unchanged);
            object.put(condition, body).map(|stored| bare(put(stored)))
        }
        RemoteRequest::Probe => object.probe().map(|probed| {
            bare(match probed {
                Probed::Sound => RemoteReply::Sound,
                Probed::Unsound(text) => RemoteReply::Unsound { text: shown(&text) },
            })
        }),
        RemoteRequest::Delete => object.delete().map(|()| bare(RemoteReply::Absent)),
        RemoteRequest::Unknown => {
            Err(EngineFailure::new(FailureKind::Unsupported, "the helper does not know this request"))
        }
    }
    .unwrap_or_else(|failure| bare(RemoteReply::Failed { kind: failure.kind, text: shown(&failure.text) }))
}

/// Returns a reply without a body.
fn bare(reply: RemoteReply) -> (RemoteReply, Vec<u8>) {
    (reply, Vec::new())
}

fn fetched(fetched: Fetched) -> Result<(RemoteReply, Vec<u8>), EngineFailure> {
    Ok(match fetched {
        Fetched::Found { tag, content } => {
            let length = checked(&tag, content.len() as u64)?;
            (RemoteReply::Found { tag, length }, content)
        }
        Fetched::Unchanged => bare(RemoteReply::Unchanged),
        Fetched::Absent => bare(RemoteReply::Absent),
    })
}

fn ranged(ranged: Ranged) -> Result<(RemoteReply, Vec<u8>), EngineFailure> {
    Ok(match ranged {
        Ranged::Part { tag, size, content } => {
            checked(&tag, size)?;
            (RemoteReply::Part { tag, size, length: content.len() as u64 }, content)
        }
        Ranged::Changed => bare(RemoteReply::Changed),
        Ranged::Absent => bare(RemoteReply::Absent),
    })
}

fn put(stored: Stored) -> RemoteReply {
    match stored {
        Stored::Stored { tag } if is_tag(&tag) => RemoteReply::Stored { tag },
        // stored it is, but as which version cannot be said
        Stored::Stored { .. } => {
            RemoteReply::Unknown { text: "the server answered with a tag that cannot be used".to_owned() }
        }
        Stored::Changed => RemoteReply::Changed,
        Stored::Unknown(text) => RemoteReply::Unknown { text: shown(&text) },
    }
}

/// Returns the size of an object if the other end would accept it and its tag.
fn checked(tag: &str, size: u64) -> Result<u64, EngineFailure> {
    if !is_tag(tag) {
        let text = "the server answered with a tag that cannot be used";
        return Err(EngineFailure::new(FailureKind::Refused, text));
    }
    if size > MAX_OBJECT {
        return Err(EngineFailure::new(FailureKind::Refused, "the object is larger than 256 MiB"));
    }
    Ok(size)
}
