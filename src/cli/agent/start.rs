//! The start of the agent by `unlock`, and the ends of what it holds.

use std::path::Path;
use std::thread::sleep;
use std::time::Duration;

use credctl::disk::RunFolder;

use super::client::{SILENT, Trouble, ask, ending};
use super::message::{Addition, AgentAnswer, Request};
use super::name::KeyName;
use super::place;
use super::state::names;
use crate::cli::child;
use crate::cli::context::{Settings, Ui};
use crate::cli::error::{Error, Failure};

/// The hidden command that runs the agent, in another process of this program.
pub const SERVE: &str = "serve-agent";
/// The number of attempts to reach an agent that may be ending.
const ATTEMPTS: u32 = 5;

/// Runs the agent in its folder.
#[cfg(target_os = "linux")]
pub fn serve(folder: &Path) -> Result<(), Error> {
    super::server::serve(folder)
}

/// Refuses.
#[cfg(not(target_os = "linux"))]
pub fn serve(_: &Path) -> Result<(), Error> {
    Err(Error::new(Failure::Io, "the agent exists only on Linux")
        .hint("an identity without a passphrase needs no agent"))
}

/// Gives a key to the agent, and starts one if there is none.
pub fn add(settings: &Settings, addition: Addition) -> Result<(), Error> {
    let request = Request::Add(Box::new(addition));
    let Some(folder) = place(settings)? else {
        return Err(Error::new(Failure::Io, "no folder is private enough for the socket of the agent"));
    };
    let mut answer = Err(Trouble::Absent);
    for attempt in 0..ATTEMPTS {
        sleep(Duration::from_millis(50) * attempt);
        // systemd may have a socket there, and starts the agent
        answer = ask(&folder, &request);
        if !matches!(answer, Err(Trouble::Absent)) {
            break;
        }
        start(&folder)?;
    }
    match answer {
        Ok(AgentAnswer::Done(_)) => Ok(()),
        Ok(_) => Err(Error::new(Failure::Io, "the agent has no room for another key")),
        Err(trouble) => Err(error(&trouble)),
    }
}

/// Returns the folder of the agent that lives, or that for a new one.
fn place(settings: &Settings) -> Result<Option<RunFolder>, Error> {
    match place::of_living(settings)? {
        Some(folder) => Ok(Some(folder)),
        None => Ok(place::of_new(settings)?),
    }
}

fn start(folder: &RunFolder) -> Result<(), Error> {
    child::detached_agent(SERVE, folder.path())
        .map_err(|error| Error::new(Failure::Io, "the agent cannot be started").because(error))
}

/// Makes the agent forget the keys of the vault of this run, or all. Returns the number of keys.
pub fn lock(settings: &Settings, all: bool) -> Result<u64, Error> {
    let vault = if all { None } else { Some(KeyName::of_vault(settings.vault()?)) };
    let (living, refused) = place::all_living(settings);
    let mut count = 0;
    for folder in &living {
        match ask(folder, &Request::Lock(vault, names(settings))) {
            Ok(AgentAnswer::Done(keys)) => count += keys,
            Ok(_) | Err(Trouble::Absent) => {}
            Err(trouble) => return Err(error(&trouble)),
        }
    }
    match refused {
        Some(error) if living.is_empty() => Err(error.into()),
        _ => Ok(count),
    }
}

/// Makes the agent forget the key of a vault that has another one now. The old key would open an older copy in
/// its place without a word.
pub fn forget(settings: &Settings, ui: &Ui) {
    if let Err(error) = lock(settings, false) {
        ui.notice(&format!("the agent may still have the old key: {}", error.detail()));
    }
}

/// Makes the error of an agent that gave no answer where one is needed.
fn error(trouble: &Trouble) -> Error {
    match trouble {
        Trouble::Absent => Error::new(Failure::Io, "the agent has ended"),
        Trouble::Silent(process) => {
            let error = Error::new(Failure::Io, SILENT);
            match process {
                Some(process) => error.hint(format!("`{}` ends it", ending(*process))),
                None => error,
            }
        }
        Trouble::Refused(what) => Error::new(Failure::Io, what.clone()),
    }
}
