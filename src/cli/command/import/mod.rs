//! `import`: takes over the credentials of other programs.

mod archive;
mod args;
mod database;
mod decrypt;
mod large;
mod read;
mod report;

use credctl::value::Value;

use crate::cli::answer;
use crate::cli::context::Context;
use crate::cli::error::Error;
use crate::cli::session;
pub use args::Args;
use report::ImportAnswer;

pub fn run(context: &Context, args: &Args) -> Result<(), Error> {
    let Context { settings, ui, .. } = context;
    let (name, import) = read::read(context, args)?;
    let dry_run = args.write.dry_run;
    ui.notices(&import.notices);
    let mut import = Some(import);
    let written = session::write(context, dry_run, |vault| {
        let import = match import.take() {
            Some(import) => import,
            // others changed the vault meanwhile
            None => read::again(context, args)?,
        };
        let mut report = ImportAnswer::new(dry_run);
        let summary = vault.import_each(import, args.options(), |item| report.add(item))?;
        Ok(report.finish(summary))
    })?;
    let (bulk, notices, replaces) = written.answer;
    ui.notices(&notices);
    if replaces {
        answer::undo_hint(settings, ui);
    }
    bulk.with("format", Value::text(name)).finish(settings, ui, dry_run, &written.deployment)
}
