//! A format of imports: the way in which another program keeps credentials.

use super::item::Import;
use super::packed::PackedFiles;
use crate::credential::Violations;

/// A way in which another program keeps credentials.
#[derive(Debug)]
pub struct ImportFormat {
    /// The name of the format on the command line.
    pub name: &'static str,
    /// The program that the format is of, in a few words.
    pub summary: &'static str,
    pub(super) recognises: fn(&str) -> bool,
    pub(super) read: fn(&str, &ImportFacts<'_>) -> Result<Import, Violations>,
}

/// The facts that a format may not tell by itself.
#[derive(Debug, Clone, Copy, Default)]
pub struct ImportFacts<'a> {
    /// The e-mail address of accounts that have none.
    pub email: Option<&'a str>,
    /// The title of a text that does not name itself: the name of its file.
    pub title: Option<&'a str>,
    /// The id of the one credential that variables become. Without it, each becomes a credential.
    pub variables_as: Option<&'a str>,
    /// The attachments in the archive that the text comes from.
    pub files: Option<&'a PackedFiles>,
}

impl ImportFormat {
    /// Reads a text.
    ///
    /// # Errors
    /// Fails if the text is not one of this format, or if there is nothing in it.
    pub fn read(&self, text: &str, options: &ImportFacts<'_>) -> Result<Import, Violations> {
        let import = (self.read)(text, options)?;
        if import.items.is_empty() {
            return Err(Violations::one("document", format!("has nothing in it for {}", self.name)));
        }
        Ok(import)
    }
}
