//! The reasons to refuse a change of a user, a policy, a type or an environment.

use std::fmt;

use crate::vault::{Damage, Precious, Taken};

/// The reasons to refuse a change of a user, a policy, a type or an environment. Nothing was done, unless the variant
/// says otherwise.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ResidentError {
    /// The id of a user that exists already.
    #[error("the user `{id}` exists already")]
    UserExists {
        /// The id.
        id: String,
    },
    /// A missing user: there is none of this id.
    #[error("there is no user `{id}`")]
    NoUser {
        /// The id.
        id: String,
    },
    /// The password of a user who still exists.
    #[error("`{word}` is the password of the user `{user}`, who still exists")]
    PasswordOfUser {
        /// The word by which the credential was found.
        word: String,
        /// The user's id.
        user: String,
    },
    /// A policy of this id exists.
    #[error("the policy `{id}` exists already")]
    PolicyExists {
        /// The id.
        id: String,
    },
    /// There is no policy of this id.
    #[error("there is no policy `{id}`")]
    NoPolicy {
        /// The id.
        id: String,
    },
    /// The type of a policy never changes.
    #[error("type cannot be changed")]
    PolicyType,
    /// Credentials depend on the policy.
    #[error("the policy `{id}` is used by {by}")]
    PolicyUsed {
        /// The id.
        id: String,
        /// The credentials.
        by: PolicyUse,
    },
    /// An environment of this name or with this bundle exists.
    #[error("the environment `{name}` exists already, with its bundle `{out}`")]
    EnvironmentExists {
        /// The name.
        name: String,
        /// The path of the bundle.
        out: String,
    },
    /// A missing environment: there is none of this name.
    #[error("there is no environment `{name}`")]
    NoEnvironment {
        /// The name.
        name: String,
    },
    /// A missing type: the vault defines none of this name.
    #[error("the vault has no type `{name}`")]
    NoType {
        /// The name.
        name: String,
    },
    /// A name of a type that another type has.
    #[error("`{name}` is a name of the type `{by}`")]
    TypeNameTaken {
        /// The name.
        name: String,
        /// The other type.
        by: String,
    },
    /// Too many types in one vault.
    #[error("a vault has at most {most} types of its own")]
    TooManyTypes {
        /// The most types.
        most: usize,
    },
    /// A definition that would show the values of a field that was secret.
    #[error("`{field}` of `{name}` must stay secret, because stored credentials have it")]
    SecretField {
        /// The name of the type.
        name: String,
        /// The name of the field.
        field: &'static str,
    },
    /// A file in the place of a bundle, which is not replaced.
    #[error("`{out}` {taken}")]
    Taken {
        /// The path of the bundle.
        out: String,
        /// The kind of file that is there.
        taken: Taken,
    },
    /// A file in the place of a bundle, which is never replaced.
    #[error("`{out}` {precious}, which is never overwritten")]
    Precious {
        /// The path of the bundle.
        out: String,
        /// The kind of file that is there.
        precious: Precious,
    },
    /// A file in the place of a bundle, which cannot be read. The change itself is saved.
    #[error(transparent)]
    DamagedBundle(Damage),
}

/// The credentials that depend on a policy.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PolicyUse {
    /// The ids of those that the project sees.
    pub ids: Vec<String>,
    /// The number of the others.
    pub others: usize,
}

impl fmt::Display for PolicyUse {
    /// Names up to five of them, and the number of the rest.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        const NAMED: usize = 5;
        let mut some: Vec<_> = self.ids.iter().take(NAMED).cloned().collect();
        if self.ids.len() > NAMED {
            some.push(format!("{} more", self.ids.len() - NAMED));
        }
        if self.others > 0 {
            some.push(format!("{} of other projects", self.others));
        }
        f.write_str(&some.join(", "))
    }
}
