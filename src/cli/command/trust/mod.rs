//! `trust`: how the vault differs from what this machine knows, and the acceptance of it.

mod difference;

use credctl::value::{Object, Value};

use crate::cli::context::Context;
use crate::cli::error::{Error, Failure};
use crate::cli::options::WriteArgs;
use crate::cli::{output, session};

use difference::TrustDifference;

#[derive(Debug, clap::Args)]
#[command(after_help = "\
credctl remembers each vault that it opens on this machine: the highest
generation, the recipients, the signers, and a digest of its seal, a secret that
only its readers know. It refuses a file that is older than that, that does not
follow from it, or that was made without the seal.

`credctl trust` shows the difference, and asks if this machine should accept the
file. Accept it only if you know why it differs: you restored a backup, replaced
the vault, or edited its text by hand. The file itself does not change.

With -o json, the answer has these members:

  vault        the path
  differs      true if there is something to accept
  accepted     true if this call accepted the file
  reason       the reason why credctl refuses the file, if it does
  known        what this machine remembers: id, generation, seenAt, since,
               recipients, signers
  found        what the file has: id, bundle, generation, modifiedAt,
               seal (same, renewed, different, missing or unknown),
               recipients and signers, each with known (true or false)

Examples:
  credctl trust --dry-run
  credctl trust")]
pub struct Args {
    #[command(flatten)]
    write: WriteArgs,
}

pub fn run(context: &Context, args: &Args) -> Result<(), Error> {
    let Context { settings, ui, .. } = context;
    let Some(mut unjudged) = session::store_alone(context)?.look_unjudged()? else {
        return Err(Error::new(Failure::Io, "this machine has no folder to remember vaults in")
            .hint("set XDG_STATE_HOME or HOME to a folder that you own"));
    };
    let difference = TrustDifference::of(&mut unjudged)?;
    let (differs, generation) = (!unjudged.is_known(), unjudged.vault.generation());
    let mut answer = Object::from_iter([("vault", Value::text(settings.vault()?.display().to_string()))]);
    answer.insert("differs", differs);
    answer.insert("accepted", differs && !args.write.dry_run);
    difference.describe(&mut answer);
    let sheet = difference.sheet(settings, ui);
    if !differs {
        let message = format!("nothing to accept: this machine knows generation {generation}");
        return output::message(settings, &answer, &message, &sheet);
    }
    if args.write.dry_run {
        answer.insert("dryRun", true);
        let message = format!("would accept generation {generation} as the vault");
        return output::message(settings, &answer, &message, &sheet);
    }
    let mut details = sheet.as_str();
    if !args.write.yes {
        let prompter = ui
            .confirmer("accept the vault")
            .map_err(|error| error.hint("credctl trust --dry-run  shows the difference"))?;
        ui.say(sheet.trim_end());
        details = "";
        if !prompter.confirm("Accept this file as the vault on this machine?")? {
            return Err(Error::usage("nothing was accepted"));
        }
    }
    unjudged.accept()?;
    let message = format!("accepted generation {generation} as the vault on this machine");
    output::message(settings, &answer, &message, details)
}
