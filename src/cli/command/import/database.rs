//! A KeePass database: its password and its key file, and the import of its entries.

use std::path::Path;

use credctl::disk::read_secret;
use credctl::import::{Import, KdbxError, KeepassDatabase, KeepassKey};
use credctl::secret::Secret;

use super::args::{Args, SourceKeyArgs};
use crate::cli::context::{Context, KEY_FILE_LIMIT};
use crate::cli::document;
use crate::cli::error::{Error, Failure};
use crate::cli::prompt::{PromptError, TRIES};
use crate::cli::unlock;

/// Reads a database.
pub fn read(context: &Context, args: &Args, file: &[u8]) -> Result<(&'static str, Import), Error> {
    let Context { settings, ui, .. } = context;
    let named = settings.format;
    if named != "auto" && named != KeepassDatabase::NAME {
        let what = format!("--format {named} cannot read {}", document::name_of(&args.file));
        return Err(Error::usage(what).hint("leave out --format: the file is a KeePass database"));
    }
    let failed = |error| failed(&args.file, error);
    let database = KeepassDatabase::parse(file).map_err(failed)?;
    let mut key = KeepassKey::default();
    if let Some(path) = &args.source.key_file {
        let (content, loose) = read_secret(path, KEY_FILE_LIMIT).map_err(|error| {
            Error::from(error).at("the key file cannot be read").with_kind(Failure::Locked)
        })?;
        if let Some(loose) = &loose {
            ui.loose(loose);
        }
        key = key.with_key_file(&content).map_err(failed)?;
    }
    let import = match given(&args.source)? {
        Some(password) => database.read(&key.with_password(password)),
        None => asked(context, args, &database, &key)?,
    };
    Ok((KeepassDatabase::NAME, import.map_err(failed)?))
}

fn given(args: &SourceKeyArgs) -> Result<Option<Secret>, Error> {
    match (args.source_passphrase_fd, &args.source_passphrase_file) {
        (Some(number), _) => unlock::descriptor(number).map(Some),
        (None, Some(path)) => unlock::file(path).map(Some),
        (None, None) => Ok(None),
    }
}

/// Prompts for the password. With a key file, an empty one stands for none.
fn asked(
    context: &Context,
    args: &Args,
    database: &KeepassDatabase<'_>,
    key: &KeepassKey,
) -> Result<Result<Import, KdbxError>, Error> {
    let has_key_file = args.source.key_file.is_some();
    let Some(prompter) = context.ui.prompter() else {
        if has_key_file {
            return Ok(database.read(key));
        }
        let what = format!(
            "{} needs its password, and there is no terminal to prompt on",
            document::name_of(&args.file)
        );
        return Err(Error::new(Failure::Locked, what)
            .hint("give one of --source-passphrase-file, --source-passphrase-fd, --key-file"));
    };
    let none = if has_key_file { " (empty for none)" } else { "" };
    let prompt = format!("Password for {}{none}", document::name_of(&args.file));
    for left in (0..TRIES).rev() {
        let password = prompter.secret(&prompt)?;
        let key = key.clone();
        let key = if has_key_file && password.is_empty() { key } else { key.with_password(password) };
        match database.read(&key) {
            Err(error) if error.is_wrong_key() && left > 0 => {
                prompter.refuse("the password is wrong").map_err(PromptError::from)?;
            }
            result => return Ok(result),
        }
    }
    Ok(Err(KdbxError::WrongKey))
}

fn failed(path: &Path, error: KdbxError) -> Error {
    let kind = if error.is_wrong_key() || matches!(error, KdbxError::KeyFile) {
        Failure::Locked
    } else {
        Failure::Invalid
    };
    let hint = match &error {
        KdbxError::Old | KdbxError::Version { .. } | KdbxError::Unknown(_) => {
            Some("`keepassxc-cli export FILE` writes the XML that --format keepass-xml reads")
        }
        KdbxError::Costly(_) => Some("set a cheaper key derivation in KeePassXC, and save the database"),
        KdbxError::WrongKey => Some("--key-file names the key file, if the database has one"),
        _ => None,
    };
    let what = format!("{} {error}", document::name_of(path));
    hint.into_iter().fold(Error::new(kind, what).describing(error), Error::hint)
}
