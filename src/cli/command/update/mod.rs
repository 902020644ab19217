//! `update` and `put`: full replacement. Fields that are not given are deleted, or get their default again.

mod args;
mod removal;
mod replace;

use std::rc::Rc;

use credctl::credential::{Credential, Draft, Violations};
use credctl::dialect::Body;
use credctl::store::Preview;
use credctl::value::Object;

use crate::cli::answer::{self, ChangeReport};
use crate::cli::bulk::Bulk;
use crate::cli::context::Context;
use crate::cli::document::{self, Documents};
use crate::cli::error::Error;
use crate::cli::{ask, assign, own_types, pick, recognition, session, words};
pub use args::Args;
use replace::{ReplaceSource, WantedReplacement, replace, replacement};

pub fn run(context: &Context, args: &Args) -> Result<(), Error> {
    let Context { settings, ui, input } = context;
    let id = args.words.first();
    if let Some(path) = &args.document.file {
        if args.words.len() > 1 {
            return Err(Error::usage("--file cannot be used with fields, which the document has"));
        }
        return match document::read(ui, input, path)? {
            Documents::One(document) => {
                let id = match id {
                    Some(id) => id.clone(),
                    None => recognition::required_key(settings, &document)?,
                };
                let wanted = WantedReplacement { id, source: ReplaceSource::Document(document, None) };
                let seen = removal::confirm(context, args, None, std::slice::from_ref(&wanted))?;
                one(context, args, seen, &wanted)
            }
            Documents::Many(_) if !args.envelope.is_empty() => Err(document::several_envelopes()),
            Documents::Many(_) if id.is_some() => {
                Err(Error::usage("one document is expected for one id, not several"))
            }
            Documents::Many(documents) => {
                several(context, args, WantedReplacement::of_documents(settings, documents))
            }
        };
    }
    let id = id.ok_or_else(no_id)?;
    // a dry run asks nothing that takes the operator long, and makes nobody wait
    if args.write.dry_run || ui.prompter().is_none() {
        input.prefetch(ui, &args.words)?;
        let words = |stored: Option<&Credential>| of_words(context, args, id, stored);
        return one(
            context,
            args,
            None,
            &WantedReplacement { id: id.clone(), source: ReplaceSource::Words(&words) },
        );
    }
    let mut seen = session::preview(context, args.write.dry_run)?;
    // a word that is no id may be the one of a new credential
    let id = &if args.upsert || args.kind.is_some() {
        id.clone()
    } else {
        pick::to_change(context, &mut seen.vault, Some(id), args.target.by_name, &|_| true)?
    };
    let stored = replacement(args, id).find(settings.scope(), &mut seen.vault)?;
    // if the type has changed by the time of the replacement, that is reported then
    let body = of_words(context, args, id, stored.as_ref())?;
    let wanted = WantedReplacement { id: id.clone(), source: ReplaceSource::Words(&|_| Ok(body.clone())) };
    let seen = removal::confirm(context, args, Some(seen), std::slice::from_ref(&wanted))?;
    one(context, args, seen, &wanted)
}

/// Makes the body of the replacement from the arguments, and prompts for the rest.
fn of_words(context: &Context, args: &Args, id: &str, stored: Option<&Credential>) -> Result<Body, Error> {
    let Context { ui, input, .. } = context;
    let kind = stored.map(Credential::kind);
    let find = |name| own_types::find(context, name)?.ok_or_else(|| recognition::unknown_type_option(name));
    let given = args.kind.as_deref().map(find);
    let (key_type, fields) = assign::take_key_type(args.words.get(1..).unwrap_or_default())?;
    let given = key_type.or(given.transpose()?.map(|named| named.kind));
    if let (Some(stored), Some(given)) = (kind, given)
        && !stored.may_become(given)
    {
        // the words have a meaning for the other type only, so the one error is that the types differ
        return Ok(Body::from_draft(given, Draft::default()));
    }
    let Some(kind) = given.or(kind) else {
        if args.upsert {
            let missing = Violations::one("type", "is required, because no credential has this id");
            return Err(Error::from(missing).hint("give --type to add it"));
        }
        return Err(Error::not_found(id).hint("give --type to add it, or use `credctl add`"));
    };
    let (ids, assignments) = assign::split(kind, &fields);
    if let Some(word) = ids.first() {
        words::check_id(kind, word)?;
        return Err(Error::usage(format!("{word} is not a field of {}", kind.name)));
    }
    let mut draft = Draft::default();
    // the vault is open already, and the credential to replace is found
    let mut ready = || Ok(());
    ask::for_dash(ui, input, kind, &assignments, &mut ready)?;
    assign::apply(context, kind, &mut draft, &assignments, &args.envelope)?;
    ask::for_missing(ui, kind, &mut draft, &mut ready)?;
    Ok(Body::from_draft(kind, draft))
}

fn no_id() -> Error {
    Error::usage("an id is needed").hint("`credctl list -o name` shows the ids")
}

fn one(
    context: &Context,
    args: &Args,
    seen: Option<Preview>,
    wanted: &WantedReplacement<'_>,
) -> Result<(), Error> {
    let Context { settings, ui, .. } = context;
    let dry_run = args.write.dry_run;
    let written = session::write_previewed(context, seen, dry_run, |vault| {
        let replaced = replace(settings, args, vault, wanted)?;
        let references = vault.references(replaced.changed.credential.id())?;
        Ok((replaced, references))
    })?;
    let (replaced, references) = &written.answer;
    let mut extra = Object::new();
    if args.upsert {
        extra.insert("created", replaced.created);
    }
    let done = if replaced.created { "added" } else { "updated" };
    let told = ChangeReport::new(done, &replaced.changed, &written.deployment, dry_run)
        .referred(references)
        .with(extra);
    answer::changed(settings, ui, if replaced.created { told.added() } else { told })
}

fn several(
    context: &Context,
    args: &Args,
    documents: Vec<Result<WantedReplacement<'_>, Error>>,
) -> Result<(), Error> {
    let Context { settings, ui, .. } = context;
    let mut bulk = Bulk::new("updated");
    let documents: Vec<_> =
        documents.into_iter().map(|wanted| wanted.map_err(|error| bulk.share(error))).collect();
    let seen = removal::confirm(context, args, None, documents.iter().flatten())?;
    let written = session::write_previewed(context, seen, args.write.dry_run, |vault| {
        let (mut bulk, mut made) = (Bulk::new("updated"), Vec::new());
        for wanted in &documents {
            let wanted = match wanted {
                Ok(wanted) => wanted,
                Err(error) => {
                    bulk.add(None, Err(Rc::clone(error)));
                    continue;
                }
            };
            let mut changes = Vec::new();
            let result = replace(settings, args, vault, wanted).map(|mut replaced| {
                changes = std::mem::take(&mut replaced.changed.changes);
                made.push(replaced.changed);
                let mut extra = Object::new();
                if args.upsert {
                    extra.insert("created", replaced.created);
                }
                extra
            });
            bulk.add(Some(&wanted.id), result);
            if args.write.dry_run {
                bulk.differ(changes);
            }
        }
        if bulk.settle(vault, args.atomic) {
            made.clear();
        }
        Ok((bulk, made))
    })?;
    let (bulk, made) = written.answer;
    answer::notices(ui, &made, args.write.dry_run);
    bulk.finish(settings, ui, args.write.dry_run, &written.deployment)
}
