//! An earlier version of a credential on its line.

use std::borrow::Cow;
use std::io::{self, Write};

use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use uuid::Uuid;
use zeroize::Zeroizing;

use super::credential::{after_id, credential, full, head, lay_out, problem};
use super::record::at;
use crate::credential::{Credential, Head};
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

/// The line of an earlier version in parts, because the text of its credential may be large.
pub struct VersionLine<'a> {
    /// Everything up to the end of the credential's id.
    begin: Vec<u8>,
    /// The rest of the credential.
    rest: &'a [u8],
}

impl<'a> VersionLine<'a> {
    /// Makes the line of a version from the line that the credential had. The version gets this id.
    ///
    /// # Errors
    /// Fails if that line is not JSON, or does not begin with an id.
    pub fn of(id: &str, old: &'a [u8], deleted: bool, remember: &Remember) -> Result<Self, RecordProblem> {
        let replaced_at = time::format(remember.at).into();
        // the text as it is: a version is kept even if today's rules refuse it
        let credential = serde_json::from_slice(old).map_err(problem)?;
        Self::new(VersionRecord {
            id: id.to_owned().into(),
            replaced_at,
            replaced_by: remember.by,
            deleted,
            credential,
        })
    }

    /// Makes the line of a version under another id.
    ///
    /// # Errors
    /// Fails if the line is not an earlier version, or its credential does not begin with an id.
    pub fn renamed(line: &'a [u8], id: &str) -> Result<Self, RecordProblem> {
        let record: VersionRecord<'_> = serde_json::from_slice(line).map_err(problem)?;
        Self::new(VersionRecord { id: id.to_owned().into(), ..record })
    }

    fn new(record: VersionRecord<'a>) -> Result<Self, RecordProblem> {
        let rest = after_id(record.credential.get().as_bytes())?;
        let id = serde_json::to_vec(&record.id).map_err(problem)?;
        let mut begin = before_credential(record)?;
        begin.extend_from_slice(br#"{"id":"#);
        begin.extend_from_slice(&id);
        Ok(Self { begin, rest })
    }

    /// Writes the line, without its end.
    ///
    /// # Errors
    /// An error of the output.
    pub fn write(&self, out: &mut impl Write) -> io::Result<()> {
        [&*self.begin, self.rest, b"}"].iter().try_for_each(|part| out.write_all(part))
    }

    /// Returns the line, without its end.
    #[must_use]
    pub fn bytes(&self) -> Zeroizing<Vec<u8>> {
        Zeroizing::new([&*self.begin, self.rest, b"}"].concat())
    }
}

/// Returns the line of a version up to its credential.
fn before_credential(record: VersionRecord<'_>) -> Result<Vec<u8>, RecordProblem> {
    // it stands for the credential
    let null = serde_json::from_str("null").map_err(problem)?;
    let mut line = serde_json::to_vec(&VersionRecord { credential: null, ..record }).map_err(problem)?;
    line.truncate(line.len() - b"null}".len());
    Ok(line)
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
    let record: VersionRecord<'_> = serde_json::from_slice(line).map_err(problem)?;
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
    version_head(record)?;
    let record: VersionRecord<'_> = serde_json::from_slice(record).map_err(problem)?;
    let (credential, replaced_at) = (record.credential, time::format(at(&record.replaced_at)?));
    let begin = before_credential(VersionRecord { replaced_at: replaced_at.into(), ..record })?;
    out.write_all(&begin).map_err(full)?;
    lay_out(credential.get().as_bytes(), out)?;
    out.write_all(b"}").map_err(full)
}
