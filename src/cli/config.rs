//! `config.toml`: the long option names as keys, below flags and environment.

use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use credctl::disk::{FileError, read_named};
use credctl::kind::rule::account::PasswordPolicy;
use credctl::text;
use serde::Deserialize;

use super::error::{Error, Failure};
use super::options::{ForeignFormat, Form, When};

/// The settings of a configuration file.
#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "kebab-case", deny_unknown_fields)]
pub struct Config {
    pub vault: Option<PathBuf>,
    pub identity: OneOrMany,
    pub passphrase_file: Option<PathBuf>,
    pub passphrase_command: Option<String>,
    pub project: Option<String>,
    pub role: Option<String>,
    pub signing_key: Option<PathBuf>,
    #[serde(deserialize_with = "value_enum")]
    pub output: Option<Form>,
    #[serde(deserialize_with = "value_enum")]
    pub format: Option<ForeignFormat>,
    pub non_interactive: Option<bool>,
    pub quiet: Option<bool>,
    pub verbose: Option<bool>,
    #[serde(deserialize_with = "value_enum")]
    pub color: Option<When>,
    pub lock_timeout: Option<Span>,
    /// The limits of what `unlock` gives to the agent.
    pub ttl: Option<Span>,
    pub idle: Option<Span>,
    pub plugin: Vec<String>,
    /// The number of earlier versions to keep of each credential.
    pub history: Option<usize>,
    #[serde(alias = "operator_id")]
    pub operator_id: Option<uuid::Uuid>,
    #[serde(alias = "operator_name")]
    pub operator_name: Option<String>,
    #[serde(alias = "password_policy")]
    pub password_policy: PolicySettings,
}

/// One path or a list of them.
#[derive(Debug, Deserialize)]
#[serde(untagged)]
pub enum OneOrMany {
    One(PathBuf),
    Many(Vec<PathBuf>),
}

/// A number of seconds, or a text such as `30s`.
#[derive(Debug)]
pub struct Span(pub String);

impl<'de> Deserialize<'de> for Span {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        #[serde(untagged)]
        enum SpanForm {
            Seconds(u32),
            Text(String),
        }
        Ok(Self(match SpanForm::deserialize(deserializer)? {
            SpanForm::Seconds(seconds) => seconds.to_string(),
            SpanForm::Text(text) => text,
        }))
    }
}

/// The requirements for the password of a user.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
#[expect(clippy::struct_excessive_bools, reason = "each is a switch of its own in the file")]
pub struct PolicySettings {
    min_length: Option<usize>,
    max_length: Option<usize>,
    require_lower: bool,
    require_upper: bool,
    require_digit: bool,
    require_symbol: bool,
}

impl Config {
    /// Reads a file. A file that was not named may be missing.
    pub fn read(path: &Path, named: bool) -> Result<Self, Error> {
        let bytes = match read_named(path, 1024 * 1024) {
            Ok(bytes) => bytes,
            Err(FileError::NotFound { .. }) if !named => return Ok(Self::default()),
            // the home is no folder, as /dev/null is that of some system users
            Err(FileError::Io { source, .. }) if !named && source.kind() == ErrorKind::NotADirectory => {
                return Ok(Self::default());
            }
            Err(error) => return Err(error.into()),
        };
        let text = text::decode(&bytes)
            .map_err(|error| Error::usage(format!("{} {error}", path.display())).describing(error))?;
        toml::from_str(&text).map_err(|error| {
            let line = error.span().map_or(1, |span| text[..span.start].lines().count().max(1));
            Error::new(Failure::Usage, format!("{}, line {line}: {}", path.display(), error.message()))
                .hint("the keys are the long option names, without the dashes in front")
        })
    }
}

impl OneOrMany {
    pub fn into_vec(self) -> Vec<PathBuf> {
        match self {
            Self::One(path) => vec![path],
            Self::Many(paths) => paths,
        }
    }
}

impl Default for OneOrMany {
    fn default() -> Self {
        Self::Many(Vec::new())
    }
}

impl From<PolicySettings> for PasswordPolicy {
    fn from(policy: PolicySettings) -> Self {
        let default = Self::default();
        Self {
            min_length: policy.min_length.unwrap_or(default.min_length),
            max_length: policy.max_length.unwrap_or(default.max_length),
            require_lower: policy.require_lower,
            require_upper: policy.require_upper,
            require_digit: policy.require_digit,
            require_symbol: policy.require_symbol,
        }
    }
}

/// Parses a value like the option of the same name.
fn value_enum<'de, D: serde::Deserializer<'de>, T: clap::ValueEnum>(
    deserializer: D,
) -> Result<Option<T>, D::Error> {
    let text = String::deserialize(deserializer)?;
    T::from_str(&text, false).map(Some).map_err(|_| {
        let known: Vec<_> = T::value_variants()
            .iter()
            .filter_map(|v| Some(v.to_possible_value()?.get_name().to_owned()))
            .collect();
        serde::de::Error::custom(format!("expected one of {}", known.join(", ")))
    })
}
