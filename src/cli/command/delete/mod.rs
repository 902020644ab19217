//! `delete`: deletes credentials from the vault.

mod args;
mod confirm;
mod fallen;
mod wanted;

use credctl::store::{Belonging, Deleted, Deletion, Referrer, Transaction};
use credctl::value::{Object, Value};

use crate::cli::bulk::Bulk;
use crate::cli::context::Context;
use crate::cli::error::{Error, discreet};
use crate::cli::{answer, deployment, output, session};
pub use args::Args;
use confirm::{Confirmed, confirm};
use fallen::Fallen;
use wanted::{WantedDeletion, chosen, wanted};

pub fn run(context: &Context, args: &Args) -> Result<(), Error> {
    let Context { settings, ui, .. } = context;
    let (wanted, bulk) = wanted(context, args)?;
    let (seen, wanted) = chosen(context, args, wanted)?;
    let Confirmed { seen, ids: confirmed } = confirm(context, args, seen, &wanted)?;
    let dry_run = args.write.dry_run;
    if let (WantedDeletion::Ids(ids), false) = (&wanted, bulk)
        && let [id] = &ids[..]
    {
        let written = session::write_previewed(context, seen, dry_run, |vault| {
            let (mut deletion, mut fallen) = (Deletion::new(vault)?, Fallen::default());
            let answer = delete(args, vault, &mut deletion, id, &mut fallen)?;
            Ok((answer, finish(vault, deletion)?, fallen))
        })?;
        let (mut document, notices, fallen) = written.answer;
        ui.notices(&notices);
        fallen.tell(settings, ui, dry_run);
        let verb = if document.get("deleted") == Some(&Value::Bool(true)) { "deleted" } else { "not found:" };
        let message = format!("{verb} {}", discreet::message(id));
        if let Some(answer) = settings.foreign().and_then(|system| system.deleted(&message)) {
            return output::document(settings, &answer);
        }
        document.insert("message", Value::text(message));
        document.insert("deploymentResult", deployment::document(&written.deployment));
        if dry_run {
            document.insert("dryRun", true);
        }
        return output::changed(settings, verb, &document, "");
    }
    let written = session::write_previewed(context, seen, dry_run, |vault| {
        let (mut bulk, mut fallen) = (Bulk::new("deleted"), Fallen::default());
        let ids = match &wanted {
            WantedDeletion::Ids(ids) => ids.clone(),
            WantedDeletion::Selected(conditions) => {
                let mut ids = conditions.ids(&settings.terms, vault)?;
                // credentials that the filter selects only now were not confirmed
                ids.retain(|id| confirmed.as_ref().is_none_or(|confirmed| confirmed.contains(id)));
                ids
            }
        };
        let mut deletion = Deletion::new(vault)?;
        for id in &ids {
            let result = delete(args, vault, &mut deletion, id, &mut fallen).map(|mut answer| {
                answer.remove("id");
                answer
            });
            bulk.add(Some(id), result);
        }
        let notices = finish(vault, deletion)?;
        let notices = if bulk.settle(vault, args.atomic) { Vec::new() } else { notices };
        Ok((bulk, notices, fallen))
    })?;
    let (bulk, notices, fallen) = written.answer;
    ui.notices(&notices);
    let deleted = bulk.done_ids();
    if !deleted.is_empty() {
        if answer::is_for_people(settings) {
            let would = if dry_run { "would be deleted" } else { "deleted" };
            ui.notice(&format!("{would}: {}", answer::few(&deleted)));
        }
        fallen.tell(settings, ui, dry_run);
    }
    bulk.finish(settings, ui, dry_run, &written.deployment)
}

/// Ends a deletion. Returns a notice for each credential that belonged to a deleted one and stays, and for
/// the variables whose references lead nowhere now.
fn finish(vault: &mut Transaction<'_>, deletion: Deletion) -> Result<Vec<String>, Error> {
    let dangling = deletion.dangling(vault)?;
    let deleted = deletion.finish(vault)?;
    let belongs = |Belonging { id, login, .. }| {
        format!("{id} belongs to {login} and is kept; `credctl delete {id}` deletes it")
    };
    let mut notices: Vec<String> = vault.left_behind(deleted)?.into_iter().map(belongs).collect();
    let dangles =
        |one: &Referrer| format!("the references in {one} no longer resolve: {} is deleted", one.target);
    notices.extend(dangling.iter().map(dangles));
    Ok(notices)
}

/// Deletes one credential. Returns the answer, with the references that are deleted too.
fn delete(
    args: &Args,
    vault: &mut Transaction<'_>,
    deletion: &mut Deletion,
    word: &str,
    fallen: &mut Fallen,
) -> Result<Object, Error> {
    let (id, references) = match deletion.delete(vault, word, args.by_name, args.if_match.as_deref()) {
        Ok(Deleted { id, references, grants }) => {
            fallen.deletes = true;
            fallen.references.extend(references.iter().map(|one| one.resource.clone()));
            fallen.grants.extend(grants.into_iter().map(|grant| grant.to.name));
            (Some(id), references)
        }
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
