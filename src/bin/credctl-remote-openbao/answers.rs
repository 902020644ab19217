//! The answers of the API: their members, and the failure that a status means.

use std::collections::BTreeMap;

use credctl::remote::{EngineFailure, FailureKind};
use serde::Deserialize;

use super::server::HttpAnswer;

/// Words of the server when another writer was faster.
const MISMATCH: &str = "check-and-set parameter did not match";

/// The frame of each answer.
#[derive(Debug, Deserialize)]
struct ApiAnswer<T> {
    data: Option<T>,
}

/// The frame of each error.
#[derive(Debug, Default, Deserialize)]
struct ApiErrors {
    #[serde(default)]
    errors: Vec<String>,
}

/// One version of a secret, and its fields if it is not deleted.
#[derive(Debug, Deserialize)]
pub struct SecretVersion {
    /// The fields; `None` if the version is deleted.
    pub data: Option<SecretFields>,
    /// The version.
    pub metadata: VersionInfo,
}

/// The fields of a secret.
#[derive(Debug, Deserialize)]
pub struct SecretFields {
    /// The content in base64; `None` in a secret of something else.
    pub age: Option<String>,
}

/// A version of a secret.
#[derive(Debug, Clone, Deserialize)]
pub struct VersionInfo {
    /// Its number.
    pub version: u64,
    /// The time of its creation.
    pub created_time: String,
}

/// All versions of a secret.
#[derive(Debug, Deserialize)]
pub struct SecretHistory {
    /// The number of the newest version; 0 if there never was one.
    pub current_version: u64,
    /// The versions that are left, by their numbers.
    pub versions: BTreeMap<String, HistoryEntry>,
}

/// One of all versions.
#[derive(Debug, Deserialize)]
pub struct HistoryEntry {
    /// The time of its creation.
    pub created_time: String,
    /// The time of its deletion, which may come; empty if there is none.
    #[serde(default)]
    pub deletion_time: String,
    /// True if its content is destroyed.
    #[serde(default)]
    pub destroyed: bool,
}

/// A mount.
#[derive(Debug, Deserialize)]
pub struct MountInfo {
    /// The options, `null` for engines that have none.
    pub options: Option<MountOptions>,
}

/// The options of a mount.
#[derive(Debug, Deserialize)]
pub struct MountOptions {
    /// The version of KV.
    pub version: Option<String>,
}

impl HttpAnswer {
    /// Returns the data of an answer; `None` if it has no such data.
    pub fn data<'a, T: Deserialize<'a>>(&'a self) -> Option<T> {
        serde_json::from_slice::<ApiAnswer<T>>(&self.body).ok()?.data
    }

    /// Returns true if the condition of a write was refused.
    pub fn is_mismatch(&self) -> bool {
        self.status == 400 && self.says(MISMATCH)
    }

    /// Returns true if the server is sure that it did nothing, and may do it later.
    pub fn is_sealed(&self) -> bool {
        self.status == 503 && self.says("sealed")
    }

    /// Returns true if the server has no engine at the mount.
    pub fn has_no_mount(&self) -> bool {
        self.status == 404 && self.says("no handler for route")
    }

    fn says(&self, words: &str) -> bool {
        let errors: ApiErrors = serde_json::from_slice(&self.body).unwrap_or_default();
        errors.errors.iter().any(|error| error.contains(words))
    }

    /// Returns the failure that the answer means. The text is ours: that of the server may have anything in it.
    pub fn failure(&self) -> EngineFailure {
        let (kind, text) = match self.status {
            _ if self.is_sealed() => (FailureKind::Unreachable, "the server is sealed"),
            403 => (
                FailureKind::Denied,
                "the server does not accept the token, or its policy does not permit this",
            ),
            404 => (FailureKind::Refused, "the server has no engine at the mount in the address"),
            413 => (FailureKind::Refused, "the vault is larger than the server accepts (max_request_size)"),
            500 if self.says("too large") => (
                FailureKind::Refused,
                "the vault is larger than the storage of the server accepts (max_entry_size)",
            ),
            429 => (FailureKind::Unreachable, "the server gets too many requests"),
            300..400 => (
                FailureKind::Unreachable,
                "the server sends requests elsewhere: set BAO_ADDR to the active one",
            ),
            500.. | 472 | 473 => {
                return EngineFailure::new(
                    FailureKind::Unreachable,
                    &format!("the server fails with status {}", self.status),
                );
            }
            _ => {
                return EngineFailure::new(
                    FailureKind::Refused,
                    &format!("the server refuses the request with status {}", self.status),
                );
            }
        };
        EngineFailure::new(kind, text)
    }
}

#[cfg(test)]
mod tests {
    use credctl::remote::FailureKind;

    use super::{HttpAnswer, SecretHistory, SecretVersion};

    fn answer(status: u16, body: &str) -> HttpAnswer {
        HttpAnswer { status, body: body.as_bytes().to_vec() }
    }

    #[test]
    fn a_status_has_a_kind() {
        for (status, body, kind) in [
            (403, "{\"errors\":[\"permission denied\"]}", FailureKind::Denied),
            (503, "{\"errors\":[\"Vault is sealed\"]}", FailureKind::Unreachable),
            (502, "<html>", FailureKind::Unreachable),
            (413, "{\"errors\":[\"http: request body too large\"]}", FailureKind::Refused),
            (500, "{\"errors\":[\"put failed due to value being too large\"]}", FailureKind::Refused),
            (404, "{\"errors\":[\"no handler for route\"]}", FailureKind::Refused),
            (307, "", FailureKind::Unreachable),
            (418, "hunter2", FailureKind::Refused),
        ] {
            let failure = answer(status, body).failure();
            assert_eq!(failure.kind, kind, "{status}");
            assert!(!failure.text.contains("hunter2"));
        }
    }

    #[test]
    fn answers_are_read_whatever_else_is_in_them() {
        let found = "{\"x\":1,\"data\":{\"data\":{\"age\":\"YQ==\",\"y\":[]},\"metadata\":{\"created_time\":\"t\",\
                     \"custom_metadata\":null,\"version\":3}}}";
        let found: SecretVersion = answer(200, found).data().unwrap();
        assert_eq!((found.metadata.version, found.data.unwrap().age.as_deref()), (3, Some("YQ==")));
        let deleted = "{\"data\":{\"data\":null,\"metadata\":{\"created_time\":\"t\",\"version\":3}}}";
        assert!(answer(404, deleted).data::<SecretVersion>().unwrap().data.is_none());
        let history = "{\"data\":{\"current_version\":1,\"versions\":{\"1\":{\"created_time\":\"t\"}}}}";
        assert_eq!(answer(200, history).data::<SecretHistory>().unwrap().versions["1"].created_time, "t");
        for other in ["", "{}", "{\"data\":null}", "{\"data\":[]}", "{\"data\":{\"data\":{\"age\":5}}}"] {
            assert!(answer(200, other).data::<SecretVersion>().is_none(), "{other}");
        }
        assert!(
            answer(400, "{\"errors\":[\"check-and-set parameter did not match the current version\"]}")
                .is_mismatch()
        );
        assert!(!answer(400, "{\"errors\":[\"no\"]}").is_mismatch());
    }
}
