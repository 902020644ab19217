//! One credential, valid from the moment it exists.
//!
//! A [`Draft`] is what somebody asks for; [`Verb`] says how it meets what is stored; the gate makes
//! a [`Credential`] of the result or tells everything that is wrong with it.

mod change;
mod combine;
mod draft;
mod gate;
mod grant;
mod held;
mod judge;
mod labels;
mod removed;
mod verify;
mod view;
mod violation;

pub use change::{
    ADMIN, Act, Change, ChangeError, Changed, Made, Verb, adopt, change, moved, restore, set_password,
    still_there,
};
pub use draft::{Draft, Target, Withheld};
pub use gate::Rules;
pub(crate) use grant::normalised;
pub use grant::{Grant, Grantee, GranteeKind};
pub use held::Held;
pub use verify::{Claim, Refusal};
pub use view::label_values;
pub use violation::{Violation, Violations};

use chrono::{DateTime, Utc};
use uuid::Uuid;

use crate::kind::Kind;
use crate::value::{Object, Value};

/// Largest revision or generation: the last whole number that every reader of JSON keeps exactly.
pub(crate) const MAX_COUNT: u64 = 1 << 53;

/// A valid credential.
#[derive(Debug, Clone, PartialEq)]
pub struct Credential {
    pub(crate) head: Head,
    pub(crate) fields: Object,
}

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
    /// Whether it may be used at all.
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

/// What credctl itself keeps about a credential and its changes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stamp {
    /// Never used for another credential, also not one of the same id.
    pub instance_id: Uuid,
    /// Changes with everything that an answer about the credential shows, grants and references among it.
    pub etag: Uuid,
    /// 1 after creation, one more after every change.
    pub revision: u64,
    /// When it was created.
    pub created_at: DateTime<Utc>,
    /// Who created it.
    pub created_by: Uuid,
    /// When it was last changed.
    pub updated_at: DateTime<Utc>,
    /// Who last changed it.
    pub modified_by: Uuid,
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

impl Credential {
    /// Everything but the fields of the type.
    #[must_use]
    pub fn head(&self) -> &Head {
        &self.head
    }

    /// The key: 1 to 127 visible characters.
    #[must_use]
    pub fn id(&self) -> &str {
        &self.head.id
    }

    /// The type.
    #[must_use]
    pub fn kind(&self) -> &'static Kind {
        self.head.kind
    }

    /// Notes that something changed which makes no new revision: a grant or a reference.
    pub fn renew_etag(&mut self) {
        self.head.stamp.etag = Uuid::new_v4();
    }

    /// The time when it expires: its own end, or the earliest end of a certificate in it.
    #[must_use]
    pub fn expiry(&self) -> Option<DateTime<Utc>> {
        self.expiring_member().map(|(_, end)| end)
    }

    /// The member that ends first, a fact or `validUntil`, and its end.
    pub(crate) fn expiring_member(&self) -> Option<(&'static str, DateTime<Utc>)> {
        let own = self.head.envelope.valid_until.map(|end| ("validUntil", end));
        let ends = self.facts().into_iter().filter(|fact| fact.name.to_lowercase().ends_with("notafter"));
        let ends = ends.filter_map(|fact| Some((fact.name, crate::time::parse(&fact.text).ok()?)));
        own.into_iter().chain(ends).min_by_key(|(_, end)| *end)
    }

    /// Judges it by today's rules, which may be other ones than when it was made.
    ///
    /// # Errors
    /// Everything that is wrong with it.
    pub fn judge(&self, rules: &Rules<'_>) -> Result<(), Violations> {
        let stamp = self.head.stamp.clone();
        let violations = Violations::default();
        gate::admit(self.head.kind, self.members(), stamp, *rules, violations, &mut Vec::new()).map(drop)
    }

    /// The fields of the type under their canonical names, secrets among them.
    #[must_use]
    pub fn fields(&self) -> &Object {
        &self.fields
    }
}

impl Head {
    /// Whether it may be used at an instant: from `validFrom` on, and no longer at `validUntil`.
    #[must_use]
    pub fn state(&self, now: DateTime<Utc>) -> State {
        self.envelope.state(now)
    }

    /// Whether a condition such as `--if-match` names the current version: its etag, bare or as
    /// `W/"etag"`, or `*`.
    #[must_use]
    pub fn matches(&self, condition: &str) -> bool {
        let bare = condition.strip_prefix("W/").unwrap_or(condition).trim_matches('"');
        condition == "*" || bare == self.stamp.etag.to_string()
    }
}

impl Envelope {
    /// Whether a credential with this envelope may be used at an instant.
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
