//! The names of the files beside a vault. Every process tells by the name what such a file is.

use std::ffi::{OsStr, OsString};
use std::os::unix::ffi::OsStrExt as _;

use uuid::Uuid;

/// The endings of the files that stay beside a vault: `NAME.lock`, `NAME.bak`.
const SUFFIXES: [&str; 2] = [".lock", ".bak"];

/// Returns `NAME.lock`, which a writer locks.
pub(super) fn lock_name(vault: &OsStr) -> OsString {
    with_suffix(vault, ".lock")
}

/// Returns `NAME.bak`, the generation before.
pub(super) fn backup_name(vault: &OsStr) -> OsString {
    with_suffix(vault, ".bak")
}

/// Returns `.NAME.bak.tmp`, the third name of a generation that is about to become the backup.
pub(super) fn pending_name(vault: &OsStr) -> OsString {
    let mut name = OsString::from(".");
    name.push(with_suffix(vault, ".bak.tmp"));
    name
}

/// Returns `.NAME.RANDOM.tmp`: next to the vault, so that a rename suffices, and not to be guessed.
pub(super) fn draft_name(vault: &OsStr) -> OsString {
    let mut name = OsString::from(".");
    name.push(vault);
    name.push(format!(".{}.tmp", Uuid::new_v4().simple()));
    name
}

/// Returns true if a name is one that [`draft_name`] gives.
pub(super) fn is_draft_of(vault: &OsStr, name: &OsStr) -> bool {
    let random = name.as_bytes().strip_prefix(b".").and_then(|rest| rest.strip_prefix(vault.as_bytes()));
    let random = random.and_then(|rest| rest.strip_prefix(b".")).and_then(|rest| rest.strip_suffix(b".tmp"));
    random.is_some_and(|random| random.len() == 32 && random.iter().all(u8::is_ascii_hexdigit))
}

/// Returns true if a name is one that [`draft_name`] gives for any file.
pub(super) fn is_draft(name: &OsStr) -> bool {
    let inner = name.as_bytes().strip_prefix(b".").and_then(|rest| rest.strip_suffix(b".tmp"));
    let parts = inner.and_then(|inner| inner.split_last_chunk::<33>());
    parts.is_some_and(|(owner, random)| {
        !owner.is_empty() && random[0] == b'.' && random[1..].iter().all(u8::is_ascii_hexdigit)
    })
}

/// Returns `NAME.d`, the folder of blobs.
pub(super) fn blobs_name(vault: &OsStr) -> OsString {
    with_suffix(vault, ".d")
}

/// Returns `ID.age`, a blob in its folder.
pub(super) fn blob_name(id: Uuid) -> OsString {
    format!("{}.age", id.simple()).into()
}

/// Returns `.ID.tmp`, a blob that no vault may name yet.
pub(super) fn blob_draft_name(id: Uuid) -> OsString {
    format!(".{}.tmp", id.simple()).into()
}

/// Returns the id of the blob that has this name, and true if it is a draft.
pub(super) fn blob_of(name: &OsStr) -> Option<(Uuid, bool)> {
    let name = name.to_str()?;
    let (id, is_draft) = match name.strip_suffix(".age") {
        Some(id) => (id, false),
        None => (name.strip_prefix('.')?.strip_suffix(".tmp")?, true),
    };
    // the one spelling that we write: others could be two files for one blob
    let is_ours = id.len() == 32 && id.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'));
    Some((Uuid::try_parse(id).ok().filter(|_| is_ours)?, is_draft))
}

/// Returns the names of the files that stay beside a vault.
pub(super) fn lasting_names(vault: &OsStr) -> [OsString; 2] {
    SUFFIXES.map(|suffix| with_suffix(vault, suffix))
}

/// Returns the name of the vault that a file of this name would stay beside.
pub(super) fn owner_name(companion: &OsStr) -> Option<&OsStr> {
    let name = companion.as_bytes();
    let owner = SUFFIXES.iter().find_map(|suffix| name.strip_suffix(suffix.as_bytes()));
    owner.filter(|owner| !owner.is_empty()).map(OsStr::from_bytes)
}

fn with_suffix(vault: &OsStr, suffix: &str) -> OsString {
    let mut name = vault.to_owned();
    name.push(suffix);
    name
}

#[cfg(test)]
mod tests {
    use std::ffi::OsStr;

    use uuid::Uuid;

    use super::{blob_draft_name, blob_name, blob_of, draft_name, is_draft, is_draft_of};

    #[test]
    fn drafts_are_known_by_their_names() {
        let vault = OsStr::new("a.age");
        assert!(is_draft_of(vault, &draft_name(vault)));
        assert!(is_draft(&draft_name(vault)));
        assert!(!is_draft_of(OsStr::new("a"), &draft_name(vault)));
        assert_ne!(draft_name(vault), draft_name(vault));
        for other in ["a.age", ".a.age.tmp", ".a.age.00.tmp", "a.age.bak", ".a.age.swp"] {
            assert!(!is_draft_of(vault, OsStr::new(other)), "{other}");
            assert!(!is_draft(OsStr::new(other)), "{other}");
        }
    }

    #[test]
    fn blobs_are_known_by_their_names() {
        let id = Uuid::from_u128(0xabc);
        assert_eq!(blob_of(&blob_name(id)), Some((id, false)));
        assert_eq!(blob_of(&blob_draft_name(id)), Some((id, true)));
        let capitals = format!("{}.age", id.simple()).to_uppercase();
        let hyphens = format!("{id}.age");
        for other in ["x.age", "README", ".tmp", &capitals, &hyphens, ".git"] {
            assert_eq!(blob_of(OsStr::new(other)), None, "{other}");
        }
    }
}
