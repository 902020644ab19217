//! User names with a password: plain logins, and the consumers of an API gateway.

use super::definition::Kind;
use super::field::{Class, DefaultValue, Field, Shape};
use super::headline::Headline;
use super::rule::{account, network, otp, text, url};
use super::system::System::{Apinizer, Citrix, NetworkController};

const USERNAME: Field = Field::required("username", Shape::Line(&text::NONEMPTY), "user name").aliases(&[
    "userName",
    "user",
    "loginAccount",
]);
const PASSWORD: Field =
    Field::required("password", Shape::Line(&text::NONEMPTY), "password").secret().aliases(&["value", "pwd"]);

/// The name of the type of logins.
pub const LOGIN_TYPE: &str = "UsernamePassword";
/// The member that keeps the addresses of a login.
pub const URL: &str = "url";
/// The member that keeps the seed of the one-time passwords of a login, or one without a login.
pub const TOTP: &str = "totp";
/// The member that keeps the notes of a login.
pub const NOTES: &str = "notes";

/// A user name, a password, and what else people keep with them.
pub const USERNAME_PASSWORD: Kind = Kind {
    short: "login",
    title: "Login",
    keywords: "user name and password: website, account, database",
    headline: Headline::Field(&[&["username"]]),
    aliases: &["username-password", "login"],
    systems: &[Citrix, NetworkController],
    password: Some("password"),
    ..Kind::new(
        LOGIN_TYPE,
        "a user name and password, with an optional domain",
        &[
            USERNAME,
            PASSWORD,
            Field::optional("domain", Shape::Line(&text::NONEMPTY), "domain of the user"),
            Field::optional(URL, Shape::Several(&url::ADDRESS), "addresses where it is used").ours(),
            Field::optional(TOTP, Shape::Line(&otp::TOTP), "one-time password seed").secret().ours(),
            Field::optional(NOTES, Shape::Text(&text::NONEMPTY), "notes").secret().ours(),
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
