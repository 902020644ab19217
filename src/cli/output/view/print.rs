//! The view as a whole: which parts it has, and the pager for a long one.

use super::screen::{CredentialView, Screen};
use super::{envelope, fields, title};
use crate::cli::context::{Settings, Ui};
use crate::cli::error::Error;
use crate::cli::output::pairs::pairs;
use crate::cli::output::stdout::{paged, with_stdout};

/// Prints the view of a credential. A long one goes through the pager, unless it has secrets in it.
pub fn view(settings: &Settings, ui: &Ui, view: &CredentialView<'_>) -> Result<(), Error> {
    let screen = Screen { settings, is_terminal: ui.stdout_is_terminal, width: ui.width() };
    let mut rows = envelope::first(view);
    rows.extend(fields::rows(view, &screen));
    rows.extend(envelope::last(view, &screen));
    let mut text = title::title(view, &screen);
    text.push_str(&pairs(&rows, settings.colour));
    text.push_str(&title::rest(view, &screen));
    if view.reveal {
        return with_stdout(|out| out.write_all(text.as_bytes()));
    }
    paged(ui, |out| out.write_all(text.as_bytes()))
}
