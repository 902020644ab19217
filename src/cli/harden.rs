//! The protection of the process itself: no core dumps, no debugger of the same user, no swapping of secrets
//! where the system lets us forbid it.
//!
//! Must not fail, and must not cost time that a person could notice.

use std::env;
use std::sync::OnceLock;

use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};

/// The variables that make a library print keys. Safe code cannot change the environment, so the only safe
/// answer to them is not to start.
const REFUSED: [&str; 1] = ["AGEDEBUG"];

/// Hardens the process. Must be called first in `main`, before there is a secret or a thread.
///
/// Ignores every failure on purpose: these are second lines of defence that some kernels and containers do
/// not offer. A vault that cannot be opened there would help nobody.
pub fn process() {
    no_core_dumps();
}

/// Keeps memory that is allocated from now on out of swap. Must be called before the first secret, and only
/// if there will be one: the call costs a tenth of a millisecond.
pub fn memory() {
    lock_memory();
}

/// Turns the signal for a limit on the size of files into a failed write, which is undone. The signal itself
/// would end the process in the middle of the write.
pub fn writes() {
    let _ = signal_hook::flag::register(signal_hook::consts::SIGXFSZ, std::sync::Arc::default());
}

/// Returns the name of a variable that would make a library print secrets. `AGEDEBUG` makes the age crate
/// show all that it sends to its plugins, file keys included.
#[must_use]
#[expect(clippy::disallowed_methods, reason = "must be known before anything else is")]
pub fn refuses_environment() -> Option<&'static str> {
    REFUSED.into_iter().find(|name| env::var_os(name).is_some_and(|value| !value.is_empty()))
}

/// Forbids core dumps. The flag also keeps other processes of the same user from attaching or reading the
/// memory; it ends at `exec`. Only the soft limit is lowered: a program that we run may raise it again.
fn no_core_dumps() {
    #[cfg(target_os = "linux")]
    let _ = rustix::process::set_dumpable_behavior(rustix::process::DumpableBehavior::NotDumpable);
    let before = *CORE.get_or_init(|| getrlimit(Resource::Core));
    let _ = setrlimit(Resource::Core, Rlimit { current: Some(0), ..before });
}

/// The limit on core dumps that we were started with.
static CORE: OnceLock<Rlimit> = OnceLock::new();

/// Starts a program with the limit on core dumps that we were started with.
pub fn as_we_were<T>(start: impl FnOnce() -> T) -> T {
    if let Some(before) = CORE.get() {
        let _ = setrlimit(Resource::Core, *before);
    }
    let started = start();
    no_core_dumps();
    started
}

/// Locks all memory that is allocated later. Does so only where the limit on locked memory does not count:
/// there is no limit, or the process may pass it. Memory from before holds no secret.
///
/// Under a limit (8 MiB as a rule), a later allocation would fail, since scrypt alone takes 256 MiB. A lock
/// on the memory at the start only would protect no secret, because there is none yet, and could keep the
/// stack from growing. Locking single secrets needs `unsafe`. So the function locks all or nothing.
#[cfg(target_os = "linux")]
fn lock_memory() {
    use rustix::mm::{MlockAllFlags, mlockall, munlockall};

    let limit = getrlimit(Resource::Memlock).current;
    // others may pass the limit too, but so rarely that it is not worth their 0.1 ms
    if limit.is_some() && !rustix::process::geteuid().is_root() {
        return;
    }
    // on fault: pages are locked when first touched, or all of the program would be read in
    let later = MlockAllFlags::FUTURE | MlockAllFlags::ONFAULT;
    if mlockall(later).is_ok() && limit.is_some_and(|limit| !is_available(limit)) {
        let _ = munlockall();
    }
}

#[cfg(not(target_os = "linux"))]
fn lock_memory() {}

/// Returns true if that many bytes can be allocated. The test does not touch them, so it costs no
/// memory. Being root is not enough of a test: in a container it may mean nothing.
#[cfg(target_os = "linux")]
fn is_available(bytes: u64) -> bool {
    let mut room: Vec<u8> = Vec::new();
    let more = usize::try_from(bytes).unwrap_or(usize::MAX).saturating_add(1);
    let available = room.try_reserve_exact(more).is_ok();
    // or the compiler could leave the allocation out and call it a success
    std::hint::black_box(&mut room);
    available
}

#[cfg(test)]
mod tests {
    use rustix::process::{Resource, getrlimit};

    #[test]
    fn a_hardened_process_dumps_no_core_and_can_still_allocate() {
        super::process();
        super::memory();
        assert_eq!(getrlimit(Resource::Core).current, Some(0));
        #[cfg(target_os = "linux")]
        assert_eq!(
            rustix::process::dumpable_behavior().ok(),
            Some(rustix::process::DumpableBehavior::NotDumpable)
        );
        // what scrypt takes; a lock on future memory under a limit would refuse it
        let mut large: Vec<u8> = Vec::new();
        assert!(large.try_reserve_exact(256 << 20).is_ok());
    }
}
