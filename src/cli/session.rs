//! The store of a run: its vault, the key that the operator gives, and the notices for the operator.

use std::io::Read;
use std::path::Path;
use std::rc::Rc;

use credctl::disk::Location;
use credctl::signature::SigningKey;
use credctl::store::{
    self, Bundles, Deployment, Keeper, Notice, Outcome, Preview, QueueContact, QueueUse, Store, Transaction,
};
use credctl::vault::{self, Key, Plugins, Sealed, Signer, StagedContent, Vault};

use super::context::Context;
use super::error::{Error, Failure};
use super::output::sanitize;
use super::prompt::{PromptError, TRIES};
use super::{harden, queueing, signing, unlock};

/// Returns the store of this run to read from. Changes that are queued are stored first, if the server answers.
pub fn store(context: &Context) -> Result<Store<&Context>, Error> {
    contacted(context, QueueUse::Read)
}

/// Returns the store of this run to change it, as [`store`] does. A dry run stores nothing.
pub fn store_to_change(context: &Context, dry_run: bool) -> Result<Store<&Context>, Error> {
    contacted(context, if dry_run { QueueUse::Try } else { QueueUse::Change })
}

/// Returns the store of this run without a look at its queue.
pub fn store_alone(context: &Context) -> Result<Store<&Context>, Error> {
    Ok(Store::new(context.settings.vault()?, context, context.settings.terms.clone()))
}

/// Returns the store of this run, or its queue. A run asks the server once for each use.
fn contacted(context: &Context, wanted: QueueUse) -> Result<Store<&Context>, Error> {
    let Context { settings, ui, .. } = context;
    let mut store = store_alone(context)?;
    if let Some((_, is_queue)) = settings.contacted.get().filter(|(before, _)| *before >= wanted) {
        return Ok(if is_queue { store.with_queue() } else { store });
    }
    let contact = store.contact(wanted)?;
    settings.contacted.set(Some((wanted, store.uses_queue())));
    if let QueueContact::Stored(stored) = &contact {
        // who has typed a passphrase does not type it again, and the command itself has changed nothing yet
        settings.spare_key.replace(Some(Rc::clone(&stored.key)));
        ui.nothing_saved();
    }
    queueing::tell(settings, ui, &contact)?;
    Ok(store)
}

/// Looks at the header of the vault.
pub fn sealed(location: &Location) -> Result<Sealed, Error> {
    let file = location.open().map_err(store::Error::at_vault)?;
    Ok(Sealed::inspect(file)?)
}

/// Opens the vault to read.
pub fn read(context: &Context) -> Result<Vault, Error> {
    store(context)?.read()
}

/// Opens a vault at any path, without judging or remembering it.
pub fn read_unjudged(context: &Context, path: &Path) -> Result<Vault, Error> {
    let store = Store::new(path, context, context.settings.terms.clone());
    let (vault, key) = store.read_unjudged()?;
    // another copy of the vault has the same key, so credctl asks for it only once
    *context.settings.spare_key.borrow_mut() = Some(key);
    Ok(vault)
}

