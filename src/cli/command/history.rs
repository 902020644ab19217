//! `history`: the earlier versions of a credential, and the deleted credentials.

use credctl::credential::Credential;
use credctl::time;
use credctl::value::{Object, Value};
use credctl::vault::Version;

use crate::cli::context::Context;
use crate::cli::error::Error;
use crate::cli::output::{self, Columns};
use crate::cli::session;

#[derive(Debug, clap::Args)]
#[command(after_help = "\
The vault keeps the last 10 versions of each credential, even of a deleted one;
`history` in config.toml sets another number. credctl history never shows
secrets: `credctl get ID --revision N --reveal` shows those of a version.

Examples:
  credctl history db
  credctl history
      lists the deleted credentials that can be restored
  credctl rollback db --revision 3")]
pub struct Args {
    /// The id of a credential; without an id, list the deleted ones
    id: Option<String>,
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
        deleted.retain(|version| context.scope().sees(version.credential.head()));
        let items = deleted.iter().map(|version| item(&version.credential, Some(version), None)).collect();
        return output::items(context, Object::new(), "items", items, &COLUMNS);
    };
    let current = match context.scope().find(&mut vault, id, true) {
        Ok(current) => Some(current),
        Err(error) if error.is_not_found() => None,
        Err(error) => return Err(error.into()),
    };
    let id = current.as_ref().map_or(id.as_str(), Credential::id);
    let versions = context.scope().versions(&mut vault, id)?;
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
    // the newest version comes first
    items.reverse();
    output::items(context, Object::new(), "items", items, &COLUMNS)
}

/// Makes the entry of a version: its time, the names of the members that it changed, and its end.
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
