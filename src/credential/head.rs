//! What a credential is beside the fields of its type: what a list is made of.

use chrono::{DateTime, Utc};

use super::grant::Grant;
use super::stamp::Stamp;
use crate::kind::Kind;
use crate::time;
use crate::value::{Object, Value};

/// The tag that names the login which a credential belongs to.
pub const LOGIN: &str = "login";

/// A credential without the fields of its type: what a list is made of.
#[derive(Debug, Clone, PartialEq)]
pub struct Head {
    /// The key: 1 to 127 visible characters.
    pub id: String,
    /// The type.
    pub kind: &'static Kind,
    /// What every credential has.
    pub envelope: Envelope,
    /// Who changed it and when.
    pub stamp: Stamp,
}

/// What every credential has beside the fields of its type.
#[derive(Debug, Clone, PartialEq)]
pub struct Envelope {
    /// What a connector connects to.
    pub connector_type: Option<String>,
    /// A name for people.
    pub name: String,
    /// The project it belongs to; `admin` is global.
    pub project: String,
    /// Pairs of name and value.
    pub labels: Vec<Label>,
    /// True if it may be used at all.
    pub enabled: bool,
    /// What it is for.
    pub description: Option<String>,
    /// Id of a throttle policy.
    pub throttle_policy: Option<String>,
    /// First instant at which it may be used.
    pub valid_from: Option<DateTime<Utc>>,
    /// First instant at which it may no longer be used.
    pub valid_until: Option<DateTime<Utc>>,
    /// Names with a text each.
    pub tags: Object,
    /// What another system keeps about it.
    pub resource_metadata: Option<Value>,
    /// Where servers log firewall auditing.
    pub auditing_settings: Option<Value>,
    /// What it was granted to, in order; grants that have expired among them.
    pub access: Vec<Grant>,
}

/// A pair of name and value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Label {
    /// What the label is about.
    pub name: String,
    /// What it says.
    pub value: String,
}

/// Whether a credential may be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// It may.
    Ok,
    /// It was switched off.
    Disabled,
    /// Its time has not come.
    NotYetValid,
    /// Its time is over.
    Expired,
}

impl State {
    /// The state's name in every output.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Ok => "Ok",
            Self::Disabled => "Disabled",
            Self::NotYetValid => "NotYetValid",
            Self::Expired => "Expired",
        }
    }
}

impl Head {
    /// Returns whether it may be used at an instant: from `validFrom` on, and no longer at `validUntil`.
    #[must_use]
    pub fn state(&self, now: DateTime<Utc>) -> State {
        self.envelope.state(now)
    }

    /// Returns true if a condition such as `--if-match` names the current version: its etag, bare or as
    /// `W/"etag"`, or `*`.
    #[must_use]
    pub fn matches(&self, condition: &str) -> bool {
        let bare = condition.strip_prefix("W/").unwrap_or(condition).trim_matches('"');
        condition == "*" || bare == self.stamp.etag.to_string()
    }
}

impl Envelope {
    /// Returns whether a credential with this envelope may be used at an instant.
    #[must_use]
    pub fn state(&self, now: DateTime<Utc>) -> State {
        if !self.enabled {
            State::Disabled
        } else if self.valid_from.is_some_and(|from| now < from) {
            State::NotYetValid
        } else if self.valid_until.is_some_and(|until| now >= until) {
            State::Expired
        } else {
            State::Ok
        }
    }

    /// The envelope as members under canonical names; what is not set is left out.
    #[must_use]
    pub fn members(&self) -> Object {
        let mut members = Object::new();
        let mut optional = |name: &str, value: Option<Value>| {
            if let Some(value) = value {
                members.insert(name, value);
            }
        };
        optional("connectorType", self.connector_type.as_deref().map(Value::text));
        optional("name", Some(Value::text(self.name.as_str())));
        optional("project", Some(Value::text(self.project.as_str())));
        optional("labels", (!self.labels.is_empty()).then(|| label_values(&self.labels)));
        optional("enabled", Some(Value::Bool(self.enabled)));
        optional("description", self.description.as_deref().map(Value::text));
        optional("throttlePolicy", self.throttle_policy.as_deref().map(Value::text));
        optional("validFrom", self.valid_from.map(|at| Value::text(time::format(at))));
        optional("validUntil", self.valid_until.map(|at| Value::text(time::format(at))));
        optional("tags", (!self.tags.is_empty()).then(|| self.tags.clone().into()));
        optional("resourceMetadata", self.resource_metadata.clone());
        optional("auditingSettings", self.auditing_settings.clone());
        members
    }
}

/// Labels as documents hold them.
#[must_use]
pub fn label_values(labels: &[Label]) -> Value {
    let label = |label: &Label| {
        Value::from(Object::from_iter([
            ("name", Value::text(label.name.as_str())),
            ("value", Value::text(label.value.as_str())),
        ]))
    };
    Value::List(labels.iter().map(label).collect())
}
