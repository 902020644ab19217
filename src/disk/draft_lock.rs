//! The lock that tells other processes that somebody makes blobs in a folder: a shared one on the folder itself,
//! once for all drafts of this process, because each open file counts against a limit.

use std::sync::{Arc, Mutex, PoisonError, Weak};

use rustix::fs::FlockOperation;
use rustix::io::retry_on_intr;

use super::error::{Action, FileError};
use super::folder::Folder;
use super::lock::UNSUPPORTED;

/// The locks that this process holds.
static HELD: Mutex<Vec<Weak<DraftLock>>> = Mutex::new(Vec::new());

/// A lock on a folder, which keeps the drafts in it.
#[derive(Debug)]
pub(super) struct DraftLock(Folder);

impl DraftLock {
    /// Takes the lock, or shares the one that this process holds. Waits for a process that removes the drafts of
    /// killed writers.
    pub fn share(folder: &Folder) -> Result<Arc<Self>, FileError> {
        let mut held = HELD.lock().unwrap_or_else(PoisonError::into_inner);
        held.retain(|lock| lock.strong_count() > 0);
        for lock in held.iter().filter_map(Weak::upgrade) {
            if lock.0.is_same(folder)? {
                return Ok(lock);
            }
        }
        // the lock belongs to what is opened here, and goes when that is closed
        let own = folder.open_again()?;
        match retry_on_intr(|| rustix::fs::flock(&own.fd, FlockOperation::LockShared)) {
            Ok(()) => {}
            // a file system without locks has no lock for the vault either
            Err(errno) if UNSUPPORTED.contains(&errno) => {}
            Err(errno) => return Err(FileError::io(Action::Lock, own.shown(), errno)),
        }
        let lock = Arc::new(Self(own));
        held.push(Arc::downgrade(&lock));
        Ok(lock)
    }

    /// Takes the lock for nobody else; `None` if somebody makes blobs, or if the folder cannot be locked: a draft that
    /// stays is better than one that is missing.
    pub fn alone(folder: &Folder) -> Option<Self> {
        let own = folder.open_again().ok()?;
        let locked = retry_on_intr(|| rustix::fs::flock(&own.fd, FlockOperation::NonBlockingLockExclusive));
        locked.is_ok().then_some(Self(own))
    }

    /// Returns the folder.
    pub fn folder(&self) -> &Folder {
        &self.0
    }
}
