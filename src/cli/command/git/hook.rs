//! The hooks that run `git check` before a commit.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};

use credctl::disk::{Access, FileError, Location};
use credctl::vault;

use super::report::SetupReport;
use crate::cli::error::Error;
use crate::cli::git::{WorkingTree, own_word};

/// The hooks: before a commit by hand, and before that of a merge without conflicts.
const HOOKS: [&str; 2] = ["pre-commit", "pre-merge-commit"];
/// The call that each hook has.
const CALL: &str = "git check --staged";
/// The most bytes of a hook.
const LIMIT: u64 = 1024 * 1024;

/// Adds the hooks that are missing. Leaves those of others alone, and says what to add to them.
pub fn install(repository: &WorkingTree, report: &mut SetupReport) -> Result<(), Error> {
    let program = own_word()?;
    for name in HOOKS {
        let words = ["rev-parse".to_owned(), "--git-path".to_owned(), format!("hooks/{name}")];
        let Some(path) = repository.line(words)? else { continue };
        // git answers from the top on, if the folder is not named by its whole path
        let path = repository.top.join(path);
        let call = format!("{program} {CALL} || exit");
        match read(&path)? {
            Some(text) if text.windows(CALL.len()).any(|part| part == CALL.as_bytes()) => {}
            Some(_) => {
                report.advise(format!("the hook `{}` stays as it is; add to it: {call}", path.display()));
            }
            None if !is_own(repository, &path) => report.advise(format!(
                "the hooks of this repository are in `{}`, outside of it; add to `{name}` there: {call}",
                path.parent().unwrap_or(&path).display()
            )),
            None => {
                let script = format!(
                    "#!/bin/sh\n# made by credctl git setup: no commit loses a side of a vault\n{call}\n"
                );
                let location = Location::resolve_or_create(&path).map_err(vault::Error::from)?;
                location.publish_new(Access::Program, u64::MAX, |out| {
                    out.write_all(script.as_bytes()).map_err(vault::Error::Write)
                })?;
                report.change(format!("added the hook {name}"));
            }
        }
    }
    Ok(())
}

/// Returns true if the folder of the hooks belongs to this repository alone.
fn is_own(repository: &WorkingTree, hook: &Path) -> bool {
    let common = repository.line(["rev-parse", "--git-common-dir"]).ok().flatten();
    let common = common.map(|folder| repository.top.join(folder));
    let real = |path: &Path| existing(path).and_then(|path| path.canonicalize().ok());
    let Some(folder) = hook.parent().and_then(real) else { return false };
    let own = [Some(repository.top.clone()), Some(repository.git_folder.clone()), common];
    own.into_iter().flatten().filter_map(|own| real(&own)).any(|own| folder.starts_with(own))
}

/// Returns the nearest folder of a path that exists.
fn existing(path: &Path) -> Option<PathBuf> {
    path.ancestors()
        .find(|folder| folder.as_os_str() != OsStr::new("") && folder.exists())
        .map(Path::to_owned)
}

/// Reads a hook, if there is one.
fn read(path: &Path) -> Result<Option<Vec<u8>>, Error> {
    let location = match Location::resolve(path) {
        Err(FileError::NotFound { .. }) => return Ok(None),
        location => location.map_err(vault::Error::from)?,
    };
    match location.read(LIMIT) {
        Err(FileError::NotFound { .. }) => Ok(None),
        text => Ok(Some(
            text.map_err(vault::Error::from)?
                .map(|mut bytes| std::mem::take(&mut *bytes))
                .unwrap_or_default(),
        )),
    }
}
