//! The credentials that the arguments or a document name.

use credctl::store::{Conditions, Preview};

use super::args::Args;
use crate::cli::context::Context;
use crate::cli::error::Error;
use crate::cli::{document, pick, select};

/// The credentials to delete.
pub(super) enum WantedDeletion {
    Ids(Vec<String>),
    Selected(Conditions),
}

/// Returns the credentials that the arguments or the document name, and true for a bulk call.
pub(super) fn wanted(context: &Context, args: &Args) -> Result<(WantedDeletion, bool), Error> {
    if let Some(filter) = &args.filter {
        return Ok((WantedDeletion::Selected(select::conditions(context, Some(filter), None)?), true));
    }
    let Some(path) = &args.document.file else {
        return Ok((WantedDeletion::Ids(args.ids.clone()), args.ids.len() > 1));
    };
    if !args.ids.is_empty() {
        return Err(Error::usage("--file cannot be used with ids, which the document has"));
    }
    let document = document::read_one(&context.ui, &context.input, path)?;
    if document.get("filter").is_some() {
        return Ok((WantedDeletion::Selected(select::of_document(&document)?), true));
    }
    Ok((WantedDeletion::Ids(document::ids(&document)?), true))
}

/// Lets the operator choose the credential on a terminal, if there is no id, or a word that is none. With `--yes`
/// there is nothing to answer, so the ids count as they are. Returns the vault that was read for the choice, too.
pub(super) fn chosen(
    context: &Context,
    args: &Args,
    wanted: WantedDeletion,
) -> Result<(Option<Preview>, WantedDeletion), Error> {
    let word = match &wanted {
        WantedDeletion::Ids(ids) if args.document.file.is_none() && ids.len() < 2 => ids.first(),
        _ => return Ok((None, wanted)),
    };
    if word.is_some() && (args.write.yes || args.ignore_missing) {
        return Ok((None, wanted));
    }
    let (seen, id) =
        pick::before_change(context, word.map(String::as_str), args.by_name, args.write.dry_run)?;
    Ok((seen, WantedDeletion::Ids(vec![id])))
}
