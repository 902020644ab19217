//! An earlier version of a credential on its line.

use std::borrow::Cow;
use std::io::Write;

use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use uuid::Uuid;
use zeroize::Zeroizing;

use super::credential::{at, credential, write_line};
use crate::secret::Buffer;
use crate::time;
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

/// Makes the line of an earlier version from the line that the credential had.
///
/// # Errors
/// Fails if that line is not JSON.
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
/// The reason why the line is not an earlier version.
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

/// Writes the line of an earlier version, without its end.
///
/// # Errors
/// Never in practice.
pub fn write_version(version: &Version, out: &mut impl Write) -> Result<(), serde_json::Error> {
    let record = VersionRecord {
        id: version.credential.id().into(),
        replaced_at: time::format(version.replaced_at).into(),
        replaced_by: version.replaced_by,
        deleted: version.deleted,
        credential: serde_json::from_str("null")?,
    };
    // the credential may be large: it goes right to its place
    let line = serde_json::to_vec(&record)?;
    out.write_all(line.strip_suffix(b"null}").unwrap_or(&line)).map_err(serde_json::Error::io)?;
    write_line(&version.credential, out)?;
    out.write_all(b"}").map_err(serde_json::Error::io)
}
