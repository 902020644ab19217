//! User names with a password: plain logins, and the consumers of an API gateway.

use super::definition::Kind;
use super::field::{Class, DefaultValue, Field, Shape};
use super::headline::Headline;
use super::rule::{account, network, otp, text};
use super::system::System::{Apinizer, Citrix, NetworkController};

const USERNAME: Field = Field::required("username", Shape::Line(&text::NONEMPTY), "user name").aliases(&[
    "userName",
    "user",
    "loginAccount",
]);
const PASSWORD: Field =
    Field::required("password", Shape::Line(&text::NONEMPTY), "password").secret().aliases(&["value", "pwd"]);

/// A user name, a password and perhaps a domain.
pub const USERNAME_PASSWORD: Kind = Kind {
    short: "login",
    title: "Login",
    keywords: "user name and password: website, account, database",
    headline: Headline::Field(&[&["username"]]),
    aliases: &["username-password", "login"],
    systems: &[Citrix, NetworkController],
    password: Some("password"),
    ..Kind::new(
        "UsernamePassword",
        "a user name and password, with an optional domain",
        &[
            USERNAME,
            PASSWORD,
            Field::optional("domain", Shape::Line(&text::NONEMPTY), "domain of the user"),
            Field::optional("totp", Shape::Line(&otp::TOTP), "one-time password seed").secret(),
        ],
    )
};

/// The account of a consumer of an API gateway.
pub const API_CREDENTIAL: Kind = Kind {
    short: "api-credential",
    title: "API account",
    headline: Headline::Field(&[&["username"]]),
    aliases: &["api-credential", "apinizer:credential"],
    systems: &[Apinizer],
    password: Some("password"),
    id_field: Some("username"),
    options: &["description", "enabled", "validUntil"],
    ..Kind::new(
        "apiCredential",
        "an account that may call API proxies",
        &[
            Field {
                class: Class::Identity,
                shape: Shape::Line(&text::ID),
                help: "user name, which is also the id",
                prompt: Some("User name, which is also the ID"),
                ..USERNAME
            },
            Field { aliases: &["pwd"], ..PASSWORD },
            Field::required("email", Shape::Line(&account::EMAIL), "e-mail address"),
            Field::required("fullName", Shape::Line(&text::NONEMPTY), "full name"),
            Field {
                default: Some(DefaultValue::List(&[])),
                ..Field::new(
                    "roleNameList",
                    Class::Defaulted,
                    Shape::List(&text::NONEMPTY),
                    "roles, in order",
                )
            },
            Field {
                default: Some(DefaultValue::List(&[])),
                ..Field::new(
                    "ipList",
                    Class::Defaulted,
                    Shape::List(&network::IP_RANGE),
                    "addresses it may call from; none: any",
                )
            },
        ],
    )
};
