//! The traces of a vault that git should not have: the text of a revision as a note, and the files of one machine.

use std::collections::HashSet;
use std::ffi::OsString;
use std::os::unix::ffi::OsStrExt as _;
use std::path::{Path, PathBuf};

use super::finding::{GitCheck, GitFinding};
use super::history;
use crate::cli::error::Error;
use crate::cli::git::{WorkingTree, paths};
use crate::cli::shell_word;

/// The place of the notes in which git keeps the output of text conversions.
const NOTES: &str = "refs/notes/textconv/";

/// Returns the findings about one vault that belong to no commit.
pub fn findings(repository: &WorkingTree, name: &Path) -> Result<Vec<GitFinding>, Error> {
    let mut findings = notes(repository, name)?;
    if let Some(driver) = repository.attribute("diff", name)? {
        let setting = format!("diff.{driver}.cachetextconv");
        let is_on = repository.line(["config", "--type=bool", "--get", setting.as_str()])?;
        if is_on.as_deref() == Some("true") {
            let detail =
                format!("git would keep the text of `{}` as a note: {setting} is on", name.display());
            let command = format!("git config {} false", shell_word::quoted(&setting));
            findings.push(GitFinding::new(GitCheck::Plaintext, name, detail, command));
        }
    }
    for file in tracked(repository, name)? {
        let detail = format!("git tracks `{}`, which belongs to this machine alone", file.display());
        let command = format!("git rm --cached --quiet -- {}", shell_word::path(&file));
        findings.push(GitFinding::new(GitCheck::Tracked, &file, detail, command));
    }
    Ok(findings)
}

/// Finds the notes with the text of a vault: those of the driver of the vault, and those about a revision of it,
/// whatever driver made them.
fn notes(repository: &WorkingTree, name: &Path) -> Result<Vec<GitFinding>, Error> {
    let refs = repository.ask(["for-each-ref", "--format=%(refname)", NOTES])?.unwrap_or_default();
    let refs = String::from_utf8_lossy(&refs).into_owned();
    let driver = repository.attribute("diff", name)?;
    let mut revisions: Option<HashSet<String>> = None;
    let mut findings = Vec::new();
    for note in refs.lines() {
        let is_own = note.strip_prefix(NOTES) == driver.as_deref();
        if !is_own {
            if revisions.is_none() {
                revisions = Some(history::objects(repository, &["--all"], name)?.into_iter().collect());
            }
            let listed = repository.ask(["ls-tree", "-r", "-z", "--name-only", note])?.unwrap_or_default();
            // a large tree has the first digits as folders
            let about = |path: PathBuf| path.to_string_lossy().replace('/', "");
            let known = revisions.as_ref();
            if !paths(&listed).into_iter().map(about).any(|id| known.is_some_and(|known| known.contains(&id)))
            {
                continue;
            }
        }
        let detail = format!("git keeps the text of `{}` in {note}", name.display());
        let command = format!("git update-ref -d {} && git gc --quiet --prune=now", shell_word::quoted(note));
        findings.push(GitFinding::new(GitCheck::Plaintext, name, detail, command));
    }
    Ok(findings)
}

/// Finds the tracked files beside a vault that belong to one machine.
fn tracked(repository: &WorkingTree, name: &Path) -> Result<Vec<PathBuf>, Error> {
    let Some(own) = name.file_name() else { return Ok(Vec::new()) };
    let folder = name.parent().unwrap_or(Path::new(""));
    let with = |before: &str, after: &str| {
        let mut path = OsString::from(before);
        path.push(own);
        path.push(after);
        folder.join(path)
    };
    let (backup, lock, draft, blobs) = (with("", ".bak"), with("", ".lock"), with(".", "."), with("", ".d"));
    let is_draft = |file: &Path| {
        let bytes = file.as_os_str().as_bytes();
        let is_beside = bytes.starts_with(draft.as_os_str().as_bytes()) && file.parent() == Some(folder);
        let is_blob = file.parent() == Some(&blobs)
            && file.file_name().is_some_and(|name| name.as_bytes().starts_with(b"."));
        bytes.ends_with(b".tmp") && (is_beside || is_blob)
    };
    let files = paths(&repository.ask(["ls-files", "-z"])?.unwrap_or_default());
    Ok(files.into_iter().filter(|file| *file == backup || *file == lock || is_draft(file)).collect())
}
