//! Logins in the columns of a CSV file, which every program names its own way.

use super::Import;
use super::entries::Entries;
use super::entry::{Entry, host};
use super::table::{Table, header};
use crate::credential::Violations;
use crate::secret::Secret;

/// What a column is to an entry.
#[derive(Clone, Copy)]
pub(super) enum Column {
    Title,
    Url,
    Username,
    Password,
    /// Kept as a secret value of this name.
    Value(&'static str),
    /// Labels, separated by semicolons.
    Labels(&'static str),
    /// A label, if it is true.
    Flag(&'static str),
    /// Shown as a tag.
    Tag,
    /// Told, and not kept.
    Dropped,
}

/// The columns of a program by their names.
pub(super) type Columns = &'static [(&'static str, Column)];

/// Reads a table of logins.
pub(super) fn read(text: &str, columns: Columns) -> Result<Import, Violations> {
    let own = header(text);
    let known = |name: &str| columns.iter().find(|(own, _)| *own == name).map(|(_, column)| *column);
    if !own.iter().any(|name| matches!(known(name), Some(Column::Password))) {
        return Err(Violations::one("document", "must begin with a line that names the columns"));
    }
    let mut table = Table::read(text)?;
    let mut entries = Entries::default();
    for (index, row) in std::mem::take(&mut table.rows).into_iter().enumerate() {
        let Ok(row) = row else {
            let id = entries.id(&format!("row-{}", index + 2), "row");
            entries.fail(&id, Violations::one("row", "must have as many cells as there are columns"));
            continue;
        };
        let mut entry = Entry::default();
        for (name, cell) in table.named(row) {
            fill(&mut entry, known(&name), name, cell);
        }
        if entry.title.is_empty() {
            let host = entry.urls.first().and_then(|url| host(url.expose())).unwrap_or_default();
            entry.title = String::from(host);
        }
        entries.add(entry);
    }
    Ok(entries.finish())
}

fn fill(entry: &mut Entry, column: Option<Column>, name: String, cell: Secret) {
    match column {
        Some(Column::Title) => cell.expose().clone_into(&mut entry.title),
        Some(Column::Url) => entry.urls.push(cell),
        Some(Column::Username) => entry.username = Some(cell),
        Some(Column::Password) => entry.password = Some(cell),
        Some(Column::Value(name)) => entry.value(name, Some(cell)),
        Some(Column::Labels(name)) => {
            let parts = cell.expose().split(';').map(str::trim).filter(|part| !part.is_empty());
            entry.labels.extend(parts.map(|part| (name, part.to_owned())));
        }
        Some(Column::Flag(name)) => {
            if cell.expose().eq_ignore_ascii_case("true") || cell.expose() == "1" {
                entry.labels.push((name, "true".to_owned()));
            }
        }
        Some(Column::Tag) => entry.tags.push((name, cell.expose().to_owned())),
        Some(Column::Dropped) => entry.dropped.push(name),
        // nobody knows what it is, so it is kept as a secret
        None => entry.value(name, Some(cell)),
    }
}
