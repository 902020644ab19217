//! `helper git --install`: the line in git's configuration.

use std::path::Path;

use crate::cli::child;
use crate::cli::context::Ui;
use crate::cli::error::{Error, Failure};
use crate::cli::git::own_word;

const KEY: &str = "credential.helper";
/// The end of the line, whatever program the line names.
const ENDING: &str = " helper git";
/// The largest answer of git, in bytes.
const LIMIT: u64 = 1024 * 1024;

/// Makes git ask this program. A second call changes nothing. Replaces a line that names another path of
/// credctl.
pub fn into_git(ui: &Ui) -> Result<(), Error> {
    let line = format!("!{}{ENDING}", own_word()?);
    let config = ["git", "config", "--global"];
    let known = child::ask(&[&config[..], &["--get-all", KEY]].concat(), LIMIT).map_err(not_started)?;
    let known = known.map(|known| String::from_utf8_lossy(&known).into_owned()).unwrap_or_default();
    if known.lines().any(|known| known == line) {
        ui.notice("git uses credctl already");
        return Ok(());
    }
    let set = match known.lines().find(|known| is_ours(known)) {
        Some(old) => vec!["--fixed-value", "--replace-all", KEY, &line, old],
        None => vec!["--add", KEY, &line],
    };
    if !child::feed(&[&config[..], &set].concat(), b"").map_err(not_started)? {
        return Err(Error::new(Failure::Io, "git rejected the setting"));
    }
    ui.notice("git uses credctl from now on; `git config --global --edit` removes the line");
    Ok(())
}

fn not_started(error: std::io::Error) -> Error {
    Error::new(Failure::Io, "git cannot be started").because(error)
}

/// Returns true if an install wrote the line, perhaps of another copy of the program.
fn is_ours(line: &str) -> bool {
    let Some(word) = line.strip_prefix('!').and_then(|line| line.strip_suffix(ENDING)) else { return false };
    let path = word.trim_matches('\'');
    Path::new(path).file_name().is_some_and(|name| name == "credctl")
}

#[cfg(test)]
mod tests {
    use super::is_ours;

    #[test]
    fn a_line_of_an_install_is_known_again() {
        assert!(is_ours("!credctl helper git") && is_ours("!'/my bin/credctl' helper git"));
        assert!(!is_ours("!pass helper git") && !is_ours("store") && !is_ours("!credctl helper git --x"));
    }
}
