//! The parameters of a one-time password as other programs keep them: texts, most of them optional.

use super::algorithm::Algorithm;
use super::base32;
use super::error::{LONGEST_PERIOD, SeedError};
use super::password::{CodeForm, Moving, OneTimePassword};
use crate::secret::Secret;
use crate::text::is_hidden;

/// The longest name of an issuer or account, in characters.
const LONGEST_NAME: usize = 127;
/// The period where none is given, in seconds.
const USUAL_PERIOD: u32 = 30;
/// The number of digits where none is given.
const USUAL_DIGITS: u8 = 6;

/// The parameters of a one-time password as texts. An empty text is as good as none.
///
/// ```
/// use credctl::otp::{OneTimePassword, OtpParameters};
/// let secret = "JBSW Y3DP EHPK 3PXP".into();
/// let password = OneTimePassword::of(&OtpParameters {
///     issuer: Some("ACME"),
///     digits: Some("8"),
///     ..OtpParameters::new("totp", &secret)
/// })?;
/// assert_eq!(password.uri().expose(), "otpauth://totp/ACME?secret=JBSWY3DPEHPK3PXP&issuer=ACME&digits=8");
/// # Ok::<(), credctl::otp::SeedError>(())
/// ```
#[derive(Debug, Clone, Copy)]
pub struct OtpParameters<'a> {
    /// The type: `totp`, `hotp` or `steam`, in any letter case.
    pub kind: &'a str,
    /// The seed, in base32.
    pub secret: &'a Secret,
    /// The name of the hash function.
    pub algorithm: Option<&'a str>,
    /// The number of digits of a code.
    pub digits: Option<&'a str>,
    /// The life of a code, in seconds.
    pub period: Option<&'a str>,
    /// The counter of the next code.
    pub counter: Option<&'a str>,
    /// The form of codes: `steam`.
    pub encoder: Option<&'a str>,
    /// The site.
    pub issuer: Option<&'a str>,
    /// The account at the site.
    pub account: Option<&'a str>,
}

impl<'a> OtpParameters<'a> {
    /// Makes the parameters of a seed with which everything is as usual.
    #[must_use]
    pub fn new(kind: &'a str, secret: &'a Secret) -> Self {
        Self {
            kind,
            secret,
            algorithm: None,
            digits: None,
            period: None,
            counter: None,
            encoder: None,
            issuer: None,
            account: None,
        }
    }
}

impl OneTimePassword {
    /// Makes a one-time password of its parameters.
    ///
    /// # Errors
    /// The parameter that is not as it must be.
    pub fn of(parameters: &OtpParameters<'_>) -> Result<Self, SeedError> {
        let is_steam = match parameters.kind.to_ascii_lowercase().as_str() {
            "totp" | "hotp" => match given(parameters.encoder) {
                None => false,
                Some(encoder) if encoder.eq_ignore_ascii_case("steam") => true,
                Some(_) => return Err(SeedError::Encoder),
            },
            "steam" => true,
            _ => return Err(SeedError::Type),
        };
        let decoded =
            base32::decode(parameters.secret.expose()).map_err(|place| SeedError::NotBase32 { place })?;
        if decoded.bytes.is_empty() {
            return Err(SeedError::Empty);
        }
        let moving = if parameters.kind.eq_ignore_ascii_case("hotp") {
            let counter = given(parameters.counter).map(|text| number(text).ok_or(SeedError::Counter));
            Moving::Counter(counter.transpose()?.unwrap_or(0))
        } else {
            Moving::Time { period: period(parameters.period)? }
        };
        Ok(Self {
            algorithm: given(parameters.algorithm).map(Algorithm::parse).transpose()?.unwrap_or_default(),
            form: if is_steam { CodeForm::Steam } else { CodeForm::Digits(digits(parameters.digits)?) },
            moving,
            issuer: given(parameters.issuer).and_then(name),
            account: given(parameters.account).and_then(name),
            seed: decoded.bytes,
            is_cut: decoded.is_cut,
        })
    }
}

fn given(text: Option<&str>) -> Option<&str> {
    text.map(str::trim).filter(|text| !text.is_empty())
}

fn number(text: &str) -> Option<u64> {
    text.parse().ok().filter(|_| text.bytes().all(|byte| byte.is_ascii_digit()))
}

