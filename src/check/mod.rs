//! Checks of a whole vault: they find faults before somebody is called at night. The checker looks at each
//! credential once. No finding holds a secret.

mod estimate;
mod pairs;
mod secret_age;
mod shared;
#[cfg(any(test, not(feature = "strength")))]
mod simple;
mod strength;

use std::collections::HashSet;

use chrono::{DateTime, Utc};

pub use strength::{Strength, guesses};

use crate::credential::{Credential, Rules, State};
use crate::vault::{self, Contents, Environment, Policy, Reach, Reference, User};
use secret_age::SecretAges;
use shared::{Shared, Twin};

/// A fault that a check found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// The id of the credential. For [`Check::Bundle`] it is the name of the environment.
    pub id: String,
    /// The check that found the fault.
    pub check: Check,
    /// The member that the fault is about, if it is about one.
    pub member: Option<String>,
    /// The fault, as a clause.
    pub detail: String,
}

/// A check of the vault, named after the faults that it finds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Check {
    /// Credentials that today's rules would refuse.
    Rules,
    /// Private keys that are not those of the certificate beside them.
    KeyPair,
    /// Credentials whose time is over, or that hold a certificate whose time is over.
    Expired,
    /// Credentials whose time is over soon. Disabled ones are not reported.
    Expiring,
    /// Credentials that depend on a policy that does not exist.
    Policy,
    /// Credentials that belong to a user who does not exist.
    User,
    /// References to credentials that do not exist, and variables whose references lead to no value.
    Reference,
    /// Secrets that other credentials have too.
    Shared,
    /// Main secrets that can be guessed.
    Weak,
    /// Credentials whose secrets a removed recipient could read, or are older than their type allows.
    Rotation,
    /// Bundles of environments that were not made from the vault as it is now.
    Bundle,
    /// Attachments whose contents are missing, or not those that were attached.
    Attachment,
}

impl Check {
    /// Every check.
    pub const ALL: [Self; 12] = [
        Self::Rules,
        Self::KeyPair,
        Self::Expired,
        Self::Expiring,
        Self::Policy,
        Self::User,
        Self::Reference,
        Self::Shared,
        Self::Weak,
        Self::Rotation,
        Self::Bundle,
        Self::Attachment,
    ];

    /// Returns the name of the check.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Rules => "rules",
            Self::KeyPair => "key-pair",
            Self::Expired => "expired",
            Self::Expiring => "expiring",
            Self::Policy => "policy",
            Self::User => "user",
            Self::Reference => "reference",
            Self::Shared => "shared",
            Self::Weak => "weak",
            Self::Rotation => "rotation",
            Self::Bundle => "bundle",
            Self::Attachment => "attachment",
        }
    }
}

/// The standard by which credentials are judged.
#[derive(Debug, Clone, Copy)]
pub struct Standard<'a> {
    /// The rules of the gate.
    pub rules: Rules<'a>,
    /// The current instant.
    pub now: DateTime<Utc>,
    /// The last instant that counts as soon.
    pub soon: DateTime<Utc>,
    /// The policies that exist.
    pub policies: &'a [Policy],
    /// The users that exist.
    pub users: &'a [User],
    /// The references that exist.
    pub references: &'a [Reference],
    /// The environments, each with the state of its bundle.
    pub bundles: &'a [(Environment, Reach)],
    /// The contents of the attachments.
    pub contents: &'a Contents,
    /// True to read each content and compare it with its digest.
    pub reads_contents: bool,
    /// The checks to carry out.
    pub checks: &'a [Check],
}

/// A run of the checks over the credentials of a vault.
pub struct Checker<'a> {
    standard: Standard<'a>,
    policies: HashSet<&'a str>,
    users: HashSet<&'a str>,
    ids: HashSet<String>,
    shared: Option<Shared>,
    weak: Option<strength::Judge>,
    ages: SecretAges,
    findings: Vec<Finding>,
}

impl<'a> Checker<'a> {
    /// Begins a run.
    #[must_use]
    pub fn new(standard: Standard<'a>) -> Self {
        Self {
            standard,
            policies: standard.policies.iter().map(|policy| policy.id.as_str()).collect(),
            users: standard.users.iter().map(|user| user.id.as_str()).collect(),
            ids: HashSet::new(),
            shared: standard.checks.contains(&Check::Shared).then(Shared::new),
            weak: standard.checks.contains(&Check::Weak).then(strength::Judge::begin),
            ages: SecretAges::default(),
            findings: Vec::new(),
        }
    }

    fn checks(&self, check: Check) -> bool {
        self.standard.checks.contains(&check)
    }

    fn found(&mut self, id: &str, check: Check, member: Option<&str>, detail: impl Into<String>) {
        if self.checks(check) {
            let member = member.map(str::to_owned);
            self.findings.push(Finding { id: id.to_owned(), check, member, detail: detail.into() });
        }
    }

