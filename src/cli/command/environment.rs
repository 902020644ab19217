//! `environment` and `deploy`: the bundles of credentials for those who use them, and their delivery.

use std::path::{Path, PathBuf};

use credctl::credential::GranteeKind;
use credctl::disk::Location;
use credctl::store::{self, Bundles, Writes, address};
use credctl::value::{Object, Value};
use credctl::vault::{self, Environment, Reach, Recipients, Resident as _, Vault, bundle_location};

use crate::cli::answer;
use crate::cli::context::{Context, require_public};
use crate::cli::deployment;
use crate::cli::error::{Error, Failure};
use crate::cli::options::{GranteeArgs, WriteArgs};
use crate::cli::output::{self, Columns};
use crate::cli::session;
use crate::cli::words;

#[derive(Debug, clap::Args)]
#[command(after_help = "\
An environment is a bundle: a vault of its own that its recipients can open but
not change. credctl writes the bundle again after every change. Bound to API
proxies or groups, a bundle has only the credentials that are granted to them:
the next bundle no longer has a revoked credential. Bundles leave out
credentials that are disabled or have expired. If credctl cannot write a bundle,
it keeps the change and reports the failure; `credctl deploy` tries again.

Examples:
  credctl environment add prod --recipient age1… --out /srv/prod/credctl.age
  credctl env add gateway -r age1… --out /srv/gw.age --api-proxy Payments
  credctl deploy prod
  credctl --vault /srv/gw.age -i gw.key get partner --field password
      reads a secret as a consumer does")]
pub struct Args {
    #[command(subcommand)]
    command: EnvironmentCommand,
}

#[derive(Debug, clap::Subcommand)]
enum EnvironmentCommand {
    /// Add an environment and write its bundle
    Add(AddEnvironmentArgs),
    /// List the environments, and show if the last change reached them
    #[command(visible_alias = "ls")]
    List,
    /// Remove an environment
    #[command(visible_alias = "rm", alias = "delete")]
    Remove(RemoveEnvironmentArgs),
}

#[derive(Debug, clap::Args)]
struct AddEnvironmentArgs {
    /// The name: letters, digits, points, hyphens, underscores
    #[arg(value_parser = words::name)]
    name: String,
    /// A recipient that can open the bundle: age1…, or an SSH public key
    #[arg(short, long, value_name = "R", required = true)]
    recipient: Vec<String>,
    /// The file to write the bundle to
    #[arg(long, value_name = "FILE", value_hint = clap::ValueHint::FilePath)]
    out: PathBuf,
    /// Replace an existing file, unless it is a vault or an identity
    #[arg(long)]
    overwrite: bool,
    #[command(flatten)]
    grantees: GranteeArgs,
    #[command(flatten)]
    write: WriteArgs,
}

#[derive(Debug, clap::Args)]
struct RemoveEnvironmentArgs {
    /// The name of the environment
    #[arg(value_parser = words::name)]
    name: String,
    /// Delete the bundle too
    #[arg(long)]
    delete_bundle: bool,
    #[command(flatten)]
    write: WriteArgs,
}

#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  credctl deploy
  credctl deploy prod test")]
pub struct DeployArgs {
    /// The environments; all if none is named. credctl exits with 10 if a single environment fails, with 8 if
    /// some of several fail
    #[arg(value_name = "NAME")]
    #[arg(value_parser = words::name)]
    names: Vec<String>,
    /// Replace an existing file at the path of the bundle, unless the file is a vault or an identity; needs
    /// exactly one NAME
    #[arg(long, requires = "names")]
    overwrite: bool,
    #[command(flatten)]
    write: WriteArgs,
}

impl Args {
    /// Returns the part of the vault that the command changes.
    pub fn writes(&self) -> Writes {
        match &self.command {
            EnvironmentCommand::Add(_) | EnvironmentCommand::Remove(_) => Writes::Credentials,
            EnvironmentCommand::List => Writes::Nothing,
        }
    }
}

