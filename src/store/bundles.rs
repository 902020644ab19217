//! The deployment of a change to where it is consumed: the bundle of every environment is written again.

use super::error::Error;
use super::keeper::{Keeper, Notice};
use super::resident_error::ResidentError;
use super::terms::Terms;
use crate::disk::Location;
use crate::vault::{self, Environment, Key, Pins, Reach, Recipients, Vault};

/// The environments that a change was brought to, with the error for those where that failed.
#[derive(Debug, Default)]
pub struct Deployment(Vec<(String, Option<Error>)>);

impl Deployment {
    /// Returns each environment by its name, with the error if it was not reached.
    pub fn results(&self) -> impl Iterator<Item = (&str, Option<&Error>)> {
        self.0.iter().map(|(name, error)| (name.as_str(), error.as_ref()))
    }

    /// Returns the number of environments.
    #[must_use]
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Returns true if there was no bundle to write.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Returns the environments that were not reached, with the error.
    pub fn failed(&self) -> impl Iterator<Item = (&str, &Error)> {
        self.results().filter_map(|(name, error)| Some((name, error?)))
    }
}

/// The choice of the bundles to write, and of what they may replace.
#[derive(Debug, Clone, Copy, Default)]
pub struct Bundles<'a> {
    /// The names of the environments; none means all.
    pub names: &'a [String],
    /// True to write only the bundles that were not made from the vault as it is.
    pub behind: bool,
    /// The environment whose bundle may replace what is in its place.
    pub overwrite: Option<&'a str>,
}

/// Writes bundles of a vault that is locked and saved. Reports a bundle that cannot be written: the change
/// itself stays, and [`Vault::reach`] shows that the bundle is behind.
pub(super) fn write<K: Keeper>(
    keeper: &K,
    terms: &Terms,
    own: &Location,
    vault: &mut Vault,
    key: &Key,
    bundles: Bundles<'_>,
) -> Result<Deployment, Error> {
    let environments = vault.residents::<Environment>()?;
    // a wrong name fails before any bundle is written
    if let Some(name) =
        bundles.names.iter().find(|name| !environments.iter().any(|known| known.name == **name))
    {
        return Err(ResidentError::NoEnvironment { name: name.clone() }.into());
    }
    let mut deployment = Deployment::default();
    for environment in &environments {
        let is_named = bundles.names.is_empty() || bundles.names.contains(&environment.name);
        if !is_named
            || (bundles.behind
                && matches!(vault.reach(own, environment, &|name| terms.fetch(name)), Reach::Current))
        {
            continue;
        }
        let overwrite = bundles.overwrite == Some(environment.name.as_str());
        let error = write_one(keeper, terms, own, vault, key, environment, overwrite).err();
        if let Some(error) = &error {
            keeper.hear(Notice::Missed { environment: &environment.name, error });
        }
        deployment.0.push((environment.name.clone(), error));
    }
    Ok(deployment)
}

fn write_one<K: Keeper>(
    keeper: &K,
    terms: &Terms,
    own: &Location,
    vault: &mut Vault,
    key: &Key,
    environment: &Environment,
    overwrite: bool,
) -> Result<(), Error> {
    let recipients = Recipients::parse(&environment.recipients, &keeper.plugins())?;
    let target = vault.bundle_target(own, environment, key, overwrite, &|name| terms.fetch_to_write(name));
    let target = target.map_err(|error| Error::at_bundle(&environment.out, error))?;
    let written = vault.write_bundle(environment, &recipients, own, &target, terms.now);
    let written = written.map_err(|error| match error {
        // the change is in place: it is only the bundle that was left alone
        vault::Error::Damaged(damage) => ResidentError::DamagedBundle(damage).into(),
        error => Error::from(error),
    })?;
    if let Some(pins) = terms.pins.clone().map(Pins::new) {
        // without a memory, `credctl trust` accepts the bundle
        let _ = pins.place_bundle(&target, &written.lineage(), terms.now);
    }
    Ok(())
}

/// Returns true if some bundle was not made from the vault as it is.
pub(super) fn is_behind(terms: &Terms, own: &Location, vault: &mut Vault) -> Result<bool, Error> {
    let environments = vault.residents::<Environment>()?;
    // of a bundle on an engine, the copy tells what this machine knows, and no engine is asked
    let is_current = |environment: &Environment| {
        matches!(vault.reach(own, environment, &|name| terms.locate(name)), Reach::Current)
    };
    Ok(!environments.iter().all(is_current))
}
