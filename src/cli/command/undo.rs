//! `undo`: undoes the last change of the vault.

use credctl::value::{Object, Value};
use credctl::vault::Difference;

use crate::cli::context::Context;
use crate::cli::error::{Error, Failure};
use crate::cli::options::WriteArgs;
use crate::cli::{deployment, output, session};

#[derive(Debug, clap::Args)]
#[command(after_help = "\
credctl returns the whole vault to its state before the last change, be it of
one credential, of many, or of a grant. A second undo makes the change again.

Examples:
  credctl undo --dry-run
  credctl undo")]
pub struct Args {
    #[command(flatten)]
    write: WriteArgs,
}

pub fn run(context: &Context, args: &Args) -> Result<(), Error> {
    if !context.settings.scope().is_admin() {
        return Err(Error::new(Failure::Forbidden, "only admin can undo a change of the whole vault")
            .hint("leave out --project, or use `credctl rollback`"));
    }
    let written = if args.write.dry_run {
        session::store(context)?.try_undo()?
    } else {
        session::store(context)?.undo()?
    };
    let word = |difference: Difference| match difference {
        Difference::Added => "restored",
        Difference::Changed => "changed back",
        Difference::Deleted => "removed",
    };
    let message = match &written.answer[..] {
        [] => "undone; it was a change of policies, users, references or environments".to_owned(),
        changes => {
            let some: Vec<_> = changes
                .iter()
                .take(5)
                .map(|(id, difference)| format!("{id} {}", word(*difference)))
                .collect();
            let more =
                if changes.len() > 5 { format!(", and {} more", changes.len() - 5) } else { String::new() };
            format!("undone: {}{more}", some.join(", "))
        }
    };
    let results = written.answer.iter().map(|(id, difference)| {
        Value::from(Object::from_iter([
            ("id", Value::text(id.as_str())),
            ("change", Value::text(word(*difference))),
        ]))
    });
    let mut answer = Object::from_iter([("results", Value::List(results.collect()))]);
    answer.insert("message", Value::text(message.as_str()));
    answer.insert("deploymentResult", deployment::document(&written.deployment));
    if args.write.dry_run {
        answer.insert("dryRun", true);
    }
    output::message(&context.settings, &answer, &message)
}
