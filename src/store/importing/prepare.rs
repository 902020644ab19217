//! The credential of one item: a new one, or the one that replaces a stored credential.

use std::io::{self, Read};

use super::options::OnConflict;
use crate::credential::{
    Act, Attachment, Change, Changed, Credential, Draft, Grant, Provenance, Rules, Violations, Withheld,
    adopt, change, differences, label_values, restore, still_there,
};
use crate::digest::ContentDigest;
use crate::import::{Incoming, IncomingAttachment, IncomingContent, keep_stray_addresses};
use crate::kind::Kind;
use crate::secret::wipe_freed;
use crate::store::error::Error;
use crate::store::transaction::Transaction;
use crate::value::Object;
use crate::vault::{self, StagedContent};

/// The bytes that unpacking looks back at.
const WINDOW: usize = 32 * 1024;

/// A credential that is ready to be put into the vault.
pub(super) struct ReadyItem {
    pub changed: Changed,
    /// The credential that it replaces.
    pub stored: Option<Credential>,
    /// The members of the item that have no place in the credential.
    pub dropped: Vec<String>,
}

/// The credential of an item, ready or left as it is stored.
pub(super) enum Prepared {
    Ready(Box<ReadyItem>),
    /// The id of a stored credential that stays.
    Stays(String),
}

/// Makes the credential of an item, and finds the stored credential with the same id.
pub(super) fn prepare(
    vault: &mut Transaction<'_>,
    incoming: Result<Box<Incoming>, Violations>,
    on_conflict: OnConflict,
) -> Result<Prepared, Error> {
    let Incoming { kind, mut draft, made, access, attachments, mut dropped } = *incoming?;
    let strays = keep_stray_addresses(kind, &mut draft);
    let terms = vault.terms();
    let (act, rules) = (terms.act(), terms.rules());
    let grants = access.map(|entries| grants(&entries, &act)).transpose()?;
    let again = draft.clone();
    // an item that is not valid fails, also where a stored credential would stay
    let mut changed = match &made {
        Some(made) => adopt(kind, draft, made, &act, &rules)?,
        None => change(&Change::Create(kind), draft, &act, &rules)?,
    };
    let id = changed.credential.id();
    if !vault.contains(id)? {
        changed.notices.extend(stray_notice(&changed, &strays));
        attach_all(vault, &mut changed, None, attachments, &mut dropped)?;
        changed.credential.adopt_grants(grants.unwrap_or_default(), &act);
        return Ok(Prepared::Ready(Box::new(ReadyItem { changed, stored: None, dropped })));
    }
    let stored = match on_conflict {
        // only an id that is a field is not free by now
        OnConflict::Fail | OnConflict::Rename => return Err(Error::Exists { id: id.to_owned() }),
        OnConflict::Skip => return Ok(Prepared::Stays(id.to_owned())),
        OnConflict::Replace => terms.scope.find_to_change(vault, id, false)?,
    };
    changed = replacement(&stored, kind, again, made.as_ref(), &act, rules)?;
    changed.notices.extend(stray_notice(&changed, &strays));
    attach_all(vault, &mut changed, Some(&stored), attachments, &mut dropped)?;
    if let Some(grants) = grants {
        changed.credential.adopt_grants(grants, &act);
    }
    Ok(Prepared::Ready(Box::new(ReadyItem { changed, stored: Some(stored), dropped })))
}

/// Returns the notice about addresses that became own fields.
fn stray_notice(changed: &Changed, strays: &[String]) -> Option<String> {
    let id = changed.credential.id();
    (!strays.is_empty())
        .then(|| format!("{id}: {} has what the field for addresses does not take", strays.join(", ")))
}

