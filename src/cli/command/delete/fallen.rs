//! The references and grants that are deleted with credentials.

use crate::cli::answer;
use crate::cli::context::{Settings, Ui};

/// The names of everything that is deleted with the credentials, for people.
#[derive(Default)]
pub(super) struct Fallen {
    /// True if a credential was deleted.
    pub deletes: bool,
    pub references: Vec<String>,
    pub grants: Vec<String>,
}

impl Fallen {
    /// Names what is deleted too, and the command that brings everything back.
    pub fn tell(&self, settings: &Settings, ui: &Ui, dry_run: bool) {
        if !answer::is_for_people(settings) {
            return;
        }
        let would = if dry_run { "would be deleted too" } else { "deleted too" };
        for (what, names) in [("references", &self.references), ("grants", &self.grants)] {
            if !names.is_empty() {
                ui.notice(&format!("{would}: {what}: {}", answer::few(names)));
            }
        }
        if self.deletes && !dry_run {
            answer::undo_hint(settings, ui);
        }
    }
}
