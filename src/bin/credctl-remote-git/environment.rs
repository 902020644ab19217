//! The arguments, streams and variables of the process. The other files get them from here.

#![expect(clippy::disallowed_methods, reason = "the one place of this program that reads them")]

use std::env;
use std::ffi::OsString;
use std::io::{self, StdinLock, StdoutLock};
use std::path::PathBuf;

/// Variables of git that its runs keep: configuration, identity, ssh, TLS and proxies of the operator. All others
/// are removed, because they name another repository, or write credentials to a trace.
const KEPT: [&str; 17] = [
    "GIT_AUTHOR_EMAIL",
    "GIT_AUTHOR_NAME",
    "GIT_COMMITTER_EMAIL",
    "GIT_COMMITTER_NAME",
    "GIT_CONFIG_COUNT",
    "GIT_CONFIG_GLOBAL",
    "GIT_CONFIG_NOSYSTEM",
    "GIT_CONFIG_SYSTEM",
    "GIT_HTTP_PROXY_AUTHMETHOD",
    "GIT_SSH",
    "GIT_SSH_COMMAND",
    "GIT_SSH_VARIANT",
    "GIT_SSL_CAINFO",
    "GIT_SSL_CAPATH",
    "GIT_SSL_CERT",
    "GIT_SSL_CERT_PASSWORD_PROTECTED",
    "GIT_SSL_KEY",
];
/// The beginnings of the variables that hold single settings.
const SETTINGS: [&str; 2] = ["GIT_CONFIG_KEY_", "GIT_CONFIG_VALUE_"];

/// Returns the arguments, without the name of the program.
pub fn arguments() -> impl Iterator<Item = OsString> {
    env::args_os().skip(1)
}

/// Returns standard input and output.
pub fn streams() -> (StdinLock<'static>, StdoutLock<'static>) {
    (io::stdin().lock(), io::stdout().lock())
}

/// Returns the folder for data that can be made again; `None` without a home.
pub fn cache_folder() -> Option<PathBuf> {
    let absolute = |path: OsString| Some(PathBuf::from(path)).filter(|path| path.is_absolute());
    let own = env::var_os("XDG_CACHE_HOME").and_then(absolute);
    own.or_else(|| Some(env::var_os("HOME").and_then(absolute)?.join(".cache")))
}

/// Returns true if the operator chose the program for ssh by a variable.
pub fn has_ssh_program() -> bool {
    ["GIT_SSH", "GIT_SSH_COMMAND"].iter().any(|name| env::var_os(name).is_some())
}

/// Returns the variables of git that must not reach its runs.
pub fn foreign_variables() -> Vec<OsString> {
    let is_kept = |name: &str| KEPT.contains(&name) || SETTINGS.iter().any(|start| name.starts_with(start));
    let names = env::vars_os().map(|(name, _)| name);
    names
        .filter(|name| name.as_encoded_bytes().starts_with(b"GIT_") && !name.to_str().is_some_and(is_kept))
        .collect()
}
