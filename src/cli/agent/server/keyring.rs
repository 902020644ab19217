//! The keys that the agent holds, for many threads at a time. No lock is held during slow work, and an answer
//! leaves only while the lock is held and the key is still there: what was locked answers nothing.

use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use credctl::vault::{Error, FileKey, WrappedKey};

use super::clock::LimitClock;
use super::held::HeldKey;
use crate::cli::agent::message::{Addition, Left, Protection};
use crate::cli::agent::name::KeyName;

/// The most keys that are held.
const MOST: usize = 64;
/// The most passphrases that are stretched at a time: each takes 256 MiB as a rule.
const STRETCHES: usize = 2;

/// The keys that the agent holds.
pub struct Keyring {
    clock: Box<dyn LimitClock>,
    state: Mutex<KeyringState>,
    /// Told when a slow work has ended.
    ended: Condvar,
}

#[derive(Default)]
struct KeyringState {
    keys: Vec<HeldKey>,
    /// The number of the next key.
    next: u64,
    /// The keys at work, each with the file that it may open.
    busy: Vec<(u64, [u8; 32])>,
    stretches: usize,
}

impl KeyringState {
    /// Wipes the keys whose time is over.
    fn expire(&mut self, now: Duration) {
        self.keys.retain(|key| now < key.end());
    }

    fn of(&mut self, number: u64) -> Option<&mut HeldKey> {
        self.keys.iter_mut().find(|key| key.number == number)
    }

    fn named<'a>(&'a mut self, names: &'a [KeyName]) -> impl Iterator<Item = &'a mut HeldKey> {
        self.keys.iter_mut().filter(|key| names.contains(&key.name))
    }
}

/// Slow work that others wait for. If it panics, they go on all the same.
struct SlowWork<'a> {
    ring: &'a Keyring,
    /// The key at work and the file, if others may want the same.
    busy: Option<(u64, [u8; 32])>,
    is_stretch: bool,
    is_over: bool,
}

impl<'a> SlowWork<'a> {
    fn begin(
        ring: &'a Keyring,
        state: &mut KeyringState,
        busy: Option<(u64, [u8; 32])>,
        is_stretch: bool,
    ) -> Self {
        state.busy.extend(busy);
        state.stretches += usize::from(is_stretch);
        Self { ring, busy, is_stretch, is_over: false }
    }

    /// Ends the work while the state is locked, so that its result is there before others look for it.
    fn end(mut self, state: &mut KeyringState) {
        self.finish(state);
    }

    fn finish(&mut self, state: &mut KeyringState) {
        self.is_over = true;
        state.busy.retain(|busy| Some(*busy) != self.busy);
        state.stretches -= usize::from(self.is_stretch);
        self.ring.ended.notify_all();
    }
}

impl Drop for SlowWork<'_> {
    fn drop(&mut self) {
        if !self.is_over {
            let (mut state, _) = self.ring.state();
            self.finish(&mut state);
        }
    }
}

impl Keyring {
    /// Makes a keyring without keys.
    pub fn new(clock: Box<dyn LimitClock>) -> Self {
        Self { clock, state: Mutex::default(), ended: Condvar::new() }
    }

    /// Locks the state, in which no key is left whose time is over.
    fn state(&self) -> (MutexGuard<'_, KeyringState>, Duration) {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        let now = self.clock.now();
        state.expire(now);
        (state, now)
    }

    fn wait(&self, state: MutexGuard<'_, KeyringState>) {
        drop(self.ended.wait(state).unwrap_or_else(PoisonError::into_inner));
    }

    /// Holds a key, in the place of one of the same name.
    pub fn add(&self, addition: &Addition) -> bool {
        let (mut state, now) = self.state();
        state.keys.retain(|key| key.name != addition.name);
        if state.keys.len() == MOST {
            return false;
        }
        state.next += 1;
        let key = HeldKey::new(state.next, addition, now);
        state.keys.push(key);
        true
    }

