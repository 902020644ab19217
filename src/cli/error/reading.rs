//! The conversion of the errors of reading values and selecting credentials.

use credctl::store::{self, ValueError};

use super::{Error, Failure};

impl Error {
    /// Converts the reason why a value is not given.
    pub(super) fn from_value(error: &ValueError) -> Self {
        let what = error.to_string();
        match error {
            ValueError::Unusable { .. } => {
                Self::new(Failure::Forbidden, format!("{what}; its secrets need --force"))
                    .hint("`credctl get`, `run` and `inject` accept --force")
            }
            ValueError::Sealed { .. } => Self::new(Failure::Forbidden, what),
            ValueError::NotSet { .. } | ValueError::OpenBraces { .. } => Self::new(Failure::NotFound, what),
            ValueError::NoSeed { .. } => {
                Self::new(Failure::NotFound, what).hint("`credctl patch ID totp=-` adds a seed to a login")
            }
            ValueError::SeveralSeeds { .. } => Self::usage(what).hint("name one with --field"),
            ValueError::NotASeed { .. } => Self::new(Failure::Invalid, what),
            ValueError::CountedCode { .. } => Self::usage(what).hint("`credctl otp ID` takes the next code"),
            ValueError::UncountedSeed { .. } => {
                Self::usage(what).hint("put the seed into the field totp, in an `otpauth://hotp/` address")
            }
            ValueError::SpentCounter { .. } => Self::new(Failure::Conflict, what),
            ValueError::NoField { kind, .. } => Self::usage(what)
                .param("field", "unknown")
                .hint(format!("`credctl types {kind}` shows the fields")),
            ValueError::NoPath => Self::usage(what).hint("write ID/FIELD or cred://ID/FIELD"),
            ValueError::NoBraces => Self::new(Failure::NotFound, what).hint("write {{ cred://ID/FIELD }}"),
            _ => Self::new(Failure::Internal, what),
        }
    }

    /// Converts the error of a reference inside a text.
    pub(super) fn from_unresolved(line: Option<usize>, source: &store::Error) -> Self {
        let error = Self::from_store(source);
        // a wrong field or form is reported like a wrong id
        let error = if error.kind() == Failure::Usage { error.with_kind(Failure::NotFound) } else { error };
        match line {
            Some(line) => error.at(&format!("line {line} of the template")),
            None => error,
        }
    }
}
