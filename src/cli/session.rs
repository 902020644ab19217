//! Reading a vault, and changing one: lock, open, act, save, once.

use credctl::credential::{ADMIN, Change, Changed, Credential, Draft, Head, Violations, change};
use credctl::dialect::Body;
use credctl::kind::{Kind as Type, rule};
use credctl::vault::file::{Backup, FileError, Location, Lock};
use credctl::vault::{self, AuthProvider, Difference, Key, Lockset, Policy, Recipients, Sealed, Sealer};
use credctl::vault::{Reference, User, Vault, Version};

use super::context::{Context, Role};
use super::deployment::{self, Deployment};
use super::error::{Error, Kind};
use super::unlock;

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
    let sealed = open(&location)?;
    let key = unlock::key(context, &sealed)?;
    let vault = Vault::open(sealed, &key)?;
    if context.verbose() {
        context.detail(&format!("read generation {} of {}", vault.generation(), location.path().display()));
    }
    Ok((vault, key))
}

/// Changes the vault under its lock, saves it if anything changed, and brings the change to the
/// environments. A dry run takes no lock.
pub fn write<T>(
    context: &Context,
    dry_run: bool,
    act: impl FnOnce(&mut Vault) -> Result<T, Error>,
) -> Result<Written<T>, Error> {
    write_with_key(context, None, dry_run, act)
}

/// The same with a key that is known already.
pub fn write_with_key<T>(
    context: &Context,
    key: Option<Key>,
    dry_run: bool,
    act: impl FnOnce(&mut Vault) -> Result<T, Error>,
) -> Result<Written<T>, Error> {
    administrator(context)?;
    if dry_run {
        let mut vault = match key {
            Some(key) => Vault::open(sealed(context)?, &key)?,
            None => read(context)?,
        };
        no_bundle(&vault)?;
        return Ok(Written { answer: act(&mut vault)?, deployment: Deployment::default() });
    }
    let mut open = Open::new(context, key)?;
    let answer = act(&mut open.vault)?;
    let deployment = if open.vault.is_changed() { open.save(context)? } else { Deployment::default() };
    Ok(Written { answer, deployment })
}

/// Writes the bundles of some environments again, or of all.
pub fn deploy(context: &Context, names: &[String]) -> Result<Deployment, Error> {
    administrator(context)?;
    let mut open = Open::new(context, None)?;
    let lockset = open.lockset(context)?;
    deployment::write(context, &open.lock, &mut open.vault, &lockset, names)
}

/// Puts the generation before the last change in the place of the current one, which becomes the one
/// before: to undo twice is to do it again. Tells what becomes of which credential.
pub fn undo(context: &Context, dry_run: bool) -> Result<Written<Vec<(String, Difference)>>, Error> {
    administrator(context)?;
    let mut open = Open::new(context, None)?;
    let nothing = || {
        Error::new(Kind::NotFound, "there is nothing to undo: the generation before is not there any more")
            .hint("`credctl history ID` shows the earlier versions of one credential")
    };
    let backup = match open.lock.location().open_backup() {
        Err(FileError::NotFound { .. }) => return Err(nothing()),
        file => Sealed::inspect(file.map_err(vault::Error::from)?)?,
    };
    let mut before = Vault::open(backup, &open.key)?;
    if before.id() != open.vault.id() || before.generation() >= open.vault.generation() {
        return Err(nothing());
    }
    let differences = before.differences(&mut open.vault)?;
    if dry_run {
        return Ok(Written { answer: differences, deployment: Deployment::default() });
    }
    let lockset = open.lockset(context)?;
    before.follow(&open.vault);
    open.vault = before;
    open.ahead = open.ahead.or(Some((Sealer::new(&lockset)?, lockset)));
    Ok(Written { answer: differences, deployment: open.save(context)? })
}

/// A vault that is open to be changed.
struct Open {
    lock: Lock,
    key: Key,
    vault: Vault,
    /// What the new file is locked to, and its seal, where that takes long and was begun early.
    ahead: Option<(Sealer, Lockset)>,
}

impl Open {
    fn new(context: &Context, key: Option<Key>) -> Result<Self, Error> {
        // where somebody can be asked, it is done before others have to wait for the lock
        let asked = match key {
            Some(key) => Some(key),
            None => context.prompter().map(|_| self::key(context)).transpose()?,
        };
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
        let vault = Vault::open(sealed, &key)?;
        no_bundle(&vault)?;
        Ok(Self { lock, key, vault, ahead })
    }

    fn lockset(&mut self, context: &Context) -> Result<Lockset, Error> {
        match &self.key {
            Key::Passphrase(passphrase) => Ok(Lockset::Passphrase(passphrase.clone())),
            Key::Identities(_) => {
                Ok(Lockset::Recipients(Recipients::parse(self.vault.recipients()?, &context.plugins)?))
            }
        }
    }

    fn save(mut self, context: &Context) -> Result<Deployment, Error> {
        let (sealer, lockset) = match self.ahead.take() {
            Some(ahead) => ahead,
            None => {
                let lockset = self.lockset(context)?;
                (Sealer::new(&lockset)?, lockset)
            }
        };
        // what is purged must not stay in the generation before
        let backup = if self.vault.is_purging() { Backup::Drop } else { Backup::Keep };
        self.vault.save(&self.lock, &lockset, sealer, backup, &context.remember())?;
        if context.verbose() {
            let path = self.lock.location().path().display();
            context.detail(&format!("wrote generation {} of {path}", self.vault.generation()));
        }
        deployment::write(context, &self.lock, &mut self.vault, &lockset, &[])
    }
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
    check_own(context, credential.head())?;
    Ok(credential)
}

