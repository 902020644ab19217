//! A format: how another program keeps credentials.

use super::item::Import;
use crate::credential::Violations;

/// A way in which another program keeps credentials.
#[derive(Debug)]
pub struct Format {
    /// Its name on the command line.
    pub name: &'static str,
    /// Whose it is, in a few words.
    pub summary: &'static str,
    pub(super) recognises: fn(&str) -> bool,
    pub(super) read: fn(&str, &Options<'_>) -> Result<Import, Violations>,
}

/// What a format may not tell by itself.
#[derive(Debug, Clone, Copy, Default)]
pub struct Options<'a> {
    /// E-mail address of accounts that have none.
    pub email: Option<&'a str>,
    /// What a text is called that does not say it itself: the name of its file.
    pub title: Option<&'a str>,
}

impl Format {
    /// Reads a text.
    ///
    /// # Errors
    /// What makes it no text of this format, or that there is nothing in it.
    pub fn read(&self, text: &str, options: &Options<'_>) -> Result<Import, Violations> {
        let import = (self.read)(text, options)?;
        if import.items.is_empty() {
            return Err(Violations::one("document", format!("has nothing in it for {}", self.name)));
        }
        Ok(import)
    }
}
