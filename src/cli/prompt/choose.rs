//! Choosing from a list on the terminal, with dialoguer.
//!
//! dialoguer hides the cursor and, at Ctrl-C, lets the process die without showing it again. While
//! it asks, SIGINT is therefore only noted; before and after, it ends the process as ever.

use console::Term;
use dialoguer::Select;
use dialoguer::theme::SimpleTheme;

use super::signals;
use crate::cli::error::{Error, Kind};

/// The position of the line that was chosen; none if there is no terminal to choose on.
pub fn one_of(prompt: &str, lines: &[String]) -> Result<Option<usize>, Error> {
    // dialoguer draws on stderr and waits for ever if that is no terminal
    let term = Term::stderr();
    if !term.is_term() || !console::user_attended() && !console::user_attended_stderr() {
        return Ok(None);
    }
    let noted = signals::note(&[signal_hook::consts::SIGINT]);
    let chosen = Select::with_theme(&SimpleTheme)
        .with_prompt(prompt)
        .items(lines)
        .default(0)
        .max_length(24)
        .interact_on_opt(&term);
    noted.forget();
    let _ = term.show_cursor();
    match chosen {
        Ok(Some(position)) => Ok(Some(position)),
        Ok(None) => Err(Error::new(Kind::Interrupted, "nothing was chosen")),
        Err(_) => Err(Error::new(Kind::Interrupted, "interrupted")),
    }
}