    /// Looks at an earlier version, which tells how old the secrets of its credential are. All come before the first
    /// credential, those of an id in their order.
    pub fn look_at_earlier(&mut self, version: &Credential) {
        if version.kind().rotate_after.is_some() && self.checks(Check::Rotation) {
            self.ages.look_at(version);
        }
    }

    /// Looks at one credential and keeps what it finds.
    pub fn look_at(&mut self, credential: &Credential) {
        let head = credential.head();
        let id = head.id.as_str();
        self.ids.insert(id.to_owned());
        if let Err(violations) = credential.judge(&self.standard.rules) {
            for violation in violations.iter() {
                self.found(id, Check::Rules, Some(&violation.name), violation.reason.clone());
            }
        }
        if self.checks(Check::KeyPair) {
            for member in pairs::mismatches(credential) {
                self.found(id, Check::KeyPair, Some(&member), "is not the key of the certificate beside it");
            }
        }
        self.time(credential);
        self.rotation(credential);
        if let Some(policy) = head.envelope.throttle_policy.as_deref()
            && !self.policies.contains(policy)
        {
            self.found(id, Check::Policy, Some("throttlePolicy"), format!("there is no policy {policy}"));
        }
        if head.kind.identity_name && !self.users.contains(head.envelope.name.to_lowercase().as_str()) {
            self.found(id, Check::User, Some("name"), format!("there is no user {}", head.envelope.name));
        }
        self.attachments(credential);
        if let Some(shared) = &mut self.shared {
            shared.look_at(credential);
        }
        if let Some(weak) = &mut self.weak {
            weak.look_at(credential);
        }
    }

    /// Keeps a variable whose references lead to no value, which only the store finds out: its path, and the
    /// reason.
    pub fn leads_nowhere(&mut self, id: &str, path: &str, reason: &str) {
        self.found(id, Check::Reference, Some(path), format!("has a reference that leads nowhere: {reason}"));
    }

    fn attachments(&mut self, credential: &Credential) {
        if !self.checks(Check::Attachment) {
            return;
        }
        for attachment in credential.attachments() {
            let content = self.standard.contents.open(attachment);
            let whole = content.and_then(|content| {
                if self.standard.reads_contents { content.pass(&mut std::io::sink()) } else { Ok(()) }
            });
            if let Err(error) = whole {
                let detail = match error {
                    vault::Error::Attachment { problem, .. } => problem.to_string(),
                    error => error.to_string(),
                };
                let member = format!("attachments.{}", attachment.name);
                self.found(credential.id(), Check::Attachment, Some(&member), detail);
            }
        }
    }

    fn time(&mut self, credential: &Credential) {
        let id = credential.id();
        let Some((member, end)) = credential.expiring_member() else { return };
        let date = end.date_naive();
        if end <= self.standard.now {
            self.found(id, Check::Expired, Some(member), format!("expired on {date}"));
        } else if end <= self.standard.soon && credential.head().state(self.standard.now) != State::Disabled {
            self.found(id, Check::Expiring, Some(member), format!("expires on {date}"));
        }
    }

    fn rotation(&mut self, credential: &Credential) {
        if credential.head().stamp.rotate_required {
            let detail = "needs a new secret: a recipient that was removed could read it";
            self.found(credential.id(), Check::Rotation, Some("rotateRequired"), detail);
        }
        let Some(days) = credential.kind().rotate_after else { return };
        let set = self.ages.set_at(credential);
        if self.standard.now.signed_duration_since(set).num_days() >= i64::from(days) {
            let detail = format!("has had its secrets since {}, at least {days} days", set.date_naive());
            self.found(credential.id(), Check::Rotation, None, detail);
        }
    }

    /// Ends the run and returns all findings, ordered by id and check.
    #[must_use]
    pub fn finish(mut self) -> Vec<Finding> {
        for reference in self.standard.references {
            if !self.ids.contains(&reference.credential) {
                let detail = format!("{} refers to it, but it does not exist", reference.resource);
                self.found(&reference.credential, Check::Reference, None, detail);
            }
        }
        for Twin { id, path, other, more } in self.shared.take().map(Shared::finish).unwrap_or_default() {
            let detail = match more {
                0 => format!("{other} has the same secret"),
                more => format!("{other} and {more} more have the same secret"),
            };
            self.found(&id, Check::Shared, Some(&path), detail);
        }
        for (id, member, guesses) in self.weak.take().map(strength::Judge::finish).unwrap_or_default() {
            let detail = format!("can be guessed in about 10^{guesses} tries");
            self.found(&id, Check::Weak, Some(&member), detail);
        }
        for (environment, reach) in self.standard.bundles {
            if !matches!(reach, Reach::Current) {
                self.found(&environment.name, Check::Bundle, Some("out"), format!("the bundle {reach}"));
            }
        }
        // threads finish in any order, and the answer must not depend on it
        self.findings.sort_by(|a, b| (&a.id, a.check, &a.member).cmp(&(&b.id, b.check, &b.member)));
        self.findings
    }
}
