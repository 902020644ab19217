//! The state of the agent, as this run sees it.

use std::path::Path;
use std::time::Duration;

use chrono::{DateTime, Utc};
use credctl::disk::{RunFolder, read_secret};
use credctl::vault::Sealed;

use super::client::{Trouble, ask};
use super::holder::Agent;
use super::message::{AgentAnswer, Left, Protection, Request};
use super::name::KeyName;
use super::place;
use crate::cli::child;
use crate::cli::context::{KEY_FILE_LIMIT, Settings};

/// The state of the agent.
#[derive(Debug)]
pub enum AgentState {
    /// There is no agent, or this run must not use one.
    Absent,
    /// An agent lives and does not answer; its process, where it is known.
    Silent(Option<i32>),
    /// The agent cannot be used, in words.
    Refused(String),
    /// The agent holds keys.
    Holding {
        /// The moment until which the agent opens the vault of this run without another use; `None` if it
        /// holds no key of this vault.
        until: Option<DateTime<Utc>>,
        /// The memory that the keys are in, in words.
        memory: &'static str,
        /// The number of vaults that keys were added for.
        vaults: usize,
    },
}

/// Returns the state of the agent.
pub fn state(settings: &Settings) -> AgentState {
    let answer = folder(settings).and_then(|folder| ask(&folder, &Request::State(names(settings))));
    match answer {
        Ok(AgentAnswer::State(left, summary)) => AgentState::Holding {
            until: left.and_then(|left| settings.terms.now.checked_add_signed(to_delta(left.idle))),
            memory: match summary.protection {
                Protection::Secret => "secret memory, which the kernel itself does not map",
                Protection::Locked => "locked memory, which is not swapped out",
                Protection::None => "ordinary memory: the limit on locked memory is too low",
            },
            vaults: usize::try_from(summary.vaults).unwrap_or(usize::MAX),
        },
        Ok(_) => AgentState::Refused("the agent does not speak the expected protocol".to_owned()),
        Err(Trouble::Absent) => AgentState::Absent,
        Err(Trouble::Silent(process)) => AgentState::Silent(process),
        Err(Trouble::Refused(what)) => AgentState::Refused(what),
    }
}

fn to_delta(left: Duration) -> chrono::TimeDelta {
    chrono::TimeDelta::from_std(left).unwrap_or(chrono::TimeDelta::MAX)
}

/// Returns the time that is left until the agent forgets the keys that open a vault; `None` if it opens the
/// vault with none.
pub fn held(settings: &Settings, sealed: &Sealed) -> Option<Left> {
    let names = names(settings);
    holder(settings, names.clone()).ok().filter(|agent| agent.opens(sealed))?;
    match ask(&folder(settings).ok()?, &Request::State(names)) {
        Ok(AgentAnswer::State(left, _)) => left,
        _ => None,
    }
}

/// Returns the agent as the holder of keys of these names, if this run may use an agent and one lives.
pub fn holder(settings: &Settings, names: Vec<KeyName>) -> Result<Agent, Trouble> {
    Ok(Agent::new(folder(settings)?, names))
}

fn folder(settings: &Settings) -> Result<RunFolder, Trouble> {
    if !settings.uses_agent {
        return Err(Trouble::Absent);
    }
    match place::of_living(settings) {
        Ok(folder) => folder.ok_or(Trouble::Absent),
        Err(error) => Err(Trouble::Refused(error.to_string())),
    }
}

/// Returns the names of all keys that this run would open the vault with.
pub(super) fn names(settings: &Settings) -> Vec<KeyName> {
    let vault = settings.vault().map(KeyName::of_vault).ok();
    let identities = settings.identities.iter().filter_map(|path| identity(path));
    vault.into_iter().chain(identities).collect()
}

/// Returns the name of the identity in a file. What comes out of a pipe is read once, and not here.
fn identity(path: &Path) -> Option<KeyName> {
    if child::named_by(path).is_some() || !path.metadata().ok()?.is_file() {
        return None;
    }
    Some(KeyName::of_identity(&read_secret(path, KEY_FILE_LIMIT).ok()?.0))
}
