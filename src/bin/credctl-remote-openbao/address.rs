//! Addresses of secrets: `openbao://MOUNT/PATH` and `vault://MOUNT/PATH`.

use credctl::remote::{EngineFailure, FailureKind};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

/// The characters that a part of a path has as they are.
const ENCODED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// The address of one secret.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SecretAddress {
    /// The mount of the engine.
    pub mount: String,
    /// The path of the secret in it, as it is: a percent sign is a percent sign.
    pub path: String,
}

impl SecretAddress {
    /// Parses an address.
    ///
    /// # Errors
    /// [`FailureKind::Refused`] with the reason.
    pub fn parse(text: &str) -> Result<Self, EngineFailure> {
        let refused = |text: &str| Err(EngineFailure::new(FailureKind::Refused, text));
        let Some(("openbao" | "vault", rest)) = text.split_once("://") else {
            return refused("the address must begin with `openbao://` or `vault://`");
        };
        let Some((mount, path)) = rest.split_once('/') else {
            return refused("the address must have the form `openbao://MOUNT/PATH`");
        };
        let mount = mount.replace("%2F", "/").replace("%2f", "/");
        if mount.contains(['%', '@', ':', '?', '#']) {
            return refused("the mount in the address has a character that no mount has");
        }
        let is_wrong = |part: &str| ["", ".", ".."].contains(&part) || part.contains(char::is_control);
        if mount.split('/').any(is_wrong) || path.split('/').any(is_wrong) {
            return refused("the address has an empty part, `.`, `..` or a control character");
        }
        Ok(Self { mount, path: path.to_owned() })
    }

    /// Returns the secret whose path has this end, too.
    pub fn beside(&self, end: &str) -> Self {
        Self { mount: self.mount.clone(), path: format!("{}{end}", self.path) }
    }

    /// Returns the path of an endpoint for the secret in the API.
    pub fn endpoint(&self, kind: &str) -> String {
        format!("{}/{kind}/{}", encoded(&self.mount), encoded(&self.path))
    }

    /// Returns the path of the endpoint that describes the mount.
    pub fn of_mount(&self) -> String {
        format!("sys/internal/ui/mounts/{}", encoded(&self.mount))
    }
}

fn encoded(path: &str) -> String {
    let parts = path.split('/').map(|part| utf8_percent_encode(part, ENCODED).to_string());
    parts.collect::<Vec<_>>().join("/")
}

#[cfg(test)]
mod tests {
    use super::SecretAddress;

    #[test]
    fn an_address_has_a_mount_and_a_path() {
        for (text, data) in [
            ("openbao://secret/team.age", "secret/data/team.age"),
            ("vault://secret/a/b c", "secret/data/a/b%20c"),
            ("openbao://team%2Fkv/x?y#z%", "team/kv/data/x%3Fy%23z%25"),
            ("openbao://secret/ö", "secret/data/%C3%B6"),
        ] {
            assert_eq!(SecretAddress::parse(text).unwrap().endpoint("data"), data);
        }
        let beside = SecretAddress::parse("openbao://secret/a").unwrap().beside(".probe");
        assert_eq!(beside.endpoint("metadata"), "secret/metadata/a.probe");
    }

    #[test]
    fn other_addresses_are_refused() {
        for text in [
            "",
            "secret/team.age",
            "https://secret/team.age",
            "openbao://",
            "openbao://secret",
            "openbao://secret/",
            "openbao:///team.age",
            "openbao://secret//team.age",
            "openbao://secret/a/../b",
            "openbao://secret/a/",
            "openbao://..%2Fsys/a",
            "openbao://user:word@secret/a",
            "openbao://secret?x/a",
            "openbao://secret/a\nb",
        ] {
            assert!(SecretAddress::parse(text).is_err(), "{text}");
        }
    }
}
