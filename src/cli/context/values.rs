//! The values of single settings, from the flags, the environment and the configuration.

use std::path::{Path, PathBuf};
use std::rc::Rc;
use std::time::Duration;

use chrono::Utc;
use credctl::kind::rule::text::NAME;
use credctl::store::{Contact, Role, SharedPlaces};
use directories::ProjectDirs;
use uuid::Uuid;

use super::environment::{given, home, path, text};
use super::origin::{IdleKey, Origin};
use super::source::PassphraseSource;
use crate::cli::error::Error;
use crate::cli::options::{Form, When};
use crate::cli::remote::HelperEngines;

pub(super) fn form_of(text: &str) -> Result<Form, Error> {
    clap::ValueEnum::from_str(text, false).map_err(|_| {
        Error::usage("CREDCTL_OUTPUT is not one of table, wide, json, jsonl, yaml, csv, tsv, name")
    })
}

/// The options, the variables and the keys that name a source of a passphrase, in their order.
const OPTIONS: [&str; 4] =
    ["--passphrase-stdin", "--passphrase-fd", "--passphrase-file", "--passphrase-command"];
const VARIABLES: [&str; 3] = ["CREDCTL_PASSPHRASE_FILE", "CREDCTL_PASSPHRASE_COMMAND", "CREDCTL_PASSPHRASE"];
const KEYS: [&str; 2] = ["passphrase-file", "passphrase-command"];

/// Returns the only flag, or the sources of the environment and the configuration, with the origin of the first
/// of them. Adds the keys that are never used to `idle`. Fails for two flags.
pub(super) fn passphrase_sources(
    flags: [Option<PassphraseSource>; 4],
    environment: [Option<PassphraseSource>; 3],
    config: [Option<PassphraseSource>; 2],
    idle: &mut Vec<IdleKey>,
) -> Result<(Vec<PassphraseSource>, Origin), Error> {
    let first = |sources: &[Option<PassphraseSource>]| sources.iter().position(Option::is_some);
    let (flag, variable, key) = (first(&flags), first(&environment), first(&config));
    for at in (0..KEYS.len()).filter(|at| config[*at].is_some()) {
        match (variable, key) {
            (Some(by), _) => idle.push(IdleKey::BehindVariable { key: KEYS[at], variable: VARIABLES[by] }),
            (None, Some(other)) if other < at => {
                idle.push(IdleKey::BehindKey { key: KEYS[at], other: KEYS[other] });
            }
            _ => {}
        }
    }
    if flags.iter().flatten().count() > 1 {
        return Err(Error::usage("two sources of a passphrase were given")
            .hint("give one of the --passphrase-… options"));
    }
    Ok(match (flag, variable, key) {
        (Some(at), ..) => (flags.into_iter().flatten().collect(), Origin::Flag(OPTIONS[at])),
        (None, variable, key) => {
            let origin = variable.map(|at| Origin::Variable(VARIABLES[at]));
            let origin = origin.or_else(|| key.map(|_| Origin::Configuration));
            let sources = environment.into_iter().chain(config).flatten().collect();
            (sources, origin.unwrap_or(Origin::Default))
        }
    })
}

pub(super) fn role(text: Option<String>) -> Result<Role, Error> {
    match text.map(|text| text.to_lowercase()).as_deref() {
        None | Some("administrator" | "admin" | "member" | "owner" | "manage api security") => {
            Ok(Role::Administrator)
        }
        Some("operator" | "viewer") => Ok(Role::Operator),
        Some(_) => {
            Err(Error::usage("the role is not one of operator, administrator").param("role", "unknown"))
        }
    }
}

/// Decides on colour: a flag, else the environment's conventions, else the configuration, else colour on a
/// terminal.
pub(super) fn colour(flag: Option<When>, config: Option<When>, terminal: bool) -> bool {
    let environment = || {
        if text("NO_COLOR").is_some() {
            Some(When::Never)
        } else {
            text("CLICOLOR_FORCE").filter(|value| value != "0").map(|_| When::Always)
        }
    };
    match flag.or_else(environment).or(config) {
        Some(When::Always) => true,
        Some(When::Never) => false,
        Some(When::Auto) | None => terminal && !is_dumb(),
    }
}

/// Returns the command of the pager, unless the environment switches it off by an empty text or `cat`.
pub(super) fn pager() -> Option<String> {
    let named = ["CREDCTL_PAGER", "PAGER"].into_iter().find_map(given);
    let pager = named.unwrap_or_else(|| "less".to_owned());
    // without escapes, a pager shows no more than the terminal itself
    (!matches!(pager.trim(), "" | "cat") && !is_dumb()).then_some(pager)
}

