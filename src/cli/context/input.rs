//! The use of stdin in a run: the passphrase line, then data for one thing.

use std::io::{self, IsTerminal as _};

use credctl::secret::{Secret, without_newline};
use rustix::fs::{FileType, fstat};
use rustix::io::Errno;
use rustix::stdio;
use zeroize::Zeroizing;

use super::run::Context;
use super::source::descriptors;
use super::stdin::{all_of_stdin, first_line};
use crate::cli::child;
use crate::cli::error::{Error, Failure};

impl Context {
    /// Returns the passphrase of `--passphrase-stdin`: the first line of stdin, or the answer to a prompt if
    /// stdin is a terminal.
    pub fn stdin_passphrase(&self) -> Result<Secret, Error> {
        let mut stdin = self.stdin.borrow_mut();
        match &stdin.passphrase {
            Some(passphrase) => Ok(passphrase.clone()),
            None => {
                let asked = self.prompter().filter(|_| self.stdin_is_terminal());
                let passphrase = match asked {
                    Some(prompter) => prompter.secret("Passphrase")?,
                    None => first_line()?,
                };
                stdin.passphrase = Some(passphrase.clone());
                Ok(passphrase)
            }
        }
    }

    /// Skips the passphrase line on stdin, if there is one.
    pub fn skip_passphrase(&self) -> Result<(), Error> {
        let has_passphrase = self.stdin.borrow().has_passphrase;
        if has_passphrase { self.stdin_passphrase().map(drop) } else { Ok(()) }
    }

    /// Returns true if stdin is a terminal, which would show data as it is typed.
    #[expect(clippy::unused_self, reason = "only code with a context uses the streams")]
    pub fn stdin_is_terminal(&self) -> bool {
        io::stdin().is_terminal()
    }

    /// Hides a key on stdin from the program that starts next. A program can read a file again from its
    /// beginning, so it gets only what follows the passphrase, or nothing if the whole file is a key.
    pub fn shed_key_on_stdin(&self) -> Result<(), Error> {
        let is_key = descriptors(&self.passphrase, &self.identities).contains(&0);
        let is_file = fstat(stdio::stdin()).is_ok_and(|stat| FileType::from_raw_mode(stat.st_mode).is_file());
        if !is_file || !(is_key || self.stdin.borrow().has_passphrase) {
            return Ok(());
        }
        let rest = if is_key { Zeroizing::new(Vec::new()) } else { self.stdin_data()? };
        let failed = |errno: Errno| Error::new(Failure::Io, "stdin cannot be replaced").because(errno);
        stdio::dup2_stdin(child::in_memory(&rest)?).map_err(failed)
    }

    /// Reads stdin now if an argument takes its value from there, so that nobody waits for it later.
    pub fn prefetch_stdin(&self, words: &[String]) -> Result<(), Error> {
        if words.iter().any(|word| word.ends_with("=-")) && !self.stdin_is_terminal() {
            let data = self.stdin_data()?;
            self.stdin.borrow_mut().data = Some(data);
        }
        Ok(())
    }

    /// Keeps an answer from the terminal in place of the data on stdin.
    pub fn answer_stdin(&self, value: &Secret) {
        self.stdin.borrow_mut().data = Some(Zeroizing::new(value.expose().as_bytes().to_vec()));
    }

    /// Returns stdin as the value of a field. Data that was read ahead, or answered, serves every credential
    /// of the call.
    pub fn stdin_value(&self) -> Result<Zeroizing<Vec<u8>>, Error> {
        if let Some(data) = &self.stdin.borrow().data {
            return Ok(data.clone());
        }
        if self.stdin_is_terminal() {
            return Err(Error::usage("stdin is a terminal, which would show the secret")
                .hint("FIELD=@FILE reads a file"));
        }
        self.stdin_data()
    }

    /// Reads a secret: all of stdin, without one newline at its end. Prompts for the secret if stdin is a
    /// terminal.
    pub fn stdin_secret(&self, prompt: &str) -> Result<Zeroizing<Vec<u8>>, Error> {
        match self.prompter().filter(|_| self.stdin_is_terminal()) {
            Some(prompter) => Ok(Zeroizing::new(prompter.secret(prompt)?.expose().as_bytes().to_vec())),
            None => Ok(without_newline(self.stdin_data()?)),
        }
    }

    /// Returns all of stdin, or what follows the passphrase. A second call fails.
    pub fn stdin_data(&self) -> Result<Zeroizing<Vec<u8>>, Error> {
        self.skip_passphrase()?;
        if std::mem::replace(&mut self.stdin.borrow_mut().taken, true) {
            return Err(Error::usage("stdin can be read only once").hint("name a file with @path instead"));
        }
        all_of_stdin()
    }
}
