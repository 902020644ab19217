//! `completions`: scripts for shells.

use clap_complete::Shell;

use crate::cli::error::Error;
use crate::cli::output;

#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  credctl completions bash > ~/.local/share/bash-completion/completions/credctl
  credctl completions zsh > ~/.zfunc/_credctl
  credctl completions fish > ~/.config/fish/completions/credctl.fish")]
pub struct Args {
    /// The shell that runs the script
    #[arg(value_enum)]
    shell: Shell,
}

pub fn run(args: &Args, mut command: clap::Command) -> Result<(), Error> {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut command, "credctl", &mut script);
    output::with_stdout(|out| out.write_all(&script))
}