/// Returns true if the terminal says that it knows no escapes.
pub(super) fn is_dumb() -> bool {
    text("TERM").is_some_and(|term| term == "dumb")
}

pub(super) fn timeout(text: Option<String>) -> Result<Duration, Error> {
    let Some(text) = text else { return Ok(Duration::from_secs(10)) };
    span(&text).ok_or_else(|| {
        Error::usage("the lock timeout is not a time such as 30s").param("lock-timeout", "not a time")
    })
}

/// Reads a span of time: a number of seconds, or a text such as `30m`.
pub fn span(text: &str) -> Option<Duration> {
    text.parse().map(Duration::from_secs).ok().or_else(|| humantime::parse_duration(text).ok())
}

/// Returns the folder of the state. Not every system has one for it.
pub(super) fn state_folder(folders: &ProjectDirs) -> PathBuf {
    folders.state_dir().map_or_else(|| folders.data_local_dir().join("state"), Path::to_owned)
}

/// Returns the folder where this machine remembers its vaults, in the folder of the state. A read makes it, but makes no
/// home that is not there.
pub(super) fn pins(state: Option<PathBuf>) -> Option<PathBuf> {
    let state = state.filter(|state| home().is_none_or(|home| !state.starts_with(&home) || home.is_dir()))?;
    Some(state.join("pins"))
}

/// Returns the folders in which an agent may live: below the folder of the session, where there is one, else in
/// the folder of the state. Never below a folder that others share.
pub(super) fn agent_folders(state: Option<&Path>) -> Vec<PathBuf> {
    let own = PathBuf::from(format!("/run/user/{}", rustix::process::geteuid().as_raw()));
    let of_session = path("XDG_RUNTIME_DIR").filter(|path| path.is_absolute() && *path != own);
    let mut folders: Vec<_> =
        of_session.into_iter().chain([own]).map(|folder| folder.join("credctl")).collect();
    folders.extend(state.map(|folder| folder.join("run")));
    folders
}

pub(super) fn operator(config: Option<Uuid>) -> Result<Option<Uuid>, Error> {
    match text("CREDCTL_OPERATOR_ID") {
        Some(id) => id.parse().map(Some).map_err(|_| Error::usage("CREDCTL_OPERATOR_ID is not a UUID")),
        None => Ok(config),
    }
}

/// Returns the name of the operator. Records keep it beside the id.
pub(super) fn operator_name(config: Option<String>) -> Result<Option<String>, Error> {
    let given = text("CREDCTL_OPERATOR_NAME").map(|name| ("CREDCTL_OPERATOR_NAME", name));
    let Some((source, name)) = given.or_else(|| config.map(|name| ("operator-name in config.toml", name)))
    else {
        return Ok(None);
    };
    match (NAME.check)(&name) {
        Ok(accepted) => Ok(Some(accepted.normalised.map_or(name, |value| value.expose().to_owned()))),
        Err(reason) => Err(Error::usage(format!("{source} {reason}"))),
    }
}

/// Makes a stable id for an operator who has named none, from the names of the user and the machine.
pub(super) fn somebody() -> Uuid {
    let user = text("USER").or_else(|| text("LOGNAME")).unwrap_or_else(|| "unknown".to_owned());
    let host = rustix::system::uname().nodename().to_string_lossy().into_owned();
    Uuid::new_v5(&Uuid::NAMESPACE_DNS, format!("{user}@{host}").as_bytes())
}

/// The time in which an engine must begin to answer a read before the working copy is used.
const BUDGET: Duration = Duration::from_millis(300);

/// Returns the objects that addresses name, with their working copies in the folder of the cache, and with their queues,
/// which nothing may empty, in that of the state.
pub(super) fn places(folders: &ProjectDirs, offline: bool, fresh: bool) -> Rc<SharedPlaces> {
    let contact = match (offline || text("CREDCTL_OFFLINE").is_some(), fresh) {
        (true, _) => Contact::Offline,
        (false, true) => Contact::Fresh,
        (false, false) => Contact::Usual(BUDGET),
    };
    let folder = folders.cache_dir().join("remote");
    let queues = state_folder(folders).join("queues");
    Rc::new(SharedPlaces { folder, queues, engines: Rc::new(HelperEngines), contact, now: Utc::now() })
}
