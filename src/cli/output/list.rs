//! A list of credentials. Its source is known to be whole only at its end. Until then the list waits in memory:
//! as the text of the answer, as the cells of a table, and, of credentials with long texts, as they are.

use std::io::{self, Write};
use std::mem;

use credctl::credential::{Head, State};
use credctl::query::Column;
use credctl::store::document::metadata;
use credctl::value::{Value, json, yaml};

use super::column::TableColumn;
use super::credential::{Metadata, SEPARATED, TABLE, WIDE_TABLE, cells, table_cells};
use super::form::{cell_text, shown, table_width};
use super::moment::Clock;
use super::separated::{separated_header, separated_row};
use super::stdout::{paged, with_stdout};
use super::table::OutputTable;
use super::{escape, sanitize};
use crate::cli::context::{Settings, Ui};
use crate::cli::error::Error;
use crate::cli::options::Form;

/// The length of the texts from which on a credential waits as it is, because they may be most of a vault. Its
/// text would be one more copy.
const LONG: usize = 64 * 1024;

/// A list in the form that was asked for.
pub struct List<'a> {
    settings: &'a Settings,
    ui: &'a Ui,
    /// The columns that were asked for; then items are rows of them.
    include: Option<&'a [Column]>,
    clock: Clock,
    count: u64,
    /// The text of the answer so far, without that of the long items.
    text: Vec<u8>,
    /// The long items, each with its number and its place in the text.
    long: Vec<(usize, u64, ListEntry)>,
    table: OutputTable,
}

/// A credential of a list.
pub struct ListEntry {
    pub head: Head,
    /// The headline, for tables.
    pub headline: Option<String>,
    /// The values of the columns that were asked for.
    pub values: Vec<Value>,
}

/// The size of a page, the number of all items, and the token of the next page.
pub struct PageInfo {
    pub size: u64,
    pub total: u64,
    pub token: Option<String>,
}

impl<'a> List<'a> {
    /// Begins a list, with the columns that were asked for or those of the form.
    pub fn new(settings: &'a Settings, ui: &'a Ui, include: Option<&'a [Column]>) -> io::Result<Self> {
        let names: Option<Vec<&str>> = include.map(|columns| columns.iter().map(Column::name).collect());
        let own = if settings.form == Form::Wide { WIDE_TABLE } else { TABLE };
        let table = OutputTable::new(TableColumn::all(names.as_deref().unwrap_or(own)));
        let mut text = Vec::new();
        match settings.form {
            Form::Json => text.write_all(b"{\"items\":[")?,
            Form::Csv | Form::Tsv => {
                separated_header(settings.form, names.as_deref().unwrap_or(SEPARATED), &mut text)?;
            }
            _ => {}
        }
        let clock = Clock::of(settings, ui);
        Ok(Self { settings, ui, include, clock, count: 0, text, long: Vec::new(), table })
    }

    /// Returns true if a list of this form shows headlines.
    pub fn has_headlines(settings: &Settings, include: Option<&[Column]>) -> bool {
        include.is_none() && matches!(settings.form, Form::Table | Form::Wide)
    }

    /// Adds a credential.
    pub fn add(&mut self, entry: ListEntry) -> io::Result<()> {
        self.count += 1;
        if matches!(self.settings.form, Form::Table | Form::Wide) {
            let row = self.row(&entry);
            self.table.row(row);
            return Ok(());
        }
        if is_long(&entry) {
            self.long.push((self.text.len(), self.count, entry));
            return Ok(());
        }
        let mut text = mem::take(&mut self.text);
        let result = self.item(self.count, entry, &mut text);
        self.text = text;
        result
    }

    /// Returns the cells of a credential for people.
    fn row(&self, entry: &ListEntry) -> Vec<String> {
        let ListEntry { head, headline, values } = entry;
        let headline = headline.as_deref();
        match self.include {
            Some(columns) => {
                columns.iter().zip(values).map(|(column, value)| self.included(column, value)).collect()
            }
            None if self.settings.form == Form::Wide => {
                table_cells(head, headline, WIDE_TABLE, self.clock, "")
            }
            None => {
                let ok = if self.has_fixed_columns() { State::Ok.name() } else { "" };
                table_cells(head, headline, TABLE, self.clock, ok)
            }
        }
    }

