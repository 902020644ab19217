//! A secret that a rule accepts, for fields that do not take every secret.

use super::CharacterClass::{Digit, Lower, Upper};
use super::{CharacterClass, GenerateError, Generated, Recipe, generate, usual};

/// The sets of characters to try, the one with the most characters first.
const SETS: [&[CharacterClass]; 4] =
    [&CharacterClass::ALL, &[Lower, Upper, Digit], &[Lower, Digit], &[Digit]];

/// The lengths to try after the usual one, the common ones of keys first.
const LENGTHS: [usize; 14] = [32, 40, 64, 48, 36, 22, 20, 16, 63, 14, 12, 10, 8, 6];

/// Makes a secret by the usual recipe, or by another one if `accepts` refuses it. None if no recipe fits, because
/// the field wants a text of a certain form.
///
/// # Errors
/// No random numbers.
pub fn fitting(accepts: impl Fn(&str) -> bool) -> Result<Option<Generated>, GenerateError> {
    let first = generate(&usual())?;
    if accepts(first.value.expose()) {
        return Ok(Some(first));
    }
    for classes in SETS {
        for length in [24].into_iter().chain(LENGTHS) {
            let made = generate(&Recipe::Characters { length, classes: classes.to_vec() })?;
            if accepts(made.value.expose()) {
                return Ok(Some(made));
            }
        }
    }
    for count in [32, 20, 16] {
        let made = generate(&Recipe::Hex(count))?;
        if accepts(made.value.expose()) {
            return Ok(Some(made));
        }
    }
    Ok(None)
}

#[cfg(test)]
mod tests {
    use super::fitting;

    fn made(accepts: impl Fn(&str) -> bool) -> Option<String> {
        fitting(accepts).unwrap().map(|made| made.value.expose().to_owned())
    }

    #[test]
    fn a_secret_fits_its_field() {
        assert_eq!(made(|_| true).unwrap().len(), 24);
        assert_eq!(made(|text| text.len() == 40).unwrap().len(), 40);
        assert_eq!(made(|text| text.len() <= 16).unwrap().len(), 16);
        assert!(made(|text| text.len() == 8 && text.parse::<u32>().is_ok()).is_some());
        assert!(made(|text| text.len() == 64 && text.bytes().all(|byte| byte.is_ascii_hexdigit())).is_some());
        assert_eq!(made(|text| text.starts_with("ghp_")), None);
    }
}
