//! A one-time password: its seed, and the code for an instant or a counter.

use std::fmt;

use zeroize::Zeroizing;

use super::algorithm::Algorithm;
use crate::secret::Secret;

/// The characters of Steam's codes. They have no letters that look alike, and no vowels but `Y`.
const STEAM: &[u8; 26] = b"23456789BCDFGHJKMNPQRTVWXY";
/// The number of characters of Steam's codes.
const STEAM_LENGTH: u32 = 5;
/// The number of bits from which on RFC 4226 finds a seed long enough.
const LONG_ENOUGH: usize = 128;

/// A seed with everything that makes a code of it.
pub struct OneTimePassword {
    pub(super) seed: Zeroizing<Vec<u8>>,
    pub(super) algorithm: Algorithm,
    pub(super) form: CodeForm,
    pub(super) moving: Moving,
    pub(super) issuer: Option<String>,
    pub(super) account: Option<String>,
    /// True if the base32 of the seed may lack a letter.
    pub(super) is_cut: bool,
}

/// The factor that makes the next code another one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Moving {
    /// The time, in periods of this many seconds (TOTP).
    Time {
        /// The life of a code, in seconds.
        period: u32,
    },
    /// A counter, which is that of the next code (HOTP).
    Counter(u64),
}

/// The form of a code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CodeForm {
    /// So many decimal digits.
    Digits(u8),
    /// Five characters of Steam's alphabet.
    Steam,
}

impl OneTimePassword {
    /// Returns the code for a value of the counter, or for a number of periods since 1970.
    #[must_use]
    pub fn code(&self, factor: u64) -> Secret {
        let number = Zeroizing::new(self.algorithm.number(&self.seed, factor));
        let code: String = match self.form {
            CodeForm::Digits(digits) => {
                let code = *number % 10_u32.pow(digits.into());
                format!("{code:0width$}", width = usize::from(digits))
            }
            CodeForm::Steam => {
                let letters = 26_u32;
                let place = |position| (*number / letters.pow(position) % letters) as usize;
                (0..STEAM_LENGTH).map(|position| char::from(STEAM[place(position)])).collect()
            }
        };
        Secret::from(code)
    }

    /// Returns the factor of a code at an instant, in seconds since 1970: the number of its period, or the counter.
    #[must_use]
    pub fn factor(&self, seconds: u64) -> u64 {
        match self.moving {
            Moving::Time { period } => seconds / u64::from(period.max(1)),
            Moving::Counter(counter) => counter,
        }
    }

    /// Returns the number of seconds for which the code of an instant still is the current one; `None` with a
    /// counter.
    #[must_use]
    pub fn seconds_left(&self, seconds: u64) -> Option<u32> {
        match self.moving {
            Moving::Time { period } => {
                let gone = seconds % u64::from(period.max(1));
                Some(period - u32::try_from(gone).unwrap_or(0))
            }
            Moving::Counter(_) => None,
        }
    }

    /// Returns the factor that makes the next code another one.
    #[must_use]
    pub fn moving(&self) -> Moving {
        self.moving
    }

    /// Returns the form of a code.
    #[must_use]
    pub fn form(&self) -> CodeForm {
        self.form
    }

    /// Returns the hash function.
    #[must_use]
    pub fn algorithm(&self) -> Algorithm {
        self.algorithm
    }

    /// Returns true if both make the same codes of the same factors: their seeds, hash functions and forms are the same.
    #[must_use]
    pub fn has_codes_of(&self, other: &Self) -> bool {
        *self.seed == *other.seed && self.algorithm == other.algorithm && self.form == other.form
    }

    /// Returns the name of the site, without hidden characters and not too long.
    #[must_use]
    pub fn issuer(&self) -> Option<&str> {
        self.issuer.as_deref()
    }

    /// Returns the name of the account at the site, without hidden characters and not too long.
    #[must_use]
    pub fn account(&self) -> Option<&str> {
        self.account.as_deref()
    }

    /// Returns the same with these names where it has none.
    #[must_use]
    pub fn named(self, issuer: &str, account: Option<&str>) -> Self {
        let is_given = |name: &&str| !name.is_empty();
        Self {
            issuer: self.issuer.or_else(|| Some(issuer).filter(is_given).map(str::to_owned)),
            account: self.account.or_else(|| account.filter(is_given).map(str::to_owned)),
            ..self
        }
    }

