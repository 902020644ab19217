//! Servers for object storage on this machine, with one bucket `team`.

use std::io::{Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use crate::recorded::{Helper, skipped};

/// The secret key of every test.
pub const CANARY: &str = "canary-2f9c1a7be04d";

/// The program under test.
pub const PROGRAM: &str = env!("CARGO_BIN_EXE_credctl-remote-s3");

/// The attempts to start a server.
const ATTEMPTS: usize = 3;

/// A server that ends with the test.
pub struct Server {
    child: Child,
    pub port: u16,
    _folder: tempfile::TempDir,
}

impl Server {
    /// Starts moto, which honours conditions; `None` if it is not installed.
    pub fn moto() -> Option<Self> {
        Self::start("moto_server", |port, _| {
            vec!["-H".to_owned(), "127.0.0.1".to_owned(), format!("-p{port}")]
        })
    }

    /// Starts SeaweedFS, which honours conditions and checks no signatures of strangers.
    pub fn seaweedfs() -> Option<Self> {
        Self::start("weed", |port, folder| {
            let ports = free_ports::<9>();
            let own = |name: &str, index: usize| format!("-{name}={}", ports[index]);
            let mut words = vec!["server".to_owned(), "-s3".to_owned(), format!("-s3.port={port}")];
            words.extend([format!("-dir={folder}"), "-ip=127.0.0.1".to_owned(), "-volume.max=3".to_owned()]);
            words.extend([own("master.port", 0), own("master.port.grpc", 1), own("volume.port", 2)]);
            words.extend([own("volume.port.grpc", 3), own("filer.port", 4), own("filer.port.grpc", 5)]);
            words.extend([own("s3.port.grpc", 6), own("s3.port.iceberg", 7), own("s3.port.lance", 8)]);
            words
        })
    }

    /// Starts s3rver, which ignores conditions and knows the key id `S3RVER` alone.
    pub fn s3rver() -> Option<Self> {
        Self::start("s3rver", |port, folder| {
            [
                "-d",
                folder,
                "-p",
                &port.to_string(),
                "-a",
                "127.0.0.1",
                "--configure-bucket",
                "team",
                "-s",
                "--allow-mismatched-signatures",
            ]
            .map(str::to_owned)
            .to_vec()
        })
    }

    fn start(name: &str, words: impl Fn(u16, &str) -> Vec<String>) -> Option<Self> {
        // s3rver has the bucket, and wants signatures
        Self::start_until(name, words, |server| {
            matches!(server.ask("PUT", "/team", ""), Some(200 | 409 | 403))
        })
    }

    /// Starts a program, and waits until it is ready: a server that listens may not be.
    pub fn start_until(
        name: &str,
        words: impl Fn(u16, &str) -> Vec<String>,
        is_ready: impl Fn(&Self) -> bool,
    ) -> Option<Self> {
        let Some(program) = installed(name) else {
            skipped(&format!("{name} is not installed"));
            return None;
        };
        // another test may take one of the ports before the server does
        for _ in 0..ATTEMPTS {
            let folder = tempfile::tempdir().unwrap();
            let [port] = free_ports();
            let child = Command::new(&program)
                .args(words(port, folder.path().to_str().unwrap()))
                .current_dir(folder.path())
                .stdin(Stdio::null())
                .stdout(Stdio::null())
                .stderr(Stdio::null())
                .spawn()
                .unwrap();
            let mut server = Self { child, port, _folder: folder };
            let start = Instant::now();
            while start.elapsed() < Duration::from_secs(60) && matches!(server.child.try_wait(), Ok(None)) {
                if is_ready(&server) {
                    return Some(server);
                }
                sleep(Duration::from_millis(100));
            }
        }
        panic!("{name} does not start");
    }

    /// Sends a request with more lines of a header. Returns the status.
    pub fn ask(&self, method: &str, path: &str, header: &str) -> Option<u16> {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port)).ok()?;
        stream.set_read_timeout(Some(Duration::from_secs(10))).ok()?;
        let host = format!("127.0.0.1:{}", self.port);
        write!(
            stream,
            "{method} {path} HTTP/1.1\r\nHost: {host}\r\nContent-Length: 0\r\nConnection: close\r\n{header}\r\n"
        )
        .ok()?;
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).ok()?;
        String::from_utf8_lossy(&answer).split(' ').nth(1)?.parse().ok()
    }

    /// Starts a helper for a key in the bucket.
    pub fn helper(&self, key: &str) -> Helper {
        helper_at(self.port, key)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.child.kill().and_then(|()| self.child.wait()).ok();
    }
}

/// Starts a helper for a key in the bucket of a server at a port.
pub fn helper_at(port: u16, key: &str) -> Helper {
    Helper::start(PROGRAM, &format!("s3://team/{key}"), variables(port))
}

/// The variables of a helper for a server at a port.
pub fn variables(port: u16) -> Vec<(&'static str, String)> {
    vec![
        ("AWS_ACCESS_KEY_ID", "AKIATEST".to_owned()),
        ("AWS_SECRET_ACCESS_KEY", CANARY.to_owned()),
        ("AWS_ENDPOINT_URL", format!("http://127.0.0.1:{port}")),
    ]
}

/// Returns the path of an installed program.
fn installed(name: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    std::env::split_paths(&path).map(|folder| folder.join(name)).find(|path| path.is_file())
}

/// Returns ports that are free now.
fn free_ports<const N: usize>() -> [u16; N] {
    let listeners = [(); N].map(|()| TcpListener::bind("127.0.0.1:0").unwrap());
    listeners.map(|listener| listener.local_addr().unwrap().port())
}
