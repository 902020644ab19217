//! The dialogue of `credctl` alone, where there is no vault yet: four questions. Nothing is written before the
//! last answer.

use credctl::disk::{FileError, Location};
use credctl::store::address;

use super::finish::{Plan, carry_out};
use super::{place, shell, sources, ways};
use crate::cli::context::Context;
use crate::cli::error::Error;
use crate::cli::options::Global;
use crate::cli::prompt::{PromptError, Prompter};

/// Makes the first vault in a dialogue. Returns false without a word if there is a vault, or nobody to ask.
///
/// # Errors
/// Esc or Ctrl-C at a question; a vault that cannot be made.
pub fn run(global: &Global) -> Result<bool, Error> {
    let Ok(context) = Context::new(global.clone()) else { return Ok(false) };
    let Context { settings, ui, input } = &context;
    if !(ui.stdout_is_terminal && input.is_terminal && is_free(&context)) {
        return Ok(false);
    }
    let Some(prompter) = ui.prompter().filter(|_| settings.scope().is_admin()) else { return Ok(false) };
    let Some(plan) = ask(&context, prompter)? else {
        return Err(Error::usage("no vault was made"));
    };
    carry_out(global, &plan)?;
    Ok(true)
}

/// Returns true if there is neither a vault nor the backup of one in the place of the vault.
fn is_free(context: &Context) -> bool {
    let Ok(path) = context.settings.vault() else { return false };
    if address(path).is_some() {
        // only the engine knows
        return false;
    }
    match Location::resolve(path) {
        Ok(location) => {
            matches!(location.exists(), Ok(false))
                && matches!(location.open_backup(), Err(FileError::NotFound { .. }))
        }
        Err(FileError::NotFound { .. }) => true,
        Err(_) => false,
    }
}

/// The lines above the first question.
const INTRODUCTION: [&str; 4] = [
    "There is no vault yet. Answer four questions to make one.",
    "Enter accepts a suggestion. Esc or Ctrl-C ends the dialogue.",
    "credctl writes nothing before the last answer.",
    "",
];

/// Asks the four questions. Returns `None` if the operator does not want a vault after all.
fn ask(context: &Context, prompter: &Prompter) -> Result<Option<Plan>, Error> {
    for line in INTRODUCTION {
        prompter.tell(line).map_err(PromptError::from)?;
    }
    let unlocking = ways::ask(context, prompter, &INTRODUCTION)?;
    let vault = place::ask(context, prompter)?;
    let imports = sources::ask(prompter)?;
    let last = shell::ask(prompter)?;
    Ok(last.map(|last| Plan { unlocking, vault, imports, last }))
}