/// Changes the vault. A dry run takes no lock and saves nothing.
pub fn write<T>(
    context: &Context,
    dry_run: bool,
    act: impl FnMut(&mut Transaction<'_>) -> Result<T, Error>,
) -> Result<Outcome<T>, Error> {
    write_previewed(context, None, dry_run, act)
}

/// Changes a vault that was read already, like `write`.
pub fn write_previewed<T>(
    context: &Context,
    preview: Option<Preview>,
    dry_run: bool,
    act: impl FnMut(&mut Transaction<'_>) -> Result<T, Error>,
) -> Result<Outcome<T>, Error> {
    write_over(context, preview, dry_run, None, act)
}

/// Changes the vault, like `write`. The bundle of the environment `overwrite` may replace what is in its
/// place.
pub fn write_over<T>(
    context: &Context,
    preview: Option<Preview>,
    dry_run: bool,
    overwrite: Option<&str>,
    act: impl FnMut(&mut Transaction<'_>) -> Result<T, Error>,
) -> Result<Outcome<T>, Error> {
    let store = store_to_change(context, dry_run)?;
    if dry_run {
        let answer = store.try_change(preview, act)?;
        return Ok(Outcome { answer, deployment: Deployment::default() });
    }
    store.change_previewed(preview, Bundles { overwrite, ..Bundles::default() }, act)
}

/// Returns the error of a change that would have to be made once more, because others changed the vault meanwhile, and
/// cannot be.
pub fn outpaced() -> Error {
    Error::new(Failure::Conflict, "the vault was changed meanwhile; nothing was written")
        .hint("run the command again")
}

/// Reads the content of a file that is to be attached.
pub fn stage(context: &Context, source: &mut dyn Read) -> Result<StagedContent, Error> {
    harden::writes();
    Ok(store_to_change(context, false)?.stage(source)?)
}

/// Reads the vault before a prompt about it. A dry run needs no key of a signer.
pub fn preview(context: &Context, dry_run: bool) -> Result<Preview, Error> {
    let store = store_to_change(context, dry_run)?;
    if dry_run { store.preview_to_try() } else { store.preview() }
}

/// Reads the vault to change its keys. A dry run needs no key of a signer.
pub fn preview_of_keys(context: &Context, dry_run: bool) -> Result<Preview, Error> {
    let store = store_to_change(context, dry_run)?;
    if dry_run { store.preview_to_try() } else { store.preview_of_keys() }
}

impl Keeper for Context {
    type Error = Error;

    fn key(&self, file: &Sealed) -> Result<Rc<Key>, Error> {
        if let Some(key) = self.settings.spare_key.take() {
            return Ok(key);
        }
        unlock::key(self, file).map(Rc::new)
    }

    fn again(&self, error: &vault::Error, failed: usize) -> Result<bool, Error> {
        match self.ui.prompter() {
            Some(prompter)
                if self.settings.passphrase.is_empty() && failed < TRIES && error.is_wrong_passphrase() =>
            {
                prompter.refuse("the passphrase is wrong").map_err(PromptError::from)?;
                Ok(true)
            }
            _ => Ok(false),
        }
    }

    fn may_ask(&self) -> bool {
        self.ui.prompter().is_some()
    }

    fn plugins(&self) -> Plugins {
        self.ui.age_plugins(&self.settings)
    }

    fn signing_key(&self, signers: &[Signer]) -> Result<Option<Rc<dyn SigningKey>>, Error> {
        signing::of_signers(self, signers)
    }

    fn prepare(&self) {
        harden::writes();
    }

    fn hear(&self, notice: Notice<'_>) {
        let ui = &self.ui;
        match notice {
            Notice::Read { generation, path } => {
                ui.detail(&format!("read generation {generation} of {}", path.display()));
            }
            Notice::Written { generation, path } => {
                ui.saved();
                ui.detail(&format!("wrote generation {generation} of {}", path.display()));
            }
            Notice::Upgraded { format, backup } => {
                let kept = backup.and_then(Path::file_name).map(|name| {
                    format!("; the previous file is `{}`", name.to_string_lossy())
                });
                ui.notice(&format!("upgraded the vault to format {format}{}", kept.unwrap_or_default()));
            }
            Notice::Loose(file) => ui.loose(&file),
            Notice::OtherName(path) => ui.notice_once(&format!(
                "`{}` has a hard link, which still has the old content",
                path.display()
            )),
            Notice::BackupRemoved => ui.detail("removed the .bak file"),
            Notice::BackupLeft(error) => ui.notice(&error.to_string()),
            Notice::FirstWrite(strangers) => ui.say(&format!(
                "warning: this machine writes this vault for the first time; these recipients can read it: {strangers}"
            )),
            Notice::Signed(signers) => {
                let names: Vec<_> = signers.iter().map(|signer| signer.name.as_str()).collect();
                let names = names.join(", ");
                ui.notice(&format!("the vault is signed now; only these signers can change it: {}", sanitize::line(&names)));
            }
            Notice::NoMemory(error) => {
                ui.notice_once(&format!("this machine cannot remember the vault: {error}"));
            }
            Notice::Distrusted(distrust) => ui.say(&format!("warning: --accept-older: {distrust}")),
            Notice::OnBranch(reason) => {
                ui.notice_once(&format!("{reason}; it belongs to the branch that git has checked out, so it is used"));
            }
            Notice::Stale { address, copy } => ui.notice_once(&queueing::stale(address, copy, self.settings.terms.now)),
            Notice::Queued { address } => ui.notice_once(&queueing::kept(address)),
            Notice::Again => ui.detail("another machine was faster; the change is made once more"),
            Notice::Missed { environment, error } => {
                let error = Error::from_store(error).detail();
                ui.say(&format!("warning: the environment {environment} was not reached: {error}"));
            }
            _ => {}
        }
    }
}
