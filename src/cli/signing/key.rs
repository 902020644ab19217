//! The choice of the key that signs: the one that was named, or else one of a signer that is at hand.

use std::path::Path;
use std::rc::Rc;

use credctl::disk::{FileError, read_secret};
use credctl::signature::{EncryptedSignatureKey, SignatureKeyFile, SignerKey, SigningKey};
use credctl::vault::Signer;

use super::ssh_agent::AgentKey;
use crate::cli::context::{Context, KEY_FILE_LIMIT, Settings, Ui};
use crate::cli::error::{Error, Failure};
use crate::cli::prompt::{PromptError, TRIES};

/// A public key that the operator has named, and the name beside it.
pub struct NamedSigner {
    pub key: SignerKey,
    /// The comment of the key.
    pub comment: Option<String>,
}

/// Finds the key of one of the signers. Returns `None` if the operator has none.
pub fn of_signers(context: &Context, signers: &[Signer]) -> Result<Option<Rc<dyn SigningKey>>, Error> {
    let Context { settings, ui, .. } = context;
    let is_signer = |key: &SignerKey| signers.iter().any(|signer| signer.has_key(key));
    if let Some(path) = &settings.signing_key {
        let (file, _) = read(settings, ui, path)?;
        if !is_signer(file.public()) {
            let names: Vec<_> = signers.iter().map(|signer| signer.name.as_str()).collect();
            return Err(Error::new(
                Failure::Forbidden,
                format!("nothing was written: the key `{}` is not that of a signer", path.display()),
            )
            .hint(format!("the signers are {}", names.join(", "))));
        }
        return ready(context, path, file).map(Some);
    }
    let agent = held(context);
    if let Some(key) = agent.into_iter().find(|key| is_signer(key.public())) {
        return Ok(Some(Rc::new(key)));
    }
    let Some(path) = settings.default_signing_key.as_deref() else { return Ok(None) };
    // one that is missing, unreadable or of another kind was not named by anybody
    match read(settings, ui, path) {
        Ok((file, _)) if is_signer(file.public()) => ready(context, path, file).map(Some),
        _ => Ok(None),
    }
}

/// Makes a key that signs from the file that the operator has named. Asks for its passphrase.
pub fn key_of(context: &Context, path: &Path) -> Result<(Rc<dyn SigningKey>, Option<String>), Error> {
    let Context { settings, ui, .. } = context;
    let (file, comment) = read(settings, ui, path)?;
    Ok((ready(context, path, file)?, comment.or_else(|| comment_beside(path))))
}

/// Reads a public key: from its text, or from the file of this name.
pub fn named(text: &str) -> Result<NamedSigner, Error> {
    let refused = |what: &str, reason: &dyn std::fmt::Display| {
        Error::new(Failure::Invalid, format!("the signer{what} {reason}"))
            .hint("give a public key, `ssh-ed25519 AAAA…`, or the path of a .pub file")
    };
    if text.contains(' ') {
        let (key, comment) = SignerKey::parse(text).map_err(|problem| refused("", &problem))?;
        return Ok(NamedSigner { key, comment });
    }
    let path = Path::new(text);
    let (bytes, _) = read_secret(path, KEY_FILE_LIMIT).map_err(|error| unreadable(path, &error))?;
    let (file, comment) = SignatureKeyFile::parse(&bytes)
        .map_err(|problem| refused(&format!(" `{}`", path.display()), &problem))?;
    Ok(NamedSigner { key: file.public().clone(), comment: comment.or_else(|| comment_beside(path)) })
}

/// Returns the comment of the public key beside a private key that keeps its own comment encrypted.
fn comment_beside(path: &Path) -> Option<String> {
    let mut beside = path.as_os_str().to_owned();
    beside.push(".pub");
    let (text, _) = read_secret(Path::new(&beside), KEY_FILE_LIMIT).ok()?;
    SignatureKeyFile::parse(&text).ok()?.1
}

/// Reads the key in a file, and its comment.
fn read(settings: &Settings, ui: &Ui, path: &Path) -> Result<(SignatureKeyFile, Option<String>), Error> {
    let (text, loose) = read_secret(path, KEY_FILE_LIMIT).map_err(|error| unreadable(path, &error))?;
    let (file, comment) = SignatureKeyFile::parse(&text).map_err(|problem| {
        Error::new(Failure::Locked, format!("the signing key `{}` {problem}", path.display()))
            .describing(problem)
    })?;
    if let (Some(loose), SignatureKeyFile::Private(_)) = (loose, &file)
        && settings.signing_key.as_deref() == Some(path)
    {
        ui.loose(&loose);
    }
    Ok((file, comment))
}

/// Makes the key of a file ready to sign. The agent comes before a passphrase.
fn ready(context: &Context, path: &Path, file: SignatureKeyFile) -> Result<Rc<dyn SigningKey>, Error> {
    let encrypted = match file {
        SignatureKeyFile::Private(key) => return Ok(Rc::new(key)),
        SignatureKeyFile::Public(key) => {
            return match in_agent(context, &key) {
                Some(key) => Ok(Rc::new(key)),
                None => Err(Error::new(
                    Failure::Locked,
                    format!("the ssh-agent does not have the signing key `{}`", path.display()),
                )
                .hint("`ssh-add FILE` adds the private key to the agent")),
            };
        }
        SignatureKeyFile::Encrypted(key) => key,
    };
    match in_agent(context, encrypted.public()) {
        Some(key) => Ok(Rc::new(key)),
        None => decrypted(context, path, &encrypted),
    }
}

fn in_agent(context: &Context, key: &SignerKey) -> Option<AgentKey> {
    held(context).into_iter().find(|held| held.public() == key)
}

/// Returns the keys that the ssh-agent of the operator has.
fn held(context: &Context) -> Vec<AgentKey> {
    let Context { settings, ui, .. } = context;
    let list = |socket| AgentKey::list(socket, ui.touch_notice());
    settings.ssh_agent.as_deref().map(list).unwrap_or_default()
}

fn decrypted(
    context: &Context,
    path: &Path,
    encrypted: &EncryptedSignatureKey,
) -> Result<Rc<dyn SigningKey>, Error> {
    let Some(prompter) = context.ui.prompter() else {
        return Err(Error::new(
            Failure::Locked,
            format!(
                "the signing key `{}` has a passphrase, and there is no terminal to prompt on",
                path.display()
            ),
        )
        .hint("`ssh-add FILE` adds the key to the ssh-agent"));
    };
    for tried in 1..=TRIES {
        let passphrase = prompter.secret(&format!("Passphrase for {}", path.display()))?;
        match encrypted.decrypt(&passphrase) {
            Ok(file) => return ready(context, path, file),
            Err(_) if tried < TRIES => {
                prompter.refuse("the passphrase is wrong").map_err(PromptError::from)?;
            }
            Err(_) => {}
        }
    }
    Err(Error::new(
        Failure::Locked,
        format!("the passphrase of the signing key `{}` is wrong", path.display()),
    ))
}

fn unreadable(path: &Path, error: &FileError) -> Error {
    Error::new(Failure::Locked, format!("the signing key `{}` cannot be read: {error}", path.display()))
}
