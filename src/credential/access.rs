//! Granting a credential and taking grants back, and which grants hold.

use chrono::{DateTime, Utc};

use super::act::{ADMIN, Act};
use super::difference::{FieldChange, Part};
use super::grant::{Grant, Grantee};
use super::head::Envelope;
use super::whole::Credential;
use crate::time;

impl Credential {
    /// Grants the credential, until a time or for good. A grant that exists gets the new time. A grant that
    /// has ended is as good as revoked, so a new one with an end in the past is not added.
    /// Returns true if anything changed.
    pub fn grant(&mut self, to: Grantee, expires: Option<DateTime<Utc>>, act: &Act) -> bool {
        let access = &mut self.head.envelope.access;
        let there =
            |grant: &&mut Grant| grant.to == to && grant.project == act.project && grant.holds(act.now);
        if let Some(grant) = access.iter_mut().find(there) {
            let changed = grant.expires != expires;
            grant.expires = expires;
            if changed {
                self.renew_etag();
            }
            return changed;
        }
        if expires.is_some_and(|end| end <= act.now) {
            return false;
        }
        access.retain(|grant| grant.holds(act.now));
        access.push(Grant {
            to,
            project: act.project.clone(),
            expires,
            granted_at: act.now,
            granted_by: act.actor,
        });
        access.sort_by(|a, b| (&a.to, &a.project).cmp(&(&b.to, &b.project)));
        self.renew_etag();
        true
    }

    /// Sets the grants of a credential from an export: those that it had and that still hold, and no others.
    pub fn adopt_grants(&mut self, grants: Vec<Grant>, act: &Act) {
        let access = &mut self.head.envelope.access;
        access.clear();
        for grant in grants.into_iter().filter(|grant| grant.holds(act.now)) {
            // a document may name one grantee twice; the last grant counts
            access.retain(|known| known.to != grant.to || known.project != grant.project);
            access.push(grant);
        }
        access.sort_by(|a, b| (&a.to, &a.project).cmp(&(&b.to, &b.project)));
    }

    /// Revokes a grant. A project revokes its own one. `admin`, and the project that the credential belongs
    /// to, revoke those of every project.
    /// Returns true if there was one that held.
    pub fn revoke(&mut self, to: &Grantee, act: &Act) -> bool {
        let owns = act.project == ADMIN || act.project == self.head.envelope.project;
        let access = &mut self.head.envelope.access;
        let meant = |grant: &Grant| grant.to == *to && (owns || grant.project == act.project);
        let there = access.iter().any(|grant| meant(grant) && grant.holds(act.now));
        access.retain(|grant| !meant(grant) && grant.holds(act.now));
        if there {
            self.renew_etag();
        }
        there
    }

    /// Takes over from the stored credential what no draft gives: its attachments, and the grants that have not
    /// expired.
    pub(super) fn keep_ungiven(&mut self, stored: Option<&Self>, act: &Act) {
        let granted = stored.map(|stored| stored.head.envelope.granted(act.now).cloned().collect());
        self.head.envelope.access = granted.unwrap_or_default();
        self.attachments = stored.map(|stored| stored.attachments.clone()).unwrap_or_default();
    }
}

impl Envelope {
    /// Returns the differences between these grants and earlier ones, as far as they hold at an instant. The path
    /// of a grant is `access.NAME`.
    #[must_use]
    pub fn access_differences(&self, earlier: &[Grant], now: DateTime<Utc>) -> Vec<FieldChange> {
        let same = |one: &Grant, other: &Grant| one.to == other.to && one.project == other.project;
        let holding = || earlier.iter().filter(|grant| grant.holds(now));
        let change = |grant: &Grant, before: Option<&Grant>, after: Option<&Grant>| FieldChange {
            path: format!("access.{}", grant.to.name),
            before: before.map(shown),
            after: after.map(shown),
        };
        let gone = holding().filter(|old| !self.granted(now).any(|new| same(old, new)));
        let gone = gone.map(|old| change(old, Some(old), None));
        let others = self.granted(now).filter_map(|new| {
            let before = holding().find(|old| same(old, new));
            let is_same = before.is_some_and(|old| old.expires == new.expires);
            (!is_same).then(|| change(new, before, Some(new)))
        });
        gone.chain(others).collect()
    }

    /// Returns the grants that hold at an instant.
    pub fn granted(&self, now: DateTime<Utc>) -> impl Iterator<Item = &Grant> {
        self.access.iter().filter(move |grant| grant.holds(now))
    }

    /// Returns the grants that hold at an instant and were made in a project; `admin` gets those of all.
    pub fn granted_in(&self, project: &str, now: DateTime<Utc>) -> impl Iterator<Item = &Grant> {
        self.granted(now).filter(move |grant| project == ADMIN || grant.project == project)
    }
}

fn shown(grant: &Grant) -> Part {
    let until = grant.expires.map(|end| format!(" until {}", time::format(end))).unwrap_or_default();
    Part::Public(format!("{}{until}", grant.to.kind.name()).into())
}
