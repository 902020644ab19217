//! `patch`: changes only what is given.

mod apply;
mod document;

use credctl::store::{Outcome, check_match};
use credctl::value::Object;

use crate::cli::answer::{self as told, Told};
use crate::cli::context::Context;
use crate::cli::error::Error;
use crate::cli::options::{DocumentArgs, EnvelopeArgs, WriteArgs};
use crate::cli::select::Select;
use crate::cli::session;
use crate::cli::{ask, assign, words as typed};
use apply::{Patched, Source, each, patch};

#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  credctl patch aws1 secretAccessKey=- < new-key
  credctl patch admin --description 'vCenter, rack 4' --enabled=false
  credctl patch admin --unset domain
  credctl patch admin --label env=prod --unset labels.team
      the other labels stay
  credctl patch crawler properties.user=svc
      one leaf; the others stay
  credctl patch admin -f changes.json

In a document, a member that is null is unset.")]
pub struct Args {
    /// The id, or several, then fields
    #[arg(value_name = "ID... [FIELD=VALUE]...", value_parser = typed::fields(), hide_possible_values = true)]
    words: Vec<String>,
    #[command(flatten)]
    document: DocumentArgs,
    /// All that this holds of; see `credctl list --help`
    #[arg(long, value_name = "EXPR")]
    filter: Option<String>,
    /// Remove an optional field, one leaf of an object, a label (labels.NAME) or a tag (tags.NAME)
    #[arg(long, value_name = "FIELD")]
    unset: Vec<String>,
    /// Change it only if this is its etag; * is any
    #[arg(long, value_name = "ETAG")]
    if_match: Option<String>,
    /// Find it by its name
    #[arg(long)]
    by_name: bool,
    /// All or nothing, when there are several
    #[arg(long)]
    atomic: bool,
    #[command(flatten)]
    write: WriteArgs,
    #[command(flatten)]
    envelope: EnvelopeArgs,
}

pub fn run(context: &Context, args: &Args) -> Result<(), Error> {
    if let Some(path) = &args.document.file {
        if args.filter.is_some() && !args.words.is_empty() {
            return Err(Error::usage("with --filter there are no ids"));
        }
        return document::of_document(context, args, crate::cli::document::read(context, path)?);
    }
    context.prefetch_stdin(&args.words)?;
    let (key_type, words) = assign::take_key_type(&args.words)?;
    if let Some(filter) = &args.filter {
        if let Some(id) = words.iter().find(|word| !word.contains('=')) {
            return Err(Error::usage(format!("with --filter there are no ids: {}", typed::shown(id))));
        }
        let select = Select::new(context, None, Some(filter), None)?;
        let source = Source::Words(words, key_type);
        source.check(args)?;
        return selected(context, args, &select, &source);
    }
    let (first, rest) = words.split_first().ok_or_else(no_id)?;
    let mut seen = None;
    if asks(context, args) {
        let seen = seen.insert(session::preview(context)?);
        let stored = context.scope().find_to_change(&mut seen.vault, first, args.by_name)?;
        check_match(&stored, args.if_match.as_deref())?;
        let (_, assignments) = assign::split(stored.kind(), rest);
        ask::for_dash(context, stored.kind(), &assignments, &mut || Ok(()))?;
    }
    let patched = session::write_previewed(context, seen, args.write.dry_run, |vault| {
        // which of the other words are ids is known once the type of the first is
        let (ids, assignments) = match context.scope().find_to_change(vault, first, args.by_name) {
            Ok(stored) => {
                let (ids, assignments) = assign::split(stored.kind(), rest);
                ids.iter().try_for_each(|id| typed::check_id(stored.kind(), id))?;
                (ids, assignments)
            }
            // nothing that may be a value is taken for an id, and told as one
            Err(_) => rest.iter().cloned().partition(|word| !assign::may_be_one(word)),
        };
        let source = Source::Words(assignments, key_type);
        source.check(args)?;
        patch(context, args, vault, first, &ids, &source)
    })?;
    answer(context, args, patched)
}

/// Whether a value is to be typed that stdin, a terminal, would show.
fn asks(context: &Context, args: &Args) -> bool {
    args.words.iter().any(|word| word.ends_with("=-")) && context.stdin_is_terminal()
}

/// Makes the same change to everything that is selected.
fn selected(context: &Context, args: &Args, select: &Select, source: &Source) -> Result<(), Error> {
    let seen = match source {
        Source::Words(words, _) if asks(context, args) => {
            let mut seen = session::preview(context)?;
            // the type of the first says how to ask
            if let [first, ..] = &select.ids(context, &mut seen.vault)?[..] {
                let stored = context.scope().find_to_change(&mut seen.vault, first, false)?;
                ask::for_dash(context, stored.kind(), words, &mut || Ok(()))?;
            }
            Some(seen)
        }
        _ => None,
    };
    let patched = session::write_previewed(context, seen, args.write.dry_run, |vault| {
        let ids = select.ids(context, vault)?;
        each(context, args, vault, ids.iter().map(String::as_str), source)
    })?;
    answer(context, args, patched)
}

fn answer(context: &Context, args: &Args, patched: Outcome<Patched>) -> Result<(), Error> {
    let Outcome { answer, deployment } = patched;
    match answer {
        Patched::One(changed, references) => {
            let told = Told {
                done: "updated",
                changed: &changed,
                references: &references,
                deployment: &deployment,
                dry_run: args.write.dry_run,
                extra: Object::new(),
            };
            told::changed(context, told)
        }
        Patched::Several(bulk, notices) => {
            for notice in &notices {
                context.notice(notice);
            }
            bulk.finish(context, args.write.dry_run, &deployment)
        }
    }
}

fn no_id() -> Error {
    Error::usage("an id is needed").hint("`credctl list -o name` shows the ids")
}
