//! `history`: the earlier versions of a credential, and the deleted credentials.

mod steps;

use credctl::credential::{Credential, Head};
use credctl::time;
use credctl::value::{Object, Value};
use credctl::vault::Version;

use crate::cli::context::Context;
use crate::cli::error::Error;
use crate::cli::options::Form;
use crate::cli::output::{self, Columns};
use crate::cli::people::People;
use crate::cli::{pick, session};
use steps::HistoryStep;

#[derive(Debug, clap::Args)]
#[command(after_help = "\
The vault keeps the last 10 versions of each credential, even of a deleted one;
`history` in config.toml sets another number. credctl history never shows
secrets: `credctl get ID --revision N --reveal` shows those of a version.

Examples:
  credctl history db
  credctl history db --diff
      shows what each version changed; a secret is only \"(changed)\"
  credctl history
      lists the deleted credentials that can be restored
  credctl rollback db --revision 3")]
pub struct Args {
    /// The id of a credential; without an id, list the deleted ones
    id: Option<String>,
    /// Show what each version changed, in the place of the table
    #[arg(long, requires = "id")]
    diff: bool,
}

const COLUMNS: Columns = Columns {
    table: &["id", "revision", "deleted", "updatedAt", "by", "changed", "replacedAt"],
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
    let Context { settings, ui, .. } = context;
    if args.diff && matches!(settings.form, Form::Csv | Form::Tsv | Form::Name) {
        return Err(Error::usage("--diff has no form for csv, tsv and name").hint("use -o json"));
    }
    let mut vault = session::read(context)?;
    let people = People::read(settings.act().actor, &mut vault)?;
    let print = |items: Vec<Object>| {
        let for_people = output::is_for_people(settings);
        let items = items.into_iter().map(|item| if for_people { named(item, &people) } else { item });
        output::items(settings, ui, Object::new(), "items", items.collect(), &COLUMNS)
    };
    let Some(id) = &args.id else {
        let mut deleted = vault.deleted()?;
        deleted.retain(|version| settings.scope().sees(&version.credential));
        let items = deleted.iter().map(|version| item(&version.credential, Some(version), None)).collect();
        print(items)?;
        if deleted.is_empty() {
            let hint = "`credctl history ID` lists the versions of a credential";
            output::nothing(settings, ui, "there are no deleted credentials", hint);
        }
        return Ok(());
    };
    let current = match settings.scope().find(&mut vault, id, true) {
        Ok(current) => Some(current),
        Err(error) if error.is_not_found() && !pick::may_choose(context) => None,
        Err(error) if error.is_not_found() && vault.last_version(id)?.is_some() => None,
        Err(_) => Some(pick::credential(context, &mut vault, std::slice::from_ref(id))?),
    };
    let id = current.as_ref().map_or(id.as_str(), Credential::id);
    let mut items = Vec::new();
    let mut steps = Vec::new();
    let mut before: Option<Credential> = None;
    settings.scope().versions(&mut vault, id, |version| {
        let credential = &version.credential;
        let before_it = before.take().filter(|before| is_same(credential, before));
        steps.extend(args.diff.then(|| HistoryStep::of(credential, before_it.as_ref(), version.deleted)));
        let changed = before_it.map(|before| credential.differs_in(&before));
        items.push(item(credential.head(), Some(&version), changed));
        before = Some(version.credential);
    })?;
    if current.is_none() && items.is_empty() {
        return Err(Error::not_found(id));
    }
    if let Some(current) = &current {
        let before = before.filter(|before| is_same(current, before));
        steps.extend(args.diff.then(|| HistoryStep::of(current, before.as_ref(), false)));
        let changed = before.map(|before| current.differs_in(&before));
        items.push(item::<Credential>(current.head(), None, changed));
    }
    // the newest version comes first
    items.reverse();
    steps.reverse();
    match (args.diff, output::is_for_people(settings)) {
        (true, true) => steps::print(settings, ui, &people, &steps),
        (true, false) => print(items.into_iter().zip(steps).map(|(item, step)| step.inside(item)).collect()),
        (false, _) => print(items),
    }
}

/// Names the people of an entry, for a table.
fn named(mut item: Object, people: &People) -> Object {
    let text = |item: &Object, name: &str| Some(item.get(name)?.as_text()?.expose().to_owned());
    if let Some(by) = text(&item, "modifiedBy") {
        // a name in a record is what its author said; the users of the vault are known
        let own = people.name(&by).or_else(|| text(&item, "modifiedByName"));
        item.insert("by", Value::text(own.unwrap_or_else(|| people.short(&by))));
    }
    for member in ["modifiedBy", "replacedBy"] {
        if let Some(id) = text(&item, member) {
            item.insert(member, Value::text(people.full(&id)));
        }
    }
    let is_deleted = item.get("deleted") == Some(&Value::Bool(true));
    item.insert("deleted", Value::text(if is_deleted { "yes" } else { "no" }));
    item
}

/// Returns true unless the version before is of an older credential of the same id.
fn is_same(credential: &Credential, before: &Credential) -> bool {
    credential.head().stamp.instance_id == before.head().stamp.instance_id
}

/// Makes the entry of a version: its time, the names of the members that it changed, and its end.
fn item<T>(head: &Head, version: Option<&Version<T>>, changed: Option<Vec<String>>) -> Object {
    let stamp = &head.stamp;
    let mut shown = Object::from_iter([
        ("id", Value::text(head.id.as_str())),
        ("type", Value::text(head.kind.name)),
        ("revision", Value::from(stamp.revision)),
        ("updatedAt", Value::text(time::format(stamp.updated_at))),
        ("modifiedBy", Value::text(stamp.modified_by.to_string())),
    ]);
    if let Some(name) = &stamp.modified_by_name {
        shown.insert("modifiedByName", Value::text(name.as_str()));
    }
    if let Some(changed) = changed {
        shown.insert("changed", Value::texts(changed));
    }
    if let Some(version) = version {
        shown.insert("replacedAt", Value::text(time::format(version.replaced_at)));
        shown.insert("replacedBy", Value::text(version.replaced_by.to_string()));
    }
    shown.insert("current", version.is_none());
    shown.insert("deleted", version.is_some_and(|version| version.deleted));
    shown
}
