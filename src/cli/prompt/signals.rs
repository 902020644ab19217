//! Signals from outside while the terminal is not as the operator left it: they are only noted, and end the
//! process once the terminal is put right. A hangup needs nothing, because the terminal is gone.

use std::io;
use std::os::fd::AsFd;
use std::os::unix::net::UnixStream;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, OnceLock};

use rustix::event::{PollFd, PollFlags, poll};
use rustix::io::retry_on_intr;
use signal_hook::consts::{SIGINT, SIGTERM};
use signal_hook::{flag, low_level};

const SIGNALS: [i32; 2] = [SIGINT, SIGTERM];

/// What the handlers of the signals share with who waits.
struct Handlers {
    /// Whether a signal ends the process at once, as it does by default.
    fatal: [Arc<AtomicBool>; SIGNALS.len()],
    /// The number of a signal that was noted.
    came: Arc<AtomicUsize>,
    /// Readable once one was.
    wake: UnixStream,
}

/// Installed with the first question and never removed: a signal that lost its handlers is ignored.
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
    Ok(Handlers { fatal, came, wake })
}

/// While this lives, some signals are noted. When it goes, one that was noted ends the process.
pub(super) struct Noted {
    handlers: Option<&'static Handlers>,
}

/// Has these signals noted. Where the system does not let us, they end the process as ever.
pub(super) fn note(signals: &[i32]) -> Noted {
    let handlers = HANDLERS.get_or_init(|| install().ok()).as_ref();
    for (signal, fatal) in SIGNALS.iter().zip(handlers.iter().flat_map(|handlers| &handlers.fatal)) {
        fatal.store(!signals.contains(signal), Ordering::SeqCst);
    }
    Noted { handlers }
}

/// Both signals that are asked to end a process.
pub(super) fn all() -> Noted {
    note(&SIGNALS)
}

/// Ends the process as Ctrl-C does where the terminal sends signals.
pub(super) fn interrupt() {
    let _ = low_level::emulate_default_handler(SIGINT);
}

impl Noted {
    /// Waits until there is something to read; false when a signal was noted.
    pub(super) fn wait_for(&self, file: impl AsFd) -> io::Result<bool> {
        let Some(handlers) = self.handlers else { return Ok(true) };
        let mut files = [PollFd::new(&file, PollFlags::IN), PollFd::new(&handlers.wake, PollFlags::IN)];
        retry_on_intr(|| poll(&mut files, None))?;
        Ok(handlers.came.load(Ordering::SeqCst) == 0)
    }

    /// Takes a signal as an answer: it does not end the process.
    pub(super) fn forget(&self) {
        if let Some(handlers) = self.handlers {
            handlers.came.store(0, Ordering::SeqCst);
        }
    }
}

impl Drop for Noted {
    fn drop(&mut self) {
        let Some(handlers) = self.handlers else { return };
        for fatal in &handlers.fatal {
            fatal.store(true, Ordering::SeqCst);
        }
        if let Ok(signal @ 1..) = i32::try_from(handlers.came.swap(0, Ordering::SeqCst)) {
            let _ = low_level::emulate_default_handler(signal);
        }
    }
}
