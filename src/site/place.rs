//! The place that an address names, and its fit with the place of a credential.

/// The protocols that a login without a protocol is used for. The tag has to name any other one, because most
/// of them send the password unencrypted.
const ENCRYPTED: [&str; 2] = ["https", "ssh"];

/// An address in a normal form. [`Self::is_same`] compares two of them, because a usual port may be spelled out
/// or not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Site {
    /// The protocol in small letters; none if the address names none.
    pub protocol: Option<String>,
    /// The host in small letters, in ASCII; empty for an address that is only a path, such as
    /// `cert:///key.pem`.
    pub host: String,
    /// The port as given. A default port may be spelled out or not.
    pub port: Option<u16>,
    /// The path, decoded, without the slashes at its ends.
    pub path: String,
    /// The user, as given in front of the host or beside the address.
    pub username: Option<String>,
}

/// The fit between the site of a credential and an address, from worse to better.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fit {
    /// The credential is for the host, but for another path on it.
    Host,
    /// The address names the host only, and the credential is for a path on it.
    Below,
    /// The credential is for the path, or for one above it, of this length.
    Covers(usize),
}

impl Site {
    /// Returns the fit between this site, which is that of a credential, and the address that asks. Returns
    /// `None` if they do not fit at all.
    #[must_use]
    pub fn fit(&self, asked: &Self) -> Option<Fit> {
        let protocol = match (self.protocol.as_deref(), asked.protocol.as_deref()) {
            (Some(own), Some(asked)) => own == asked,
            (None, Some(asked)) => ENCRYPTED.contains(&asked),
            // docker names registries without a protocol
            (Some(own), None) => matches!(own, "https" | "http"),
            (None, None) => true,
        };
        if !protocol || self.host != asked.host || self.port_of(asked) != asked.port_of(self) {
            return None;
        }
        let is_above = || asked.path.strip_prefix(&self.path).is_some_and(|rest| rest.starts_with('/'));
        if self.path.is_empty() || asked.path == self.path || is_above() {
            Some(Fit::Covers(self.path.len()))
        } else {
            asked.path.is_empty().then_some(Fit::Below)
        }
    }

    /// Returns true if both name the same place; who logs in there does not matter.
    #[must_use]
    pub fn is_same(&self, other: &Self) -> bool {
        self.protocol == other.protocol
            && self.host == other.host
            && self.port_of(other) == other.port_of(self)
            && self.path == other.path
    }

    /// Returns the port, or else the usual port of the protocol that one of the two sites names, or of `https`.
    fn port_of(&self, other: &Self) -> Option<u16> {
        let protocol = self.protocol.as_deref().or(other.protocol.as_deref()).unwrap_or("https");
        self.port.or_else(|| default_port(protocol))
    }
}

/// Returns the port that a protocol uses unless another is given.
pub(super) fn default_port(protocol: &str) -> Option<u16> {
    Some(match protocol {
        "https" => 443,
        "http" => 80,
        "ssh" => 22,
        "git" => 9418,
        "ftp" => 21,
        "ftps" => 990,
        "smtp" => 25,
        "smtps" => 465,
        "imap" => 143,
        "imaps" => 993,
        "ldap" => 389,
        "ldaps" => 636,
        _ => return None,
    })
}
