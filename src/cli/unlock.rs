//! The sources of a key, in order.

use std::error::Error as _;
use std::path::{Path, PathBuf};

use credctl::check::{Strength, guesses};
use credctl::disk::{FileError, read_named, read_secret};
use credctl::secret::Secret;
use credctl::text;
use credctl::vault::{self, Encrypted, Identities, Key, Lockset, Parsed, Recipients, Sealed};

use super::child;
use super::context::{Context, Input, PassphraseSource, Settings, Ui, typed_passphrase};
use super::error::{Error, Failure, discreet};
use super::prompt::{PromptError, Prompter, TRIES};

/// The largest identity file, and the longest passphrase, in bytes.
const LIMIT: u64 = 1024 * 1024;

/// Returns the key for a sealed vault.
pub fn key(context: &Context, sealed: &Sealed) -> Result<Key, Error> {
    let Context { settings, ui, .. } = context;
    if sealed.has_passphrase() {
        let prompt = format!("Passphrase for {}", settings.vault()?.display());
        return Ok(Key::Passphrase(passphrase(context, &prompt)?));
    }
    if settings.identities.is_empty() {
        let error = Error::new(Failure::Locked, "this vault is locked to recipients and needs an identity")
            .hint("name an age identity or SSH private key with --identity FILE or CREDCTL_IDENTITY");
        return Err(match &settings.default_identity {
            Some(path) => {
                error.hint(format!("an identity in its default place needs no name: {}", path.display()))
            }
            None => error,
        });
    }
    let mut identities = Identities::default();
    let mut encrypted = Vec::new();
    for path in &settings.identities {
        match parse(settings, ui, path)? {
            Parsed::Ready(ready) => identities.append(ready),
            Parsed::Encrypted(one) => encrypted.push(one),
        }
    }
    if settings.passphrase_is_given && encrypted.is_empty() {
        // anybody who knows the recipients can put another vault in the place of one with a passphrase
        return Err(Error::new(
            Failure::Locked,
            "a passphrase was given, but this vault is locked to recipients and does not need it",
        )
        .hint(
            "leave out the passphrase if you know of the change; otherwise the vault may have been replaced",
        ));
    }
    if !encrypted.is_empty() && !sealed.is_opened_by(&identities) {
        decrypt(context, sealed, &mut identities, encrypted)?;
    }
    Ok(Key::Identities(identities))
}

