//! `recipients rename`.

use credctl::store::{Membership, Preview};

use crate::cli::context::Context;
use crate::cli::error::Error;
use crate::cli::options::WriteArgs;
use crate::cli::{output, rekeying};

#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  credctl recipients rename age1… Ada
  credctl recipients rename Ada \"Ada (laptop)\"")]
pub struct Args {
    /// The name or key of the recipient
    #[arg(value_name = "NAME|R")]
    recipient: String,
    /// The new name
    #[arg(value_name = "NEW")]
    name: String,
    #[command(flatten)]
    pub(super) write: WriteArgs,
}

pub(super) fn run(context: &Context, args: &Args, mut seen: Preview) -> Result<Option<()>, Error> {
    let Context { settings, ui, .. } = context;
    let mut members = Membership::of(&mut seen)?;
    let (member, before) = members.rename(&args.recipient, &args.name)?;
    let is_changed = members.is_changed();
    let change = members.into_change(&ui.age_plugins(settings))?;
    let report = rekeying::change_or_settle(context, seen, &change, is_changed, &args.write)?;
    let Some(report) = report else { return Ok(None) };
    let mut answer = rekeying::document(&member);
    report.put_into(&mut answer, &args.write);
    let message = if is_changed {
        format!("renamed {} to {}", before.unwrap_or(member.recipient), args.name)
    } else {
        format!("nothing to rename: the name is {} already", args.name)
    };
    output::message(settings, &answer, &message, "")?;
    Ok(Some(()))
}
