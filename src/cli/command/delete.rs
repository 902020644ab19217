//! `delete`: takes credentials out of the vault.

use credctl::credential::Violations;
use credctl::value::{Object, Value};
use credctl::vault::Vault;

use crate::cli::args::{DocumentArgs, WriteArgs};
use crate::cli::bulk::{Bulk, deployment};
use crate::cli::context::Context;
use crate::cli::error::{Error, Kind};
use crate::cli::{document, output, session};

#[derive(Debug, clap::Args)]
#[expect(clippy::struct_excessive_bools, reason = "each is a switch of its own on the command line")]
#[command(after_help = "\
The previous state of the whole vault stays in the encrypted file beside it that ends in .bak.

Examples:
  credctl delete admin
  credctl rm -y old1 old2 old3
  credctl rm -y maybe --ignore-missing
  echo '{\"ids\":[\"A\",\"B\"]}' | credctl rm -y -f -")]
pub struct Args {
    /// The ids
    #[arg(required_unless_present_any = ["file"])]
    ids: Vec<String>,
    #[command(flatten)]
    document: DocumentArgs,
    /// Do not ask
    #[arg(short, long)]
    yes: bool,
    /// An id that does not exist is not an error
    #[arg(long)]
    ignore_missing: bool,
    /// Delete it only if this is its etag; * is any
    #[arg(long, value_name = "ETAG")]
    if_match: Option<String>,
    /// Find them by their names
    #[arg(long)]
    by_name: bool,
    /// All or nothing, when there are several
    #[arg(long)]
    atomic: bool,
    #[command(flatten)]
    write: WriteArgs,
}

pub fn run(context: &Context, args: &Args) -> Result<(), Error> {
    session::administrator(context)?;
    let (ids, bulk) = ids(context, args)?;
    confirm(context, args, &ids)?;
    let dry_run = args.write.dry_run;
    if let ([id], false) = (&ids[..], bulk) {
        let deleted = session::write(context, dry_run, |vault| delete(context, args, vault, id))?;
        let mut answer = deleted;
        let verb = if answer.get("deleted") == Some(&Value::Bool(true)) { "deleted" } else { "not found:" };
        answer.insert("message", Value::text(format!("{verb} {id}")));
        answer.insert("deploymentResult", deployment());
        if dry_run {
            answer.insert("dryRun", true);
        }
        return output::changed(context, verb, &answer);
    }
    let bulk = session::write(context, dry_run, |vault| {
        let mut bulk = Bulk::new("deleted");
        for id in &ids {
            let result = delete(context, args, vault, id).map(|mut answer| {
                answer.remove("id");
                answer
            });
            bulk.add(Some(id), result);
        }
        bulk.settle(vault, args.atomic);
        Ok(bulk)
    })?;
    bulk.finish(context, dry_run)
}

/// The ids, and whether this is a bulk call: several, or a document of `ids`.
fn ids(context: &Context, args: &Args) -> Result<(Vec<String>, bool), Error> {
    let Some(path) = &args.document.file else { return Ok((args.ids.clone(), args.ids.len() > 1)) };
    if !args.ids.is_empty() {
        return Err(Error::usage("with --file the document names the credentials"));
    }
    let document = document::read_one(context, path)?;
    let texts =
        document.get("ids").and_then(Value::as_list).map(|ids| ids.iter().map(Value::as_text).collect());
    let Some(Some(texts)) = texts.map(|texts: Vec<Option<_>>| texts.into_iter().collect::<Option<Vec<_>>>())
    else {
        return Err(Violations::one("ids", "must be a list of ids").into());
    };
    if texts.is_empty() {
        return Err(Violations::one("ids", "must name at least one").into());
    }
    Ok((texts.into_iter().map(|id| id.expose().to_owned()).collect(), true))
}

/// A plain yes or no. Where nobody can be asked, nothing is deleted.
fn confirm(context: &Context, args: &Args, ids: &[String]) -> Result<(), Error> {
    if args.yes || args.write.dry_run {
        return Ok(());
    }
    let Some(prompter) = context.prompter() else {
        return Err(Error::usage("deleting needs a confirmation and there is nobody to ask")
            .hint("--yes confirms it"));
    };
    let what = match ids {
        [id] => id.clone(),
        ids => format!("{} credentials ({})", ids.len(), ids.join(", ")),
    };
    let question = format!("Delete {}?", output::sanitize::line(&what));
    if prompter.confirm(&question)? { Ok(()) } else { Err(Error::usage("nothing was deleted")) }
}

fn delete(context: &Context, args: &Args, vault: &mut Vault, word: &str) -> Result<Object, Error> {
    let mut answer = Object::new();
    let stored = match session::find_to_change(context, vault, word, args.by_name) {
        Ok(stored) => stored,
        Err(error) if args.ignore_missing && error.kind() == Kind::NotFound => {
            answer.insert("id", Value::text(word));
            answer.insert("deleted", false);
            answer.insert("removedReferences", Value::List(Vec::new()));
            return Ok(answer);
        }
        Err(error) => return Err(error),
    };
    session::check_match(&stored, args.if_match.as_deref())?;
    vault.remove(stored.id());
    answer.insert("id", Value::text(stored.id()));
    answer.insert("deleted", true);
    answer.insert("removedReferences", Value::List(Vec::new()));
    Ok(answer)
}
