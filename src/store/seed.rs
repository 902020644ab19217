//! The seed of one-time passwords in a credential, and its code for an instant.

use chrono::{DateTime, Utc};

use super::error::Error;
use super::value_error::ValueError;
use crate::credential::Credential;
use crate::otp::{Moving, OneTimePassword};
use crate::secret::Secret;

/// The name by which values are asked for that is the current code, in the place of a field.
pub const CODE: &str = "otp";

/// A seed that a credential has.
#[derive(Debug)]
pub struct StoredSeed {
    /// The name of its field.
    pub field: String,
    /// The seed with its parameters.
    pub password: OneTimePassword,
}

impl StoredSeed {
    /// Finds the seed of a credential: that of its type, or else the only secret with the usual name of one.
    ///
    /// # Errors
    /// [`ValueError::NoSeed`], [`ValueError::SeveralSeeds`], or as [`StoredSeed::parse`].
    pub fn find(credential: &Credential) -> Result<Self, Error> {
        let found = credential.seeds();
        match &found[..] {
            [] => Err(ValueError::NoSeed { id: credential.id().to_owned() }.into()),
            [held] => Self::parse(&held.path, &held.plain().unwrap_or_else(|| held.stored())),
            several => {
                let kind = credential.kind();
                let fields = several.iter().map(|held| kind.bare_name(&held.path).to_owned()).collect();
                Err(ValueError::SeveralSeeds { id: credential.id().to_owned(), fields }.into())
            }
        }
    }

    /// Parses the value of a field.
    ///
    /// # Errors
    /// [`ValueError::NotASeed`].
    pub fn parse(field: &str, text: &Secret) -> Result<Self, Error> {
        let password = OneTimePassword::parse(text.expose())
            .map_err(|reason| ValueError::NotASeed { field: field.to_owned(), reason })?;
        Ok(Self { field: field.to_owned(), password })
    }

    /// Returns the code at an instant.
    ///
    /// # Errors
    /// [`ValueError::CountedCode`]: the code of a counter cannot be only read.
    pub fn code(&self, at: DateTime<Utc>) -> Result<Secret, Error> {
        match self.password.moving() {
            Moving::Time { .. } => Ok(self.password.code(self.password.factor(seconds(at)))),
            Moving::Counter(_) => Err(ValueError::CountedCode { field: self.field.clone() }.into()),
        }
    }
}

/// Returns the seconds since 1970. A clock before that is as good as none.
#[must_use]
pub fn seconds(at: DateTime<Utc>) -> u64 {
    u64::try_from(at.timestamp()).unwrap_or(0)
}
