//! The tags of a credential that name sites.

use crate::credential::Credential;
use crate::secret::Secret;
use crate::value::Value;

/// The tag that names the main site of a credential; `url-2` and so on name more.
const URL: &str = "url";
/// The tag that names a host, not one address on it.
pub(crate) const HOST: &str = "host";
/// Returns the texts of the tags that name sites, as they are written.
pub fn names(credential: &Credential) -> impl Iterator<Item = &str> {
    let tags = credential.head().envelope.tags.iter().filter(|(name, _)| is_url(name) || *name == HOST);
    tags.filter_map(|(_, value)| value.as_text().map(Secret::expose))
}

/// Returns true if a tag of this name holds an address: `url`, `url-2` and so on.
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
