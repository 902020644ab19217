//! The operator: notices on stderr, prompts on the terminal, and the terminal that shows the answers.

use std::cell::{Cell, OnceCell, RefCell};
use std::collections::HashSet;
use std::io::{self, IsTerminal as _, Write as _};
use std::sync::Arc;

use credctl::disk::Loose;
use credctl::vault::{PluginAnswers, Plugins};

use super::environment::flag;
use super::settings::Settings;
use super::values::pager;
use crate::cli::config::Config;
use crate::cli::error::{self, Error};
use crate::cli::options::Global;
use crate::cli::output::sanitize;
use crate::cli::prompt::Prompter;
use crate::cli::shell_word;

/// The operator of a run.
#[expect(clippy::struct_excessive_bools, reason = "each is a switch of its own")]
pub struct Ui {
    quiet: bool,
    verbose: bool,
    interactive: bool,
    pub stdout_is_terminal: bool,
    /// The pager for answers that are longer than the screen.
    pager: Option<String>,
    stderr: io::Stderr,
    prompter: OnceCell<Option<Arc<Prompter>>>,
    /// The notices that were printed already.
    told: RefCell<HashSet<String>>,
    is_saved: Cell<bool>,
}

/// A notice at the moment when the operator has to touch a security key. It is made beforehand, for a key that signs
/// and knows nothing of the operator.
#[derive(Debug, Clone, Copy)]
pub struct TouchNotice(());

impl TouchNotice {
    /// Prints the notice.
    #[expect(clippy::unused_self, reason = "only the holder of the notice may print it")]
    pub fn print(self, text: &str) {
        let _ = writeln!(io::stderr().lock(), "note: {}", error::line(text));
    }
}

/// The size of a terminal.
#[derive(Debug, Clone, Copy)]
pub struct ScreenSize {
    pub columns: u16,
    pub lines: u16,
}

impl Ui {
    /// Makes the operator from the flags, the environment and the configuration.
    pub(super) fn new(global: &Global, config: &Config) -> Self {
        let interactive = !(global.non_interactive
            || flag("CREDCTL_NON_INTERACTIVE").or(config.non_interactive).unwrap_or(false));
        Self {
            quiet: global.quiet || (!global.verbose && config.quiet.unwrap_or(false)),
            verbose: global.verbose || (!global.quiet && config.verbose.unwrap_or(false)),
            interactive,
            pager: if interactive && !global.no_pager { pager() } else { None },
            stdout_is_terminal: io::stdout().is_terminal(),
            stderr: io::stderr(),
            prompter: OnceCell::new(),
            told: RefCell::default(),
            is_saved: Cell::default(),
        }
    }

    /// Returns the terminal of the operator, if there is one and prompts are allowed.
    pub fn prompter(&self) -> Option<&Prompter> {
        self.terminal().map(Arc::as_ref)
    }

    /// Returns the terminal that confirms an action. `action` completes the sentence "refusing to …".
    ///
    /// # Errors
    /// No terminal, or prompts are not allowed.
    pub fn confirmer(&self, action: &str) -> Result<&Prompter, Error> {
        self.prompter().ok_or_else(|| {
            Error::usage(format!("refusing to {action} without confirmation (no terminal; use --yes)"))
        })
    }

    fn terminal(&self) -> Option<&Arc<Prompter>> {
        let open = || self.interactive.then(Prompter::open).flatten().map(Arc::new);
        self.prompter.get_or_init(open).as_ref()
    }

    /// Returns the age plugins that may run, and the operator to answer them.
    pub fn age_plugins(&self, settings: &Settings) -> Plugins {
        if settings.plugins.is_empty() {
            return Plugins::default();
        }
        let answers = self.terminal().map(|prompter| Arc::clone(prompter) as Arc<dyn PluginAnswers>);
        Plugins::new(settings.plugins.clone(), answers)
    }

    /// Returns the width of the terminal that shows the answer.
    pub fn width(&self) -> Option<u16> {
        self.size().map(|size| size.columns)
    }

    /// Returns the size of the terminal that shows the answer.
    pub fn size(&self) -> Option<ScreenSize> {
        let (width, height) = self.stdout_is_terminal.then(terminal_size::terminal_size).flatten()?;
        Some(ScreenSize { columns: width.0, lines: height.0 })
    }

    /// Prints a line below a table, if both are on a terminal and notices are not switched off.
    pub fn footer(&self, text: &str) {
        if self.stdout_is_terminal && self.stderr.is_terminal() && !self.quiet {
            self.say(text);
        }
    }

    /// Returns the pager of the terminal that shows the answer, with the lines and columns of the terminal.
    pub fn pager(&self) -> Option<(&str, u16, u16)> {
        let ScreenSize { columns, lines } = self.size()?;
        Some((self.pager.as_deref()?, lines, columns))
    }

    /// Records that the vault was written, for the errors that come after it.
    pub fn saved(&self) {
        self.is_saved.set(true);
    }

    /// Forgets that the vault was written, by what came before the command itself.
    pub fn nothing_saved(&self) {
        self.is_saved.set(false);
    }

    /// Adds to an error that the vault was written before.
    pub fn after_change(&self, error: Error) -> Error {
        if self.is_saved.get() { error.after_change() } else { error }
    }

    /// Prints a notice for the operator, unless notices are switched off.
    pub fn notice(&self, text: &str) {
        if !self.quiet {
            self.say(&format!("note: {text}"));
        }
    }

    /// Returns the notice for an operator who sees the terminal, unless notices are switched off.
    pub fn touch_notice(&self) -> Option<TouchNotice> {
        (!self.quiet && self.stderr.is_terminal()).then_some(TouchNotice(()))
    }

    /// Prints a notice that ends with a token of ours, which must be shown although it looks like a secret.
    pub fn notice_token(&self, text: &str, token: &str) {
        if !self.quiet {
            let _ = writeln!(self.stderr.lock(), "note: {text} {}", sanitize::line(token));
        }
    }

    /// Prints notices: all of them, or on a terminal the first, unless the operator asked for details.
    pub fn notices(&self, notices: &[String]) {
        const FEW: usize = 10;
        let is_long = notices.len() > FEW + 1 && !self.verbose && self.stderr.is_terminal();
        let shown = if is_long { FEW } else { notices.len() };
        notices.iter().take(shown).for_each(|notice| self.notice(notice));
        if is_long {
            self.notice(&format!("{} more notices; -v shows all", notices.len() - FEW));
        }
    }

    /// Returns true if the answer is read on a terminal by an operator who did not ask for details.
    pub fn is_brief(&self) -> bool {
        self.stdout_is_terminal && !self.verbose
    }

    /// Prints the next command to type, below a notice.
    pub fn hint(&self, command: &str) {
        if !self.quiet {
            self.say(&format!("  hint: {command}"));
        }
    }

    /// Prints a notice once, although the command may find the reason for it again.
    pub fn notice_once(&self, text: &str) {
        if self.told.borrow_mut().insert(text.to_owned()) {
            self.notice(text);
        }
    }

    /// Prints a notice about a file that others may read or write.
    pub fn loose(&self, file: &Loose) {
        let path = shell_word::path(file.path());
        self.notice_once(&format!("{file}; close it with `chmod {} {path}`", file.remedy()));
    }

    /// Prints a line if the operator asked for details.
    pub fn detail(&self, text: &str) {
        if self.verbose {
            self.say(text);
        }
    }

    /// Prints a line on stderr, made harmless whatever it contains. Ignores a failure to print.
    pub fn say(&self, line: &str) {
        let _ = writeln!(self.stderr.lock(), "{}", error::line(line));
    }
}
