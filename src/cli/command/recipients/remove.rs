//! `recipients remove`.

use credctl::store::{Membership, Preview, RecipientRemoval};
use credctl::value::{Object, Value};
use credctl::vault::RosterMember;

use crate::cli::context::Context;
use crate::cli::error::Error;
use crate::cli::options::WriteArgs;
use crate::cli::{answer, output, rekeying, rotation};

#[derive(Debug, clap::Args)]
#[command(after_help = "\
A removed recipient cannot open the new vault, but can still open copies of the
old one. That includes the .bak file beside the vault, until credctl has opened
the new vault. credctl therefore marks each credential with a secret or an
attachment with rotateRequired, and prints their number; -o json has every id.
Use --no-rotate only if you alone had the removed key.

If no known identity opens the new vault, credctl asks for the name of the vault
file, or needs --yes.

Examples:
  credctl recipients remove Ada
  credctl recipients remove age1… -n
  credctl recipients remove Ada -o json
  credctl list --filter \"rotateRequired eq true\"")]
pub struct Args {
    /// The names or keys of the recipients
    #[arg(value_name = "NAME|R", required = true)]
    recipients: Vec<String>,
    /// Do not mark the secrets that they could read
    #[arg(long)]
    no_rotate: bool,
    #[command(flatten)]
    pub(super) write: WriteArgs,
}

pub(super) fn run(context: &Context, args: &Args, mut seen: Preview) -> Result<Option<()>, Error> {
    let Context { settings, ui, .. } = context;
    let mut members = Membership::of(&mut seen)?;
    for who in &args.recipients {
        if let RecipientRemoval::Already(member) = members.remove(who, &seen)? {
            // as after a call that was killed before its end
            ui.notice(&format!("{} was removed already", member.shown()));
        }
    }
    let removed = members.removed();
    let mut change = members.into_change(&ui.age_plugins(settings))?;
    change.marks = !args.no_rotate;
    let mut answer = Object::from_iter([("vault", Value::text(settings.vault()?.display().to_string()))]);
    change.lockset.describe(&mut answer);
    let is_changed = !removed.is_empty();
    let report = rekeying::change_or_settle(context, seen, &change, is_changed, &args.write)?;
    let Some(report) = report else { return Ok(None) };
    if !is_changed {
        ui.hint(rotation::LISTING);
    }
    report.put_into(&mut answer, &args.write);
    let shown: Vec<&str> = removed.iter().map(RosterMember::shown).collect();
    let message = if shown.is_empty() {
        "nothing to remove".to_owned()
    } else {
        format!("removed {}", answer::few(&shown))
    };
    output::message(settings, &answer, &message, &report.lines(&args.write))?;
    report.tell(ui, &args.write);
    Ok(Some(()))
}
