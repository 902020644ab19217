//! The reasons to give no value of a credential.

use crate::credential::State;
use crate::otp::SeedError;

/// The reasons to give no value of a credential.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ValueError {
    /// A secret of a credential that must not be used now.
    #[error("{id} {}", reason(*.state))]
    Unusable {
        /// The id.
        id: String,
        /// The state, which is not [`State::Ok`].
        state: State,
    },
    /// A field that is only compared, such as the hash of a password.
    #[error("{field} is never shown")]
    Sealed {
        /// The field.
        field: &'static str,
    },
    /// A field that the type has and the credential has not.
    #[error("{field} of {id} is not set")]
    NotSet {
        /// The id.
        id: String,
        /// The name of the field, as it was asked for.
        field: String,
    },
    /// A field that the type does not have.
    #[error("{kind} has no field {field}")]
    NoField {
        /// The name of the type.
        kind: &'static str,
        /// The name of the field, as it was asked for.
        field: String,
    },
    /// A reference inside a variable to another variable that has references, too.
    #[error("{field} of {id} has references of its own, which are not resolved inside another variable")]
    Nested {
        /// The id.
        id: String,
        /// The name of the variable.
        field: String,
    },
    /// A credential without the seed of one-time passwords.
    #[error("{id} has no seed of one-time passwords")]
    NoSeed {
        /// The id.
        id: String,
    },
    /// A credential with several seeds, when one is asked for.
    #[error("{id} has several one-time passwords: {}", .fields.join(", "))]
    SeveralSeeds {
        /// The id.
        id: String,
        /// The names of their fields.
        fields: Vec<String>,
    },
    /// A value that is no seed of one-time passwords.
    #[error("{field} {reason}")]
    NotASeed {
        /// The field.
        field: String,
        /// The reason.
        reason: SeedError,
    },
    /// A code of a counter, which must be taken and cannot be only read.
    #[error("credctl prints each code of {field} only once")]
    CountedCode {
        /// The field.
        field: String,
    },
    /// A seed without a counter, or one in a place where its counter cannot be kept.
    #[error("{field} cannot keep a counter")]
    UncountedSeed {
        /// The field.
        field: String,
    },
    /// A counter after its last value.
    #[error("the counter of {field} has no next value")]
    SpentCounter {
        /// The field.
        field: String,
    },
    /// A text that is no path of a value.
    #[error("a reference needs an id and a field")]
    NoPath,
    /// A reference that is only a part of the value of a variable, and whose end is not marked.
    #[error("a reference inside a text needs braces")]
    NoBraces,
    /// A reference whose braces do not close on its line.
    #[error("the braces around the reference are not closed by `{closing}`")]
    OpenBraces {
        /// The braces that are missing.
        closing: &'static str,
    },
}

fn reason(state: State) -> &'static str {
    match state {
        State::Ok => "may be used",
        State::Disabled => "is disabled",
        State::NotYetValid => "is not valid yet",
        State::Expired => "has expired",
    }
}
