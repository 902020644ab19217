//! The list in our own forms: in one pass as the vault is read, or in an order and in parts.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use credctl::credential::{Credential, Head};
use credctl::kind::Headline;
use credctl::query::Column;
use credctl::store::Conditions;
use credctl::value::Value;
use credctl::vault::{Outline, RecordProblem, Vault};

use super::args::Args;
use super::empty::nothing;
use super::paging;
use crate::cli::context::{Context, Settings};
use crate::cli::error::Error;
use crate::cli::options::Form;
use crate::cli::output::{self, List, ListEntry};
use crate::cli::people::People;
use crate::cli::{deployment, own_types, session};

/// The part of the fields that a list shows.
struct WantedFields<'a> {
    /// The people whom headlines name, if there are headlines.
    people: Option<People>,
    include: Option<&'a [Column]>,
    now: DateTime<Utc>,
}

/// The part of the fields of one credential that a list shows.
#[derive(Default)]
struct ListRow {
    headline: Option<String>,
    values: Vec<Value>,
}

/// Reads the columns of `--include`.
fn columns(context: &Context, text: &str) -> Result<Vec<Column>, Error> {
    own_types::query(context, |types| Column::parse_all_for(text, types))
}

pub(super) fn run(context: &Context, args: &Args) -> Result<(), Error> {
    let Context { settings, ui, .. } = context;
    let conditions = args.conditions(context)?;
    let include = args.include.as_deref().map(|text| columns(context, text)).transpose()?;
    let page = paging::page(settings, args)?;
    let mut vault = session::read(context)?;
    deployment::tell(ui, session::store(context)?.reach(&mut vault, |_| true)?);
    if args.count && matches!(settings.form, Form::Table | Form::Wide | Form::Name) {
        return count(settings, &conditions, &mut vault);
    }
    let is_whole = paging::is_whole(args);
    if is_whole && settings.form == Form::Name && conditions.is_empty() && settings.scope().is_admin() {
        return names(&mut vault);
    }
    let include = include.as_deref();
    let has_headlines = List::has_headlines(settings, include);
    let people = has_headlines.then(|| People::read(settings.act().actor, &mut vault)).transpose()?;
    let wanted = WantedFields { people, include, now: settings.terms.now };
    let mut list = List::new(settings, ui, include)?;
    let (owned, page) = if is_whole {
        (stream(settings, &conditions, &mut vault, &wanted, &mut list)?, None)
    } else {
        let (mut heads, mut rows) = (Vec::new(), HashMap::new());
        let owned = conditions.each(&settings.terms, &mut vault, |mut outline| {
            if let Some(row) = wanted.row(&mut outline)? {
                rows.insert(outline.head().id.clone(), row);
            }
            heads.push(outline.into_head());
            Ok(())
        })?;
        let cut = page.cut(heads);
        // only the answer in JSON has a member for the token
        paging::more_follow(ui, &cut, settings.form == Form::Json);
        let (size, total) = (cut.page_size as u64, cut.total as u64);
        for head in cut.items {
            list.add(rows.remove(&head.id).unwrap_or_default().entry(head))?;
        }
        (owned, Some(output::PageInfo { size, total, token: cut.token }))
    };
    drop(vault);
    let footer = list.footer(owned);
    let none_of = Some(owned).filter(|_| list.is_empty() && output::is_for_people(settings));
    list.print(page)?;
    if let Some(footer) = footer {
        ui.footer(&footer);
    }
    if let Some(owned) = none_of {
        nothing(ui, owned);
    }
    Ok(())
}

/// Adds the items to the list as they are read. Returns the number of all credentials.
fn stream(
    settings: &Settings,
    conditions: &Conditions,
    vault: &mut Vault,
    wanted: &WantedFields<'_>,
    list: &mut List<'_>,
) -> Result<u64, Error> {
    let mut result = Ok(());
    let owned = conditions.each(&settings.terms, vault, |mut outline| {
        if result.is_ok() {
            let row = wanted.row(&mut outline)?.unwrap_or_default();
            result = list.add(row.entry(outline.into_head()));
        }
        Ok(())
    })?;
    result?;
    Ok(owned)
}

impl WantedFields<'_> {
    /// Reads the part of one credential; none if the head is enough for the list.
    fn row(&self, outline: &mut Outline<'_>) -> Result<Option<ListRow>, RecordProblem> {
        if let Some(columns) = self.include {
            let needs_fields = columns.iter().any(Column::needs_fields);
            let values = |head: &Head, credential: Option<&Credential>| -> Vec<Value> {
                columns.iter().map(|column| column.value(head, credential, self.now)).collect()
            };
            let values = if needs_fields {
                let credential = outline.credential()?;
                values(credential.head(), Some(credential))
            } else {
                values(outline.head(), None)
            };
            return Ok(Some(ListRow { headline: None, values }));
        }
        let Some(people) = &self.people else { return Ok(None) };
        let mut headline = outline.headline()?;
        if outline.head().kind.headline == Headline::Name
            && let Some(name) = people.name(&outline.head().envelope.name)
        {
            headline = Some(name);
        }
        Ok(Some(ListRow { headline, values: Vec::new() }))
    }
}

impl ListRow {
    fn entry(self, head: Head) -> ListEntry {
        ListEntry { head, headline: self.headline, values: self.values }
    }
}

/// Prints the number of the credentials that match.
fn count(settings: &Settings, conditions: &Conditions, vault: &mut Vault) -> Result<(), Error> {
    let mut count = 0_u64;
    if conditions.is_empty() && settings.scope().is_admin() {
        vault.ids(|_| count += 1)?;
    } else {
        conditions.each(&settings.terms, vault, |_| {
            count += 1;
            Ok(())
        })?;
    }
    output::text(&format!("{count}\n"))
}

/// Prints the ids. Skips the rest of each line, because nothing else is needed.
fn names(vault: &mut Vault) -> Result<(), Error> {
    let mut out = String::new();
    vault.ids(|id| {
        out.push_str(&output::sanitize::line(id));
        out.push('\n');
    })?;
    output::text(&out)
}