/// Makes an attempt with a passphrase, and another if the operator typed a wrong one. The inner error is that
/// of the passphrase.
fn with_tries<T>(
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

/// Decrypts one identity after another until the vault opens. Begins with those that its header names.
fn decrypt(
    context: &Context,
    sealed: &Sealed,
    identities: &mut Identities,
    mut encrypted: Vec<Encrypted>,
) -> Result<(), Error> {
    encrypted.retain(|one| sealed.may_be_opened_by(one));
    encrypted.sort_by_key(|one| one.public_key().is_none());
    let mut wrong = None;
    for one in encrypted {
        let attempt = || {
            let passphrase = passphrase(context, &format!("Passphrase for {}", one.name()))?;
            Ok(one.decrypt(&passphrase))
        };
        match with_tries(&context.settings, &context.ui, attempt)? {
            Ok(decrypted) => {
                let opens = sealed.is_opened_by(&decrypted);
                identities.append(decrypted);
                if opens {
                    return Ok(());
                }
            }
            // it may be the passphrase of the next one
            Err(error) => wrong = wrong.or(Some(error)),
        }
    }
    wrong.map_or(Ok(()), |error| Err(error.into()))
}

/// Reads an identity. Prints a notice if others can read it too.
fn parse(settings: &Settings, ui: &Ui, path: &Path) -> Result<Parsed, Error> {
    let name = path.display().to_string();
    let (text, loose) = read_secret(path, LIMIT).map_err(|error| unreadable("identity", error))?;
    let parsed = Identities::parse(text, &name, &ui.age_plugins(settings))?;
    if let (Some(loose), Parsed::Ready(identities)) = (loose, &parsed)
        && identities.are_secret()
    {
        ui.loose(&loose);
    }
    Ok(parsed)
}

/// Returns true if the operator has a key at hand that opens the lockset. The key is the passphrase that was
/// just chosen, the key that opened the vault before, or an identity that is named anywhere.
pub fn opens(context: &Context, key: &Key, lockset: &Lockset) -> Result<bool, Error> {
    let opens = match (lockset, key) {
        (Lockset::Passphrase(_), _) => true,
        (_, Key::Identities(identities)) => lockset.opens_with(identities)?,
        (_, Key::Passphrase(_)) => false,
    };
    if opens {
        return Ok(true);
    }
    let (opens, encrypted) = known(&context.settings, &context.ui, lockset)?;
    if opens {
        return Ok(true);
    }
    for one in &encrypted {
        let passphrase = passphrase(context, &format!("Passphrase for {}", one.name()));
        if let Ok(identities) = passphrase.and_then(|passphrase| Ok(one.decrypt(&passphrase)?))
            && lockset.opens_with(&identities)?
        {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Returns true if no identity that the operator has named opens the lockset, as far as that is known without
/// a prompt.
pub fn nothing_opens(settings: &Settings, ui: &Ui, lockset: &Lockset) -> Result<bool, Error> {
    let Lockset::Recipients(_) = lockset else { return Ok(false) };
    for path in &settings.known_identities {
        let may_open = match parse(settings, ui, path) {
            Ok(Parsed::Ready(identities)) => identities.need_plugins() || lockset.opens_with(&identities)?,
            Ok(Parsed::Encrypted(one)) => one.public_key().is_none() || lockset.names(&one),
            Err(_) => false,
        };
        if may_open {
            return Ok(false);
        }
    }
    Ok(true)
}

/// Returns true if an identity that is named anywhere opens the lockset. Also returns the identities that
/// need a passphrase to find out.
fn known(settings: &Settings, ui: &Ui, lockset: &Lockset) -> Result<(bool, Vec<Encrypted>), Error> {
    let mut encrypted = Vec::new();
    // an identity that cannot be read or used opens nothing
    for one in settings.known_identities.iter().filter_map(|path| parse(settings, ui, path).ok()) {
        let opens = match one {
            Parsed::Ready(identities) => lockset.opens_with(&identities)?,
            Parsed::Encrypted(one) if one.public_key().is_some() => lockset.names(&one),
            Parsed::Encrypted(one) => {
                encrypted.push(one);
                false
            }
        };
        if opens {
            return Ok((true, encrypted));
        }
    }
    Ok((false, encrypted))
}

/// Returns the passphrase from the first source, or from a prompt.
pub fn passphrase(context: &Context, prompt: &str) -> Result<Secret, Error> {
    match given(context)? {
        Some(passphrase) => Ok(passphrase),
        None => match context.ui.prompter() {
            Some(prompter) => Ok(prompter.secret(prompt)?),
            None => Err(no_source("a passphrase is needed, and there is no terminal to prompt on")),
        },
    }
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
    let bytes = read_named(&path, LIMIT);
    typed_passphrase(
        &bytes.map_err(|_| Error::new(Failure::Locked, "the descriptor of the passphrase cannot be read"))?,
    )
}

/// Reads a passphrase from a file, without its final newline.
pub fn file(path: &Path) -> Result<Secret, Error> {
    let bytes = read_named(path, LIMIT).map_err(|error| match discreet::path(path) {
        Some(_) => unreadable("passphrase", error),
        // the path may be the passphrase itself, so nothing keeps the error
        None => Error::new(Failure::Locked, "the passphrase cannot be read: its path leads to no file"),
    })?;
    typed_passphrase(&bytes)
}

fn run(command: &str) -> Result<Secret, Error> {
    let failed = |what| Error::new(Failure::Locked, format!("the passphrase command {what}"));
    typed_passphrase(&child::shell(command, LIMIT).map_err(failed)?)
}

fn no_source(what: &str) -> Error {
    Error::new(Failure::Locked, what).hint(
        "give one of --passphrase-stdin, --passphrase-fd, --passphrase-file, --passphrase-command, \
         CREDCTL_PASSPHRASE_FILE, CREDCTL_PASSPHRASE_COMMAND, CREDCTL_PASSPHRASE",
    )
}

/// Makes the error for a key that cannot be read from its file.
fn unreadable(key: &str, error: FileError) -> Error {
    let reason = error.source().map_or_else(|| error.to_string(), |source| format!("{error}: {source}"));
    Error::new(Failure::Locked, format!("the {key} cannot be read: {reason}")).describing(error)
}

/// Adds the recipients of a file, one per line. Skips empty lines and comments. Reports a wrong line by its
/// number only, because it may be a secret in the wrong file.
pub fn add_recipients(
    settings: &Settings,
    ui: &Ui,
    recipients: &mut Recipients,
    path: &Path,
) -> Result<(), Error> {
    let bytes = read_named(path, LIMIT)?;
    let text = text::decode(&bytes)
        .map_err(|error| Error::usage(format!("{} {error}", path.display())).describing(error))?;
    for (number, line) in text.lines().map(str::trim).enumerate() {
        if !line.is_empty()
            && !line.starts_with('#')
            && recipients.add(line, &ui.age_plugins(settings)).is_err()
        {
            let what =
                format!("{}, line {}: not an age recipient that may be used", path.display(), number + 1);
            return Err(Error::usage(what).hint("expected age1…, ssh-ed25519 … or ssh-rsa …"));
        }
    }
    Ok(())
}
