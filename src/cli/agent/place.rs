//! The folder of the agent: one that only this user can look into, never a shared one.

use std::path::Path;

use credctl::disk::{FileError, RunFolder};

use crate::cli::context::Settings;

/// The name of the socket.
pub const SOCKET: &str = "agent.sock";
/// The name of the file whose lock says that an agent lives.
pub const LIVE: &str = "agent.lock";

/// Returns the folder of the agent that lives; `None` if none does.
pub fn of_living(settings: &Settings) -> Result<Option<RunFolder>, FileError> {
    let mut refused = None;
    for path in &settings.agent_folders {
        match RunFolder::open(path) {
            Ok(Some(folder)) if folder.is_locked(LIVE)? => return Ok(Some(folder)),
            Ok(_) => {}
            Err(error) => refused = refused.or(Some(error)),
        }
    }
    refused.map_or(Ok(None), Err)
}

/// Returns the folder for an agent that is to start, and makes the folder if it is missing.
pub fn of_new(settings: &Settings) -> Result<Option<RunFolder>, FileError> {
    let last = settings.agent_folders.last();
    for path in &settings.agent_folders {
        // the folders of the system are there or not, and only the user's own is made
        if Some(path) == last || path.parent().is_some_and(is_private) {
            return RunFolder::make(path).map(Some);
        }
    }
    Ok(None)
}

fn is_private(path: &Path) -> bool {
    matches!(RunFolder::open(path), Ok(Some(_)))
}
