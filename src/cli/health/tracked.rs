//! Findings about files that git tracks and should not: the backup, the lock and the drafts of a vault, and
//! identities.

use std::collections::HashSet;
use std::os::unix::ffi::OsStrExt as _;
use std::path::{Path, PathBuf};

use credctl::disk::{Leftover, Location, read_named};
use credctl::text;

use super::access::{IdentityState, VaultAccess};
use super::finding::{HealthCheck, HealthFinding};
use super::git_index;
use crate::cli::shell_word;

/// The most bytes of an index.
const LIMIT: u64 = 256 * 1024 * 1024;

/// A repository with the files that it tracks.
struct Repository {
    top: PathBuf,
    tracked: HashSet<Vec<u8>>,
}

/// Returns the findings about the files of a vault and the identities that open it. Passes over what is in no
/// repository, or in one that cannot be read.
pub fn findings(location: Option<&Location>, access: &VaultAccess) -> Vec<HealthFinding> {
    let mut suspects = location.map(beside).unwrap_or_default();
    let is_bare = |state: &IdentityState| {
        matches!(state, IdentityState::Opens | IdentityState::Other | IdentityState::Ready)
    };
    for file in access.identities.iter().filter(|file| is_bare(&file.state)) {
        suspects.push((
            file.path.clone(),
            "an identity without a passphrase; the commits keep it, so replace it with `credctl rekey`",
        ));
    }
    let mut known: Vec<Repository> = Vec::new();
    suspects.into_iter().filter_map(|(path, what)| tracked(&mut known, &path, what)).collect()
}

/// Returns the files beside a vault that belong to this machine alone.
fn beside(location: &Location) -> Vec<(PathBuf, &'static str)> {
    let mut files = vec![
        (location.backup(), "the state before the last change, which old keys may open"),
        (location.lock_file(), "the lock, which is for the writers of this machine"),
    ];
    for leftover in location.leftovers().unwrap_or_default() {
        if let Leftover::Draft { path } | Leftover::Backup { path, .. } = leftover {
            files.push((path, "what a killed writer left"));
        }
    }
    files
}

fn tracked(known: &mut Vec<Repository>, path: &Path, what: &str) -> Option<HealthFinding> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let file = folder.canonicalize().ok()?.join(path.file_name()?);
    let top = file.ancestors().skip(1).find(|folder| folder.join(".git").exists())?;
    if !known.iter().any(|repository| repository.top == top) {
        known.push(Repository::read(top)?);
    }
    let repository = known.iter().find(|repository| repository.top == top)?;
    let name = file.strip_prefix(top).ok()?;
    if !repository.tracked.contains(name.as_os_str().as_bytes()) {
        return None;
    }
    let (at, name) = (shell_word::path(top), shell_word::quoted(&name.display().to_string()));
    let command = format!("git -C {at} rm --cached --quiet -- {name}");
    Some(
        HealthFinding::new(HealthCheck::Git, format!("git tracks `{}`: {what}", file.display()), command)
            .about(&file),
    )
}

impl Repository {
    fn read(top: &Path) -> Option<Self> {
        let git = top.join(".git");
        let folder = if git.is_dir() { git } else { linked(top, &git)? };
        let index = read_named(&folder.join("index"), LIMIT).ok()?;
        let tracked = git_index::names(&index)?.into_iter().collect();
        Some(Self { top: top.to_owned(), tracked })
    }
}

/// Returns the folder that a file `.git` names, as that of a worktree does.
fn linked(top: &Path, file: &Path) -> Option<PathBuf> {
    let bytes = read_named(file, 64 * 1024).ok()?;
    let line = text::decode(&bytes).ok()?;
    Some(top.join(line.trim().strip_prefix("gitdir:")?.trim()))
}
