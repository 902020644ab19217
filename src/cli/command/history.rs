//! `history`, `rollback`, `restore`, `purge`, `undo`: earlier versions of credentials and of the vault.

use credctl::credential::{ADMIN, Changed, Credential, restore as restored};
use credctl::kind::rule::time;
use credctl::value::{Object, Value};
use credctl::vault::{Difference, Vault, Version};

use crate::cli::answer::{self, Told};
use crate::cli::args::WriteArgs;
use crate::cli::context::Context;
use crate::cli::error::{Error, Kind};
use crate::cli::output::{self, Columns};
use crate::cli::session::{self, Written};

#[derive(Debug, clap::Args)]
#[command(after_help = "\
Each credential keeps its last 10 versions in the vault, or as many as `history` in config.toml says,
also when it is deleted. Secrets are never shown here: `credctl get ID --revision N --reveal` shows
those of a version.

Examples:
  credctl history db
  credctl history
      what was deleted and can be restored
  credctl rollback db --revision 3")]
pub struct Args {
    /// The id; without it, what was deleted
    id: Option<String>,
}

#[derive(Debug, clap::Args)]
#[command(after_help = "\
Makes an earlier version the current one again, as a new revision. What the credential was granted to
and what refers to it stays as it is now, and so does its project.

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

#[derive(Debug, clap::Args)]
#[command(after_help = "\
Forgets earlier versions for good, deleted credentials among them, and removes the .bak file beside the
vault, which has them too. Copies of the vault that are elsewhere still have them.

Examples:
  credctl purge db
  credctl purge --all -y")]
pub struct PurgeArgs {
    /// The ids
    #[arg(required_unless_present = "all", conflicts_with = "all")]
    ids: Vec<String>,
    /// The earlier versions of every credential
    #[arg(long)]
    all: bool,
    /// Do not ask
    #[arg(short, long)]
    yes: bool,
    #[command(flatten)]
    write: WriteArgs,
}

#[derive(Debug, clap::Args)]
#[command(after_help = "\
Puts the whole vault back to what it was before the last change, be it of one credential, of many, or
of a grant. To undo twice is to do it again.

Examples:
  credctl undo --dry-run
  credctl undo")]
pub struct UndoArgs {
    #[command(flatten)]
    write: WriteArgs,
}

const COLUMNS: Columns = Columns {
    table: &["id", "revision", "updatedAt", "changed", "replacedAt", "deleted"],
    wide: &[
        "id",
        "type",
        "revision",
        "updatedAt",
        "modifiedBy",
        "changed",
        "replacedAt",
        "replacedBy",
        "deleted",
    ],
};

pub fn run(context: &Context, args: &Args) -> Result<(), Error> {
    let mut vault = session::read(context)?;
    let Some(id) = &args.id else {
        let mut deleted = vault.deleted()?;
        deleted.retain(|version| session::sees(context, version.credential.head()));
        let items = deleted.iter().map(|version| item(&version.credential, Some(version), None)).collect();
        return output::items(context, Object::new(), "items", items, &COLUMNS);
    };
    let current = match session::find(context, &mut vault, id, true) {
        Ok(current) => Some(current),
        Err(error) if error.kind() == Kind::NotFound => None,
        Err(error) => return Err(error),
    };
    let id = current.as_ref().map_or(id.as_str(), Credential::id);
    let versions = session::versions(context, &mut vault, id)?;
    if current.is_none() && versions.is_empty() {
        return Err(Error::not_found(id));
    }
    let mut items = Vec::with_capacity(versions.len() + 1);
    let mut before: Option<&Credential> = None;
    for version in &versions {
        items.push(item(&version.credential, Some(version), before));
        before = Some(&version.credential);
    }
    items.extend(current.as_ref().map(|current| item(current, None, before)));
    // the newest first, as one looks for it
    items.reverse();
    output::items(context, Object::new(), "items", items, &COLUMNS)
}

