//! The end of the first run: the answers become files, the key first, and the operator reads what is there now.

use std::path::{Path, PathBuf};

use clap::CommandFactory as _;
use credctl::disk::{FileError, write_new_private};
use credctl::store;

use super::creation;
use super::shell::ShellAnswer;
use super::ways::Unlocking;
use crate::cli::command::Command;
use crate::cli::complete;
use crate::cli::context::{self, Context, PassphraseSource, Ui};
use crate::cli::error::Error;
use crate::cli::options::Global;
use crate::cli::parse::Cli;

/// The commands to try.
const TRY: [&str; 3] =
    ["credctl add login github username=ada", "credctl list", "credctl get github --field password"];

/// All answers.
pub struct Plan {
    pub unlocking: Unlocking,
    pub vault: PathBuf,
    pub imports: Vec<PathBuf>,
    pub last: ShellAnswer,
}

/// Makes the vault, and everything that belongs to it. `global` are the options of this call.
pub fn carry_out(global: &Global, plan: &Plan) -> Result<(), Error> {
    let Plan { unlocking, vault, imports, last } = plan;
    let mut context = Context::new(Global { vault: Some(vault.clone()), ..global.clone() })?;
    make(&context, unlocking)?;
    let ui = &context.ui;
    tell(ui, &format!("made the vault {}", context::short(vault)));
    let settings = configured(global, &context, plan);
    if let Some(completions) = &last.completions {
        let script = complete::script(completions.shell, &Cli::command()).unwrap_or_default();
        match completions.install(script.as_bytes()) {
            Ok(()) => tell(ui, &format!("installed completions in {}", context::short(&completions.path))),
            Err(error) => ui.notice(&format!("completions are not installed: {}", error.detail())),
        }
    }
    context.settings.identities = unlocking.key.iter().cloned().collect();
    // an import does not ask again for what was just chosen
    context.settings.passphrase = unlocking.passphrase.iter().cloned().map(PassphraseSource::Text).collect();
    for path in imports {
        // a store of passage has its identities beside it
        let beside = path.parent().map(|folder| folder.join("identities"));
        context.settings.identities.extend(beside.filter(|file| path.is_dir() && file.is_file()));
        import(&context, path);
    }
    close(&context.ui, plan, settings.err().as_deref());
    Ok(())
}

/// Makes the key and the vault.
fn make(context: &Context, unlocking: &Unlocking) -> Result<(), Error> {
    let location =
        context.settings.terms.locate_or_create(context.settings.vault()?).map_err(store::Error::at_vault)?;
    let lock = location.lock(context.settings.terms.lock_timeout).map_err(store::Error::at_vault)?;
    creation::create(context, &lock, &unlocking.lockset, unlocking.new_key.as_ref(), false)?;
    Ok(())
}

/// Imports a file or a folder. An import that fails changes nothing about the vault that was made.
fn import(context: &Context, path: &Path) {
    tell(&context.ui, &format!("importing {}", context::short(path)));
    if let Err(error) = Command::import_of(path.to_owned()).run(context) {
        if !error.is_reported() {
            error.text().lines().for_each(|line| context.ui.say(line));
        }
        context.ui.hint(&format!("credctl import {} --on-conflict skip", path.display()));
    }
}

/// Writes the configuration if later calls do not find the vault or its key without it. Returns the lines as an
/// error if there is a configuration already, which credctl leaves alone.
fn configured(global: &Global, context: &Context, plan: &Plan) -> Result<(), String> {
    let mut lines = Vec::new();
    // as a later call without options sees it
    let later = Context::new(Global { config: global.config.clone(), ..Global::default() });
    let Ok(later) = later else { return Ok(()) };
    let mut line = |name: &str, path: &Path| {
        lines.push(format!("{name} = {}\n", toml::Value::from(path.to_string_lossy().as_ref())));
    };
    if later.settings.vault().is_ok_and(|path| path != plan.vault) {
        line("vault", &plan.vault);
    }
    if let Some(key) = plan.unlocking.key.as_ref().filter(|key| later.settings.identities != [(*key).clone()])
    {
        line("identity", key);
    }
    let Some(path) = later.settings.configuration.as_ref().filter(|_| !lines.is_empty()) else {
        return Ok(());
    };
    let lines = lines.concat();
    match write_new_private(path, lines.as_bytes()) {
        Ok(()) => {
            tell(&context.ui, &format!("wrote {}, so that credctl finds the vault", context::short(path)));
            Ok(())
        }
        Err(FileError::Exists { .. }) => Err(format!("{}\n{lines}", context::short(path))),
        Err(error) => Err(format!("{} ({error})\n{lines}", context::short(path))),
    }
}

/// Prints what to keep, and what to try.
fn close(ui: &Ui, plan: &Plan, unwritten: Option<&str>) {
    let Plan { unlocking, vault, last, .. } = plan;
    let mut lines = Vec::new();
    if let Some(unwritten) = unwritten {
        lines.push(String::new());
        lines.push("Put this at the top of the configuration, so that credctl finds the vault:".to_owned());
        lines.extend(unwritten.lines().map(|line| format!("  {line}")));
    }
    if let Some(advice) = &last.advice {
        lines.push(String::new());
        lines.push("To install completions:".to_owned());
        lines.extend(advice.iter().map(|line| format!("  {line}")));
    }
    let (key, name) = match &unlocking.key {
        Some(key) if unlocking.passphrase.is_some() => {
            (format!("  {}  the key, and its passphrase", context::short(key)), "both")
        }
        Some(key) => (format!("  {}  the key", context::short(key)), "the key"),
        None => ("  the passphrase".to_owned(), "the passphrase"),
    };
    lines.extend([
        String::new(),
        "Keep a copy of these in a safe place outside of this machine:".to_owned(),
        format!("  {}  the vault, encrypted", context::short(vault)),
        key,
        format!("Without {name}, the vault cannot be opened."),
        String::new(),
        "Try:".to_owned(),
    ]);
    lines.extend(TRY.map(|command| format!("  {command}")));
    for line in &lines {
        tell(ui, line);
    }
}

/// Prints a line on the terminal. Nothing that is made depends on the terminal any more.
fn tell(ui: &Ui, line: &str) {
    if let Some(prompter) = ui.prompter() {
        let _ = prompter.tell(line);
    }
}
