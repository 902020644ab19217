//! The settings of git that name this program.

use std::ffi::OsStr;
use std::path::Path;

use super::report::SetupReport;
use crate::cli::child::{self, GitCaller};
use crate::cli::error::{Error, Failure};

/// The settings of a repository, or of the user.
#[derive(Clone, Copy)]
pub struct GitSettings<'a> {
    /// The folder in which git is asked.
    pub folder: &'a Path,
    /// The option of `git config` that names the file of the settings.
    pub scope: &'static str,
}

impl GitSettings<'_> {
    /// Returns a setting.
    pub fn get(&self, words: &[&str]) -> Result<Option<String>, Error> {
        let answer = self.run(words)?;
        let text = answer.map(|bytes| String::from_utf8_lossy(&bytes).into_owned());
        Ok(text.map(|text| text.strip_suffix('\n').map_or(text.clone(), str::to_owned)))
    }

    /// Sets a setting. Returns false if it had the value.
    fn set(&self, name: &str, value: &str) -> Result<bool, Error> {
        if self.get(&["--get-all", name])?.as_deref() == Some(value) {
            return Ok(false);
        }
        match self.run(&["--replace-all", name, value])? {
            Some(_) => Ok(true),
            None => Err(Error::new(Failure::Io, format!("git rejected the setting {name}"))),
        }
    }

    fn run(&self, words: &[&str]) -> Result<Option<Vec<u8>>, Error> {
        let words = ["config", self.scope].into_iter().chain(words.iter().copied());
        let words: Vec<&OsStr> = words.map(OsStr::new).collect();
        let not_started = |error| Error::new(Failure::Io, "git cannot be started").because(error);
        child::git(GitCaller::Operator, self.folder, &words).map_err(not_started)
    }
}

/// Registers the merge driver and the text conversion.
pub fn register(git: GitSettings<'_>, program: &str, report: &mut SetupReport) -> Result<(), Error> {
    let driver = format!("{program} git merge-driver %O %A %B %P");
    let textconv = format!("{program} git textconv");
    let merge = [
        ("merge.credctl.name", "both sides of a credctl vault"),
        ("merge.credctl.driver", driver.as_str()),
        // the ancestor of two ancestors is one of them, and no file of conflicts
        ("merge.credctl.recursive", "binary"),
    ];
    // written out: a cache would be a note in the repository, and could be pushed
    let diff = [("diff.credctl.textconv", textconv.as_str()), ("diff.credctl.cachetextconv", "false")];
    for (what, pairs) in [("the merge driver", &merge[..]), ("the text conversion", &diff[..])] {
        let mut is_new = false;
        for (name, value) in pairs {
            is_new |= git.set(name, value)?;
        }
        if is_new {
            report.change(format!("registered {what}"));
        }
    }
    Ok(())
}