    /// Unwraps the key of a file with one of these keys, and gives it to `give` while the keyring is locked. The
    /// limit without use begins anew if `is_use` is true.
    pub fn unwrap(
        &self,
        names: &[KeyName],
        wrapped: &WrappedKey,
        is_use: bool,
        give: &mut dyn FnMut(Option<&FileKey>),
    ) {
        let file = wrapped.digest();
        loop {
            let (mut state, now) = self.state();
            if let Some((key, found)) =
                state.named(names).find_map(|key| key.known(&file).map(|found| (key, found)))
            {
                if is_use {
                    key.used(now);
                }
                return give(Some(&found));
            }
            let Some(key) = state.named(names).find(|key| key.may_open(&file)) else { return give(None) };
            let (number, material) = (key.number, key.material.clone());
            let is_passphrase = material.passphrase().is_some();
            if state.busy.contains(&(number, file)) || (is_passphrase && state.stretches >= STRETCHES) {
                // another client asked for the same
                self.wait(state);
                continue;
            }
            let work = SlowWork::begin(self, &mut state, Some((number, file)), is_passphrase);
            drop(state);
            let unwrapped = material.key().map(|key| key.unwrap(wrapped));
            drop(material);
            let (mut state, _) = self.state();
            work.end(&mut state);
            // it may have been locked meanwhile
            if let Some(key) = state.of(number) {
                match unwrapped {
                    Some(Ok(found)) => key.remember(wrapped, &found),
                    // a lack of memory may be over the next time
                    Some(Err(Error::Memory { .. })) => return give(None),
                    Some(Err(_)) | None => key.never_opens(file),
                }
            }
        }
    }

    /// Wraps the key of a new file with the passphrase of this name, and gives it to `give` while the keyring
    /// is locked.
    pub fn wrap(&self, name: KeyName, key: &FileKey, give: &mut dyn FnMut(Option<&WrappedKey>)) {
        loop {
            let (mut state, _) = self.state();
            let found = state.named(&[name]).next().map(|held| (held.number, held.material.passphrase()));
            let Some((number, Some(passphrase))) = found else { return give(None) };
            if state.stretches >= STRETCHES {
                self.wait(state);
                continue;
            }
            let work = SlowWork::begin(self, &mut state, None, true);
            drop(state);
            let wrapped = WrappedKey::with_passphrase(key, &passphrase).ok();
            let (mut state, now) = self.state();
            work.end(&mut state);
            let Some((held, wrapped)) = state.of(number).zip(wrapped) else { return give(None) };
            held.remember(&wrapped, key);
            held.used(now);
            return give(Some(&wrapped));
        }
    }

    /// Remembers the key of a file beside the keys of these names that are of a plugin. One of an identity opens
    /// only what the identity opens.
    pub fn keep(&self, names: &[KeyName], wrapped: &WrappedKey, key: &FileKey) -> bool {
        let (mut state, now) = self.state();
        let mut is_kept = false;
        for held in state.named(names).filter(|held| held.is_of_plugin()) {
            held.remember(wrapped, key);
            held.used(now);
            is_kept = true;
        }
        is_kept
    }

    /// Wipes the keys of these names and those that were added for a vault; without a vault, all. Returns the
    /// number of keys.
    pub fn lock(&self, vault: Option<KeyName>, names: &[KeyName]) -> usize {
        let (mut state, _) = self.state();
        let before = state.keys.len();
        match vault {
            Some(vault) => state.keys.retain(|key| key.vault != vault && !names.contains(&key.name)),
            None => state.keys.clear(),
        }
        // who waits for one of them learns that it is gone
        self.ended.notify_all();
        before - state.keys.len()
    }

    /// Returns the time that is left for the keys of these names, the number of vaults that keys were added for,
    /// and the protection of their memory.
    pub fn look(&self, names: &[KeyName]) -> (Option<Left>, usize, Protection) {
        let (mut state, now) = self.state();
        let left = state.named(names).map(|key| key.left(now)).max_by_key(|left| left.idle);
        let mut vaults: Vec<_> = state.keys.iter().map(|key| key.vault.0).collect();
        vaults.sort_unstable();
        vaults.dedup();
        let protection = state.keys.iter().map(HeldKey::protection).min();
        (left, vaults.len(), protection.unwrap_or(Protection::None))
    }

    /// Returns the time until the next key has to be forgotten; `None` if there are none.
    pub fn next_end(&self) -> Option<Duration> {
        let (state, now) = self.state();
        state.keys.iter().map(|key| key.end().saturating_sub(now)).min()
    }
}

#[cfg(test)]
mod tests;
