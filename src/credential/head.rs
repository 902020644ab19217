//! The head of a credential: everything beside the fields of its type. A list is made of heads.

use chrono::{DateTime, Utc};

use super::grant::Grant;
use super::stamp::Stamp;
use crate::kind::Kind;
use crate::text::PublicText;
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
    pub description: Option<PublicText>,
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
    pub name: PublicText,
    /// The text of the label.
    pub value: PublicText,
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
}

impl Default for Envelope {
    /// Returns the envelope of an enabled credential, with every other member unset.
    fn default() -> Self {
        Self {
            connector_type: None,
            name: String::new(),
            project: String::new(),
            labels: Vec::new(),
            enabled: true,
            description: None,
            throttle_policy: None,
            valid_from: None,
            valid_until: None,
            tags: Object::new(),
            resource_metadata: None,
            auditing_settings: None,
            access: Vec::new(),
        }
    }
}

/// Returns labels as documents hold them.
#[must_use]
pub fn label_values(labels: &[Label]) -> Value {
    let label = |label: &Label| {
        Value::from(Object::from_iter([
            ("name", Value::text(label.name.clone())),
            ("value", Value::text(label.value.clone())),
        ]))
    };
    Value::List(labels.iter().map(label).collect())
}

/// Reads labels from a document. Skips whatever is no label.
pub(super) fn labels_of(value: &Value) -> Vec<Label> {
    let part = |label: &Object, name: &str| label.get(name)?.as_text().cloned().map(PublicText::from);
    let labels = value.as_list().unwrap_or_default().iter().filter_map(Value::as_object);
    labels
        .filter_map(|label| Some(Label { name: part(label, "name")?, value: part(label, "value")? }))
        .collect()
}
