//! The limit of the time in which a helper must begin to answer.

use std::io::{self, Read};
use std::process::{Child, ChildStdout};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use credctl::remote::{EngineFailure, FailureKind};

use super::waiting::SlowAnswer;

/// The time without a byte after which an answer that has begun counts as broken off.
const STALL: Duration = Duration::from_secs(60);

/// Ends a helper that does not answer in time.
#[derive(Clone)]
pub struct Watchdog {
    child: Arc<Mutex<Child>>,
    has_barked: Arc<AtomicBool>,
    limit: Duration,
    /// The end of the watch that runs now.
    progress: Arc<Mutex<Option<Sender<()>>>>,
}

/// Ends a watch when it is dropped.
pub struct Watch(Watchdog);

impl Watchdog {
    pub fn new(child: Child, limit: Duration) -> Self {
        Self {
            child: Arc::new(Mutex::new(child)),
            has_barked: Arc::default(),
            limit,
            progress: Arc::default(),
        }
    }

    /// Begins to watch: the first byte must come within `limit`. `text` tells the operator what takes so long.
    pub fn watch(&self, limit: Duration, text: String) -> Watch {
        let (sender, receiver) = channel();
        *self.progress.lock().unwrap_or_else(PoisonError::into_inner) = Some(sender);
        let watchdog = self.clone();
        let thread = thread::Builder::new().name("helper limit".to_owned());
        // without a thread there is no limit, and still an answer
        drop(thread.spawn(move || watchdog.run(&receiver, limit, SlowAnswer::new(text))));
        Watch(self.clone())
    }

    fn run(&self, receiver: &Receiver<()>, mut limit: Duration, mut waiting: SlowAnswer) {
        let mut since = Instant::now();
        loop {
            let left = limit.saturating_sub(since.elapsed());
            match receiver.recv_timeout(waiting.until_shown(left)) {
                Ok(()) => (limit, since) = (STALL, Instant::now()),
                Err(RecvTimeoutError::Disconnected) => return,
                Err(RecvTimeoutError::Timeout) if waiting.show() || since.elapsed() < limit => {}
                Err(RecvTimeoutError::Timeout) => {
                    self.has_barked.store(true, Ordering::SeqCst);
                    drop(self.child.lock().unwrap_or_else(PoisonError::into_inner).kill());
                    return;
                }
            }
        }
    }

    /// Returns the failure as the operator should hear it: a helper that was ended did not answer in time.
    pub fn failure(&self, failure: EngineFailure) -> EngineFailure {
        if !self.has_barked.load(Ordering::SeqCst) {
            return failure;
        }
        let text = format!("there was no answer within {}", humantime::format_duration(self.limit));
        EngineFailure::new(FailureKind::Unreachable, &text)
    }
}

impl Drop for Watch {
    fn drop(&mut self) {
        self.0.progress.lock().unwrap_or_else(PoisonError::into_inner).take();
    }
}

/// The output of a helper, which shows the watchdog that the helper is alive.
pub struct LimitedReader {
    output: ChildStdout,
    watchdog: Watchdog,
}

impl LimitedReader {
    pub fn new(output: ChildStdout, watchdog: Watchdog) -> Self {
        Self { output, watchdog }
    }
}

impl Read for LimitedReader {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.output.read(buffer)?;
        if let Some(progress) = &*self.watchdog.progress.lock().unwrap_or_else(PoisonError::into_inner) {
            let _ = progress.send(());
        }
        Ok(count)
    }
}
