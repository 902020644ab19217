//! The signals to credctl while a masked program runs. They are meant for the program, which without a mask
//! replaces the process of credctl.

use std::fs::File;
use std::io::{self, Read as _};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::{self, JoinHandle};

use rustix::process::{Pid, Signal, getpgrp, kill_process};
use rustix::stdio;
use rustix::termios::tcgetpgrp;
use signal_hook::consts::{SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGUSR1, SIGUSR2, SIGWINCH};
use signal_hook::iterator::{Handle, Signals};

/// The signals that credctl catches from before the program starts.
pub(super) struct Waiting(Signals);

/// The signals that credctl passes on until this value is dropped.
pub(super) struct Forwarding {
    handle: Handle,
    /// True if credctl passed on a signal that ends programs.
    ending: Arc<AtomicBool>,
    thread: Option<JoinHandle<()>>,
}

impl Waiting {
    /// Starts to catch the signals that end programs, and those for changes of the window.
    pub fn begin() -> io::Result<Self> {
        let ignored = ignored();
        let signals = [SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGUSR1, SIGUSR2, SIGWINCH];
        // the program must ignore the signals that nohup makes us ignore
        Ok(Self(Signals::new(signals.into_iter().filter(|signal| ignored & 1 << (signal - 1) == 0))?))
    }

    /// Passes signals on to a program. Keys such as Ctrl-C reach a program on `our_terminal` directly.
    pub fn forward(
        mut self,
        to: u32,
        our_terminal: bool,
        resize: impl Fn() + Send + 'static,
    ) -> io::Result<Forwarding> {
        let handle = self.0.handle();
        let program = i32::try_from(to).ok().and_then(Pid::from_raw);
        let ending = Arc::new(AtomicBool::new(false));
        let noted = Arc::clone(&ending);
        let thread = thread::Builder::new().spawn(move || {
            for signal in self.0.forever() {
                let by_key = matches!(signal, SIGINT | SIGQUIT) && our_terminal && is_in_front();
                if matches!(signal, SIGHUP | SIGINT | SIGQUIT | SIGTERM) {
                    noted.store(true, Ordering::Relaxed);
                }
                if signal == SIGWINCH {
                    resize();
                } else if let (Some(program), Some(signal), false) =
                    (program, Signal::from_named_raw(signal), by_key)
                {
                    // it may have ended meanwhile
                    let _ = kill_process(program, signal);
                }
            }
        })?;
        Ok(Forwarding { handle, ending, thread: Some(thread) })
    }
}

impl Forwarding {
    /// Returns true if a signal asked the program to end.
    pub fn told_to_end(&self) -> bool {
        self.ending.load(Ordering::Relaxed)
    }
}

impl Drop for Forwarding {
    fn drop(&mut self) {
        self.handle.close();
        drop(self.thread.take().map(JoinHandle::join));
    }
}

/// Returns true if keys of the terminal send signals to our process group.
fn is_in_front() -> bool {
    let group = getpgrp();
    [stdio::stdin(), stdio::stdout(), stdio::stderr()]
        .into_iter()
        .any(|stream| tcgetpgrp(stream) == Ok(group))
}

/// Returns the signals that were ignored when credctl started, one bit each.
fn ignored() -> u64 {
    let mut status = String::new();
    let read = File::open("/proc/self/status").and_then(|mut file| file.read_to_string(&mut status));
    let mask = status.lines().find_map(|line| line.strip_prefix("SigIgn:")).filter(|_| read.is_ok());
    mask.and_then(|mask| u64::from_str_radix(mask.trim(), 16).ok()).unwrap_or(0)
}
