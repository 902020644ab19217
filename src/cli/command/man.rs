//! `man`: manual pages.

use std::path::{Path, PathBuf};

use credctl::disk::{Access, Location};
use credctl::vault;

use crate::cli::error::Error;
use crate::cli::help;
use crate::cli::output::{self, Existing, OutTarget};

#[derive(Debug, clap::Args)]
#[command(after_help = "\
With DIR, credctl writes the pages of all verbs (section 1), of filters and of
types (section 7). If DIR is called man1, the pages of section 7 go into man7
beside it.

Examples:
  credctl man | man -l -
  credctl man ~/.local/share/man/man1")]
pub struct Args {
    /// The folder for credctl.1 and the other pages
    #[arg(value_name = "DIR", value_hint = clap::ValueHint::DirPath)]
    dir: Option<PathBuf>,
    /// Replace existing pages
    #[arg(long, requires = "dir")]
    overwrite: bool,
}

pub fn run(args: &Args, command: clap::Command) -> Result<(), Error> {
    let pages = help::pages(command);
    let Some(dir) = &args.dir else {
        return pages.first().map_or(Ok(()), |page| output::text(&page.text));
    };
    let paths: Vec<_> = pages.iter().map(|page| folder(dir, page.section).join(page.file_name())).collect();
    let mut targets = Vec::new();
    for path in &paths {
        // the folder that was named must be there, the one beside it is made
        if path.parent() != Some(dir.as_path()) {
            Location::resolve_or_create(path).map_err(vault::Error::from)?;
        }
        targets.push(OutTarget::open(path, Existing::unless(args.overwrite))?);
    }
    // all pages are written, or none if one of them exists
    for (target, page) in targets.into_iter().zip(&pages) {
        target.write(Access::Public, page.text.as_bytes(), None)?;
    }
    Ok(())
}

/// Returns the folder for the pages of a section: programs look for them in a folder of the section.
fn folder(dir: &Path, section: u8) -> PathBuf {
    if section != 1 && dir.file_name().is_some_and(|name| name == "man1") {
        dir.with_file_name(format!("man{section}"))
    } else {
        dir.to_owned()
    }
}
