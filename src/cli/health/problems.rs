//! The words for the problems of a vault, and the commands that mend them.

use std::io::ErrorKind;
use std::path::Path;

use chrono::{DateTime, Utc};
use credctl::disk::{FileError, Leftover, Location};
use credctl::store::{BackupProblem, HealthProblem};
use credctl::vault::{self, Environment, KeyError, Reach, RosterProblem, Taken};

use super::access::VaultAccess;
use super::finding::{HealthCheck, HealthFinding, credctl, edit};
use super::identities;
use crate::cli::context::Settings;
use crate::cli::{conflicting, rotation, shell_word};

/// The vault whose problems are put into words.
pub struct ProblemWords<'a> {
    pub settings: &'a Settings,
    pub access: &'a VaultAccess,
    pub location: &'a Location,
    /// The recipients that the vault names; empty while it is closed.
    pub roster: &'a [String],
}

impl ProblemWords<'_> {
    /// Makes the finding of a problem. `None` for one that needs no words.
    pub fn finding(&self, problem: HealthProblem) -> Option<HealthFinding> {
        Some(match problem {
            HealthProblem::Loose(file) => identities::loose(&file),
            HealthProblem::Leftover(Leftover::Draft { path }) => {
                let detail = format!("`{}` is the unfinished file of a call that was killed", path.display());
                let command = format!("rm -f {}", shell_word::path(&path));
                HealthFinding::new(HealthCheck::Draft, detail, command).about(&path)
            }
            HealthProblem::Leftover(Leftover::Backup { path, wanted }) => {
                let detail = format!(
                    "`{}` is the state before the last change, left without its name by a call that was killed",
                    path.display()
                );
                let command = format!("mv -f {} {}", shell_word::path(&path), shell_word::path(&wanted));
                HealthFinding::new(HealthCheck::Draft, detail, command).about(&path)
            }
            HealthProblem::Backup(problem) => self.backup(&problem),
            HealthProblem::FutureFile { path, at } => {
                let what = format!("`{}` was changed {}", path.display(), future(at));
                HealthFinding::new(HealthCheck::Clock, what, format!("touch {}", shell_word::path(&path)))
                    .about(&path)
            }
            HealthProblem::FutureChange { id, at } => {
                let what = format!(
                    "the credential {id} was changed {}: this clock or another one is off",
                    future(at)
                );
                HealthFinding::new(HealthCheck::Clock, what, SET_CLOCK)
            }
            HealthProblem::Recipient { text, error } => self.recipient(&text, &error),
            HealthProblem::Roster(problem) => self.roster(&problem),
            HealthProblem::Unknown(strangers) => {
                let what = format!(
                    "this machine has not written the vault yet, and cannot tell who may read it: {strangers}"
                );
                HealthFinding::new(HealthCheck::Recipients, what, credctl(self.settings, "deploy"))
            }
            HealthProblem::Memory(error) => self.memory(&error)?,
            HealthProblem::Rotation { count } => {
                let command = credctl(self.settings, rotation::LISTING.trim_start_matches("credctl "));
                HealthFinding::new(HealthCheck::Rotation, rotation::words(count), command)
            }
            HealthProblem::Conflicts { count } => {
                let command = credctl(self.settings, conflicting::LISTING.trim_start_matches("credctl "));
                HealthFinding::new(HealthCheck::Conflicts, conflicting::words(count), command)
            }
            HealthProblem::Bundle(environment, reach) => self.bundle(&environment, &reach),
            HealthProblem::MissingBlob { path } => {
                let detail = format!(
                    "`{}` is missing: copy it from a backup, or detach the attachment that needs it",
                    path.display()
                );
                let command = credctl(self.settings, "check --only attachment");
                HealthFinding::new(HealthCheck::Attachments, detail, command).about(&path)
            }
            HealthProblem::StrayBlob { path } => {
                let detail = format!(
                    "`{}` is an attachment that this vault does not have; another copy of the vault may have it",
                    path.display()
                );
                let command = format!("rm -i {}", shell_word::path(&path));
                HealthFinding::new(HealthCheck::Attachments, detail, command).about(&path)
            }
            _ => return None,
        })
    }

    fn backup(&self, problem: &BackupProblem) -> HealthFinding {
        let path = self.location.backup();
        let word = shell_word::path(&path);
        let mut command = format!("mv {word} {}", shell_word::path(&shell_word::free(&path, "old")));
        let what = match problem {
            BackupProblem::Unreadable(vault::Error::File(FileError::Io { source, .. }))
                if source.kind() == ErrorKind::PermissionDenied =>
            {
                command = format!("chmod u+rw {word}");
                "cannot be read: permission denied".to_owned()
            }
            BackupProblem::Unreadable(error) => format!("cannot be used: {error}"),
            BackupProblem::OtherKey => "does not open with the key of the vault".to_owned(),
            BackupProblem::OtherVault => "belongs to another vault".to_owned(),
            BackupProblem::NotOlder => "is not older than the vault".to_owned(),
            BackupProblem::Distrusted(reason) => format!("cannot be used: {reason}"),
            _ => "cannot be used".to_owned(),
        };
        let detail = format!("the backup `{}` {what}, so that nothing can be undone", path.display());
        HealthFinding::new(HealthCheck::Backup, detail, command).about(&path)
    }

    fn recipient(&self, text: &str, error: &vault::Error) -> HealthFinding {
        let others: Vec<&str> =
            self.roster.iter().map(String::as_str).filter(|other| *other != text).collect();
        let mut command = self.rekey(&others);
        let advice = match error {
            vault::Error::Key(KeyError::PluginNotAllowed { name }) => {
                if let Some(path) = &self.settings.configuration {
                    command = allow(path, name);
                }
                format!("; allow it with `plugin = [\"{name}\"]` at the top of the configuration")
            }
            vault::Error::Key(KeyError::Plugin { name }) => {
                format!("; install age-plugin-{name}, or remove the recipient")
            }
            _ => String::new(),
        };
        let what = match error {
            vault::Error::Key(KeyError::Recipient { .. }) => format!("no write can lock the vault: {error}"),
            _ => format!("no write can lock the vault to the recipient {text}: {error}{advice}"),
        };
        HealthFinding::new(HealthCheck::Recipients, what, command)
    }

    fn roster(&self, problem: &RosterProblem) -> HealthFinding {
        let mut advice = "";
        let command = match problem {
            // nobody is let in by a command that was only pasted
            RosterProblem::Strangers(strangers) if !strangers.recipients.is_empty() => {
                advice = "; if you know them, `credctl --accept-recipients deploy` accepts them";
                let words = strangers.recipients.iter();
                let words = words.map(|text| format!(" --remove-recipient {}", shell_word::quoted(text)));
                credctl(self.settings, &format!("rekey{}", words.collect::<String>()))
            }
            RosterProblem::Strangers(_) => credctl(self.settings, "--accept-recipients deploy"),
            _ => {
                let own = self.access.identities.iter().flat_map(|file| &file.recipients);
                let mut all: Vec<&str> = self.roster.iter().map(String::as_str).collect();
                all.extend(
                    own.map(String::as_str).filter(|own| !self.roster.iter().any(|known| known == own)),
                );
                self.rekey(&all)
            }
        };
        HealthFinding::new(
            HealthCheck::Recipients,
            format!("the next write will be refused: {problem}{advice}"),
            command,
        )
    }

    /// Returns the command that locks the vault to these recipients.
    fn rekey(&self, recipients: &[&str]) -> String {
        let words = recipients.iter().map(|text| format!(" --recipient {}", shell_word::quoted(text)));
        credctl(self.settings, &format!("rekey{}", words.collect::<String>()))
    }

    fn memory(&self, error: &FileError) -> Option<HealthFinding> {
        let folder = self.settings.terms.pins.as_deref()?;
        let what =
            format!("this machine cannot remember the vault, and would not notice an older copy: {error}");
        let command = format!("chmod u+rwx,go-w {}", shell_word::path(folder));
        Some(HealthFinding::new(HealthCheck::Memory, what, command).about(folder))
    }

    fn bundle(&self, environment: &Environment, reach: &Reach) -> HealthFinding {
        let Environment { name, out, .. } = environment;
        let what = match reach {
            // the error names the path
            Reach::Unreachable(error) => error.to_string(),
            _ => format!("`{out}` {reach}"),
        };
        let word = shell_word::quoted(name);
        let deploy = credctl(self.settings, &format!("deploy {word}"));
        let folder = Path::new(out).parent().filter(|folder| !folder.as_os_str().is_empty());
        let command = match (reach, folder) {
            (Reach::Taken(Taken::ByOther), _) => {
                credctl(self.settings, &format!("deploy {word} --overwrite"))
            }
            (Reach::Taken(Taken::ByLink), _) => {
                format!("rm {} && {deploy}", shell_word::path(Path::new(out)))
            }
            (Reach::Missing, Some(folder)) if !folder.exists() => {
                format!("mkdir -p {} && {deploy}", shell_word::path(folder))
            }
            _ => deploy,
        };
        let what = format!("the bundle of the environment {name} is not up to date: {what}");
        HealthFinding::new(HealthCheck::Bundle, what, command).about(Path::new(out))
    }
}

/// The command that sets the clock of this machine.
const SET_CLOCK: &str =
    if cfg!(target_os = "macos") { "sudo sntp -sS time.apple.com" } else { "sudo timedatectl set-ntp true" };

fn future(at: DateTime<Utc>) -> String {
    format!("in the future, on {}", at.format("%Y-%m-%d at %H:%M"))
}

/// Returns the command that allows a plugin.
fn allow(configuration: &Path, name: &str) -> String {
    if configuration.exists() {
        return edit(configuration);
    }
    let word = shell_word::path(configuration);
    let folder = configuration.parent().map(shell_word::path).unwrap_or_default();
    let line = shell_word::quoted(&format!("plugin = [\"{name}\"]"));
    format!("mkdir -p {folder} && echo {line} > {word}")
}
