//! A timer that goes on while the machine is suspended.

use std::os::fd::{AsFd, BorrowedFd, OwnedFd};
use std::time::Duration;

use rustix::io::Errno;
use rustix::time::{
    Itimerspec, TimerfdClockId, TimerfdFlags, TimerfdTimerFlags, Timespec, timerfd_create, timerfd_settime,
};

/// The most seconds that it is set to; what is longer is set again.
const LONGEST: u64 = 24 * 60 * 60;

/// A timer, readable once its time has come.
pub struct Timer(OwnedFd);

impl Timer {
    /// Makes a timer that is not set.
    pub fn new() -> Result<Self, Errno> {
        let flags = TimerfdFlags::CLOEXEC | TimerfdFlags::NONBLOCK;
        Ok(Self(timerfd_create(TimerfdClockId::Boottime, flags)?))
    }

    /// Sets the timer.
    pub fn set(&self, after: Duration) -> Result<(), Errno> {
        // zero would switch the timer off
        let after = after.clamp(Duration::from_millis(1), Duration::from_secs(LONGEST));
        let it_value = Timespec::try_from(after).map_err(|_| Errno::INVAL)?;
        let it_interval = Timespec { tv_sec: 0, tv_nsec: 0 };
        let times = Itimerspec { it_interval, it_value };
        timerfd_settime(&self.0, TimerfdTimerFlags::empty(), &times).map(drop)
    }

    /// Makes the timer unreadable again.
    pub fn clear(&self) {
        let _ = rustix::io::read(&self.0, &mut [0; 8]);
    }
}

impl AsFd for Timer {
    fn as_fd(&self) -> BorrowedFd<'_> {
        self.0.as_fd()
    }
}
