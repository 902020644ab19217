//! Text as a seed of one-time passwords: no panic, and what is stored or written gives the same codes.
#![no_main]

use credctl::otp::{Moving, OneTimePassword, with_counter};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    judge(text);
    // most texts are no address by themselves
    judge(&format!("otpauth://totp/{text}"));
    judge(&format!("otpauth://hotp/x?secret=GEZDGNBV&{text}"));
});

fn judge(text: &str) {
    let password = match OneTimePassword::parse(text) {
        Ok(password) => password,
        Err(error) => {
            let _ = error.to_string();
            return;
        }
    };
    let codes = |password: &OneTimePassword| [0, 1, u64::MAX].map(|factor| password.code(factor));
    let stored = password.stored(text);
    for other in [&stored, &password.uri()] {
        let again = OneTimePassword::parse(other.expose()).expect("a seed");
        assert_eq!(codes(&again), codes(&password));
        assert_eq!(again.moving(), password.moving());
    }
    assert_eq!(OneTimePassword::parse(stored.expose()).expect("a seed").stored(stored.expose()), stored);
    if let Moving::Counter(counter) = password.moving() {
        let next = with_counter(stored.expose(), counter.wrapping_add(1)).expect("a counter");
        let moved = OneTimePassword::parse(next.expose()).expect("a seed");
        assert_eq!(moved.moving(), Moving::Counter(counter.wrapping_add(1)));
        assert_eq!(codes(&moved), codes(&password));
    }
}
