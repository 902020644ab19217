//! The grants of a credential: to API proxies and groups of them, each until a time or for good.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::act::{ADMIN, Act};
use super::judge::normalised;
use super::violation::Violations;
use crate::kind::rule::text;
use crate::time;
use crate::value::{Object, Value};

/// A permission to use a credential.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Grant {
    /// The proxy or group that may use the credential.
    pub to: Grantee,
    /// The project that the grant comes from; a proxy of the same name in another project is another proxy.
    pub project: String,
    /// First instant at which the grant no longer holds.
    pub expires: Option<DateTime<Utc>>,
    /// The instant of the grant.
    pub granted_at: DateTime<Utc>,
    /// The id of the operator who granted it.
    pub granted_by: Uuid,
}

/// An API proxy, or a group of them, by its name.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Grantee {
    /// The kind: a proxy or a group.
    pub kind: GranteeKind,
    /// The name, 1 to 127 characters.
    pub name: String,
}

/// The kind of a grantee.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum GranteeKind {
    /// One API proxy.
    ApiProxy,
    /// A group of API proxies.
    ApiProxyGroup,
}

impl GranteeKind {
    /// Returns the name of the kind in every document.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::ApiProxy => "API_PROXY",
            Self::ApiProxyGroup => "API_PROXY_GROUP",
        }
    }

    /// Reads the name in any letter case.
    #[must_use]
    pub fn find(name: &str) -> Option<Self> {
        [Self::ApiProxy, Self::ApiProxyGroup].into_iter().find(|kind| kind.name().eq_ignore_ascii_case(name))
    }
}

/// Members of a grant in a request, with those that an answer shows, because they may come back.
const KNOWN: [&str; 6] = ["name", "type", "expireTime", "project", "grantedAt", "grantedBy"];

impl Grantee {
    /// Makes a grantee from its name, which is kept in Unicode form NFC.
    ///
    /// # Errors
    /// Fails if the text is not a valid name.
    pub fn new(kind: GranteeKind, name: &str) -> Result<Self, Violations> {
        Ok(Self { kind, name: normalised(&text::NAME, "name", name)? })
    }

    /// Reads `{"name", "type", "expireTime"?}`.
    ///
    /// # Errors
    /// Members that are missing, unknown or malformed.
    pub fn read(entry: &Object) -> Result<(Self, Option<DateTime<Utc>>), Violations> {
        let text = |name: &str| match entry.get(name) {
            None | Some(Value::Null) => Ok(None),
            Some(Value::Text(text)) => Ok(Some(text.expose())),
            Some(other) => Err(Violations::one(name, format!("must be a text, not {}", other.shape()))),
        };
        if let Some((name, _)) = entry.iter().find(|(name, _)| !KNOWN.contains(name)) {
            return Err(Violations::one(
                name.chars().take(64).collect::<String>(),
                "unknown member of a grant",
            ));
        }
        let kind = text("type")?.ok_or_else(|| Violations::one("type", "is required"))?;
        let kind = GranteeKind::find(kind)
            .ok_or_else(|| Violations::one("type", "must be API_PROXY or API_PROXY_GROUP"))?;
        let name = text("name")?.ok_or_else(|| Violations::one("name", "is required"))?;
        let expires = text("expireTime")?.map(time::parse).transpose();
        let expires = expires.map_err(|reason| Violations::one("expireTime", reason.to_string()))?;
        Ok((Self::new(kind, name)?, expires))
    }
}

impl Grant {
    /// Returns true if the grant counts for a project: its own grants and those from `admin`; for `admin`,
    /// all.
    #[must_use]
    pub fn reaches(&self, project: &str) -> bool {
        project == ADMIN || self.project == project || self.project == ADMIN
    }

    /// Returns true if the grant holds at an instant.
    #[must_use]
    pub fn holds(&self, now: DateTime<Utc>) -> bool {
        self.expires.is_none_or(|expires| now < expires)
    }

    /// Reads a grant as [`Self::document`] shows it. If its time or its author is missing or not readable,
    /// the grant counts as made now, by the actor of `act`.
    ///
    /// # Errors
    /// A grantee, type or end that is missing or malformed, or unknown members.
    pub fn read(entry: &Object, act: &Act) -> Result<Self, Violations> {
        let (to, expires) = Grantee::read(entry)?;
        let text = |name: &str| entry.get(name).and_then(Value::as_text).map(|text| text.expose().to_owned());
        let project = text("project").filter(|_| act.project == ADMIN);
        Ok(Self {
            to,
            project: project.unwrap_or_else(|| act.project.clone()),
            expires,
            granted_at: text("grantedAt").and_then(|at| time::parse(&at).ok()).unwrap_or(act.now),
            granted_by: text("grantedBy").and_then(|by| by.parse().ok()).unwrap_or(act.actor),
        })
    }

    /// Returns the grant as documents and answers have it.
    #[must_use]
    pub fn document(&self) -> Object {
        let mut shown = Object::from_iter([
            ("name", Value::text(self.to.name.as_str())),
            ("type", Value::text(self.to.kind.name())),
            ("project", Value::text(self.project.as_str())),
        ]);
        if let Some(expires) = self.expires {
            shown.insert("expireTime", Value::text(time::format(expires)));
        }
        shown.insert("grantedAt", Value::text(time::format(self.granted_at)));
        shown.insert("grantedBy", Value::text(self.granted_by.to_string()));
        shown
    }
}
