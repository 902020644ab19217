//! The counters of one-time passwords. While a seed stays, its counter never goes back, because an old counter gives
//! codes a second time.

use super::whole::Credential;
use crate::kind::Field;
use crate::otp::{Moving, OneTimePassword, is_address, with_counter};
use crate::secret::Secret;
use crate::value::Value;

/// A counter that stays, although the credential came with a smaller one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptCounter {
    /// The name of the field.
    pub field: String,
    /// The counter.
    pub counter: u64,
}

impl Credential {
    /// Returns the credential with another counter in the seed of its one-time passwords, and the same version.
    #[must_use]
    pub(crate) fn counted(&self, field: &Field, seed: Secret) -> Self {
        let mut credential = self.clone();
        credential.fields.insert(field.name, Value::Text(seed));
        // a caller that read the earlier counter must not write it back
        credential.renew_etag();
        credential
    }

    /// Keeps the counters of the stored credential where this one has the same seeds with smaller counters. Everything
    /// that brings older data back calls this. `anew` are the fields that the operator sets, to any counter.
    pub(crate) fn keep_counters(&mut self, stored: &Self, anew: &[&str]) -> Vec<KeptCounter> {
        let held: Vec<_> = stored.fields.iter().filter_map(|(_, value)| counted_seed(value)).collect();
        let mut raised = Vec::new();
        for (name, value) in self.fields.iter().filter(|(name, _)| !held.is_empty() && !anew.contains(name)) {
            let Some((given, given_counter)) = counted_seed(value) else { continue };
            // whatever the field is called, the codes are the same
            let same = held.iter().filter(|(held, _)| given.has_codes_of(held));
            let Some(counter) = same.map(|(_, counter)| *counter).max() else { continue };
            if counter > given_counter
                && let Some(text) = value.as_text().and_then(|text| with_counter(text.expose(), counter))
            {
                raised.push((KeptCounter { field: name.to_owned(), counter }, text));
            }
        }
        let keep = |(kept, text): (KeptCounter, Secret)| {
            self.fields.insert(kept.field.as_str(), Value::Text(text));
            kept
        };
        raised.into_iter().map(keep).collect()
    }

    /// Returns true if there is a seed with a counter that the stored credential does not have in the same way.
    pub(crate) fn brings_counter(&self, stored: Option<&Self>) -> bool {
        self.fields.iter().any(|(name, value)| {
            counted_seed(value).is_some()
                && stored.is_none_or(|stored| stored.fields.get(name) != Some(value))
        })
    }

    /// Returns true if the other credential is the same version, whatever the etag is.
    pub(crate) fn is_same_version(&self, other: &Self) -> bool {
        let mut same = self.clone();
        same.head.stamp.etag = other.head.stamp.etag;
        same == *other
    }
}

impl KeptCounter {
    /// Returns the notice about the counter in a credential.
    pub(crate) fn notice(&self, id: &str) -> String {
        let Self { field, counter } = self;
        format!(
            "{field}: the counter stays at {counter}, because a smaller one gives codes again; \
             `credctl patch {id} {field}=-` sets another"
        )
    }
}

/// Parses a value that is the address of a seed with a counter.
fn counted_seed(value: &Value) -> Option<(OneTimePassword, u64)> {
    // only an address keeps a counter
    let text = Some(value.as_text()?.expose()).filter(|text| is_address(text.trim_start()))?;
    let password = OneTimePassword::parse(text).ok()?;
    match password.moving() {
        Moving::Counter(counter) => Some((password, counter)),
        Moving::Time { .. } => None,
    }
}
