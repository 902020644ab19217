//! age plugins: programs that hold keys for us, such as those of hardware tokens.

use std::sync::Arc;

use age::secrecy::SecretString;

use crate::secret::Secret;
use crate::vault::error::Error;
use crate::vault::key_error::KeyError;

/// The source of answers for a plugin that asks for a PIN or a token. Without an answer, the plugin decides
/// how to go on.
pub trait PluginAnswers: Send + Sync {
    /// Shows the operator what to do.
    fn show(&self, message: &str);
    /// Asks for one of two choices, and returns true for the first; the second may have no name.
    fn choose(&self, question: &str, yes: &str, no: Option<&str>) -> Option<bool>;
    /// Asks for a text that may be seen.
    fn text(&self, question: &str) -> Option<String>;
    /// Asks for a text that must not be seen.
    fn secret(&self, question: &str) -> Option<Secret>;
}

/// The plugins that may be run, by name, and the one who answers them.
#[derive(Clone, Default)]
pub struct Plugins {
    names: Vec<String>,
    answers: Option<Arc<dyn PluginAnswers>>,
}

impl Plugins {
    /// Allows these plugins. Without `answers` a plugin cannot ask anything.
    #[must_use]
    pub fn new(names: Vec<String>, answers: Option<Arc<dyn PluginAnswers>>) -> Self {
        Self { names, answers }
    }

    /// Refuses a plugin that may not be run.
    pub(super) fn allow(&self, name: &str) -> Result<(), Error> {
        // an identity from elsewhere could otherwise name any program `age-plugin-…` on the path
        if self.names.iter().any(|allowed| allowed == name) {
            return Ok(());
        }
        Err(KeyError::PluginNotAllowed { name: name.to_owned() }.into())
    }
}

impl age::Callbacks for Plugins {
    fn display_message(&self, message: &str) {
        if let Some(answers) = &self.answers {
            answers.show(message);
        }
    }

    fn confirm(&self, message: &str, yes: &str, no: Option<&str>) -> Option<bool> {
        self.answers.as_ref()?.choose(message, yes, no)
    }

    fn request_public_string(&self, description: &str) -> Option<String> {
        self.answers.as_ref()?.text(description)
    }

    fn request_passphrase(&self, description: &str) -> Option<SecretString> {
        Some(SecretString::from(self.answers.as_ref()?.secret(description)?.expose()))
    }
}
