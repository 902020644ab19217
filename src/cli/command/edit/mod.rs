//! `edit`: changes a credential in the editor of the operator.
//!
//! `shown.rs` is the credential as the editor shows it, `sheet.rs` the text with its comments, `reading.rs` the
//! change that an edited text asks for, `written.rs` its values, and `remark.rs` the comments on what is wrong with it. `rounds.rs` runs
//! the editor until the text is valid or given up.

mod comments;
mod reading;
mod remark;
mod rounds;
mod sheet;
mod shown;
mod written;

use credctl::credential::{Changed, Credential, Draft};
use credctl::store::{Outcome, Preview, ValueReader};
use credctl::vault::Reference;

use crate::cli::answer::{self, ChangeReport};
use crate::cli::context::Context;
use crate::cli::error::{Error, Failure};
use crate::cli::options::{TargetArgs, WriteArgs};
use crate::cli::{pick, session};
use rounds::{Edited, Editing};

#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  credctl edit wiki
  credctl edit wiki --reveal
      shows the secrets, too
  EDITOR='code --wait' credctl edit wiki

The editor of VISUAL or EDITOR gets a YAML file in memory, which credctl removes
at the end. A secret shows as ••••••: leave it so to keep it, or write the new
secret in its place. Remove the line of an optional field to remove the field.
credctl shows what is wrong as comments in the file, and opens it again. An
unchanged or empty file changes nothing.

On a terminal, credctl shows a list to choose from if you give no id, or a word
that is no id.")]
pub struct Args {
    /// The id of the credential; on a terminal, a word to choose by
    id: Option<String>,
    /// Show the secrets in the editor
    #[arg(long)]
    reveal: bool,
    /// Show secrets even of a credential that must not be used now
    #[arg(long, requires = "reveal")]
    force: bool,
    #[command(flatten)]
    target: TargetArgs,
    #[command(flatten)]
    write: WriteArgs,
}

pub fn run(context: &Context, args: &Args) -> Result<(), Error> {
    pick::check(context, args.id.as_slice())?;
    let (mut seen, mut stored) = find(context, args, args.id.as_deref())?;
    let mut editing = Editing::begin(context, &stored, args.reveal)?;
    loop {
        let Edited::Change(draft) = editing.edit(&stored)? else {
            context.ui.notice(&format!("{} is unchanged", stored.id()));
            return Ok(());
        };
        match save(context, args, seen, &stored, &draft) {
            Ok(written) => return answer(context, args, &written),
            Err(error) if error.kind() == Failure::Stale => {
                (seen, stored) = again(context, args, &stored, error)?;
                editing.rebase(&stored)?;
            }
            Err(error) => return Err(error),
        }
    }
}

/// Reads the credential before the editor opens: whatever can be refused is refused now.
fn find(context: &Context, args: &Args, id: Option<&str>) -> Result<(Preview, Credential), Error> {
    let mut seen = session::preview(context, args.write.dry_run)?;
    let (by_name, condition) = (args.target.by_name, args.target.if_match.as_deref());
    let id = pick::to_change(context, &mut seen.vault, id, by_name, &|_| true)?;
    let stored = context.settings.scope().find_as_seen(&mut seen.vault, &id, by_name, condition)?;
    if args.reveal {
        let reader = ValueReader::new(&context.settings.terms, args.force);
        reader.check_usable(&stored).map_err(|error| {
            Error::from(error)
                .with_hint(format!("`credctl edit --reveal --force {}` shows them", stored.id()))
        })?;
    }
    Ok((seen, stored))
}

/// Makes the change, if the credential is still the one that the editor showed.
fn save(
    context: &Context,
    args: &Args,
    seen: Preview,
    stored: &Credential,
    draft: &Draft,
) -> Result<Outcome<(Changed, Vec<Reference>)>, Error> {
    let etag = stored.head().stamp.etag.to_string();
    session::write_previewed(context, Some(seen), args.write.dry_run, |vault| {
        let changed = vault.patch(stored.id(), draft.clone(), Some(&etag))?;
        answer::check(&context.settings, &changed)?;
        let references = vault.references(changed.credential.id())?;
        Ok((changed, references))
    })
}

/// Asks the operator to look at a credential that somebody else has changed while the editor was open, and reads
/// it again. Fails with the error if the operator does not want to, or cannot be asked.
fn again(
    context: &Context,
    args: &Args,
    old: &Credential,
    error: Error,
) -> Result<(Preview, Credential), Error> {
    let Some(prompter) = context.ui.prompter() else { return Err(error) };
    let (seen, stored) = find(context, args, Some(old.id()))?;
    let changed = stored.differs_in(old).join(", ");
    let question =
        format!("{} was changed meanwhile ({changed}). Edit your text on top of that?", stored.id());
    if prompter.confirm(&question)? { Ok((seen, stored)) } else { Err(error) }
}

fn answer(context: &Context, args: &Args, written: &Outcome<(Changed, Vec<Reference>)>) -> Result<(), Error> {
    let (changed, references) = &written.answer;
    let told = ChangeReport::new("updated", changed, &written.deployment, args.write.dry_run);
    answer::changed(&context.settings, &context.ui, told.referred(references))
}
