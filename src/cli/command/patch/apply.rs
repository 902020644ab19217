//! The change of one credential, or of several.

use credctl::credential::{ChangeError, Changed, Credential, Draft, FieldChange, Target};
use credctl::dialect::{Body, Dialect};
use credctl::kind::{ENVELOPE, Kind as Type};
use credctl::store::Transaction;
use credctl::value::Object;
use credctl::vault::Reference;

use super::args::Args;
use crate::cli::bulk::Bulk;
use crate::cli::context::{Context, Settings};
use crate::cli::error::{Error, Failure};
use crate::cli::{answer, assign, recognition, words};

/// The source of the changes, before the type is known.
pub(super) enum PatchSource {
    /// The assignments, without the words that are ids, and the key type for a key store.
    Words(Vec<String>, Option<&'static Type>),
    /// A document, and its dialect if another document determines it.
    Document(Object, Option<Dialect>),
}

impl PatchSource {
    /// Fails if the source asks for no change. The error is reported once, not for every credential.
    pub(super) fn check(&self, args: &Args) -> Result<(), Error> {
        let is_empty = match self {
            Self::Words(words, key_type) => words.is_empty() && key_type.is_none(),
            Self::Document(document, _) => document.is_empty(),
        };
        if is_empty && args.unset.is_empty() && args.envelope.is_empty() {
            return Err(ChangeError::Nothing.into());
        }
        Ok(())
    }

    /// Makes the body of the change, once the stored credential is known.
    fn body(&self, settings: &Settings, stored: &Credential) -> Result<Body, Error> {
        match self {
            Self::Document(document, assumed) => {
                recognition::body(settings, document.clone(), Some(stored.head()), *assumed)
            }
            Self::Words(_, key_type) => {
                let kind = key_type.unwrap_or_else(|| stored.kind());
                if !stored.kind().may_become(kind) {
                    return Err(ChangeError::Immutable { field: "keyType" }.into());
                }
                Ok(Body::from_draft(kind, Draft::default()))
            }
        }
    }
}

/// The result of a patch; for several credentials, with notices, and true if it removed something.
#[expect(clippy::large_enum_variant, reason = "there is one of it in a run")]
pub(super) enum Patched {
    One(Changed, Vec<Reference>),
    Several(Bulk, Vec<String>, bool),
}

/// Makes the same change to one credential, or to several.
pub(super) fn patch(
    context: &Context,
    args: &Args,
    vault: &mut Transaction<'_>,
    first: &str,
    others: &[String],
    source: &PatchSource,
) -> Result<Patched, Error> {
    if others.is_empty() {
        let changed = patch_one(context, args, vault, first, source)?;
        answer::check(&context.settings, &changed)?;
        let references = vault.references(changed.credential.id())?;
        return Ok(Patched::One(changed, references));
    }
    let ids = std::iter::once(first).chain(others.iter().map(String::as_str));
    each(context, args, vault, ids, source)
}

/// Makes the change to each of these credentials.
pub(super) fn each<'a>(
    context: &Context,
    args: &Args,
    vault: &mut Transaction<'_>,
    ids: impl Iterator<Item = &'a str>,
    source: &PatchSource,
) -> Result<Patched, Error> {
    let mut bulk = Bulk::new("updated");
    let (mut notices, mut removes) = (Vec::new(), false);
    for id in ids {
        let result = match patch_one(context, args, vault, id, source) {
            // a mistake of the call is a mistake for all of them
            Err(error) if error.kind() == Failure::Usage => return Err(error),
            result => result,
        };
        let mut changes = Vec::new();
        let result = result.map(|changed| {
            notices.extend(changed.notices);
            removes |= changed.changes.iter().any(FieldChange::is_removal);
            changes = changed.changes;
            Object::new()
        });
        bulk.add(Some(id), result);
        if args.write.dry_run {
            bulk.differ(changes);
        }
    }
    if bulk.settle(vault, args.atomic) {
        (notices, removes) = (Vec::new(), false);
    }
    Ok(Patched::Several(bulk, notices, removes))
}

/// Makes the change to one credential.
pub(super) fn patch_one(
    context: &Context,
    args: &Args,
    vault: &mut Transaction<'_>,
    id: &str,
    source: &PatchSource,
) -> Result<Changed, Error> {
    vault.patch_with(
        id,
        args.target.by_name,
        args.target.if_match.as_deref(),
        |stored| source.body(&context.settings, stored),
        |kind, draft| amend(context, args, source, kind, draft),
    )
}

/// Adds the words and the options to the draft, once the type is known.
fn amend(
    context: &Context,
    args: &Args,
    source: &PatchSource,
    kind: &'static Type,
    draft: &mut Draft,
) -> Result<(), Error> {
    let words = match source {
        PatchSource::Words(words, _) => &words[..],
        PatchSource::Document(..) => &[],
    };
    assign::apply(context, kind, draft, words, &args.envelope)?;
    for name in &args.unset {
        if name.contains('=') {
            return Err(Error::usage("--unset takes the name of a field, without a value"));
        }
        // an entry of a key store may be named alone here too, unless the envelope has a member of that name
        let of_envelope = ENVELOPE.iter().any(|field| field.is_called(name));
        let target = Target::of(kind, name).filter(|target| !target.leaf.is_empty() && !of_envelope);
        let name = &target.map_or_else(|| name.clone(), |target| target.path());
        if draft.names(kind, name) {
            return Err(Error::usage(format!("{} is both given and unset", words::shown(name))));
        }
        if !draft.unset.contains(name) {
            draft.unset.push(name.clone());
        }
    }
    Ok(())
}
