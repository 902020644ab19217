//! The words about copies of vaults at addresses, and about changes that wait in a queue for their server.

use chrono::{DateTime, Utc};
use credctl::store::{QueueContact, StaleCopy};
use credctl::vault::MergeReport;

use super::conflicting;
use super::context::{Settings, Ui};
use super::error::Error;
use super::output::{self, sanitize};

/// Says how old a working copy is, and why it is used.
pub fn stale(address: &str, copy: &StaleCopy, now: DateTime<Utc>) -> String {
    let age = copy.since.map(|since| format!(" from {}", age(since, now))).unwrap_or_default();
    format!("this is the copy of {}{age}{}", sanitize::line(address), reason(copy))
}

/// Says that a change waits in the queue.
pub fn kept(address: &str) -> String {
    format!(
        "the change is kept on this machine, and stored at the next contact with {}",
        sanitize::line(address)
    )
}

/// Counts the generations of a queue.
pub fn generations(count: u64) -> String {
    if count == 1 { "1 generation".to_owned() } else { format!("{count} generations") }
}

/// Returns a time with its distance from now.
pub fn age(since: DateTime<Utc>, now: DateTime<Utc>) -> String {
    format!("{} ({})", output::date(since), output::distance(since, now))
}

/// Tells what became of a queue.
pub fn tell(settings: &Settings, ui: &Ui, contact: &QueueContact<Error>) -> Result<(), Error> {
    let address = || Ok::<_, Error>(sanitize::line(&settings.vault()?.display().to_string()).into_owned());
    match contact {
        QueueContact::Stored(queue) => {
            let report = &queue.outcome.answer;
            ui.notice(&stored(&address()?, report));
            let count = report.conflicts.len();
            if count > 0 {
                ui.notice(&conflicting::words(count));
                ui.hint(conflicting::LISTING);
            }
        }
        QueueContact::Queue { copy, since: Some(since) } => {
            let (address, since) = (address()?, age(*since, settings.terms.now));
            ui.notice_once(&format!(
                "this is the copy of {address} with the changes that are queued since {since}{}",
                reason(copy)
            ));
        }
        QueueContact::Kept(error) => {
            let reason = error.detail();
            ui.notice_once(&format!(
                "the queued changes of this machine are not stored at {}: {reason}",
                address()?
            ));
        }
        // a queue that begins: who reads the copy tells of it
        QueueContact::Queue { since: None, .. } | QueueContact::Direct => {}
    }
    Ok(())
}

fn stored(address: &str, report: &MergeReport) -> String {
    if !report.is_changed {
        return format!("the queued changes of this machine are stored at {address} already");
    }
    let lists = [&report.taken, &report.merged, &report.deleted, &report.residents];
    let count = lists.into_iter().map(Vec::len).sum::<usize>();
    let records = if count == 1 { "1 record".to_owned() } else { format!("{count} records") };
    format!("stored the queued changes of this machine at {address}: {records}")
}

fn reason(copy: &StaleCopy) -> String {
    copy.reason.as_ref().map(|reason| format!(": {}", sanitize::line(reason))).unwrap_or_default()
}
