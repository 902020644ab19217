//! `update` and `put`: full replacement. What is not given is deleted or goes back to its default.

use credctl::credential::{Change, ChangeError, Changed, Credential, Draft, Violations, change};
use credctl::dialect::{Body, Dialect};
use credctl::kind;
use credctl::value::{Object, Value};
use credctl::vault::{Reference, Vault};

use crate::cli::answer::{self, Told};
use crate::cli::args::{DocumentArgs, EnvelopeArgs, WriteArgs};
use crate::cli::bulk::Bulk;
use crate::cli::context::Context;
use crate::cli::document::{self, Documents};
use crate::cli::error::{Error, Kind as ErrorKind};
use crate::cli::session::Seen;
use crate::cli::{ask, assign, session, words};

#[derive(Debug, clap::Args)]
#[command(after_help = "\
Every required field must be given again; an optional one that is not given is deleted, and one with
a default goes back to it: a disabled credential is enabled again unless you give --enabled=false.
`credctl patch` changes only what is given.

Examples:
  credctl update admin username=ips domain=test password=@new.txt
  credctl update admin -f admin.json --if-match 6a0f…
  credctl put -f login.json
      replaces it, or adds it if there is none")]
pub struct Args {
    /// The id, then fields
    #[arg(value_name = "ID [FIELD=VALUE]...", value_parser = words::fields(), hide_possible_values = true)]
    words: Vec<String>,
    #[command(flatten)]
    document: DocumentArgs,
    /// Remove a secret that the document lacks because it was written without secrets
    #[arg(long, value_name = "FIELD", requires = "file")]
    unset: Vec<String>,
    /// Add it if there is none of this id
    #[arg(long)]
    pub upsert: bool,
    /// The type, where it is to be added
    #[arg(long = "type", value_name = "TYPE")]
    kind: Option<String>,
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

/// A replacement that was made.
struct Replaced {
    changed: Changed,
    references: Vec<Reference>,
    created: bool,
}

pub fn run(context: &Context, args: &Args) -> Result<(), Error> {
    session::administrator(context)?;
    let id = args.words.first();
    if let Some(path) = &args.document.file {
        if args.words.len() > 1 {
            return Err(Error::usage("with --file the document says everything: no fields"));
        }
        return match document::read(context, path)? {
            Documents::One(document) => {
                let id = match id {
                    Some(id) => id.clone(),
                    None => document::required_key(context, &document)?,
                };
                one(context, args, None, &id, |stored| of_document(context, document, stored, None))
            }
            Documents::Many(_) if !args.envelope.is_empty() => Err(super::add::several_envelopes()),
            Documents::Many(_) if id.is_some() => {
                Err(Error::usage("one document is expected for one id, not several"))
            }
            Documents::Many(documents) => several(context, args, documents),
        };
    }
    context.prefetch_stdin(&args.words)?;
    let id = id.ok_or_else(no_id)?;
    // a dry run makes nobody wait
    if args.write.dry_run || context.prompter().is_none() {
        return one(context, args, None, id, |stored| of_words(context, args, id, stored));
    }
    let mut seen = session::see(context)?;
    let stored = stored(context, args, &mut seen.vault, id)?;
    // if it is of another type when it is replaced, that is told then
    let body = of_words(context, args, id, stored.as_ref())?;
    one(context, args, Some(seen), id, |_| Ok(body))
}

/// What the words say, and the answers of who is asked for the rest.
fn of_words(context: &Context, args: &Args, id: &str, stored: Option<&Credential>) -> Result<Body, Error> {
    let kind = stored.map(Credential::kind);
    let given =
        args.kind.as_deref().map(|name| kind::find(name).ok_or_else(|| document::unknown_type_option(name)));
    let (key_type, fields) = assign::take_key_type(args.words.get(1..).unwrap_or_default())?;
    let given = key_type.or(given.transpose()?.map(|named| named.kind));
    if let (Some(stored), Some(given)) = (kind, given)
        && !stored.may_become(given)
    {
        // the words mean something for the other type only: that it differs is all there is to tell
        return Ok(Body::from_draft(given, Draft::default()));
    }
    let Some(kind) = given.or(kind) else {
        if args.upsert {
            let missing = Violations::one("type", "is required, because there is none of this id");
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
    assign::apply(context, kind, &mut draft, &assignments, &args.envelope)?;
    ask::for_missing(context, kind, &mut draft)?;
    Ok(Body::from_draft(kind, draft))
}

fn of_document(
    context: &Context,
    document: Object,
    stored: Option<&Credential>,
    assumed: Option<Dialect>,
) -> Result<Body, Error> {
    match stored {
        Some(stored) => document::body(context, document, Some(stored.head()), assumed),
        None => document::new_body(context, document, assumed),
    }
}

fn no_id() -> Error {
    Error::usage("an id is needed").hint("`credctl list -o name` shows the ids")
}

fn one(
    context: &Context,
    args: &Args,
    seen: Option<Seen>,
    id: &str,
    body: impl FnOnce(Option<&Credential>) -> Result<Body, Error>,
) -> Result<(), Error> {
    let dry_run = args.write.dry_run;
    let written =
        session::write_seen(context, seen, dry_run, |vault| replace(context, args, vault, id, body))?;
    let replaced = &written.answer;
    let mut extra = Object::new();
    if args.upsert {
        extra.insert("created", replaced.created);
    }
    let told = Told {
        done: if replaced.created { "added" } else { "updated" },
        changed: &replaced.changed,
        references: &replaced.references,
        deployment: &written.deployment,
        dry_run: args.write.dry_run,
        extra,
    };
    answer::changed(context, told)
}

/// What is to be replaced; none where it may be added.
fn stored(context: &Context, args: &Args, vault: &mut Vault, id: &str) -> Result<Option<Credential>, Error> {
    match session::find_to_change(context, vault, id, args.by_name) {
        Ok(stored) => Ok(Some(stored)),
        Err(error) if args.upsert && error.kind() == ErrorKind::NotFound && args.if_match.is_none() => {
            Ok(None)
        }
        Err(error) => Err(error),
    }
}

fn replace(
    context: &Context,
    args: &Args,
    vault: &mut Vault,
    id: &str,
    body: impl FnOnce(Option<&Credential>) -> Result<Body, Error>,
) -> Result<Replaced, Error> {
    let stored = stored(context, args, vault, id)?;
    let body = body(stored.as_ref())?;
    let condition = args.if_match.as_deref().or(body.if_match.as_deref());
    match &stored {
        Some(stored) => {
            session::check_match(stored, condition)?;
            session::check_networks(vault, stored, &body)?;
        }
        // a condition on what is not there does not hold
        None if condition.is_some() => return Err(Error::not_found(id)),
        None => {}
    }
    let given = body.named.as_ref().map(|named| named.kind);
    let old = stored.as_ref().map(Credential::kind);
    // members mean what they mean for the type that was given; that it differs is told first
    let mut draft = match (old, given) {
        (Some(old), Some(given)) if !old.may_become(given) => Draft::default(),
        (old, given) => match given.or(old) {
            Some(kind) => {
                let mut draft = body.draft(kind);
                draft.unset.extend(args.unset.iter().cloned());
                if args.document.file.is_some() {
                    // what the options say goes over what the document says
                    assign::apply(context, kind, &mut draft, &[], &args.envelope)?;
                }
                draft
            }
            None => Draft::default(),
        },
    };
    if stored.is_none() {
        match draft.members.get("id").and_then(Value::as_text) {
            Some(other) if other.expose() != id => return Err(ChangeError::Immutable { field: "id" }.into()),
            Some(_) => {}
            None => drop(draft.members.insert("id", Value::text(id))),
        }
    }
    let operation = Change::upsert(stored.as_ref(), given)?;
    let mut changed = change(&operation, draft, &context.act(), &context.rules())?;
    answer::check(context, &changed)?;
    match &stored {
        Some(_) => {
            // given anew as a whole, it must belong to somebody as a new one must
            if changed.credential.kind().identity_name {
                session::check_user(vault, changed.credential.head())?;
            }
            session::put(vault, &mut changed, stored.as_ref())?;
        }
        None => session::insert(vault, &mut changed)?,
    }
    let references = vault.references_to(changed.credential.id())?;
    Ok(Replaced { changed, references, created: stored.is_none() })
}

fn several(context: &Context, args: &Args, documents: Vec<Value>) -> Result<(), Error> {
    let assumed = document::first(context, &documents);
    let mut bulk = Bulk::new("updated");
    let mut notices = Vec::new();
    let written = session::write(context, args.write.dry_run, |vault| {
        for document in documents {
            let Value::Object(document) = document else { continue };
            let id = document::required_key(context, &document);
            let shown = id.as_ref().ok().cloned();
            let result = id.and_then(|id| {
                let replaced = replace(context, args, vault, &id, |stored| {
                    of_document(context, document, stored, assumed)
                })?;
                notices.extend(replaced.changed.notices);
                let mut extra = Object::new();
                if args.upsert {
                    extra.insert("created", replaced.created);
                }
                Ok(extra)
            });
            bulk.add(shown.as_deref(), result);
        }
        bulk.settle(vault, args.atomic);
        Ok(())
    })?;
    for notice in &notices {
        context.notice(notice);
    }
    bulk.finish(context, args.write.dry_run, &written.deployment)
}
