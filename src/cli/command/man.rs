//! `man`: manual pages.

use std::path::PathBuf;

use clap_mangen::Man;
use credctl::disk::Access;

use crate::cli::error::Error;
use crate::cli::output::{self, Existing, Target};

#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  credctl man | man -l -
  credctl man ~/.local/share/man/man1")]
pub struct Args {
    /// The folder for credctl.1 and the pages of the commands
    #[arg(value_name = "DIR", value_hint = clap::ValueHint::DirPath)]
    dir: Option<PathBuf>,
    /// Replace existing pages
    #[arg(long, requires = "dir")]
    overwrite: bool,
}

pub fn run(args: &Args, mut command: clap::Command) -> Result<(), Error> {
    command.build();
    let Some(dir) = &args.dir else {
        let page = page(&command, "credctl")?;
        return output::with_stdout(|out| out.write_all(&page));
    };
    let mut pages = vec![(dir.join("credctl.1"), page(&command, "credctl")?)];
    for verb in command.get_subcommands().filter(|verb| !verb.is_hide_set()) {
        let name = format!("credctl-{}", verb.get_name());
        pages.push((dir.join(format!("{name}.1")), page(verb, &name)?));
    }
    // writes all pages, or none if one of them exists
    let targets: Result<Vec<Target<'_>>, Error> =
        pages.iter().map(|(path, _)| Target::open(path, Existing::unless(args.overwrite))).collect();
    for (target, (_, page)) in targets?.into_iter().zip(&pages) {
        target.write(Access::Public, page, None)?;
    }
    Ok(())
}

/// Renders one page. The page carries no date, so that it changes only when the program does.
fn page(command: &clap::Command, name: &str) -> Result<Vec<u8>, Error> {
    let command = command.clone().name(name.to_owned()).display_name(name.to_owned());
    let mut page = Vec::new();
    let man =
        Man::new(command).title(name.to_uppercase()).source("credctl").manual("credctl manual").date("");
    man.render(&mut page)?;
    Ok(page)
}
