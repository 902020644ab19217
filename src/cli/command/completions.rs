//! `completions`: scripts for shells.

use clap_complete::Shell;

use crate::cli::error::Error;
use crate::cli::{complete, output};

#[derive(Debug, clap::Args)]
#[command(after_help = "\
The script asks credctl at every Tab. credctl completes ids and fields only if
an identity opens the vault without a question, within 100 ms.

Examples:
  source <(credctl completions bash)
      completes in this shell
  credctl completions bash > ~/.local/share/bash-completion/completions/credctl
  credctl completions zsh > ~/.zfunc/_credctl
  credctl completions fish > ~/.config/fish/completions/credctl.fish")]
pub struct Args {
    /// The shell that runs the script
    #[arg(value_enum)]
    shell: Shell,
}

pub fn run(args: &Args, command: &clap::Command) -> Result<(), Error> {
    let unknown = || Error::usage("there is no script for this shell");
    output::text(&complete::script(args.shell, command).ok_or_else(unknown)?)
}