pub fn run(context: &Context, args: &Args) -> Result<(), Error> {
    match &args.command {
        EnvironmentCommand::Add(args) => add(context, args),
        EnvironmentCommand::List => list(context),
        EnvironmentCommand::Remove(args) => remove(context, args),
    }
}

fn add(context: &Context, args: &AddEnvironmentArgs) -> Result<(), Error> {
    let Context { settings, ui, .. } = context;
    let out = absolute(&args.out)?;
    let recipients = Recipients::parse(&args.recipient, &ui.age_plugins(settings))?;
    let grantees = args.grantees.read()?;
    let names = |kind: GranteeKind| {
        Value::texts(grantees.iter().filter(|to| to.kind == kind).map(|to| to.name.as_str()))
    };
    let environment = Environment::read(Object::from_iter([
        ("name", Value::text(args.name.as_str())),
        ("project", Value::text(settings.terms.scope.project.as_str())),
        ("recipients", Value::texts(recipients.texts())),
        ("out", Value::text(out.as_str())),
        ("apiProxies", names(GranteeKind::ApiProxy)),
        ("apiProxyGroups", names(GranteeKind::ApiProxyGroup)),
    ]))?;
    let own = settings.location()?;
    let target = bundle_location(&own, &out, &|name| settings.terms.fetch(name))
        .map_err(|error| store::Error::at_bundle(&out, error))?;
    let mut seen = None;
    if target.read_start(0).map_err(vault::Error::from)?.is_some() {
        if !args.overwrite {
            return Err(Error::new(Failure::Conflict, format!("`{out}` exists already and was left alone"))
                .hint("--overwrite replaces it, unless it is a vault or an identity"));
        }
        output::apart(settings, &target, &args.out)?;
        // a file that the key opens may be a vault; an error would come too late once the environment is
        // saved
        let vault = seen.insert(session::preview(context, args.write.dry_run)?);
        output::spare(&target, &args.out, Some(&vault.key))?;
    }
    let overwrite = Some(args.name.as_str()).filter(|_| args.overwrite);
    let written = session::write_over(context, seen, args.write.dry_run, overwrite, |vault| {
        Ok(vault.add_environment(environment.clone())?)
    })?;
    let document = environment.document();
    output::resident(settings, "added the environment", document, &written.deployment, args.write.dry_run)
}

/// Returns the absolute path, which is valid from every folder.
fn absolute(path: &Path) -> Result<String, Error> {
    require_public(path)?;
    if let Some(address) = address(path) {
        return Ok(address.to_owned());
    }
    let absolute = std::path::absolute(path).ok().and_then(|path| path.into_os_string().into_string().ok());
    absolute.ok_or_else(|| Error::usage("the path of --out is not UTF-8 text"))
}

fn list(context: &Context) -> Result<(), Error> {
    let Context { settings, ui, .. } = context;
    let mut vault = session::read(context)?;
    let environments = session::store(context)?.reach(&mut vault, |_| true)?;
    let items = environments.iter().map(|(environment, reach)| {
        let mut shown = environment.document();
        let reached = matches!(reach, Reach::Current);
        shown.insert("reached", Value::text(if reached { "yes" } else { "no" }));
        if !reached {
            let detail = format!("the bundle {reach}");
            ui.notice(&format!("{}: {detail}", environment.name));
            shown.insert("detail", Value::text(detail));
        }
        shown
    });
    let columns = Columns {
        table: &["name", "out", "reached", "apiProxies", "apiProxyGroups"],
        wide: &["name", "project", "out", "reached", "recipients", "apiProxies", "apiProxyGroups", "detail"],
    };
    output::items(settings, ui, Object::new(), "items", items.collect(), &columns)?;
    if environments.is_empty() {
        let hint = "`credctl environment add --help` shows examples";
        output::nothing(settings, ui, "there are no environments yet", hint);
    }
    Ok(())
}

