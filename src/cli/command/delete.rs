//! `delete`: takes credentials out of the vault.

use credctl::credential::Violations;
use credctl::query::Selection;
use credctl::value::{Object, Value};
use credctl::vault::Vault;

use crate::cli::args::{DocumentArgs, WriteArgs};
use crate::cli::bulk::{Bulk, deployment};
use crate::cli::context::Context;
use crate::cli::error::{Error, Kind};
use crate::cli::select::Select;
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
    #[arg(required_unless_present_any = ["file", "filter"])]
    ids: Vec<String>,
    #[command(flatten)]
    document: DocumentArgs,
    /// All that this holds of; see `credctl list --help`
    #[arg(long, value_name = "EXPR", conflicts_with_all = ["ids", "file"])]
    filter: Option<String>,
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
    let (wanted, bulk) = wanted(context, args)?;
    confirm(context, args, &wanted)?;
    let dry_run = args.write.dry_run;
    if let (Wanted::Ids(ids), false) = (&wanted, bulk)
        && let [id] = &ids[..]
    {
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
        let ids = match &wanted {
            Wanted::Ids(ids) => ids.clone(),
            Wanted::Selected(select) => select.ids(context, vault)?,
        };
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

/// What is to be deleted.
enum Wanted {
    Ids(Vec<String>),
    Selected(Select),
}

/// What the words or the document name, and whether this is a bulk call.
fn wanted(context: &Context, args: &Args) -> Result<(Wanted, bool), Error> {
    if let Some(filter) = &args.filter {
        return Ok((Wanted::Selected(Select::new(context, None, Some(filter), None)?), true));
    }
    let Some(path) = &args.document.file else {
        return Ok((Wanted::Ids(args.ids.clone()), args.ids.len() > 1));
    };
    if !args.ids.is_empty() {
        return Err(Error::usage("with --file the document names the credentials"));
    }
    let document = document::read_one(context, path)?;
    if document.get("filter").is_some() {
        let selection = Selection::from_document(&document)?;
        if selection.is_empty() {
            return Err(
                Violations::one("filter", "must say something, or everything would be deleted").into()
            );
        }
        return Ok((Wanted::Selected(Select { selection: Some(selection), ..Select::default() }), true));
    }
    let ids = document.get("ids").and_then(Value::as_list).unwrap_or_default();
    let ids: Option<Vec<String>> = ids.iter().map(|id| Some(id.as_text()?.expose().to_owned())).collect();
    match ids {
        Some(ids) if !ids.is_empty() => Ok((Wanted::Ids(ids), true)),
        _ => Err(Violations::one("ids", "must be a list of at least one id").into()),
    }
}

/// A plain yes or no. Where nobody can be asked, nothing is deleted.
fn confirm(context: &Context, args: &Args, wanted: &Wanted) -> Result<(), Error> {
    if args.yes || args.write.dry_run {
        return Ok(());
    }
    let Some(prompter) = context.prompter() else {
        return Err(Error::usage("deleting needs a confirmation and there is nobody to ask")
            .hint("--yes confirms it"));
    };
    let what = match wanted {
        Wanted::Ids(ids) if ids.len() == 1 => ids.concat(),
        Wanted::Ids(ids) => format!("{} credentials ({})", ids.len(), ids.join(", ")),
        Wanted::Selected(_) => "everything that the filter selects".to_owned(),
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
