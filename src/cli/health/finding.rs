//! A finding: what is wrong, where, and the command that mends it.

use std::path::Path;

use credctl::value::{Object, Value};

use crate::cli::context::{Origin, Settings};
use crate::cli::shell_word;

/// The sorts of findings.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HealthCheck {
    Vault,
    Queue,
    Permissions,
    Identity,
    Recipients,
    Memory,
    Signing,
    Backup,
    Draft,
    Clock,
    Rotation,
    Conflicts,
    Bundle,
    Attachments,
    Agent,
    Configuration,
    Git,
    Completions,
}

impl HealthCheck {
    /// Every check, in the order of the findings.
    pub const ALL: [Self; 18] = [
        Self::Vault,
        Self::Queue,
        Self::Permissions,
        Self::Identity,
        Self::Recipients,
        Self::Memory,
        Self::Signing,
        Self::Backup,
        Self::Draft,
        Self::Clock,
        Self::Rotation,
        Self::Conflicts,
        Self::Bundle,
        Self::Attachments,
        Self::Agent,
        Self::Configuration,
        Self::Git,
        Self::Completions,
    ];

    /// Returns true if the check looks into the vault, also where others look at the files around it.
    pub fn looks_inside(self) -> bool {
        use HealthCheck as C;
        matches!(
            self,
            C::Vault
                | C::Identity
                | C::Recipients
                | C::Memory
                | C::Signing
                | C::Backup
                | C::Clock
                | C::Rotation
                | C::Conflicts
                | C::Bundle
                | C::Attachments
        )
    }

    /// Returns true if the check can look at nothing while the vault is closed.
    pub fn is_inside(self) -> bool {
        matches!(
            self,
            Self::Recipients
                | Self::Memory
                | Self::Signing
                | Self::Rotation
                | Self::Conflicts
                | Self::Bundle
                | Self::Attachments
        )
    }

    /// Returns the name of the check on the command line and in answers.
    pub fn name(self) -> &'static str {
        match self {
            Self::Vault => "vault",
            Self::Queue => "queue",
            Self::Permissions => "permissions",
            Self::Identity => "identity",
            Self::Recipients => "recipients",
            Self::Memory => "memory",
            Self::Signing => "signing",
            Self::Backup => "backup",
            Self::Draft => "draft",
            Self::Clock => "clock",
            Self::Rotation => "rotation",
            Self::Conflicts => "conflicts",
            Self::Bundle => "bundle",
            Self::Attachments => "attachments",
            Self::Agent => "agent",
            Self::Configuration => "configuration",
            Self::Git => "git",
            Self::Completions => "completions",
        }
    }
}

/// Something that is wrong or missing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HealthFinding {
    pub check: HealthCheck,
    /// The file that the finding is about.
    pub path: Option<String>,
    pub detail: String,
    /// The command that mends it, as a line of the shell.
    pub command: String,
}

impl HealthFinding {
    /// Makes a finding about no file.
    pub fn new(check: HealthCheck, detail: impl Into<String>, command: impl Into<String>) -> Self {
        Self { check, path: None, detail: detail.into(), command: command.into() }
    }

    /// Adds the file that the finding is about.
    pub fn about(mut self, path: &Path) -> Self {
        self.path = Some(path.display().to_string());
        self
    }

    /// Returns the finding as programs read it.
    pub fn document(&self) -> Object {
        let mut document = Object::from_iter([("check", Value::text(self.check.name()))]);
        if let Some(path) = &self.path {
            document.insert("path", Value::text(path.as_str()));
        }
        document.insert("detail", Value::text(self.detail.as_str()));
        document.insert("command", Value::text(self.command.as_str()));
        document
    }
}

/// Returns a command of credctl as it must be typed: with the options by which this call named its files, which
/// a later call would not know.
pub fn credctl(settings: &Settings, words: &str) -> String {
    let mut command = "credctl".to_owned();
    let mut option = |name: &str, path: &Path| {
        command.push_str(&format!(" {name} {}", shell_word::path(path)));
    };
    let is_flag = |origin| matches!(origin, Origin::Flag(_));
    if let (true, Some(path)) = (is_flag(settings.origins.configuration), &settings.configuration) {
        option("--config", path);
    }
    if let (true, Ok(path)) = (is_flag(settings.origins.vault), settings.vault()) {
        option("--vault", path);
    }
    if is_flag(settings.origins.identities) {
        settings.identities.iter().for_each(|path| option("--identity", path));
    }
    format!("{command} {words}")
}

/// Returns the command that opens a file in the editor of the operator.
pub fn edit(path: &Path) -> String {
    format!("${{EDITOR:-vi}} {}", shell_word::path(path))
}
