//! Secrets that nobody chose, from the random numbers of the operating system.

mod fitting;

use zeroize::Zeroizing;

use crate::base64;
use crate::random::{self, NoRandomness};
use crate::secret::Secret;

pub use fitting::fitting;

/// The recipe of a secret that is to be made.
#[derive(Debug, Clone)]
pub enum Recipe {
    /// Characters of some classes, of each at least one.
    Characters {
        /// The number of characters, at least one for each class.
        length: usize,
        /// The classes.
        classes: Vec<CharacterClass>,
    },
    /// Words of the English list of BIP 39, 11 bits each.
    Words {
        /// The number of words, from 1 on.
        count: usize,
        /// The text between the words.
        separator: String,
    },
    /// Bytes in hexadecimal.
    Hex(usize),
    /// Bytes in base64.
    Base64(usize),
    /// A UUID of version 4.
    Uuid,
}

/// A class of characters, all of them on every keyboard.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CharacterClass {
    /// `a` to `z`.
    Lower,
    /// `A` to `Z`.
    Upper,
    /// `0` to `9`.
    Digit,
    /// Symbols that need no quotes in most places.
    Symbol,
}

/// A secret, and the measure of how hard it is to guess.
#[derive(Debug)]
pub struct Generated {
    /// The secret.
    pub value: Secret,
    /// The bits of its randomness, rounded down.
    pub bits: u32,
}

/// The reasons why nothing was made.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum GenerateError {
    /// A length that is too small or too large.
    #[error("the length must be from {least} to {most}")]
    Length {
        /// The least length.
        least: usize,
        /// The greatest length.
        most: usize,
    },
    /// No class of characters to choose from.
    #[error("at least one class of characters is needed")]
    NoClass,
    /// No random numbers from the operating system.
    #[error(transparent)]
    Random(#[from] NoRandomness),
}

/// The most characters, words or bytes.
const MOST: usize = 4096;

/// The English word list of BIP 39, one word a line. As text it costs a start nothing, where a table of
/// pointers has to be relocated.
///
/// Source: <https://github.com/bitcoin/bips/blob/master/bip-0039/english.txt> (MIT).
const WORDS: &str = include_str!("generate/words.txt");

impl CharacterClass {
    /// Every class.
    pub const ALL: [Self; 4] = [Self::Lower, Self::Upper, Self::Digit, Self::Symbol];

    /// Returns the name of the class.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Lower => "lower",
            Self::Upper => "upper",
            Self::Digit => "digit",
            Self::Symbol => "symbol",
        }
    }

    fn characters(self) -> &'static [u8] {
        match self {
            Self::Lower => b"abcdefghijklmnopqrstuvwxyz",
            Self::Upper => b"ABCDEFGHIJKLMNOPQRSTUVWXYZ",
            Self::Digit => b"0123456789",
            Self::Symbol => b"!#%+,-./:=@^_",
        }
    }
}

/// Returns the usual recipe: 24 characters of every class, which `password=generate` puts in.
#[must_use]
pub fn usual() -> Recipe {
    Recipe::Characters { length: 24, classes: CharacterClass::ALL.to_vec() }
}

/// Makes a secret.
///
/// # Errors
/// A length out of bounds, or no random numbers.
pub fn generate(recipe: &Recipe) -> Result<Generated, GenerateError> {
    match recipe {
        Recipe::Characters { length, classes } => characters(*length, classes),
        Recipe::Words { count, separator } => words(*count, separator),
        Recipe::Hex(count) => {
            let bytes = bytes(*count)?;
            // no piece of it lies about in a text of its own
            let mut text = Zeroizing::new(String::with_capacity(2 * bytes.len()));
            for half in bytes.iter().flat_map(|byte| [byte >> 4, byte & 15]) {
                text.push(char::from(b"0123456789abcdef"[usize::from(half)]));
            }
            Ok(Generated { value: Secret::from(text), bits: bits_of(*count) })
        }
        Recipe::Base64(count) => {
            Ok(Generated { value: base64::encode(&bytes(*count)?), bits: bits_of(*count) })
        }
        Recipe::Uuid => Ok(Generated { value: Secret::from(random::uuid()?.to_string()), bits: 122 }),
    }
}

fn characters(length: usize, classes: &[CharacterClass]) -> Result<Generated, GenerateError> {
    if classes.is_empty() {
        return Err(GenerateError::NoClass);
    }
    let least = classes.len();
    within(length, least, MOST)?;
    let all: Vec<u8> = classes.iter().flat_map(|class| class.characters()).copied().collect();
    // drawn until each class is there: all such texts are then equally likely
    let text = loop {
        let mut text = Zeroizing::new(String::with_capacity(length));
        for _ in 0..length {
            text.push(char::from(all[below(all.len())?]));
        }
        let has = |class: &CharacterClass| text.bytes().any(|byte| class.characters().contains(&byte));
        if classes.iter().all(has) {
            break text;
        }
    };
    #[expect(clippy::cast_precision_loss, reason = "some thousands")]
    let bits = (all.len() as f64).log2() * length as f64;
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "from 0 to some thousands")]
    Ok(Generated { value: Secret::from(text), bits: bits as u32 })
}

