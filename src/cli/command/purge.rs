//! `purge`: deletes earlier versions for good.

use credctl::store;
use credctl::value::{Object, Value};

use crate::cli::context::Context;
use crate::cli::error::Error;
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
    let Context { settings, ui, .. } = context;
    if args.all && !settings.scope().is_admin() {
        return Err(store::Error::PurgeAll.into());
    }
    let mut seen = None;
    if !args.write.yes && !args.write.dry_run {
        let prompter = ui.confirmer("purge")?;
        let found = seen.insert(session::preview(context, args.write.dry_run)?);
        for id in &args.ids {
            settings.scope().check_purge(&mut found.vault, id)?;
        }
        let what = if args.all { "all credentials".to_owned() } else { args.ids.join(", ") };
        let question = format!("A purge cannot be undone. Delete the earlier versions of {what} for good?");
        if !prompter.confirm(&output::sanitize::line(&question))? {
            return Err(Error::usage("nothing was purged"));
        }
    }
    let written = session::write_previewed(context, seen, args.write.dry_run, |vault| {
        Ok(if args.all { vault.purge_all_versions() } else { vault.purge_versions(&args.ids) }?)
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
    output::message(settings, &answer, &message, "")?;
    // the question of a terminal said so
    if total > 0 && args.write.yes && !args.write.dry_run && output::is_for_people(settings) {
        ui.notice("a purge cannot be undone");
    }
    Ok(())
}
