//! What belongs to a login, such as the notes that an import kept beside it: the tag `login` names it. It does not
//! follow the login by itself, so a change of the login says what stays as it is.

use std::collections::BTreeSet;

use credctl::credential::Head;
use credctl::import::LOGIN;
use credctl::value::Value;
use credctl::vault::{Error, Vault};

use super::sees;
use crate::cli::context::Context;

/// A credential that belongs to a login.
pub struct Belonging {
    pub id: String,
    pub login: String,
    pub project: String,
}

/// What belongs to these logins and is none of them, as far as the project sees it.
pub fn belonging(
    context: &Context,
    vault: &mut Vault,
    logins: &BTreeSet<String>,
) -> Result<Vec<Belonging>, Error> {
    if logins.is_empty() {
        return Ok(Vec::new());
    }
    let found = vault.find_tagged(LOGIN, |head| of(context, head, logins).is_some())?;
    Ok(found.iter().filter_map(|head| of(context, head, logins)).collect())
}

/// What belongs to a login and was deleted.
pub fn deleted_belonging(context: &Context, vault: &mut Vault, login: &str) -> Result<Vec<String>, Error> {
    let logins = BTreeSet::from([login.to_owned()]);
    let deleted = vault.deleted()?;
    let found = deleted.iter().filter_map(|version| of(context, version.credential.head(), &logins));
    Ok(found.map(|one| one.id).collect())
}

fn of(context: &Context, head: &Head, logins: &BTreeSet<String>) -> Option<Belonging> {
    let login = head.envelope.tags.get(LOGIN).and_then(Value::as_text)?.expose();
    (logins.contains(login) && !logins.contains(&head.id) && sees(context, head)).then(|| Belonging {
        id: head.id.clone(),
        login: login.to_owned(),
        project: head.envelope.project.clone(),
    })
}
