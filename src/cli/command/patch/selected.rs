//! The same change for all credentials that a filter selects.

use credctl::store::Conditions;

use super::answer::answer;
use super::apply::{PatchSource, each};
use super::args::Args;
use crate::cli::context::{Context, Input};
use crate::cli::error::Error;
use crate::cli::{ask, session};

/// Returns true if a value comes from stdin and stdin is a terminal, which would show the value.
pub(super) fn asks(input: &Input, args: &Args) -> bool {
    args.words.iter().any(|word| word.ends_with("=-")) && input.is_terminal
}

/// Makes the same change to every selected credential.
pub(super) fn selected(
    context: &Context,
    args: &Args,
    conditions: &Conditions,
    source: &PatchSource,
) -> Result<(), Error> {
    let Context { settings, ui, input } = context;
    let seen = match source {
        PatchSource::Words(words, _) if asks(input, args) => {
            let mut seen = session::preview(context, args.write.dry_run)?;
            // the type of the first credential decides how to prompt
            if let [first, ..] = &conditions.ids(&settings.terms, &mut seen.vault)?[..] {
                let stored = settings.scope().find_to_change(&mut seen.vault, first, false)?;
                ask::for_dash(ui, input, stored.kind(), words, &mut || Ok(()))?;
            }
            Some(seen)
        }
        _ => None,
    };
    let patched = session::write_previewed(context, seen, args.write.dry_run, |vault| {
        let ids = conditions.ids(&settings.terms, vault)?;
        each(context, args, vault, ids.iter().map(String::as_str), source)
    })?;
    answer(settings, ui, args, patched)
}