/// Whether a credential that the project sees is its own, and not a global one.
pub fn check_own(context: &Context, head: &Head) -> Result<(), Error> {
    if owns(context, head) {
        return Ok(());
    }
    Err(Error::new(Kind::Forbidden, format!("{} is global and cannot be changed from a project", head.id))
        .hint("leave out --project to change it"))
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

/// Whether a document names the virtual networks that refer to a credential, or none.
pub fn check_networks(vault: &mut Vault, stored: &Credential, body: &Body) -> Result<(), Error> {
    let references = vault.references_to(stored.id())?;
    Ok(body.check_networks(&Reference::networks(&references))?)
}

/// A project sees its own credentials and the global ones; `admin` sees all.
pub fn sees(context: &Context, head: &Head) -> bool {
    context.project == ADMIN || head.envelope.project == context.project || head.envelope.project == ADMIN
}

/// Whether the project may change it: its own ones, and `admin` all.
pub fn owns(context: &Context, head: &Head) -> bool {
    context.project == ADMIN || head.envelope.project == context.project
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
pub fn insert(vault: &mut Vault, changed: &mut Changed) -> Result<(), Error> {
    let id = changed.credential.id();
    if vault.contains(id)? {
        return Err(Error::exists(id));
    }
    put(vault, changed, None)
}

/// The same for the only change of a call, where saving tells whether the id is free.
pub fn insert_one(vault: &mut Vault, changed: &mut Changed) -> Result<(), Error> {
    belongs(vault, changed, None)?;
    Ok(vault.put_new(&changed.credential)?)
}

/// Puts a changed credential in, if what it belongs to is there.
pub fn put(vault: &mut Vault, changed: &mut Changed, old: Option<&Credential>) -> Result<(), Error> {
    belongs(vault, changed, old)?;
    Ok(vault.put(&changed.credential)?)
}

/// What a credential depends on: the user of a password hash must be there, a policy should.
fn belongs(vault: &mut Vault, changed: &mut Changed, old: Option<&Credential>) -> Result<(), Error> {
    let head = changed.credential.head();
    if head.kind.identity_name && !old.is_some_and(|old| old.kind().identity_name) {
        belongs_to_user(vault, head)?;
    }
    let policy = head.envelope.throttle_policy.as_deref();
    if let Some(id) =
        policy.filter(|_| old.and_then(|old| old.head().envelope.throttle_policy.as_deref()) != policy)
        && !vault.has::<Policy>(id)?
    {
        changed.notices.push(format!("there is no policy {id} in this vault (yet)"));
    }
    Ok(())
}

fn belongs_to_user(vault: &mut Vault, head: &Head) -> Result<(), Error> {
    let name = &head.envelope.name;
    let users = vault.residents::<User>()?;
    match users.iter().find(|user| user.id.eq_ignore_ascii_case(name)) {
        None => {
            return Err(Error::from(Violations::one("name", "must be the id of a user in this vault"))
                .hint("`credctl user add` makes one, `credctl user list` shows them"));
        }
        Some(user) if user.auth_provider != AuthProvider::Local => {
            let reason = "must be the id of a user whose authProvider is local";
            return Err(Violations::one("name", reason).into());
        }
        Some(_) => {}
    }
    // the id of a user is a UUID, which is the same in capitals
    let mut named = vault.find_named(|known| known.eq_ignore_ascii_case(name))?.into_iter();
    match named.find(|other| other.id != head.id) {
        Some(other) => Err(Error::new(Kind::Conflict, format!("{} is named {name} already", other.id))),
        None => Ok(()),
    }
}

/// An earlier version of a credential that the project sees: of the one that is there now, or else of
/// the last one that was.
pub fn version(context: &Context, vault: &mut Vault, id: &str, revision: u64) -> Result<Credential, Error> {
    let current = match find(context, vault, id, true) {
        Ok(current) if current.head().stamp.revision == revision => return Ok(current),
        Ok(current) => Some(current),
        Err(error) if error.kind() == Kind::NotFound => None,
        Err(error) => return Err(error),
    };
    let id = current.as_ref().map_or(id, Credential::id);
    let instance = |credential: &Credential| credential.head().stamp.instance_id;
    let versions = versions(context, vault, id)?;
    let last = versions.last().map(|version| instance(&version.credential));
    let wanted = current.as_ref().map(instance).or(last);
    let found = versions
        .into_iter()
        .map(|version| version.credential)
        .find(|version| version.head().stamp.revision == revision && Some(instance(version)) == wanted);
    found.ok_or_else(|| {
        Error::new(Kind::NotFound, format!("there is no revision {revision} of {id}"))
            .hint(format!("`credctl history {id}` shows those that there are"))
    })
}

/// The earlier versions of an id that the project sees, the oldest first. Of a credential that is
/// another project's now, or was when it was deleted, it sees none.
pub fn versions(context: &Context, vault: &mut Vault, id: &str) -> Result<Vec<Version>, Error> {
    let mut versions = vault.versions(id)?;
    let last = vault.find(id)?.or_else(|| versions.last().map(|version| version.credential.clone()));
    versions.retain(|version| {
        let seen = |credential: &Credential| sees(context, credential.head());
        last.as_ref().is_some_and(seen) && seen(&version.credential)
    });
    Ok(versions)
}
