//! The answers to the questions of age plugins.

use credctl::secret::Secret;
use credctl::vault::PluginAnswers;

use super::prompter::{PromptError, Prompter};
use super::signals;
use crate::cli::output::sanitize;

impl PluginAnswers for Prompter {
    fn show(&self, message: &str) {
        // the plugin gets no promise that anybody sees the message
        let _ = self.say(&format!("{}\n", sanitize::line(message)));
    }

    fn choose(&self, message: &str, yes: &str, no: Option<&str>) -> Option<bool> {
        let (message, yes) = (sanitize::line(message), sanitize::line(yes));
        let question = match no {
            Some(no) => format!("{message} (y: {yes}, n: {})", sanitize::line(no)),
            None => format!("{message} (y: {yes})"),
        };
        answered(self.confirm(&question))
    }

    fn text(&self, message: &str) -> Option<String> {
        answered(self.visible(&format!("{message}: "), &|_| Ok(())))
    }

    fn secret(&self, message: &str) -> Option<Secret> {
        answered(self.secret(message))
    }
}

/// Returns the answer if there is one. Ctrl-C ends the process: the plugin has no way to pass it on.
fn answered<T>(result: Result<T, PromptError>) -> Option<T> {
    if let Err(PromptError::Interrupted) = &result {
        signals::interrupt();
    }
    result.ok()
}
