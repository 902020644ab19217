//! An estimate of the tries that guess a secret, without word lists: for builds without the feature `strength`.
//! It is coarse: it knows few words, so that a word and a number that it does not know may pass.

/// The decimal logarithm of the tries from which on a text is strong.
pub(super) const STRONG: f64 = 9.5;

/// The passwords that are tried first.
const COMMON: [&str; 24] = [
    "password",
    "passw0rd",
    "qwerty",
    "qwertz",
    "azerty",
    "letmein",
    "welcome",
    "admin",
    "administrator",
    "root",
    "login",
    "secret",
    "changeme",
    "default",
    "master",
    "dragon",
    "monkey",
    "iloveyou",
    "hunter",
    "football",
    "superman",
    "sunshine",
    "princess",
    "trustno",
];

/// The digits of the tries for a word that is known.
const OF_WORD: f64 = 2.0;
/// The digits of the tries for a character that repeats or continues the one before.
const OF_STEP: f64 = 0.2;

/// Returns the decimal logarithm of the tries that guess a text. `known` holds what somebody would try first.
pub(super) fn tries(text: &str, known: &[&str]) -> f64 {
    let lower = text.to_lowercase();
    let words = COMMON.iter().copied().chain(known.iter().copied()).map(str::to_lowercase);
    let mut words: Vec<String> = words.filter(|word| word.chars().count() > 2).collect();
    words.sort_by_key(|word| std::cmp::Reverse(word.len()));
    let Some(word) = words.into_iter().find(|word| lower.contains(word)) else { return of_characters(text) };
    // the same word twice is hardly more
    OF_WORD + of_characters(&lower.replace(&word, ""))
}

fn of_characters(text: &str) -> f64 {
    let mut before = None;
    let mut digits = 0.0;
    for c in text.chars() {
        let is_step = before.is_some_and(|before: char| u32::from(before).abs_diff(u32::from(c)) <= 1);
        digits += if is_step { OF_STEP } else { of_character(c) };
        before = Some(c);
    }
    digits
}

/// Returns the digits of the tries for one character. Letters mostly stand in words, and count less than there are.
fn of_character(c: char) -> f64 {
    match c {
        '0'..='9' | 'a'..='z' => 1.0,
        'A'..='Z' => 1.2,
        ' '..='~' => 1.5,
        _ => 2.0,
    }
}

#[cfg(test)]
mod tests {
    use super::{STRONG, tries};

    #[test]
    fn what_people_choose_is_weak_and_what_is_drawn_is_strong() {
        for weak in
            ["", "a", "hunter2", "Password1!", "aaaaaaaaaaaaaaaa", "1234567890", "abcdefghijkl", "Summer26"]
        {
            assert!(tries(weak, &[]) < STRONG, "{weak}: {}", tries(weak, &[]));
        }
        for strong in ["x7Kq9-bZ_w", "correct horse battery", "4f9c2e71a0b8d653"] {
            assert!(tries(strong, &[]) >= STRONG, "{strong}: {}", tries(strong, &[]));
        }
    }

    #[test]
    fn texts_that_are_known_are_tried_first() {
        assert!(tries("payments-prod", &[]) >= STRONG);
        assert!(tries("Payments-Prod1", &["payments-prod"]) < STRONG);
    }
}
