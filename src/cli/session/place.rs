//! Putting a credential into the vault, if what it belongs to is there.

use credctl::credential::{Change, Changed, Credential, Draft, Head, Violations, change};
use credctl::kind::{Class, Kind as Type};
use credctl::vault::{AuthProvider, Policy, User, Vault};
use uuid::Uuid;

use crate::cli::context::Context;
use crate::cli::error::{Error, Kind};

/// A new credential of a type, judged; nothing is unlocked for that.
pub fn create(context: &Context, kind: &'static Type, draft: Draft) -> Result<Changed, Error> {
    Ok(change(&Change::Create(kind), draft, &context.act(), &context.rules())?)
}

/// Puts a new credential in; one of the same id is left as it is.
pub fn insert(vault: &mut Vault, changed: &mut Changed) -> Result<(), Error> {
    let id = changed.credential.id();
    if vault.contains(id)? {
        return Err(Error::exists(id));
    }
    put(vault, changed, None)
}

/// The same for the only change of a call, where saving tells whether the id is free.
pub fn insert_one(vault: &mut Vault, changed: &mut Changed) -> Result<(), Error> {
    belongs(vault, changed, None)?;
    Ok(vault.put_new(&changed.credential)?)
}

/// Puts a changed credential in, if what it belongs to is there.
pub fn put(vault: &mut Vault, changed: &mut Changed, old: Option<&Credential>) -> Result<(), Error> {
    belongs(vault, changed, old)?;
    keep(vault, changed, old)
}

/// The same for one whose dependencies were looked at.
pub fn keep(vault: &mut Vault, changed: &Changed, old: Option<&Credential>) -> Result<(), Error> {
    let hashes = |credential: &Credential| credential.kind().keeps_hash_only();
    if hashes(&changed.credential) && old.is_some_and(|old| !hashes(old)) {
        // the key store that it was has the password in clear text, and so do its earlier versions
        vault.purge(changed.credential.id());
    }
    Ok(vault.put(&changed.credential)?)
}

/// What a credential depends on: the user of a password hash must be there, a policy should.
pub fn belongs(vault: &mut Vault, changed: &mut Changed, old: Option<&Credential>) -> Result<(), Error> {
    let head = changed.credential.head();
    if head.kind.identity_name && old.is_none_or(|old| sets_password(old, &changed.credential)) {
        check_user(vault, head)?;
    }
    let envelope = &head.envelope;
    let is_named_anew =
        !changed.is_random_id && old.is_none_or(|old| old.head().envelope.name != envelope.name);
    // only the id of a user can be the name of a password hash, which nobody else may have
    if !head.kind.identity_name
        && is_named_anew
        && envelope.name.parse::<Uuid>().is_ok()
        && let [hash, ..] = vault.of_user(&envelope.name)?
    {
        return Err(taken(hash));
    }
    let policy = envelope.throttle_policy.as_deref();
    if let Some(id) =
        policy.filter(|_| old.and_then(|old| old.head().envelope.throttle_policy.as_deref()) != policy)
        && !vault.has::<Policy>(id)?
    {
        changed.notices.push(format!("there is no policy {id} in this vault (yet)"));
    }
    Ok(())
}

/// Whether the hash of a password differs from the stored one, or is the first.
fn sets_password(old: &Credential, new: &Credential) -> bool {
    let computed = new.kind().fields.iter().filter(|field| field.class == Class::Computed);
    let mut names = computed.map(|field| field.name);
    names.any(|name| old.fields().get(name) != new.fields().get(name))
}

/// Whether the user whom a password hash belongs to is there, and has no other one.
pub fn check_user(vault: &mut Vault, head: &Head) -> Result<(), Error> {
    let name = &head.envelope.name;
    match user_of(vault, head)? {
        None => {
            return Err(Error::from(Violations::one("name", "must be the id of a user in this vault"))
                .hint("`credctl user add` makes one, `credctl user list` shows them"));
        }
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

/// The user whose password a credential is the hash of. Ids of users are UUIDs: letter case is no difference.
pub fn user_of(vault: &mut Vault, head: &Head) -> Result<Option<User>, Error> {
    let users = vault.residents::<User>()?;
    Ok(users.into_iter().find(|user| user.id.eq_ignore_ascii_case(&head.envelope.name)))
}

fn taken(other: &Head) -> Error {
    Error::new(Kind::Conflict, format!("{} is named {} already", other.id, other.envelope.name))
}