    /// Writes the item of this number.
    fn item(&self, number: u64, entry: ListEntry, out: &mut dyn Write) -> io::Result<()> {
        let ListEntry { head, values, .. } = entry;
        let now = self.settings.terms.now;
        match self.settings.form {
            Form::Json | Form::Jsonl => {
                if self.settings.form == Form::Json {
                    out.write_all(if number > 1 { b",\n" } else { b"\n" })?;
                }
                if self.include.is_some() {
                    escape::line(&json::JsonView(&Value::List(values)), out)?;
                } else {
                    escape::line(&Metadata(&head, now), out)?;
                }
                out.write_all(if self.settings.form == Form::Jsonl { b"\n" } else { b"" })
            }
            Form::Yaml => {
                let item = match self.include {
                    Some(_) => Value::List(values),
                    None => metadata(&head, now).into(),
                };
                yaml::write(&Value::List(vec![item]), out)
            }
            Form::Csv | Form::Tsv => {
                let row = match self.include {
                    Some(_) => values.iter().map(cell_text).collect(),
                    None => cells(&head, now),
                };
                separated_row(self.settings.form, &row, out)
            }
            Form::Name | Form::Env => writeln!(out, "{}", sanitize::words(&head.id)),
            Form::Table | Form::Wide => Ok(()),
        }
    }

    /// Returns true for a script that asked for a table by name: its columns are the same for every vault.
    fn has_fixed_columns(&self) -> bool {
        self.settings.form == Form::Table && self.settings.form_is_named && !self.ui.stdout_is_terminal
    }

    /// Returns the cell of a column that was asked for.
    fn included(&self, column: &Column, value: &Value) -> String {
        let text = shown(value);
        if column.is_time() { self.clock.reworded(text) } else { text }
    }

    /// Returns true if no credential was added.
    pub fn is_empty(&self) -> bool {
        self.count == 0
    }

    /// Returns the line below a table, where `owned` is the number of all credentials.
    pub fn footer(&self, owned: u64) -> Option<String> {
        let is_table = matches!(self.settings.form, Form::Table | Form::Wide);
        (is_table && self.count > 0).then(|| count_of(self.count, owned))
    }

    /// Prints the list, which is whole now. Without a page, it has all items.
    pub fn print(mut self, page: Option<PageInfo>) -> Result<(), Error> {
        let (settings, ui) = (self.settings, self.ui);
        let page = page.unwrap_or(PageInfo { size: self.count, total: self.count, token: None });
        if matches!(settings.form, Form::Table | Form::Wide) {
            if self.include.is_none() && !self.has_fixed_columns() {
                // without a row all of them are empty, and the headings say what could be there
                let is_wide = settings.form == Form::Wide && self.count > 0;
                self.table.remove_empty(|column| is_wide || column.is_state);
            }
            return paged(ui, |out| self.table.write(table_width(settings, ui), settings.colour, out));
        }
        with_stdout(|out| {
            let mut printed = 0;
            for (place, number, entry) in mem::take(&mut self.long) {
                out.write_all(self.text.get(printed..place).unwrap_or_default())?;
                self.item(number, entry, out)?;
                printed = place;
            }
            out.write_all(self.text.get(printed..).unwrap_or_default())?;
            self.end(&page, out)
        })
    }

    fn end(&self, page: &PageInfo, out: &mut dyn Write) -> io::Result<()> {
        match self.settings.form {
            Form::Json => {
                let newline = if self.count > 0 { "\n" } else { "" };
                let token = page.token.as_ref().map_or("null".to_owned(), |token| format!("\"{token}\""));
                let (size, total) = (page.size, page.total);
                writeln!(
                    out,
                    "{newline}],\"pageSize\":{size},\"totalItems\":{total},\"continuationToken\":{token}}}"
                )
            }
            Form::Yaml if self.count == 0 => out.write_all(b"[]\n"),
            _ => Ok(()),
        }
    }
}

/// Returns true for an item with so much text that it should not be copied.
fn is_long(entry: &ListEntry) -> bool {
    let description = entry.head.envelope.description.as_deref().map_or(0, str::len);
    description.max(entry.values.iter().map(length).sum()) >= LONG
}

/// Returns the length of all texts of a value.
fn length(value: &Value) -> usize {
    match value {
        Value::Text(text) => text.len(),
        Value::List(items) => items.iter().map(length).sum(),
        Value::Object(members) => members.iter().map(|(name, value)| name.len() + length(value)).sum(),
        _ => 0,
    }
}

/// Returns the words for some credentials of all.
pub fn count_of(count: u64, owned: u64) -> String {
    format!("{count} of {owned} credential{}", if owned == 1 { "" } else { "s" })
}
