//! Rules for accounts: e-mail addresses, the policy for passwords, and password hashes.
//!
//! No other file hashes a password or checks one. A hash says how much work its check takes, so one that asks
//! for too much is refused before any work is done.

use std::borrow::Cow;

use argon2::password_hash::{self, PasswordHash, PasswordHasher as _, PasswordVerifier as _, SaltString};
use argon2::{ARGON2ID_IDENT, Argon2, Params, Version};

use super::definition::{Accepted, Rule};
use crate::random::{self, NoRandomness};
use crate::secret::Secret;
use crate::text::hidden_char;

/// One e-mail address, without a display name.
pub const EMAIL: Rule = Rule::new("email", "an e-mail address such as ops@example.org", &email);

/// An argon2id hash in the PHC string format.
pub const PHC: Rule = Rule::new("phc", "an argon2id hash as a PHC string", &phc);

/// The requirements for a new password. Lengths are counted in characters.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "each is a switch of its own in the configuration")]
pub struct PasswordPolicy {
    /// The least number of characters.
    pub min_length: usize,
    /// The greatest number of characters.
    pub max_length: usize,
    /// True if a lower-case letter of any alphabet must be there.
    pub require_lower: bool,
    /// True if an upper-case letter of any alphabet must be there.
    pub require_upper: bool,
    /// True if a digit from 0 to 9 must be there.
    pub require_digit: bool,
    /// True if a character must be there that is no letter, no digit and no blank.
    pub require_symbol: bool,
}

/// The reason why a password was not hashed.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum HashError {
    /// No salt could be drawn.
    #[error(transparent)]
    Random(#[from] NoRandomness),
    /// The algorithm refused its input, such as a password of more than 4 GiB.
    #[error("the password cannot be hashed")]
    Argon2(#[source] password_hash::Error),
}

impl Default for PasswordPolicy {
    fn default() -> Self {
        Self {
            min_length: 8,
            max_length: 128,
            require_lower: false,
            require_upper: false,
            require_digit: false,
            require_symbol: false,
        }
    }
}

impl PasswordPolicy {
    /// Returns every requirement that a password fails; none for a password that may be used.
    #[must_use]
    pub fn violations(&self, password: &Secret) -> Vec<Cow<'static, str>> {
        let password = password.expose();
        let length = password.chars().count();
        let lacks = |required: bool, kind: fn(char) -> bool| required && !password.contains(kind);
        let mut violations = Vec::new();
        if length < self.min_length {
            violations.push(format!("must be at least {} characters long", self.min_length).into());
        }
        if length > self.max_length {
            violations.push(format!("must be at most {} characters long", self.max_length).into());
        }
        if lacks(self.require_lower, char::is_lowercase) {
            violations.push("must contain a lower-case letter".into());
        }
        if lacks(self.require_upper, char::is_uppercase) {
            violations.push("must contain an upper-case letter".into());
        }
        if lacks(self.require_digit, |c| c.is_ascii_digit()) {
            violations.push("must contain a digit".into());
        }
        if lacks(self.require_symbol, |c| !c.is_alphanumeric() && !c.is_whitespace()) {
            violations.push("must contain a symbol, such as ! or %".into());
        }
        violations
    }
}

/// Hashes a password with argon2id, 19 MiB, two passes, and a salt of its own. The result is a PHC string.
///
/// # Errors
/// Fails if there are no random bytes for the salt, or if the algorithm does not take the password.
pub fn hash(password: &Secret) -> Result<Secret, HashError> {
    let mut salt = [0; password_hash::Salt::RECOMMENDED_LENGTH];
    random::fill(&mut salt)?;
    let salt = SaltString::encode_b64(&salt).map_err(HashError::Argon2)?;
    Argon2::default()
        .hash_password(password.expose().as_bytes(), &salt)
        .map(|hash| Secret::from(hash.to_string()))
        .map_err(HashError::Argon2)
}

/// Returns true if a password is the one that was hashed. A text that [`PHC`] refuses matches no password.
#[must_use]
pub fn verify(password: &Secret, phc: &Secret) -> bool {
    argon2id(phc.expose())
        .is_some_and(|hash| Argon2::default().verify_password(password.expose().as_bytes(), &hash).is_ok())
}

fn phc(text: &str) -> Result<Accepted, Cow<'static, str>> {
    match argon2id(text) {
        Some(_) => Ok(Accepted::verbatim()),
        None => Err("must be an argon2id hash as a PHC string ($argon2id$v=19$m=…,t=…,p=…$salt$hash) \
                     of at most 2 GiB"
            .into()),
    }
}

/// Reads a complete argon2id hash whose check stays within bounds.
fn argon2id(text: &str) -> Option<PasswordHash<'_>> {
    /// The most memory, in KiB like the parameter: the most that RFC 9106 recommends.
    const MAX_MEMORY: u32 = 2 << 20;
    /// The most work: memory times passes.
    const MAX_WORK: u32 = 4 * MAX_MEMORY;
    let hash = PasswordHash::new(text).ok().filter(|hash| hash.algorithm == ARGON2ID_IDENT)?;
    let params = Params::try_from(&hash).ok()?;
    let is_bounded =
        params.m_cost() <= MAX_MEMORY && params.m_cost().saturating_mul(params.t_cost()) <= MAX_WORK;
    let is_known = hash.version.is_none_or(|version| Version::try_from(version).is_ok());
    let is_complete = hash.salt.is_some() && hash.hash.is_some();
    (is_bounded && is_known && is_complete).then_some(hash)
}

fn email(text: &str) -> Result<Accepted, Cow<'static, str>> {
    const MAX: usize = 254;
    if text.len() <= MAX && is_address(text) {
        Ok(Accepted::verbatim())
    } else {
        Err("must be an e-mail address such as ops@example.org".into())
    }
}