fn digits(text: Option<&str>) -> Result<u8, SeedError> {
    let Some(text) = given(text) else { return Ok(USUAL_DIGITS) };
    number(text)
        .and_then(|digits| u8::try_from(digits).ok())
        .filter(|digits| (6..=8).contains(digits))
        .ok_or(SeedError::Digits)
}

fn period(text: Option<&str>) -> Result<u32, SeedError> {
    let Some(text) = given(text) else { return Ok(USUAL_PERIOD) };
    number(text)
        .and_then(|period| u32::try_from(period).ok())
        .filter(|period| (1..=LONGEST_PERIOD).contains(period))
        .ok_or(SeedError::Period)
}

/// Returns a name without invisible characters, cut to the greatest length.
fn name(text: &str) -> Option<String> {
    let name: String = text.chars().filter(|c| !is_hidden(*c)).take(LONGEST_NAME).collect();
    let name = name.trim();
    (!name.is_empty()).then(|| name.to_owned())
}

#[cfg(test)]
mod tests {
    use super::OtpParameters;
    use crate::otp::{CodeForm, Moving, OneTimePassword, SeedError};
    use crate::secret::Secret;

    #[test]
    fn what_is_not_given_is_as_usual() {
        let secret = Secret::from("MZXW6YTBOI");
        for nothing in [None, Some(""), Some(" ")] {
            let parameters = OtpParameters {
                algorithm: nothing,
                digits: nothing,
                period: nothing,
                counter: nothing,
                encoder: nothing,
                issuer: nothing,
                account: nothing,
                ..OtpParameters::new("TOTP", &secret)
            };
            let password = OneTimePassword::of(&parameters).unwrap();
            assert_eq!(password.form(), CodeForm::Digits(6));
            assert_eq!(password.moving(), Moving::Time { period: 30 });
            assert_eq!((password.issuer(), password.account()), (None, None));
            let password = OneTimePassword::of(&OtpParameters { kind: "hotp", ..parameters }).unwrap();
            assert_eq!(password.moving(), Moving::Counter(0));
        }
    }

    #[test]
    fn numbers_outside_their_bounds_are_refused() {
        let secret = Secret::from("MZXW6YTBOI");
        let of = |parameters: OtpParameters<'_>| OneTimePassword::of(&parameters).err();
        let plain = OtpParameters::new("totp", &secret);
        for (digits, error) in [
            ("5", Some(SeedError::Digits)),
            ("6", None),
            ("8", None),
            ("9", Some(SeedError::Digits)),
            ("six", Some(SeedError::Digits)),
            ("+6", Some(SeedError::Digits)),
            ("264", Some(SeedError::Digits)),
        ] {
            assert_eq!(of(OtpParameters { digits: Some(digits), ..plain }), error, "{digits}");
        }
        for (period, error) in [
            ("0", Some(SeedError::Period)),
            ("1", None),
            ("86400", None),
            ("86401", Some(SeedError::Period)),
            ("-30", Some(SeedError::Period)),
            ("30.5", Some(SeedError::Period)),
        ] {
            assert_eq!(of(OtpParameters { period: Some(period), ..plain }), error, "{period}");
        }
        let counted = OtpParameters::new("hotp", &secret);
        for (counter, error) in [
            ("18446744073709551615", None),
            ("18446744073709551616", Some(SeedError::Counter)),
            ("-1", Some(SeedError::Counter)),
        ] {
            assert_eq!(of(OtpParameters { counter: Some(counter), ..counted }), error, "{counter}");
        }
        assert_eq!(of(OtpParameters { kind: "motp", ..plain }), Some(SeedError::Type));
        assert_eq!(of(OtpParameters { encoder: Some("yandex"), ..plain }), Some(SeedError::Encoder));
        assert_eq!(of(OtpParameters { encoder: Some("Steam"), digits: Some("5"), ..plain }), None);
    }

    #[test]
    fn names_are_bounded_and_have_no_hidden_characters() {
        let secret = Secret::from("MZXW6YTBOI");
        let long = "x".repeat(500);
        let parameters = OtpParameters {
            issuer: Some("\u{1b}[31mACME\u{202e}\n"),
            account: Some(&long),
            ..OtpParameters::new("totp", &secret)
        };
        let password = OneTimePassword::of(&parameters).unwrap();
        assert_eq!(password.issuer(), Some("[31mACME"));
        assert_eq!(password.account().unwrap().len(), super::LONGEST_NAME);
    }
}
