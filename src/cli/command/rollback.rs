//! `rollback` and `restore`: making an earlier version the current one, of what is there or was deleted.

use credctl::credential::Changed;
use credctl::store::{Outcome, Transaction};
use credctl::value::Object;

use crate::cli::answer::{self, Told};
use crate::cli::context::Context;
use crate::cli::error::Error;
use crate::cli::options::WriteArgs;
use crate::cli::session;

#[derive(Debug, clap::Args)]
#[command(after_help = "\
Makes an earlier version the current one again, as a new revision. What the credential was granted
to and what refers to it stays as it is now, and so does its project.

Examples:
  credctl rollback db --revision 3")]
pub struct RollbackArgs {
    /// The id
    id: String,
    /// The version; see `credctl history ID`
    #[arg(long, value_name = "N")]
    revision: u64,
    #[command(flatten)]
    write: WriteArgs,
}

#[derive(Debug, clap::Args)]
#[command(after_help = "\
Brings back the fields, labels and dates of the last version. Its grants are named in a notice and
not restored; references to it stay deleted.

Examples:
  credctl history
      what can be restored
  credctl restore db")]
pub struct RestoreArgs {
    /// The id of a credential that was deleted
    id: String,
    #[command(flatten)]
    write: WriteArgs,
}

pub fn rollback(context: &Context, args: &RollbackArgs) -> Result<(), Error> {
    let roll_back = |vault: &mut Transaction<'_>| Ok(vault.roll_back(&args.id, args.revision)?);
    let written = session::write(context, args.write.dry_run, roll_back)?;
    told(context, "rolled back", &written, args.write.dry_run)
}

pub fn restore(context: &Context, args: &RestoreArgs) -> Result<(), Error> {
    let written = session::write(context, args.write.dry_run, |vault| Ok(vault.restore(&args.id)?))?;
    told(context, "restored", &written, args.write.dry_run)
}

fn told(context: &Context, done: &str, written: &Outcome<Changed>, dry_run: bool) -> Result<(), Error> {
    let told = Told {
        done,
        changed: &written.answer,
        references: &[],
        deployment: &written.deployment,
        dry_run,
        extra: Object::new(),
    };
    answer::changed(context, told)
}
