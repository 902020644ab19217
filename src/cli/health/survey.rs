//! The look at a vault and everything around it: its header, what opens it, and the findings.

use credctl::disk::{FileError, Location};
use credctl::store::{self, HealthProblem};
use credctl::vault::{self, Key, Plugins, Sealed, Vault};

use super::access::{VaultAccess, WayIn};
use super::finding::{HealthCheck, HealthFinding, credctl};
use super::problems::ProblemWords;
use super::{completions, configuration, identities, tracked};
use crate::cli::agent::{self, AgentState};
use crate::cli::context::{Context, Settings};
use crate::cli::error::{Error, Failure};
use crate::cli::signing::SigningKeyAtHand;
use crate::cli::{queueing, shell_word, unlock};

/// A vault and everything around it.
pub struct Survey {
    /// The location of the vault, if its folder is there.
    pub location: Option<Location>,
    /// The header of the vault, until the vault is opened.
    pub sealed: Option<Sealed>,
    /// The reason why there is no header.
    pub trouble: Option<Error>,
    pub access: VaultAccess,
    pub agent: AgentState,
}

impl Survey {
    /// Looks at the header of the vault, and at what would open it.
    pub fn of(settings: &Settings) -> Result<Self, Error> {
        let path = settings.vault()?;
        let (location, sealed) = match settings.terms.locate(path) {
            Ok(location) => {
                let file = location.open().map_err(store::Error::at_vault);
                let sealed = file.and_then(|file| Ok(Sealed::inspect(file)?)).map_err(Error::from);
                (Some(location), sealed)
            }
            Err(FileError::NotFound { .. }) => {
                let error = FileError::NotFound { path: path.to_owned() };
                (None, Err(store::Error::at_vault(error).into()))
            }
            Err(error) => (None, Err(store::Error::at_vault(error).into())),
        };
        let (sealed, trouble) = match sealed {
            Ok(sealed) => (Some(sealed), None),
            Err(error) => (None, Some(error)),
        };
        let access = VaultAccess::of(settings, sealed.as_ref());
        Ok(Self { location, sealed, trouble, access, agent: agent::state(settings) })
    }

    /// Opens the vault with an identity that needs no question, or by the agent. `None` if neither does.
    pub fn open(&mut self, settings: &Settings) -> Option<Result<(Vault, Key), vault::Error>> {
        let key = self.access.take_key()?;
        let (location, sealed) = (self.location.as_ref()?, self.sealed.take()?);
        let opened = settings.terms.open(location, sealed, &key);
        Some(opened.map(|vault| (vault, key)))
    }

    /// Opens the vault like [`Survey::open`], or with the passphrase from the source that is set.
    pub fn open_with_passphrase(&mut self, context: &Context) -> Option<Result<(Vault, Key), Error>> {
        if self.access.way != WayIn::Passphrase {
            return Some(self.open(&context.settings)?.map_err(Error::from));
        }
        let (location, sealed) = (self.location.as_ref()?, self.sealed.take()?);
        let open = || {
            let key = unlock::key(context, &sealed)?;
            Ok((context.settings.terms.open(location, sealed, &key)?, key))
        };
        Some(open())
    }

    /// Returns the findings about the vault, its files, its keys and the agent, as far as they take no time.
    pub fn quick_findings(&self, settings: &Settings) -> Vec<HealthFinding> {
        let mut found: Vec<HealthFinding> =
            self.trouble.iter().map(|error| self.of_trouble(settings, error)).collect();
        if let Some(location) = &self.location {
            let words = ProblemWords { settings, access: &self.access, location, roster: &[] };
            let problems = HealthProblem::around(location, settings.terms.now).into_iter();
            found.extend(problems.filter_map(|problem| words.finding(problem)));
        }
        found.extend(of_queue(settings));
        found.extend(identities::findings(settings, &self.access));
        found.extend(of_agent(&self.agent));
        found.extend(configuration::findings(settings));
        found
    }

    /// Returns the findings that take a look at other files: those that git tracks, and those of the shell.
    pub fn findings_elsewhere(&self) -> Vec<HealthFinding> {
        let mut found = tracked::findings(self.location.as_ref(), &self.access);
        found.extend(completions::finding());
        found
    }

    /// Returns the findings about an open vault.
    pub fn findings_inside(
        &self,
        settings: &Settings,
        vault: &mut Vault,
        key: &Key,
    ) -> Result<Vec<HealthFinding>, Error> {
        let Some(location) = &self.location else { return Ok(Vec::new()) };
        let roster = vault.recipients()?;
        let words = ProblemWords { settings, access: &self.access, location, roster: &roster };
        // nobody answers a plugin, which is not run either
        let plugins = Plugins::new(settings.plugins.clone(), None);
        let problems = HealthProblem::inside(location, vault, key, &settings.terms, &plugins)?;
        let mut found: Vec<_> = problems.into_iter().filter_map(|problem| words.finding(problem)).collect();
        found.extend(signing_key(settings, vault));
        Ok(found)
    }

