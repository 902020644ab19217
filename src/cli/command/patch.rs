//! `patch`: changes only what is given.

use credctl::credential::{Change, ChangeError, Changed, Credential, Draft, Target, Violations, change};
use credctl::dialect::Dialect;
use credctl::kind::Kind as Type;
use credctl::query::Selection;
use credctl::value::{Object, Value};
use credctl::vault::{Reference, Vault};

use crate::cli::answer::{self, Told};
use crate::cli::args::{DocumentArgs, EnvelopeArgs, WriteArgs};
use crate::cli::bulk::Bulk;
use crate::cli::context::Context;
use crate::cli::document::{self, Documents};
use crate::cli::error::{Error, Kind};
use crate::cli::select::Select;
use crate::cli::session::{self, Written};
use crate::cli::{assign, words};

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
    /// All that this holds of; see `credctl list --help`
    #[arg(long, value_name = "EXPR")]
    filter: Option<String>,
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
    /// Assignments, with those words that are ids taken out.
    Words(Vec<String>),
    /// A document, and whose it is where another one told.
    Document(Object, Option<Dialect>),
}

impl Source {
    /// Whether it asks for a change at all: that it does not is told once, not of every credential.
    fn check(&self, args: &Args) -> Result<(), Error> {
        let is_empty = match self {
            Self::Words(words) => words.is_empty(),
            Self::Document(document, _) => document.is_empty(),
        };
        if is_empty && args.unset.is_empty() && args.envelope.is_empty() {
            return Err(ChangeError::Nothing.into());
        }
        Ok(())
    }
}

pub fn run(context: &Context, args: &Args) -> Result<(), Error> {
    session::administrator(context)?;
    if let Some(path) = &args.document.file {
        if args.filter.is_some() && !args.words.is_empty() {
            return Err(Error::usage("with --filter there are no ids"));
        }
        return of_document(context, args, document::read(context, path)?);
    }
    context.prefetch_stdin(&args.words)?;
    if let Some(filter) = &args.filter {
        if let Some(id) = args.words.iter().find(|word| !word.contains('=')) {
            return Err(Error::usage(format!("with --filter there are no ids: {id}")));
        }
        let select = Select::new(context, None, Some(filter), None)?;
        let source = Source::Words(args.words.clone());
        source.check(args)?;
        return selected(context, args, &select, &source);
    }
    let (first, rest) = args.words.split_first().ok_or_else(no_id)?;
    let patched = session::write(context, args.write.dry_run, |vault| {
        // which of the other words are ids is known once the type of the first is
        let (ids, assignments) = match session::find_to_change(context, vault, first, args.by_name) {
            Ok(stored) => {
                let (ids, assignments) = assign::split(stored.kind(), rest);
                ids.iter().try_for_each(|id| words::check_id(stored.kind(), id))?;
                (ids, assignments)
            }
            // nothing that may be a value is taken for an id, and told as one
            Err(_) => rest.iter().cloned().partition(|word| !assign::may_be_one(word)),
        };
        let source = Source::Words(assignments);
        source.check(args)?;
        patch(context, args, vault, first, &ids, &source)
    })?;
    answer(context, args, patched)
}

