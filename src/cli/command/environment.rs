//! `environment` and `deploy`: where credentials are consumed, and getting them there.

use std::path::{Path, PathBuf};

use credctl::credential::GranteeKind;
use credctl::value::{Object, Value};
use credctl::vault::file::{Location, remove_named};
use credctl::vault::{self, Environment, Recipients, Resident as _, Vault};

use crate::cli::args::{GranteeArgs, WriteArgs};
use crate::cli::context::Context;
use crate::cli::error::{Error, Kind};
use crate::cli::output::{self, Columns};
use crate::cli::{deployment, session, words};

#[derive(Debug, clap::Args)]
#[command(after_help = "\
An environment is a bundle: a vault of its own that its recipients can open and nobody can change. It
is written again after every change. Bound to API proxies or groups it holds only what is granted to
them, so that what is revoked is not in the next bundle any more. Credentials that are disabled or have
expired are left out. A change is never lost because an environment cannot be reached: it is told, and
`credctl deploy` tries again.

Examples:
  credctl environment add prod --recipient age1… --out /srv/prod/credctl.age
  credctl env add gateway --recipient age1… --out /srv/gw.age --api-proxy Payments
  credctl deploy prod
  credctl --vault /srv/gw.age -i gw.key get partner --field password
      what a consumer does")]
pub struct Args {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, clap::Subcommand)]
enum Command {
    /// Add an environment and write its bundle
    Add(AddArgs),
    /// List the environments, and how the last change reached them
    #[command(visible_alias = "ls")]
    List,
    /// Forget an environment
    #[command(visible_alias = "rm")]
    Remove(RemoveArgs),
}

#[derive(Debug, clap::Args)]
struct AddArgs {
    /// The name: letters, digits, points, hyphens, underscores
    #[arg(value_parser = words::name)]
    name: String,
    /// Who can open the bundle: age1…, or an SSH public key
    #[arg(short, long, value_name = "R", required = true)]
    recipient: Vec<String>,
    /// Where the bundle goes
    #[arg(long, value_name = "FILE", value_hint = clap::ValueHint::FilePath)]
    out: PathBuf,
    /// Replace an age file that is there
    #[arg(long)]
    force: bool,
    #[command(flatten)]
    grantees: GranteeArgs,
    #[command(flatten)]
    write: WriteArgs,
}

#[derive(Debug, clap::Args)]
struct RemoveArgs {
    /// The name
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
    /// The environments; none means all. Ends with 10 if one that was named alone fails, with 8 if some
    /// of several do
    #[arg(value_name = "NAME")]
    #[arg(value_parser = words::name)]
    names: Vec<String>,
    #[command(flatten)]
    write: WriteArgs,
}

pub fn run(context: &Context, args: &Args) -> Result<(), Error> {
    match &args.command {
        Command::Add(args) => add(context, args),
        Command::List => list(context),
        Command::Remove(args) => remove(context, args),
    }
}

fn add(context: &Context, args: &AddArgs) -> Result<(), Error> {
    session::administrator(context)?;
    let out = absolute(&args.out)?;
    let recipients = Recipients::parse(&args.recipient, &context.plugins())?;
    let grantees = args.grantees.read()?;
    let names = |kind: GranteeKind| {
        Value::texts(grantees.iter().filter(|to| to.kind == kind).map(|to| to.name.as_str()))
    };
    let environment = Environment::read(Object::from_iter([
        ("name", Value::text(args.name.as_str())),
        ("project", Value::text(context.project.as_str())),
        ("recipients", Value::texts(recipients.texts())),
        ("out", Value::text(out.as_str())),
        ("apiProxies", names(GranteeKind::ApiProxy)),
        ("apiProxyGroups", names(GranteeKind::ApiProxyGroup)),
    ]))?;
    let own = Location::resolve(context.vault()?).map_err(vault::Error::from)?;
    let target = deployment::target(&own, &out)?;
    if !args.force && target.exists().map_err(vault::Error::from)? {
        return Err(Error::new(Kind::Conflict, format!("{out} is there already"))
            .hint("it may be somebody's vault; if it is an earlier bundle, --force replaces it"));
    }
    let written = session::write(context, args.write.dry_run, |vault: &mut Vault| {
        let mut environments = vault.residents::<Environment>()?;
        if let Some(known) = environments.iter().find(|known| known.name == args.name || known.out == out) {
            let what =
                format!("the environment {} exists already, with its bundle {}", known.name, known.out);
            return Err(Error::new(Kind::Conflict, what));
        }
        environments.push(environment.clone());
        Ok(vault.set_residents(environments)?)
    })?;
    let document = environment.document();
    output::resident(context, "added the environment", document, &written.deployment, args.write.dry_run)
}

