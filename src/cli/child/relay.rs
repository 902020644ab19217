//! Passing on what a masked program prints, in the background, so that its end can be waited for.

use std::io::{self, ErrorKind, Read};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::thread;
use std::time::Duration;

use zeroize::Zeroizing;

use super::signals::Forwarding;
use crate::cli::mask::Mask;

/// How long programs that the ended one has left behind may still print, once a signal has ended it.
const GRACE: Duration = Duration::from_millis(500);

/// The streams that are passed on.
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

    /// Passes on a stream to its end. `write` prints a piece at once.
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

    /// Waits until all streams have ended, or a signal says that nobody wants the rest.
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
