//! The head of a credential: everything beside the fields of its type. A list is made of heads.

use chrono::{DateTime, Utc};

use super::grant::Grant;
use super::stamp::Stamp;
use crate::kind::Kind;
use crate::time;
use crate::value::{Object, Value};

/// The tag that names the login which a credential belongs to.
pub const LOGIN: &str = "login";

/// A credential without the fields of its type, as a list has it.
#[derive(Debug, Clone, PartialEq)]
pub struct Head {
    /// The key: 1 to 127 visible characters.
    pub id: String,
    /// The type.
    pub kind: &'static Kind,
    /// The members that every credential has.
    pub envelope: Envelope,
    /// The record of who changed the credential, and when.
    pub stamp: Stamp,
}

/// The members that every credential has beside the fields of its type.
#[derive(Debug, Clone, PartialEq)]
pub struct Envelope {
    /// The system that a connector connects to.
    pub connector_type: Option<String>,
    /// A name for people.
    pub name: String,
    /// The project that the credential belongs to; `admin` is global.
    pub project: String,
    /// Pairs of name and value.
    pub labels: Vec<Label>,
    /// True if the credential may be used at all.
    pub enabled: bool,
    /// A description of its purpose.
    pub description: Option<String>,
    /// Id of a throttle policy.
    pub throttle_policy: Option<String>,
    /// First instant at which the credential may be used.
    pub valid_from: Option<DateTime<Utc>>,
    /// First instant at which the credential may no longer be used.
    pub valid_until: Option<DateTime<Utc>>,
    /// Names with a text each.
    pub tags: Object,
    /// Data that another system keeps about the credential.
    pub resource_metadata: Option<Value>,
    /// The place where servers log firewall auditing.
    pub auditing_settings: Option<Value>,
    /// The grants, in order; grants that have expired are among them.
    pub access: Vec<Grant>,
}

/// A pair of name and value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Label {
    /// The subject of the label.
    pub name: String,
    /// The text of the label.
    pub value: String,
}

/// The state of a credential: usable, or the reason why it must not be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// A credential that may be used.
    Ok,
    /// A credential that was switched off.
    Disabled,
    /// A credential whose time has not come.
    NotYetValid,
    /// A credential whose time is over.
    Expired,
}

impl State {
    /// Returns the state's name in every output.
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
    /// Returns the state at an instant: usable from `validFrom` on, and no longer at `validUntil`.
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
    /// Returns the state, at an instant, of a credential with this envelope.
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

    /// Returns the envelope as members under canonical names; what is not set is left out.
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

/// Returns labels as documents hold them.
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
