//! Reading a vault, and changing one: lock, open, act, save, once.

mod belonging;
mod place;
mod scope;
mod seen;
mod trust;

use std::fs::File;

use credctl::credential::ADMIN;
use credctl::disk::{Backup, FileError, Location, Lock};
use credctl::vault::{self, Difference, Key, Lockset, Recipients, Remember, Sealed, Sealer, Vault};

pub use belonging::{Belonging, belonging, deleted_belonging};
pub use place::{belongs, check_user, create, insert, insert_one, keep, put, user_of};
pub use scope::{
    check_match, check_networks, check_own, find, find_to_change, owns, sees, version, versions,
};
pub use seen::{Seen, look, see};
pub use trust::Trust;

use super::context::{Context, Role};
use super::deployment::{self, Bundles, Deployment};
use super::error::{Error, Kind};
use super::{harden, unlock};

/// The answer of a change, and how the environments took it.
pub struct Written<T> {
    pub answer: T,
    pub deployment: Deployment,
}

/// Opens the vault to read. Readers take no lock: the file they opened stays as it was.
pub fn read(context: &Context) -> Result<Vault, Error> {
    Ok(read_with_key(context)?.0)
}

/// The same, with the key for what follows.
pub fn read_with_key(context: &Context) -> Result<(Vault, Key), Error> {
    let location = locate(context)?;
    let (vault, key) = unlock::open(context, || open(context, &location), Vault::open)?;
    tell_generation(context, &location, &vault);
    settled(context, vault.settle(&location));
    Ok((vault, key))
}

fn tell_generation(context: &Context, location: &Location, vault: &Vault) {
    if context.verbose() {
        context.detail(&format!("read generation {} of {}", vault.generation(), location.path().display()));
    }
}

/// Tells of a backup that had to go, and that it is still there.
fn settled(context: &Context, result: Result<bool, vault::Error>) {
    match result {
        Ok(true) if context.verbose() => context.detail("removed the .bak file, which had to go"),
        Err(vault::Error::File(error @ FileError::BackupLeft { .. })) => context.notice(&error.to_string()),
        // who may only read leaves it to the next one who may write
        Ok(_) | Err(_) => {}
    }
}

/// Changes the vault under its lock, saves it if anything changed, and brings the change to the
/// environments. A dry run takes no lock.
pub fn write<T>(
    context: &Context,
    dry_run: bool,
    act: impl FnOnce(&mut Vault) -> Result<T, Error>,
) -> Result<Written<T>, Error> {
    write_seen(context, None, dry_run, act)
}

/// The same for a change that lets the bundle of this environment replace what is in its place.
pub fn write_over<T>(
    context: &Context,
    seen: Option<Seen>,
    dry_run: bool,
    overwrite: Option<&str>,
    act: impl FnOnce(&mut Vault) -> Result<T, Error>,
) -> Result<Written<T>, Error> {
    write_to(context, seen, dry_run, Bundles { overwrite, ..Bundles::default() }, act)
}

/// The same for a vault that was read already. If it was changed meanwhile, it is read again.
pub fn write_seen<T>(
    context: &Context,
    seen: Option<Seen>,
    dry_run: bool,
    act: impl FnOnce(&mut Vault) -> Result<T, Error>,
) -> Result<Written<T>, Error> {
    write_to(context, seen, dry_run, Bundles::default(), act)
}

fn write_to<T>(
    context: &Context,
    seen: Option<Seen>,
    dry_run: bool,
    bundles: Bundles<'_>,
    act: impl FnOnce(&mut Vault) -> Result<T, Error>,
) -> Result<Written<T>, Error> {
    administrator(context)?;
    if dry_run {
        let mut vault = match seen {
            Some(seen) => seen.vault,
            None => read(context)?,
        };
        no_bundle(&vault)?;
        return Ok(Written { answer: act(&mut vault)?, deployment: Deployment::default() });
    }
    let mut open = match seen {
        Some(seen) => seen.lock(context)?,
        None => Open::new(context)?,
    };
    let answer = act(&mut open.vault)?;
    let deployment = if open.vault.is_changed() {
        open.save(context, bundles)?
    } else if deployment::is_behind(open.lock.location(), &mut open.vault)? {
        // left so by a writer that was killed, or by a place that could not be reached
        open.deploy(context, Bundles { behind: true, ..bundles })?
    } else {
        Deployment::default()
    };
    Ok(Written { answer, deployment })
}

/// Writes the bundles of some environments again, or of all.
pub fn deploy(context: &Context, bundles: Bundles<'_>) -> Result<Deployment, Error> {
    administrator(context)?;
    Open::new(context)?.deploy(context, bundles)
}

