//! Reading a vault, and changing one: lock, open, act, save, once.

use credctl::credential::{ADMIN, Change, Changed, Credential, Draft, Head, Violations, change};
use credctl::kind::{Kind as Type, rule};
use credctl::vault::file::{Backup, FileError, Location, Lock};
use credctl::vault::{self, Key, Lockset, Recipients, Sealed, Sealer, Vault};

use super::context::{Context, Role};
use super::error::{Error, Kind};
use super::unlock;

/// Opens the vault to read. Readers take no lock: the file they opened stays as it was.
pub fn read(context: &Context) -> Result<Vault, Error> {
    let location = locate(context)?;
    let sealed = open(&location)?;
    let key = unlock::key(context, &sealed)?;
    let vault = Vault::open(sealed, &key)?;
    if context.verbose() {
        context.detail(&format!("read generation {} of {}", vault.generation(), location.path().display()));
    }
    Ok(vault)
}

/// Changes the vault under its lock and saves it if anything changed. A dry run takes no lock.
pub fn write<T>(
    context: &Context,
    dry_run: bool,
    act: impl FnOnce(&mut Vault) -> Result<T, Error>,
) -> Result<T, Error> {
    administrator(context)?;
    if dry_run {
        return act(&mut read(context)?);
    }
    // where somebody can be asked, it is done before others have to wait for the lock
    let asked = context.prompter().map(|_| key(context)).transpose()?;
    let (lock, sealed) = self::lock(context)?;
    let key = match asked {
        Some(key) => key,
        None => unlock::key(context, &sealed)?,
    };
    // with a passphrase the new file's key is stretched while the old one's is
    let ahead = match &key {
        Key::Passphrase(passphrase) => {
            let lockset = Lockset::Passphrase(passphrase.clone());
            Some((Sealer::new(&lockset)?, lockset))
        }
        Key::Identities(_) => None,
    };
    let mut vault = Vault::open(sealed, &key)?;
    let answer = act(&mut vault)?;
    if vault.is_changed() {
        let (sealer, lockset) = match ahead {
            Some(ahead) => ahead,
            None => {
                let lockset = Lockset::Recipients(Recipients::parse(vault.recipients()?, &context.plugins)?);
                (Sealer::new(&lockset)?, lockset)
            }
        };
        let generation = vault.generation() + 1;
        vault.save(&lock, &lockset, sealer, Backup::Keep)?;
        if context.verbose() {
            context.detail(&format!("wrote generation {generation} of {}", lock.location().path().display()));
        }
    }
    Ok(answer)
}

/// The key of the vault, asked for before the lock is taken, so that nobody waits while it is typed.
pub fn key(context: &Context) -> Result<Key, Error> {
    unlock::key(context, &sealed(context)?)
}

/// The file as it is now, without the lock.
pub fn sealed(context: &Context) -> Result<Sealed, Error> {
    open(&locate(context)?)
}

/// Takes the lock and opens the file as it is then.
pub fn lock(context: &Context) -> Result<(Lock, Sealed), Error> {
    let location = locate(context)?;
    // what is no vault is told before a lock file is made beside it
    drop(location.open().map_err(no_vault)?);
    let lock = location.lock(context.lock_timeout)?;
    let sealed = open(lock.location())?;
    Ok((lock, sealed))
}

/// Where the vault is.
fn locate(context: &Context) -> Result<Location, Error> {
    Location::resolve(&context.vault).map_err(no_vault)
}

/// Opens the file and looks at its header.
fn open(location: &Location) -> Result<Sealed, Error> {
    let file = location.open().map_err(no_vault)?;
    Sealed::inspect(file).map_err(Error::from)
}

/// Whether changes are allowed for the role.
pub fn administrator(context: &Context) -> Result<(), Error> {
    match context.role {
        Role::Administrator => Ok(()),
        Role::Operator => Err(Error::new(Kind::Forbidden, "the role operator may only read")
            .hint("the role comes from --role, CREDCTL_ROLE or config.toml")),
    }
}

