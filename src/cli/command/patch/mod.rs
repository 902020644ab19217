//! `patch`: changes only the given fields.

mod answer;
mod apply;
mod args;
mod document;
mod selected;

use credctl::store::Preview;

use crate::cli::context::Context;
use crate::cli::error::Error;
use crate::cli::{ask, assign, pick, words as typed};
use crate::cli::{select, session};
use answer::answer;
use apply::{PatchSource, patch};
pub use args::Args;
use args::no_id;
use selected::{asks, selected};

pub fn run(context: &Context, args: &Args) -> Result<(), Error> {
    let Context { settings, ui, input } = context;
    if let Some(path) = &args.document.file {
        if args.filter.is_some() && !args.words.is_empty() {
            return Err(Error::usage("--filter cannot be used with ids"));
        }
        return document::of_document(context, args, crate::cli::document::read(ui, input, path)?);
    }
    input.prefetch(ui, &args.words)?;
    let (key_type, words) = assign::take_key_type(&args.words)?;
    if let Some(filter) = &args.filter {
        if let Some(id) = words.iter().find(|word| !word.contains('=')) {
            return Err(Error::usage(format!("--filter cannot be used with ids: {}", typed::shown(id))));
        }
        let conditions = select::conditions(context, Some(filter), None)?;
        let source = PatchSource::Words(words, key_type);
        source.check(args)?;
        return selected(context, args, &conditions, &source);
    }
    let (mut seen, first, rest) = chosen(context, args, &words)?;
    let first = &first;
    if asks(input, args) {
        let seen = match &mut seen {
            Some(seen) => seen,
            none => none.insert(session::preview(context, args.write.dry_run)?),
        };
        let (by_name, condition) = (args.target.by_name, args.target.if_match.as_deref());
        let stored = settings.scope().find_as_seen(&mut seen.vault, first, by_name, condition)?;
        let (_, assignments) = assign::split(stored.kind(), rest);
        ask::for_dash(ui, input, stored.kind(), &assignments, &mut || Ok(()))?;
    }
    let patched = session::write_previewed(context, seen, args.write.dry_run, |vault| {
        // the type of the first credential decides which of the other words are ids
        let (ids, assignments) = match settings.scope().find_to_change(vault, first, args.target.by_name) {
            Ok(stored) => {
                let (ids, assignments) = assign::split(stored.kind(), rest);
                ids.iter().try_for_each(|id| typed::check_id(stored.kind(), id))?;
                (ids, assignments)
            }
            // a word that may be a value must not be reported as an id
            Err(_) => rest.iter().cloned().partition(|word| !assign::may_be_one(word)),
        };
        let source = PatchSource::Words(assignments, key_type);
        source.check(args)?;
        patch(context, args, vault, first, &ids, &source)
    })?;
    answer(settings, ui, args, patched)
}

/// Returns the first id, and the words behind it. On a terminal, the operator chooses the credential if the words
/// begin with a field, or with a word that is no id. Returns the vault that was read for the choice, too.
fn chosen<'a>(
    context: &Context,
    args: &Args,
    words: &'a [String],
) -> Result<(Option<Preview>, String, &'a [String]), Error> {
    if !pick::may_choose(context) {
        let (first, rest) = words.split_first().ok_or_else(no_id)?;
        return Ok((None, first.clone(), rest));
    }
    let mut seen = session::preview(context, args.write.dry_run)?;
    let by_name = args.target.by_name;
    let mut is_field = |word: &String| {
        assign::may_be_one(word) && context.settings.scope().find(&mut seen.vault, word, by_name).is_err()
    };
    let (word, rest) = match words.split_first() {
        Some((first, rest)) if !is_field(first) => (Some(first.as_str()), rest),
        _ => (None, words),
    };
    let id = pick::to_change(context, &mut seen.vault, word, by_name, &|_| true)?;
    Ok((Some(seen), id, rest))
}
