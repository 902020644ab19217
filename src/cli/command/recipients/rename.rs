//! `recipients rename`.

use credctl::store::{Membership, Preview};

use crate::cli::context::Context;
use crate::cli::error::Error;
use crate::cli::options::WriteArgs;
use crate::cli::output;
use crate::cli::rekeying::{self, KeyReport};

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
    write: WriteArgs,
}

pub(super) fn run(context: &Context, args: &Args, mut seen: Preview) -> Result<Option<()>, Error> {
    let Context { settings, ui, .. } = context;
    let mut members = Membership::of(&mut seen)?;
    let (member, before) = members.rename(&args.recipient, &args.name)?;
    let report = if members.is_changed() {
        let change = members.into_change(&ui.age_plugins(settings))?;
        let Some(report) = rekeying::change(context, seen, &change, &args.write)? else { return Ok(None) };
        report
    } else {
        ui.notice("the recipient has this name already");
        KeyReport::default()
    };
    let mut answer = rekeying::document(&member);
    report.put_into(&mut answer, &args.write);
    let before = before.unwrap_or(member.recipient);
    output::message(settings, &answer, &format!("renamed {before} to {}", args.name), "")?;
    Ok(Some(()))
}