/// Gives a credential the attachments of its item. Without any in the item, a credential that replaces another one
/// keeps the stored ones. Adds the names of those that cannot be unpacked to `dropped`.
fn attach_all(
    vault: &mut Transaction<'_>,
    changed: &mut Changed,
    stored: Option<&Credential>,
    attachments: Option<Vec<IncomingAttachment>>,
    dropped: &mut Vec<String>,
) -> Result<(), Error> {
    let Some(incoming) = attachments else { return Ok(()) };
    let mut attachments = Vec::with_capacity(incoming.len());
    for one in incoming {
        match attach(vault, stored, &one.name, one.content, (one.size, one.sha256))? {
            Some(attachment) => attachments.push(attachment),
            None => dropped.push(format!("damaged attachment {}", one.name)),
        }
    }
    Attachment::judge_all(&attachments).map_err(|reason| Violations::one("attachments", reason))?;
    changed.credential.attachments = attachments;
    if stored.is_some() {
        changed.changes = differences(stored, &changed.credential);
    }
    Ok(())
}

/// Makes an attachment of an item, unless the stored credential has it already with its blob. Returns `None` for a
/// content that cannot be unpacked.
fn attach(
    vault: &mut Transaction<'_>,
    stored: Option<&Credential>,
    name: &str,
    content: IncomingContent,
    (size, sha256): (Option<u64>, Option<ContentDigest>),
) -> Result<Option<Attachment>, Error> {
    let wrong = |reason: &str| Violations::one(format!("attachments.{name}"), reason.to_owned());
    let is_packed = matches!(content, IncomingContent::Packed(_));
    // a content is measured before anything is written
    let measured;
    let seen = if let IncomingContent::Lifted(content) = &content {
        content
    } else {
        measured = match read(&content, |source| Ok(StagedContent::measure(source)?)) {
            Ok(measured) => measured,
            Err(_) if is_packed => return Ok(None),
            Err(_) => return Err(wrong("must have its content in base64").into()),
        };
        &measured
    };
    if sha256.is_some_and(|sha256| sha256 != seen.sha256()) || size.is_some_and(|size| size != seen.size()) {
        return Err(wrong("is not the content that was exported: its size or its digest differs").into());
    }
    let same = stored.and_then(|stored| stored.attachment(name));
    if let Some(same) = same.filter(|same| same.sha256 == seen.sha256() && vault.is_readable(same)) {
        return Ok(Some(same.clone()));
    }
    let content = match content {
        IncomingContent::Lifted(content) => content,
        other => read(&other, |source| vault.stage(source))?,
    };
    Ok(Some(vault.attachment_of(name, content)?))
}

/// Reads a content that is not with the vault yet.
fn read(
    content: &IncomingContent,
    read: impl FnOnce(&mut dyn Read) -> Result<StagedContent, Error>,
) -> Result<StagedContent, Error> {
    let mut source = content.reader().map_err(vault::Error::Content)?;
    let staged = match &mut source {
        Some(source) => read(source),
        None => read(&mut io::empty()),
    };
    drop(source);
    if matches!(content, IncomingContent::Packed(_)) {
        // what unpacks does not wipe its window
        wipe_freed(WINDOW);
    }
    staged
}

fn grants(entries: &[Object], act: &Act) -> Result<Vec<Grant>, Violations> {
    entries.iter().map(|entry| Grant::read(entry, act)).collect()
}

/// Makes the credential that takes the place of the stored one.
fn replacement(
    stored: &Credential,
    kind: &'static Kind,
    mut draft: Draft,
    made: Option<&Provenance>,
    act: &Act,
    rules: Rules<'_>,
) -> Result<Changed, Error> {
    let Some(made) = made else {
        // a key store that names no key type keeps the one it has
        let kind = if kind.promotable { stored.kind() } else { kind };
        return Ok(change(&Change::Replace(stored, Some(kind)), draft, act, &rules)?);
    };
    // as a replacement keeps them where none are given
    if draft.members.get("labels").is_none() {
        draft.members.insert("labels", label_values(&stored.head().envelope.labels));
    }
    let is_withheld = draft.withheld != Withheld::Nothing;
    let mut adopted = adopt(kind, draft, made, act, &rules)?;
    // as those of every replacement
    adopted.credential.attachments = stored.attachments().to_vec();
    if is_withheld {
        still_there(stored, &adopted.credential, &[])?;
    }
    Ok(restore(&adopted.credential, Some(stored), act, &rules)?)
}
