//! The search for the login of a site, and the addition of a login for a program.

use credctl::credential::{Credential, Draft, State};
use credctl::kind;
use credctl::site::{Found, Login, Search, Site, Sites};
use credctl::store::Transaction;
use credctl::value::{Object, Value};
use credctl::vault::Vault;

use crate::cli::context::Settings;
use crate::cli::error::Error;

/// The tag of credentials that git stored. Git may change and delete no others.
pub const STORED: &str = "stored-by";
/// The tag of credentials that docker stored: the name of the registry as docker writes it.
pub const REGISTRY: &str = "registry";

/// A usable login, with its credential.
pub struct LoginCandidate {
    pub credential: Credential,
    pub login: Login,
}

/// Calls `each` for every login that the project sees and that may be used now.
pub fn each_usable(
    settings: &Settings,
    vault: &mut Vault,
    mut each: impl FnMut(LoginCandidate),
) -> Result<(), Error> {
    vault.credentials(|credential| {
        let head = credential.head();
        if head.state(settings.terms.now) != State::Ok || !settings.scope().sees(head) {
            return;
        }
        if let Some(login) = Login::of(&credential) {
            each(LoginCandidate { credential, login });
        }
    })?;
    Ok(())
}

/// Finds the usable login that fits best, among those that the program may have.
pub fn find(
    settings: &Settings,
    vault: &mut Vault,
    asked: &Site,
    may_have: impl Fn(&Credential) -> bool,
) -> Result<Found<LoginCandidate>, Error> {
    let mut search = Search::new(asked);
    each_usable(settings, vault, |candidate| {
        let is_user = asked.username.as_deref().is_none_or(|user| candidate.login.username.expose() == user);
        if is_user && may_have(&candidate.credential) {
            let head = candidate.credential.head();
            let (sites, changed) = (Sites::of_credential(&candidate.credential), head.stamp.updated_at);
            search.offer(&sites, changed, candidate);
        }
    })?;
    Ok(search.finish())
}

/// Adds a login for a program, with tags that lead back to it.
pub fn add(
    vault: &mut Transaction<'_>,
    wanted: &str,
    login: &Login,
    envelope: impl IntoIterator<Item = (&'static str, Value)>,
) -> Result<(), Error> {
    let mut members = login.members();
    members.insert("id", Value::text(free_id(vault, wanted)?));
    for (name, value) in envelope {
        members.insert(name, value);
    }
    let kind = kind::find(login.type_name()).ok_or_else(|| Error::usage("there are no logins"))?.kind;
    vault.add(kind, Draft::from_members(kind, members))?;
    Ok(())
}

/// Makes a member of a draft from tags.
pub fn tags<const N: usize>(tags: [(&str, &str); N]) -> (&'static str, Value) {
    ("tags", Object::from_iter(tags.map(|(name, text)| (name, Value::text(text)))).into())
}

/// Makes an id that is not taken, from a text that says what the credential is for.
fn free_id(vault: &mut Vault, wanted: &str) -> Result<String, Error> {
    let clean: String =
        wanted.chars().map(|c| if c.is_whitespace() || c.is_control() { '-' } else { c }).take(100).collect();
    let mut id = clean.clone();
    for number in 2.. {
        if !vault.contains(&id)? {
            break;
        }
        id = format!("{clean}-{number}");
    }
    Ok(id)
}
