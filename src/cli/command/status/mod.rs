//! `status`: which vault is used, what opens it now, where each setting comes from, and what needs attention.

mod people;
mod queued;
mod report;

use crate::cli::context::{Context, Settings};
use crate::cli::error::{Error, Failure};
use crate::cli::health::{Survey, WayIn, command};
use crate::cli::output;

use report::Report;

#[derive(Debug, clap::Args)]
#[command(after_help = "\
credctl status never prompts, and runs neither a plugin nor a passphrase
command. Its exit status says what the next command would meet:

  0   open: the next command opens the vault without a prompt
  4   there is no vault
  7   locked: the next command would prompt, or cannot open the vault
  9   the file is damaged, is no vault, or differs from what this machine
      remembers (see credctl trust --help)
  10  the file cannot be read

With -o json, the answer has these members. The members about the content are
missing while the vault is locked:

  state        open, locked, missing or unusable
  vault        the path or the address; size in bytes, modifiedAt; comparedAt:
               the time when the server of the address last had this copy
  queued       of the changes that wait for the server of the address: since,
               generations (their number, if the vault is open), path
  id           of the vault; generation, format, credentials (their number),
               rotateRequired (the number of those that need a new secret),
               conflicts (the number of those that a merge has left open)
  bundle       the environment, if the vault is a bundle
  memory       what this machine remembers of the vault: state (kept or
               nothing), generation (the highest one), since, writable (false if
               nothing more can be kept), reason
  signedBy     of a signed vault: the name of the signer of the current
               generation; signers (the names of those who may change it);
               signingKey (the key that would sign the next write): state
               (ready, in-agent, needs-passphrase, unusable or none), signer,
               path, reason
  lockedWith   passphrase or recipients; keys (their number and kind); in an
               open vault also recipients (keys) and members (with names)
  openedBy     identity, passphrase (a source that was not tried) or agent
  reason       the reason why the vault is not open
  identities   the path of each, and its state: opens, other, ready,
               needs-passphrase, needs-plugin, missing or unusable
  project, role, configuration
  origins      of vault, identities, passphrase, project, role and
               configuration: from (flag, variable, configuration, default) and
               the name of the option, the variable or the file
  agent        state (absent, silent, refused, holding), and what it says
  findings     the number of findings of credctl doctor, without those that
               need a look into the vault, at git or at the shell

Examples:
  credctl status
  credctl status -o json | jq -r .vault
  credctl status -q >/dev/null 2>&1 && credctl list")]
pub struct Args {}

pub fn run(context: &Context) -> Result<(), Error> {
    let Context { settings, ui, .. } = context;
    let mut survey = Survey::of(settings)?;
    let report = Report::of(settings, &mut survey);
    if output::is_for_people(settings) {
        output::object(settings, &people::rows(settings, ui, &report, &survey.agent))?;
    } else {
        output::object(settings, &report.document(settings, &survey.agent))?;
    }
    verdict(settings, survey, &report)
}

/// Fails unless the vault is open.
fn verdict(settings: &Settings, survey: Survey, report: &Report) -> Result<(), Error> {
    if let Some(trouble) = survey.trouble {
        return Err(trouble);
    }
    let reason = match &report.way {
        WayIn::Identity(_) | WayIn::Passphrase | WayIn::Agent | WayIn::NoVault => return Ok(()),
        WayIn::Question(reason) | WayIn::Nothing(reason) => *reason,
    };
    let error = Error::new(Failure::Locked, format!("the vault is locked: {reason}"));
    Err(match report.way {
        WayIn::Nothing(_) => error.hint(command(settings, "doctor")),
        _ => error,
    })
}
