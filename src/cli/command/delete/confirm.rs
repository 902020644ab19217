//! The confirmation before a deletion, which names the credentials and what is deleted with them.

use std::collections::BTreeMap;

use credctl::store::{Preview, Referrer, VariableReferences, check_match};
use credctl::vault::{Reference, Vault};

use super::args::Args;
use super::wanted::WantedDeletion;
use crate::cli::context::{Context, Settings};
use crate::cli::error::{Error, Failure};
use crate::cli::{answer, output, session};

/// The confirmation of the operator.
pub(super) struct Confirmed {
    /// The vault that was searched for references to the credentials, if it was read.
    pub seen: Option<Preview>,
    /// The ids that the filter selected when the operator was asked.
    pub ids: Option<Vec<String>>,
}

/// Prompts for a plain yes or no. Fails if there is nobody to ask, so that nothing is deleted.
pub(super) fn confirm(
    context: &Context,
    args: &Args,
    seen: Option<Preview>,
    wanted: &WantedDeletion,
) -> Result<Confirmed, Error> {
    let Context { settings, ui, .. } = context;
    if args.write.yes || args.write.dry_run {
        return Ok(Confirmed { seen, ids: None });
    }
    let prompter = ui.confirmer("delete")?;
    let mut seen = match seen {
        Some(seen) => seen,
        None => session::preview(context, args.write.dry_run)?,
    };
    let vault = &mut seen.vault;
    let selected = match wanted {
        WantedDeletion::Selected(conditions) => Some(conditions.ids(&settings.terms, vault)?),
        WantedDeletion::Ids(_) => None,
    };
    let asked: Vec<String> = match (wanted, &selected) {
        (WantedDeletion::Ids(words), _) => {
            if nothing_can_be_deleted(settings, args, vault, words)? {
                return Ok(Confirmed { seen: Some(seen), ids: None });
            }
            words.clone()
        }
        (WantedDeletion::Selected(_), selected) => selected.clone().unwrap_or_default(),
    };
    let delete = match (&asked[..], &selected) {
        ([id], _) => format!("Delete {id}?"),
        (ids, None) => format!("Delete {} credentials ({})?", ids.len(), answer::few(ids)),
        (ids, Some(_)) => format!("Delete the {} selected credentials ({})?", ids.len(), answer::few(ids)),
    };
    let question = format!("{}{delete}", used(settings, args, vault, &asked)?);
    if prompter.confirm(&output::sanitize::line(&question))? {
        Ok(Confirmed { seen: Some(seen), ids: selected })
    } else {
        Err(Error::usage("nothing was deleted"))
    }
}

/// Returns the sentences about what is deleted with the credentials, references and grants, and about the variables
/// that name them.
fn used(settings: &Settings, args: &Args, vault: &mut Vault, words: &[String]) -> Result<String, Error> {
    let (mut ids, mut grants) = (BTreeMap::new(), Vec::new());
    for word in words {
        // the deletion itself reports a credential that is not there
        let Ok(found) = settings.scope().find(vault, word, args.by_name) else { continue };
        let granted = found.head().envelope.granted(settings.terms.now);
        grants.extend(granted.map(|grant| grant.to.name.clone()));
        ids.insert(found.id().to_owned(), found.head().envelope.name.clone());
    }
    let references = vault.residents::<Reference>()?;
    let by = references.iter().filter(|reference| ids.contains_key(&reference.credential));
    let by: Vec<_> = by.map(|reference| reference.resource.as_str()).collect();
    let variables = VariableReferences::read(settings.scope(), vault)?.dangling(vault, &ids)?;
    let variables: Vec<String> = variables.iter().map(Referrer::to_string).collect();
    let mut said = String::new();
    for (what, names) in [
        ("Used by", answer::few(&by)),
        ("Granted to", answer::few(&grants)),
        ("Named by references in", answer::few(&variables)),
    ] {
        if !names.is_empty() {
            said.push_str(&format!("{what} {names}. "));
        }
    }
    Ok(said)
}

/// Returns true if a prompt is needless because nothing can be deleted. Fails if the only credential cannot
/// be deleted, unless `--ignore-missing` is given and the credential does not exist.
fn nothing_can_be_deleted(
    settings: &Settings,
    args: &Args,
    vault: &mut Vault,
    words: &[String],
) -> Result<bool, Error> {
    let mut check = |word: &String| -> Result<(), Error> {
        let stored = settings.scope().find_to_change(vault, word, args.by_name)?;
        Ok(check_match(&stored, args.if_match.as_deref())?)
    };
    match words {
        [word] => match check(word) {
            Err(error) if args.ignore_missing && error.kind() == Failure::NotFound => Ok(true),
            result => result.map(|()| false),
        },
        words => Ok(words.iter().all(|word| check(word).is_err())),
    }
}
