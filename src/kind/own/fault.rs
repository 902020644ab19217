//! Everything that is wrong with a definition, each fault with its place.

use std::fmt;

/// A fault of one member of a definition.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DefinitionFault {
    /// The path of the member: `name`, `field[2].pattern`.
    pub path: String,
    /// The reason, as a clause that follows the path.
    pub reason: String,
}

/// All faults of a definition.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct DefinitionFaults(Vec<DefinitionFault>);

impl DefinitionFaults {
    pub(super) fn add(&mut self, path: impl Into<String>, reason: impl Into<String>) {
        self.0.push(DefinitionFault { path: path.into(), reason: reason.into() });
    }

    /// Returns each fault, in the order of the members.
    pub fn iter(&self) -> impl Iterator<Item = &DefinitionFault> {
        self.0.iter()
    }

    pub(super) fn or<T>(self, value: T) -> Result<T, Self> {
        if self.0.is_empty() { Ok(value) } else { Err(self) }
    }
}

impl fmt::Display for DefinitionFaults {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, fault) in self.0.iter().enumerate() {
            let separator = if index == 0 { "" } else { "; " };
            write!(f, "{separator}{}: {}", fault.path, fault.reason)?;
        }
        Ok(())
    }
}

impl std::error::Error for DefinitionFaults {}
