//! Writes whose answer is lost on the way, by a proxy that loses it.

use std::io::{Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;

use credctl::remote::{FailureKind, Fetched, PutCondition, RemoteObject as _, Stored};

use super::{ADDRESS, ROOT, Server};
use crate::harness::Helper;

/// The fate of the next write or removal.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Loss {
    /// Nothing is lost.
    None,
    /// The server gets it, and its answer is lost.
    Answer,
    /// The server never gets it.
    Request,
    /// The server gets it and answers; a proxy says that it failed.
    Status,
}

/// A proxy in front of a server.
struct Proxy {
    listener: TcpListener,
    loss: Mutex<Loss>,
    is_over: AtomicBool,
}

impl Proxy {
    fn new() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        Self { listener, loss: Mutex::new(Loss::None), is_over: AtomicBool::new(false) }
    }

    fn lose(&self, loss: Loss) {
        *self.loss.lock().unwrap() = loss;
    }

    /// Passes requests on until the end.
    fn serve(&self, server: &Server) {
        for client in self.listener.incoming() {
            if self.is_over.load(Ordering::Relaxed) {
                return;
            }
            self.pass(client.unwrap(), server);
        }
    }

    fn pass(&self, mut client: TcpStream, server: &Server) {
        let Some(request) = request(&mut client) else { return };
        let loss = if request.starts_with(b"POST") || request.starts_with(b"DELETE") {
            std::mem::replace(&mut *self.loss.lock().unwrap(), Loss::None)
        } else {
            Loss::None
        };
        if loss == Loss::Request {
            return;
        }
        let mut to_server = TcpStream::connect(server.address.trim_start_matches("http://")).unwrap();
        to_server.write_all(&request).unwrap();
        let mut answer = Vec::new();
        to_server.read_to_end(&mut answer).unwrap();
        match loss {
            Loss::Answer => {}
            Loss::Status => {
                let failed = b"HTTP/1.1 502 Bad\r\nConnection: close\r\nContent-Length: 0\r\n\r\n";
                drop(client.write_all(failed));
            }
            Loss::None | Loss::Request => drop(client.write_all(&answer)),
        }
    }

    /// Ends the proxy.
    fn end(&self) {
        self.is_over.store(true, Ordering::Relaxed);
        drop(TcpStream::connect(self.listener.local_addr().unwrap()));
    }
}

/// Reads a request, and asks for the end of the connection after its answer.
fn request(client: &mut TcpStream) -> Option<Vec<u8>> {
    let mut bytes = Vec::new();
    let mut chunk = [0; 4096];
    loop {
        let count = client.read(&mut chunk).ok().filter(|count| *count > 0)?;
        bytes.extend_from_slice(&chunk[..count]);
        let text = String::from_utf8_lossy(&bytes).to_ascii_lowercase();
        let Some(end) = text.find("\r\n\r\n") else { continue };
        let length = text.split("content-length: ").nth(1).and_then(|rest| rest.split('\r').next());
        let length: usize = length.map_or(0, |length| length.parse().unwrap());
        if bytes.len() >= end + 4 + length {
            bytes.splice(end..end, b"\r\nConnection: close".iter().copied());
            return Some(bytes);
        }
    }
}

#[test]
fn a_write_without_an_answer_is_settled_by_reading() {
    let Some(server) = Server::start() else { return };
    let proxy = Proxy::new();
    thread::scope(|scope| {
        scope.spawn(|| proxy.serve(&server));
        let open = || {
            let mut command = server.helper(ADDRESS, ROOT);
            let address = format!("http://{}", proxy.listener.local_addr().unwrap());
            Helper::start(command.env("BAO_ADDR", address))
        };
        let mut tag = open().store(None, b"0");
        for (number, loss) in (2..).zip([Loss::Answer, Loss::Request, Loss::Status]) {
            proxy.lose(loss);
            let content = format!("content {number}");
            tag = open().store(Some(&tag), content.as_bytes());
            assert!(tag.starts_with(&format!("{number} ")), "{tag}");
            assert_eq!(server.open().found(), (tag.clone(), content.into_bytes()));
        }
        // another writer comes between the request that is lost and the next one
        let mut slow = open();
        let (tag, _) = slow.found();
        server.open().store(Some(&tag), b"of somebody else");
        proxy.lose(Loss::Request);
        assert_eq!(slow.put(PutCondition::Unchanged(&tag), b"mine".to_vec()), Ok(Stored::Changed));
        // a removal without an answer is no success, and can be repeated
        for (loss, is_removed) in [(Loss::Request, false), (Loss::Answer, true), (Loss::Status, true)] {
            proxy.lose(loss);
            let failure = slow.delete().unwrap_err();
            assert_eq!(failure.kind, FailureKind::Unreachable, "{failure}");
            assert_eq!(server.open().get(None) == Ok(Fetched::Absent), is_removed);
            assert_eq!(slow.delete(), Ok(()));
            assert_eq!(server.open().get(None), Ok(Fetched::Absent));
            server.open().store(None, b"again");
        }
        proxy.end();
    });
}
