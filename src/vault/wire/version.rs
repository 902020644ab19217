//! An earlier version of a credential on its line.

use std::borrow::Cow;
use std::io::Write;

use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use uuid::Uuid;
use zeroize::Zeroizing;

use super::credential::{at, credential, head, lay_out, line};
use crate::credential::{Credential, Head};
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
        // the text as it is: a version is kept even if today's rules refuse it
        credential: serde_json::from_slice(old)?,
    };
    serde_json::to_writer(&mut line, &record)?;
    Ok(line.into_bytes())
}

/// Returns the line of an earlier version, without its end.
///
/// # Errors
/// Never in practice.
pub fn line_of_version(version: &Version) -> Result<Zeroizing<Vec<u8>>, serde_json::Error> {
    let credential = line(&version.credential)?;
    let remember = Remember { versions: 1, at: version.replaced_at, by: version.replaced_by };
    version_line(version.credential.id(), &credential, version.deleted, &remember)
}

/// Reads the line of an earlier version.
///
/// # Errors
/// The reason why the line is not an earlier version.
pub fn version(line: &[u8]) -> Result<Version, RecordProblem> {
    read(line, credential, Credential::id)
}

/// Reads the line of an earlier version without the fields of the credential.
///
/// # Errors
/// As [`version`].
pub fn version_head(line: &[u8]) -> Result<Version<Head>, RecordProblem> {
    read(line, head, |head| &head.id)
}

fn read<T>(
    line: &[u8],
    credential: impl FnOnce(&[u8]) -> Result<T, RecordProblem>,
    id: impl FnOnce(&T) -> &str,
) -> Result<Version<T>, RecordProblem> {
    let record: VersionRecord<'_> =
        serde_json::from_slice(line).map_err(|e| RecordProblem::Json(e.into()))?;
    let credential = credential(record.credential.get().as_bytes())?;
    // an id in front that differs would put a version under another credential
    if id(&credential) != record.id {
        return Err(RecordProblem::Shape);
    }
    Ok(Version {
        credential,
        replaced_at: at(&record.replaced_at)?,
        replaced_by: record.replaced_by,
        deleted: record.deleted,
    })
}

/// Writes the record of an earlier version as its line, without its end. Memory: as
/// [`super::credential::lay_out`].
///
/// # Errors
/// The reason why the record is not an earlier version; an error of the output.
pub fn lay_out_version(record: &[u8], out: &mut impl Write) -> Result<(), RecordProblem> {
    let problem = |error: serde_json::Error| RecordProblem::Json(error.into());
    version_head(record)?;
    let record: VersionRecord<'_> = serde_json::from_slice(record).map_err(problem)?;
    let credential = record.credential;
    // it stands for the credential, whose text may be large and goes right to its place
    let null = serde_json::from_str("null").map_err(problem)?;
    let replaced_at = time::format(at(&record.replaced_at)?);
    let line = VersionRecord { replaced_at: replaced_at.into(), credential: null, ..record };
    let line = serde_json::to_vec(&line).map_err(problem)?;
    let full = |error| problem(serde_json::Error::io(error));
    out.write_all(line.strip_suffix(b"null}").unwrap_or(&line)).map_err(full)?;
    lay_out(credential.get().as_bytes(), out)?;
    out.write_all(b"}").map_err(full)
}