/// The path as it is also from elsewhere.
fn absolute(path: &Path) -> Result<String, Error> {
    let absolute = std::path::absolute(path).ok().and_then(|path| path.into_os_string().into_string().ok());
    absolute.ok_or_else(|| Error::usage("--out is not a path that can be kept as text"))
}

fn list(context: &Context) -> Result<(), Error> {
    let environments = session::read(context)?.residents::<Environment>()?;
    let items = environments.iter().map(|environment| {
        let mut shown = environment.document();
        let reached = environment.outcome.as_ref().map_or("never", |outcome| match outcome.error {
            None => "yes",
            Some(_) => "no",
        });
        shown.insert("reached", Value::text(reached));
        shown
    });
    let columns = Columns {
        table: &["name", "out", "reached", "apiProxies", "apiProxyGroups"],
        wide: &[
            "name",
            "project",
            "out",
            "reached",
            "recipients",
            "apiProxies",
            "apiProxyGroups",
            "lastResult",
        ],
    };
    output::items(context, Object::new(), "items", items.collect(), &columns)
}

fn remove(context: &Context, args: &RemoveArgs) -> Result<(), Error> {
    session::administrator(context)?;
    let written = session::write(context, args.write.dry_run, |vault: &mut Vault| {
        let mut environments = vault.residents::<Environment>()?;
        let at = environments.iter().position(|known| known.name == args.name);
        let removed = environments.remove(at.ok_or_else(|| deployment::unknown(&args.name))?);
        vault.set_residents(environments)?;
        Ok(removed)
    })?;
    let out = &written.answer.out;
    if args.delete_bundle && !args.write.dry_run {
        if let Err(error) = delete_bundle(context, out) {
            context.say(&format!("warning: its bundle {out} was not deleted: {}", error.detail()));
        }
    } else {
        context.notice(&format!("its bundle {out} is still there"));
    }
    let mut answer = Object::from_iter([("name", Value::text(args.name.as_str()))]);
    answer.insert("removed", true);
    output::resident(context, "removed the environment", answer, &written.deployment, args.write.dry_run)
}

/// Deletes a bundle, but nothing else that may be there by now.
fn delete_bundle(context: &Context, out: &str) -> Result<(), Error> {
    let own = Location::resolve(context.vault()?).map_err(vault::Error::from)?;
    if !deployment::target(&own, out)?.exists().map_err(vault::Error::from)? {
        return Ok(());
    }
    Ok(remove_named(Path::new(out)).map_err(vault::Error::from)?)
}

/// Tells which bundles would be written, after a look at where they go.
fn would_reach(context: &Context, names: &[String]) -> Result<(), Error> {
    session::administrator(context)?;
    let environments = session::read(context)?.residents::<Environment>()?;
    if let Some(name) = names.iter().find(|name| !environments.iter().any(|known| known.name == **name)) {
        return Err(deployment::unknown(name));
    }
    let own = Location::resolve(context.vault()?).map_err(vault::Error::from)?;
    let mut reached = Vec::new();
    for environment in environments.iter().filter(|known| names.is_empty() || names.contains(&known.name)) {
        deployment::target(&own, &environment.out)?;
        reached.push(environment.name.as_str());
    }
    let message = format!("would reach {} environments", reached.len());
    let answer = Object::from_iter([
        ("environments", Value::texts(reached)),
        ("message", Value::text(message.as_str())),
        ("dryRun", Value::Bool(true)),
    ]);
    output::message(context, &answer, &message)
}

/// Writes the bundles again.
pub fn deploy(context: &Context, args: &DeployArgs) -> Result<(), Error> {
    if args.write.dry_run {
        return would_reach(context, &args.names);
    }
    let deployment = session::deploy(context, &args.names)?;
    let failed = deployment.failed().count();
    let message = format!("reached {} of {} environments", deployment.len() - failed, deployment.len());
    let mut answer = Object::new();
    answer.insert("deploymentResult", deployment.document());
    answer.insert("message", Value::text(message.as_str()));
    output::message(context, &answer, &message)?;
    match deployment.failed().next() {
        None => Ok(()),
        Some((name, error)) if deployment.len() == 1 => {
            Err(Error::new(Kind::Io, format!("the environment {name} was not reached: {error}")))
        }
        Some(_) => Err(Error::new(Kind::Partial, format!("{failed} environments were not reached"))),
    }
}
