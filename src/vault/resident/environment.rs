//! Environments: the places where the credentials of a vault are consumed, each by a bundle of its own.

use chrono::{DateTime, Utc};

use super::document::{MemberReader, Resident, document};
use crate::credential::{ADMIN, Grant, Grantee, GranteeKind, Head, State, Violations};
use crate::kind::rule::text::{LINE, NAME, NONEMPTY, PROJECT};
use crate::value::{Object, Value};
use crate::vault::wire::Section;

/// The longest name: it stands in the first line of the bundle.
const MAX_NAME: usize = 63;

/// An environment by its name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Environment {
    /// The name: 1 to 63 letters, digits, `.`, `_` and `-`.
    pub name: String,
    /// The project whose credentials the environment gets; from `admin` those of all.
    pub project: String,
    /// The recipients that can open its bundle.
    pub recipients: Vec<String>,
    /// The path of its bundle, which is absolute.
    pub out: String,
    /// The proxies and groups that its bundle serves; none means that it gets everything.
    pub grantees: Vec<Grantee>,
}

impl Environment {
    /// Returns true if a credential goes into the bundle: one that may be used now or later, of the
    /// project, and granted to what the environment serves.
    #[must_use]
    pub fn takes(&self, head: &Head, now: DateTime<Utc>) -> bool {
        let own = |project: &str| self.project == ADMIN || project == self.project || project == ADMIN;
        matches!(head.state(now), State::Ok | State::NotYetValid)
            && own(&head.envelope.project)
            && (self.grantees.is_empty() || head.envelope.access.iter().any(|grant| self.serves(grant, now)))
    }

    /// Returns true if the bundle contains a grant: one that holds, in the project, to what the environment
    /// serves.
    #[must_use]
    pub fn serves(&self, grant: &Grant, now: DateTime<Utc>) -> bool {
        grant.holds(now)
            && grant.reaches(&self.project)
            && (self.grantees.is_empty() || self.grantees.contains(&grant.to))
    }

    /// Returns the time when a credential ends inside of the bundle: with itself, or with the last of the
    /// grants that put it there. So a grant that has ended needs no new bundle.
    #[must_use]
    pub fn until(&self, head: &Head, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
        let own = head.envelope.valid_until;
        if self.grantees.is_empty() {
            return own;
        }
        let grants = head.envelope.access.iter().filter(|grant| self.serves(grant, now));
        // none if one of the grants has no end
        let ends: Option<Vec<_>> = grants.map(|grant| grant.expires).collect();
        let last = ends.and_then(|ends| ends.into_iter().max());
        own.into_iter().chain(last).min()
    }

    fn names(&self, kind: GranteeKind) -> Option<Value> {
        let names = self.grantees.iter().filter(|grantee| grantee.kind == kind);
        let names: Vec<_> = names.map(|grantee| grantee.name.as_str()).collect();
        (!names.is_empty()).then(|| Value::texts(names))
    }
}

impl Resident for Environment {
    const SECTION: Section = Section::Environments;
    const NAME: &str = "environment";

    fn key(&self) -> (&str, &str) {
        (&self.name, "")
    }

    fn document(&self) -> Object {
        document([
            ("name", Some(Value::text(self.name.as_str()))),
            ("project", Some(Value::text(self.project.as_str()))),
            ("recipients", Some(Value::texts(self.recipients.iter().map(String::as_str)))),
            ("out", Some(Value::text(self.out.as_str()))),
            ("apiProxies", self.names(GranteeKind::ApiProxy)),
            ("apiProxyGroups", self.names(GranteeKind::ApiProxyGroup)),
        ])
    }

    fn read(members: Object) -> Result<Self, Violations> {
        let mut reader = MemberReader::new(members);
        let name = reader.required("name", &LINE);
        let letter = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '-');
        if name.is_empty()
            || name.len() > MAX_NAME
            || !name.chars().all(letter)
            || name.starts_with(['-', '.'])
        {
            reader.wrong("name", "must be 1 to 63 letters, digits, points, hyphens and underscores");
        }
        let project = reader.required("project", &PROJECT);
        let recipients = reader.texts("recipients", &LINE);
        if recipients.is_empty() {
            reader.wrong("recipients", "must name at least one recipient");
        }
        let out = reader.required("out", &NONEMPTY);
        let mut grantees = Vec::new();
        for (member, kind) in
            [("apiProxies", GranteeKind::ApiProxy), ("apiProxyGroups", GranteeKind::ApiProxyGroup)]
        {
            grantees.extend(reader.texts(member, &NAME).into_iter().map(|name| Grantee { kind, name }));
        }
        // how the last deployment went, which versions up to 0.1.0 noted
        drop(reader.take("lastResult"));
        reader.finish(Self { name, project, recipients, out, grantees })
    }
}
