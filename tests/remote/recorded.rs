//! A helper as a process, with everything that it prints.

use std::ffi::OsStr;
use std::io::{self, Read, Write};
use std::path::Path;
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::sync::{Arc, Mutex};

use credctl::remote::{EngineFailure, RemoteClient};

/// A stream that keeps what is read from it.
pub struct Recorded {
    stream: ChildStdout,
    record: Arc<Mutex<Vec<u8>>>,
}

impl Read for Recorded {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.stream.read(buffer)?;
        self.record.lock().unwrap().extend_from_slice(&buffer[..count]);
        Ok(count)
    }
}

/// A helper that serves one address.
pub struct Helper {
    child: Child,
    client: Option<RemoteClient<Recorded, ChildStdin>>,
    record: Arc<Mutex<Vec<u8>>>,
}

impl Helper {
    /// Starts a helper with these variables alone.
    pub fn start<K: AsRef<OsStr>, V: AsRef<OsStr>>(
        program: impl AsRef<Path>,
        address: &str,
        variables: impl IntoIterator<Item = (K, V)>,
    ) -> Self {
        let mut command = Command::new(program.as_ref());
        command.arg(address).env_clear().envs(variables);
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().unwrap();
        let record = Arc::default();
        let output = Recorded { stream: child.stdout.take().unwrap(), record: Arc::clone(&record) };
        let client = RemoteClient::start(output, child.stdin.take().unwrap()).unwrap();
        Self { child, client: Some(client), record }
    }

    /// The object of the helper.
    pub fn object(&mut self) -> &mut RemoteClient<Recorded, ChildStdin> {
        self.client.as_mut().unwrap()
    }

    /// Ends the input of the helper. Returns everything that it printed.
    pub fn finish(mut self) -> Vec<u8> {
        drop(self.client.take());
        let mut printed = std::mem::take(&mut *self.record.lock().unwrap());
        self.child.stderr.take().unwrap().read_to_end(&mut printed).unwrap();
        assert!(self.child.wait().unwrap().success());
        printed
    }
}

impl Drop for Helper {
    fn drop(&mut self) {
        drop(self.client.take());
        // a helper that waits for a server does not see the end of its input
        self.child.kill().and_then(|()| self.child.wait()).ok();
    }
}

/// Asserts a failure of a kind with words in its text.
#[cfg(feature = "remote-s3")]
#[track_caller]
pub fn assert_fails<T: std::fmt::Debug>(
    result: Result<T, EngineFailure>,
    kind: credctl::remote::FailureKind,
    words: &str,
) {
    let failure = result.unwrap_err();
    assert_eq!(failure.kind, kind, "{failure}");
    assert!(failure.text.contains(words), "{failure}");
}

/// Says why a test does nothing.
pub fn skipped(why: &str) {
    io::stderr().write_all(format!("skipped: {why}\n").as_bytes()).unwrap();
}
