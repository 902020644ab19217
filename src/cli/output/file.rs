//! Answers that go into a file.

use std::path::Path;

use credctl::vault;
use credctl::vault::file::Location;

use crate::cli::context::Context;
use crate::cli::error::{Error, Kind};

/// Writes a file that only its owner can read, whole or not at all, and never over the vault.
pub fn to_file(context: &Context, path: &Path, bytes: &[u8]) -> Result<(), Error> {
    let location = Location::resolve(path).map_err(vault::Error::from)?;
    let own = Location::resolve(context.vault()?).map_err(vault::Error::from)?;
    if own.is_ours(&location).map_err(vault::Error::from)? {
        return Err(Error::new(Kind::Conflict, format!("{} belongs to the vault itself", path.display())));
    }
    Ok(location.publish(|out| out.write_all(bytes).map_err(vault::Error::Write))?)
}
