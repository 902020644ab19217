//! The answer to the change of one credential.

use crate::cli::{deployment, diff};
use credctl::credential::{Changed, FieldChange, Violations, differences};
use credctl::dialect::{ApiVersion, ViewSettings};
use credctl::store::Deployment;
use credctl::value::Object;
use credctl::vault::Reference;

use super::context::{Settings, Ui};
use super::error::Error;
use super::options::Form;
use super::output;

/// The number of names that a sentence has before it only counts.
const NAMED: usize = 5;

/// The content of the answer to one change.
pub struct ChangeReport<'a> {
    /// The word for the change, such as `added`.
    done: &'a str,
    changed: &'a Changed,
    /// The references to the credential.
    references: &'a [Reference],
    deployment: &'a Deployment,
    dry_run: bool,
    /// The members beside the metadata.
    extra: Object,
    /// True if the credential is new.
    is_new: bool,
    /// True if the change put something in the place of a value that is hard to get back.
    replaces: bool,
}

impl<'a> ChangeReport<'a> {
    /// Makes the answer to the change of a credential without references.
    pub fn new(done: &'a str, changed: &'a Changed, deployment: &'a Deployment, dry_run: bool) -> Self {
        Self {
            done,
            changed,
            references: &[],
            deployment,
            dry_run,
            extra: Object::new(),
            is_new: false,
            replaces: false,
        }
    }

    /// Adds the references to the credential.
    pub fn referred(self, references: &'a [Reference]) -> Self {
        Self { references, ..self }
    }

    /// Adds members beside the metadata.
    pub fn with(self, extra: Object) -> Self {
        Self { extra, ..self }
    }

    /// Marks the credential as a new one.
    pub fn added(self) -> Self {
        Self { is_new: true, ..self }
    }

    /// Marks the change as one that an operator may want to take back.
    pub fn replacing(self) -> Self {
        Self { replaces: true, ..self }
    }
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
    let mut notices = Vec::new();
    for changed in made {
        notices.extend(changed.notices.iter().cloned());
        let removal = removal(changed.credential.id(), &changed.removed, dry_run);
        removes |= removal.is_some();
        notices.extend(removal);
    }
    ui.notices(&notices);
    if removes && !dry_run {
        ui.hint("credctl undo");
    }
}

/// Names the command that takes a change back which removed or replaced something, for people who may undo.
pub fn undo_hint(settings: &Settings, ui: &Ui) {
    if settings.scope().is_admin() && is_for_people(settings) {
        ui.hint("credctl undo");
    }
}

/// Returns true if a person reads the answer, and no program.
pub fn is_for_people(settings: &Settings) -> bool {
    settings.foreign().is_none() && matches!(settings.form, Form::Table | Form::Wide)
}

/// Returns the first names, and the number of the others: `a, b, c, d, e, and 15 more`.
pub fn few<T: AsRef<str>>(names: &[T]) -> String {
    let named: Vec<&str> = names.iter().take(NAMED).map(AsRef::as_ref).collect();
    match names.len().saturating_sub(NAMED) {
        0 => named.join(", "),
        more => format!("{}, and {more} more", named.join(", ")),
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
    let Changed { credential, removed, changes, .. } = told.changed;
    notices(ui, std::slice::from_ref(told.changed), told.dry_run);
    let loses = told.replaces || changes.iter().any(FieldChange::is_removal);
    if loses && removed.is_empty() && !told.dry_run {
        undo_hint(settings, ui);
    }
    if let Some(system) = settings.foreign() {
        let networks = Reference::networks(told.references);
        let view = ViewSettings {
            now: settings.terms.now,
            version: ApiVersion::NEWEST,
            reveal: false,
            networks: &networks,
        };
        let item = system.item(credential, &view)?;
        let answer = system.changed(told.done, credential.id(), item);
        return output::document(settings, &answer);
    }
    let mut answer = output::metadata(credential.head(), settings.terms.now);
    told.extra.into_iter().for_each(|(name, value)| drop(answer.insert(name, value)));
    answer.insert("deploymentResult", deployment::document(told.deployment));
    if told.dry_run {
        answer.insert("dryRun", true);
    }
    // that the fields of a new credential are new goes without saying, unless nothing was written
    let additions = if told.is_new && told.dry_run { differences(None, credential) } else { Vec::new() };
    let changes = if told.is_new { &additions } else { changes };
    output::changed(settings, told.done, &answer, &diff::lines(settings, ui, changes, removed))
}
