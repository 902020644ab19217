//! Candidates that are files, and programs in PATH. The shells do not list them here, because they would also do
//! so where an id belongs.

use std::path::Path;

use super::candidate::{Candidate, is_safe};
use crate::cli::context;

/// Returns the files, or only the folders, whose path begins with the word. Folders end in a slash.
pub fn files(word: &str, only_folders: bool) -> Vec<Candidate> {
    let (folder, begin) = word.split_at(word.rfind('/').map_or(0, |at| at + 1));
    let at = if folder.is_empty() { Path::new(".").to_owned() } else { context::expand(Path::new(folder)) };
    let mut found = Vec::new();
    for entry in at.read_dir().into_iter().flatten().flatten() {
        let Ok(name) = entry.file_name().into_string() else { continue };
        let hidden = name.starts_with('.') && !begin.starts_with('.');
        if hidden || !name.starts_with(begin) || !is_safe(&name) {
            continue;
        }
        // a link to a folder counts as one
        let is_folder = entry.path().is_dir();
        if is_folder || !only_folders {
            found.push(Candidate::new(format!("{folder}{name}{}", if is_folder { "/" } else { "" })));
        }
    }
    found.sort();
    found
}

/// Returns the programs in PATH that begin with the word, or the files once it is a path.
pub fn programs(word: &str) -> Vec<Candidate> {
    if word.is_empty() || word.contains('/') {
        return files(word, false);
    }
    let Some(Ok(path)) = context::variable("PATH") else { return Vec::new() };
    let folders = path.expose().split(':').map(|folder| format!("{folder}/{word}"));
    let found = folders.flat_map(|path| files(&path, false));
    let names = found.filter_map(|one| one.value.rsplit_once('/').map(|(_, name)| name.to_owned()));
    let mut names: Vec<_> = names.filter(|name| !name.is_empty()).map(Candidate::new).collect();
    names.sort();
    names.dedup();
    names
}
