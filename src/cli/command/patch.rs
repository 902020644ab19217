//! `patch`: changes only what is given.

use credctl::credential::{Change, Changed, Credential, Draft, Violations, change};
use credctl::kind::ENVELOPE;
use credctl::value::{Object, Value};
use credctl::vault::Vault;

use crate::cli::args::{DocumentArgs, EnvelopeArgs, WriteArgs};
use crate::cli::bulk::Bulk;
use crate::cli::context::Context;
use crate::cli::document::{self, Documents};
use crate::cli::error::Error;
use crate::cli::{answer, assign, session, words};

#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  credctl patch aws1 secretAccessKey=- < new-key
  credctl patch admin --description 'vCenter, rack 4' --enabled=false
  credctl patch admin --unset domain
  credctl patch crawler properties.user=svc
      one leaf; the others stay
  credctl patch admin -f changes.json

In a document, a member that is null is unset.")]
pub struct Args {
    /// The id, or several, then fields
    #[arg(value_name = "ID... [FIELD=VALUE]...", value_parser = words::fields(), hide_possible_values = true)]
    words: Vec<String>,
    #[command(flatten)]
    document: DocumentArgs,
    /// Remove an optional field, or one leaf of an object
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

/// What is to be changed, before the type is known.
enum Source {
    Words,
    Document(Object),
}

pub fn run(context: &Context, args: &Args) -> Result<(), Error> {
    session::administrator(context)?;
    let source = match &args.document.file {
        Some(path) => match document::read(context, path)? {
            // by id: what each is to be changed to
            Documents::One(document) if args.words.is_empty() && by_id(&document) => {
                return several(context, args, document.into_iter().map(|(_, changes)| changes).collect());
            }
            Documents::One(document) => Source::Document(document),
            Documents::Many(_) if !args.words.is_empty() => {
                return Err(Error::usage("several documents name their own ids"));
            }
            Documents::Many(documents) => return several(context, args, documents),
        },
        None => {
            context.prefetch_stdin(&args.words)?;
            Source::Words
        }
    };
    let first = match (args.words.first(), &source) {
        (Some(word), _) => word.clone(),
        (None, Source::Document(document)) => document::key(context, document).ok_or_else(no_id)?,
        (None, Source::Words) => return Err(no_id()),
    };
    let dry_run = args.write.dry_run;
    let patched = session::write(context, dry_run, |vault| {
        let stored = session::find_to_change(context, vault, &first, args.by_name);
        // which words are ids is known once the type of the first is
        let ids = match (&stored, &source) {
            (Ok(stored), Source::Words) => {
                assign::split(stored.kind(), args.words.get(1..).unwrap_or_default()).0
            }
            (Err(_), Source::Words) => {
                args.words[1..].iter().filter(|word| !word.contains('=')).cloned().collect()
            }
            (_, Source::Document(_)) => args.words.get(1..).unwrap_or_default().to_vec(),
        };
        if ids.is_empty() {
            let stored = stored?;
            session::check_match(&stored, args.if_match.as_deref())?;
            let draft = draft(context, args, &source, &stored)?;
            return merge(context, vault, &stored, draft).map(One::Changed);
        }
        let mut bulk = Bulk::new("updated");
        let prepared = match &stored {
            Ok(stored) => Some((stored.kind(), draft(context, args, &source, stored)?)),
            Err(_) => None,
        };
        for id in std::iter::once(&first).chain(&ids) {
            let result = session::find_to_change(context, vault, id, args.by_name).and_then(|stored| {
                session::check_match(&stored, args.if_match.as_deref())?;
                let draft = match &prepared {
                    Some((kind, draft)) if **kind == *stored.kind() => draft.clone(),
                    Some((_, draft)) => common(&stored, draft)?,
                    None => self::draft(context, args, &source, &stored)?,
                };
                merge(context, vault, &stored, draft).map(|_| Object::new())
            });
            bulk.add(Some(id), result);
        }
        bulk.settle(vault, args.atomic);
        Ok(One::Bulk(bulk))
    })?;
    match patched {
        One::Bulk(bulk) => bulk.finish(context, dry_run),
        One::Changed(changed) => answer::changed(context, "updated", &changed, dry_run, Object::new()),
    }
}

/// Whether every member is an object whose id is the member's name.
fn by_id(document: &Object) -> bool {
    let names_itself = |(id, changes): (&str, &Value)| {
        changes.at(&["id"]).and_then(Value::as_text).is_some_and(|named| named.expose() == id)
    };
    !document.is_empty() && document.iter().all(names_itself)
}

/// A document for each credential, which names it.
fn several(context: &Context, args: &Args, documents: Vec<Value>) -> Result<(), Error> {
    let bulk = session::write(context, args.write.dry_run, |vault| {
        let mut bulk = Bulk::new("updated");
        for document in documents {
            let Value::Object(document) = document else { continue };
            let id = document::key(context, &document);
            let result = patch_one(context, args, vault, id.as_deref(), document);
            bulk.add(id.as_deref(), result.map(|_| Object::new()));
        }
        bulk.settle(vault, args.atomic);
        Ok(bulk)
    })?;
    bulk.finish(context, args.write.dry_run)
}

fn patch_one(
    context: &Context,
    args: &Args,
    vault: &mut Vault,
    id: Option<&str>,
    document: Object,
) -> Result<Changed, Error> {
    let stored = session::find_to_change(context, vault, id.ok_or_else(no_id)?, args.by_name)?;
    session::check_match(&stored, args.if_match.as_deref())?;
    let draft = draft(context, args, &Source::Document(document), &stored)?;
    merge(context, vault, &stored, draft)
}

#[expect(clippy::large_enum_variant, reason = "there is one of it in a run")]
enum One {
    Changed(Changed),
    Bulk(Bulk),
}

fn no_id() -> Error {
    Error::usage("an id is needed").hint("`credctl list -o name` shows the ids")
}

fn draft(context: &Context, args: &Args, source: &Source, stored: &Credential) -> Result<Draft, Error> {
    let mut draft = match source {
        Source::Document(document) => {
            let body = document::body(context, document.clone(), Some(stored.head()))?;
            body.check_identity(stored)?;
            body.draft(stored.kind())?
        }
        Source::Words => Draft::default(),
    };
    let words = if matches!(source, Source::Words) { args.words.get(1..).unwrap_or_default() } else { &[] };
    let (_, assignments) = assign::split(stored.kind(), words);
    assign::apply(context, &mut draft, assignments, &args.envelope)?;
    draft.unset.extend(args.unset.iter().cloned());
    Ok(draft)
}

/// A draft made for another type, as far as it speaks of what every credential has.
fn common(stored: &Credential, draft: &Draft) -> Result<Draft, Error> {
    let mut violations = Violations::default();
    let names =
        draft.members.iter().map(|(name, _)| name).chain(draft.leaves.iter().map(|(path, _)| path.as_str()));
    for name in names {
        let first = name.split('.').next().unwrap_or(name);
        if !ENVELOPE.iter().any(|field| field.name == first) && stored.kind().field(first).is_none() {
            violations.add(name, format!("is not a field of {}", stored.kind().name));
        }
    }
    Ok(violations.or(draft.clone())?)
}

fn merge(context: &Context, vault: &mut Vault, stored: &Credential, draft: Draft) -> Result<Changed, Error> {
    let changed = change(&Change::Merge(stored), draft, &context.act(), &context.rules())?;
    vault.put(&changed.credential)?;
    Ok(changed)
}
