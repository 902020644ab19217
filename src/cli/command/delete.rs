//! `delete`: deletes credentials from the vault.

use credctl::store::{Belonging, Conditions, Deleted, Deletion, Preview, Transaction, check_match};
use std::collections::BTreeSet;

use credctl::credential::Violations;
use credctl::query::Selection;
use credctl::value::{Object, Value};
use credctl::vault::{Reference, Vault};

use crate::cli::bulk::Bulk;
use crate::cli::context::{Context, Input, Settings, Ui};
use crate::cli::error::{Error, Failure, discreet};
use crate::cli::options::{DocumentArgs, WriteArgs};
use crate::cli::{deployment, document, output, select, session, words};

#[derive(Debug, clap::Args)]
#[command(after_help = "\
credctl deletes the grants of a credential and the references to it, and lists
the references. Until a purge, `credctl restore ID` brings the credential back,
without grants and references.

Examples:
  credctl delete admin
  credctl rm -y old1 old2 old3
  credctl rm -y maybe --ignore-missing
  echo '{\"ids\":[\"A\",\"B\"]}' | credctl rm -y -f -")]
pub struct Args {
    /// The ids of the credentials
    #[arg(required_unless_present_any = ["file", "filter"])]
    #[arg(value_parser = words::name)]
    ids: Vec<String>,
    #[command(flatten)]
    document: DocumentArgs,
    /// Delete all credentials that match EXPR; see `credctl list --help`
    #[arg(long, value_name = "EXPR", conflicts_with_all = ["ids", "file"])]
    filter: Option<String>,
    /// Ignore ids that do not exist
    #[arg(long)]
    ignore_missing: bool,
    /// Delete the credential only if this is its etag; * matches any
    #[arg(long, value_name = "ETAG")]
    if_match: Option<String>,
    /// Find the credentials by their names
    #[arg(long)]
    by_name: bool,
    /// Delete all of the credentials, or none
    #[arg(long)]
    atomic: bool,
    #[command(flatten)]
    write: WriteArgs,
}

pub fn run(context: &Context, args: &Args) -> Result<(), Error> {
    let Context { settings, ui, input } = context;
    let (wanted, bulk) = wanted(ui, input, args)?;
    let confirmed = confirm(context, args, &wanted)?;
    let (seen, confirmed) = confirmed.map_or((None, None), |confirmed| (Some(confirmed.seen), confirmed.ids));
    let dry_run = args.write.dry_run;
    if let (Wanted::Ids(ids), false) = (&wanted, bulk)
        && let [id] = &ids[..]
    {
        let written = session::write_previewed(context, seen, dry_run, |vault| {
            let mut deletion = Deletion::new(vault)?;
            let answer = delete(args, vault, &mut deletion, id)?;
            let deleted = deletion.finish(vault)?;
            Ok((answer, left(vault, deleted)?))
        })?;
        let (mut answer, notices) = written.answer;
        for notice in &notices {
            ui.notice(notice);
        }
        let verb = if answer.get("deleted") == Some(&Value::Bool(true)) { "deleted" } else { "not found:" };
        let message = format!("{verb} {}", discreet::message(id));
        if let Some(answer) = settings.foreign().and_then(|system| system.deleted(&message)) {
            return output::document(settings, &answer);
        }
        answer.insert("message", Value::text(message));
        answer.insert("deploymentResult", deployment::document(&written.deployment));
        if dry_run {
            answer.insert("dryRun", true);
        }
        return output::changed(settings, verb, &answer);
    }
    let written = session::write_previewed(context, seen, dry_run, |vault| {
        let mut bulk = Bulk::new("deleted");
        let ids = match &wanted {
            Wanted::Ids(ids) => ids.clone(),
            Wanted::Selected(conditions) => {
                let mut ids = conditions.ids(&settings.terms, vault)?;
                // credentials that the filter selects only now were not confirmed
                ids.retain(|id| confirmed.as_ref().is_none_or(|confirmed| confirmed.contains(id)));
                ids
            }
        };
        let mut deletion = Deletion::new(vault)?;
        for id in &ids {
            let result = delete(args, vault, &mut deletion, id).map(|mut answer| {
                answer.remove("id");
                answer
            });
            bulk.add(Some(id), result);
        }
        let deleted = deletion.finish(vault)?;
        if bulk.settle(vault, args.atomic) {
            return Ok((bulk, Vec::new()));
        }
        Ok((bulk, left(vault, deleted)?))
    })?;
    let (bulk, notices) = written.answer;
    for notice in &notices {
        ui.notice(notice);
    }
    bulk.finish(settings, ui, dry_run, &written.deployment)
}

/// Returns a notice for each credential that belonged to a deleted one and stays.
fn left(vault: &mut Transaction<'_>, deleted: BTreeSet<String>) -> Result<Vec<String>, Error> {
    let notice = |Belonging { id, login, .. }| {
        format!("{id} belongs to {login} and is kept; `credctl delete {id}` deletes it")
    };
    Ok(vault.left_behind(deleted)?.into_iter().map(notice).collect())
}

