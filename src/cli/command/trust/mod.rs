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
Each machine remembers the vaults that it has opened: the highest generation, a
digest of the secret that all readers share, the recipients and the signers. It
refuses a file that is older, that does not follow from what it has seen, or
that somebody made who could not read the vault.

`credctl trust` shows the difference. After a question, this machine takes the
file for the vault from then on. Accept it only if you know why it differs: you
have restored a backup, replaced the vault, or edited the text by hand. Nothing
changes in the file.

With -o json, the answer has these members:

  vault        the path
  differs      true if there is something to accept
  accepted     true if it was accepted now
  reason       the reason why the vault is refused, if it is
  known        what this machine remembers: id, generation, seenAt, since,
               recipients, signers
  found        the file as it is: id, bundle, generation, modifiedAt,
               readersSecret (same, renewed, other, missing or unknown),
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
    let Some(mut unjudged) = session::store(context)?.look_unjudged()? else {
        return Err(Error::new(Failure::Io, "this machine keeps no memory of vaults")
            .hint("set XDG_STATE_HOME or HOME to a folder of your own"));
    };
    let difference = TrustDifference::of(&mut unjudged)?;
    let (differs, generation) = (!unjudged.is_known(), unjudged.vault.generation());
    let mut answer = Object::from_iter([("vault", Value::text(settings.vault()?.display().to_string()))]);
    answer.insert("differs", differs);
    answer.insert("accepted", differs && !args.write.dry_run);
    difference.describe(&mut answer);
    let sheet = difference.sheet(settings, ui);
    if !differs {
        let message = format!("nothing to accept: this machine knows generation {generation} of the vault");
        return output::message(settings, &answer, &message, &sheet);
    }
    if args.write.dry_run {
        answer.insert("dryRun", true);
        let message = format!("would accept generation {generation} as the vault");
        return output::message(settings, &answer, &message, &sheet);
    }
    let mut details = sheet.as_str();
    if !args.write.yes {
        let Some(prompter) = ui.prompter() else {
            return Err(Error::usage(
                "refusing to accept the vault without confirmation: there is no terminal",
            )
            .hint("`credctl trust --dry-run` shows the difference")
            .hint("add --yes to accept it"));
        };
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
