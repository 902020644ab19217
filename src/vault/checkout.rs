//! The repository of git in which a vault was set up, as this machine remembers it.

use std::ffi::OsString;
use std::os::unix::ffi::{OsStrExt as _, OsStringExt as _};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// The place of a vault in a repository of git. It is noted by `git setup` alone: a repository that is found around a
/// vault may have been put there by anybody who can write to the folder.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Checkout {
    /// The folder of git, such as `/srv/team/.git`.
    #[serde(serialize_with = "put_path", deserialize_with = "path")]
    pub git_folder: PathBuf,
    /// The name of the vault from the top of the working tree on.
    #[serde(serialize_with = "put_path", deserialize_with = "path")]
    pub name: PathBuf,
}

/// Writes a path as its bytes, because a path need not be a text.
fn put_path<S: Serializer>(path: &Path, serializer: S) -> Result<S::Ok, S::Error> {
    path.as_os_str().as_bytes().serialize(serializer)
}

fn path<'de, D: Deserializer<'de>>(deserializer: D) -> Result<PathBuf, D::Error> {
    Ok(OsString::from_vec(Vec::deserialize(deserializer)?).into())
}
