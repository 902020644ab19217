//! The difference between a vault and the memory of this machine, for people and for programs.

use credctl::store::Unjudged;
use credctl::time;
use credctl::value::{Object, Value};
use credctl::vault::{self, Memory, RosterMember, Signer};

use crate::cli::context::{Settings, Ui};
use crate::cli::error::Error;
use crate::cli::output::{Clock, sanitize};

/// A vault beside what this machine knows of it.
pub struct TrustDifference {
    memory: Memory,
    reason: Option<String>,
    id: String,
    bundle: Option<String>,
    generation: u64,
    modified: Option<chrono::DateTime<chrono::Utc>>,
    seal: &'static str,
    members: Vec<RosterMember>,
    signers: Vec<Signer>,
}

impl TrustDifference {
    /// Reads what there is to compare.
    pub fn of(unjudged: &mut Unjudged) -> Result<Self, Error> {
        let members = unjudged.vault.members()?;
        let (vault, memory) = (&unjudged.vault, unjudged.memory.clone());
        let lineage = vault.lineage();
        let pinned = memory.pin.as_ref().and_then(|pin| pin.seal);
        let seal = match (pinned, lineage.seal) {
            (None, _) => "unknown",
            (Some(_), None) => "missing",
            (Some(pinned), Some(seal)) if seal.digest() == pinned => "same",
            (Some(pinned), Some(_)) if lineage.former_seals.contains(&pinned) => "renewed",
            _ => "different",
        };
        Ok(Self {
            reason: unjudged.distrust.map(|distrust| distrust.to_string()),
            id: vault.id().to_string(),
            bundle: vault.bundle_of().map(str::to_owned),
            generation: vault.generation(),
            modified: unjudged.modified(),
            seal,
            members,
            signers: lineage.signers.to_vec(),
            memory,
        })
    }

    /// Returns the recipients that this machine has locked the vault to; none if it never wrote the vault.
    fn known_recipients(&self) -> Option<Vec<String>> {
        self.memory.pin.as_ref().and_then(vault::Pin::known).map(|known| known.recipients)
    }

    fn known_signers(&self) -> &[Signer] {
        self.memory.signers()
    }

    /// Puts the difference into an answer, for programs.
    pub fn describe(&self, answer: &mut Object) {
        if let Some(reason) = &self.reason {
            answer.insert("reason", Value::text(reason.as_str()));
        }
        let mut known = Object::new();
        if let Some(there) = &self.memory.there {
            known.insert("id", Value::text(there.vault.to_string()));
        }
        if let Some(pin) = &self.memory.pin {
            known.insert("generation", pin.generation);
            for (name, at) in [("seenAt", pin.seen), ("since", pin.since)] {
                if let Some(at) = at {
                    known.insert(name, Value::text(time::format(at)));
                }
            }
        }
        if let Some(recipients) = self.known_recipients() {
            known.insert("recipients", Value::texts(recipients.iter().map(String::as_str)));
        }
        let signers = self.known_signers().iter().map(|signer| signer.name.as_str());
        known.insert("signers", Value::texts(signers));
        answer.insert("known", known);

        let mut found = Object::from_iter([("id", Value::text(self.id.as_str()))]);
        if let Some(bundle) = &self.bundle {
            found.insert("bundle", Value::text(bundle.as_str()));
        }
        found.insert("generation", self.generation);
        if let Some(at) = self.modified {
            found.insert("modifiedAt", Value::text(time::format(at)));
        }
        found.insert("seal", Value::text(self.seal));
        let known = self.known_recipients();
        let member = |member: &RosterMember| {
            let mut one = Object::from_iter([("recipient", Value::text(member.recipient.as_str()))]);
            if let Some(name) = &member.name {
                one.insert("name", Value::text(name.as_str()));
            }
            one.insert("known", known.as_ref().is_some_and(|known| known.contains(&member.recipient)));
            Value::from(one)
        };
        found.insert("recipients", Value::List(self.members.iter().map(member).collect()));
        let signer = |signer: &Signer| {
            let is_known = self.known_signers().iter().any(|known| known.key == signer.key);
            let mut one = Object::from_iter([("name", Value::text(signer.name.as_str()))]);
            one.insert("key", Value::text(signer.key.as_str()));
            one.insert("known", is_known);
            Value::from(one)
        };
        found.insert("signers", Value::List(self.signers.iter().map(signer).collect()));
        answer.insert("found", found);
    }

