//! The replacement of one credential in the vault: the stored one, the new one, and the checks.

use credctl::credential::{Change, ChangeError, Changed, Credential, Draft, change};
use credctl::dialect::{Body, Dialect};
use credctl::store::{Transaction, check_match};
use credctl::value::{Object, Value};
use credctl::vault::{Reference, Vault};

use super::args::Args;
use crate::cli::context::Context;
use crate::cli::error::Error;
use crate::cli::{answer, assign, document};

/// A credential to replace.
pub(super) struct Wanted<'a> {
    pub id: String,
    pub source: Source<'a>,
}

/// The source of the replacement. It can be read more than once: before the prompt, and after it.
pub(super) enum Source<'a> {
    Words(&'a dyn Fn(Option<&Credential>) -> Result<Body, Error>),
    /// A document, and its dialect if another document determines it.
    Document(Object, Option<Dialect>),
}

/// A replacement that was made.
pub(super) struct Replaced {
    pub changed: Changed,
    pub references: Vec<Reference>,
    pub created: bool,
}

impl Wanted<'_> {
    /// Returns the credential to replace for each of several documents.
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

/// Finds the credential to replace. Returns `None` where `--upsert` may add it.
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

/// Returns the stored credential, and the change that would replace it. Leaves the vault as it is.
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
        // no condition holds for a credential that does not exist
        None if condition.is_some() => return Err(Error::not_found(id)),
        None => {}
    }
    let given = body.named.as_ref().map(|named| named.kind);
    let old = stored.as_ref().map(Credential::kind);
    // the given type decides what members mean; a type that differs is reported first
    let mut draft = match (old, given) {
        (Some(old), Some(given)) if !old.may_become(given) => Draft::default(),
        (old, given) => match given.or(old) {
            Some(kind) => {
                let mut draft = body.draft(kind);
                draft.unset.extend(args.unset.iter().cloned());
                if args.document.file.is_some() {
                    // options override the document
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

/// Replaces a credential, or adds it where `--upsert` may add it.
pub(super) fn replace(
    context: &Context,
    args: &Args,
    vault: &mut Transaction<'_>,
    wanted: &Wanted<'_>,
) -> Result<Replaced, Error> {
    let (stored, mut changed) = plan(context, args, vault, wanted)?;
    match &stored {
        Some(_) => {
            // a credential that is given anew as a whole must belong to a user, as a new one must
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
