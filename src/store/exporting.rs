//! The credentials that leave a vault, with everything that they depend on and nothing else.

use std::collections::{BTreeSet, HashSet};

use chrono::{DateTime, Utc};

use super::conditions::Conditions;
use super::error::Error;
use super::resident_error::ResidentError;
use super::terms::Terms;
use super::typing::own_types;
use crate::credential::{Credential, State};
use crate::export::ExportData;
use crate::vault::{Kept, Policy, Reference, TypeRecord, User, Vault};

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
    pub credentials: Vec<Kept>,
    /// The policies that the credentials depend on, and those that were wanted.
    pub policies: Vec<Policy>,
    /// The users to whom password hashes among the credentials belong.
    pub users: Vec<User>,
    /// The references to the credentials.
    pub references: Vec<Reference>,
    /// The definitions of the own types of these credentials.
    pub types: Vec<TypeRecord>,
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
    /// # use credctl::store::{Chosen, ExportSelection};
    /// # let (store, _folder) = new_vault()?;
    /// # let terms = Terms::new(Uuid::nil(), DateTime::UNIX_EPOCH);
    /// store.change(|vault| vault.add(login(), db()))?;
    /// let words = Chosen::Words(vec!["db".to_owned(), "other".to_owned()]);
    /// let wanted = ExportSelection { credentials: words, policies: Vec::new(), only_usable: true };
    /// let exported = terms.export(&mut store.read()?, &wanted)?;
    /// let first = exported.data().credentials.iter().next().transpose()?;
    /// assert_eq!(first.map(|credential| credential.id().to_owned()).as_deref(), Some("db"));
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
        let mut found = FoundCredentials::default();
        let missing = self.chosen(vault, &wanted.credentials, &mut found)?;
        if wanted.only_usable && !found.unusable.is_empty() {
            return Err(Error::UnusableExport { ids: found.unusable });
        }
        let (mut policies, mut users, mut references) =
            (vault.residents::<Policy>()?, vault.residents::<User>()?, vault.residents::<Reference>()?);
        let known: BTreeSet<String> = policies.iter().map(|policy| policy.id.clone()).collect();
        if let Some(id) = wanted.policies.iter().find(|id| !known.contains(*id)) {
            return Err(ResidentError::NoPolicy { id: id.clone() }.into());
        }
        let needed: BTreeSet<&String> = found.policies.iter().chain(&wanted.policies).collect();
        let unresolved = needed.iter().filter(|id| !known.contains(**id)).map(|id| (*id).clone()).collect();
        policies.retain(|policy| needed.contains(&policy.id));
        users.retain(|user| found.users.contains(&user.id.to_ascii_lowercase()));
        references.retain(|reference| found.ids.contains(&reference.credential));
        let mut types = vault.residents::<TypeRecord>()?;
        let needed = own_types(found.kept.iter().map(Kept::kind));
        types.retain(|one| needed.contains(one.name()));
        Ok(Exported { credentials: found.kept, policies, users, references, types, missing, unresolved })
    }

    /// Finds the credentials that exist. Returns the words that name none.
    fn chosen(
        &self,
        vault: &mut Vault,
        chosen: &Chosen,
        found: &mut FoundCredentials,
    ) -> Result<Vec<String>, Error> {
        let is_wanted: Box<dyn Fn(&Credential) -> bool> = match chosen {
            Chosen::Nothing => return Ok(Vec::new()),
            Chosen::Words(words) => return self.of_words(vault, words, found),
            Chosen::Everything => Box::new(|credential| self.scope.owns(credential.head())),
            Chosen::Matching(conditions) => {
                let ids: HashSet<_> = conditions.ids(self, vault)?.into_iter().collect();
                Box::new(move |credential| ids.contains(credential.id()))
            }
        };
        found.kept = vault.keep(|credential| {
            let is_wanted = is_wanted(credential);
            if is_wanted {
                found.note(credential, self.now);
            }
            is_wanted
        })?;
        Ok(Vec::new())
    }

    fn of_words(
        &self,
        vault: &mut Vault,
        words: &[String],
        found: &mut FoundCredentials,
    ) -> Result<Vec<String>, Error> {
        let mut missing = Vec::new();
        for word in words {
            match self.scope.find(vault, word, true) {
                // a credential that is named twice is exported once
                Ok(credential) if found.ids.contains(credential.id()) => {}
                Ok(credential) => {
                    found.note(&credential, self.now);
                    found.kept.push(credential.into());
                }
                Err(Error::NotFound { id, .. }) => missing.push(id),
                Err(error) => return Err(error),
            }
        }
        match missing.first() {
            Some(first) if found.kept.is_empty() => Err(Error::not_found(first)),
            _ => Ok(missing),
        }
    }
}

/// The credentials of an export, with what must be known of them while they wait.
#[derive(Default)]
struct FoundCredentials {
    kept: Vec<Kept>,
    ids: HashSet<String>,
    /// The ids of those that have secrets and must not be used now.
    unusable: Vec<String>,
    /// The policies that they depend on.
    policies: BTreeSet<String>,
    /// The users whose password hashes they are, in small letters.
    users: HashSet<String>,
}

impl FoundCredentials {
    fn note(&mut self, credential: &Credential, now: DateTime<Utc>) {
        let head = credential.head();
        self.ids.insert(head.id.clone());
        if head.state(now) != State::Ok && has_secrets(credential) {
            self.unusable.push(head.id.clone());
        }
        self.policies.extend(head.envelope.throttle_policy.clone());
        if head.kind.identity_name {
            self.users.insert(head.envelope.name.to_ascii_lowercase());
        }
    }
}

/// Returns true if a credential has secrets or attachments.
fn has_secrets(credential: &Credential) -> bool {
    !credential.secret_names().is_empty() || !credential.attachments().is_empty()
}

impl Exported {
    /// Lends everything to a format, except for the contents of attachments.
    #[must_use]
    pub fn data(&self) -> ExportData<'_> {
        ExportData {
            credentials: self.credentials.iter().collect(),
            policies: self.policies.iter().collect(),
            users: self.users.iter().collect(),
            references: self.references.iter().collect(),
            contents: None,
            types: self.types.iter().collect(),
        }
    }
}
