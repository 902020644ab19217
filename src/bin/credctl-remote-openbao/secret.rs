//! One secret of the engine: reading a version, writing the next one, and removing them. A write whose answer is lost is settled by
//! reading the version that it would have made.

use credctl::base64;
use credctl::remote::{EngineFailure, FailureKind, MAX_OBJECT};

use super::address::SecretAddress;
use super::answers::{MountInfo, SecretHistory, SecretVersion, VersionInfo};
use super::server::{KvServer, too_large};

/// The requests for one write whose answers may get lost.
const ATTEMPTS: u32 = 3;

/// A secret, and the server that has it.
pub struct KvSecret<'a> {
    /// The server.
    pub server: &'a KvServer,
    /// The address.
    pub address: SecretAddress,
}

/// The newest version of a secret, or another one.
#[derive(Debug)]
pub enum SecretState {
    /// There never was one, or there is nothing left of it.
    Missing,
    /// It is deleted. The next one has the number after this.
    Deleted(u64),
    /// It is there.
    Present(VersionInfo),
}

impl SecretState {
    /// Returns the number that a write must name.
    pub fn number(&self) -> u64 {
        match self {
            Self::Missing => 0,
            Self::Deleted(version) | Self::Present(VersionInfo { version, .. }) => *version,
        }
    }

    /// Returns the tag; `None` if there is no content.
    pub fn tag(&self) -> Option<String> {
        match self {
            Self::Present(info) => Some(tag_of(info)),
            Self::Missing | Self::Deleted(_) => None,
        }
    }
}

/// The result of a write.
#[derive(Debug)]
pub enum SecretWritten {
    /// The content is stored, or was and has been replaced by another writer.
    Stored(String),
    /// Another writer was faster.
    Mismatch,
    /// It may be stored.
    Unknown(EngineFailure),
}

/// Returns the tag of a version. A number alone comes back when a secret is removed for good and made anew.
fn tag_of(info: &VersionInfo) -> String {
    format!("{} {}", info.version, info.created_time)
}

