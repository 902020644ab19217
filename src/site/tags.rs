//! The tags and addresses of a credential that name sites.

use crate::credential::Credential;
use crate::kind::URL;
use crate::secret::Secret;
use crate::value::Value;

/// The tag that names a host, not one address on it.
pub(crate) const HOST: &str = "host";
/// Returns the texts that name sites, as they are written: the addresses of a login, and tags.
pub fn names(credential: &Credential) -> impl Iterator<Item = &str> {
    let written = credential.fields().get(URL).and_then(Value::as_list).unwrap_or_default();
    let tags = credential.head().envelope.tags.iter().filter(|(name, _)| is_url(name) || *name == HOST);
    written.iter().chain(tags.map(|(_, value)| value)).filter_map(|value| value.as_text().map(Secret::expose))
}

/// Returns true if a tag of this name holds an address: `url` for the main site, `url-2` and so on for more.
pub(crate) fn is_url(name: &str) -> bool {
    name.strip_prefix(URL).is_some_and(|rest| match rest.strip_prefix('-') {
        Some(number) => !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit()),
        None => rest.is_empty(),
    })
}

/// Returns the text of a tag.
#[must_use]
pub fn tag<'a>(credential: &'a Credential, name: &str) -> Option<&'a str> {
    credential.head().envelope.tags.get(name).and_then(Value::as_text).map(Secret::expose)
}
