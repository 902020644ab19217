//! What is wrong in a whole vault, found before somebody is called at night. Every credential is looked
//! at once; no finding holds a secret.

mod pairs;
mod shared;
mod strength;

use std::collections::HashSet;

use chrono::{DateTime, Utc};

pub use strength::guesses;

use crate::credential::{Credential, Rules, State};
use crate::vault::{Environment, Policy, Reach, Reference, User};
use shared::{Shared, Twin};

/// Something that is wrong with one credential.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// Its id.
    pub id: String,
    /// What was checked.
    pub check: Check,
    /// The member it is about, if it is about one.
    pub member: Option<String>,
    /// What is wrong, as a clause.
    pub detail: String,
}

/// What is checked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Check {
    /// Whether today's rules would accept it.
    Rules,
    /// Whether its private key is that of its certificate.
    KeyPair,
    /// Whether its time is over, or that of a certificate in it.
    Expired,
    /// Whether its time is over soon.
    Expiring,
    /// Whether the policy that it depends on is there.
    Policy,
    /// Whether the user that it belongs to is there.
    User,
    /// Whether everything that refers to a credential refers to one that is there.
    Reference,
    /// Whether other credentials have the same secret.
    Shared,
    /// Whether its main secret can be guessed.
    Weak,
    /// Whether the bundle of an environment was made from the vault as it is.
    Bundle,
}

impl Check {
    /// Every check.
    pub const ALL: [Self; 10] = [
        Self::Rules,
        Self::KeyPair,
        Self::Expired,
        Self::Expiring,
        Self::Policy,
        Self::User,
        Self::Reference,
        Self::Shared,
        Self::Weak,
        Self::Bundle,
    ];

    /// Its name.
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
            Self::Bundle => "bundle",
        }
    }
}

/// What credentials are judged by.
#[derive(Debug, Clone, Copy)]
pub struct Standard<'a> {
    /// The rules of the gate.
    pub rules: Rules<'a>,
    /// The instant.
    pub now: DateTime<Utc>,
    /// What ends before this ends soon.
    pub soon: DateTime<Utc>,
    /// The policies there are.
    pub policies: &'a [Policy],
    /// The users there are.
    pub users: &'a [User],
    /// The references there are.
    pub references: &'a [Reference],
    /// The environments, and how their bundles stand.
    pub bundles: &'a [(Environment, Reach)],
    /// What is to be checked.
    pub checks: &'a [Check],
}

/// Goes through the credentials of a vault.
pub struct Checker<'a> {
    standard: Standard<'a>,
    policies: HashSet<&'a str>,
    users: HashSet<&'a str>,
    ids: HashSet<String>,
    shared: Option<Shared>,
    weak: Option<strength::Judge>,
    findings: Vec<Finding>,
}

impl<'a> Checker<'a> {
    /// Begins.
    #[must_use]
    pub fn new(standard: Standard<'a>) -> Self {
        Self {
            standard,
            policies: standard.policies.iter().map(|policy| policy.id.as_str()).collect(),
            users: standard.users.iter().map(|user| user.id.as_str()).collect(),
            ids: HashSet::new(),
            shared: standard.checks.contains(&Check::Shared).then(Shared::new),
            weak: standard.checks.contains(&Check::Weak).then(strength::Judge::begin),
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

    /// Looks at one.
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
        if let Some(policy) = head.envelope.throttle_policy.as_deref()
            && !self.policies.contains(policy)
        {
            self.found(id, Check::Policy, Some("throttlePolicy"), format!("there is no policy {policy}"));
        }
        if head.kind.identity_name && !self.users.contains(head.envelope.name.to_lowercase().as_str()) {
            self.found(id, Check::User, Some("name"), format!("there is no user {}", head.envelope.name));
        }
        if let Some(shared) = &mut self.shared {
            shared.look_at(credential);
        }
        if let Some(weak) = &mut self.weak {
            weak.look_at(credential);
        }
    }

    fn time(&mut self, credential: &Credential) {
        let id = credential.id();
        let Some((member, end)) = credential.expiring_member() else { return };
        let date = end.date_naive();
        if end <= self.standard.now {
            self.found(id, Check::Expired, Some(member), format!("ended on {date}"));
        } else if end <= self.standard.soon && credential.head().state(self.standard.now) != State::Disabled {
            self.found(id, Check::Expiring, Some(member), format!("ends on {date}"));
        }
    }

    /// Everything that was found, by id and check.
    #[must_use]
    pub fn finish(mut self) -> Vec<Finding> {
        for reference in self.standard.references {
            if !self.ids.contains(&reference.credential) {
                let detail = format!("{} refers to it, and it is not there", reference.resource);
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
        self.findings.sort_by(|a, b| (&a.id, a.check, &a.member).cmp(&(&b.id, b.check, &b.member)));
        self.findings
    }
}
