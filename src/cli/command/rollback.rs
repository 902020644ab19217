//! `rollback` and `restore`: making an earlier version the current one, of what is there or was deleted.

use credctl::credential::{Changed, restore as restored};
use credctl::value::Object;
use credctl::vault::Vault;

use crate::cli::answer::{self, Told};
use crate::cli::context::Context;
use crate::cli::error::{Error, Kind};
use crate::cli::options::WriteArgs;
use crate::cli::session::{self, Written};

#[derive(Debug, clap::Args)]
#[command(after_help = "\
Makes an earlier version the current one again, as a new revision. What the credential was granted
to and what refers to it stays as it is now, and so does its project.

Examples:
  credctl rollback db --revision 3")]
pub struct RollbackArgs {
    /// The id
    id: String,
    /// The version; see `credctl history ID`
    #[arg(long, value_name = "N")]
    revision: u64,
    #[command(flatten)]
    write: WriteArgs,
}

#[derive(Debug, clap::Args)]
#[command(after_help = "\
Brings back the fields, labels and dates of the last version. Its grants are named in a notice and
not restored; references to it stay deleted.

Examples:
  credctl history
      what can be restored
  credctl restore db")]
pub struct RestoreArgs {
    /// The id of a credential that was deleted
    id: String,
    #[command(flatten)]
    write: WriteArgs,
}

pub fn rollback(context: &Context, args: &RollbackArgs) -> Result<(), Error> {
    let written = session::write(context, args.write.dry_run, |vault: &mut Vault| {
        let current = session::find_to_change(context, vault, &args.id, false)?;
        let version = session::version(context, vault, &args.id, args.revision)?;
        let mut changed = restored(&version, Some(&current), &context.act(), &context.rules())?;
        session::put(vault, &mut changed, Some(&current))?;
        Ok(changed)
    })?;
    told(context, "rolled back", &written, args.write.dry_run)
}

pub fn restore(context: &Context, args: &RestoreArgs) -> Result<(), Error> {
    let written = session::write(context, args.write.dry_run, |vault: &mut Vault| {
        if let Some(current) = vault.find(&args.id)? {
            if !session::sees(context, current.head()) {
                return Err(Error::not_found(&args.id));
            }
            return Err(Error::new(Kind::Conflict, format!("{} is there and was not deleted", args.id))
                .hint("`credctl rollback` makes an earlier version of it the current one"));
        }
        let last = session::versions(context, vault, &args.id)?.pop();
        let version = last.map(|version| version.credential).ok_or_else(|| {
            Error::new(Kind::NotFound, format!("there is no deleted credential {}", args.id))
                .hint("`credctl history` shows those that there are")
        })?;
        session::check_own(context, version.head())?;
        let mut changed = restored(&version, None, &context.act(), &context.rules())?;
        session::put(vault, &mut changed, None)?;
        let granted = version.head().envelope.granted_in(&context.project, context.now);
        let granted: Vec<_> = granted.map(|grant| grant.to.name.as_str()).collect();
        if !granted.is_empty() {
            changed.notices.push(format!(
                "{} is not granted to {} any more; `credctl grant` grants it again",
                args.id,
                granted.join(", ")
            ));
        }
        for id in session::deleted_belonging(context, vault, changed.credential.id())? {
            let what = format!("{id} belongs to {} and is still deleted", args.id);
            changed.notices.push(format!("{what}; `credctl restore {id}` restores it"));
        }
        Ok(changed)
    })?;
    told(context, "restored", &written, args.write.dry_run)
}

fn told(context: &Context, done: &str, written: &Written<Changed>, dry_run: bool) -> Result<(), Error> {
    let told = Told {
        done,
        changed: &written.answer,
        references: &[],
        deployment: &written.deployment,
        dry_run,
        extra: Object::new(),
    };
    answer::changed(context, told)
}
