//! The finding about completions that the shell in use does not have.

use clap_complete::Shell;

use super::finding::{HealthCheck, HealthFinding};
use crate::cli::context;
use crate::cli::setup::shell::{installed, place_or_new};
use crate::cli::shell_word;

/// Returns the finding if the shell of the operator has no completions of credctl.
pub fn finding() -> Option<HealthFinding> {
    let shell = context::named_path("SHELL").and_then(Shell::from_shell_path)?;
    if installed(shell) {
        return None;
    }
    let path = place_or_new(shell)?;
    let folder = path.parent()?;
    let (folder, file) = (shell_word::path(folder), shell_word::path(&path));
    let command = format!("mkdir -p {folder} && credctl completions {shell} > {file}");
    let mut detail = format!("{shell} does not complete the command lines of credctl");
    if shell == Shell::Zsh {
        detail.push_str(&format!("; `fpath=({folder} $fpath)` must be in ~/.zshrc, before compinit"));
    }
    Some(HealthFinding::new(HealthCheck::Completions, detail, command).about(&path))
}
