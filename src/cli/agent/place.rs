//! The folder of the agent: one that only this user can look into, never a shared one.

use std::path::{Path, PathBuf};

use credctl::disk::{FileError, RunFolder};

use crate::cli::context::Settings;

/// The name of the socket.
pub const SOCKET: &str = "agent.sock";
/// The name of the file whose lock says that an agent lives.
pub const LIVE: &str = "agent.lock";

/// Returns the folder of the agent that lives; `None` if none does.
pub fn of_living(settings: &Settings) -> Result<Option<RunFolder>, FileError> {
    let (mut living, refused) = all_living(settings);
    match (living.is_empty(), refused) {
        (true, Some(error)) => Err(error),
        (true, None) => Ok(None),
        (false, _) => Ok(Some(living.swap_remove(0))),
    }
}

/// Returns the folders of all agents that live: shells with other sessions may have started one each. Also
/// returns the error of the first folder that cannot be used.
pub fn all_living(settings: &Settings) -> (Vec<RunFolder>, Option<FileError>) {
    let (mut living, mut refused) = (Vec::new(), None);
    for path in usable(settings) {
        let folder = RunFolder::open(path)
            .and_then(|folder| folder.map(|folder| Ok((folder.is_locked(LIVE)?, folder))).transpose());
        match folder {
            Ok(Some((true, folder))) => living.push(folder),
            Ok(_) => {}
            Err(error) => refused = refused.or(Some(error)),
        }
    }
    (living, refused)
}

/// Returns the folder for an agent that is to start, and makes the folder if it is missing.
pub fn of_new(settings: &Settings) -> Result<Option<RunFolder>, FileError> {
    usable(settings).next().map(RunFolder::make).transpose()
}

/// Returns the folders in which an agent may live. A folder of the session must be this user's own: a program
/// that runs as somebody else may have inherited the variable.
fn usable(settings: &Settings) -> impl Iterator<Item = &Path> {
    let folders = &settings.agent_folders;
    let is_own = |path: &Path| matches!(path.parent().map(RunFolder::open), Some(Ok(Some(_))));
    let last = folders.last();
    // the last one is in the user's home, and is made where it is missing
    folders.iter().filter(move |path| Some(*path) == last || is_own(path)).map(PathBuf::as_path)
}
