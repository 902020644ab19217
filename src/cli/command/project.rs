//! `project` and `move`: the list of projects, and the move of a credential to another project.

use std::collections::BTreeSet;

use credctl::credential::Violations;
use credctl::kind::rule::text::PROJECT;
use credctl::store::Belonging;
use credctl::value::{Object, Value};

use crate::cli::answer::{self, ChangeReport};
use crate::cli::context::Context;
use crate::cli::error::Error;
use crate::cli::options::WriteArgs;
use crate::cli::output::{self, Columns};
use crate::cli::{pick, session};

#[derive(Debug, clap::Args)]
#[command(after_help = "\
A project exists as long as a credential is in it. Credentials in the project
admin are global: every project reads them, and only admin changes them.

Examples:
  credctl project list
  credctl -p payments list")]
pub struct Args {
    #[command(subcommand)]
    command: ProjectCommand,
}

#[derive(Debug, clap::Subcommand)]
enum ProjectCommand {
    /// List the projects
    #[command(visible_alias = "ls")]
    List,
}

#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  credctl move partner --to payments
  credctl move partner --to admin
      makes the credential global")]
pub struct MoveArgs {
    /// The id of the credential
    id: String,
    /// The new project; admin is global
    #[arg(long, value_name = "PROJECT")]
    to: String,
    #[command(flatten)]
    write: WriteArgs,
}

pub fn run(context: &Context, args: &Args) -> Result<(), Error> {
    match args.command {
        ProjectCommand::List => list(context),
    }
}

fn list(context: &Context) -> Result<(), Error> {
    let Context { settings, ui, .. } = context;
    let projects = settings.scope().projects(&mut session::read(context)?)?;
    let items = projects.into_iter().map(|(name, count)| {
        Object::from_iter([("name", Value::text(name)), ("credentials", Value::from(count))])
    });
    let columns = Columns { table: &["name", "credentials"], wide: &["name", "credentials"] };
    output::items(settings, ui, Object::new(), "items", items.collect(), &columns)
}

/// Moves a credential to another project.
pub fn move_to(context: &Context, args: &MoveArgs) -> Result<(), Error> {
    let Context { settings, ui, .. } = context;
    let accepted = (PROJECT.check)(&args.to).map_err(|reason| Violations::one("to", reason))?;
    let to = accepted.normalised.map_or_else(|| args.to.clone(), |name| name.expose().to_owned());
    let (seen, word) = pick::before_change(context, Some(&args.id), false, args.write.dry_run)?;
    let written = session::write_previewed(context, seen, args.write.dry_run, |vault| {
        let (mut changed, is_new_there) = vault.move_to(&word, &to)?;
        let id = changed.credential.id().to_owned();
        let references = vault.references_to(&id)?;
        if !is_new_there {
            changed.notices.push(format!("{word} is in this project already"));
        }
        let logins = BTreeSet::from([id]);
        let belonging = settings.scope().belonging(vault, &logins)?;
        changed.notices.extend(belonging.into_iter().filter(|one| one.project != to).map(|one| {
            let Belonging { id, login, project } = one;
            format!(
                "{id} belongs to {login} and is kept in {project}; `credctl move {id} --to {to}` moves it"
            )
        }));
        Ok((changed, references))
    })?;
    let (changed, references) = &written.answer;
    let told = ChangeReport::new("moved", changed, &written.deployment, args.write.dry_run);
    answer::changed(settings, ui, told.referred(references))
}
