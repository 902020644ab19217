//! `list --expiring`: the credentials that expire by an instant.

use credctl::time;
use credctl::value::{Object, Value};

use super::args::Args;
use super::empty::nothing;
use crate::cli::context::Context;
use crate::cli::error::Error;
use crate::cli::options::Form;
use crate::cli::output::{self, Columns};
use crate::cli::{assign, deployment, session};

const COLUMNS: Columns = Columns {
    table: &["id", "type", "user", "state", "expiresAt"],
    wide: &[
        "id",
        "type",
        "connectorType",
        "name",
        "project",
        "state",
        "expiresAt",
        "validUntil",
        "updatedAt",
    ],
};

/// Lists the credentials that expire by an instant, sorted by expiry. Includes those that have expired.
pub(super) fn run(context: &Context, args: &Args, until: &str) -> Result<(), Error> {
    let Context { settings, ui, .. } = context;
    let until = assign::time(settings, "expiring", until)?;
    let conditions = args.conditions(context)?;
    let for_people = matches!(settings.form, Form::Table | Form::Wide);
    let mut found = Vec::new();
    let mut vault = session::read(context)?;
    deployment::tell(ui, session::store(context)?.reach(&mut vault, |_| true)?);
    let mut owned = 0;
    vault.credentials(|credential| {
        owned += u64::from(settings.scope().owns(credential.head()));
        let meant = conditions.takes_whole(&settings.terms, &credential);
        if let Some(end) = credential.expiry().filter(|end| meant && *end <= until) {
            let mut shown = output::metadata(credential.head(), settings.terms.now);
            if for_people {
                shown.insert("type", Value::text(credential.kind().short));
                shown.insert("user", Value::text(credential.headline().unwrap_or_default()));
            }
            shown.insert("expiresAt", Value::text(time::format(end)));
            found.push((end, shown));
        }
    })?;
    if args.count && (for_people || settings.form == Form::Name) {
        return output::text(&format!("{}\n", found.len()));
    }
    found.sort_by_key(|(end, _)| *end);
    let count = found.len() as u64;
    let answer = Object::from_iter([
        ("items", Value::Null),
        ("pageSize", count.into()),
        ("totalItems", count.into()),
        ("continuationToken", Value::Null),
    ]);
    let items = found.into_iter().map(|(_, shown)| shown).collect();
    output::items(settings, ui, answer, "items", items, &COLUMNS)?;
    if for_people && count == 0 {
        nothing(ui, owned);
    } else if for_people {
        ui.footer(&output::count_of(count, owned));
    }
    Ok(())
}
