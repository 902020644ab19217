//! An earlier version of a credential on its line.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use uuid::Uuid;
use zeroize::Zeroizing;

use super::credential::{at, credential, line};
use crate::kind::rule::time;
use crate::secret::Buffer;
use crate::vault::{RecordProblem, Remember, Version};

/// An earlier version of a credential on its line. The id comes first.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct VersionRecord<'a> {
    #[serde(borrow)]
    id: Cow<'a, str>,
    #[serde(borrow)]
    replaced_at: Cow<'a, str>,
    replaced_by: Uuid,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    deleted: bool,
    #[serde(borrow)]
    credential: &'a RawValue,
}

/// The line of an earlier version, made of the line that the credential had.
///
/// # Errors
/// When that line is not JSON.
pub fn version_line(
    id: &str,
    old: &[u8],
    deleted: bool,
    remember: &Remember,
) -> Result<Zeroizing<Vec<u8>>, serde_json::Error> {
    let mut line = Buffer::with_capacity(old.len() + 256);
    let record = VersionRecord {
        id: id.into(),
        replaced_at: time::format(remember.at).into(),
        replaced_by: remember.by,
        deleted,
        credential: serde_json::from_slice(old)?,
    };
    serde_json::to_writer(&mut line, &record)?;
    Ok(line.into_bytes())
}

/// Reads the line of an earlier version.
///
/// # Errors
/// Why it is none.
pub fn version(line: &[u8]) -> Result<Version, RecordProblem> {
    let record: VersionRecord<'_> =
        serde_json::from_slice(line).map_err(|e| RecordProblem::Json(e.into()))?;
    let credential = credential(record.credential.get().as_bytes())?;
    if credential.id() != record.id {
        return Err(RecordProblem::Shape);
    }
    Ok(Version {
        credential,
        replaced_at: at(&record.replaced_at)?,
        replaced_by: record.replaced_by,
        deleted: record.deleted,
    })
}

/// The line of an earlier version as we write it.
///
/// # Errors
/// Why it is none.
pub fn canonical_version(record: &[u8]) -> Result<Zeroizing<Vec<u8>>, RecordProblem> {
    let problem = |error: serde_json::Error| RecordProblem::Json(error.into());
    let Version { credential, replaced_at, replaced_by, deleted } = version(record)?;
    let remember = Remember { versions: 1, at: replaced_at, by: replaced_by };
    let line = line(&credential).map_err(problem)?;
    version_line(credential.id(), &line, deleted, &remember).map_err(problem)
}
