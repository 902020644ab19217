//! Seeds of one-time passwords that belong to no login in their file, as authenticator apps keep them.

use super::entries::Entries;
use super::entry::{ImportEntry, envelope};
use crate::credential::Violations;
use crate::kind::{NOTES, TOTP};
use crate::otp::{OneTimePassword, OtpParameters, SeedError};
use crate::secret::Secret;
use crate::value::Value;

/// A seed with its names.
#[derive(Debug)]
pub(super) struct LoneSeed {
    /// The site, or whatever the seed is called.
    pub title: String,
    pub issuer: Option<String>,
    pub account: Option<String>,
    /// The seed as it is stored, or the reason why it is none.
    pub seed: Result<Secret, SeedError>,
    pub notes: Option<Secret>,
    pub labels: Vec<(&'static str, String)>,
    /// The names of values that have no place here.
    pub dropped: Vec<String>,
}

impl LoneSeed {
    /// Makes one of an address.
    pub fn of_address(text: &str) -> Self {
        Self::new(OneTimePassword::parse(text), |password| password.stored(text))
    }

    /// Makes one of parameters.
    pub fn of(parameters: &OtpParameters<'_>) -> Self {
        let mut seed = Self::new(OneTimePassword::of(parameters), OneTimePassword::uri);
        // a seed that cannot be used has names all the same
        let given = |name: Option<&str>| name.filter(|name| !name.trim().is_empty()).map(str::to_owned);
        if seed.title.is_empty() {
            seed.title = given(parameters.issuer).or_else(|| given(parameters.account)).unwrap_or_default();
        }
        seed
    }

    fn new(
        password: Result<OneTimePassword, SeedError>,
        text: impl FnOnce(&OneTimePassword) -> Secret,
    ) -> Self {
        let name = |name: fn(&OneTimePassword) -> Option<&str>| {
            password.as_ref().ok().and_then(name).map(str::to_owned)
        };
        let (issuer, account) = (name(OneTimePassword::issuer), name(OneTimePassword::account));
        Self {
            title: issuer.clone().or_else(|| account.clone()).unwrap_or_default(),
            issuer,
            account,
            seed: password.map(|password| text(&password)),
            notes: None,
            labels: Vec::new(),
            dropped: Vec::new(),
        }
    }

    /// Adds the seed as a credential of type `otp`.
    pub fn add_to(self, entries: &mut Entries) {
        let id = entries.id(&self.title, "otp");
        let seed = match self.seed {
            Ok(seed) => seed,
            Err(error) => return entries.fail(&id, Violations::one(TOTP, error.to_string())),
        };
        let Self { title, labels, dropped, .. } = self;
        let mut entry = ImportEntry { title, labels, dropped, ..ImportEntry::default() };
        let mut members = envelope(&mut entry);
        members.insert(TOTP, Value::Text(seed));
        for (name, text) in [("username", self.account), ("issuer", self.issuer)] {
            if let Some(text) = text {
                members.insert(name, Value::text(text));
            }
        }
        if let Some(notes) = self.notes.filter(|notes| !notes.is_empty()) {
            members.insert(NOTES, Value::Text(notes));
        }
        entries.push("otp", &id, members, entry.dropped);
        entries.known_by_title();
    }
}
