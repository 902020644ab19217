//! Limits of a seed, and reasons for which a text is none. No reason repeats the text, which may be a secret.

/// The longest period: a day.
pub(super) const LONGEST_PERIOD: u32 = 24 * 60 * 60;
/// The longest text of a seed with everything around it. Some addresses have one of a picture inside.
pub(super) const LONGEST_TEXT: usize = 8 * 1024;

/// A text that is no seed of one-time passwords.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum SeedError {
    /// No text, or no letter of base32.
    #[error("must not be empty")]
    Empty,
    /// A text that is longer than any seed.
    #[error("must be at most {LONGEST_TEXT} bytes long")]
    TooLong,
    /// A line break or another control character.
    #[error("must be one line without control characters")]
    Control,
    /// The digits of a code.
    #[error("must be the seed that a site shows once, not a code that it gives")]
    Code,
    /// A character that base32 does not have, at this place from 1 on.
    #[error("must be base32 (letters and the digits 2 to 7), which character {place} of the seed is not")]
    NotBase32 {
        /// The place of the character, from 1 on.
        place: usize,
    },
    /// An address of another scheme.
    #[error("must be base32 or an address that begins with `otpauth://` or `steam://`")]
    Scheme,
    /// Several seeds in one address.
    #[error(
        "must be one seed, not several as Google Authenticator exports them; `credctl import` reads those"
    )]
    Migration,
    /// An address of another type of one-time password.
    #[error("must be of the type `totp`, `hotp` or `steam`")]
    Type,
    /// An address without a seed.
    #[error("must have a `secret`")]
    NoSecret,
    /// A parameter that stands in the address twice.
    #[error("must have `{0}` once only")]
    Twice(&'static str),
    /// A hash function that is not known.
    #[error("must have `SHA1`, `SHA256` or `SHA512` as its algorithm")]
    Algorithm,
    /// A code that is too short or too long.
    #[error("must have 6, 7 or 8 digits; 5 characters need `encoder=steam`")]
    Digits,
    /// A period that is no time.
    #[error("must have a period of 1 to {LONGEST_PERIOD} seconds")]
    Period,
    /// A counter that is no number.
    #[error("must have a whole number as its counter")]
    Counter,
    /// Another form of codes.
    #[error("must have no encoder but `steam`")]
    Encoder,
}
