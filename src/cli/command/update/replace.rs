//! The replacement that arguments or a document ask for. The store decides what it replaces.

use credctl::credential::{Changed, Credential, Draft};
use credctl::dialect::{Body, Dialect};
use credctl::store::{Replaced, Replacement, Transaction};
use credctl::value::{Object, Value};
use credctl::vault::Vault;

use super::args::Args;
use crate::cli::context::Settings;
use crate::cli::error::Error;
use crate::cli::{answer, assign, recognition};

/// A credential to replace.
pub(super) struct WantedReplacement<'a> {
    pub id: String,
    pub source: ReplaceSource<'a>,
}

/// The source of the replacement. It can be read more than once: before the prompt, and after it.
pub(super) enum ReplaceSource<'a> {
    Words(&'a dyn Fn(Option<&Credential>) -> Result<Body, Error>),
    /// A document, and its dialect if another document determines it.
    Document(Object, Option<Dialect>),
}

impl WantedReplacement<'_> {
    /// Returns the credential to replace for each of several documents.
    pub fn of_documents(settings: &Settings, documents: Vec<Value>) -> Vec<Result<Self, Error>> {
        let assumed = recognition::first(settings, &documents);
        let wanted = documents.into_iter().filter_map(|document| {
            let Value::Object(document) = document else { return None };
            let id = recognition::required_key(settings, &document);
            Some(id.map(|id| WantedReplacement { id, source: ReplaceSource::Document(document, assumed) }))
        });
        wanted.collect()
    }

    fn body(&self, settings: &Settings, stored: Option<&Credential>) -> Result<Body, Error> {
        match (&self.source, stored) {
            (ReplaceSource::Words(read), stored) => read(stored),
            (ReplaceSource::Document(document, assumed), Some(stored)) => {
                recognition::body(settings, document.clone(), Some(stored.head()), *assumed)
            }
            (ReplaceSource::Document(document, assumed), None) => {
                recognition::new_body(settings, document.clone(), *assumed)
            }
        }
    }
}

/// Returns the replacement that the arguments ask for.
pub(super) fn replacement<'a>(args: &'a Args, id: &'a str) -> Replacement<'a> {
    let (by_name, condition) = (args.target.by_name, args.target.if_match.as_deref());
    Replacement { id, by_name, may_add: args.upsert, condition }
}

/// Returns the result that the replacement would have. Leaves the vault as it is.
pub(super) fn preview(
    settings: &Settings,
    args: &Args,
    vault: &mut Vault,
    wanted: &WantedReplacement<'_>,
) -> Result<Changed, Error> {
    let changed = replacement(args, &wanted.id).preview(
        &settings.terms,
        vault,
        |stored| wanted.body(settings, stored),
        |_, draft| amend(settings, args, draft),
    )?;
    answer::check(settings, &changed)?;
    Ok(changed)
}

/// Replaces a credential, or adds it where `--upsert` may add it.
pub(super) fn replace(
    settings: &Settings,
    args: &Args,
    vault: &mut Transaction<'_>,
    wanted: &WantedReplacement<'_>,
) -> Result<Replaced, Error> {
    let planned = vault.plan_replacement(
        &replacement(args, &wanted.id),
        |stored| wanted.body(settings, stored),
        |_, draft| amend(settings, args, draft),
    )?;
    answer::check(settings, planned.changed())?;
    Ok(planned.put()?)
}

/// Adds the options to the draft of a document, which they override. A draft of words has them already.
fn amend(settings: &Settings, args: &Args, draft: &mut Draft) -> Result<(), Error> {
    if args.document.file.is_none() {
        return Ok(());
    }
    draft.unset.extend(args.unset.iter().cloned());
    assign::envelope(settings, draft, &args.envelope)
}
