//! A single value of the envelope, by its kind and not as text.

use std::borrow::Cow;
use std::cmp::Ordering;

use chrono::{DateTime, Utc};

use crate::time;
use crate::value::Value;

/// One value, comparable with another of the same member.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Scalar<'a> {
    /// A text, compared by its bytes.
    Text(Cow<'a, str>),
    /// True or false.
    Flag(bool),
    /// A whole number.
    Number(u64),
    /// A point in time.
    Instant(DateTime<Utc>),
}

impl<'a> Scalar<'a> {
    /// Makes a text that is not copied.
    #[must_use]
    pub fn text(text: &'a str) -> Self {
        Self::Text(Cow::Borrowed(text))
    }

    /// Compares two values of one member. Values of different kinds have no order.
    #[must_use]
    pub fn compare(&self, other: &Scalar<'_>) -> Option<Ordering> {
        match (self, other) {
            (Self::Text(one), Scalar::Text(two)) => Some(one.as_bytes().cmp(two.as_bytes())),
            (Self::Flag(one), Scalar::Flag(two)) => Some(one.cmp(two)),
            (Self::Number(one), Scalar::Number(two)) => Some(one.cmp(two)),
            (Self::Instant(one), Scalar::Instant(two)) => Some(one.cmp(two)),
            _ => None,
        }
    }

    /// Returns the value as a text of an answer.
    #[must_use]
    pub fn into_text(self) -> Cow<'a, str> {
        match self {
            Self::Text(text) => text,
            Self::Flag(flag) => Cow::Borrowed(if flag { "true" } else { "false" }),
            Self::Number(number) => number.to_string().into(),
            Self::Instant(instant) => time::format(instant).into(),
        }
    }
}

impl From<Scalar<'_>> for Value {
    fn from(scalar: Scalar<'_>) -> Self {
        match scalar {
            Scalar::Flag(flag) => Self::Bool(flag),
            Scalar::Number(number) => number.into(),
            scalar => Self::text(scalar.into_text().into_owned()),
        }
    }
}
