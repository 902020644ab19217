//! The mark of a credential whose secrets must be replaced, and the change that takes it off.

use super::difference::{FieldChange, Part, differences};
use super::path::is_at;
use super::whole::Credential;

impl Credential {
    /// Takes the mark off if the change replaced a secret of the stored credential, or left none of them. Returns
    /// the paths of those that are still the same after such a change.
    pub(super) fn rotate(&mut self, stored: &Self, changes: &[FieldChange]) -> Vec<String> {
        if !self.head.stamp.rotate_required {
            return Vec::new();
        }
        let is_secret = |part: &Option<Part>| *part == Some(Part::Secret);
        let is_replaced = |change: &FieldChange| is_secret(&change.before) && is_secret(&change.after);
        let mut same = stored.secret_paths();
        // a part of a structured secret has a longer path than the whole
        same.retain(|path| !changes.iter().any(|change| is_at(&change.path, path)));
        if !same.is_empty() && !changes.iter().any(is_replaced) {
            return Vec::new();
        }
        self.head.stamp.rotate_required = false;
        same
    }

    /// Takes the mark off as [`Self::rotate`] does, after a change of the attachments.
    pub(super) fn rotate_attachments(&mut self, stored: &Self) {
        if self.head.stamp.rotate_required {
            self.rotate(stored, &differences(Some(stored), self));
        }
    }

    /// Keeps the mark of the stored credential if a secret of it is still here.
    pub(crate) fn keep_mark(&mut self, stored: &Self) {
        if stored.head.stamp.rotate_required && !self.head.stamp.rotate_required {
            self.head.stamp.rotate_required = true;
            self.rotate(stored, &differences(Some(stored), self));
        }
    }

    /// Returns the paths of the secrets that are set, attachments among them.
    fn secret_paths(&self) -> Vec<String> {
        let files = self.attachments.iter().map(|attachment| format!("attachments.{}", attachment.name));
        self.secret_names().into_iter().chain(files).collect()
    }
}