/// The credential of an id, or else of a name that only one has, as far as the project sees it.
pub fn find(context: &Context, vault: &mut Vault, word: &str, by_name: bool) -> Result<Credential, Error> {
    // ids and names are kept in one Unicode form, however they are typed
    let typed = (rule::text::NAME.check)(word).ok().and_then(|accepted| accepted.normalised);
    let word = typed.as_ref().map_or(word, |typed| typed.expose());
    if let Some(credential) = vault.find(word)?.filter(|found| sees(context, found.head())) {
        return Ok(credential);
    }
    if !by_name {
        return Err(Error::not_found(word));
    }
    let named = vault.find_by_name(word)?;
    let mut named = named.into_iter().filter(|head| sees(context, head));
    match (named.next(), named.next()) {
        (Some(head), None) => vault.find(&head.id)?.ok_or_else(|| Error::not_found(word)),
        (Some(one), Some(two)) => {
            Err(Error::new(Kind::Conflict, format!("several credentials are named {word}"))
                .hint(format!("name one of them by its id, such as {} or {}", one.id, two.id)))
        }
        _ => Err(Error::not_found(word)),
    }
}

/// The credential that is to be changed: it must be the project's own.
pub fn find_to_change(
    context: &Context,
    vault: &mut Vault,
    word: &str,
    by_name: bool,
) -> Result<Credential, Error> {
    let credential = find(context, vault, word, by_name)?;
    if context.project != ADMIN && credential.head().envelope.project == ADMIN {
        return Err(Error::new(
            Kind::Forbidden,
            format!("{word} is global and cannot be changed from a project"),
        )
        .hint("leave out --project to change it"));
    }
    Ok(credential)
}

/// Whether `--if-match` names the current version.
pub fn check_match(credential: &Credential, condition: Option<&str>) -> Result<(), Error> {
    match condition {
        Some(condition) if !credential.head().matches(condition) => {
            Err(Error::new(Kind::Stale, format!("{} was changed meanwhile", credential.id()))
                .hint("get it again, and use its etag"))
        }
        _ => Ok(()),
    }
}

/// A project sees its own credentials and the global ones; `admin` sees all.
pub fn sees(context: &Context, head: &Head) -> bool {
    context.project == ADMIN || head.envelope.project == context.project || head.envelope.project == ADMIN
}

fn no_vault(error: FileError) -> Error {
    match error {
        FileError::NotFound { path } => {
            Error::new(Kind::NotFound, format!("there is no vault: {} does not exist", path.display()))
                .hint("`credctl init` makes a vault; --vault or CREDCTL_VAULT says where it is")
        }
        error => vault::Error::from(error).into(),
    }
}

/// A new credential of a type, judged; nothing is unlocked for that.
pub fn create(context: &Context, kind: &'static Type, draft: Draft) -> Result<Changed, Error> {
    Ok(change(&Change::Create(kind), draft, &context.act(), &context.rules())?)
}

/// Puts a new credential in; one of the same id is left as it is.
pub fn insert(vault: &mut Vault, changed: &Changed) -> Result<(), Error> {
    let id = changed.credential.id();
    if vault.contains(id)? {
        return Err(Error::exists(id));
    }
    put(vault, changed, None)
}

/// The same for the only change of a call, where saving tells whether the id is free.
pub fn insert_one(vault: &mut Vault, changed: &Changed) -> Result<(), Error> {
    belongs(changed, None)?;
    Ok(vault.put_new(&changed.credential)?)
}

/// Puts a changed credential in, if what it belongs to is there.
pub fn put(vault: &mut Vault, changed: &Changed, old: Option<&Credential>) -> Result<(), Error> {
    belongs(changed, old)?;
    Ok(vault.put(&changed.credential)?)
}

fn belongs(changed: &Changed, old: Option<&Credential>) -> Result<(), Error> {
    let was_one = old.is_some_and(|old| old.kind().identity_name);
    if changed.credential.kind().identity_name && !was_one {
        return Err(Violations::one("name", "must be the id of a user, and this vault has no users").into());
    }
    Ok(())
}
