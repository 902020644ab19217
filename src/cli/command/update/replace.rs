//! Replacing one credential in the vault: what is stored, what takes its place, and whether that may be.

use credctl::credential::{Change, ChangeError, Changed, Credential, Draft, change};
use credctl::dialect::{Body, Dialect};
use credctl::store::{Transaction, check_match};
use credctl::value::{Object, Value};
use credctl::vault::{Reference, Vault};

use super::args::Args;
use crate::cli::context::Context;
use crate::cli::error::Error;
use crate::cli::{answer, assign, document};

/// One credential to be replaced.
pub(super) struct Wanted<'a> {
    pub id: String,
    pub source: Source<'a>,
}

/// Where the replacement comes from. It can be read more than once: before the question, and after it.
pub(super) enum Source<'a> {
    Words(&'a dyn Fn(Option<&Credential>) -> Result<Body, Error>),
    /// A document, and whose it is where another one told.
    Document(Object, Option<Dialect>),
}

/// A replacement that was made.
pub(super) struct Replaced {
    pub changed: Changed,
    pub references: Vec<Reference>,
    pub created: bool,
}

impl Wanted<'_> {
    /// What each of several documents asks for.
    pub fn of_documents(context: &Context, documents: Vec<Value>) -> Vec<Result<Self, Error>> {
        let assumed = document::first(context, &documents);
        let wanted = documents.into_iter().filter_map(|document| {
            let Value::Object(document) = document else { return None };
            let id = document::required_key(context, &document);
            Some(id.map(|id| Wanted { id, source: Source::Document(document, assumed) }))
        });
        wanted.collect()
    }

    fn body(&self, context: &Context, stored: Option<&Credential>) -> Result<Body, Error> {
        match (&self.source, stored) {
            (Source::Words(read), stored) => read(stored),
            (Source::Document(document, assumed), Some(stored)) => {
                document::body(context, document.clone(), Some(stored.head()), *assumed)
            }
            (Source::Document(document, assumed), None) => {
                document::new_body(context, document.clone(), *assumed)
            }
        }
    }
}

/// What is to be replaced; none where it may be added.
pub(super) fn stored(
    context: &Context,
    args: &Args,
    vault: &mut Vault,
    id: &str,
) -> Result<Option<Credential>, Error> {
    match context.scope().find_to_change(vault, id, args.by_name) {
        Ok(stored) => Ok(Some(stored)),
        Err(error) if args.upsert && error.is_not_found() && args.if_match.is_none() => Ok(None),
        Err(error) => Err(error.into()),
    }
}

/// What is stored and what would take its place; the vault stays as it is.
pub(super) fn plan(
    context: &Context,
    args: &Args,
    vault: &mut Vault,
    wanted: &Wanted<'_>,
) -> Result<(Option<Credential>, Changed), Error> {
    let id = wanted.id.as_str();
    let stored = stored(context, args, vault, id)?;
    let body = wanted.body(context, stored.as_ref())?;
    let condition = args.if_match.as_deref().or(body.if_match.as_deref());
    match &stored {
        Some(stored) => {
            check_match(stored, condition)?;
            document::check_networks(vault, stored, &body)?;
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
    let changed = change(&operation, draft, &context.act(), &context.rules())?;
    answer::check(context, &changed)?;
    Ok((stored, changed))
}

/// Replaces it, or adds it where it may be added.
pub(super) fn replace(
    context: &Context,
    args: &Args,
    vault: &mut Transaction<'_>,
    wanted: &Wanted<'_>,
) -> Result<Replaced, Error> {
    let (stored, mut changed) = plan(context, args, vault, wanted)?;
    match &stored {
        Some(_) => {
            // given anew as a whole, it must belong to somebody as a new one must
            if changed.credential.kind().identity_name {
                vault.check_user(changed.credential.head())?;
            }
            vault.place(&mut changed, stored.as_ref())?;
        }
        None => vault.insert(&mut changed)?,
    }
    let references = vault.references_to(changed.credential.id())?;
    Ok(Replaced { changed, references, created: stored.is_none() })
}