fn remove(context: &Context, args: &RemoveEnvironmentArgs) -> Result<(), Error> {
    let Context { settings, ui, .. } = context;
    let own = session::store(context)?.location()?;
    // a bundle is deleted before the vault is saved, so what can be refused is refused now
    let seen = args.delete_bundle.then(|| session::preview(context, args.write.dry_run)).transpose()?;
    let written = session::write_previewed(context, seen, args.write.dry_run, |vault| {
        let removed = vault.remove_environment(&args.name)?;
        if args.delete_bundle && !args.write.dry_run {
            // before the environment is removed: afterwards nobody would know of the bundle
            delete_bundle(context, &own, vault, &removed)?;
        }
        Ok(removed)
    })?;
    if !args.delete_bundle || args.write.dry_run {
        ui.notice(&format!("its bundle {} still exists", written.answer.out));
    }
    let mut document = Object::from_iter([("name", Value::text(args.name.as_str()))]);
    document.insert("removed", true);
    if !args.write.dry_run {
        answer::undo_hint(settings, ui);
    }
    output::resident(settings, "removed the environment", document, &written.deployment, args.write.dry_run)
}

/// Deletes a bundle. Keeps anything else that may be in its place by now, with a warning.
fn delete_bundle(
    context: &Context,
    own: &Location,
    vault: &Vault,
    environment: &Environment,
) -> Result<(), Error> {
    let Context { settings, ui, .. } = context;
    match vault.delete_bundle(own, environment, &|name| settings.terms.fetch(name)) {
        Err(vault::Error::Taken(taken)) => {
            ui.say(&format!("warning: `{}` was not deleted: it {taken}", environment.out));
            Ok(())
        }
        result => Ok(result?),
    }
}

/// Reports the environments that would be reached, after a check of the files to write.
fn would_reach(context: &Context, args: &DeployArgs) -> Result<(), Error> {
    let (mut vault, key) = session::store(context)?.read_with_key()?;
    let own = session::store(context)?.location()?;
    let environments = vault.residents::<Environment>()?;
    if let Some(name) = args.names.iter().find(|name| !environments.iter().any(|known| known.name == **name))
    {
        return Err(unknown(name));
    }
    let mut reached = Vec::new();
    for environment in environments.iter().filter(|it| args.names.is_empty() || args.names.contains(&it.name))
    {
        vault
            .bundle_target(&own, environment, &key, args.overwrite, &|name| {
                context.settings.terms.fetch(name)
            })
            .map_err(|error| store::Error::at_bundle(&environment.out, error))?;
        reached.push(environment.name.as_str());
    }
    let message = format!("would reach {} environments", reached.len());
    let answer = Object::from_iter([
        ("environments", Value::texts(reached)),
        ("message", Value::text(message.as_str())),
        ("dryRun", Value::Bool(true)),
    ]);
    output::message(&context.settings, &answer, &message, "")
}

/// Writes the bundles of environments again.
pub fn deploy(context: &Context, args: &DeployArgs) -> Result<(), Error> {
    let overwrite = match &args.names[..] {
        [name] if args.overwrite => Some(name.as_str()),
        _ if args.overwrite => return Err(Error::usage("--overwrite needs exactly one environment")),
        _ => None,
    };
    if args.write.dry_run {
        return would_reach(context, args);
    }
    let deployment = session::store_to_change(context, false)?.deploy(Bundles {
        names: &args.names,
        overwrite,
        behind: false,
    })?;
    let failed = deployment.failed().count();
    let message = format!("reached {} of {} environments", deployment.len() - failed, deployment.len());
    let mut answer = Object::new();
    answer.insert("deploymentResult", deployment::document(&deployment));
    answer.insert("message", Value::text(message.as_str()));
    output::message(&context.settings, &answer, &message, "")?;
    match deployment.failed().next() {
        None => Ok(()),
        Some((name, error)) if deployment.len() == 1 => {
            Err(Error::new(Failure::Io, format!("the environment {name} was not reached: {error}")))
        }
        Some(_) => Err(Error::new(Failure::Partial, format!("{failed} environments were not reached"))),
    }
}

/// Makes the error for an environment that does not exist.
fn unknown(name: &str) -> Error {
    store::Error::from(store::ResidentError::NoEnvironment { name: name.to_owned() }).into()
}
