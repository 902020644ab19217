//! The engines that addresses name, and the use that a run makes of them.

use std::fmt::Debug;
use std::path::{Path, PathBuf};
use std::rc::Rc;
use std::time::Duration;

use chrono::{DateTime, Utc};

use crate::remote::{EngineFailure, RemoteObject};

/// The engines that a program can reach.
pub trait Engines: Debug {
    /// Opens an object by its address. Each of its requests fails if the engine does not begin to answer within
    /// `limit`.
    ///
    /// # Errors
    /// Fails if nothing is known that reaches such an engine.
    fn open(&self, address: &str, limit: Duration) -> Result<Box<dyn RemoteObject>, EngineFailure>;
}

/// The use of the engine by a run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Contact {
    /// A read asks the engine, and uses the copy if there is no answer in this time.
    Usual(Duration),
    /// A read fails without an answer of the engine.
    Fresh,
    /// Nothing asks the engine, and nothing is written.
    Offline,
}

/// The objects on engines that a run uses, and the folders of what this machine has of them.
#[derive(Debug, Clone)]
pub struct SharedPlaces {
    /// The folder of the working copies, which may go at any time.
    pub folder: PathBuf,
    /// The folder of the queues, which have changes that are nowhere else.
    pub queues: PathBuf,
    /// The engines.
    pub engines: Rc<dyn Engines>,
    /// The use of the engines.
    pub contact: Contact,
    /// The time of the run.
    pub now: DateTime<Utc>,
}

/// Returns the address that a text is; `None` for the path of a file.
#[must_use]
pub fn address(text: &Path) -> Option<&str> {
    let text = text.to_str()?;
    let (scheme, rest) = text.split_once("://")?;
    let mut letters = scheme.bytes();
    let is_scheme = letters.next().is_some_and(|first| first.is_ascii_alphabetic())
        && letters.all(|letter| letter.is_ascii_alphanumeric() || b"+-.".contains(&letter));
    (is_scheme && !rest.is_empty()).then_some(text)
}

/// Returns an address with its scheme in small letters, so that one object has one copy.
pub(super) fn normal(address: &str) -> String {
    match address.split_once("://") {
        Some((scheme, rest)) => format!("{}://{rest}", scheme.to_ascii_lowercase()),
        None => address.to_owned(),
    }
}

/// Returns true if an address contains a credential: a user with a password, or any user of a web address but `git`,
/// because that is where access tokens go.
#[must_use]
pub fn has_credential(address: &str) -> bool {
    user_of(address).is_some_and(|(scheme, user)| {
        let is_web = scheme.ends_with("http") || scheme.ends_with("https");
        user.contains(':') || is_web && user != "git"
    })
}

/// Returns an address as it may be shown: without a user if that is or has a credential.
pub(super) fn shown(address: &str) -> String {
    match user_of(address) {
        Some((_, user)) if has_credential(address) => address.replacen(&format!("{user}@"), "***@", 1),
        _ => address.to_owned(),
    }
}

/// Returns the scheme and the user of an address, if it names one.
fn user_of(address: &str) -> Option<(&str, &str)> {
    let (scheme, rest) = address.split_once("://")?;
    let authority = rest.split(['/', '?', '#']).next()?;
    Some((scheme, authority.rsplit_once('@')?.0))
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::{address, has_credential, normal, shown};

    #[test]
    fn credentials_in_addresses_are_found_and_not_shown() {
        for (text, safe) in [
            ("git+https://user:secret@host/repo#a", "git+https://***@host/repo#a"),
            ("git+https://secret@host/repo#a@b", "git+https://***@host/repo#a@b"),
            ("nosuch://u:p@q@host/x", "nosuch://***@host/x"),
        ] {
            assert!(has_credential(text));
            assert_eq!(shown(text), safe);
        }
        for text in [
            "git+ssh://git@host:22/repo#a:b@c",
            "s3://bucket/a:b@c",
            "az://account@x/y",
            "git+https://git@h/r",
        ] {
            assert!(!has_credential(text), "{text}");
            assert_eq!(shown(text), text);
        }
    }

    #[test]
    fn addresses_have_a_scheme_and_paths_have_none() {
        for text in
            ["s3://bucket/team.age", "git+ssh://host/repo#team.age", "openbao://secret/team", "S3://x/y"]
        {
            assert_eq!(address(Path::new(text)), Some(text));
        }
        assert_eq!(normal("S3://Bucket/Team.age"), "s3://Bucket/Team.age");
        for text in ["vault.age", "/a/b", "./s3:/x", "./S3://x/y", "://x", "s3://", "a b://c", "s3:/b/c"] {
            assert_eq!(address(Path::new(text)), None, "{text}");
        }
    }
}
