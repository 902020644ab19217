//! The project and the role of a caller, which decide what the caller sees and may change. They prevent
//! mistakes and are no security boundary: anyone who can decrypt the file can do everything.

use std::collections::BTreeMap;

use super::error::Error;
use crate::credential::{ADMIN, Head};
use crate::vault::Vault;

/// The part of a vault that a caller works with.
///
/// ```
/// use credctl::store::{Role, Scope, Writes};
///
/// let operator = Scope { role: Role::Operator, ..Scope::default() };
/// assert!(operator.check(Writes::Nothing).is_ok());
/// assert!(operator.check(Writes::Credentials).is_err());
///
/// let payments = Scope { project: "payments".to_owned(), role: Role::Administrator };
/// assert!(payments.check(Writes::Credentials).is_ok());
/// assert!(payments.check(Writes::WholeVault("rekey")).is_err());
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scope {
    /// The project. Credentials in [`ADMIN`] are global: every project sees them, and only `admin` changes
    /// them.
    pub project: String,
    /// The role of the caller.
    pub role: Role,
}

/// The role of a caller: what he may do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// A role that only reads.
    Operator,
    /// A role that reads and changes.
    Administrator,
}

impl Role {
    /// Returns the name of the role in settings and answers.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Operator => "operator",
            Self::Administrator => "administrator",
        }
    }
}

/// The changes that a verb makes, which decide who may call it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Writes {
    /// No changes: the verb only looks.
    Nothing,
    /// Credentials and what belongs to them.
    Credentials,
    /// Changes of what all projects share; the name is that of the verb.
    WholeVault(&'static str),
}

impl Default for Scope {
    /// Returns the scope of the whole vault, to read and to change.
    fn default() -> Self {
        Self { project: ADMIN.to_owned(), role: Role::Administrator }
    }
}

impl Scope {
    /// Returns true if this is the project that sees and changes all others.
    #[must_use]
    pub fn is_admin(&self) -> bool {
        self.project == ADMIN
    }

    /// Returns true if the project sees a credential: its own or a global one; `admin` sees all.
    #[must_use]
    pub fn sees(&self, head: &Head) -> bool {
        self.owns(head) || head.envelope.project == ADMIN
    }

    /// Returns true if the project changes a credential: its own one; `admin` changes all.
    #[must_use]
    pub fn owns(&self, head: &Head) -> bool {
        self.owns_project(&head.envelope.project)
    }

    /// Returns true if what belongs to another project is the project's own, too: `admin` has all.
    #[must_use]
    pub fn owns_project(&self, project: &str) -> bool {
        self.is_admin() || project == self.project
    }

    /// Returns the projects that have credentials which the project sees, with their number. The global
    /// project is always among them.
    ///
    /// # Errors
    /// Fails if the vault cannot be read.
    pub fn projects(&self, vault: &mut Vault) -> Result<BTreeMap<String, u64>, Error> {
        let mut projects = BTreeMap::from([(ADMIN.to_owned(), 0)]);
        vault.heads(|head| {
            if self.sees(&head) {
                *projects.entry(head.envelope.project).or_default() += 1;
            }
        })?;
        Ok(projects)
    }

    /// Fails if a credential that the project sees is a global one, and not its own.
    ///
    /// # Errors
    /// [`Error::Global`].
    pub fn check_own(&self, head: &Head) -> Result<(), Error> {
        if self.owns(head) { Ok(()) } else { Err(Error::Global { id: head.id.clone() }) }
    }

    /// Fails if the role or the project may not make these changes.
    ///
    /// # Errors
    /// [`Error::ReadOnly`], [`Error::WholeVault`].
    pub fn check(&self, writes: Writes) -> Result<(), Error> {
        match (writes, self.role) {
            (Writes::Nothing, _) => Ok(()),
            (_, Role::Operator) => Err(Error::ReadOnly),
            (Writes::WholeVault(verb), _) if !self.is_admin() => Err(Error::WholeVault { verb }),
            _ => Ok(()),
        }
    }
}

/// Fails for the bundle of an environment: bundles are made from a vault, and never changed themselves.
///
/// # Errors
/// [`Error::Bundle`].
pub fn check_no_bundle(vault: &Vault) -> Result<(), Error> {
    match vault.bundle_of() {
        None => Ok(()),
        Some(environment) => Err(Error::Bundle { environment: environment.to_owned() }),
    }
}
