//! One-time passwords that stand alone, as an authenticator app keeps them.

use super::definition::Kind;
use super::field::{Field, Shape};
use super::headline::Headline;
use super::login::{NOTES, TOTP};
use super::rule::{otp, text};

/// A seed without a login.
pub const OTP: Kind = Kind {
    title: "One-time password",
    keywords: "second factor, 2fa, authenticator, totp, hotp, seed, code",
    headline: Headline::Field(&[&["username"], &["issuer"]]),
    aliases: &["one-time-password", "totp", "hotp"],
    ..Kind::new(
        "otp",
        "the seed of one-time passwords, without a login",
        &[
            Field::required(TOTP, Shape::Line(&otp::TOTP), "one-time password seed").secret(),
            Field::optional("username", Shape::Line(&text::NONEMPTY), "account at the site")
                .aliases(&["userName", "user", "account"]),
            Field::optional("issuer", Shape::Line(&text::NONEMPTY), "site that asks for the codes"),
            Field::optional(NOTES, Shape::Text(&text::NONEMPTY), "notes").secret(),
        ],
    )
};