fn words(count: usize, separator: &str) -> Result<Generated, GenerateError> {
    within(count, 1, MOST)?;
    let list: Vec<&str> = WORDS.lines().collect();
    let mut text = Zeroizing::new(String::with_capacity(count * (8 + separator.len())));
    for at in 0..count {
        if at > 0 {
            text.push_str(separator);
        }
        text.push_str(list[below(list.len())?]);
    }
    Ok(Generated { value: Secret::from(text), bits: u32::try_from(count * 11).unwrap_or(u32::MAX) })
}

fn bytes(count: usize) -> Result<Zeroizing<Vec<u8>>, GenerateError> {
    within(count, 1, MOST)?;
    let mut bytes = Zeroizing::new(vec![0; count]);
    random::fill(&mut bytes)?;
    Ok(bytes)
}

fn bits_of(count: usize) -> u32 {
    u32::try_from(count * 8).unwrap_or(u32::MAX)
}

fn within(length: usize, least: usize, most: usize) -> Result<(), GenerateError> {
    if (least..=most).contains(&length) { Ok(()) } else { Err(GenerateError::Length { least, most }) }
}

/// Returns a number below a limit, each equally likely: what is drawn beyond a multiple of the limit does not
/// count.
fn below(limit: usize) -> Result<usize, GenerateError> {
    let limit = u32::try_from(limit).unwrap_or(u32::MAX).max(1);
    let beyond = u32::MAX - u32::MAX % limit;
    loop {
        let mut bytes = [0; 4];
        random::fill(&mut bytes)?;
        let drawn = u32::from_le_bytes(bytes);
        if drawn < beyond {
            return Ok(usize::try_from(drawn % limit).unwrap_or_default());
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::{CharacterClass, Recipe, WORDS, generate};

    fn made(recipe: &Recipe) -> (String, u32) {
        let generated = generate(recipe).unwrap();
        (generated.value.expose().to_owned(), generated.bits)
    }

    #[test]
    fn characters_are_of_every_class_and_no_other() {
        let none = Recipe::Characters { length: 8, classes: Vec::new() };
        assert!(matches!(super::generate(&none), Err(super::GenerateError::NoClass)));
        for classes in [
            &CharacterClass::ALL[..],
            &[CharacterClass::Digit],
            &[CharacterClass::Lower, CharacterClass::Symbol],
        ] {
            for length in [classes.len(), 8, 100] {
                let (text, _) = made(&Recipe::Characters { length, classes: classes.to_vec() });
                assert_eq!(text.len(), length);
                let class = |byte: &u8| classes.iter().find(|class| class.characters().contains(byte));
                assert!(text.as_bytes().iter().all(|byte| class(byte).is_some()));
                assert!(
                    classes.iter().all(|class| text.bytes().any(|byte| class.characters().contains(&byte)))
                );
            }
        }
    }

    #[test]
    fn every_character_comes_up() {
        let (text, bits) = made(&Recipe::Characters { length: 4096, classes: vec![CharacterClass::Digit] });
        for digit in CharacterClass::Digit.characters() {
            let count = text.bytes().filter(|byte| byte == digit).count();
            assert!((300..520).contains(&count), "{count}");
        }
        assert_eq!(bits, 13606);
    }

    #[test]
    fn other_recipes() {
        let (text, bits) = made(&Recipe::Words { count: 6, separator: "-".to_owned() });
        assert_eq!((text.split('-').count(), bits), (6, 66));
        assert_eq!(made(&Recipe::Hex(16)).0.len(), 32);
        assert_eq!(made(&Recipe::Base64(30)).0.len(), 40);
        assert_eq!(made(&Recipe::Uuid).0.len(), 36);
        assert_ne!(made(&Recipe::Hex(16)), made(&Recipe::Hex(16)));
    }

    #[test]
    fn the_word_list_is_the_published_one() {
        let digest = crate::digest::ContentDigest::of(WORDS.as_bytes()).to_string();
        assert_eq!(digest, "2f5eed53a4727b4bf8880d8f3f199efc90e58503646d9ff8eff3a2ed3b24dbda");
        // which is told by four letters, so 11 bits a word hold whatever stands between them
        let starts: BTreeSet<String> = WORDS.lines().map(|word| word.chars().take(4).collect()).collect();
        assert_eq!((WORDS.lines().count(), starts.len()), (2048, 2048));
    }

    #[test]
    fn lengths_have_bounds() {
        for recipe in [
            Recipe::Characters { length: 3, classes: CharacterClass::ALL.to_vec() },
            Recipe::Characters { length: 5000, classes: CharacterClass::ALL.to_vec() },
            Recipe::Words { count: 0, separator: String::new() },
            Recipe::Hex(0),
            Recipe::Base64(4097),
        ] {
            assert!(generate(&recipe).is_err(), "{recipe:?}");
        }
    }
}
