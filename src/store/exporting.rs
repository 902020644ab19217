//! The credentials that leave a vault, with everything that they depend on and nothing else.

use std::collections::BTreeSet;

use super::conditions::Conditions;
use super::error::Error;
use super::resident_error::ResidentError;
use super::terms::Terms;
use crate::credential::{Credential, State};
use crate::export::ExportData;
use crate::vault::{Policy, Reference, User, Vault};

/// The choice of the credentials of an export.
#[derive(Debug, Clone)]
pub enum Chosen {
    /// All credentials that the project owns.
    Everything,
    /// The credentials of these ids, or of names that only one has.
    Words(Vec<String>),
    /// The credentials that match.
    Matching(Conditions),
    /// No credentials, only policies.
    Nothing,
}

/// The parts of a vault that an export takes.
#[derive(Debug, Clone)]
pub struct ExportSelection {
    /// The credentials.
    pub credentials: Chosen,
    /// The ids of policies to take beside those that the credentials depend on.
    pub policies: Vec<String>,
    /// True if the export fails at a credential that has secrets and must not be used now.
    pub only_usable: bool,
}

/// Credentials with everything that they depend on.
#[derive(Debug)]
pub struct Exported {
    /// The credentials: those of words in their order, others in ascending order of ids.
    pub credentials: Vec<Credential>,
    /// The policies that the credentials depend on, and those that were wanted.
    pub policies: Vec<Policy>,
    /// The users to whom password hashes among the credentials belong.
    pub users: Vec<User>,
    /// The references to the credentials.
    pub references: Vec<Reference>,
    /// The words that name no credential which the project sees.
    pub missing: Vec<String>,
    /// The ids of policies that credentials depend on and that do not exist.
    pub unresolved: Vec<String>,
}

impl Terms {
    /// Collects what an export takes along.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/doc/store.rs"));
    /// # fn main() -> Result<(), Failure> {
    /// # use credctl::store::{Chosen, Wanted};
    /// # let (store, _folder) = new_vault()?;
    /// # let terms = Terms::new(Uuid::nil(), DateTime::UNIX_EPOCH);
    /// store.change(|vault| vault.add(login(), db()))?;
    /// let words = Chosen::Words(vec!["db".to_owned(), "other".to_owned()]);
    /// let wanted = Wanted { credentials: words, policies: Vec::new(), only_usable: true };
    /// let exported = terms.export(&mut store.read()?, &wanted)?;
    /// assert_eq!(exported.data().credentials[0].id(), "db");
    /// assert_eq!(exported.missing, ["other"]);
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    /// [`Error::NotFound`] if there is none of the words, [`Error::NoneSelected`] if nothing matches,
    /// [`Error::UnusableExport`], [`ResidentError::NoPolicy`] for a policy that is wanted, or an error of
    /// reading the vault.
    pub fn export(&self, vault: &mut Vault, wanted: &ExportSelection) -> Result<Exported, Error> {
        let (credentials, missing) = self.chosen(vault, &wanted.credentials)?;
        if wanted.only_usable {
            self.check_exportable(&credentials)?;
        }
        let (mut policies, mut users, mut references) =
            (vault.residents::<Policy>()?, vault.residents::<User>()?, vault.residents::<Reference>()?);
        let known: BTreeSet<String> = policies.iter().map(|policy| policy.id.clone()).collect();
        if let Some(id) = wanted.policies.iter().find(|id| !known.contains(*id)) {
            return Err(ResidentError::NoPolicy { id: id.clone() }.into());
        }
        let depended = credentials.iter().filter_map(|one| one.head().envelope.throttle_policy.as_ref());
        let needed: BTreeSet<&String> = depended.chain(&wanted.policies).collect();
        let unresolved = needed.iter().filter(|id| !known.contains(**id)).map(|id| (*id).clone()).collect();
        policies.retain(|policy| needed.contains(&policy.id));
        users.retain(|user| credentials.iter().any(|credential| is_of(credential, user)));
        let ids: BTreeSet<&str> = credentials.iter().map(Credential::id).collect();
        references.retain(|reference| ids.contains(reference.credential.as_str()));
        Ok(Exported { credentials, policies, users, references, missing, unresolved })
    }

    /// Returns the credentials that exist, and the words that name none.
    fn chosen(&self, vault: &mut Vault, chosen: &Chosen) -> Result<(Vec<Credential>, Vec<String>), Error> {
        let mut credentials = Vec::new();
        match chosen {
            Chosen::Nothing => {}
            Chosen::Words(words) => return self.of_words(vault, words),
            Chosen::Everything => vault.credentials(|credential| {
                if self.scope.owns(credential.head()) {
                    credentials.push(credential);
                }
            })?,
            Chosen::Matching(conditions) => {
                let ids: BTreeSet<_> = conditions.ids(self, vault)?.into_iter().collect();
                vault.credentials(|credential| {
                    if ids.contains(credential.id()) {
                        credentials.push(credential);
                    }
                })?;
            }
        }
        Ok((credentials, Vec::new()))
    }

    fn of_words(&self, vault: &mut Vault, words: &[String]) -> Result<(Vec<Credential>, Vec<String>), Error> {
        let (mut found, mut missing): (Vec<Credential>, _) = (Vec::new(), Vec::new());
        for word in words {
            match self.scope.find(vault, word, true) {
                // a credential that is named twice is exported once
                Ok(credential) if found.iter().any(|known| known.id() == credential.id()) => {}
                Ok(credential) => found.push(credential),
                Err(Error::NotFound { id, .. }) => missing.push(id),
                Err(error) => return Err(error),
            }
        }
        match missing.first() {
            Some(first) if found.is_empty() => Err(Error::not_found(first)),
            _ => Ok((found, missing)),
        }
    }

    fn check_exportable(&self, credentials: &[Credential]) -> Result<(), Error> {
        let unusable = credentials.iter().filter(|credential| {
            credential.head().state(self.now) != State::Ok && !credential.secret_names().is_empty()
        });
        let ids: Vec<String> = unusable.map(|credential| credential.id().to_owned()).collect();
        if ids.is_empty() { Ok(()) } else { Err(Error::UnusableExport { ids }) }
    }
}

impl Exported {
    /// Lends everything to a format.
    #[must_use]
    pub fn data(&self) -> ExportData<'_> {
        ExportData {
            credentials: self.credentials.iter().collect(),
            policies: self.policies.iter().collect(),
            users: self.users.iter().collect(),
            references: self.references.iter().collect(),
        }
    }
}

/// Returns true if a credential is the password hash of a user.
fn is_of(credential: &Credential, user: &User) -> bool {
    let head = credential.head();
    head.kind.identity_name && head.envelope.name.eq_ignore_ascii_case(&user.id)
}
