//! The answer to the change of one credential.

use crate::cli::deployment;
use credctl::credential::{Changed, Violations};
use credctl::dialect::{ApiVersion, View};
use credctl::store::Deployment;
use credctl::value::Object;
use credctl::vault::Reference;

use super::context::{Settings, Ui};
use super::error::Error;
use super::output;

/// The content of the answer to one change.
pub struct ChangeReport<'a> {
    /// The word for the change, such as `added`.
    pub done: &'a str,
    pub changed: &'a Changed,
    /// The references to the credential.
    pub references: &'a [Reference],
    pub deployment: &'a Deployment,
    pub dry_run: bool,
    /// The members beside the metadata.
    pub extra: Object,
}

/// Fails if the system of `--format` has no such credential. Call it before the change is saved.
pub fn check(settings: &Settings, changed: &Changed) -> Result<(), Error> {
    match settings.foreign() {
        Some(system) if !system.knows(changed.credential.head(), ApiVersion::NEWEST) => {
            let (kind, name) = (changed.credential.kind().name, system.name());
            Err(Violations::one("type", format!("{kind} is not a type of {name}")).into())
        }
        _ => Ok(()),
    }
}

/// Prints the notices of each change, and the members that a replacement removed.
pub fn notices<'a>(ui: &Ui, made: impl IntoIterator<Item = &'a Changed>, dry_run: bool) {
    let mut removes = false;
    for changed in made {
        changed.notices.iter().for_each(|notice| ui.notice(notice));
        if let Some(notice) = removal(changed.credential.id(), &changed.removed, dry_run) {
            ui.notice(&notice);
            removes = true;
        }
    }
    if removes && !dry_run {
        ui.hint("credctl undo");
    }
}

/// Makes the notice of the members that a replacement removed. The notice contains no value.
pub fn removal(id: &str, removed: &[String], dry_run: bool) -> Option<String> {
    let would = if dry_run { "would be removed" } else { "removed" };
    let what = removed.join(", ");
    (!what.is_empty()).then(|| format!("{would} from {id}: {what}"))
}

/// Prints the answer in credctl's own shape, or in the shape of the system of `--format`.
pub fn changed(settings: &Settings, ui: &Ui, told: ChangeReport<'_>) -> Result<(), Error> {
    notices(ui, std::slice::from_ref(told.changed), told.dry_run);
    if let Some(system) = settings.foreign() {
        let networks = Reference::networks(told.references);
        let view =
            View { now: settings.terms.now, version: ApiVersion::NEWEST, reveal: false, networks: &networks };
        let item = system.item(&told.changed.credential, &view)?;
        let answer = system.changed(told.done, told.changed.credential.id(), item);
        return output::document(settings, &answer);
    }
    let mut answer = output::metadata(told.changed.credential.head(), settings.terms.now);
    told.extra.into_iter().for_each(|(name, value)| drop(answer.insert(name, value)));
    answer.insert("deploymentResult", deployment::document(told.deployment));
    if told.dry_run {
        answer.insert("dryRun", true);
    }
    output::changed(settings, told.done, &answer)
}
