//! Policies that credentials depend on: the most calls in a period, or the place where calls go.

use super::document::{MemberReader, Resident, document};
use crate::credential::Violations;
use crate::kind::rule::text::{ID, LINE, NAME, NONEMPTY};
use crate::value::{Object, Value};
use crate::vault::wire::Section;

/// A policy by its id.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Policy {
    /// The id: 1 to 127 visible characters.
    pub id: String,
    /// A description of its purpose.
    pub description: String,
    /// The rule that the policy sets.
    pub rule: PolicyRule,
}

/// The rule that a policy sets.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PolicyRule {
    /// A limit of so many calls in a period.
    Throttle {
        /// The period.
        period: Period,
        /// The number of calls, from 1 on.
        value: u64,
    },
    /// A route: calls go elsewhere.
    Route {
        /// The place where calls go.
        to: String,
    },
}

/// A span of time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Period {
    /// A second.
    Second,
    /// A minute.
    Minute,
    /// An hour.
    Hour,
    /// A day.
    Day,
}

impl Period {
    /// Every period.
    pub const ALL: [Self; 4] = [Self::Second, Self::Minute, Self::Hour, Self::Day];

    /// Returns the name of the period in documents.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Second => "second",
            Self::Minute => "minute",
            Self::Hour => "hour",
            Self::Day => "day",
        }
    }
}

impl Policy {
    /// Returns the type of the policy: `throttle` or `route`.
    #[must_use]
    pub fn kind(&self) -> &'static str {
        match self.rule {
            PolicyRule::Throttle { .. } => "throttle",
            PolicyRule::Route { .. } => "route",
        }
    }
}

impl Resident for Policy {
    const SECTION: Section = Section::Policies;
    const NAME: &str = "policy";

    fn key(&self) -> (&str, &str) {
        (&self.id, "")
    }

    fn document(&self) -> Object {
        let (period, value, to) = match &self.rule {
            PolicyRule::Throttle { period, value } => (Some(period.name()), Some(*value), None),
            PolicyRule::Route { to } => (None, None, Some(to.as_str())),
        };
        document([
            ("id", Some(Value::text(self.id.as_str()))),
            ("type", Some(Value::text(self.kind()))),
            ("description", Some(Value::text(self.description.as_str()))),
            ("period", period.map(Value::text)),
            ("value", value.map(Value::from)),
            ("routeTo", to.map(Value::text)),
        ])
    }

    fn read(members: Object) -> Result<Self, Violations> {
        let mut reader = MemberReader::new(members);
        let id = reader.required("id", &ID);
        let description = reader.required("description", &NONEMPTY);
        let kind = reader.required("type", &LINE);
        let rule = match kind.as_str() {
            "route" => PolicyRule::Route { to: reader.required("routeTo", &NAME) },
            // also without a type, so that what else is wrong is reported with it
            kind => {
                // `required` has noted a type that is missing
                if !matches!(kind, "throttle" | "") {
                    reader.wrong("type", "must be throttle or route");
                }
                let name = reader.required("period", &LINE);
                let period = Period::ALL.into_iter().find(|period| period.name() == name);
                if period.is_none() && !name.is_empty() {
                    reader.wrong("period", "must be second, minute, hour or day");
                }
                let given = reader.members.get("value").is_some();
                let value = reader.number("value");
                if !given || value == Some(0) {
                    reader.wrong("value", "must be a whole number from 1 on");
                }
                // the stand-ins are never seen: `finish` fails, because something was noted
                PolicyRule::Throttle { period: period.unwrap_or(Period::Second), value: value.unwrap_or(1) }
            }
        };
        reader.finish(Self { id, description, rule })
    }
}
