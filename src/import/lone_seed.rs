//! Seeds of one-time passwords that belong to no login in their file, as authenticator apps keep them.

use super::entries::Entries;
use crate::credential::Violations;
use crate::otp::{OneTimePassword, OtpParameters, SeedError};
use crate::secret::Secret;
use crate::value::{Object, Value};

/// A seed with its names.
#[derive(Debug, Default)]
pub(super) struct LoneSeed {
    /// The site, or whatever the seed is called.
    pub title: String,
    pub issuer: Option<String>,
    pub account: Option<String>,
    /// The seed as it is stored, or the reason why it is none.
    pub seed: Option<Result<Secret, SeedError>>,
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
        match password {
            Ok(password) => {
                let [issuer, account] =
                    [password.issuer(), password.account()].map(|name| name.map(str::to_owned));
                let title = issuer.clone().or_else(|| account.clone()).unwrap_or_default();
                Self { title, issuer, account, seed: Some(Ok(text(&password))), ..Self::default() }
            }
            Err(error) => Self { seed: Some(Err(error)), ..Self::default() },
        }
    }

    /// Adds the seed as a credential of type `otp`.
    pub fn add_to(self, entries: &mut Entries) {
        let id = entries.id(&self.title, "otp");
        let seed = match self.seed.unwrap_or(Err(SeedError::NoSecret)) {
            Ok(seed) => seed,
            Err(error) => return entries.fail(&id, Violations::one("totp", error.to_string())),
        };
        let mut members = Object::from_iter([("totp", Value::Text(seed))]);
        let name = self.title.trim();
        let texts = [("name", Some(name).filter(|name| !name.is_empty()))];
        let texts = texts
            .into_iter()
            .chain([("username", self.account.as_deref()), ("issuer", self.issuer.as_deref())]);
        for (name, text) in texts {
            if let Some(text) = text {
                members.insert(name, Value::text(text));
            }
        }
        if let Some(notes) = self.notes.filter(|notes| !notes.is_empty()) {
            members.insert("notes", Value::Text(notes));
        }
        let label = |(name, value): (&str, String)| {
            Value::from(Object::from_iter([("name", Value::text(name)), ("value", Value::text(value))]))
        };
        if !self.labels.is_empty() {
            members.insert("labels", Value::List(self.labels.into_iter().map(label).collect()));
        }
        entries.push("otp", &id, members, self.dropped);
        entries.known_by_title();
    }
}