    /// Returns the difference for people, one fact a line.
    pub fn sheet(&self, settings: &Settings, ui: &Ui) -> String {
        let clock = Clock::of(settings, ui);
        let mut lines = Vec::new();
        let mut known = match &self.memory.there {
            Some(there) if there.vault.to_string() != self.id => format!("another vault, {}", there.vault),
            _ => String::new(),
        };
        if let Some(pin) = self.memory.pin.as_ref().filter(|pin| pin.seen.is_some()) {
            let comma = if known.is_empty() { "" } else { "; of this vault, " };
            known.push_str(&format!("{comma}generation {}", pin.generation));
            known.push_str(&pin.seen.map(|at| format!(", seen {}", clock.text(at))).unwrap_or_default());
        }
        lines.push(("known", if known.is_empty() { "nothing yet".to_owned() } else { known }));
        let bundle = self.bundle.as_ref().map(|name| format!(", the bundle of the environment {name}"));
        let changed = self.modified.map(|at| format!(", changed {}", clock.text(at)));
        lines.push(("here", format!("generation {}{}", self.generation, changed.unwrap_or_default())));
        lines.push(("vault", format!("{}{}", self.id, bundle.unwrap_or_default())));
        lines.push((
            "seal",
            match self.seal {
                "same" => "same as before",
                "renewed" => "renewed by a reader, as after a recipient was removed",
                "different" => "different: the author of this file may not be a reader of the vault",
                "missing" => "missing: the author of this file may not be a reader of the vault",
                _ => "not known to this machine yet",
            }
            .to_owned(),
        ));
        let recipients = self
            .members
            .iter()
            .map(|member| (member.recipient.clone(), titled(member.name.as_deref(), &member.recipient)));
        lines.extend(compared(
            "recipient",
            self.known_recipients().as_deref(),
            &recipients.collect::<Vec<_>>(),
        ));
        let signers =
            self.signers.iter().map(|signer| (signer.key.clone(), titled(Some(&signer.name), &signer.key)));
        let known: Option<Vec<String>> = self
            .memory
            .pin
            .as_ref()
            .map(|_| self.known_signers().iter().map(|signer| signer.key.clone()).collect());
        lines.extend(compared("signer", known.as_deref(), &signers.collect::<Vec<_>>()));
        if let Some(reason) = &self.reason {
            lines.push(("refused", reason.clone()));
        }
        lines.iter().map(|(name, text)| format!("{name:<10} {}\n", sanitize::line(text))).collect()
    }
}

/// Returns a key with the name of its owner before it, if there is one.
fn titled(name: Option<&str>, text: &str) -> String {
    name.map_or_else(|| text.to_owned(), |name| format!("{name}, {text}"))
}

/// Returns a line for each key in the file, and for each known key that the file no longer has. The line of a difference says so.
fn compared(
    what: &'static str,
    known: Option<&[String]>,
    found: &[(String, String)],
) -> Vec<(&'static str, String)> {
    let is_new = |key: &String| known.is_some_and(|known| !known.contains(key));
    let gone = known.into_iter().flatten().filter(|key| !found.iter().any(|(other, _)| other == *key));
    let gone: Vec<_> = gone.map(|key| (what, format!("{key} (gone)"))).collect();
    let here = found.iter().map(|(key, text)| {
        let new = if is_new(key) { " (new to this machine)" } else { "" };
        (what, format!("{text}{new}"))
    });
    here.chain(gone).collect()
}
