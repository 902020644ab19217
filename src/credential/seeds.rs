//! The seeds of one-time passwords among the secrets of a credential.

use super::held::SecretEntry;
use super::whole::Credential;
use crate::kind::Field;

/// The names under which key stores, own fields and tables of other programs keep a seed, in small letters. The
/// usual one comes first.
pub const SEED_NAMES: [&str; 4] = ["totp", "otp", "otpauth", "hotp"];

/// Returns true for a name under which a seed is kept, in any letter case.
#[must_use]
pub fn is_seed_name(name: &str) -> bool {
    SEED_NAMES.iter().any(|usual| usual.eq_ignore_ascii_case(name))
}

impl Credential {
    /// Returns the seeds of one-time passwords: those of the type, or else the secrets with the usual name of one.
    #[must_use]
    pub fn seeds(&self) -> Vec<SecretEntry<'_>> {
        let is_field = |path: &str| self.kind().field(path).is_some_and(Field::is_seed);
        let (own, others): (Vec<_>, Vec<_>) =
            self.secrets().into_iter().partition(|held| is_field(&held.path));
        if !own.is_empty() {
            return own;
        }
        let is_usual = |path: &str| {
            let name = path.rsplit_once('.').map_or(path, |(_, name)| name);
            is_seed_name(name)
        };
        others.into_iter().filter(|held| is_usual(&held.path)).collect()
    }

    /// Returns the names that an app shows beside the codes: the site and the account.
    #[must_use]
    pub fn seed_names(&self) -> (&str, Option<&str>) {
        let public = |name: &str| {
            let field = self.kind().field(name).filter(|field| !field.is_secret())?;
            Some(self.fields().get(field.name)?.as_text()?.expose())
        };
        (public("issuer").unwrap_or(&self.head().envelope.name), public("username"))
    }
}
