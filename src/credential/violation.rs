//! Every way in which a credential can be wrong, collected so that all are told at once.

use std::borrow::Cow;
use std::fmt;

/// One thing that is wrong with one member.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Violation {
    /// Path of the member: `username`, `keyStore.apikey`, `labels[0].value`.
    pub name: String,
    /// The reason, as a clause that follows the name: what the member must be like. Never holds the value.
    pub reason: Cow<'static, str>,
}

/// Everything that is wrong; empty when nothing is.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Violations(Vec<Violation>);

impl Violations {
    /// Adds a violation.
    pub fn add(&mut self, name: impl Into<String>, reason: impl Into<Cow<'static, str>>) {
        self.0.push(Violation { name: name.into(), reason: reason.into() });
    }

    /// Adds the violations of another judge.
    pub fn extend(&mut self, others: Self) {
        self.0.extend(others.0);
    }

    /// Returns true if nothing is wrong.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Returns each thing that is wrong, in the order of the members.
    pub fn iter(&self) -> impl Iterator<Item = &Violation> {
        self.0.iter()
    }

    /// Returns the value if nothing is wrong.
    ///
    /// # Errors
    /// Everything that is wrong.
    pub fn or<T>(self, value: T) -> Result<T, Self> {
        if self.is_empty() { Ok(value) } else { Err(self) }
    }

    /// Moves the violations to members inside another one, which has this path.
    #[must_use]
    pub fn within(mut self, path: &str) -> Self {
        for violation in &mut self.0 {
            violation.name = format!("{path}.{}", violation.name);
        }
        self
    }

    /// Renames the members to the names that a system has for them: canonical ones come first in each pair.
    #[must_use]
    pub fn spelled(mut self, names: &[(&str, &str)]) -> Self {
        for violation in &mut self.0 {
            let (first, rest) =
                violation.name.split_at(violation.name.find(['.', '[']).unwrap_or(violation.name.len()));
            if let Some((_, own)) = names.iter().find(|(canonical, _)| *canonical == first) {
                violation.name = format!("{own}{rest}");
            }
            for (canonical, own) in names {
                // `validFrom` in a reason is the whole word
                let words =
                    violation.reason.split(' ').map(|word| if word == *canonical { own } else { word });
                violation.reason = words.collect::<Vec<_>>().join(" ").into();
            }
        }
        self
    }

    /// Makes violations with exactly one thing that is wrong.
    #[must_use]
    pub fn one(name: impl Into<String>, reason: impl Into<Cow<'static, str>>) -> Self {
        // no room for more: a document may have many items with one violation each
        Self(vec![Violation { name: name.into(), reason: reason.into() }])
    }
}

impl fmt::Display for Violations {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, violation) in self.0.iter().enumerate() {
            let separator = if index == 0 { "" } else { "; " };
            write!(f, "{separator}{}: {}", violation.name, violation.reason)?;
        }
        Ok(())
    }
}

impl std::error::Error for Violations {}