fn of_document(context: &Context, args: &Args, documents: Documents) -> Result<(), Error> {
    if args.words.iter().any(|word| assign::may_be_one(word)) {
        return Err(Error::usage("with --file the document says everything: no fields"));
    }
    let patched = match documents {
        Documents::Many(_) if !args.words.is_empty() => {
            return Err(Error::usage("several documents name their own ids"));
        }
        Documents::Many(_) if args.filter.is_some() => {
            return Err(Error::usage("one document is expected for what a filter selects, not several"));
        }
        Documents::Many(documents) => {
            let assumed = document::first(context, &documents);
            let documents = documents.into_iter().filter_map(|document| match document {
                Value::Object(document) => Some((key(context, &document), document)),
                _ => None,
            });
            several(context, args, documents.collect(), assumed)?
        }
        // what a filter document selects, and what it is to be changed to
        Documents::One(mut document)
            if document.get("filter").is_some() && document.get("update").is_some() =>
        {
            if !args.words.is_empty() || args.filter.is_some() {
                return Err(Error::usage("the document says itself what is changed: no ids and no --filter"));
            }
            let selection = Selection::from_document(&document)?;
            if selection.is_empty() {
                return Err(
                    Violations::one("filter", "must say something, or everything would be changed").into()
                );
            }
            let Some(Value::Object(update)) = document.remove("update") else {
                return Err(Violations::one("update", "must be an object").into());
            };
            let select = Select { selection: Some(selection), ..Select::default() };
            let source = Source::Document(update, None);
            source.check(args)?;
            return selected(context, args, &select, &source);
        }
        // by id: what each is to be changed to
        Documents::One(document)
            if args.words.is_empty() && args.filter.is_none() && is_by_id(context, &document) =>
        {
            let documents = document.into_iter().filter_map(|(id, changes)| match changes {
                Value::Object(changes) => Some((Some(id), changes)),
                _ => None,
            });
            several(context, args, documents.collect(), context.dialect)?
        }
        Documents::One(document) if args.filter.is_some() => {
            let select = Select::new(context, None, args.filter.as_deref(), None)?;
            let source = Source::Document(document, None);
            source.check(args)?;
            return selected(context, args, &select, &source);
        }
        Documents::One(document) => {
            let own = key(context, &document);
            let mut ids = args.words.iter().cloned().chain(own.filter(|_| args.words.is_empty()));
            let first = ids.next().ok_or_else(no_id)?;
            let ids: Vec<String> = ids.collect();
            let source = Source::Document(document, None);
            source.check(args)?;
            session::write(context, args.write.dry_run, |vault| {
                patch(context, args, vault, &first, &ids, &source)
            })?
        }
    };
    answer(context, args, patched)
}

/// Makes the same change to everything that is selected.
fn selected(context: &Context, args: &Args, select: &Select, source: &Source) -> Result<(), Error> {
    let patched = session::write(context, args.write.dry_run, |vault| {
        let ids = select.ids(context, vault)?;
        each(context, args, vault, ids.iter().map(String::as_str), source)
    })?;
    answer(context, args, patched)
}

#[expect(clippy::large_enum_variant, reason = "there is one of it in a run")]
enum Patched {
    One(Changed, Vec<Reference>),
    Several(Bulk, Vec<String>),
}

fn answer(context: &Context, args: &Args, patched: Written<Patched>) -> Result<(), Error> {
    let Written { answer, deployment } = patched;
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
            answer::changed(context, told)
        }
        Patched::Several(bulk, notices) => {
            for notice in &notices {
                context.notice(notice);
            }
            bulk.finish(context, args.write.dry_run, &deployment)
        }
    }
}

/// Makes the same change to one credential, or to several.
fn patch(
    context: &Context,
    args: &Args,
    vault: &mut Vault,
    first: &str,
    others: &[String],
    source: &Source,
) -> Result<Patched, Error> {
    if others.is_empty() {
        let changed = patch_one(context, args, vault, first, source)?;
        answer::check(context, &changed)?;
        let references = vault.references_to(changed.credential.id())?;
        return Ok(Patched::One(changed, references));
    }
    let ids = std::iter::once(first).chain(others.iter().map(String::as_str));
    each(context, args, vault, ids, source)
}

