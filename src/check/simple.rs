//! An estimate of the tries that guess a secret, without word lists: for builds without the feature `strength`.
//! It is coarse, and rather calls a secret weak than strong.

/// The decimal logarithm of the tries from which on a text is strong.
pub(super) const STRONG: f64 = 8.0;

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
    let longest =
        words.filter(|word| word.chars().count() > 2 && lower.contains(word)).max_by_key(String::len);
    match longest {
        Some(word) => OF_WORD + of_characters(&lower.replacen(&word, "", 1)),
        None => of_characters(text),
    }
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