    /// Returns the reason why the seed is worth a second look, if there is one.
    #[must_use]
    pub fn warning(&self) -> Option<&'static str> {
        if self.is_cut {
            Some("has a number of letters that base32 does not have; one may be missing")
        } else if self.seed.len() * 8 < LONG_ENOUGH {
            Some("is shorter than 128 bits, the least that RFC 4226 asks for")
        } else {
            None
        }
    }
}

impl fmt::Debug for OneTimePassword {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("OneTimePassword")
            .field("algorithm", &self.algorithm)
            .field("form", &self.form)
            .field("moving", &self.moving)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use crate::otp::{OneTimePassword, OtpParameters, base32};
    use crate::secret::Secret;

    const SEED_20: &[u8] = b"12345678901234567890";

    fn password(seed: &[u8], algorithm: &str, digits: &str) -> OneTimePassword {
        let secret = base32(seed);
        let plain = OtpParameters::new("totp", &secret);
        let parameters = OtpParameters { algorithm: Some(algorithm), digits: Some(digits), ..plain };
        OneTimePassword::of(&parameters).unwrap()
    }

    #[test]
    fn the_codes_of_rfc_4226() {
        let codes = [
            "755224", "287082", "359152", "969429", "338314", "254676", "287922", "162583", "399871",
            "520489",
        ];
        for (counter, code) in (0..).zip(codes) {
            assert_eq!(password(SEED_20, "SHA1", "6").code(counter).expose(), code);
        }
    }

    #[test]
    fn the_codes_of_rfc_6238() {
        let seed_64 = SEED_20.repeat(4);
        let passwords = [
            password(SEED_20, "SHA1", "8"),
            password(&seed_64[..32], "SHA256", "8"),
            password(&seed_64[..64], "SHA512", "8"),
        ];
        for (seconds, codes) in [
            (59, ["94287082", "46119246", "90693936"]),
            (1_111_111_109, ["07081804", "68084774", "25091201"]),
            (1_111_111_111, ["14050471", "67062674", "99943326"]),
            (1_234_567_890, ["89005924", "91819424", "93441116"]),
            (2_000_000_000, ["69279037", "90698825", "38618901"]),
            (20_000_000_000, ["65353130", "77737706", "47863826"]),
        ] {
            for (password, code) in passwords.iter().zip(codes) {
                assert_eq!(password.code(password.factor(seconds)).expose(), code, "{seconds}");
            }
        }
    }

    /// The codes that the tests of KeePassXC have from Steam itself.
    #[test]
    fn the_codes_of_steam() {
        let secret = Secret::from("63BEDWCQZKTQWPESARIERL5DTTQFCJTK");
        let steam = OneTimePassword::of(&OtpParameters::new("steam", &secret)).unwrap();
        for (seconds, code) in [(1_511_200_518, "FR8RV"), (1_511_200_714, "9P3VP")] {
            assert_eq!(steam.code(steam.factor(seconds)).expose(), code);
        }
    }

    #[test]
    fn a_code_lives_for_the_rest_of_its_period() {
        let secret = base32(SEED_20);
        let plain = OtpParameters::new("totp", &secret);
        let password = OneTimePassword::of(&OtpParameters { period: Some("45"), ..plain }).unwrap();
        for (seconds, factor, left) in [(0, 0, 45), (1, 0, 44), (44, 0, 1), (45, 1, 45), (90, 2, 45)] {
            assert_eq!((password.factor(seconds), password.seconds_left(seconds)), (factor, Some(left)));
        }
        let counted = OtpParameters { counter: Some("7"), ..OtpParameters::new("hotp", &secret) };
        let counted = OneTimePassword::of(&counted).unwrap();
        assert_eq!((counted.factor(99), counted.seconds_left(99)), (7, None));
    }

    #[test]
    fn a_short_seed_is_worth_a_warning_and_debug_shows_none() {
        for (length, warns) in [(1, true), (10, true), (15, true), (16, false), (20, false)] {
            assert_eq!(password(&vec![7; length], "SHA1", "6").warning().is_some(), warns);
        }
        let shown = format!("{:?}", password(SEED_20, "SHA1", "6"));
        assert!(!shown.contains("GEZD") && !shown.contains("49") && shown.contains("Sha1"), "{shown}");
    }
}
