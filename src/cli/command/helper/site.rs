//! Which credential is for which site: by its tags.

use credctl::credential::{Credential, Draft, State};
use credctl::kind;
use credctl::secret::Secret;
use credctl::value::{Object, Value};
use credctl::vault::Vault;

use crate::cli::context::Context;
use crate::cli::error::Error;
use crate::cli::session;

/// A place that asks for a user name and a password.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Site {
    pub protocol: Option<String>,
    /// With its port, if it is not the usual one.
    pub host: String,
    /// Without the slash in front.
    pub path: String,
    pub username: Option<String>,
}

impl Site {
    /// Reads `https://user@host:port/path`, or a bare host.
    pub fn parse(url: &str) -> Option<Self> {
        let (protocol, rest) = match url.split_once("://") {
            Some((protocol, rest)) => (Some(protocol.to_lowercase()), rest),
            None => (None, url),
        };
        let (place, path) = rest.split_once('/').unwrap_or((rest, ""));
        let (username, host) = match place.rsplit_once('@') {
            Some((user, host)) => (Some(user.split(':').next().unwrap_or(user).to_owned()), host),
            None => (None, place),
        };
        let path = path.trim_matches('/').to_owned();
        (!host.is_empty()).then(|| Self { protocol, host: host.to_lowercase(), path, username })
    }

    /// How well a credential's site covers what is asked for: the length of its path, if it does.
    fn covers(&self, asked: &Self) -> Option<usize> {
        let protocol = match (&self.protocol, &asked.protocol) {
            (Some(own), Some(asked)) => own == asked,
            // without encryption only where that was asked for
            (None, Some(asked)) => asked != "http",
            _ => true,
        };
        let path = self.path.is_empty()
            || asked.path == self.path
            || asked.path.strip_prefix(&self.path).is_some_and(|rest| rest.starts_with('/'));
        (protocol && self.host == asked.host && path).then_some(self.path.len())
    }
}

/// The text of a tag.
pub fn tag<'a>(credential: &'a Credential, name: &str) -> Option<&'a str> {
    credential.head().envelope.tags.get(name).and_then(Value::as_text).map(Secret::expose)
}

/// The text of a field.
pub fn text<'a>(credential: &'a Credential, name: &str) -> Option<&'a str> {
    credential.fields().get(name).and_then(Value::as_text).map(Secret::expose)
}

/// The login that fits best: of the usable ones the one with the longest path.
pub fn find(context: &Context, vault: &mut Vault, asked: &Site) -> Result<Option<Credential>, Error> {
    let mut best: Option<(usize, Credential)> = None;
    vault.credentials(|credential| {
        let is_login = text(&credential, "username").is_some() && text(&credential, "password").is_some();
        let site = ["url", "host"].into_iter().find_map(|name| Site::parse(tag(&credential, name)?));
        let usable = credential.head().state(context.now) == State::Ok;
        let user = asked.username.as_deref().is_none_or(|user| text(&credential, "username") == Some(user));
        let Some(length) = site.and_then(|site| site.covers(asked)) else { return };
        let better = best.as_ref().is_none_or(|(known, _)| length > *known);
        if is_login && usable && user && better && session::sees(context, credential.head()) {
            best = Some((length, credential));
        }
    })?;
    Ok(best.map(|(_, credential)| credential))
}

/// Adds a login for a program, with tags by which it is found again.
pub fn add(
    context: &Context,
    vault: &mut Vault,
    wanted: &str,
    login: (Secret, Secret),
    tags: Object,
) -> Result<(), Error> {
    let members = Object::from_iter([
        ("id", Value::text(free_id(vault, wanted)?)),
        ("username", Value::Text(login.0)),
        ("password", Value::Text(login.1)),
        ("tags", tags.into()),
    ]);
    let kind = kind::find("UsernamePassword").ok_or_else(|| Error::usage("there are no logins"))?.kind;
    session::insert(vault, &mut session::create(context, kind, Draft::from_members(kind, members))?)
}

/// An id that is not taken, made of what the credential is for.
fn free_id(vault: &mut Vault, wanted: &str) -> Result<String, Error> {
    let clean: String =
        wanted.chars().map(|c| if c.is_whitespace() || c.is_control() { '-' } else { c }).take(100).collect();
    let mut id = clean.clone();
    for number in 2.. {
        if !vault.contains(&id)? {
            break;
        }
        id = format!("{clean}-{number}");
    }
    Ok(id)
}

#[cfg(test)]
mod tests {
    use super::Site;

    #[test]
    fn sites_are_read_and_compared() {
        let covers = |own: &str, asked: &str| Site::parse(own).unwrap().covers(&Site::parse(asked).unwrap());
        assert_eq!(covers("https://git.example.org", "https://git.example.org/team/a.git"), Some(0));
        assert_eq!(covers("https://git.example.org/team/", "https://git.example.org/team/a.git"), Some(4));
        assert_eq!(covers("https://git.example.org/team", "https://git.example.org/teams/a"), None);
        assert_eq!(covers("git.example.org", "https://git.example.org"), Some(0));
        assert_eq!(covers("http://git.example.org", "https://git.example.org"), None);
        assert_eq!(covers("https://git.example.org:8443", "https://git.example.org"), None);
        assert_eq!(covers("https://Git.Example.org", "https://git.example.org"), Some(0));
        assert_eq!(Site::parse("https://me:x@h/p").unwrap().username.as_deref(), Some("me"));
        assert_eq!(Site::parse("https:///p"), None);
    }
}
