//! `import`: takes over what other programs keep.

mod read;
mod residents;
mod take;

use std::path::PathBuf;

use clap::ValueEnum;
use credctl::import::PASS;
use credctl::value::Value;

use crate::cli::bulk::Bulk;
use crate::cli::context::Context;
use crate::cli::error::Error;
use crate::cli::options::WriteArgs;
use crate::cli::session;

#[derive(Debug, clap::Args)]
#[command(after_help = format!("\
credctl recognises the format; --format names it where it does not. The answer counts the items and
names those that failed; -o json has a result for each. Notes name what has no place here. An item
without an ID gets one made from its title. What a login has no place for, such as notes and the
seeds of one-time passwords, goes into a key store beside it, ID-extra.

Formats, beside the documents of the systems: {}

Examples:
  credctl import aspire-export.json --dry-run
  credctl import backup.json --on-conflict skip
  credctl import ~/.aws/credentials
  gpg -d passwords.xml.gpg | credctl import - --format keepass-xml
  credctl import ~/.password-store
      a store of pass; of passage with -i ~/.passage/identities beside your own identity
  credctl import accounts.txt --format apinizer-csv --default-email ops@example.org", formats()))]
pub struct Args {
    /// The file, or the folder of a pass or passage store; - is stdin
    #[arg(value_hint = clap::ValueHint::FilePath)]
    file: PathBuf,
    /// What to do with an item whose ID is taken, or whose entry is there: same title, user and host
    #[arg(long, value_name = "WHAT", value_enum, default_value = "fail")]
    on_conflict: OnConflict,
    /// E-mail address of accounts that have none
    #[arg(long, value_name = "E")]
    default_email: Option<String>,
    /// All or nothing
    #[arg(long)]
    atomic: bool,
    #[command(flatten)]
    write: WriteArgs,
}

fn formats() -> String {
    let names: Vec<_> = credctl::import::FORMATS.iter().map(|format| format.name).collect();
    format!("{}, {PASS}", names.join(", "))
}

/// What to do with an item that is there already.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum OnConflict {
    /// The item fails
    Fail,
    /// The stored one stays
    Skip,
    /// The item replaces the stored one
    Replace,
}

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
        // a call of which nothing went well changes nothing
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
