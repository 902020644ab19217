//! Getting a change to where it is consumed: the bundle of every environment, written again.

use std::path::Path;

use credctl::value::{Object, Value};
use credctl::vault::file::{Location, Lock, is_link};
use credctl::vault::{self, file::Backup};
use credctl::vault::{Environment, Lockset, Outcome, Recipients, Sealed, Sealer, Vault};

use super::context::Context;
use super::error::{Error, Kind};

/// How each environment took a change: its name, and why it failed, if it did.
#[derive(Debug, Default)]
pub struct Deployment(Vec<(String, Option<String>)>);

impl Deployment {
    /// The result as every answer to a change tells it.
    pub fn document(&self) -> Value {
        let results = self.0.iter().map(|(name, error)| {
            let mut result = Object::new();
            result.insert("environment", Value::text(name.as_str()));
            result.insert("success", error.is_none());
            if let Some(error) = error {
                result.insert("error", Value::text(error.as_str()));
            }
            result.into()
        });
        let results = Value::List(results.collect());
        let success = self.failed().next().is_none();
        Object::from_iter([("success", Value::Bool(success)), ("environmentResults", results)]).into()
    }

    /// The number of environments.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// The environments that failed, and why.
    pub fn failed(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().filter_map(|(name, error)| Some((name.as_str(), error.as_deref()?)))
    }
}

/// Writes the bundles of these environments, or of all if none is named. A bundle that cannot be
/// written is told and noted; the change itself is saved already and stays.
pub fn write(
    context: &Context,
    lock: &Lock,
    vault: &mut Vault,
    lockset: &Lockset,
    names: &[String],
) -> Result<Deployment, Error> {
    let mut environments = vault.residents::<Environment>()?;
    if let Some(name) = names.iter().find(|name| !environments.iter().any(|known| known.name == **name)) {
        return Err(unknown(name));
    }
    let mut deployment = Deployment::default();
    let mut changed = false;
    for environment in &mut environments {
        if !names.is_empty() && !names.contains(&environment.name) {
            continue;
        }
        let error = bundle(context, lock.location(), vault, environment).err();
        let error = error.map(|error| error.detail());
        if let Some(error) = &error {
            context.say(&format!("warning: the environment {} was not reached: {error}", environment.name));
        }
        if environment.outcome.as_ref().is_none_or(|outcome| outcome.error != error) {
            environment.outcome = Some(Outcome { since: context.now, error: error.clone() });
            changed = true;
        }
        deployment.0.push((environment.name.clone(), error));
    }
    if changed {
        vault.set_residents(environments)?;
        // the generation before the change stays the one that undoing goes back to
        let noted = vault.save(lock, lockset, Sealer::new(lockset)?, Backup::Leave, &context.remember());
        if let Err(error) = noted {
            context.say(&format!("warning: how the environments took it was not noted: {error}"));
        }
    }
    Ok(deployment)
}

fn bundle(
    context: &Context,
    vault_location: &Location,
    vault: &mut Vault,
    environment: &Environment,
) -> Result<(), Error> {
    let recipients = Recipients::parse(&environment.recipients, &context.plugins())?;
    let location = target(vault_location, &environment.out)?;
    let written = vault.write_bundle(environment, &Lockset::Recipients(recipients), &location, context.now);
    written.map_err(|error| match error {
        // the change is in place: it is only the bundle that was left alone
        vault::Error::Damaged(damage) => Error::new(Kind::Damaged, damage.to_string()),
        error => error.into(),
    })
}

/// Where a bundle goes: never over the vault, nor through a link to what may be somebody else's vault,
/// nor over a file that is not encrypted with age.
pub fn target(vault: &Location, out: &str) -> Result<Location, Error> {
    if is_link(Path::new(out)) {
        return Err(Error::new(Kind::Conflict, format!("{out} is a symbolic link, so it is not replaced")));
    }
    let location = Location::resolve(Path::new(out)).map_err(vault::Error::from)?;
    if vault.is_ours(&location).map_err(vault::Error::from)? {
        return Err(Error::new(Kind::Conflict, format!("{out} belongs to the vault itself")));
    }
    if location.exists().map_err(vault::Error::from)? {
        let file = location.open().map_err(vault::Error::from)?;
        if Sealed::inspect(file).is_err() {
            let what = format!("{out} is there and is no age file, so it is not replaced");
            return Err(Error::new(Kind::Conflict, what));
        }
    }
    Ok(location)
}

/// That there is no such environment.
pub fn unknown(name: &str) -> Error {
    Error::new(Kind::NotFound, format!("there is no environment {name}"))
        .hint("`credctl environment list` shows them")
}
