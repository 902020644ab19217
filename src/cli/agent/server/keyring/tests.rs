//! The keys that an agent holds: their limits on a clock that jumps, and a lock that wins over slow work.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Barrier};
use std::thread;
use std::time::Duration;

use credctl::vault::{FileKey, Lockset, Plugins, Recipients, Sealed, Sealer, WrappedKey, generate};
use zeroize::Zeroizing;

use super::{Keyring, LimitClock, SlowWork};
use crate::cli::agent::message::{Addition, Material, Protection};
use crate::cli::agent::name::KeyName;

const MINUTE: u64 = 60;
const HOUR: u64 = 60 * MINUTE;

/// A clock that a test moves.
#[derive(Clone, Default)]
struct TestClock(Arc<AtomicU64>);

impl TestClock {
    fn goes(&self, seconds: u64) {
        self.0.fetch_add(seconds, Ordering::SeqCst);
    }
}

impl LimitClock for TestClock {
    fn now(&self) -> Duration {
        Duration::from_secs(self.0.load(Ordering::SeqCst))
    }
}

fn ring() -> (Keyring, TestClock) {
    let clock = TestClock::default();
    (Keyring::new(Box::new(clock.clone())), clock)
}

fn name(number: u8) -> KeyName {
    KeyName([number; 32])
}

/// The stanzas of a file that is locked to a recipient.
fn locked_to(recipient: &str) -> WrappedKey {
    let recipients = Recipients::parse([recipient], &Plugins::default()).unwrap();
    let mut file = Vec::new();
    Sealer::new(&Lockset::Recipients(recipients)).unwrap().seal(&mut file, |_| Ok(())).unwrap();
    Sealed::in_memory(&file).unwrap().wrapped_key().unwrap()
}

/// Some stanzas that no key opens.
fn nobodys(number: u8) -> WrappedKey {
    let text = format!("age-encryption.org/v1\n-> test {number}\n\n---\n");
    WrappedKey::from_bytes(text.into_bytes()).unwrap()
}

fn addition(number: u8, material: Material) -> Addition {
    Addition {
        name: name(number),
        vault: name(100 + number),
        material,
        ttl: Duration::from_secs(8 * HOUR),
        idle: Duration::from_secs(30 * MINUTE),
        opens: (nobodys(number), FileKey::from_bytes(&[number; 16]).unwrap()),
    }
}

fn unwrap(ring: &Keyring, names: &[KeyName], wrapped: &WrappedKey) -> Option<[u8; 16]> {
    asked(ring, names, wrapped, true)
}

fn asked(ring: &Keyring, names: &[KeyName], wrapped: &WrappedKey, is_use: bool) -> Option<[u8; 16]> {
    let mut given = None;
    ring.unwrap(names, wrapped, is_use, &mut |key| given = key.map(|key| *key.expose()));
    given
}

#[test]
fn a_key_answers_for_its_name_alone_and_for_every_file_that_it_opens() {
    let (ring, _) = ring();
    let (secret, public) = generate();
    let text = Zeroizing::new(secret.expose().as_bytes().to_vec());
    assert!(ring.add(&addition(1, Material::Identity(text, None))));
    assert_eq!(unwrap(&ring, &[name(1)], &nobodys(1)), Some([1; 16]));
    let file = locked_to(&public);
    let key = unwrap(&ring, &[name(2), name(1)], &file);
    assert!(key.is_some() && unwrap(&ring, &[name(1)], &file) == key);
    assert_eq!(unwrap(&ring, &[name(2)], &file), None);
    assert_eq!(unwrap(&ring, &[], &file), None);
    let (_, other) = generate();
    assert_eq!(unwrap(&ring, &[name(1)], &locked_to(&other)), None);
}

#[test]
fn limits_hold_on_a_clock_that_jumps() {
    let (ring, clock) = ring();
    ring.add(&addition(1, Material::Nothing));
    for _ in 0..3 {
        clock.goes(29 * MINUTE);
        assert!(unwrap(&ring, &[name(1)], &nobodys(1)).is_some(), "use renews the limit");
    }
    clock.goes(29 * MINUTE);
    // neither a question, nor a failure, nor a look is use
    assert!(ring.look(&[name(1)]).0.is_some() && unwrap(&ring, &[name(1)], &nobodys(9)).is_none());
    assert!(asked(&ring, &[name(1)], &nobodys(1), false).is_some());
    clock.goes(MINUTE);
    assert!(unwrap(&ring, &[name(1)], &nobodys(1)).is_none() && ring.next_end().is_none());
    ring.add(&addition(1, Material::Nothing));
    // the machine was suspended
    clock.goes(10 * HOUR);
    assert!(unwrap(&ring, &[name(1)], &nobodys(1)).is_none());
    assert_eq!(ring.look(&[name(1)]), (None, 0, Protection::None));
}

#[test]
fn the_absolute_limit_is_not_renewed() {
    let (ring, clock) = ring();
    ring.add(&addition(1, Material::Nothing));
    for _ in 0..(8 * HOUR / (20 * MINUTE) - 1) {
        clock.goes(20 * MINUTE);
        assert!(unwrap(&ring, &[name(1)], &nobodys(1)).is_some());
    }
    assert_eq!(ring.next_end(), Some(Duration::from_secs(20 * MINUTE)));
    clock.goes(20 * MINUTE);
    assert!(unwrap(&ring, &[name(1)], &nobodys(1)).is_none());
}

