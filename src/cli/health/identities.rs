//! Findings about the identities and the passphrase file that this run names.

use std::path::Path;

use credctl::disk::{FileError, Loose, read_secret};

use super::access::{IdentityFile, IdentityState, VaultAccess, WayIn};
use super::finding::{HealthCheck, HealthFinding, edit};
use crate::cli::child;
use crate::cli::context::{KEY_FILE_LIMIT, Origin, PassphraseSource, Settings};
use crate::cli::error::Error;
use crate::cli::shell_word;

/// Makes the finding of a file that others may read or change.
pub fn loose(file: &Loose) -> HealthFinding {
    let command = format!("chmod {} {}", file.remedy(), shell_word::path(file.path()));
    HealthFinding::new(HealthCheck::Permissions, file.to_string(), command).about(file.path())
}

/// Returns the findings about identities, and about the lack of one that opens the vault.
pub fn findings(settings: &Settings, access: &VaultAccess) -> Vec<HealthFinding> {
    let files = access.identities.iter();
    let mut found: Vec<HealthFinding> = files.flat_map(|file| of_file(settings, file)).collect();
    found.extend(passphrase_file(settings));
    let is_explained = found.iter().any(|finding| finding.check == HealthCheck::Identity);
    if let (WayIn::Nothing(reason), false) = (&access.way, is_explained) {
        found.push(HealthFinding::new(HealthCheck::Identity, *reason, "credctl help unlocking"));
    }
    found
}

fn of_file(settings: &Settings, file: &IdentityFile) -> Vec<HealthFinding> {
    let mut found: Vec<HealthFinding> = file.loose.iter().map(loose).collect();
    let detail = match &file.state {
        IdentityState::Missing => format!("the identity `{}` does not exist", file.path.display()),
        IdentityState::Unusable(reason) => {
            format!("the identity `{}` cannot be used: {reason}", file.path.display())
        }
        _ => return found,
    };
    let origin = settings.origins.identities;
    let named = match origin {
        Origin::Variable(name) => format!("; {name} names it"),
        Origin::Configuration => "; the configuration names it".to_owned(),
        Origin::Flag(_) | Origin::Default => String::new(),
    };
    let command = renaming(settings, origin).unwrap_or_else(|| "credctl help unlocking".to_owned());
    found.push(HealthFinding::new(HealthCheck::Identity, detail + &named, command).about(&file.path));
    found
}

/// Returns the command that names another file, where a variable or the configuration names this one.
fn renaming(settings: &Settings, origin: Origin) -> Option<String> {
    match origin {
        Origin::Variable(name) => Some(format!("unset {name}")),
        Origin::Configuration => settings.configuration.as_deref().map(edit),
        Origin::Flag(_) | Origin::Default => None,
    }
}

/// Makes the finding of a passphrase that does not open the vault.
pub fn refused(settings: &Settings, error: &Error) -> HealthFinding {
    let command = renaming(settings, settings.origins.passphrase);
    let command = command.unwrap_or_else(|| "credctl help unlocking".to_owned());
    HealthFinding::new(HealthCheck::Identity, error.detail(), command)
}

/// Returns the finding about a passphrase file that is missing, or that others may read.
fn passphrase_file(settings: &Settings) -> Option<HealthFinding> {
    let PassphraseSource::File(path) = settings.passphrase.first()? else { return None };
    // what comes out of a descriptor would be missing later
    if child::named_by(path).is_some() || path.metadata().is_ok_and(|file| !file.is_file()) {
        return None;
    }
    match read_secret(path, KEY_FILE_LIMIT) {
        Ok((_, file)) => file.as_ref().map(loose),
        Err(error) => Some(unread_passphrase(settings, path, error)),
    }
}

fn unread_passphrase(settings: &Settings, path: &Path, error: FileError) -> HealthFinding {
    let origin = settings.origins.passphrase;
    let command = renaming(settings, origin).unwrap_or_else(|| "credctl help unlocking".to_owned());
    let detail = format!("the passphrase cannot be read: {}", Error::from(error).detail());
    HealthFinding::new(HealthCheck::Identity, detail, command).about(path)
}
