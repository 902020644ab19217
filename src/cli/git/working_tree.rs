//! The working tree of a git repository, and the questions that are put to it.

use std::ffi::{OsStr, OsString};
use std::os::unix::ffi::{OsStrExt as _, OsStringExt as _};
use std::path::{Path, PathBuf};

use crate::cli::child::{self, GitCaller};
use crate::cli::error::{Error, Failure};

/// The working tree of a repository.
pub struct WorkingTree {
    /// The top of the working tree.
    pub top: PathBuf,
    /// The folder of git that belongs to this working tree.
    pub git_folder: PathBuf,
    caller: GitCaller,
}

impl WorkingTree {
    /// Finds the repository around a folder. Returns `None` if there is none, or one without a working tree.
    pub fn around(folder: &Path, caller: GitCaller) -> Result<Option<Self>, Error> {
        // a relative path without a folder in it
        let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
        let path = |option: &str| {
            let words = [OsStr::new("rev-parse"), OsStr::new(option)];
            let answer = child::git(caller, folder, &words).map_err(not_started)?;
            Ok::<_, Error>(answer.map(|bytes| PathBuf::from(OsString::from_vec(line(bytes)))))
        };
        let Some(top) = path("--show-toplevel")?.filter(|top| top.is_absolute()) else { return Ok(None) };
        let Some(git_folder) = path("--absolute-git-dir")? else { return Ok(None) };
        Ok(Some(Self { top, git_folder, caller }))
    }

    /// Returns the name that a file has in the repository, from the top on. Returns `None` for a file that is
    /// elsewhere, and for one of the folder of git itself. `path` is absolute and free of links.
    pub fn name_of<'p>(&self, path: &'p Path) -> Option<&'p Path> {
        let name = path.strip_prefix(&self.top).ok()?;
        (!path.starts_with(&self.git_folder)).then_some(name).filter(|name| !name.as_os_str().is_empty())
    }

    /// Asks git at the top of the working tree. Returns `None` if git refuses or knows no answer.
    pub fn ask<W: AsRef<OsStr>>(&self, words: impl IntoIterator<Item = W>) -> Result<Option<Vec<u8>>, Error> {
        let words: Vec<W> = words.into_iter().collect();
        let words: Vec<&OsStr> = words.iter().map(AsRef::as_ref).collect();
        child::git(self.caller, &self.top, &words).map_err(not_started)
    }

    /// Asks git for one line.
    pub fn line<W: AsRef<OsStr>>(&self, words: impl IntoIterator<Item = W>) -> Result<Option<String>, Error> {
        Ok(self.ask(words)?.map(|bytes| String::from_utf8_lossy(&line(bytes)).into_owned()))
    }

    /// Returns the value of an attribute of a file; `None` if it is not set to a word.
    pub fn attribute(&self, attribute: &str, name: &Path) -> Result<Option<String>, Error> {
        let words = ["check-attr", "-z", attribute, "--"].map(OsStr::new);
        let words = words.into_iter().chain([name.as_os_str()]);
        let answer = self.ask(words)?.unwrap_or_default();
        let value =
            answer.split(|byte| *byte == 0).nth(2).map(|value| String::from_utf8_lossy(value).into_owned());
        Ok(value.filter(|value| !matches!(value.as_str(), "unspecified" | "set" | "unset")))
    }

    /// Returns the names of the tracked files that an attribute marks with a word.
    pub fn marked(&self, attribute: &str, word: &str) -> Result<Vec<PathBuf>, Error> {
        let pattern = format!(":(top,attr:{attribute}={word})");
        Ok(paths(&self.ask(["ls-files", "-z", "--", pattern.as_str()])?.unwrap_or_default()))
    }

    /// Returns the object of a file in a commit, or in the index if the commit is empty.
    pub fn object(&self, commit: &str, name: &Path) -> Result<Option<String>, Error> {
        let mut object = OsString::from(format!("{commit}:"));
        object.push(name);
        let words = ["rev-parse", "--verify", "--quiet", "--end-of-options"].map(OsString::from);
        self.line(words.into_iter().chain([object]))
    }

    /// Returns the content of an object.
    pub fn content(&self, object: &str) -> Result<Option<Vec<u8>>, Error> {
        self.ask(["cat-file", "blob", object])
    }
}

/// Returns the paths of an answer that ends each with a zero byte.
pub fn paths(answer: &[u8]) -> Vec<PathBuf> {
    let names = answer.split(|byte| *byte == 0).filter(|name| !name.is_empty());
    names.map(|name| PathBuf::from(OsStr::from_bytes(name))).collect()
}

/// Returns an answer without its line break.
fn line(mut bytes: Vec<u8>) -> Vec<u8> {
    if bytes.last() == Some(&b'\n') {
        bytes.pop();
    }
    bytes
}

fn not_started(error: std::io::Error) -> Error {
    Error::new(Failure::Io, "git cannot be started").because(error)
}
