//! The trees of a commit: the file at a path, and a new tree with another content there, or none. All other files
//! keep their names, modes and contents.

use credctl::remote::{EngineFailure, FailureKind};

use super::failure::git_failure;
use super::program::GitInput;
use super::scratch::{ObjectFormat, ScratchRepository};

/// The mode of a new file.
const FILE: &str = "100644";
/// The modes of files.
const FILES: [&str; 2] = [FILE, "100755"];
const FOLDER: &str = "040000";

/// One name in a tree.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TreeEntry {
    mode: String,
    id: String,
    /// Any bytes but `/` and zero.
    name: Vec<u8>,
}

/// Returns the id of the file at a path in a commit, `None` if there is none. `Err(None)` if the repository does
/// not have all of the commit.
///
/// # Errors
/// [`FailureKind::Refused`] if there is something else than a file.
pub fn blob_at(
    scratch: &ScratchRepository,
    commit: &str,
    path: &str,
) -> Result<Option<String>, Option<EngineFailure>> {
    let words = ["ls-tree", "-z", "--full-tree", "--", commit, path];
    let output = scratch.inside(ObjectFormat::of(commit), &words, GitInput::Nothing)?;
    if !output.is_success {
        return Err(None);
    }
    let entries = entries(&output.output).ok_or_else(|| unreadable(""))?;
    match entries.into_iter().find(|entry| entry.name == path.as_bytes()) {
        None => Ok(None),
        Some(entry) if FILES.contains(&entry.mode.as_str()) => Ok(Some(entry.id)),
        Some(entry) => Err(Some(not_a_file(&entry.mode))),
    }
}

/// Writes the trees that have a blob at a path, or nothing there without a blob, and the same as `tree` elsewhere.
/// Returns the id of the new tree.
///
/// # Errors
/// [`FailureKind::Refused`] if a folder of the path is a file, or the path is a folder.
pub fn tree_with(
    scratch: &ScratchRepository,
    format: ObjectFormat,
    tree: Option<&str>,
    path: &str,
    blob: Option<&str>,
) -> Result<String, EngineFailure> {
    let entries = entries_with(scratch, format, tree, path, blob)?;
    written(scratch, format, &entries)
}

/// Returns the entries of the tree that [`tree_with`] writes. Writes the trees below it.
fn entries_with(
    scratch: &ScratchRepository,
    format: ObjectFormat,
    tree: Option<&str>,
    path: &str,
    blob: Option<&str>,
) -> Result<Vec<TreeEntry>, EngineFailure> {
    let mut kept = match tree {
        Some(tree) => {
            let output =
                scratch.inside(format, &["ls-tree", "-z", "--full-tree", tree], GitInput::Nothing)?;
            let entries = output.is_success.then(|| entries(&output.output)).flatten();
            entries.ok_or_else(|| unreadable(&output.messages))?
        }
        None => Vec::new(),
    };
    let (name, rest) = path.split_once('/').map_or((path, None), |(name, rest)| (name, Some(rest)));
    let place = kept.iter().position(|entry| entry.name == name.as_bytes());
    let old = place.map(|place| kept.remove(place));
    let (mode, id) = match (rest, &old) {
        (None, None) => (FILE, blob.map(str::to_owned)),
        (None, Some(old)) if FILES.contains(&old.mode.as_str()) => {
            (old.mode.as_str(), blob.map(str::to_owned))
        }
        (None, Some(old)) => return Err(not_a_file(&old.mode)),
        (Some(rest), old) => {
            if old.as_ref().is_some_and(|old| old.mode != FOLDER) {
                let text = "a folder in the path behind `#` is something else in the repository";
                return Err(EngineFailure::new(FailureKind::Refused, text));
            }
            let tree = old.as_ref().map(|old| old.id.as_str());
            let inside = entries_with(scratch, format, tree, rest, blob)?;
            // git has no empty folders
            let folder = (!inside.is_empty()).then(|| written(scratch, format, &inside)).transpose()?;
            (FOLDER, folder)
        }
    };
    if let Some(id) = id {
        kept.push(TreeEntry { mode: mode.to_owned(), id, name: name.as_bytes().to_vec() });
    }
    Ok(kept)
}

/// Writes a tree, and returns its id.
fn written(
    scratch: &ScratchRepository,
    format: ObjectFormat,
    entries: &[TreeEntry],
) -> Result<String, EngineFailure> {
    scratch.line(format, &["mktree", "-z"], GitInput::Bytes(&listed(entries)))
}

/// Takes the output of `git ls-tree -z` apart.
fn entries(output: &[u8]) -> Option<Vec<TreeEntry>> {
    let lines = output.split(|byte| *byte == 0).filter(|line| !line.is_empty());
    lines.map(entry).collect()
}

/// Takes `MODE TYPE ID<tab>NAME` apart.
fn entry(line: &[u8]) -> Option<TreeEntry> {
    let tab = line.iter().position(|byte| *byte == b'\t')?;
    let mut words = std::str::from_utf8(&line[..tab]).ok()?.split(' ');
    let (mode, _, id) = (words.next()?, words.next()?, words.next()?);
    Some(TreeEntry { mode: mode.to_owned(), id: id.to_owned(), name: line[tab + 1..].to_vec() })
}

/// Returns the input of `git mktree -z`.
fn listed(entries: &[TreeEntry]) -> Vec<u8> {
    let mut bytes = Vec::new();
    for TreeEntry { mode, id, name } in entries {
        let kind = match mode.as_str() {
            FOLDER => "tree",
            "160000" => "commit",
            _ => "blob",
        };
        bytes.extend_from_slice(format!("{mode} {kind} {id}\t").as_bytes());
        bytes.extend_from_slice(name);
        bytes.push(0);
    }
    bytes
}

fn not_a_file(mode: &str) -> EngineFailure {
    let what = match mode {
        FOLDER => "a folder",
        "120000" => "a symbolic link",
        "160000" => "a submodule",
        _ => "no regular file",
    };
    EngineFailure::new(FailureKind::Refused, &format!("the path behind `#` is {what} in the repository"))
}

fn unreadable(messages: &str) -> EngineFailure {
    git_failure("a tree of the repository cannot be read", messages)
}
