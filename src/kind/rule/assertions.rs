//! Assertions about rules that the tests of every family share.

use super::definition::{Accepted, Rule};

/// Asserts that a rule takes some texts as they are and refuses others without quoting them;
/// short ones may stand in a reason by chance, as part of its example.
pub fn judges(rule: &Rule, accepted: &[&str], refused: &[&str]) {
    for text in accepted {
        assert_eq!((rule.check)(text), Ok(Accepted::verbatim()), "{text:?}");
    }
    for text in refused {
        let reason = (rule.check)(text).expect_err(text);
        assert!(text.chars().count() < 12 || !reason.contains(text), "{text:?} is quoted: {reason}");
    }
}

/// Asserts the form in which a text is stored.
pub fn stores(rule: &Rule, text: &str, form: &str) {
    assert_eq!((rule.check)(text), Ok(Accepted::normalised(form)), "{text:?}");
}

/// Asserts that a text is taken with a warning.
pub fn warns(rule: &Rule, text: &str) {
    let accepted = (rule.check)(text).expect(text);
    assert!(accepted.warning.is_some_and(|warning| !warning.contains(text)), "{text:?}");
}