/// Returns true if a text is an e-mail address. Parts in quotes, which the standard allows and nobody uses, are
/// refused. The mail servers judge the length of the parts.
fn is_address(text: &str) -> bool {
    let Some((local, domain)) = text.split_once('@') else { return false };
    let atom = |part: &str| !part.is_empty() && !part.contains(|c: char| r#"<>()[]\,;:@""#.contains(c));
    let label = |part: &str| {
        let outer = !part.starts_with('-') && !part.ends_with('-');
        outer && !part.is_empty() && part.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_'))
    };
    local.split('.').all(atom)
        && domain.split('.').all(label)
        && (domain.contains('.') || domain.eq_ignore_ascii_case("localhost"))
        && !text.contains(char::is_whitespace)
        && hidden_char(text).is_none()
}

#[cfg(test)]
mod tests {
    use super::super::assertions::judges;
    use super::{EMAIL, PHC, PasswordPolicy, hash, verify};
    use crate::secret::Secret;

    #[test]
    fn addresses() {
        let longest =
            format!("{}@{}.{}.{}.org", "a".repeat(64), "b".repeat(61), "c".repeat(61), "d".repeat(61));
        judges(
            &EMAIL,
            &[
                "u1@example.org",
                "a+b@sub.example.org",
                "root@localhost",
                "o'neil@example.org",
                "jörg@bücher.example",
                &format!("{}@example.org", "a".repeat(64)),
                &longest,
                &format!("{}@example.org", "a".repeat(242)),
                &format!("a@{}.org", "b".repeat(248)),
            ],
            &[
                "",
                "nope",
                "a@",
                "@b.org",
                "a b@c.org",
                "a@b@c.org",
                "a@b",
                "a@.org",
                "a@b..org",
                "a@b.org.",
                "a@-b.org",
                ".a@b.org",
                "a..b@c.org",
                "\"a b\"@c.org",
                "\"a@b\"@c.org",
                "U <a@b.org>",
                " <a@b.org>",
                "<a@b.org>",
                "a@[192.0.2.1]",
                "a@b.org\n",
                "a\u{200b}@b.org",
                &format!("{}@example.org", "a".repeat(243)),
                "a@b.c/d",
                "a@b.c:25",
            ],
        );
    }

    #[test]
    fn the_default_policy_asks_for_a_length_only() {
        let policy = PasswordPolicy::default();
        let lacks = |password: &str| policy.violations(&Secret::from(password)).len();
        for (password, count) in [
            ("", 1),
            ("1234567", 1),
            ("12345678", 0),
            ("öööööööö", 0),
            (&"x".repeat(128), 0),
            (&"x".repeat(129), 1),
        ] {
            assert_eq!(lacks(password), count, "{password}");
        }
    }

    #[test]
    fn every_requirement_is_reported() {
        let policy = PasswordPolicy {
            require_lower: true,
            require_upper: true,
            require_digit: true,
            require_symbol: true,
            ..PasswordPolicy::default()
        };
        for (password, lacking) in [
            ("aA1!aA1!", vec![]),
            ("ßÄ1€ßÄ1€", vec![]),
            ("AAAA111!", vec!["a lower-case letter"]),
            ("aaaa111!", vec!["an upper-case letter"]),
            ("aaaaAAA!", vec!["a digit"]),
            ("aaaA 111", vec!["a symbol"]),
            ("", vec!["at least 8", "a lower-case letter", "an upper-case letter", "a digit", "a symbol"]),
        ] {
            let violations = policy.violations(&Secret::from(password));
            assert_eq!(violations.len(), lacking.len(), "{password}: {violations:?}");
            assert!(
                violations.iter().zip(&lacking).all(|(is, should)| is.contains(should)),
                "{violations:?}"
            );
        }
    }

    #[test]
    fn a_hash_matches_its_password_only() {
        let password = Secret::from("NetApp123");
        let [first, second] = [hash(&password).unwrap(), hash(&password).unwrap()];
        assert!(first.expose().starts_with("$argon2id$v=19$m=19456,t=2,p=1$"));
        assert!(first != second, "every hash has a salt of its own");
        judges(&PHC, &[first.expose()], &[]);
        assert!(verify(&password, &first) && verify(&password, &second));
        assert!(!verify(&Secret::from("NetApp124"), &first));
        assert!(!verify(&Secret::from(""), &first));
        assert!(!verify(&password, &password));
    }

    #[test]
    fn hashes() {
        let salt_and_hash = "c29tZXNhbHRzb21lc2FsdA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";
        let with = |start: &str| format!("{start}${salt_and_hash}");
        judges(
            &PHC,
            &[
                &with("$argon2id$v=19$m=19456,t=2,p=1"),
                &with("$argon2id$v=19$m=2097152,t=1,p=4"),
                &with("$argon2id$v=19$m=65536,t=3,p=4"),
            ],
            &[
                "",
                "hunter2",
                "$2b$12$abcdefghijklmnopqrstuuAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
                &with("$argon2i$v=19$m=19456,t=2,p=1"),
                &with("$argon2id$v=19$m=4294967295,t=2,p=1"),
                &with("$argon2id$v=19$m=19456,t=4294967295,p=1"),
                &with("$argon2id$v=19$m=1,t=2,p=1"),
                &with("$argon2id$v=99$m=19456,t=2,p=1"),
                &with("$scrypt$ln=16,r=8,p=1"),
                "$argon2id$v=19$m=19456,t=2,p=1",
                "$argon2id$v=19$m=19456,t=2,p=1$c29tZXNhbHRzb21lc2FsdA",
            ],
        );
    }
}
