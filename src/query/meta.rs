//! The members that every credential has, as things to compare: by their kind, not as text.

use std::borrow::Cow;

use chrono::{DateTime, SecondsFormat, Utc};

use crate::credential::{EnvelopeMember, Head, MEMBERS, Scalar};
use crate::text::compose;
use crate::time;

/// A member of the envelope with one value.
#[derive(Debug, Clone, Copy)]
pub(super) struct Meta(&'static EnvelopeMember);

impl Meta {
    /// The id, which the table has first.
    pub(super) const ID: Self = Self(&MEMBERS[0]);

    /// Finds the member of this name or of an alias that documents may use.
    pub(super) fn find(name: &str) -> Option<Self> {
        let name = match name.strip_prefix("metadata.") {
            // Astra's answers have these
            Some("creationTimestamp") => "createdAt",
            Some("modificationTimestamp") => "updatedAt",
            Some(name @ ("createdBy" | "modifiedBy")) => name,
            _ => name,
        };
        EnvelopeMember::find(name).filter(|member| member.is_scalar()).map(Self)
    }

    /// Returns the table's entry of the member.
    pub(super) fn member(self) -> &'static EnvelopeMember {
        self.0
    }

    /// Returns the canonical name of the member.
    pub(super) fn name(self) -> &'static str {
        self.0.name()
    }

    /// Returns the value of the member, if it is set.
    pub(super) fn read(self, head: &Head, now: DateTime<Utc>) -> Option<Scalar<'_>> {
        self.0.scalar(head, now)
    }

    /// Reads a text as a value of this member.
    ///
    /// # Errors
    /// Fails with a description of the text that is expected instead.
    pub(super) fn parse(self, text: &str) -> Result<Scalar<'static>, Cow<'static, str>> {
        if self.0.is_flag() {
            text.to_ascii_lowercase().parse().map(Scalar::Flag).map_err(|_| "must be true or false".into())
        } else if self.0.is_number() {
            text.parse().map(Scalar::Number).map_err(|_| "must be a whole number from 0 on".into())
        } else if self.0.composed {
            Ok(Scalar::Text(compose(text).into_owned().into()))
        } else if self.0.is_text() {
            Ok(Scalar::Text(text.to_owned().into()))
        } else {
            time::parse(text).map(Scalar::Instant).map_err(|error| error.to_string().into())
        }
    }
}

impl PartialEq for Meta {
    fn eq(&self, other: &Self) -> bool {
        self.name() == other.name()
    }
}

impl Eq for Meta {}

/// Returns the text that [`Meta::parse`] reads as the same value.
pub(super) fn exact(value: Scalar<'_>) -> String {
    match value {
        // all digits: a rounded instant would lie before or after the credential itself
        Scalar::Instant(instant) => instant.to_rfc3339_opts(SecondsFormat::Nanos, true),
        value => value.into_text().into_owned(),
    }
}
