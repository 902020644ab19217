//! `import`: takes over the credentials of other programs.

mod args;
mod read;
mod residents;
mod take;

use credctl::value::Value;

use crate::cli::bulk::Bulk;
use crate::cli::context::Context;
use crate::cli::error::Error;
use crate::cli::session;
pub use args::Args;

pub fn run(context: &Context, args: &Args) -> Result<(), Error> {
    let (name, mut import) = read::read(context, args)?;
    let dry_run = args.write.dry_run;
    for notice in &import.notices {
        context.notice(notice);
    }
    let mut told = Vec::new();
    let written = session::write(context, dry_run, |vault| {
        let mut bulk = Bulk::new("imported");
        residents::add(args, vault, &mut import, &mut told)?;
        let mut placement = import.place(vault, &context.terms.scope.project)?;
        told.append(&mut placement.notices);
        let mut take = take::Take::new(context, args, &placement);
        for item in std::mem::take(&mut import.items) {
            take.item(vault, item, &mut bulk);
        }
        let failed = take.finish(vault, &mut told)?;
        residents::refer(context, args, vault, std::mem::take(&mut import.references), &failed, &mut told)?;
        // a call in which every item fails changes nothing
        let atomic = args.atomic || bulk.all_failed();
        bulk.settle(vault, atomic);
        Ok(bulk)
    })?;
    for notice in &told {
        context.notice(notice);
    }
    let bulk = written.answer.with("format", Value::text(name));
    bulk.finish(context, dry_run, &written.deployment)
}
