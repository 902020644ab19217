//! Which credentials a project sees, and which it may change.

use credctl::credential::{ADMIN, Credential, Head};
use credctl::dialect::Body;
use credctl::vault::{Reference, Vault, Version};

use crate::cli::context::Context;
use crate::cli::error::{Error, Kind};

/// The credential of an id, or else of a name that only one has, as far as the project sees it.
pub fn find(context: &Context, vault: &mut Vault, word: &str, by_name: bool) -> Result<Credential, Error> {
    if let Some(credential) = vault.find(word)?.filter(|found| sees(context, found.head())) {
        return Ok(credential);
    }
    if !by_name {
        return Err(Error::not_found(word));
    }
    let named = vault.find_by_name(word)?;
    let mut named = named.into_iter().filter(|head| sees(context, head));
    match (named.next(), named.next()) {
        (Some(head), None) => vault.find(&head.id)?.ok_or_else(|| Error::not_found(word)),
        (Some(one), Some(two)) => {
            Err(Error::new(Kind::Conflict, format!("several credentials are named {word}"))
                .hint(format!("name one of them by its id, such as {} or {}", one.id, two.id)))
        }
        _ => Err(Error::not_found(word)),
    }
}

/// The credential that is to be changed: it must be the project's own.
pub fn find_to_change(
    context: &Context,
    vault: &mut Vault,
    word: &str,
    by_name: bool,
) -> Result<Credential, Error> {
    let credential = find(context, vault, word, by_name)?;
    check_own(context, credential.head())?;
    Ok(credential)
}

/// Whether a credential that the project sees is its own, and not a global one.
pub fn check_own(context: &Context, head: &Head) -> Result<(), Error> {
    if owns(context, head) {
        return Ok(());
    }
    Err(Error::new(Kind::Forbidden, format!("{} is global and cannot be changed from a project", head.id))
        .hint("leave out --project to change it"))
}

/// Whether `--if-match` names the current version.
pub fn check_match(credential: &Credential, condition: Option<&str>) -> Result<(), Error> {
    match condition {
        Some(condition) if !credential.head().matches(condition) => {
            Err(Error::new(Kind::Stale, format!("{} was changed meanwhile", credential.id()))
                .hint("get it again, and use its etag"))
        }
        _ => Ok(()),
    }
}

/// Whether a document names the virtual networks that refer to a credential, or none.
pub fn check_networks(vault: &mut Vault, stored: &Credential, body: &Body) -> Result<(), Error> {
    let references = vault.references_to(stored.id())?;
    Ok(body.check_networks(&Reference::networks(&references))?)
}

/// A project sees its own credentials and the global ones; `admin` sees all.
pub fn sees(context: &Context, head: &Head) -> bool {
    context.project == ADMIN || head.envelope.project == context.project || head.envelope.project == ADMIN
}

/// Whether the project may change it: its own ones, and `admin` all.
pub fn owns(context: &Context, head: &Head) -> bool {
    context.project == ADMIN || head.envelope.project == context.project
}

/// An earlier version of a credential that the project sees: of the one that is there now, or else of
/// the last one that was.
pub fn version(context: &Context, vault: &mut Vault, id: &str, revision: u64) -> Result<Credential, Error> {
    let current = match find(context, vault, id, true) {
        Ok(current) if current.head().stamp.revision == revision => return Ok(current),
        Ok(current) => Some(current),
        Err(error) if error.kind() == Kind::NotFound => None,
        Err(error) => return Err(error),
    };
    let id = current.as_ref().map_or(id, Credential::id);
    let instance = |credential: &Credential| credential.head().stamp.instance_id;
    let versions = versions(context, vault, id)?;
    let last = versions.last().map(|version| instance(&version.credential));
    let wanted = current.as_ref().map(instance).or(last);
    let found = versions
        .into_iter()
        .map(|version| version.credential)
        .find(|version| version.head().stamp.revision == revision && Some(instance(version)) == wanted);
    found.ok_or_else(|| {
        Error::new(Kind::NotFound, format!("there is no revision {revision} of {id}"))
            .hint(format!("`credctl history {id}` shows those that there are"))
    })
}

/// The earlier versions of an id that the project sees, the oldest first. Of a credential that is
/// another project's now, or was when it was deleted, it sees none.
pub fn versions(context: &Context, vault: &mut Vault, id: &str) -> Result<Vec<Version>, Error> {
    let mut versions = vault.versions(id)?;
    let last = vault.find(id)?.or_else(|| versions.last().map(|version| version.credential.clone()));
    versions.retain(|version| {
        let seen = |credential: &Credential| sees(context, credential.head());
        last.as_ref().is_some_and(seen) && seen(&version.credential)
    });
    Ok(versions)
}
