//! The values that a change gives or changes: warnings are about them only, because the operator has read the others
//! before.

use super::judge::{Gate, ValueWarning};
use super::path::is_at;
use super::violation::Violations;
use super::whole::Credential;
use crate::value::Object;

/// A change, as far as it says which values it touches.
#[derive(Clone, Copy)]
pub(super) struct Touched<'a> {
    /// The credential before the change; a new one has none.
    pub(super) stored: Option<&'a Credential>,
    /// The names of the members and the paths of the leaves that are given.
    pub(super) given: &'a [String],
}

impl Touched<'_> {
    /// The change that makes a credential of nothing.
    pub(super) const ALL: Self = Self { stored: None, given: &[] };

    /// Returns true if any of these members is given, or differs from the stored one.
    pub(super) fn has_any(&self, names: &[&str], fields: &Object) -> bool {
        let Some(stored) = self.stored else { return true };
        let is_given = |name: &str| self.given.iter().any(|given| is_at(name, given));
        names.iter().any(|&name| is_given(name) || stored.fields.get(name) != fields.get(name))
    }
}

impl Gate<'_> {
    /// Makes notices of the warnings about the values that the change touches.
    pub(super) fn tell_warnings(&mut self, touched: &Touched<'_>) {
        let stored = touched.stored.filter(|_| !self.warnings.is_empty());
        let known = stored.map(warnings).unwrap_or_default();
        for ValueWarning { path, text, warning } in std::mem::take(&mut self.warnings) {
            let is_given = touched.given.iter().any(|given| is_at(given, &path));
            let is_known = known.iter().any(|known| is_at(member(&path), &known.path) && known.text == text);
            if is_given || !is_known {
                self.notices.push(format!("{path}: {warning}"));
            }
        }
    }
}

/// Returns the warnings about the values of a stored credential.
fn warnings(stored: &Credential) -> Vec<ValueWarning> {
    let kind = stored.head.kind;
    let (violations, mut notices) = (Violations::default(), Vec::new());
    let mut gate = Gate { kind, violations, notices: &mut notices, warnings: Vec::new() };
    let mut members = stored.members();
    for field in kind.members() {
        if let Some(value) = members.remove(field.name) {
            gate.judge(field.shape, field.name, value);
        }
    }
    gate.warnings
}

/// Returns the member that a path leads to or into.
fn member(path: &str) -> &str {
    path.split(['.', '[']).next().unwrap_or(path)
}
