//! The policies, users and references that come with an import.

use std::collections::HashSet;

use credctl::import::Import;
use credctl::vault::{Policy, Reference, Resident, User, Vault};

use super::args::{Args, OnConflict};
use crate::cli::context::Context;
use crate::cli::error::Error;

/// Adds the policies and users of an import.
pub fn add(args: &Args, vault: &mut Vault, import: &mut Import, told: &mut Vec<String>) -> Result<(), Error> {
    told.extend(add_residents::<Policy>(args, vault, std::mem::take(&mut import.policies))?);
    told.extend(add_residents::<User>(args, vault, std::mem::take(&mut import.users))?);
    Ok(())
}

/// Adds the references to credentials that exist and did not fail.
pub fn refer(
    context: &Context,
    args: &Args,
    vault: &mut Vault,
    references: Vec<Reference>,
    failed: &HashSet<String>,
    told: &mut Vec<String>,
) -> Result<(), Error> {
    let mut known = Vec::with_capacity(references.len());
    for reference in references {
        let own = context.scope().find_to_change(vault, &reference.credential, false).is_ok();
        if own && !failed.contains(&reference.credential) {
            known.push(reference);
        } else {
            let Reference { resource, credential, .. } = reference;
            told.push(format!("{resource} refers to {credential}, which was not imported, and is left out"));
        }
    }
    told.extend(add_residents::<Reference>(args, vault, known)?);
    Ok(())
}

/// Adds the residents that do not exist. Replaces a different one only with `--on-conflict replace`, and else
/// keeps it. Returns a notice for each case.
fn add_residents<R: Resident + PartialEq>(
    args: &Args,
    vault: &mut Vault,
    new: Vec<R>,
) -> Result<Vec<String>, Error> {
    let mut told = Vec::new();
    if new.is_empty() {
        return Ok(told);
    }
    let mut residents = vault.residents::<R>()?;
    let mut is_changed = false;
    for resident in new {
        let known = residents.iter_mut().find(|known| known.key() == resident.key());
        let (name, what) = match known {
            Some(known) if *known == resident => continue,
            Some(known) if args.on_conflict == OnConflict::Replace => {
                let name = known.key().0.to_owned();
                *known = resident;
                is_changed = true;
                (name, "is replaced")
            }
            Some(known) => (known.key().0.to_owned(), "exists already and is not changed"),
            None => {
                let name = resident.key().0.to_owned();
                residents.push(resident);
                is_changed = true;
                (name, "is added")
            }
        };
        told.push(format!("{} {name} {what}", R::NAME));
    }
    if is_changed {
        vault.set_residents(residents)?;
    }
    Ok(told)
}
