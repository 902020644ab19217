//! `undo`: undoes the last change of the vault.

use credctl::store::Undone;
use credctl::value::{Object, Value};
use credctl::vault::Difference;

use crate::cli::context::Context;
use crate::cli::error::{Error, Failure};
use crate::cli::options::WriteArgs;
use crate::cli::{answer, deployment, diff, output, session};

#[derive(Debug, clap::Args)]
#[command(after_help = "\
credctl returns the whole vault to its state before the last change. A second
undo makes the change again. The counters of one-time passwords do not go back,
so that credctl prints no code twice.

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
        session::store_to_change(context, false)?.undo()?
    };
    let word = |difference: Difference| match difference {
        Difference::Added => "restored",
        Difference::Changed => "changed back",
        Difference::Deleted => "removed",
    };
    let mut message = match &written.answer[..] {
        [] => "undone; it was a change of types, policies, users, references or environments".to_owned(),
        changes => {
            let named = changes.iter().map(|one| format!("{} {}", one.id, word(one.difference)));
            format!("undone: {}", answer::few(&named.collect::<Vec<_>>()))
        }
    };
    let kept: Vec<String> = written
        .answer
        .iter()
        .flat_map(|one| one.counters.iter().map(|kept| format!("{} {}", one.id, kept.field)))
        .collect();
    if !kept.is_empty() {
        message.push_str(&format!("; counters that stay: {}", answer::few(&kept)));
    }
    let results = written.answer.iter().map(|one| {
        Value::from(Object::from_iter([
            ("id", Value::text(one.id.as_str())),
            ("change", Value::text(word(one.difference))),
        ]))
    });
    let mut details = String::new();
    for Undone { id, changes, .. } in written.answer.iter().filter(|one| !one.changes.is_empty()) {
        details.push_str(&format!("{}\n", output::sanitize::line(id)));
        details.push_str(&diff::lines(&context.settings, &context.ui, changes, &[]));
    }
    let mut document = Object::from_iter([("results", Value::List(results.collect()))]);
    document.insert("message", Value::text(message.as_str()));
    document.insert("deploymentResult", deployment::document(&written.deployment));
    if args.write.dry_run {
        document.insert("dryRun", true);
    }
    output::message(&context.settings, &document, &message, &details)
}
