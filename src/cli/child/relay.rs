//! The relay of a masked program's output. It runs in the background, so that credctl can wait for the
//! program to end.

use std::io::{self, ErrorKind, Read, Write as _};
use std::process::{Child, ExitStatus};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::thread;
use std::time::Duration;

use zeroize::Zeroizing;

use super::signals::Forwarding;
use crate::cli::error::{Error, Failure};
use crate::cli::mask::Mask;

/// The time for which programs that the ended one left behind may still print, once a signal has ended it.
const GRACE: Duration = Duration::from_millis(500);

/// The streams that credctl passes on.
pub(super) struct Relays {
    mask: Arc<Mask>,
    sender: Sender<io::Result<()>>,
    results: Receiver<io::Result<()>>,
    count: usize,
}

impl Relays {
    pub fn new(mask: Arc<Mask>) -> Self {
        let (sender, results) = channel();
        Self { mask, sender, results, count: 0 }
    }

    /// Passes on a stream to its end, in a thread. `write` prints each piece at once.
    pub fn start(
        &mut self,
        from: impl Read + Send + 'static,
        write: impl FnMut(&[u8]) -> io::Result<()> + Send + 'static,
    ) -> io::Result<()> {
        let (mask, sender) = (Arc::clone(&self.mask), self.sender.clone());
        self.count += 1;
        let pass_on = move || {
            let done = relay(from, write, &mask);
            // the receiver may have stopped waiting
            let _ = sender.send(done);
        };
        thread::Builder::new().spawn(pass_on).map(drop)
    }

    /// Waits until all streams have ended. After a signal that asks the program to end, waits only for
    /// `GRACE`.
    pub fn finish(self, signals: &Forwarding) -> io::Result<()> {
        let mut done = Ok(());
        for _ in 0..self.count {
            let result = loop {
                match self.results.recv_timeout(GRACE) {
                    Ok(result) => break result,
                    Err(RecvTimeoutError::Timeout) if !signals.told_to_end() => {}
                    Err(_) => return done,
                }
            };
            done = done.and(result);
        }
        done
    }
}

fn relay(mut from: impl Read, mut write: impl FnMut(&[u8]) -> io::Result<()>, mask: &Mask) -> io::Result<()> {
    let mut filter = mask.filter();
    let mut block = Zeroizing::new(vec![0; 16 * 1024]);
    loop {
        let count = match from.read(&mut block) {
            Ok(count) => count,
            Err(error) if error.kind() == ErrorKind::Interrupted => continue,
            Err(error) => return Err(error),
        };
        write(&if count == 0 { filter.finish() } else { filter.pass(&block[..count]) })?;
        if count == 0 {
            return Ok(());
        }
    }
}

/// Waits for a program and for its output. `terminal` is the stdout of a program that runs on a terminal.
pub(super) fn finish(
    child: &mut Child,
    terminal: Option<impl Read + Send + 'static>,
    mut relays: Relays,
    forwarding: io::Result<Forwarding>,
) -> Result<ExitStatus, Error> {
    let started = forwarding.and_then(|forwarding| {
        if let Some(out) = child.stdout.take() {
            relays.start(out, print)?;
        }
        if let Some(out) = terminal {
            relays.start(out, print)?;
        }
        if let Some(err) = child.stderr.take() {
            relays.start(err, |text| io::stderr().lock().write_all(text))?;
        }
        Ok(forwarding)
    });
    if started.is_err() {
        // nothing could be masked without threads
        drop(child.kill());
    }
    let status = child.wait()?;
    match started.and_then(|forwarding| relays.finish(&forwarding)) {
        // the reader of our output has gone; the program notices by its own closed pipe
        Err(error) if error.kind() == ErrorKind::BrokenPipe => Ok(status),
        relayed => relayed.map(|()| status).map_err(|error| {
            Error::new(Failure::Io, "the output of the program cannot be passed on").because(error)
        }),
    }
}

/// Writes masked output to our stdout.
fn print(text: &[u8]) -> io::Result<()> {
    let mut out = io::stdout().lock();
    out.write_all(text)?;
    out.flush()
}
