//! The sources of a passphrase, in order.

use std::error::Error as _;
use std::path::{Path, PathBuf};

use credctl::check::{Strength, guesses};
use credctl::disk::{FileError, read_named};
use credctl::secret::Secret;
use credctl::vault;

use crate::cli::child;
use crate::cli::context::{Context, Input, KEY_FILE_LIMIT, PassphraseSource, Settings, Ui, typed_passphrase};
use crate::cli::error::{Error, Failure, discreet};
use crate::cli::prompt::{PromptError, Prompter, TRIES};

/// Returns the passphrase from the first source, or from a prompt.
pub fn passphrase(context: &Context, prompt: &str) -> Result<Secret, Error> {
    match given(context)? {
        Some(passphrase) => Ok(passphrase),
        None => match context.ui.prompter() {
            Some(prompter) => Ok(prompter.secret(prompt)?),
            None => Err(no_source("a passphrase is needed, and there is no terminal to prompt on")
                .hint("`credctl unlock` on a terminal asks once, for every later call")),
        },
    }
}

/// Makes an attempt with a passphrase, and another if the operator typed a wrong one. The inner error is that
/// of the passphrase.
pub fn with_tries<T>(
    settings: &Settings,
    ui: &Ui,
    mut attempt: impl FnMut() -> Result<Result<T, vault::Error>, Error>,
) -> Result<Result<T, vault::Error>, Error> {
    let asks = settings.passphrase.is_empty();
    for _ in 1..TRIES {
        match (attempt()?, ui.prompter()) {
            (Err(error), Some(prompter)) if asks && error.is_wrong_passphrase() => {
                prompter.refuse("the passphrase is wrong").map_err(PromptError::from)?;
            }
            (result, _) => return Ok(result),
        }
    }
    attempt()
}

/// Returns a new passphrase: from a source, once, or from a prompt, twice.
pub fn new_passphrase(context: &Context, prompt: &str) -> Result<Secret, Error> {
    match (given(context)?, context.ui.prompter()) {
        (Some(passphrase), _) => chosen(&context.ui, passphrase),
        (None, Some(prompter)) => choose(prompter, prompt),
        (None, None) => Err(no_source("a new passphrase is needed, and there is no terminal to prompt on")),
    }
}

/// Prompts twice for a new passphrase, and tells its strength. Asks for a confirmation if it can be guessed.
pub fn choose(prompter: &Prompter, prompt: &str) -> Result<Secret, Error> {
    loop {
        let passphrase = prompter.new_secret(prompt)?;
        let Strength { tries, is_weak } = Strength::of(&passphrase);
        if !is_weak {
            let strength = format!("The passphrase is strong: about 10^{tries} tries guess it.");
            prompter.tell(&strength).map_err(PromptError::from)?;
            return Ok(passphrase);
        }
        if prompter.confirm(&format!("The {}. Use it anyway?", weak(tries)))? {
            return Ok(passphrase);
        }
    }
}

/// Checks a new passphrase that was not typed. Refuses one that nobody could type, and prints a notice about
/// one that can be guessed.
pub fn chosen(ui: &Ui, passphrase: Secret) -> Result<Secret, Error> {
    if passphrase.is_empty() {
        return Err(Error::usage("the new passphrase is empty"));
    }
    if passphrase.expose().contains(|c: char| c.is_control() && c != '\t') {
        return Err(Error::usage("the new passphrase has a line break or another control character")
            .hint("a passphrase is one line, so that it can be typed"));
    }
    if let Some(tries) = guesses(&passphrase, &[]) {
        ui.notice(&format!("the {}; `credctl rekey` changes it", weak(tries)));
    }
    Ok(passphrase)
}

fn weak(tries: u32) -> String {
    format!("passphrase is weak: about 10^{tries} tries guess it")
}

fn given(context: &Context) -> Result<Option<Secret>, Error> {
    let Context { settings, ui, input } = context;
    settings.passphrase.first().map(|source| from(ui, input, source)).transpose()
}

fn from(ui: &Ui, input: &Input, source: &PassphraseSource) -> Result<Secret, Error> {
    match source {
        PassphraseSource::Stdin => input.passphrase(ui),
        PassphraseSource::Descriptor(number) => descriptor(*number),
        PassphraseSource::File(path) => file(path),
        PassphraseSource::Command(command) => run(command),
        PassphraseSource::Text(passphrase) => typed_passphrase(passphrase.expose().as_bytes()),
    }
}

/// Reads a passphrase from an open descriptor.
pub fn descriptor(number: u32) -> Result<Secret, Error> {
    // the number may be a passphrase of digits
    let path = PathBuf::from(format!("/dev/fd/{number}"));
    let bytes = read_named(&path, KEY_FILE_LIMIT);
    typed_passphrase(
        &bytes.map_err(|_| Error::new(Failure::Locked, "the descriptor of the passphrase cannot be read"))?,
    )
}

/// Reads a passphrase from a file, without its final newline.
pub fn file(path: &Path) -> Result<Secret, Error> {
    let bytes = read_named(path, KEY_FILE_LIMIT).map_err(|error| match discreet::path(path) {
        Some(_) => unreadable("passphrase", error),
        // the path may be the passphrase itself, so nothing keeps the error
        None => Error::new(Failure::Locked, "the passphrase cannot be read: its path leads to no file"),
    })?;
    typed_passphrase(&bytes)
}

fn run(command: &str) -> Result<Secret, Error> {
    let failed = |what| Error::new(Failure::Locked, format!("the passphrase command {what}"));
    typed_passphrase(&child::shell(command, KEY_FILE_LIMIT).map_err(failed)?)
}

fn no_source(what: &str) -> Error {
    Error::new(Failure::Locked, what).hint(
        "give one of --passphrase-stdin, --passphrase-fd, --passphrase-file, --passphrase-command, \
         CREDCTL_PASSPHRASE_FILE, CREDCTL_PASSPHRASE_COMMAND, CREDCTL_PASSPHRASE",
    )
}

/// Makes the error for a key that cannot be read from its file.
pub(super) fn unreadable(key: &str, error: FileError) -> Error {
    let reason = error.source().map_or_else(|| error.to_string(), |source| format!("{error}: {source}"));
    Error::new(Failure::Locked, format!("the {key} cannot be read: {reason}")).describing(error)
}
