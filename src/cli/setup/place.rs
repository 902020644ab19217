//! The second question: the place of the vault.

use std::path::{Path, PathBuf};

use credctl::disk::{FileError, Location};

use crate::cli::context::{self, Context};
use crate::cli::error::Error;
use crate::cli::prompt::Prompter;

/// Asks for the path of the vault. Returns it from the root.
pub fn ask(context: &Context, prompter: &Prompter) -> Result<PathBuf, Error> {
    let suggestion = context::short(context.settings.vault()?);
    let answer = prompter.line("2/4  File of the vault", &suggestion, &|text| check(&typed(text)))?;
    let path = typed(&answer);
    // the configuration needs it from the root
    std::path::absolute(&path)
        .map_err(|error| Error::usage("the folder of the vault is not known").because(error))
}

/// Expands `~`, which no shell has replaced here.
fn typed(text: &str) -> PathBuf {
    context::expand(Path::new(text.trim()))
}

/// Gives the reason to refuse a path.
fn check(path: &Path) -> Result<(), String> {
    if path.is_dir() {
        return Err("this is a folder; name a file in it, such as vault.age".to_owned());
    }
    match Location::resolve(path).and_then(|location| location.exists()) {
        Ok(false) | Err(FileError::NotFound { .. }) => Ok(()),
        Ok(true) => Err(format!("this file exists; `credctl --vault {}` uses it", path.display())),
        Err(error) => Err(error.to_string()),
    }
}