    /// Makes the finding of a vault that is missing or cannot be used.
    pub fn of_trouble(&self, settings: &Settings, error: &Error) -> HealthFinding {
        let path = settings.vault().unwrap_or_else(|_| "".as_ref());
        let word = shell_word::path(path);
        let backup = self.location.as_ref().and_then(|location| {
            let is_usable = Sealed::inspect(location.open_backup().ok()?).is_ok();
            is_usable.then(|| shell_word::path(&location.backup()))
        });
        let mut advice = "";
        let command = match (error.kind(), backup) {
            (Failure::Distrusted, _) => credctl(settings, "trust"),
            // nothing is lost: the backup is one change older
            (Failure::NotFound, Some(backup)) => format!("mv {backup} {word}"),
            (Failure::Damaged, Some(backup)) => {
                let aside = shell_word::path(&shell_word::free(path, "damaged"));
                advice = "; the backup beside it is one change older, and was not opened";
                format!("mv {word} {aside} && mv {backup} {word}")
            }
            (Failure::NotFound, None) => self.creation(settings),
            (Failure::Io, _) => format!("chmod u+rw {word}"),
            // a wrong passphrase
            (Failure::Locked, _) => return identities::refused(settings, error),
            _ => format!("ls -l {word}"),
        };
        HealthFinding::new(HealthCheck::Vault, error.detail() + advice, command).about(path)
    }

    /// Returns the command that makes the vault, for the identities that are there.
    fn creation(&self, settings: &Settings) -> String {
        let own: Vec<&String> = self.access.identities.iter().flat_map(|file| &file.recipients).collect();
        let recipients = own.iter().map(|text| format!(" --recipient {text}")).collect::<String>();
        let words = if own.is_empty() { " --generate-identity" } else { &recipients };
        credctl(settings, &format!("init{words}"))
    }
}

/// Makes the finding of a signing key that was named, and with which no write of the vault can be signed.
fn signing_key(settings: &Settings, vault: &Vault) -> Option<HealthFinding> {
    if vault.signers().is_empty() || vault.bundle_of().is_some() {
        return None;
    }
    let SigningKeyAtHand::Unusable { path, reason } = SigningKeyAtHand::of(settings, vault.signers()) else {
        return None;
    };
    let detail = format!("the signing key `{}` cannot sign the next write: {reason}", path.display());
    Some(HealthFinding::new(HealthCheck::Signing, detail, credctl(settings, "sign")).about(&path))
}

/// Makes the finding of changes that wait for the server of the vault.
fn of_queue(settings: &Settings) -> Option<HealthFinding> {
    let queue = settings.queue()?;
    let since = queue.since().map(|since| format!(" since {}", queueing::age(since, settings.terms.now)));
    let detail =
        format!("changes of this machine are queued{}, and not stored yet", since.unwrap_or_default());
    let path = queue.path();
    Some(
        HealthFinding::new(HealthCheck::Queue, detail, credctl(settings, "list --fresh --count"))
            .about(&path),
    )
}

/// Makes the finding of an agent that is of no use.
fn of_agent(agent: &AgentState) -> Option<HealthFinding> {
    match agent {
        AgentState::Absent | AgentState::Holding { .. } => None,
        AgentState::Silent(process) => {
            let ending = process.map(agent::ending);
            let command = ending.unwrap_or_else(|| "credctl lock --all".to_owned());
            Some(HealthFinding::new(HealthCheck::Agent, agent::SILENT, command))
        }
        AgentState::Refused(reason) => {
            let what = format!("the socket of the agent is not used: {reason}");
            Some(HealthFinding::new(HealthCheck::Agent, what, "credctl unlock"))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{AgentState, of_agent};

    #[test]
    fn an_agent_that_is_of_no_use_is_a_finding() {
        let holding = AgentState::Holding { until: None, memory: "locked memory", vaults: 1 };
        assert_eq!((of_agent(&AgentState::Absent), of_agent(&holding)), (None, None));
        let silent = of_agent(&AgentState::Silent(Some(4711))).unwrap();
        assert_eq!((&*silent.detail, &*silent.command), ("the agent does not answer", "kill -9 4711"));
        let refused = of_agent(&AgentState::Refused("it belongs to another user".to_owned())).unwrap();
        assert!(refused.detail.ends_with(": it belongs to another user"), "{refused:?}");
    }
}
