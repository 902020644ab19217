//! Seeds as texts: `otpauth://` and `steam://` addresses, the form of KeeOtp, and plain base32.

use std::borrow::Cow;

use percent_encoding::percent_decode;
use zeroize::Zeroizing;

use super::error::{LONGEST_TEXT, SeedError};
use super::parameters::OtpParameters;
use super::password::{Moving, OneTimePassword};
use crate::secret::{Buffer, Secret};

const SCHEME: &str = "otpauth://";
const STEAM: &str = "steam://";
const MIGRATION: &str = "otpauth-migration://";

impl OneTimePassword {
    /// Parses a seed: an `otpauth://` or `steam://` address, the `key=…&size=…` of KeeOtp, or base32.
    ///
    /// ```
    /// use credctl::otp::OneTimePassword;
    /// let text = "otpauth://totp/ACME:me@example.org?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&digits=8";
    /// let password = OneTimePassword::parse(text)?;
    /// assert_eq!((password.issuer(), password.account()), (Some("ACME"), Some("me@example.org")));
    /// assert_eq!(password.code(password.factor(59)).expose(), "94287082");
    /// # Ok::<(), credctl::otp::SeedError>(())
    /// ```
    ///
    /// # Errors
    /// [`SeedError`], which does not repeat the text.
    pub fn parse(text: &str) -> Result<Self, SeedError> {
        let text = text.trim();
        if text.len() > LONGEST_TEXT {
            return Err(SeedError::TooLong);
        }
        if text.contains(|c: char| c.is_control() && c != '\t') {
            return Err(SeedError::Control);
        }
        if let Some(rest) = without_scheme(text, SCHEME) {
            return address(rest);
        }
        if let Some(secret) = without_scheme(text, STEAM) {
            return Self::of(&OtpParameters::new("steam", &decoded(secret)?));
        }
        if is_migration(text) {
            return Err(SeedError::Migration);
        }
        if text.contains("://") {
            return Err(SeedError::Scheme);
        }
        if let Some(parameters) = KeeOtp::parse(text) {
            return parameters?.password();
        }
        if (6..=8).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err(SeedError::Code);
        }
        Self::of(&OtpParameters::new("totp", &Secret::from(text)))
    }

    /// Returns the form to store of the text that this was parsed from: an address as it is, and everything else
    /// without blanks and in one spelling.
    #[must_use]
    pub fn stored(&self, text: &str) -> Secret {
        let text = text.trim();
        if is_address(text) {
            Secret::from(text)
        } else if KeeOtp::parse(text).is_some() {
            self.uri()
        } else {
            let mut letters = Zeroizing::new(String::with_capacity(text.len()));
            letters.extend(text.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_uppercase()));
            Secret::from(letters)
        }
    }
}

/// Returns true if a text is an address, which other programs read as it is.
#[must_use]
pub fn is_address(text: &str) -> bool {
    without_scheme(text, SCHEME).or_else(|| without_scheme(text, STEAM)).is_some()
}

/// Returns true if a text is an address with several seeds, as Google Authenticator exports them.
#[must_use]
pub fn is_migration(text: &str) -> bool {
    without_scheme(text, MIGRATION).is_some()
}

/// Returns true if a text may have a seed in the form of an address in it, alone or as a part, such as that of a
/// picture of a code. Schemes may be in any letter case. An address of the program Steam is none.
#[must_use]
pub fn holds_seed(text: &str) -> bool {
    let colons = text.match_indices(':').map(|(at, _)| (at, at + 1));
    // a percent sign is one byte, so the place behind it is that of a character
    let encoded = text.match_indices('%').map(|(at, _)| (at, at + 3));
    colons.chain(encoded.filter(|(at, end)| is_like(text.get(at + 1..*end), "3A"))).any(|(at, end)| {
        let (before, after) = (&text[..at], &text[end..]);
        let ends_with = |scheme: &str| is_like(before.get(at.saturating_sub(scheme.len())..), scheme);
        let is_path = after.starts_with(['/', '\\']) || is_like(after.get(..3), "%2F");
        is_path && (ends_with("otpauth") || ends_with("otpauth-migration"))
            || ends_with("steam") && after.strip_prefix("//").is_some_and(is_steam_seed)
    })
}

fn is_like(part: Option<&str>, word: &str) -> bool {
    part.is_some_and(|part| part.eq_ignore_ascii_case(word))
}

/// Returns true if a seed may follow the scheme of Steam, and not one of its commands, such as `rungameid/440`.
fn is_steam_seed(text: &str) -> bool {
    let seed = text.split(|c: char| c.is_whitespace() || matches!(c, '?' | '#')).next().unwrap_or_default();
    let seed = seed.trim_end_matches('/');
    !seed.is_empty() && !seed.contains('/')
}

/// Returns an `otpauth://` address with another counter, and everything else as it was. Returns `None` for an address
/// without a counter of its own, and for other texts.
#[must_use]
pub fn with_counter(text: &str, counter: u64) -> Option<Secret> {
    let password = OneTimePassword::parse(text).ok()?;
    if !matches!(password.moving, Moving::Counter(_)) {
        return None;
    }
    let (start, query) = text.split_once('?')?;
    let (query, fragment) = query.find('#').map_or((query, ""), |at| query.split_at(at));
    let is_counter =
        |parameter: &&str| parameter.split_once('=').is_some_and(|(name, _)| is_named(name, "counter"));
    let mut out = Buffer::with_capacity(text.len() + 32);
    let number = format!("counter={counter}");
    out.push(start);
    let has_one = query.split('&').any(|parameter| is_counter(&parameter));
    let appended = (!has_one).then_some(number.as_str());
    for (place, parameter) in query.split('&').chain(appended).enumerate() {
        out.push(if place == 0 { "?" } else { "&" });
        out.push(if is_counter(&parameter) { &number } else { parameter });
    }
    out.push(fragment);
    out.into_secret()
}

