//! The program `git`: credctl runs it without a shell, and without the variables that change its meaning.
//!
//! A repository can name programs that git runs, and variables of git can name another repository. The runs here
//! only read objects and settings, or write settings that the operator asked for.

use std::ffi::{OsStr, OsString};
use std::fs::File;
use std::io::{self, Read as _};
use std::os::unix::fs::FileExt as _;
use std::path::Path;
use std::process::{Command, Stdio};

use credctl::secret::read_all;

use super::program::OWN;

/// The largest answer of git, in bytes.
const LIMIT: u64 = 64 * 1024 * 1024;
/// The bytes that are compared at a time.
const BLOCK: usize = 64 * 1024;

/// The variables of git that say where the configuration of the operator is.
const CONFIGURATION: [&str; 4] =
    ["GIT_CONFIG_GLOBAL", "GIT_CONFIG_SYSTEM", "GIT_CONFIG_NOSYSTEM", "GIT_CEILING_DIRECTORIES"];
/// The variables that name the repository and the index to a hook.
const OF_HOOK: [&str; 8] = [
    "GIT_DIR",
    "GIT_COMMON_DIR",
    "GIT_WORK_TREE",
    "GIT_INDEX_FILE",
    "GIT_PREFIX",
    "GIT_OBJECT_DIRECTORY",
    "GIT_ALTERNATE_OBJECT_DIRECTORIES",
    "GIT_QUARANTINE_PATH",
];
/// The beginning of the variables by which a merge names its sides to its hooks.
const SIDE: &str = "GITHEAD_";

/// The origin of a run, which decides about the variables of git.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum GitCaller {
    /// A person or a job. Variables of git that name a repository do not count.
    Operator,
    /// A hook of git, whose variables name the repository and the index.
    Hook,
}

/// Runs git in a folder, and returns its output; `None` if it failed.
///
/// # Errors
/// Fails if git cannot be started, or says more than 64 MiB.
pub fn git(caller: GitCaller, folder: &Path, words: &[&OsStr]) -> io::Result<Option<Vec<u8>>> {
    let mut command = clean(caller);
    let mut child = command.current_dir(folder).args(words).stdout(Stdio::piped()).spawn()?;
    let read = child.stdout.take().map(|stdout| read_all(stdout, 0, LIMIT)).transpose()?.flatten();
    if read.is_none() {
        drop(child.kill());
    }
    let status = child.wait()?;
    let mut read = read.ok_or_else(|| io::Error::other("git said more than 64 MiB"))?;
    Ok(status.success().then(|| std::mem::take(&mut *read)))
}

/// Compares a file with an object of a repository, byte for byte. Returns false for an object that is not there.
///
/// # Errors
/// Fails if git cannot be started or the file cannot be read.
pub fn is_git_object(git_folder: &Path, object: &OsStr, file: &File) -> io::Result<bool> {
    let mut place = OsString::from("--git-dir=");
    place.push(git_folder);
    // without the variables of a hook: `git setup` noted the folder
    let mut command = clean(GitCaller::Operator);
    let mut child =
        command.arg(place).args(["cat-file", "blob"]).arg(object).stdout(Stdio::piped()).spawn()?;
    let same = match child.stdout.take() {
        Some(mut stdout) => {
            let (mut theirs, mut ours, mut at) = (vec![0; BLOCK], vec![0; BLOCK], 0);
            loop {
                let count = stdout.read(&mut theirs)?;
                if count == 0 {
                    break file.metadata()?.len() == at;
                }
                if file.read_exact_at(&mut ours[..count], at).is_err() || ours[..count] != theirs[..count] {
                    break false;
                }
                at += count as u64;
            }
        }
        None => false,
    };
    if !same {
        drop(child.kill());
    }
    Ok(child.wait()?.success() && same)
}

/// Returns the names of commits that a running merge gives to its hooks.
pub fn sides_of_hook() -> Vec<String> {
    let names = std::env::vars_os().filter_map(|(name, _)| name.into_string().ok());
    names.filter_map(|name| name.strip_prefix(SIDE).map(str::to_owned)).collect()
}

fn clean(caller: GitCaller) -> Command {
    let mut command = Command::new("git");
    let is_kept =
        |name: &str| CONFIGURATION.contains(&name) || caller == GitCaller::Hook && OF_HOOK.contains(&name);
    for (name, _) in std::env::vars_os() {
        let bytes = name.as_encoded_bytes();
        if bytes.starts_with(b"GIT_") && !name.to_str().is_some_and(is_kept) {
            command.env_remove(name);
        }
    }
    for name in OWN {
        command.env_remove(name);
    }
    // nothing is fetched, asked or refreshed, and no program of the repository watches files
    command.envs([("GIT_TERMINAL_PROMPT", "0"), ("GIT_NO_LAZY_FETCH", "1"), ("GIT_OPTIONAL_LOCKS", "0")]);
    command.envs([("LC_ALL", "C"), ("GIT_PAGER", "cat")]);
    command.args(["-c", "core.fsmonitor=false", "-c", "protocol.allow=never"]);
    command.stdin(Stdio::null()).stderr(Stdio::null());
    command
}
