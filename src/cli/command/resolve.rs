//! `resolve`: the choice of one side of a conflict.

use credctl::credential::MEMBERS;
use credctl::store::{ConflictWinner, MergeResolution, Preview, ResolvedConflict, Transaction, conflicts_of};
use credctl::value::{Object, Value, json};
use credctl::vault::OpenConflict;

use crate::cli::context::Context;
use crate::cli::error::Error;
use crate::cli::options::WriteArgs;
use crate::cli::output::Clock;
use crate::cli::people::People;
use crate::cli::prompt::{PromptError, Prompter};
use crate::cli::{answer, conflicting, deployment, output, session};

#[derive(Debug, clap::Args)]
#[command(after_help = "\
The vault has the value of our side while a conflict is open. --ours keeps it,
and --theirs puts the value of their side in its place, as a new revision. If
only one side has a record, the choice decides whether the record stays.
FIELD=ours or FIELD=theirs settles one field; the others stay open.

On a terminal, credctl asks for each field if nothing is chosen. It shows names
and dates, and values only with --reveal.

Examples:
  credctl resolve db --theirs
  credctl resolve db password=theirs username=ours
  credctl resolve policy/fast --ours")]
pub struct Args {
    /// The id of the record, as `credctl conflicts` shows it
    id: String,
    /// Fields with the side whose value stays
    #[arg(value_name = "FIELD=SIDE", conflicts_with_all = ["ours", "theirs"])]
    fields: Vec<String>,
    /// Keep the record of our side
    #[arg(long, conflicts_with = "theirs")]
    ours: bool,
    /// Take the record of their side
    #[arg(long)]
    theirs: bool,
    /// Show the values on the terminal before the question
    #[arg(long, conflicts_with_all = ["ours", "theirs", "fields"])]
    reveal: bool,
    #[command(flatten)]
    write: WriteArgs,
}

pub fn run(context: &Context, args: &Args) -> Result<(), Error> {
    let mut preview = None;
    let choice = match given(args)? {
        Some(choice) => choice,
        None => {
            let Some(prompter) = context.ui.prompter() else {
                return Err(Error::usage("nothing says which side stays")
                    .hint("add --ours, --theirs, or FIELD=ours and FIELD=theirs")
                    .hint("`credctl conflicts` shows the fields"));
            };
            let mut seen = session::preview(context, args.write.dry_run)?;
            let choice = asked(context, prompter, &mut seen, args)?;
            preview = Some(seen);
            choice
        }
    };
    let resolve = |vault: &mut Transaction<'_>| Ok(vault.resolve(&args.id, &choice)?);
    let written = session::write_previewed(context, preview, args.write.dry_run, resolve)?;
    let results = written.answer.iter().map(|one| Value::from(document(one)));
    let mut document = Object::from_iter([("results", Value::List(results.collect()))]);
    document.insert("deploymentResult", deployment::document(&written.deployment));
    if args.write.dry_run {
        document.insert("dryRun", true);
    }
    let open: Vec<String> = written.answer.iter().flat_map(|one| one.open.clone()).collect();
    let is_deleted = written.answer.iter().any(|one| one.is_deleted);
    let mut message = format!("resolved {}", args.id);
    if is_deleted {
        message.push_str(": deleted");
    }
    if !open.is_empty() {
        message.push_str(&format!("; still open: {}", answer::few(&open)));
    }
    output::message(&context.settings, &document, &message, "")
}

/// Returns the choice on the command line.
fn given(args: &Args) -> Result<Option<MergeResolution>, Error> {
    if args.ours || args.theirs {
        let winner = if args.ours { ConflictWinner::Ours } else { ConflictWinner::Theirs };
        return Ok(Some(MergeResolution::All(winner)));
    }
    if args.fields.is_empty() {
        return Ok(None);
    }
    let fields = args.fields.iter().map(|word| {
        let (field, side) = word.rsplit_once('=').unwrap_or((word, ""));
        let winner = match side {
            "ours" => ConflictWinner::Ours,
            "theirs" => ConflictWinner::Theirs,
            _ => return Err(Error::usage("a field needs a side: FIELD=ours or FIELD=theirs")),
        };
        Ok((field.to_owned(), winner))
    });
    Ok(Some(MergeResolution::Fields(fields.collect::<Result<_, _>>()?)))
}

/// Prompts for the side of each field.
fn asked(
    context: &Context,
    prompter: &Prompter,
    seen: &mut Preview,
    args: &Args,
) -> Result<MergeResolution, Error> {
    let Context { settings, ui, .. } = context;
    let conflicts = conflicts_of(&mut seen.vault, &args.id)?;
    let people = People::read(settings.terms.actor, &mut seen.vault)?;
    let clock = Clock::of(settings, ui);
    let ask = |question: &str| -> Result<ConflictWinner, Error> {
        let chosen = prompter.option(question, &["ours", "theirs"])?;
        Ok(if chosen == 0 { ConflictWinner::Ours } else { ConflictWinner::Theirs })
    };
    let mut fields = Vec::new();
    for conflict in &conflicts {
        prompter.tell(&conflicting::line(conflict, &people, clock)).map_err(PromptError::from)?;
        for field in &conflict.fields {
            if args.reveal {
                for (side, value) in values(seen, conflict, field)? {
                    prompter.tell(&format!("  {side}: {value}")).map_err(PromptError::from)?;
                }
            }
            fields.push((field.clone(), ask(&format!("Keep {field} of ours or theirs?"))?));
        }
    }
    if fields.is_empty() {
        return Ok(MergeResolution::All(ask("Keep the record of ours or theirs?")?));
    }
    Ok(MergeResolution::Fields(fields))
}

/// Returns the values of a field on both sides, each with the name of the side.
fn values(
    seen: &mut Preview,
    conflict: &OpenConflict,
    field: &str,
) -> Result<[(&'static str, String); 2], Error> {
    let path: Vec<&str> = field.split('.').collect();
    let ours = seen.vault.find(&conflict.id)?;
    let ours = ours.as_ref().and_then(|ours| {
        let member = MEMBERS.iter().find(|member| member.name() == path[0]);
        let member = member.and_then(|member| member.value(ours.head(), ours.head().stamp.updated_at));
        let value = Value::from(ours.fields().clone());
        value.at(&path).cloned().or(member)
    });
    let theirs = conflict.their_record().map(|record| Value::from(record.clone()));
    let theirs = theirs.as_ref().and_then(|record| {
        let fields = record.at(&["fields"]).and_then(|fields| fields.at(&path));
        fields.or_else(|| record.at(&path)).or_else(|| record.at(&path[..1]))
    });
    Ok([("ours", shown(ours.as_ref())), ("theirs", shown(theirs))])
}

fn shown(value: Option<&Value>) -> String {
    match value {
        Some(Value::Text(text)) => text.expose().to_owned(),
        Some(other) => {
            let mut text = Vec::new();
            // memory takes everything
            let _ = json::write(other, &mut text);
            String::from_utf8_lossy(&text).into_owned()
        }
        None => "(not set)".to_owned(),
    }
}

fn document(resolved: &ResolvedConflict) -> Object {
    let mut document = Object::from_iter([
        ("id", Value::text(resolved.conflict.name())),
        ("record", Value::text(resolved.conflict.record.name())),
    ]);
    document.insert("deleted", resolved.is_deleted);
    document.insert("open", Value::texts(resolved.open.iter().map(String::as_str)));
    document
}