/// The credentials to delete.
enum Wanted {
    Ids(Vec<String>),
    Selected(Conditions),
}

/// Returns the credentials that the arguments or the document name, and true for a bulk call.
fn wanted(ui: &Ui, input: &Input, args: &Args) -> Result<(Wanted, bool), Error> {
    if let Some(filter) = &args.filter {
        return Ok((Wanted::Selected(select::conditions(ui, input, Some(filter), None)?), true));
    }
    let Some(path) = &args.document.file else {
        return Ok((Wanted::Ids(args.ids.clone()), args.ids.len() > 1));
    };
    if !args.ids.is_empty() {
        return Err(Error::usage("--file cannot be used with ids, which the document has"));
    }
    let document = document::read_one(ui, input, path)?;
    if document.get("filter").is_some() {
        let selection = Selection::from_document(&document)?;
        if selection.is_empty() {
            return Err(Violations::one(
                "filter",
                "must not be empty, because it would match every credential",
            )
            .into());
        }
        let conditions = Conditions { document: Some(selection), ..Conditions::default() };
        return Ok((Wanted::Selected(conditions), true));
    }
    Ok((Wanted::Ids(document::ids(&document)?), true))
}

/// The confirmation of the operator, with the vault that was searched for references to the credentials.
struct Confirmed {
    seen: Preview,
    /// The ids that the filter selected when the operator was asked.
    ids: Option<Vec<String>>,
}

/// Prompts for a plain yes or no. Fails if there is nobody to ask, so that nothing is deleted.
fn confirm(context: &Context, args: &Args, wanted: &Wanted) -> Result<Option<Confirmed>, Error> {
    let Context { settings, ui, .. } = context;
    if args.write.yes || args.write.dry_run {
        return Ok(None);
    }
    let Some(prompter) = ui.prompter() else {
        return Err(
            Error::usage("refusing to delete without confirmation: there is no terminal").hint("add --yes")
        );
    };
    let mut seen = session::preview(context)?;
    let vault = &mut seen.vault;
    let selected = match wanted {
        Wanted::Selected(conditions) => Some(conditions.ids(&settings.terms, vault)?),
        Wanted::Ids(_) => None,
    };
    let mut question = match wanted {
        Wanted::Ids(ids) if ids.len() == 1 => format!("Delete {}?", ids.concat()),
        Wanted::Ids(ids) => format!("Delete {} credentials ({})?", ids.len(), ids.join(", ")),
        Wanted::Selected(_) => {
            format!("Delete the {} selected credentials?", selected.as_ref().map_or(0, Vec::len))
        }
    };
    if let Wanted::Ids(words) = wanted {
        if nothing_can_be_deleted(settings, args, vault, words)? {
            return Ok(Some(Confirmed { seen, ids: None }));
        }
        let references = vault.residents::<Reference>()?;
        let found = words.iter().map(|word| settings.scope().find(vault, word, args.by_name));
        let ids: Vec<String> = found.filter_map(|one| Some(one.ok()?.id().to_owned())).collect();
        let used = references.iter().filter(|reference| ids.contains(&reference.credential));
        let by: Vec<_> = used.map(|reference| reference.resource.as_str()).collect();
        if !by.is_empty() {
            question = format!("Used by {}. {question}", by.join(", "));
        }
    }
    if prompter.confirm(&output::sanitize::line(&question))? {
        Ok(Some(Confirmed { seen, ids: selected }))
    } else {
        Err(Error::usage("nothing was deleted"))
    }
}

/// Returns true if a prompt is needless because nothing can be deleted. Fails if the only credential cannot
/// be deleted, unless `--ignore-missing` is given and the credential does not exist.
fn nothing_can_be_deleted(
    settings: &Settings,
    args: &Args,
    vault: &mut Vault,
    words: &[String],
) -> Result<bool, Error> {
    let mut check = |word: &String| -> Result<(), Error> {
        let stored = settings.scope().find_to_change(vault, word, args.by_name)?;
        Ok(check_match(&stored, args.if_match.as_deref())?)
    };
    match words {
        [word] => match check(word) {
            Err(error) if args.ignore_missing && error.kind() == Failure::NotFound => Ok(true),
            result => result.map(|()| false),
        },
        words => Ok(words.iter().all(|word| check(word).is_err())),
    }
}

/// Deletes one credential. Returns the answer, with the references that are deleted too.
fn delete(
    args: &Args,
    vault: &mut Transaction<'_>,
    deletion: &mut Deletion,
    word: &str,
) -> Result<Object, Error> {
    let (id, references) = match deletion.delete(vault, word, args.by_name, args.if_match.as_deref()) {
        Ok(Deleted { id, references }) => (Some(id), references),
        Err(error) if args.ignore_missing && error.is_not_found() => (None, Vec::new()),
        Err(error) => return Err(error.into()),
    };
    let resources = references.iter().map(|reference| reference.resource.as_str());
    Ok(Object::from_iter([
        ("id", Value::text(id.as_deref().map_or_else(|| discreet::message(word), Into::into).as_ref())),
        ("deleted", Value::from(id.is_some())),
        ("removedReferences", Value::texts(resources)),
    ]))
}
