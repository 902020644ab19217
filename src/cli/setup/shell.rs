//! The fourth question: completions for the shell in use. Where a shell has no place for them that can be
//! written, the question is only if the vault is to be made.

use std::path::{Path, PathBuf};

use clap_complete::Shell;
use credctl::disk::{Access, Location, read_named};

use crate::cli::context;
use crate::cli::error::Error;
use crate::cli::output::{Existing, OutTarget};
use crate::cli::prompt::Prompter;

/// The folders that people have in the `fpath` of zsh, below the home folder.
const ZSH_FOLDERS: [&str; 4] =
    [".zfunc", ".zsh/completions", ".zsh/functions", ".local/share/zsh/site-functions"];

/// The folders in which packages have theirs.
const PREFIXES: [&str; 5] = ["/usr", "/usr/local", "/opt/homebrew", "/home/linuxbrew/.linuxbrew", "/"];

/// The most bytes of a file that a shell reads at its start.
const START_LIMIT: u64 = 1024 * 1024;

/// The command in such a file.
const START_LINE: &[u8] = b"credctl completions";

/// The file of completions to install.
pub struct Completions {
    pub shell: Shell,
    pub path: PathBuf,
}

/// The last answer.
pub struct ShellAnswer {
    /// The completions to install, if the operator wants them.
    pub completions: Option<Completions>,
    /// The lines to print at the end where credctl cannot install them.
    pub advice: Option<&'static [&'static str]>,
}

/// Asks the last question. Returns `None` if nothing is to be made at all.
pub fn ask(prompter: &Prompter) -> Result<Option<ShellAnswer>, Error> {
    let shell = context::named_path("SHELL").and_then(Shell::from_shell_path);
    let place = shell.and_then(|shell| Some((shell, place(shell)?)));
    let Some((shell, path)) = place.filter(|(_, path)| path.symlink_metadata().is_err()) else {
        let made = yes(prompter, "4/4  Make the vault now")?;
        return Ok(made.then(|| ShellAnswer { completions: None, advice: shell.and_then(advice) }));
    };
    let wanted = yes(prompter, &format!("4/4  Install completions for {shell}"))?;
    Ok(Some(ShellAnswer { completions: wanted.then_some(Completions { shell, path }), advice: None }))
}

/// Asks for yes or no. Enter alone means yes.
fn yes(prompter: &Prompter, question: &str) -> Result<bool, Error> {
    let known = |text: &str| match text.trim().to_ascii_lowercase().as_str() {
        "y" | "yes" => Some(true),
        "n" | "no" => Some(false),
        _ => None,
    };
    let check = |text: &str| known(text).map(drop).ok_or_else(|| "answer yes or no".to_owned());
    let answer = prompter.line(question, "yes", &check)?;
    Ok(known(&answer).unwrap_or(false))
}

/// Returns the file in which a shell finds completions without a setting.
fn place(shell: Shell) -> Option<PathBuf> {
    let home = context::home()?;
    let folder =
        |variable: &str, usual: &str| context::named_path(variable).unwrap_or_else(|| home.join(usual));
    match shell {
        Shell::Bash => {
            let own = context::named_path("BASH_COMPLETION_USER_DIR");
            let own = own.unwrap_or_else(|| folder("XDG_DATA_HOME", ".local/share").join("bash-completion"));
            Some(own.join("completions/credctl"))
        }
        Shell::Fish => Some(folder("XDG_CONFIG_HOME", ".config").join("fish/completions/credctl.fish")),
        Shell::Zsh => {
            let known = ZSH_FOLDERS.map(|name| home.join(name));
            known.into_iter().find(|folder| folder.is_dir()).map(|folder| folder.join("_credctl"))
        }
        _ => None,
    }
}

/// Returns the file in which a shell finds completions, or would find them once it was told of the folder.
pub fn place_or_new(shell: Shell) -> Option<PathBuf> {
    let new = || Some(context::home()?.join(ZSH_FOLDERS[0]).join("_credctl"));
    place(shell).or_else(|| new().filter(|_| shell == Shell::Zsh))
}

/// Returns true if a shell has completions of credctl: in the folder of the operator, in one of the system, or
/// by a line in the file that the shell reads at its start.
pub fn installed(shell: Shell) -> bool {
    let (folders, name): (&[&str], _) = match shell {
        Shell::Bash => (&["share/bash-completion/completions", "etc/bash_completion.d"], "credctl"),
        Shell::Zsh => (&["share/zsh/site-functions", "share/zsh/vendor-completions"], "_credctl"),
        Shell::Fish => (&["share/fish/vendor_completions.d", "share/fish/completions"], "credctl.fish"),
        _ => return true,
    };
    let own = place(shell).is_some_and(|path| path.exists());
    let is_there = |path: &Path| folders.iter().any(|folder| path.join(folder).join(name).exists());
    own || PREFIXES.iter().any(|prefix| is_there(Path::new(prefix))) || is_sourced(shell)
}

/// Returns true if the file that a shell reads at its start asks credctl for the script.
fn is_sourced(shell: Shell) -> bool {
    let Some(home) = context::home() else { return false };
    let folder = |variable: &str, usual: PathBuf| context::named_path(variable).unwrap_or(usual);
    let files = match shell {
        Shell::Bash => [".bashrc", ".bash_profile", ".bash_completion"].map(|name| home.join(name)).to_vec(),
        Shell::Zsh => vec![folder("ZDOTDIR", home).join(".zshrc")],
        _ => vec![folder("XDG_CONFIG_HOME", home.join(".config")).join("fish/config.fish")],
    };
    files.iter().any(|file| {
        let text = read_named(file, START_LIMIT).unwrap_or_default();
        text.windows(START_LINE.len()).any(|part| part == START_LINE)
    })
}

/// Returns the lines to type or to add for a shell without such a place.
fn advice(shell: Shell) -> Option<&'static [&'static str]> {
    match shell {
        Shell::Zsh if place(shell).is_none() => Some(&[
            "mkdir -p ~/.zfunc && credctl completions zsh > ~/.zfunc/_credctl",
            "fpath=(~/.zfunc $fpath)    in ~/.zshrc, before compinit",
        ]),
        // one that is there already was installed before
        Shell::Bash | Shell::Fish | Shell::Zsh => None,
        _ => Some(&["credctl completions --help"]),
    }
}

impl Completions {
    /// Writes a script to its place. Leaves a file alone that is there.
    pub fn install(&self, script: &[u8]) -> Result<(), Error> {
        // the folders that are missing
        Location::resolve_or_create(&self.path)?;
        OutTarget::open(&self.path, Existing::Refuse)?.write(Access::Public, script, None)
    }
}
