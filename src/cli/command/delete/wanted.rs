//! The credentials that the arguments or a document name.

use credctl::credential::Violations;
use credctl::query::Selection;
use credctl::store::Conditions;

use super::args::Args;
use crate::cli::context::{Input, Ui};
use crate::cli::error::Error;
use crate::cli::{document, select};

/// The credentials to delete.
pub(super) enum WantedDeletion {
    Ids(Vec<String>),
    Selected(Conditions),
}

/// Returns the credentials that the arguments or the document name, and true for a bulk call.
pub(super) fn wanted(ui: &Ui, input: &Input, args: &Args) -> Result<(WantedDeletion, bool), Error> {
    if let Some(filter) = &args.filter {
        return Ok((WantedDeletion::Selected(select::conditions(ui, input, Some(filter), None)?), true));
    }
    let Some(path) = &args.document.file else {
        return Ok((WantedDeletion::Ids(args.ids.clone()), args.ids.len() > 1));
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
        return Ok((WantedDeletion::Selected(conditions), true));
    }
    Ok((WantedDeletion::Ids(document::ids(&document)?), true))
}
