//! The rules for every record before it is used, because any program may have written the file. Ids must not
//! look like options, names must be visible, and counters must have room to grow.
//!
//! The fields of a type are not judged here: what an earlier version accepted can still be shown.

use std::borrow::Cow;

use crate::credential::{Attachment, Head, MAX_COUNT, MEMBERS};
use crate::kind::Shape;
use crate::kind::rule::Rule;
use crate::kind::rule::text::{ID, LINE, NAME, is_plain};
use crate::text::is_hidden;
use crate::value::Value;
use crate::vault::RecordProblem;

/// Judges an id.
pub(super) fn id(id: &str) -> Result<(), RecordProblem> {
    text(&ID, id, "id", id)
}

/// Judges the id, the envelope and the revision, which every credential has. Anybody who could write the file
/// may have written them.
pub(super) fn head(head: &Head) -> Result<(), RecordProblem> {
    let (id, envelope) = (head.id.as_str(), &head.envelope);
    for member in MEMBERS.iter().filter(|member| member.can_be_set()) {
        let (Shape::Line(rule) | Shape::Text(rule)) = member.field.shape else { continue };
        if let Some(value) = member.stored_text(head) {
            text(rule, id, member.name(), &value)?;
        }
    }
    for label in &envelope.labels {
        text(&LINE, id, "labels", &label.name)?;
        text(&LINE, id, "labels", &label.value)?;
    }
    for (name, tag) in envelope.tags.iter() {
        let Value::Text(tag) = tag else { return Err(problem(id, "tags", "must have texts only")) };
        text(&LINE, id, "tags", tag.expose())?;
        if name.is_empty() || name.contains(is_hidden) {
            return Err(problem(id, "tags", "must have names that can be seen"));
        }
    }
    for grant in &envelope.access {
        text(&NAME, id, "access", &grant.to.name)?;
        text(&LINE, id, "access", &grant.project)?;
    }
    let names =
        [("createdByName", &head.stamp.created_by_name), ("modifiedByName", &head.stamp.modified_by_name)];
    for (member, name) in names {
        if let Some(name) = name {
            text(&NAME, id, member, name)?;
        }
    }
    if head.stamp.revision > MAX_COUNT {
        Err(problem(id, "revision", "must be at most 2^53"))
    } else {
        Ok(())
    }
}

/// Judges the attachments of the credential `id`.
pub(super) fn attachments(id: &str, attachments: &[Attachment]) -> Result<(), RecordProblem> {
    Attachment::judge_all(attachments).map_err(|reason| problem(id, "attachments", reason))
}

/// Judges a text, which must be in the form that the rule stores.
fn text(rule: &Rule, id: &str, member: &'static str, text: &str) -> Result<(), RecordProblem> {
    if is_plain(text) {
        return Ok(());
    }
    match (rule.check)(text) {
        Ok(accepted) if accepted.normalised.is_none() => Ok(()),
        Ok(_) => Err(problem(id, member, "must be in Unicode form NFC")),
        Err(reason) => Err(problem(id, member, reason)),
    }
}

fn problem(id: &str, member: &'static str, reason: impl Into<Cow<'static, str>>) -> RecordProblem {
    // enough to find it; what is longer is no id
    let id = id.chars().take(127).collect();
    RecordProblem::Rule { id, member, reason: reason.into() }
}