/// A version in a list: when it was made, what it changed by name, and when it ended.
fn item(credential: &Credential, version: Option<&Version>, before: Option<&Credential>) -> Object {
    let (head, stamp) = (credential.head(), &credential.head().stamp);
    let mut shown = Object::from_iter([
        ("id", Value::text(head.id.as_str())),
        ("type", Value::text(head.kind.name)),
        ("revision", Value::from(stamp.revision)),
        ("updatedAt", Value::text(time::format(stamp.updated_at))),
        ("modifiedBy", Value::text(stamp.modified_by.to_string())),
    ]);
    let same_instance = |before: &&Credential| before.head().stamp.instance_id == stamp.instance_id;
    if let Some(before) = before.filter(same_instance) {
        shown.insert("changed", Value::texts(credential.differs_in(before)));
    }
    if let Some(version) = version {
        shown.insert("replacedAt", Value::text(time::format(version.replaced_at)));
        shown.insert("replacedBy", Value::text(version.replaced_by.to_string()));
    }
    shown.insert("current", version.is_none());
    shown.insert("deleted", version.is_some_and(|version| version.deleted));
    shown
}

pub fn rollback(context: &Context, args: &RollbackArgs) -> Result<(), Error> {
    session::administrator(context)?;
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
    session::administrator(context)?;
    let written = session::write(context, args.write.dry_run, |vault: &mut Vault| {
        if vault.contains(&args.id)? {
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

pub fn purge(context: &Context, args: &PurgeArgs) -> Result<(), Error> {
    session::administrator(context)?;
    if args.all && context.project != ADMIN {
        return Err(Error::new(Kind::Forbidden, "only admin can purge all projects"));
    }
    if !args.yes && !args.write.dry_run {
        let Some(prompter) = context.prompter() else {
            return Err(Error::usage("purging needs a confirmation and there is nobody to ask")
                .hint("--yes confirms it"));
        };
        let what = if args.all { "all credentials".to_owned() } else { args.ids.join(", ") };
        let question = format!("Forget the earlier versions of {what} for good?");
        if !prompter.confirm(&output::sanitize::line(&question))? {
            return Err(Error::usage("nothing was purged"));
        }
    }
    let written = session::write(context, args.write.dry_run, |vault: &mut Vault| {
        let mut kept = vault.versioned()?;
        if args.all {
            vault.purge_all();
            return Ok(kept);
        }
        kept.retain(|(id, _)| args.ids.contains(id));
        for id in &args.ids {
            let none = || Error::new(Kind::NotFound, format!("there are no earlier versions of {id}"));
            let last = vault.versions(id)?.pop().ok_or_else(none)?.credential;
            let last = vault.find(id)?.unwrap_or(last);
            if !session::sees(context, last.head()) {
                return Err(none());
            }
            session::check_own(context, last.head())?;
            vault.purge(id);
        }
        Ok(kept)
    })?;
    let total: usize = written.answer.iter().map(|(_, count)| count).sum();
    let message = format!("purged {total} earlier versions of {} credentials", written.answer.len());
    let purged = written.answer.into_iter().map(|(id, count)| {
        Value::from(Object::from_iter([("id", Value::text(id)), ("versions", Value::from(count as u64))]))
    });
    let mut answer = Object::from_iter([("purged", Value::List(purged.collect()))]);
    answer.insert("message", Value::text(message.as_str()));
    answer.insert("deploymentResult", written.deployment.document());
    if args.write.dry_run {
        answer.insert("dryRun", true);
    }
    output::message(context, &answer, &message)
}

pub fn undo(context: &Context, args: &UndoArgs) -> Result<(), Error> {
    session::administrator(context)?;
    if context.project != ADMIN {
        return Err(Error::new(Kind::Forbidden, "a change of the whole vault can be undone by admin only")
            .hint("leave out --project, or use `credctl rollback`"));
    }
    let written = session::undo(context, args.write.dry_run)?;
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
    answer.insert("deploymentResult", written.deployment.document());
    if args.write.dry_run {
        answer.insert("dryRun", true);
    }
    output::message(context, &answer, &message)
}