fn each<'a>(
    context: &Context,
    args: &Args,
    vault: &mut Vault,
    ids: impl Iterator<Item = &'a str>,
    source: &Source,
) -> Result<Patched, Error> {
    let mut bulk = Bulk::new("updated");
    let mut notices = Vec::new();
    for id in ids {
        let result = match patch_one(context, args, vault, id, source) {
            // what is wrong with the call is wrong for all of them
            Err(error) if error.kind() == Kind::Usage => return Err(error),
            result => result,
        };
        let result = result.map(|changed| {
            notices.extend(changed.notices);
            Object::new()
        });
        bulk.add(Some(id), result);
    }
    bulk.settle(vault, args.atomic);
    Ok(Patched::Several(bulk, notices))
}

/// The id that a document names; whatever system it is of, an account goes by its user name.
fn key(context: &Context, document: &Object) -> Option<String> {
    document::key(context, document)
        .or_else(|| Some(document.get("username").and_then(Value::as_text)?.expose().to_owned()))
}

fn no_id() -> Error {
    Error::usage("an id is needed").hint("`credctl list -o name` shows the ids")
}

/// Whether a document says by id what each is to be changed to, and is no body itself.
fn is_by_id(context: &Context, document: &Object) -> bool {
    !document.is_empty()
        && document.iter().all(|(_, changes)| changes.as_object().is_some())
        && Dialect::recognise(document, None).is_none()
        && document::key(context, document).is_none()
}

/// A document for each credential, with the id of the credential.
fn several(
    context: &Context,
    args: &Args,
    documents: Vec<(Option<String>, Object)>,
    assumed: Option<Dialect>,
) -> Result<Written<Patched>, Error> {
    session::write(context, args.write.dry_run, |vault| {
        let mut bulk = Bulk::new("updated");
        let mut notices = Vec::new();
        for (id, document) in documents {
            let result = id.as_deref().ok_or_else(no_id);
            let result = result
                .and_then(|id| patch_one(context, args, vault, id, &Source::Document(document, assumed)));
            let result = result.map(|changed| {
                notices.extend(changed.notices);
                Object::new()
            });
            bulk.add(id.as_deref(), result);
        }
        bulk.settle(vault, args.atomic);
        Ok(Patched::Several(bulk, notices))
    })
}

fn patch_one(
    context: &Context,
    args: &Args,
    vault: &mut Vault,
    id: &str,
    source: &Source,
) -> Result<Changed, Error> {
    let stored = session::find_to_change(context, vault, id, args.by_name)?;
    session::check_match(&stored, args.if_match.as_deref())?;
    let (kind, draft) = draft(context, args, vault, source, &stored)?;
    let mut changed = change(&Change::Merge(&stored, kind), draft, &context.act(), &context.rules())?;
    session::put(vault, &mut changed, Some(&stored))?;
    Ok(changed)
}

fn draft(
    context: &Context,
    args: &Args,
    vault: &mut Vault,
    source: &Source,
    stored: &Credential,
) -> Result<(Option<&'static Type>, Draft), Error> {
    let (kind, mut draft, words) = match source {
        Source::Document(document, assumed) => {
            let body = document::body(context, document.clone(), Some(stored.head()), *assumed)?;
            session::check_match(stored, args.if_match.as_deref().or(body.if_match.as_deref()))?;
            session::check_networks(vault, stored, &body)?;
            let kind = body.kind_for(stored)?;
            (kind, body.draft(kind), &[][..])
        }
        Source::Words(words) => (stored.kind(), Draft::default(), &words[..]),
    };
    assign::apply(context, kind, &mut draft, words, &args.envelope)?;
    for name in &args.unset {
        if name.contains('=') {
            return Err(Error::usage("--unset takes the name of a field and no value"));
        }
        // an entry of a key store goes by its own name here too
        let target = Target::of(kind, name).filter(|target| !target.leaf.is_empty());
        let name = &target.map_or_else(|| name.clone(), |target| target.path());
        if draft.names(kind, name) {
            return Err(Error::usage(format!("{} is both given and unset", words::shown(name))));
        }
        if !draft.unset.contains(name) {
            draft.unset.push(name.clone());
        }
    }
    Ok((Some(kind), draft))
}
