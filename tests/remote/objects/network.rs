//! A network between helper and server that can lose answers.

use std::io::{Read as _, Write as _};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

/// The fault that meets the requests with one method.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// The server acts, and its answer is lost.
    LoseAnswer,
    /// The server acts, and only the first bytes of its answer arrive.
    CutAnswer(usize),
    /// The connection is reset before the server has the request.
    Reset,
    /// The server answers late.
    Delay(Duration),
    /// Something between says that the server is away, with this status; the server does not have the request.
    Status(u16),
    /// The server acts, and something between says that it is away.
    LateStatus(u16),
    /// The server acts, and its answer comes with only the first bytes of its body, as if there were no more.
    Shorten(usize),
    /// Something between gives the answer that it kept when a whole object was read last.
    Replay,
}

/// The fault that the next requests with a method meet.
#[derive(Default)]
struct Planned {
    method: &'static str,
    fault: Option<Fault>,
    times: usize,
}

/// A proxy that passes connections to a server.
pub struct Network {
    pub port: u16,
    wire: Arc<Wire>,
}

/// The parts that the connections share.
#[derive(Default)]
struct Wire {
    planned: Mutex<Planned>,
    requests: AtomicUsize,
    /// The last answer with a whole object.
    kept: Mutex<Vec<u8>>,
}

impl Network {
    /// Listens for a server at a port.
    pub fn before(server: u16) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let network = Self { port, wire: Arc::default() };
        let wire = Arc::clone(&network.wire);
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let wire = Arc::clone(&wire);
                thread::spawn(move || {
                    // a connection that breaks is what the tests are about
                    pass(stream, server, &wire).unwrap_or_default();
                });
            }
        });
        network
    }

    /// Lets the next `times` requests with a method meet a fault.
    pub fn fails(&self, method: &'static str, fault: Fault, times: usize) {
        *self.wire.planned.lock().unwrap() = Planned { method, fault: Some(fault), times };
    }

    /// The number of requests up to now.
    pub fn requests(&self) -> usize {
        self.wire.requests.load(Ordering::SeqCst)
    }
}

/// Passes one request and its answer; the helper connects anew for the next.
fn pass(mut helper: TcpStream, port: u16, wire: &Wire) -> Option<()> {
    let mut request = Vec::new();
    let head = read_head(&mut helper, &mut request)?;
    wire.requests.fetch_add(1, Ordering::SeqCst);
    let text = String::from_utf8_lossy(&request[..head]).to_ascii_lowercase();
    let length =
        text.split("content-length:").nth(1).and_then(|rest| rest.lines().next()?.trim().parse().ok());
    let met = {
        let mut planned = wire.planned.lock().unwrap();
        let is_met = planned.times > 0 && text.starts_with(&planned.method.to_ascii_lowercase());
        planned.times -= usize::from(is_met);
        planned.fault.filter(|_| is_met)
    };
    if met == Some(Fault::Reset) {
        // with a part of the request unread, the connection is reset
        return None;
    }
    read_to(&mut helper, &mut request, head + length.unwrap_or(0))?;
    if let Some(Fault::Status(status)) = met {
        return away(&mut helper, status);
    }
    let mut server = TcpStream::connect(("127.0.0.1", port)).ok()?;
    // one request a connection, so that the answer ends with it
    let head = String::from_utf8_lossy(&request[..head]).replacen("\r\n", "\r\nConnection: close\r\n", 1);
    let body = &request[request.windows(4).position(|end| end == b"\r\n\r\n")? + 4..];
    server.write_all(head.as_bytes()).ok()?;
    server.write_all(body).ok()?;
    let mut answer = Vec::new();
    server.read_to_end(&mut answer).ok()?;
    if met.is_none() && text.starts_with("get ") && answer.starts_with(b"HTTP/1.1 200") {
        wire.kept.lock().unwrap().clone_from(&answer);
    }
    match met {
        Some(Fault::LoseAnswer) => answer.clear(),
        Some(Fault::CutAnswer(bytes)) => answer.truncate(bytes),
        Some(Fault::Delay(time)) => thread::sleep(time),
        Some(Fault::LateStatus(status)) => return away(&mut helper, status),
        Some(Fault::Shorten(bytes)) => answer = shortened(&answer, bytes)?,
        Some(Fault::Replay) => answer.clone_from(&wire.kept.lock().unwrap()),
        Some(Fault::Reset | Fault::Status(_)) | None => {}
    }
    helper.write_all(&answer).ok()?;
    helper.shutdown(Shutdown::Both).ok()
}

fn away(helper: &mut TcpStream, status: u16) -> Option<()> {
    write!(helper, "HTTP/1.1 {status} Away\r\nContent-Length: 5\r\nConnection: close\r\n\r\naway\n").ok()
}

/// Cuts the body of an answer, and says in the head that this is all.
fn shortened(answer: &[u8], bytes: usize) -> Option<Vec<u8>> {
    let end = answer.windows(4).position(|end| end == b"\r\n\r\n")? + 4;
    let (head, body) = answer.split_at(end);
    let is_length = |line: &&str| line.to_ascii_lowercase().starts_with("content-length:");
    let head = String::from_utf8_lossy(head);
    let lines = head.trim_end().lines().filter(|line| !is_length(line));
    let body = &body[..bytes.min(body.len())];
    let head: String = lines.map(|line| format!("{line}\r\n")).collect();
    Some([format!("{head}Content-Length: {}\r\n\r\n", body.len()).as_bytes(), body].concat())
}

/// Reads up to the end of the head of a message. Returns its length.
fn read_head(stream: &mut TcpStream, bytes: &mut Vec<u8>) -> Option<usize> {
    loop {
        if let Some(end) = bytes.windows(4).position(|end| end == b"\r\n\r\n") {
            return Some(end + 4);
        }
        read_some(stream, bytes)?;
    }
}

fn read_to(stream: &mut TcpStream, bytes: &mut Vec<u8>, length: usize) -> Option<()> {
    while bytes.len() < length {
        read_some(stream, bytes)?;
    }
    Some(())
}

fn read_some(stream: &mut TcpStream, bytes: &mut Vec<u8>) -> Option<()> {
    let mut buffer = [0; 16 * 1024];
    let count = stream.read(&mut buffer).ok().filter(|count| *count > 0)?;
    bytes.extend_from_slice(&buffer[..count]);
    Some(())
}
