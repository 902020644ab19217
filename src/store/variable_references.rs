//! References in the values of variables: the credentials that they name, the variables that name a credential, and
//! those that lead nowhere. Other fields and texts outside the vault may have references too; credctl resolves
//! or sees these only where somebody uses them.

use std::collections::BTreeMap;
use std::fmt;
use std::ops::Range;

use super::error::Error;
use super::found_reference::places;
use super::scope::Scope;
use super::template::Resolver;
use super::terms::Terms;
use super::value_path::ValuePath;
use crate::credential::{Credential, Head, SecretEntry};
use crate::secret::{Buffer, Secret};
use crate::text::{SCHEME, compose, has_reference};
use crate::vault::Vault;

/// The most variables of one credential that a message names.
const SHOWN: usize = 3;

/// The variables of a credential that refer to another one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Referrer {
    /// The id of the credential that has the variables.
    pub id: String,
    /// The names of the variables.
    pub variables: Vec<String>,
    /// The id or name of the credential that they refer to, as they spell it.
    pub target: String,
}

impl fmt::Display for Referrer {
    /// Writes the first variables and the credential, as in `DSN, DB_URL of shop`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let shown = &self.variables[..self.variables.len().min(SHOWN)];
        f.write_str(&shown.join(", "))?;
        match self.variables.len() - shown.len() {
            0 => {}
            more => write!(f, " and {more} more")?,
        }
        write!(f, " of {}", self.id)
    }
}

/// A variable whose references lead to no value.
#[derive(Debug)]
pub struct UnresolvedVariable {
    /// The id of the credential that has the variable.
    pub id: String,
    /// The path of the variable, such as `variables.DB_URL`.
    pub path: String,
    /// The reason.
    pub reason: Error,
}

/// The references in all variables that a project sees.
#[derive(Debug, Default)]
pub struct VariableReferences(Vec<Referrer>);

impl VariableReferences {
    /// Finds the references. Goes through the vault once, and reads only the credentials that may have some.
    ///
    /// # Errors
    /// Fails if the vault cannot be read.
    pub fn read(scope: &Scope, vault: &mut Vault) -> Result<Self, Error> {
        let mut all: Vec<Referrer> = Vec::new();
        for credential in with_references(vault, |head| scope.sees(head))? {
            let mut targets: BTreeMap<String, Vec<String>> = BTreeMap::new();
            for (name, entry) in variables(&credential) {
                for target in targets_of(entry.stored().expose()) {
                    let names = targets.entry(target).or_default();
                    if names.last() != Some(&name) {
                        names.push(name.clone());
                    }
                }
            }
            let id = credential.id();
            all.extend(targets.into_iter().map(|(target, variables)| Referrer {
                id: id.to_owned(),
                variables,
                target,
            }));
        }
        Ok(Self(all))
    }

    /// Returns the variables that spell the credential they refer to like this.
    pub fn to<'a>(&'a self, word: &'a str) -> impl Iterator<Item = &'a Referrer> {
        self.0.iter().filter(move |referrer| referrer.target == word)
    }

    /// Returns the variables that refer to credentials which are deleted, given by their ids with their names. A
    /// reference that then leads to another credential does not count.
    ///
    /// # Errors
    /// Fails if the vault cannot be read.
    pub fn dangling(
        &self,
        vault: &mut Vault,
        deleted: &BTreeMap<String, String>,
    ) -> Result<Vec<Referrer>, Error> {
        let mut dangling = Vec::new();
        let is_meant = |target: &String| deleted.iter().any(|(id, name)| id == target || name == target);
        for referrer in self.0.iter().filter(|referrer| is_meant(&referrer.target)) {
            let target = &referrer.target;
            let stays = |id: &str| !deleted.contains_key(id);
            let leads_on = (stays(target) && vault.contains(target)?)
                || vault.find_by_name(target)?.iter().any(|head| stays(&head.id));
            if stays(&referrer.id) && !leads_on {
                dangling.push(referrer.clone());
            }
        }
        Ok(dangling)
    }
}

