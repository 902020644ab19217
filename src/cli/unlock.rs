//! Where a key comes from, in order.

use std::path::{Path, PathBuf};

use credctl::secret::{Secret, without_newline};
use credctl::text;
use credctl::vault::file::read_named;
use credctl::vault::{Identities, Key, Parsed, Recipients, Sealed};
use zeroize::Zeroizing;

use super::child;
use super::context::{Context, PassphraseSource};
use super::error::{Error, Kind};

/// Largest identity file, and longest passphrase.
const LIMIT: u64 = 1024 * 1024;

/// The key for a sealed vault.
pub fn key(context: &Context, sealed: &Sealed) -> Result<Key, Error> {
    if sealed.has_passphrase() {
        let prompt = format!("Passphrase for {}", context.vault.display());
        return Ok(Key::Passphrase(passphrase(context, &prompt)?));
    }
    if context.identities.is_empty() {
        return Err(Error::new(Kind::Locked, "this vault is locked to recipients and needs an identity")
            .hint("name an age identity or SSH private key with --identity FILE or CREDCTL_IDENTITY"));
    }
    let mut identities = Identities::default();
    let mut is_used = false;
    for path in &context.identities {
        identities.append(identity(context, path, &mut is_used)?);
    }
    if context.passphrase_is_given && !is_used {
        // whoever knows the recipients can put a vault of his own in the place of one with a passphrase
        return Err(Error::new(
            Kind::Locked,
            "a passphrase was given, but this vault is locked to recipients and does not need it",
        )
        .hint(
            "leave out the passphrase if you know of the change; else somebody may have replaced the vault",
        ));
    }
    Ok(Key::Identities(identities))
}

fn identity(context: &Context, path: &Path, is_used: &mut bool) -> Result<Identities, Error> {
    let name = path.display().to_string();
    let text = read_named(path, LIMIT).map_err(|error| {
        Error::new(Kind::Locked, format!("the identity cannot be read: {}", with_source(&error)))
    })?;
    match Identities::parse(text, &name, &context.plugins())? {
        Parsed::Ready(identities) => Ok(identities),
        Parsed::Encrypted(encrypted) => {
            *is_used = true;
            let passphrase = passphrase(context, &format!("Passphrase for {name}"))?;
            Ok(encrypted.decrypt(&passphrase)?)
        }
    }
}

/// The passphrase, from the first source there is, or asked for.
pub fn passphrase(context: &Context, prompt: &str) -> Result<Secret, Error> {
    match given(context)? {
        Some(passphrase) => Ok(passphrase),
        None => match context.prompter() {
            Some(prompter) => Ok(prompter.secret(prompt)?),
            None => Err(no_source("a passphrase is needed and there is nobody to ask")),
        },
    }
}

/// A new passphrase: from the sources, once, or asked for twice.
pub fn new_passphrase(context: &Context, prompt: &str) -> Result<Secret, Error> {
    let passphrase = match given(context)? {
        Some(passphrase) => passphrase,
        None => match context.prompter() {
            Some(prompter) => prompter.new_secret(prompt)?,
            None => return Err(no_source("a new passphrase is needed and there is nobody to ask")),
        },
    };
    if passphrase.is_empty() {
        return Err(Error::usage("the passphrase is empty"));
    }
    Ok(passphrase)
}

fn given(context: &Context) -> Result<Option<Secret>, Error> {
    context.passphrase.first().map(|source| from(context, source)).transpose()
}

fn from(context: &Context, source: &PassphraseSource) -> Result<Secret, Error> {
    match source {
        PassphraseSource::Stdin => context.stdin_passphrase(),
        PassphraseSource::Descriptor(number) => descriptor(*number),
        PassphraseSource::File(path) => file(path),
        PassphraseSource::Command(command) => run(command),
        PassphraseSource::Text(passphrase) => Ok(passphrase.clone()),
    }
}

/// A passphrase from an open descriptor.
pub fn descriptor(number: u32) -> Result<Secret, Error> {
    file(&PathBuf::from(format!("/dev/fd/{number}")))
}

/// A passphrase from a file, without its final newline.
pub fn file(path: &Path) -> Result<Secret, Error> {
    let bytes = read_named(path, LIMIT).map_err(|error| {
        Error::new(Kind::Locked, format!("the passphrase cannot be read: {}", with_source(&error)))
    })?;
    text(bytes)
}

fn run(command: &str) -> Result<Secret, Error> {
    let failed = |what| Error::new(Kind::Locked, format!("the passphrase command {what}"));
    text(child::shell(command, LIMIT).map_err(failed)?)
}

fn text(bytes: Zeroizing<Vec<u8>>) -> Result<Secret, Error> {
    Secret::from_utf8(std::mem::take(&mut *without_newline(bytes)))
        .map_err(|_| Error::new(Kind::Locked, "the passphrase is not UTF-8"))
}

fn no_source(what: &str) -> Error {
    Error::new(Kind::Locked, what).hint(
        "give one of --passphrase-stdin, --passphrase-fd, --passphrase-file, --passphrase-command, \
         CREDCTL_PASSPHRASE_FILE, CREDCTL_PASSPHRASE_COMMAND, CREDCTL_PASSPHRASE",
    )
}

/// An error with what the system said.
fn with_source(error: &dyn std::error::Error) -> String {
    error.source().map_or_else(|| error.to_string(), |source| format!("{error}: {source}"))
}

/// Adds the recipients of a file, one a line; empty lines and comments are skipped. What is no
/// recipient is told by its line, for it may be a secret that stands in the wrong file.
pub fn add_recipients(context: &Context, recipients: &mut Recipients, path: &Path) -> Result<(), Error> {
    let bytes = read_named(path, LIMIT)?;
    let text = text::decode(&bytes).map_err(|error| Error::usage(format!("{} {error}", path.display())))?;
    for (number, line) in text.lines().map(str::trim).enumerate() {
        if !line.is_empty() && !line.starts_with('#') && recipients.add(line, &context.plugins()).is_err() {
            let what =
                format!("{}, line {}: not an age recipient that may be used", path.display(), number + 1);
            return Err(Error::usage(what).hint("expected age1…, ssh-ed25519 … or ssh-rsa …"));
        }
    }
    Ok(())
}
