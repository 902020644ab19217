//! The outcomes of a bulk call, counted in one sentence: `312 added, 4 replaced, 2 skipped`.

use credctl::secret::Secret;
use credctl::value::{Object, Value};

use super::results::{Bulk, BulkItem};

/// The words, in the order of the sentence.
const WORDS: [&str; 7] = ["added", "replaced", "updated", "deleted", "imported", "skipped", "failed"];

/// Returns the sentence.
pub(super) fn summary(bulk: &Bulk, dry_run: bool) -> String {
    if bulk.abandoned {
        return format!("nothing was written: {} of {} failed", bulk.failed, bulk.results.len());
    }
    let words: Vec<&str> = bulk.results.iter().map(|item| word(bulk, item)).collect();
    let count = |wanted: &str| words.iter().filter(|word| **word == wanted).count();
    let counts = WORDS.iter().map(|word| (count(word), word)).filter(|(count, _)| *count > 0);
    let counts: Vec<String> = counts.map(|(count, word)| format!("{count} {word}")).collect();
    match counts.join(", ") {
        counts if counts.is_empty() => format!("nothing {}", bulk.done),
        // the first word says that nothing of it came true
        counts if dry_run => format!("dry run: would be {counts}; nothing was written"),
        counts => counts,
    }
}

/// Returns the word for what became of an item.
fn word<'a>(bulk: &'a Bulk, item: &'a BulkItem) -> &'a str {
    let extra: Option<&Object> = match &item.outcome {
        Ok(extra) => extra.as_deref(),
        Err(_) => return "failed",
    };
    let action = extra.and_then(|extra| extra.get("action")?.as_text());
    match action.map(Secret::expose) {
        Some("created") => "added",
        Some(action) => action,
        None if extra.and_then(|extra| extra.get("created")) == Some(&Value::Bool(true)) => "added",
        None if bulk.is_done(item) => bulk.done,
        None => "skipped",
    }
}