/// Locks the vault to something else. Where that follows from a roster which was changed meanwhile, nothing
/// is done and nothing comes back.
pub fn relock(
    context: &Context,
    seen: Seen,
    lockset: &Lockset,
    roster: Option<&[String]>,
) -> Result<Option<Deployment>, Error> {
    let Open { lock, key, mut vault, .. } = seen.lock(context)?;
    if let Some(roster) = roster
        && vault.recipients()? != roster
    {
        return Ok(None);
    }
    let trust = Trust::of(context, lock.location(), vault.id());
    match roster {
        Some(_) => trust.check_roster(context, &mut vault, lockset)?,
        None => trust.check_bundles(context, &mut vault)?,
    }
    let known = vault.known(lockset)?;
    let sealer = Sealer::new(lockset)?;
    tell_other_name(context, &lock);
    vault.save(&lock, lockset, sealer, Backup::Supersede, &Remember::nothing())?;
    context.saved();
    trust.keep(context, lock.location(), vault.id(), known);
    deployment::write(context, lock.location(), &mut vault, &key, Bundles::default()).map(Some)
}

/// Puts the generation before the last change in the place of the current one, which becomes the one
/// before: to undo twice is to do it again. Tells what becomes of which credential.
pub fn undo(context: &Context, dry_run: bool) -> Result<Written<Vec<(String, Difference)>>, Error> {
    administrator(context)?;
    let nothing = || {
        Error::new(Kind::NotFound, "there is nothing to undo: the generation before is not there any more")
            .hint("`credctl history ID` shows the earlier versions of one credential")
    };
    let backup = |location: &Location, key: &Key, now: &mut Vault| {
        let sealed = match location.open_backup() {
            Err(FileError::NotFound { .. }) => return Err(nothing()),
            file => Sealed::inspect(file.map_err(vault::Error::from)?)?,
        };
        let mut before = Vault::open(sealed, key)?;
        if before.id() != now.id() || before.generation() >= now.generation() {
            return Err(nothing());
        }
        let differences = before.differences(now)?;
        Ok((before, differences))
    };
    if dry_run {
        let (mut vault, key) = read_with_key(context)?;
        no_bundle(&vault)?;
        let (_, differences) = backup(&locate(context)?, &key, &mut vault)?;
        return Ok(Written { answer: differences, deployment: Deployment::default() });
    }
    let mut open = Open::new(context)?;
    let (mut before, differences) = backup(open.lock.location(), &open.key, &mut open.vault)?;
    before.follow(&open.vault);
    open.before = Some(before);
    Ok(Written { answer: differences, deployment: open.save(context, Bundles::default())? })
}

/// A vault that is open to be changed.
struct Open {
    lock: Lock,
    key: Key,
    vault: Vault,
    /// What the new file is locked to, and its seal, where that takes long and was begun early.
    ahead: Option<(Sealer, Lockset)>,
    /// An earlier state that is saved in the place of the current one.
    before: Option<Vault>,
}

impl Open {
    fn new(context: &Context) -> Result<Self, Error> {
        if context.prompter().is_some() {
            // what has to be asked is asked before others have to wait for the lock
            return see(context)?.lock(context);
        }
        harden::writes();
        let (lock, sealed) = self::lock(context)?;
        let key = unlock::key(context, &sealed)?;
        let ahead = seal_ahead(&key)?;
        let vault = Vault::open(sealed, &key)?;
        no_bundle(&vault)?;
        settled(context, vault.settle_locked(&lock));
        Ok(Self { lock, key, vault, ahead, before: None })
    }

    fn lockset(&mut self, context: &Context) -> Result<Lockset, Error> {
        match &self.key {
            Key::Passphrase(passphrase) => Ok(Lockset::Passphrase(passphrase.clone())),
            Key::Identities(_) => {
                Ok(Lockset::Recipients(Recipients::parse(self.vault.recipients()?, &context.plugins())?))
            }
        }
    }

    fn save(mut self, context: &Context, bundles: Bundles<'_>) -> Result<Deployment, Error> {
        let (sealer, lockset) = match self.ahead.take() {
            Some((sealer, lockset)) => (Some(sealer), lockset),
            None => (None, self.lockset(context)?),
        };
        let trust = Trust::of(context, self.lock.location(), self.vault.id());
        trust.check(context, &mut self.vault, &lockset, &self.key)?;
        let mut known = self.vault.known(&lockset)?;
        if let Some(before) = self.before.take() {
            self.vault = before;
            trust.check_bundles(context, &mut self.vault)?;
            known = known.and(self.vault.known(&lockset)?);
        }
        let sealer = match sealer {
            Some(sealer) => sealer,
            None => Sealer::new(&lockset)?,
        };
        // what is purged must not stay in the generation before
        let purging = self.vault.is_purging();
        let backup = if purging { Backup::Supersede } else { Backup::Keep };
        tell_other_name(context, &self.lock);
        self.vault.save(&self.lock, &lockset, sealer, backup, &context.remember())?;
        context.saved();
        let gone = if purging { self.vault.settle_locked(&self.lock) } else { Ok(true) };
        if context.verbose() {
            let path = self.lock.location().path().display();
            context.detail(&format!("wrote generation {} of {path}", self.vault.generation()));
        }
        trust.keep(context, self.lock.location(), self.vault.id(), known);
        let deployment =
            deployment::write(context, self.lock.location(), &mut self.vault, &self.key, bundles)?;
        gone?;
        Ok(deployment)
    }

