//! `tidy`: puts what earlier imports kept beside logins into the logins.

use credctl::store::Fold;
use credctl::value::{Object, Value};

use crate::cli::context::Context;
use crate::cli::error::Error;
use crate::cli::options::WriteArgs;
use crate::cli::{answer, deployment, output, session};

#[derive(Debug, clap::Args)]
#[command(after_help = "\
Earlier imports kept notes, seeds of one-time passwords and other values of a
login in a key store beside it, ID-extra. This command puts them into the fields
notes, totp, url and custom.NAME of the login, and deletes the key store. A key
store stays if the login has another value in a field, or if the change would
lose anything else.

Examples:
  credctl tidy --dry-run
  credctl tidy -y")]
pub struct Args {
    #[command(flatten)]
    write: WriteArgs,
}

pub fn run(context: &Context, args: &Args) -> Result<(), Error> {
    let Context { settings, ui, .. } = context;
    let mut seen = None;
    if !args.write.yes && !args.write.dry_run {
        let found = seen.insert(session::preview(context, args.write.dry_run)?);
        let folds = settings.scope().folds(&mut found.vault)?;
        let logins: Vec<&str> =
            folds.iter().filter(|fold| fold.moved.is_ok()).map(|fold| fold.login.as_str()).collect();
        if !logins.is_empty() {
            let prompter = ui
                .confirmer("tidy")
                .map_err(|error| error.hint("credctl tidy --dry-run  shows what would change"))?;
            let what = match logins.len() {
                1 => "1 key store into its login".to_owned(),
                count => format!("{count} key stores into their logins"),
            };
            let question = format!("Fold {what} ({})?", answer::few(&logins));
            if !prompter.confirm(&output::sanitize::line(&question))? {
                return Err(Error::usage("nothing was tidied"));
            }
        }
    }
    let written = session::write_previewed(context, seen, args.write.dry_run, |vault| Ok(vault.tidy()?))?;
    let folds = written.answer;
    let count = folds.iter().filter(|fold| fold.moved.is_ok()).count();
    let message = match count {
        0 => "nothing to tidy".to_owned(),
        1 => "tidied 1 login".to_owned(),
        count => format!("tidied {count} logins"),
    };
    let details: String = folds.iter().map(line).collect();
    let mut answer = Object::from_iter([("results", Value::List(folds.into_iter().map(result).collect()))]);
    answer.insert("message", Value::text(message.as_str()));
    answer.insert("deploymentResult", deployment::document(&written.deployment));
    if args.write.dry_run {
        answer.insert("dryRun", true);
    }
    output::message(settings, &answer, &message, &details)?;
    if count > 0 && !args.write.dry_run {
        answer::undo_hint(settings, ui);
    }
    Ok(())
}

/// Returns the line about a key store for people.
fn line(fold: &Fold) -> String {
    let text = match &fold.moved {
        Ok(moved) => format!("{}: {} from {}", fold.login, moved.join(", "), fold.id),
        Err(reason) => format!("{} stays: {reason}", fold.id),
    };
    format!("  {}\n", output::sanitize::line(&text))
}

fn result(fold: Fold) -> Value {
    let mut result = Object::from_iter([
        ("id", Value::text(fold.login)),
        ("tidied", Value::Bool(fold.moved.is_ok())),
        ("from", Value::text(fold.id)),
    ]);
    match fold.moved {
        Ok(moved) => drop(result.insert("fields", Value::texts(moved))),
        Err(reason) => drop(result.insert("reason", Value::text(reason))),
    }
    result.into()
}
