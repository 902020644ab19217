//! The revisions of a file in the history of a repository.

use std::ffi::OsString;
use std::os::unix::ffi::OsStrExt as _;
use std::path::Path;

use crate::cli::error::Error;
use crate::cli::git::WorkingTree;

/// Returns the objects that a file was in the history of some commits. `commits` are words of `git rev-list`.
pub fn objects(repository: &WorkingTree, commits: &[&str], name: &Path) -> Result<Vec<String>, Error> {
    // without `--full-history`, git leaves out a side that a merge dropped
    let words = ["rev-list", "--objects", "--full-history"].iter().chain(commits).map(OsString::from);
    let mut pattern = OsString::from(":(top,literal)");
    pattern.push(name);
    let answer = repository.ask(words.chain([OsString::from("--"), pattern]))?.unwrap_or_default();
    let mut objects = Vec::new();
    for line in answer.split(|byte| *byte == b'\n') {
        // the object and its name; commits have none
        if let Some(at) = line.iter().position(|byte| *byte == b' ')
            && line[at + 1..] == *name.as_os_str().as_bytes()
        {
            objects.push(String::from_utf8_lossy(&line[..at]).into_owned());
        }
    }
    Ok(objects)
}
