//! Forgeries of signed vaults, by somebody who can encrypt to the recipients and knows the seal and all earlier
//! texts: a former signer. A machine that knows the signers accepts none.

mod forger;
mod history;
mod honest;
mod signers;
mod texts;

use std::collections::BTreeSet;

use self::forger::{Forger, OTHER};
use self::history::{Dice, History, VAULT};

/// The number of forgeries.
const COUNT: usize = 10_000;

#[test]
fn no_forgery_is_accepted() {
    let small = History::new(VAULT, 8);
    let large = History::new(VAULT, 160);
    let other = History::new(OTHER, 8);
    for history in [&small, &large] {
        assert!(history.accepts(&history.texts[history.pinned]) && history.accepts(history.last()));
    }
    assert!(large.last().len() > 65_536, "more than one block");
    let ways = [texts::WAYS, signers::WAYS].concat();
    let mut dice = Dice(0x9e37_79b9_7f4a_7c15);
    let mut accepted = BTreeSet::new();
    for number in 0..COUNT {
        let history = if number % 200 == 0 { &large } else { &small };
        let (name, forge) = ways[number % ways.len()];
        let text = forge(&mut Forger { history, other: &other, dice: &mut dice });
        assert_ne!(text, history.last(), "{name} forges nothing");
        if history.is_fooled_by(&text) {
            accepted.insert(name);
        }
    }
    assert!(accepted.is_empty(), "{accepted:?}");
}

#[test]
fn every_byte_of_a_signed_text_is_covered() {
    let history = History::new(VAULT, 5);
    for at in 0..history.last().len() {
        let mut text = history.last().to_vec();
        text[at] ^= 1;
        assert!(!history.is_fooled_by(&text), "byte {at}");
    }
}
