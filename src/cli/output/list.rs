//! A list of credentials. Items are written as they come in. Memory grows with the output, and with the cells
//! of a table, whose widths must be known first.

use std::io::{self, Write};

use chrono::{DateTime, Utc};
use credctl::credential::Head;
use credctl::store::document::metadata;
use credctl::value::{Value, json, yaml};

use super::credential::{METADATA, Metadata, WIDE, cells};
use super::form::{separated_header, separated_row};
use super::table::Table;
use super::{escape, sanitize};
use crate::cli::context::{Settings, Ui};
use crate::cli::options::Form;

/// A list in the form that was asked for.
pub struct List<'a> {
    settings: &'a Settings,
    ui: &'a Ui,
    out: &'a mut dyn Write,
    columns: &'a [&'static str],
    /// True if columns were asked for, so that items are rows of them.
    rows: bool,
    count: u64,
    line: Vec<u8>,
    table: Table,
}

/// The size of a page, the number of all items, and the token of the next page.
pub struct Page {
    pub size: u64,
    pub total: u64,
    pub token: Option<String>,
}

impl<'a> List<'a> {
    /// Begins a list, with the columns that were asked for or those of the form.
    pub fn new(
        settings: &'a Settings,
        ui: &'a Ui,
        out: &'a mut dyn Write,
        include: Option<&'a [&'static str]>,
    ) -> io::Result<Self> {
        let columns = include.unwrap_or_else(|| columns(settings));
        let table = Table::new(columns);
        let list =
            Self { settings, ui, out, columns, rows: include.is_some(), count: 0, line: Vec::new(), table };
        match settings.form {
            Form::Json => list.out.write_all(b"{\"items\":[")?,
            Form::Csv | Form::Tsv => separated_header(settings.form, columns, list.out)?,
            _ => {}
        }
        Ok(list)
    }

    /// Adds a credential.
    pub fn add(&mut self, head: &Head) -> io::Result<()> {
        self.count += 1;
        let now = self.settings.terms.now;
        match self.settings.form {
            Form::Table | Form::Wide => self.table.row(cells(head, now, self.columns, true)),
            Form::Json | Form::Jsonl => {
                self.line.clear();
                if self.settings.form == Form::Json {
                    self.line.extend_from_slice(if self.count > 1 { b",\n" } else { b"\n" });
                }
                if self.rows {
                    json::write(&row(head, now, self.columns), &mut self.line)?;
                } else {
                    serde_json::to_writer(&mut self.line, &Metadata(head, now))?;
                }
                if self.settings.form == Form::Jsonl {
                    self.line.push(b'\n');
                }
                escape::write(&self.line, self.out)?;
            }
            Form::Yaml => {
                let item = if self.rows { row(head, now, self.columns) } else { metadata(head, now).into() };
                yaml::write(&Value::List(vec![item]), self.out)?;
            }
            Form::Csv | Form::Tsv => {
                separated_row(self.settings.form, &cells(head, now, self.columns, false), self.out)?;
            }
            Form::Name => writeln!(self.out, "{}", sanitize::words(&head.id))?,
        }
        Ok(())
    }

    /// Returns true if no credential was added.
    pub fn is_empty(&self) -> bool {
        self.count == 0
    }

    /// Ends the list. Without a page, the list is complete.
    pub fn finish(self, page: Option<Page>) -> io::Result<()> {
        let page = page.unwrap_or(Page { size: self.count, total: self.count, token: None });
        match self.settings.form {
            Form::Json => {
                let newline = if self.count > 0 { "\n" } else { "" };
                let token = page.token.map_or("null".to_owned(), |token| format!("\"{token}\""));
                let end = format!(
                    "{newline}],\"pageSize\":{},\"totalItems\":{},\"continuationToken\":{token}}}\n",
                    page.size, page.total
                );
                self.out.write_all(end.as_bytes())
            }
            Form::Table | Form::Wide => self.table.write(self.ui.width(), self.settings.colour, self.out),
            Form::Yaml if self.count == 0 => self.out.write_all(b"[]\n"),
            _ => Ok(()),
        }
    }
}

fn columns(settings: &Settings) -> &'static [&'static str] {
    match settings.form {
        Form::Wide | Form::Csv | Form::Tsv => WIDE,
        _ => METADATA,
    }
}

/// Returns the members that were asked for, in that order, with null for one that is not set.
fn row(head: &Head, now: DateTime<Utc>, columns: &[&str]) -> Value {
    let shown = metadata(head, now);
    Value::List(columns.iter().map(|name| shown.get(name).cloned().unwrap_or(Value::Null)).collect())
}