#[test]
fn a_lock_takes_the_keys_of_one_vault_or_all() {
    let (ring, _) = ring();
    for number in 1..=3 {
        ring.add(&addition(number, Material::Nothing));
    }
    assert_eq!(ring.look(&[name(1)]).1, 3);
    assert_eq!(ring.lock(Some(name(101)), &[]), 1);
    assert_eq!(ring.lock(Some(name(50)), &[name(2)]), 1);
    assert!(unwrap(&ring, &[name(1), name(2)], &nobodys(2)).is_none());
    assert!(unwrap(&ring, &[name(3)], &nobodys(3)).is_some());
    assert_eq!(ring.lock(None, &[]), 1);
    assert!(ring.next_end().is_none());
}

#[test]
fn a_key_of_the_same_name_takes_the_place_of_the_old_one() {
    let (ring, _) = ring();
    ring.add(&addition(1, Material::Nothing));
    let other = Addition {
        opens: (nobodys(2), FileKey::from_bytes(&[2; 16]).unwrap()),
        ..addition(1, Material::Nothing)
    };
    ring.add(&other);
    assert!(unwrap(&ring, &[name(1)], &nobodys(1)).is_none());
    assert_eq!(unwrap(&ring, &[name(1)], &nobodys(2)), Some([2; 16]));
}

#[test]
fn only_the_newest_files_are_remembered() {
    let (ring, _) = ring();
    ring.add(&addition(1, Material::Nothing));
    for number in 2..40 {
        ring.keep(&[name(1)], &nobodys(number), &FileKey::from_bytes(&[number; 16]).unwrap());
    }
    assert_eq!(unwrap(&ring, &[name(1)], &nobodys(1)), None);
    for number in 8..40 {
        assert_eq!(unwrap(&ring, &[name(1)], &nobodys(number)), Some([number; 16]));
    }
    assert!(!ring.keep(&[name(2)], &nobodys(1), &FileKey::from_bytes(&[1; 16]).unwrap()));
}

#[test]
fn a_work_that_panics_keeps_nobody_waiting() {
    let (ring, _) = ring();
    let work = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
        let _work = SlowWork::begin(&ring, &mut ring.state().0, Some((1, [1; 32])), true);
        panic!("planted");
    }));
    assert!(work.is_err());
    let (state, _) = ring.state();
    assert!(state.busy.is_empty() && state.stretches == 0);
}

#[test]
fn what_a_plugin_opened_is_remembered_for_the_plugin_alone() {
    let (ring, _) = ring();
    let (secret, _) = generate();
    let text = Zeroizing::new(secret.expose().as_bytes().to_vec());
    ring.add(&addition(1, Material::Identity(text, None)));
    ring.add(&addition(2, Material::Nothing));
    assert!(ring.keep(&[name(1), name(2)], &nobodys(7), &FileKey::from_bytes(&[7; 16]).unwrap()));
    assert_eq!(unwrap(&ring, &[name(1)], &nobodys(7)), None);
    assert_eq!(unwrap(&ring, &[name(2)], &nobodys(7)), Some([7; 16]));
}

#[test]
fn a_passphrase_wraps_new_keys_and_opens_what_it_wrapped() {
    let (ring, _) = ring();
    ring.add(&addition(1, Material::Passphrase("correct horse".into())));
    let key = FileKey::from_bytes(&[9; 16]).unwrap();
    let mut wrapped = None;
    ring.wrap(name(1), &key, &mut |given| wrapped = given.cloned());
    let wrapped = wrapped.unwrap();
    assert_eq!(unwrap(&ring, &[name(1)], &wrapped), Some([9; 16]));
    let passphrase = credctl::vault::Key::Passphrase("correct horse".into());
    assert_eq!(passphrase.unwrap(&wrapped).unwrap().expose(), key.expose());
    ring.wrap(name(2), &key, &mut |given| assert!(given.is_none()));
    ring.add(&addition(2, Material::Nothing));
    ring.wrap(name(2), &key, &mut |given| assert!(given.is_none()));
}

#[test]
fn nothing_is_answered_once_a_lock_has_returned() {
    let (ring, _) = ring();
    let (ring, begin) = (Arc::new(ring), Arc::new(Barrier::new(2)));
    ring.add(&addition(1, Material::Passphrase("correct horse".into())));
    let (other, begun) = (Arc::clone(&ring), Arc::clone(&begin));
    let slow = thread::spawn(move || {
        begun.wait();
        let mut given = None;
        other.wrap(name(1), &FileKey::from_bytes(&[9; 16]).unwrap(), &mut |wrapped| {
            given = Some(wrapped.is_some());
        });
        given
    });
    begin.wait();
    // stretching takes far longer
    thread::sleep(Duration::from_millis(100));
    assert_eq!(ring.lock(Some(name(101)), &[]), 1);
    assert_eq!(slow.join().unwrap(), Some(false));
}