    /// Writes bundles of the vault as it is stored.
    fn deploy(mut self, context: &Context, bundles: Bundles<'_>) -> Result<Deployment, Error> {
        let lockset = self.lockset(context)?;
        let Self { lock, key, mut vault, .. } = self;
        let trust = Trust::of(context, lock.location(), vault.id());
        trust.check(context, &mut vault, &lockset, &key)?;
        let known = vault.known(&lockset)?;
        let deployment = deployment::write(context, lock.location(), &mut vault, &key, bundles)?;
        trust.keep(context, lock.location(), vault.id(), known);
        Ok(deployment)
    }
}

/// With a passphrase the new file's key is stretched while the old one's is.
fn seal_ahead(key: &Key) -> Result<Option<(Sealer, Lockset)>, vault::Error> {
    let Key::Passphrase(passphrase) = key else { return Ok(None) };
    let lockset = Lockset::Passphrase(passphrase.clone());
    Ok(Some((Sealer::new(&lockset)?, lockset)))
}

/// Bundles are made from a vault; nobody changes them.
pub fn no_bundle(vault: &Vault) -> Result<(), Error> {
    match vault.bundle_of() {
        None => Ok(()),
        Some(name) => Err(Error::new(
            Kind::Forbidden,
            format!("this is the bundle of the environment {name} and cannot be changed"),
        )
        .hint("change the vault that it is made from")),
    }
}

/// Takes the lock and opens the file as it is then.
fn lock(context: &Context) -> Result<(Lock, Sealed), Error> {
    let location = locate(context)?;
    // what is no vault is told before a lock file is made beside it
    drop(location.open().map_err(no_vault)?);
    let lock = location.lock(context.lock_timeout)?;
    lock.loose().iter().for_each(|loose| context.loose(loose));
    let sealed = open(context, lock.location())?;
    Ok((lock, sealed))
}

/// Where the vault is.
pub fn locate(context: &Context) -> Result<Location, Error> {
    Location::resolve(context.vault()?).map_err(no_vault)
}

/// Opens the file and looks at its header.
fn open(context: &Context, location: &Location) -> Result<Sealed, Error> {
    let file = location.open().map_err(no_vault)?;
    tell_loose(context, location, &file);
    Sealed::inspect(file).map_err(Error::from)
}

/// Tells of a vault or a folder that others can write.
fn tell_loose(context: &Context, location: &Location, file: &File) {
    location.loose(file).for_each(|loose| context.loose(&loose));
}

/// Tells of another name that the vault has, which keeps the state before a write.
pub fn tell_other_name(context: &Context, lock: &Lock) {
    if lock.has_other_name() {
        let path = lock.location().path().display();
        context.notice_once(&format!(
            "`{path}` has another name, a hard link, which keeps the state before this"
        ));
    }
}

/// The changes that a verb makes, which decide who may call it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Writes {
    /// It only looks.
    Nothing,
    /// Credentials and what belongs to them.
    Credentials,
    /// What all projects share; the name is that of the verb.
    WholeVault(&'static str),
}

/// Fails if the role or the project may not change this.
pub fn may(context: &Context, writes: Writes) -> Result<(), Error> {
    match writes {
        Writes::Nothing => Ok(()),
        Writes::Credentials => administrator(context),
        Writes::WholeVault(verb) => whole_vault(context, verb),
    }
}

/// Whether changes are allowed for the role.
fn administrator(context: &Context) -> Result<(), Error> {
    match context.role {
        Role::Administrator => Ok(()),
        Role::Operator => Err(Error::new(Kind::Forbidden, "the role operator may only read")
            .hint("the role comes from --role, CREDCTL_ROLE or config.toml")),
    }
}

/// Whether a change of the whole vault is allowed: from one project it is not.
fn whole_vault(context: &Context, verb: &str) -> Result<(), Error> {
    administrator(context)?;
    if context.project == ADMIN {
        return Ok(());
    }
    Err(Error::new(Kind::Forbidden, format!("`{verb}` changes the whole vault, not one project"))
        .hint("leave out --project to change the whole vault"))
}

/// What is wrong where the vault should be.
pub fn no_vault(error: FileError) -> Error {
    match error {
        FileError::NotFound { path } => {
            Error::new(Kind::NotFound, format!("there is no vault: {} does not exist", path.display()))
                .hint("`credctl init` makes a vault; --vault or CREDCTL_VAULT says where it is")
        }
        // what is no file, or no file of ours, is no vault
        FileError::NotRegular { .. } | FileError::TooLarge { .. } => {
            Error::new(Kind::Damaged, error.to_string())
        }
        error => vault::Error::from(error).into(),
    }
}