impl Terms {
    /// Finds the variables of the project whose references lead to no value, or to no value yet: to a credential or
    /// a field that is not there, or in a circle. A credential that must not be used now does not count.
    ///
    /// # Errors
    /// Fails if the vault cannot be read.
    pub fn unresolved(&self, vault: &mut Vault) -> Result<Vec<UnresolvedVariable>, Error> {
        let mut unresolved = Vec::new();
        let found = with_references(vault, |head| self.scope.owns(head))?;
        let mut resolver = Resolver::new(self, true, vault);
        for credential in found {
            for (_, entry) in variables(&credential) {
                let reason = match resolver.variable(entry.stored().expose()) {
                    Ok(_) => continue,
                    Err(Error::Unresolved { source, .. }) => *source,
                    Err(other) => other,
                };
                unresolved.push(UnresolvedVariable {
                    id: credential.id().to_owned(),
                    path: entry.path,
                    reason,
                });
            }
        }
        Ok(unresolved)
    }
}

/// Returns the variables of a credential with references, by path and with the references to `old` naming `new`.
/// `None` in the place of a value if a reference in braces cannot name the new id.
pub(super) fn referring_anew(credential: &Credential, old: &str, new: &str) -> Vec<(String, Option<Secret>)> {
    let anew = |(_, entry): (String, SecretEntry<'_>)| {
        let text = entry.stored();
        let before = targets_of(text.expose());
        if !before.iter().any(|target| target == old) {
            return None;
        }
        let value = with_target(text.expose(), old, new).filter(|value| {
            let expected = before.iter().map(|target| if target == old { new } else { target });
            targets_of(value.expose()).iter().map(String::as_str).eq(expected)
        });
        Some((entry.path, value))
    };
    variables(credential).filter_map(anew).collect()
}

fn with_references(vault: &mut Vault, is_meant: impl Fn(&Head) -> bool) -> Result<Vec<Credential>, Error> {
    let is_meant = |head: &Head| head.kind.variables_field().is_some() && is_meant(head);
    let heads = vault.find_containing(SCHEME, is_meant)?;
    let mut found = Vec::new();
    for head in heads {
        found.extend(vault.find(&head.id)?);
    }
    Ok(found)
}

/// Returns the variables of a credential that have references, each with its own name.
fn variables(credential: &Credential) -> impl Iterator<Item = (String, SecretEntry<'_>)> {
    let kind = credential.kind();
    credential.secrets().into_iter().filter_map(move |entry| {
        let name = kind.variable_name(&entry.path)?.to_owned();
        has_reference(entry.stored().expose()).then_some((name, entry))
    })
}

/// Returns the ids or names that the references in a value name, in their order.
fn targets_of(text: &str) -> Vec<String> {
    let target = |place: Range<usize>| ValuePath::parse(&text[place]).ok();
    places(text).into_iter().filter_map(target).map(|path| compose(&path.id).into_owned()).collect()
}

/// Returns a value whose references to `old` name `new`.
fn with_target(text: &str, old: &str, new: &str) -> Option<Secret> {
    let (mut made, mut done) = (Buffer::with_capacity(text.len() + new.len()), 0);
    for place in places(text) {
        let start = place.start + SCHEME.len();
        let Ok(path) = ValuePath::parse(&text[place]) else { continue };
        if compose(&path.id) == old {
            made.push(&text[done..start]);
            made.push(new);
            done = start + path.id.len();
        }
    }
    made.push(&text[done..]);
    made.into_secret()
}

#[cfg(test)]
mod tests {
    use super::{targets_of, with_target};

    #[test]
    fn only_the_references_to_the_old_id_change() {
        for (text, anew) in [
            ("cred://db/password", "cred://prod/db/password"),
            (
                "p://${cred://db/user}:{{ cred://db/password }}@db/x",
                "p://${cred://prod/db/user}:{{ cred://prod/db/password }}@db/x",
            ),
            ("${cred://db2/a}${cred://old/db/a}", "${cred://db2/a}${cred://old/db/a}"),
            ("cred://db", "cred://db"),
            ("db/password", "db/password"),
        ] {
            assert_eq!(with_target(text, "db", "prod/db").unwrap().expose(), anew);
        }
        assert_eq!(targets_of("${cred://a/b/c}x{{ cred://d/e }}"), ["a/b", "d"]);
        // an id that ends the braces cannot be named there
        let torn = with_target("${cred://db/a}", "db", "d}b").unwrap();
        assert_eq!(targets_of(torn.expose()), [""; 0]);
    }
}
