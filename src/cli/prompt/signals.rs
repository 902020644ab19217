//! The signals from outside while a prompt has changed the terminal. They are only recorded, and end the
//! process once the terminal is restored. A hangup is among them: a person who sends it by hand keeps the
//! terminal.

use std::io::{self, Read as _};
use std::os::fd::AsFd;
use std::os::unix::net::UnixStream;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::io::retry_on_intr;
use signal_hook::consts::{SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGWINCH};
use signal_hook::{flag, low_level};

const SIGNALS: [i32; 4] = [SIGHUP, SIGINT, SIGQUIT, SIGTERM];

/// The state that the signal handlers share with the code that waits.
struct Handlers {
    /// True if a signal ends the process at once, as it does by default.
    fatal: [Arc<AtomicBool>; SIGNALS.len()],
    /// The number of a signal that was recorded.
    came: Arc<AtomicUsize>,
    /// True if the window has another size since the last wait.
    resized: Arc<AtomicBool>,
    /// The number of recordings that run inside one another.
    depth: AtomicUsize,
    /// The stream that is readable once a signal was recorded.
    wake: UnixStream,
}

/// The handlers, installed with the first prompt and never removed: a signal that lost its handlers is
/// ignored.
static HANDLERS: OnceLock<Option<Handlers>> = OnceLock::new();

fn install() -> io::Result<Handlers> {
    let (wake, woken) = UnixStream::pair()?;
    let came = Arc::default();
    let fatal = SIGNALS.map(|_| Arc::new(AtomicBool::new(true)));
    for (signal, fatal) in SIGNALS.into_iter().zip(&fatal) {
        flag::register_conditional_default(signal, Arc::clone(fatal))?;
        flag::register_usize(signal, Arc::clone(&came), usize::try_from(signal).unwrap_or_default())?;
        low_level::pipe::register(signal, woken.try_clone()?)?;
    }
    let resized = Arc::default();
    flag::register(SIGWINCH, Arc::clone(&resized))?;
    low_level::pipe::register(SIGWINCH, woken)?;
    wake.set_nonblocking(true)?;
    Ok(Handlers { fatal, came, resized, depth: AtomicUsize::new(0), wake })
}

impl Handlers {
    /// Returns true if the window has another size since the last call.
    fn takes_resize(&self) -> bool {
        let resized = self.resized.swap(false, Ordering::SeqCst);
        if resized {
            // or every later wait would end at once
            let _ = (&self.wake).read(&mut [0; 64]);
        }
        resized
    }
}

/// The recording of signals, as long as this value lives. When it is dropped, a recorded signal ends the
/// process. A recording inside of another one leaves the end to the outer one.
pub struct Noted {
    handlers: Option<&'static Handlers>,
}

/// Starts to record the signals. Where the system does not allow that, they end the process as ever.
pub fn note() -> Noted {
    let handlers = HANDLERS.get_or_init(|| install().ok()).as_ref();
    if let Some(handlers) = handlers {
        handlers.depth.fetch_add(1, Ordering::SeqCst);
    }
    for fatal in handlers.iter().flat_map(|handlers| &handlers.fatal) {
        fatal.store(false, Ordering::SeqCst);
    }
    Noted { handlers }
}

/// Ends the process as Ctrl-C does where the terminal sends signals.
pub(super) fn interrupt() {
    let _ = low_level::emulate_default_handler(SIGINT);
}

impl Noted {
    /// Waits until there is something to read, or for so long. A signal and another size of the window end the
    /// wait too.
    pub fn wait_for(&self, file: impl AsFd, limit: Option<Duration>) -> io::Result<Came> {
        let wake = self.handlers.map(|handlers| &handlers.wake);
        let mut files = vec![PollFd::new(&file, PollFlags::IN)];
        files.extend(wake.map(|wake| PollFd::new(wake, PollFlags::IN)));
        let limit = limit.and_then(|limit| Timespec::try_from(limit).ok());
        let ready = retry_on_intr(|| poll(&mut files, limit.as_ref()))?;
        // first, because it may take the byte by which another signal would end the next wait
        let is_resized = self.handlers.is_some_and(Handlers::takes_resize);
        if self.handlers.is_some_and(|handlers| handlers.came.load(Ordering::SeqCst) != 0) {
            return Ok(Came::Signal);
        }
        if is_resized {
            return Ok(Came::Resize);
        }
        Ok(if ready == 0 { Came::Nothing } else { Came::Input })
    }

    /// Returns the number of the signal that was recorded.
    pub fn signal(&self) -> Option<i32> {
        let came = self.handlers?.came.load(Ordering::SeqCst);
        i32::try_from(came).ok().filter(|signal| *signal > 0)
    }

    /// Forgets the recorded signal: it was meant for a program that credctl waits for.
    pub fn forget(&self) {
        let Some(handlers) = self.handlers else { return };
        handlers.came.store(0, Ordering::SeqCst);
        // nothing is left to wake anybody
        while (&handlers.wake).read(&mut [0; 64]).is_ok_and(|count| count > 0) {}
    }
}

/// The end of a wait.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Came {
    Input,
    Signal,
    /// The window has another size.
    Resize,
    /// The time is over.
    Nothing,
}

impl Drop for Noted {
    fn drop(&mut self) {
        let Some(handlers) = self.handlers else { return };
        if handlers.depth.fetch_sub(1, Ordering::SeqCst) > 1 {
            return;
        }
        for fatal in &handlers.fatal {
            fatal.store(true, Ordering::SeqCst);
        }
        if let Ok(signal @ 1..) = i32::try_from(handlers.came.swap(0, Ordering::SeqCst)) {
            let _ = low_level::emulate_default_handler(signal);
        }
    }
}
