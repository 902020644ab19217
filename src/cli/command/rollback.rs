//! `rollback` and `restore`: an earlier version becomes the current one, of an existing or a deleted
//! credential.

use credctl::credential::Changed;
use credctl::store::{Outcome, Revived, Transaction};

use crate::cli::answer::{self, ChangeReport};
use crate::cli::context::{Context, Settings, Ui};
use crate::cli::error::Error;
use crate::cli::options::WriteArgs;
use crate::cli::session;

#[derive(Debug, clap::Args)]
#[command(after_help = "\
credctl makes an earlier version the current one again, as a new revision. The
credential keeps its present grants, references and project.

Examples:
  credctl rollback db --revision 3")]
pub struct RollbackArgs {
    /// The id of the credential
    id: String,
    /// The version to return to; see `credctl history ID`
    #[arg(long, value_name = "N")]
    revision: u64,
    #[command(flatten)]
    write: WriteArgs,
}

#[derive(Debug, clap::Args)]
#[command(after_help = "\
credctl restores the fields, labels and dates of the last version. It names the
former grants in a notice and does not restore them. References to the
credential stay deleted.

Examples:
  credctl history
      lists the credentials that can be restored
  credctl restore db")]
pub struct RestoreArgs {
    /// The id of a deleted credential
    id: String,
    #[command(flatten)]
    write: WriteArgs,
}

pub fn rollback(context: &Context, args: &RollbackArgs) -> Result<(), Error> {
    let roll_back = |vault: &mut Transaction<'_>| Ok(vault.roll_back(&args.id, args.revision)?);
    let written = session::write(context, args.write.dry_run, roll_back)?;
    told(&context.settings, &context.ui, "rolled back", &written, args.write.dry_run)
}

pub fn restore(context: &Context, args: &RestoreArgs) -> Result<(), Error> {
    let restore = |vault: &mut Transaction<'_>| Ok(with_notices(&args.id, vault.restore(&args.id)?));
    let written = session::write(context, args.write.dry_run, restore)?;
    told(&context.settings, &context.ui, "restored", &written, args.write.dry_run)
}

/// Adds the notices about the grants that are lost, and about the credentials that are still deleted.
fn with_notices(id: &str, revived: Revived) -> Changed {
    let Revived { mut changed, lost_grants, still_deleted } = revived;
    if !lost_grants.is_empty() {
        changed.notices.push(format!(
            "{id} is not granted to {} any more; `credctl grant` grants it again",
            lost_grants.join(", ")
        ));
    }
    changed.notices.extend(still_deleted.iter().map(|other| {
        format!("{other} belongs to {id} and is still deleted; `credctl restore {other}` restores it")
    }));
    changed
}

fn told(
    settings: &Settings,
    ui: &Ui,
    done: &str,
    written: &Outcome<Changed>,
    dry_run: bool,
) -> Result<(), Error> {
    let told = ChangeReport::new(done, &written.answer, &written.deployment, dry_run);
    let replaces = !written.answer.changes.is_empty();
    answer::changed(settings, ui, if replaces { told.replacing() } else { told })
}
