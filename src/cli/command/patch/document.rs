//! The changes that a document asks for: of one credential, of several, by id or by a filter.

use credctl::credential::{ChangeError, FieldChange, Violations};
use credctl::dialect::Dialect;
use credctl::store::Outcome;
use credctl::value::{Object, Value};

use super::answer::answer;
use super::apply::{PatchSource, Patched, patch, patch_one};
use super::args::{Args, no_id};
use super::selected::selected;
use crate::cli::assign;
use crate::cli::bulk::Bulk;
use crate::cli::context::{Context, Settings};
use crate::cli::document::Documents;
use crate::cli::error::Error;
use crate::cli::{recognition, select, session};

/// Makes the changes that a document asks for.
pub(super) fn of_document(context: &Context, args: &Args, documents: Documents) -> Result<(), Error> {
    let Context { settings, ui, .. } = context;
    if args.words.iter().any(|word| assign::may_be_one(word)) {
        return Err(Error::usage("--file cannot be used with fields, which the document has"));
    }
    let patched = match documents {
        Documents::Many(_) if !args.words.is_empty() => {
            return Err(Error::usage("ids and fields cannot be used with several documents"));
        }
        Documents::Many(_) if args.filter.is_some() => {
            return Err(Error::usage("--filter cannot be used with several documents"));
        }
        Documents::Many(documents) => {
            let assumed = recognition::first(settings, &documents);
            let documents = documents.into_iter().filter_map(|document| match document {
                Value::Object(document) => Some((key(settings, &document), document)),
                _ => None,
            });
            several(context, args, &documents.collect::<Vec<_>>(), assumed)?
        }
        // a filter document: the selection, and the changes
        Documents::One(mut document)
            if document.get("filter").is_some() && document.get("update").is_some() =>
        {
            if !args.words.is_empty() || args.filter.is_some() {
                return Err(Error::usage(
                    "ids and --filter cannot be used: the document names the credentials",
                ));
            }
            let conditions = select::of_document(&document)?;
            let Some(Value::Object(update)) = document.remove("update") else {
                return Err(Violations::one("update", "must be an object").into());
            };
            let source = PatchSource::Document(update, None);
            source.check(args)?;
            return selected(context, args, &conditions, &source);
        }
        Documents::One(document) if args.words.is_empty() && is_half(&document, "filter") => {
            return Err(ChangeError::Nothing.into());
        }
        Documents::One(document) if args.words.is_empty() && is_half(&document, "update") => {
            return Err(Violations::one("filter", "is required beside update").into());
        }
        // by id: the changes for each credential
        Documents::One(document)
            if args.words.is_empty() && args.filter.is_none() && is_by_id(settings, &document) =>
        {
            let documents = document.into_iter().filter_map(|(id, changes)| match changes {
                Value::Object(changes) => Some((Some(id), changes)),
                _ => None,
            });
            several(context, args, &documents.collect::<Vec<_>>(), settings.dialect)?
        }
        Documents::One(document) if args.filter.is_some() => {
            let conditions = select::conditions(context, args.filter.as_deref(), None)?;
            let source = PatchSource::Document(document, None);
            source.check(args)?;
            return selected(context, args, &conditions, &source);
        }
        Documents::One(document) => {
            let own = key(settings, &document);
            let mut ids = args.words.iter().cloned().chain(own.filter(|_| args.words.is_empty()));
            let first = ids.next().ok_or_else(no_id)?;
            let ids: Vec<String> = ids.collect();
            let source = PatchSource::Document(document, None);
            source.check(args)?;
            session::write(context, args.write.dry_run, |vault| {
                patch(context, args, vault, &first, &ids, &source)
            })?
        }
    };
    answer(settings, ui, args, patched)
}

/// Returns the id that a document names. A user name names an account, whatever the system.
fn key(settings: &Settings, document: &Object) -> Option<String> {
    recognition::key(settings, document)
        .or_else(|| Some(document.get("username").and_then(Value::as_text)?.expose().to_owned()))
}

/// Returns true if a document has only this half of a filter document.
fn is_half(document: &Object, name: &str) -> bool {
    document.iter().all(|(member, value)| member == name && value.as_object().is_some())
        && !document.is_empty()
}

/// Returns true if a document gives the changes of each credential by its id, and is no body itself.
fn is_by_id(settings: &Settings, document: &Object) -> bool {
    !document.is_empty()
        && document.iter().all(|(_, changes)| changes.as_object().is_some())
        && Dialect::recognise(document, None).is_none()
        && recognition::key(settings, document).is_none()
}

/// Changes each credential as its own document asks.
fn several(
    context: &Context,
    args: &Args,
    documents: &[(Option<String>, Object)],
    assumed: Option<Dialect>,
) -> Result<Outcome<Patched>, Error> {
    session::write(context, args.write.dry_run, |vault| {
        let mut bulk = Bulk::new("updated");
        let (mut notices, mut removes) = (Vec::new(), false);
        for (id, document) in documents {
            let result = id.as_deref().ok_or_else(no_id);
            let result = result.and_then(|id| {
                patch_one(context, args, vault, id, &PatchSource::Document(document.clone(), assumed))
            });
            let mut changes = Vec::new();
            let result = result.map(|changed| {
                notices.extend(changed.notices);
                removes |= changed.changes.iter().any(FieldChange::is_removal);
                changes = changed.changes;
                Object::new()
            });
            bulk.add(id.as_deref(), result);
            if args.write.dry_run {
                bulk.differ(changes);
            }
        }
        if bulk.settle(vault, args.atomic) {
            (notices, removes) = (Vec::new(), false);
        }
        Ok(Patched::Several(bulk, notices, removes))
    })
}