fn without_scheme<'a>(text: &'a str, scheme: &str) -> Option<&'a str> {
    let (start, rest) = text.split_at_checked(scheme.len())?;
    start.eq_ignore_ascii_case(scheme).then_some(rest)
}

/// Parses an address behind its scheme: `TYPE/LABEL?PARAMETERS`.
fn address(rest: &str) -> Result<OneTimePassword, SeedError> {
    let rest = rest.split_once('#').map_or(rest, |(before, _)| before);
    let (place, query) = rest.split_once('?').unwrap_or((rest, ""));
    let (kind, label) = place.split_once('/').unwrap_or((place, ""));
    let [secret, issuer, account, algorithm, digits, period, counter, encoder] = parameters(
        query,
        ["secret", "issuer", "account", "algorithm", "digits", "period", "counter", "encoder"],
    )?;
    let secret = decoded(secret.ok_or(SeedError::NoSecret)?)?;
    if secret.is_empty() {
        return Err(SeedError::NoSecret);
    }
    let issuer = issuer.map(plain);
    let label = SeedLabel::parse(label, issuer.as_deref());
    let issuer = issuer.or(label.issuer);
    let account = label.account.or_else(|| account.map(plain));
    OneTimePassword::of(&OtpParameters {
        kind,
        secret: &secret,
        algorithm,
        digits,
        period,
        counter,
        encoder,
        issuer: issuer.as_deref(),
        account: account.as_deref(),
    })
}

/// The label of an address: `ISSUER:ACCOUNT` or `ACCOUNT`.
struct SeedLabel {
    issuer: Option<String>,
    account: Option<String>,
}

impl SeedLabel {
    fn parse(text: &str, known_issuer: Option<&str>) -> Self {
        let decode = |text: &str| percent_decode(text.as_bytes()).decode_utf8_lossy().into_owned();
        let whole = decode(text);
        if known_issuer == Some(&whole) {
            return Self { issuer: None, account: None };
        }
        // the colon may be encoded, too; one that is not comes first, because names may have others
        let parts = text.split_once(':').map(|(issuer, account)| (decode(issuer), decode(account)));
        let parts = parts.or_else(|| whole.split_once(':').map(|(a, b)| (a.to_owned(), b.to_owned())));
        let (issuer, account) = parts.map_or((None, whole), |(issuer, account)| (Some(issuer), account));
        Self { issuer, account: Some(account).filter(|account| !account.trim().is_empty()) }
    }
}

/// Returns the values of parameters by their names, in any letter case.
fn parameters<'a, const N: usize>(
    query: &'a str,
    names: [&'static str; N],
) -> Result<[Option<&'a str>; N], SeedError> {
    let mut values = [None; N];
    for parameter in query.split('&') {
        let Some((name, value)) = parameter.split_once('=') else { continue };
        let Some(place) = names.iter().position(|known| is_named(name, known)) else { continue };
        if values[place].replace(value).is_some() {
            return Err(SeedError::Twice(names[place]));
        }
    }
    Ok(values)
}

fn is_named(name: &str, known: &str) -> bool {
    name.trim().eq_ignore_ascii_case(known)
}

/// Decodes a name in the parameters, where a blank may be written as `+`.
fn plain(text: &str) -> String {
    let text: Cow<'_, str> = if text.contains('+') { text.replace('+', " ").into() } else { text.into() };
    percent_decode(text.as_bytes()).decode_utf8_lossy().into_owned()
}

/// Decodes a seed in an address.
fn decoded(text: &str) -> Result<Secret, SeedError> {
    let mut bytes = Buffer::with_capacity(text.len());
    for byte in percent_decode(text.as_bytes()) {
        bytes.extend(&[if byte == b'+' { b' ' } else { byte }]);
    }
    bytes.into_secret().ok_or(SeedError::NotBase32 { place: 1 })
}

/// The parameters as the KeePass plug-in KeeOtp keeps them: `key=…&step=30&size=6`.
struct KeeOtp<'a> {
    secret: Secret,
    kind: Option<&'a str>,
    size: Option<&'a str>,
    step: Option<&'a str>,
    counter: Option<&'a str>,
    hash: Option<&'a str>,
}

impl<'a> KeeOtp<'a> {
    fn parse(text: &'a str) -> Option<Result<Self, SeedError>> {
        let is_one = text.contains('=') && text.split('&').any(|part| part.split('=').next() == Some("key"));
        is_one.then(|| {
            let [secret, kind, size, step, counter, hash] =
                parameters(text, ["key", "type", "size", "step", "counter", "otpHashMode"])?;
            let secret = decoded(secret.ok_or(SeedError::NoSecret)?)?;
            Ok(Self { secret, kind, size, step, counter, hash })
        })
    }

    fn password(&self) -> Result<OneTimePassword, SeedError> {
        let kind = self.kind.filter(|kind| !kind.is_empty()).unwrap_or("totp");
        OneTimePassword::of(&OtpParameters {
            digits: self.size,
            period: self.step,
            counter: self.counter,
            algorithm: self.hash,
            ..OtpParameters::new(kind, &self.secret)
        })
    }
}

#[cfg(test)]
mod tests;
