//! Getting a change to where it is consumed: the bundle of every environment, written again.

use credctl::disk::Location;
use credctl::value::{Object, Value};
use credctl::vault::{self, Environment, Key, Reach, Recipients, Taken, Vault};

use super::context::Context;
use super::error::{Error, Kind};
use super::session;

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

/// Which bundles are written, and over what.
#[derive(Debug, Clone, Copy, Default)]
pub struct Bundles<'a> {
    /// The environments; none means all.
    pub names: &'a [String],
    /// Only those whose bundle was not made from the vault as it is.
    pub behind: bool,
    /// The environment whose bundle may replace what is in its place.
    pub overwrite: Option<&'a str>,
}

/// Writes bundles of a vault that is locked and saved. One that cannot be written is told; the change
/// itself stays, and [`Vault::reach`] shows that the bundle is behind.
pub fn write(
    context: &Context,
    own: &Location,
    vault: &mut Vault,
    key: &Key,
    bundles: Bundles<'_>,
) -> Result<Deployment, Error> {
    let environments = vault.residents::<Environment>()?;
    if let Some(name) =
        bundles.names.iter().find(|name| !environments.iter().any(|known| known.name == **name))
    {
        return Err(unknown(name));
    }
    let mut deployment = Deployment::default();
    for environment in &environments {
        let is_named = bundles.names.is_empty() || bundles.names.contains(&environment.name);
        if !is_named || (bundles.behind && matches!(vault.reach(own, environment), Reach::Current)) {
            continue;
        }
        let overwrite = bundles.overwrite == Some(environment.name.as_str());
        let error = bundle(context, own, vault, key, environment, overwrite).err();
        let error = error.map(|error| error.detail());
        if let Some(error) = &error {
            context.say(&format!("warning: the environment {} was not reached: {error}", environment.name));
        }
        deployment.0.push((environment.name.clone(), error));
    }
    Ok(deployment)
}

fn bundle(
    context: &Context,
    own: &Location,
    vault: &mut Vault,
    key: &Key,
    environment: &Environment,
    overwrite: bool,
) -> Result<(), Error> {
    let recipients = Recipients::parse(&environment.recipients, &context.plugins())?;
    let target = vault.bundle_target(own, environment, key, overwrite);
    let target = target.map_err(|error| in_place(&environment.out, error))?;
    let written = vault.write_bundle(environment, recipients, &target, context.now);
    written.map_err(|error| match error {
        // the change is in place: it is only the bundle that was left alone
        vault::Error::Damaged(damage) => Error::new(Kind::Damaged, damage.to_string()),
        error => error.into(),
    })
}

/// What keeps a bundle from its place.
pub fn in_place(out: &str, error: vault::Error) -> Error {
    match error {
        vault::Error::Taken(taken) => Error::new(Kind::Conflict, format!("`{out}` {taken}")),
        vault::Error::Precious(precious) => {
            Error::new(Kind::Conflict, format!("`{out}` {precious}, which is never overwritten"))
        }
        error => error.into(),
    }
}

/// Whether some bundle was not made from the vault as it is.
pub fn is_behind(own: &Location, vault: &mut Vault) -> Result<bool, Error> {
    let environments = vault.residents::<Environment>()?;
    Ok(environments.iter().any(|environment| !matches!(vault.reach(own, environment), Reach::Current)))
}

/// Tells of the bundles that were not made from the vault as it is.
pub fn tell(context: &Context, vault: &mut Vault) -> Result<(), Error> {
    let environments = vault.residents::<Environment>()?;
    if environments.is_empty() {
        return Ok(());
    }
    let own = session::locate(context)?;
    for environment in &environments {
        let reach = vault.reach(&own, environment);
        let Environment { name, out, .. } = environment;
        let option = match reach {
            Reach::Current => continue,
            Reach::Taken(Taken::ByOther) => " --overwrite` replaces it, unless it is a vault or an identity",
            _ => "` writes it",
        };
        let why = match &reach {
            // the error names the path
            Reach::Unreachable(error) => error.to_string(),
            _ => format!("`{out}` {reach}"),
        };
        context.notice(&format!(
            "the bundle of the environment {name} is not up to date: {why}; `credctl deploy {name}{option}"
        ));
    }
    Ok(())
}

/// That there is no such environment.
pub fn unknown(name: &str) -> Error {
    Error::new(Kind::NotFound, format!("there is no environment {name}"))
        .hint("`credctl environment list` shows them")
}
