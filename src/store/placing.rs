//! Putting a credential into a vault, if what it belongs to is there.

use std::collections::BTreeMap;

use uuid::Uuid;

use super::error::Error;
use super::lookup::check_match;
use super::transaction::Transaction;
use crate::credential::{Changed, Credential, Head, Violations};
use crate::dialect::Body;
use crate::kind::Class;
use crate::vault::{AuthProvider, Policy, Reference, User, Vault};

impl Transaction<'_> {
    /// Puts a changed credential in the place of `old`, if what it belongs to is there.
    ///
    /// # Errors
    /// Fails if what the credential belongs to is not there.
    pub(super) fn place(&mut self, changed: &mut Changed, old: Option<&Credential>) -> Result<(), Error> {
        self.check_place(changed, old)?;
        self.place_checked(changed, old)
    }

    /// Puts a credential that [`Transaction::check_place`] accepted in the place of `old`.
    ///
    /// # Errors
    /// Never in practice.
    pub(super) fn place_checked(&mut self, changed: &Changed, old: Option<&Credential>) -> Result<(), Error> {
        let hashes = |credential: &Credential| credential.kind().keeps_hash_only();
        if hashes(&changed.credential) && old.is_some_and(|old| !hashes(old)) {
            // the key store that it was has the password in clear text, and so do its earlier versions
            self.purge(changed.credential.id());
        }
        Ok(self.put(&changed.credential)?)
    }

    /// Checks what a credential depends on: the user of a password hash must be there. A policy should be
    /// there; a notice says if it is not.
    ///
    /// # Errors
    /// [`Error::NoSuchUser`], [`Error::NameTaken`].
    pub(super) fn check_place(
        &mut self,
        changed: &mut Changed,
        old: Option<&Credential>,
    ) -> Result<(), Error> {
        self.check_type(changed)?;
        if changed.credential.brings_counter(old) {
            // what the operator sets in a credential that is there may be any counter
            let anew = if old.is_some() { &changed.assigned[..] } else { &[] };
            let notices = raise_counters(self, &mut changed.credential, anew)?;
            changed.notices.extend(notices);
        }
        let head = changed.credential.head();
        if head.kind.identity_name && old.is_none_or(|old| sets_password(old, &changed.credential)) {
            check_user(self, head)?;
        }
        let envelope = &head.envelope;
        let is_named_anew =
            !changed.is_random_id && old.is_none_or(|old| old.head().envelope.name != envelope.name);
        // only the id of a user can be the name of a password hash, which nobody else may have
        if !head.kind.identity_name
            && is_named_anew
            && envelope.name.parse::<Uuid>().is_ok()
            && let [hash, ..] = self.of_user(&envelope.name)?
        {
            return Err(taken(hash));
        }
        let policy = envelope.throttle_policy.as_deref();
        if let Some(id) =
            policy.filter(|_| old.and_then(|old| old.head().envelope.throttle_policy.as_deref()) != policy)
            && !self.has::<Policy>(id)?
        {
            changed.notices.push(format!("there is no policy {id} in this vault (yet)"));
        }
        Ok(())
    }

    /// Checks that the user whom a password hash belongs to is there, and has no other one.
    ///
    /// # Errors
    /// [`Error::NoSuchUser`], [`Error::NameTaken`], and another `authProvider`.
    pub(super) fn check_user(&mut self, head: &Head) -> Result<(), Error> {
        check_user(self, head)
    }
}

/// Raises the counters of one-time passwords to those that the earlier versions of the same id have: a credential may
/// have been deleted, or have had another seed meanwhile. Returns the notices about it.
///
/// # Errors
/// Fails if the vault cannot be read.
pub(super) fn raise_counters(
    vault: &mut Vault,
    credential: &mut Credential,
    anew: &[&str],
) -> Result<Vec<String>, Error> {
    let id = credential.id().to_owned();
    let mut kept = BTreeMap::new();
    vault.versions(Some(&id), |version| {
        for counter in credential.keep_counters(&version.credential, anew) {
            // the last one is the highest
            kept.insert(counter.field.clone(), counter);
        }
    })?;
    Ok(kept.values().map(|kept| kept.notice(&id)).collect())
}

/// Checks what a document says about the credential that it changes: the version that it was made from, unless
/// the caller gives a condition, and the virtual networks that refer to the credential.
///
/// # Errors
/// [`Error::Stale`]; networks that differ.
pub(super) fn check_body(
    vault: &mut Vault,
    stored: &Credential,
    body: &Body,
    condition: Option<&str>,
) -> Result<(), Error> {
    check_match(stored, condition.or(body.if_match.as_deref()))?;
    // the references are read only for a document that names networks: a call may change many credentials
    if body.names_networks() {
        let references = vault.references_to(stored.id())?;
        body.check_networks(&Reference::networks(&references))?;
    }
    Ok(())
}

/// Returns true if the hash of a password differs from the stored one, or is the first.
fn sets_password(old: &Credential, new: &Credential) -> bool {
    let computed = new.kind().fields.iter().filter(|field| field.class == Class::Computed);
    let mut names = computed.map(|field| field.name);
    names.any(|name| old.fields().get(name) != new.fields().get(name))
}

fn check_user(vault: &mut Vault, head: &Head) -> Result<(), Error> {
    let name = &head.envelope.name;
    match user_of(vault, head)? {
        None => return Err(Error::NoSuchUser),
        Some(user) if user.auth_provider != AuthProvider::Local => {
            let reason = "must be the id of a user whose authProvider is local";
            return Err(Violations::one("name", reason).into());
        }
        Some(_) => {}
    }
    // the id of a user is a UUID, which is the same in capitals
    let is_taken = |other: &Head| other.id != head.id && other.envelope.name.eq_ignore_ascii_case(name);
    match vault.find_where(is_taken)?.first() {
        Some(other) => Err(taken(other)),
        None => Ok(()),
    }
}

/// Finds the user whose password a credential is the hash of. Ids of users are UUIDs: letter case makes no
/// difference.
///
/// # Errors
/// Fails if the vault cannot be read.
pub fn user_of(vault: &mut Vault, head: &Head) -> Result<Option<User>, Error> {
    let users = vault.residents::<User>()?;
    Ok(users.into_iter().find(|user| user.id.eq_ignore_ascii_case(&head.envelope.name)))
}

fn taken(other: &Head) -> Error {
    Error::NameTaken { id: other.id.clone(), name: other.envelope.name.clone() }
}
