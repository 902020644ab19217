//! The word by which git calls this program.

use crate::cli::child;
use crate::cli::error::{Error, Failure};
use crate::cli::shell_word::quoted;

/// Returns this program as a word of the shell: its name if the search path resolves it, else its path.
pub fn own_word() -> Result<String, Error> {
    let unknown = |error| Error::new(Failure::Io, "the path of this program is unknown").because(error);
    let path = child::own_path().map_err(unknown)?;
    if child::is_on_path("credctl", &path) {
        return Ok("credctl".to_owned());
    }
    let path = path.to_str().ok_or_else(|| Error::usage("the path of this program is not UTF-8 text"))?;
    Ok(quoted(path))
}
