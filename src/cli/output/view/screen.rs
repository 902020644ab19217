//! The credential to show, and the screen that shows it.

use chrono::{DateTime, Utc};
use credctl::credential::Credential;
use credctl::vault::Reference;

use super::names::Names;
use crate::cli::context::Settings;
use crate::cli::output::moment;

/// The credential to show, with all that the view tells of it.
pub struct CredentialView<'a> {
    pub credential: &'a Credential,
    pub references: &'a [Reference],
    pub names: &'a Names,
    /// True if secrets are shown.
    pub reveal: bool,
}

/// The screen that shows the view.
pub(super) struct Screen<'a> {
    pub settings: &'a Settings,
    pub is_terminal: bool,
    pub width: Option<u16>,
}

impl Screen<'_> {
    /// Returns a point in time as a date, on a terminal with its distance from now.
    pub fn moment(&self, at: DateTime<Utc>) -> String {
        let date = moment::date(at);
        if self.is_terminal { format!("{date} ({})", self.distance(at)) } else { date }
    }

    /// Returns a point in time as its distance from now, or as a date where nobody reads it now.
    pub fn when(&self, at: DateTime<Utc>) -> String {
        if self.is_terminal { self.distance(at) } else { moment::date(at) }
    }

    fn distance(&self, at: DateTime<Utc>) -> String {
        moment::distance(at, self.settings.terms.now)
    }

    /// Returns a text in a colour, where there is colour.
    pub fn coloured(&self, colour: &str, text: &str) -> String {
        if self.settings.colour { format!("{colour}{text}\u{1b}[0m") } else { text.to_owned() }
    }
}
