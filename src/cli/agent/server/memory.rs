//! Memory for the agent's keys: pages that the kernel itself does not map, or at least pages that it does not
//! swap out. Wiped when dropped.

use std::ops::Deref;

use memfd_secret::MemfdSecret;
use zeroize::{Zeroize as _, Zeroizing};

use crate::cli::agent::message::Protection;

/// Bytes in protected memory.
pub struct LockedBytes(Pages);

enum Pages {
    /// Pages that are gone from the map of the kernel.
    Secret(MemfdSecret, usize),
    /// A buffer whose pages are locked, where the system allows that.
    Locked { buffer: Zeroizing<Vec<u8>>, start: usize, length: usize, _guard: Option<region::LockGuard> },
}

impl LockedBytes {
    /// Copies bytes into protected memory.
    pub fn new(bytes: &[u8]) -> Self {
        let mut locked = Self::zeroed(bytes.len());
        locked.write(0, bytes);
        locked
    }

    /// Makes protected memory of `length` zero bytes.
    pub fn zeroed(length: usize) -> Self {
        if let Ok(secret) = MemfdSecret::new(length.max(1)) {
            return Self(Pages::Secret(secret, length));
        }
        // whole pages, which it shares with nothing else
        let page = region::page::size();
        let pages = length.div_ceil(page).max(1) * page;
        let buffer = Zeroizing::new(vec![0; pages + page]);
        let start = buffer.as_ptr().align_offset(page).min(page);
        let guard = region::lock(buffer[start..].as_ptr(), pages).ok();
        Self(Pages::Locked { buffer, start, length, _guard: guard })
    }

    /// Overwrites bytes from a place on. What does not fit is left out.
    pub fn write(&mut self, at: usize, bytes: &[u8]) {
        let room = match &mut self.0 {
            Pages::Secret(secret, length) => &mut secret.as_mut_slice()[..*length],
            Pages::Locked { buffer, start, length, .. } => &mut buffer[*start..*start + *length],
        };
        if let Some(room) = room.get_mut(at..at + bytes.len()) {
            room.copy_from_slice(bytes);
        }
    }

    /// Returns the protection of the memory.
    pub fn protection(&self) -> Protection {
        match &self.0 {
            Pages::Secret(..) => Protection::Secret,
            Pages::Locked { _guard: Some(_), .. } => Protection::Locked,
            Pages::Locked { _guard: None, .. } => Protection::None,
        }
    }
}

impl Deref for LockedBytes {
    type Target = [u8];

    fn deref(&self) -> &[u8] {
        match &self.0 {
            Pages::Secret(secret, length) => &secret.as_slice()[..*length],
            Pages::Locked { buffer, start, length, .. } => &buffer[*start..*start + *length],
        }
    }
}

impl Drop for LockedBytes {
    fn drop(&mut self) {
        // before the lock on the pages ends; the other kind wipes itself
        if let Pages::Locked { buffer, .. } = &mut self.0 {
            buffer.as_mut_slice().zeroize();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::LockedBytes;

    #[test]
    fn bytes_are_kept_in_either_kind_of_memory() {
        for length in [0, 1, 4096, 10_000] {
            let bytes = vec![7; length];
            let mut locked = LockedBytes::new(&bytes);
            assert_eq!(&locked[..], &bytes);
            locked.write(0, &[1]);
            assert_eq!(locked.first(), (length > 0).then_some(&1));
            // what does not fit changes nothing
            locked.write(length, &[9]);
            assert!(!locked.contains(&9));
        }
    }
}