impl KvSecret<'_> {
    /// Reads the newest version, or the one with a number.
    ///
    /// # Errors
    /// If the server refuses, or cannot be reached.
    pub fn read(&self, version: Option<u64>) -> Result<(SecretState, Vec<u8>), EngineFailure> {
        let mut path = self.address.endpoint("data");
        if let Some(version) = version {
            path.push_str(&format!("?version={version}"));
        }
        let answer = self.server.get(&path)?;
        match (answer.status, answer.data::<SecretVersion>()) {
            (200, Some(SecretVersion { data: Some(fields), metadata })) => {
                let content = fields.age.as_deref().and_then(|text| base64::decode(text).ok());
                let mut content = content.ok_or_else(not_a_vault)?;
                if content.len() as u64 > MAX_OBJECT {
                    return Err(too_large());
                }
                Ok((SecretState::Present(metadata), std::mem::take(&mut *content)))
            }
            (200, _) => Err(not_a_vault()),
            (404, Some(SecretVersion { metadata, .. })) => {
                Ok((SecretState::Deleted(metadata.version), Vec::new()))
            }
            (404, None) if !answer.has_no_mount() => Ok((SecretState::Missing, Vec::new())),
            _ => Err(answer.failure()),
        }
    }

    /// Asks for the newest version without its content; `None` if the policy does not permit that.
    ///
    /// # Errors
    /// If the server refuses, or cannot be reached.
    pub fn state(&self) -> Result<Option<SecretState>, EngineFailure> {
        let answer = self.server.get(&self.address.endpoint("metadata"))?;
        match (answer.status, answer.data::<SecretHistory>()) {
            (200, Some(history)) => {
                let number = history.current_version;
                match history.versions.get(&number.to_string()) {
                    Some(entry) if !entry.destroyed && entry.deletion_time.is_empty() => {
                        let created_time = entry.created_time.clone();
                        Ok(Some(SecretState::Present(VersionInfo { version: number, created_time })))
                    }
                    // a time of deletion may be that of the future, which the server knows
                    Some(entry) if !entry.destroyed => self.read(None).map(|(state, _)| Some(state)),
                    Some(_) => Ok(Some(SecretState::Deleted(number))),
                    None if number == 0 => Ok(Some(SecretState::Missing)),
                    None => self.read(None).map(|(state, _)| Some(state)),
                }
            }
            (403, _) => Ok(None),
            (404, _) if !answer.has_no_mount() => Ok(Some(SecretState::Missing)),
            _ => Err(answer.failure()),
        }
    }

    /// Checks that the mount is an engine that knows conditions. One of version 1 would take a write as it is.
    ///
    /// # Errors
    /// [`FailureKind::Unsupported`] if it is another one; also if the server cannot be reached.
    pub fn require_version_2(&self) -> Result<(), EngineFailure> {
        let answer = self.server.get(&self.address.of_mount())?;
        let version =
            answer.data::<MountInfo>().map(|mount| mount.options.and_then(|options| options.version));
        match (answer.status, version) {
            (200, Some(Some(version))) if version == "2" => Ok(()),
            (200, Some(_)) => Err(EngineFailure::new(
                FailureKind::Unsupported,
                &format!("the engine at `{}` is not KV of version 2", self.address.mount),
            )),
            (403, _) => Err(EngineFailure::new(
                FailureKind::Denied,
                &format!(
                    "the server does not accept the token, or there is no engine at `{}`",
                    self.address.mount
                ),
            )),
            _ => Err(answer.failure()),
        }
    }

    /// Writes a content as the version after `number`, if that is still the newest one.
    ///
    /// # Errors
    /// If the server refuses for another reason, or cannot be reached.
    pub fn write(&self, number: u64, content: &[u8]) -> Result<SecretWritten, EngineFailure> {
        let document = document(number, content);
        let path = self.address.endpoint("data");
        let mut lost = None;
        for _ in 0..ATTEMPTS {
            match self.server.post(&path, &document) {
                Ok(answer) if answer.status == 200 => {
                    let info: VersionInfo = answer.data().ok_or_else(|| answer.failure())?;
                    return Ok(SecretWritten::Stored(tag_of(&info)));
                }
                Ok(answer) if answer.is_mismatch() => {
                    if lost.is_none() {
                        return Ok(SecretWritten::Mismatch);
                    }
                }
                // a proxy may answer for a server that did it
                Ok(answer) if answer.status >= 500 && !answer.is_sealed() => {
                    let failure = answer.failure();
                    if failure.kind == FailureKind::Refused {
                        return Err(failure);
                    }
                    lost = Some(failure);
                }
                Ok(answer) => {
                    return lost
                        .map_or_else(|| Err(answer.failure()), |lost| Ok(SecretWritten::Unknown(lost)));
                }
                Err(none) if none.may_be_done => lost = Some(none.failure),
                Err(none) => return lost.map_or(Err(none.failure), |lost| Ok(SecretWritten::Unknown(lost))),
            }
            // the number after it can have one content only
            match self.read(Some(number + 1)) {
                Ok((SecretState::Present(info), stored)) if stored == content => {
                    return Ok(SecretWritten::Stored(tag_of(&info)));
                }
                Ok((SecretState::Present(_), _)) => return Ok(SecretWritten::Mismatch),
                // once more: if the first request still arrives, the server refuses one of both
                Ok((SecretState::Missing, _)) => {}
                Ok((SecretState::Deleted(_), _)) | Err(_) => break,
            }
        }
        let failure =
            lost.unwrap_or_else(|| EngineFailure::new(FailureKind::Internal, "the write has no result"));
        Ok(SecretWritten::Unknown(failure))
    }

    /// Removes the secret with all of its versions, or its newest version if the policy permits only that. A secret
    /// that is not there is no failure.
    ///
    /// # Errors
    /// If the server refuses, or cannot be reached.
    pub fn remove(&self) -> Result<(), EngineFailure> {
        match self.delete("metadata") {
            Err(failure) if failure.kind == FailureKind::Denied => self.delete("data"),
            result => result,
        }
    }

    /// Sends the request for a removal to an endpoint.
    fn delete(&self, kind: &str) -> Result<(), EngineFailure> {
        let answer = self.server.delete(&self.address.endpoint(kind)).map_err(|none| none.failure)?;
        match answer.status {
            200..300 => Ok(()),
            404 if !answer.has_no_mount() => Ok(()),
            _ => Err(answer.failure()),
        }
    }
}

/// Returns the document of a write.
pub fn document(number: u64, content: &[u8]) -> Vec<u8> {
    // base64 needs no escapes
    let text = base64::encode(content);
    format!("{{\"options\":{{\"cas\":{number}}},\"data\":{{\"age\":\"{}\"}}}}", text.expose()).into_bytes()
}

fn not_a_vault() -> EngineFailure {
    EngineFailure::new(
        FailureKind::Refused,
        "the secret at the address has no field `age` with base64, so it is no vault",
    )
}
