//! Standard input of a run, which is read once: the passphrase line, then data for one thing.

use std::cell::RefCell;
use std::fs::File;
use std::io::{self, IsTerminal as _};

use credctl::secret::{Secret, without_newline};
use rustix::fs::{FileType, fstat};
use rustix::io::Errno;
use rustix::stdio;
use zeroize::Zeroizing;

use super::stdin::{all_of_stdin, first_line, stream};
use super::ui::Ui;
use crate::cli::child;
use crate::cli::error::{Error, Failure};

/// Standard input of a run.
pub struct Input {
    /// True if stdin is a terminal, which would show data as it is typed.
    pub is_terminal: bool,
    /// True if the first line is the passphrase.
    has_passphrase: bool,
    /// True if all of stdin is a key.
    is_key: bool,
    state: RefCell<InputState>,
}

/// The parts of stdin that were read so far.
#[derive(Default)]
struct InputState {
    passphrase: Option<Secret>,
    data: Option<Zeroizing<Vec<u8>>>,
    is_taken: bool,
}

impl Input {
    /// Makes the input of a run before anything is read.
    pub(super) fn new(has_passphrase: bool, is_key: bool) -> Self {
        Self { is_terminal: io::stdin().is_terminal(), has_passphrase, is_key, state: RefCell::default() }
    }

    /// Returns the passphrase of `--passphrase-stdin`: the first line of stdin, or the answer to a prompt if
    /// stdin is a terminal.
    pub fn passphrase(&self, ui: &Ui) -> Result<Secret, Error> {
        let mut state = self.state.borrow_mut();
        match &state.passphrase {
            Some(passphrase) => Ok(passphrase.clone()),
            None => {
                let passphrase = match ui.prompter().filter(|_| self.is_terminal) {
                    Some(prompter) => prompter.secret("Passphrase")?,
                    None => first_line()?,
                };
                state.passphrase = Some(passphrase.clone());
                Ok(passphrase)
            }
        }
    }

    /// Skips the passphrase line on stdin, if there is one.
    pub fn skip_passphrase(&self, ui: &Ui) -> Result<(), Error> {
        if self.has_passphrase { self.passphrase(ui).map(drop) } else { Ok(()) }
    }

    /// Hides a key on stdin from the program that starts next. A program can read a file again from its
    /// beginning, so it gets only what follows the passphrase, or nothing if the whole file is a key.
    pub fn shed_key(&self, ui: &Ui) -> Result<(), Error> {
        let is_file = fstat(stdio::stdin()).is_ok_and(|stat| FileType::from_raw_mode(stat.st_mode).is_file());
        if !is_file || !(self.is_key || self.has_passphrase) {
            return Ok(());
        }
        let rest = if self.is_key { Zeroizing::new(Vec::new()) } else { self.data(ui)? };
        let failed = |errno: Errno| Error::new(Failure::Io, "stdin cannot be replaced").because(errno);
        stdio::dup2_stdin(child::in_memory(|out| out.write_all(&rest))?).map_err(failed)
    }

    /// Reads stdin now if an argument takes its value from there, so that nobody waits for it later.
    pub fn prefetch(&self, ui: &Ui, words: &[String]) -> Result<(), Error> {
        if words.iter().any(|word| word.ends_with("=-")) && !self.is_terminal {
            let data = self.data(ui)?;
            self.state.borrow_mut().data = Some(data);
        }
        Ok(())
    }

    /// Keeps an answer from the terminal in place of the data on stdin.
    pub fn answer(&self, value: &Secret) {
        self.state.borrow_mut().data = Some(Zeroizing::new(value.expose().as_bytes().to_vec()));
    }

    /// Returns stdin as the value of a field. Data that was read ahead, or answered, serves every credential
    /// of the call.
    pub fn value(&self, ui: &Ui) -> Result<Zeroizing<Vec<u8>>, Error> {
        if let Some(data) = &self.state.borrow().data {
            return Ok(data.clone());
        }
        if self.is_terminal {
            return Err(Error::usage("stdin is a terminal, which would show the secret")
                .hint("FIELD=@FILE reads a file"));
        }
        self.data(ui)
    }

    /// Reads a secret: all of stdin, without one newline at its end. Prompts for the secret if stdin is a
    /// terminal.
    pub fn secret(&self, ui: &Ui, prompt: &str) -> Result<Zeroizing<Vec<u8>>, Error> {
        match ui.prompter().filter(|_| self.is_terminal) {
            Some(prompter) => Ok(Zeroizing::new(prompter.secret(prompt)?.expose().as_bytes().to_vec())),
            None => Ok(without_newline(self.data(ui)?)),
        }
    }

    /// Returns all of stdin, or what follows the passphrase. A second call fails.
    pub fn data(&self, ui: &Ui) -> Result<Zeroizing<Vec<u8>>, Error> {
        self.take(ui)?;
        all_of_stdin()
    }

    /// Opens stdin, or what follows the passphrase, for a content that may not fit into the memory.
    pub fn stream(&self, ui: &Ui) -> Result<File, Error> {
        if self.is_terminal {
            return Err(Error::usage("stdin is a terminal").hint("name a file, or use a pipe"));
        }
        self.take(ui)?;
        stream()
    }

    fn take(&self, ui: &Ui) -> Result<(), Error> {
        self.skip_passphrase(ui)?;
        if std::mem::replace(&mut self.state.borrow_mut().is_taken, true) {
            return Err(Error::usage("stdin can be read only once").hint("name a file with @path instead"));
        }
        Ok(())
    }
}
