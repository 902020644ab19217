//! `purge`: deletes earlier versions for good.

use credctl::credential::ADMIN;
use credctl::value::{Object, Value};
use credctl::vault::Vault;

use crate::cli::context::Context;
use crate::cli::error::{Error, Kind};
use crate::cli::options::WriteArgs;
use crate::cli::{deployment, output, session, words};

#[derive(Debug, clap::Args)]
#[command(after_help = "\
credctl deletes earlier versions for good, those of deleted credentials too. It
also removes the .bak file beside the vault, which has them. Copies of the vault
elsewhere still have them.

Examples:
  credctl purge db
  credctl purge --all -y")]
pub struct Args {
    /// The ids of the credentials
    #[arg(required_unless_present = "all", conflicts_with = "all")]
    #[arg(value_parser = words::name)]
    ids: Vec<String>,
    /// Delete the earlier versions of every credential
    #[arg(long)]
    all: bool,
    #[command(flatten)]
    write: WriteArgs,
}

pub fn run(context: &Context, args: &Args) -> Result<(), Error> {
    if args.all && context.terms.scope.project != ADMIN {
        return Err(Error::new(Kind::Forbidden, "only admin can purge all projects"));
    }
    let mut seen = None;
    if !args.write.yes && !args.write.dry_run {
        let Some(prompter) = context.prompter() else {
            return Err(Error::usage("purging needs a confirmation and there is nobody to ask")
                .hint("--yes confirms it"));
        };
        let found = seen.insert(session::preview(context)?);
        check(context, args, &mut found.vault)?;
        let what = if args.all { "all credentials".to_owned() } else { args.ids.join(", ") };
        let question = format!("Forget the earlier versions of {what} for good?");
        if !prompter.confirm(&output::sanitize::line(&question))? {
            return Err(Error::usage("nothing was purged"));
        }
    }
    let written = session::write_previewed(context, seen, args.write.dry_run, |vault| {
        let mut kept = vault.versioned()?;
        if args.all {
            vault.purge_all();
            return Ok(kept);
        }
        kept.retain(|(id, _)| args.ids.contains(id));
        check(context, args, vault)?;
        args.ids.iter().for_each(|id| vault.purge(id));
        Ok(kept)
    })?;
    let total: usize = written.answer.iter().map(|(_, count)| count).sum();
    let message = format!("purged {total} earlier versions of {} credentials", written.answer.len());
    let purged = written.answer.into_iter().map(|(id, count)| {
        Value::from(Object::from_iter([("id", Value::text(id)), ("versions", Value::from(count as u64))]))
    });
    let mut answer = Object::from_iter([("purged", Value::List(purged.collect()))]);
    answer.insert("message", Value::text(message.as_str()));
    answer.insert("deploymentResult", deployment::document(&written.deployment));
    if args.write.dry_run {
        answer.insert("dryRun", true);
    }
    output::message(context, &answer, &message)
}

/// Fails if a credential has no earlier versions, or if the project may not purge them.
fn check(context: &Context, args: &Args, vault: &mut Vault) -> Result<(), Error> {
    for id in &args.ids {
        let none = || Error::new(Kind::NotFound, format!("there are no earlier versions of {id}"));
        let last = vault.versions(id)?.pop().ok_or_else(none)?.credential;
        let last = vault.find(id)?.unwrap_or(last);
        if !context.scope().sees(last.head()) {
            return Err(none());
        }
        context.scope().check_own(last.head())?;
    }
    Ok(())
}
