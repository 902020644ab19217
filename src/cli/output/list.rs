//! A list of credentials. Items are written as they come in. Memory grows with the output, and with the cells
//! of a table, whose widths must be known first.

use std::io::{self, Write};

use credctl::credential::{Head, State};
use credctl::query::Column;
use credctl::store::document::metadata;
use credctl::value::{Value, json, yaml};

use super::column::TableColumn;
use super::credential::{Metadata, SEPARATED, TABLE, WIDE_TABLE, cells, table_cells};
use super::form::{cell, separated_header, separated_row, table_width};
use super::moment::Clock;
use super::table::OutputTable;
use super::{escape, sanitize};
use crate::cli::context::{Settings, Ui};
use crate::cli::options::Form;

/// A list in the form that was asked for.
pub struct List<'a> {
    settings: &'a Settings,
    ui: &'a Ui,
    out: &'a mut dyn Write,
    /// The columns that were asked for; then items are rows of them.
    include: Option<&'a [Column]>,
    clock: Clock,
    count: u64,
    line: Vec<u8>,
    table: OutputTable,
}

/// A credential of a list.
pub struct ListEntry<'a> {
    pub head: &'a Head,
    /// The headline, for tables.
    pub headline: Option<&'a str>,
    /// The values of the columns that were asked for.
    pub values: &'a [Value],
}

/// The size of a page, the number of all items, and the token of the next page.
pub struct PageInfo {
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
        include: Option<&'a [Column]>,
    ) -> io::Result<Self> {
        let names: Option<Vec<&str>> = include.map(|columns| columns.iter().map(Column::name).collect());
        let own = if settings.form == Form::Wide { WIDE_TABLE } else { TABLE };
        let table = OutputTable::new(TableColumn::all(names.as_deref().unwrap_or(own)));
        match settings.form {
            Form::Json => out.write_all(b"{\"items\":[")?,
            Form::Csv | Form::Tsv => {
                separated_header(settings.form, names.as_deref().unwrap_or(SEPARATED), out)?;
            }
            _ => {}
        }
        Ok(Self {
            settings,
            ui,
            out,
            include,
            clock: Clock::of(settings, ui),
            count: 0,
            line: Vec::new(),
            table,
        })
    }

    /// Returns true if a list of this form shows headlines.
    pub fn has_headlines(settings: &Settings, include: Option<&[Column]>) -> bool {
        include.is_none() && matches!(settings.form, Form::Table | Form::Wide)
    }

    /// Adds a credential.
    pub fn add(&mut self, entry: &ListEntry<'_>) -> io::Result<()> {
        self.count += 1;
        let ListEntry { head, headline, values } = *entry;
        let now = self.settings.terms.now;
        match self.settings.form {
            Form::Table | Form::Wide => {
                let row = match self.include {
                    Some(columns) => columns
                        .iter()
                        .zip(values)
                        .map(|(column, value)| self.included(column, value))
                        .collect(),
                    None if self.settings.form == Form::Wide => {
                        table_cells(head, headline, WIDE_TABLE, self.clock, "")
                    }
                    None => {
                        let ok = if self.has_fixed_columns() { State::Ok.name() } else { "" };
                        table_cells(head, headline, TABLE, self.clock, ok)
                    }
                };
                self.table.row(row);
            }
            Form::Json | Form::Jsonl => {
                self.line.clear();
                if self.settings.form == Form::Json {
                    self.line.extend_from_slice(if self.count > 1 { b",\n" } else { b"\n" });
                }
                if self.include.is_some() {
                    json::write(&Value::List(values.to_vec()), &mut self.line)?;
                } else {
                    serde_json::to_writer(&mut self.line, &Metadata(head, now))?;
                }
                if self.settings.form == Form::Jsonl {
                    self.line.push(b'\n');
                }
                escape::write(&self.line, self.out)?;
            }
            Form::Yaml => {
                let item = match self.include {
                    Some(_) => Value::List(values.to_vec()),
                    None => metadata(head, now).into(),
                };
                yaml::write(&Value::List(vec![item]), self.out)?;
            }
            Form::Csv | Form::Tsv => {
                let row = match self.include {
                    Some(_) => values.iter().map(cell).collect(),
                    None => cells(head, now),
                };
                separated_row(self.settings.form, &row, self.out)?;
            }
            Form::Name | Form::Env => writeln!(self.out, "{}", sanitize::words(&head.id))?,
        }
        Ok(())
    }

    /// Returns true for a script that asked for a table by name: its columns are the same for every vault.
    fn has_fixed_columns(&self) -> bool {
        self.settings.form == Form::Table && self.settings.form_is_named && !self.ui.stdout_is_terminal
    }

    /// Returns the cell of a column that was asked for.
    fn included(&self, column: &Column, value: &Value) -> String {
        let text = cell(value);
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

    /// Ends the list. Without a page, the list is complete.
    pub fn finish(mut self, page: Option<PageInfo>) -> io::Result<()> {
        let page = page.unwrap_or(PageInfo { size: self.count, total: self.count, token: None });
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
            Form::Table | Form::Wide => {
                if self.include.is_none() && !self.has_fixed_columns() {
                    let is_wide = self.settings.form == Form::Wide;
                    self.table.remove_empty(|column| is_wide || column.is_state);
                }
                self.table.write(table_width(self.settings, self.ui), self.settings.colour, self.out)
            }
            Form::Yaml if self.count == 0 => self.out.write_all(b"[]\n"),
            _ => Ok(()),
        }
    }
}

/// Returns the words for some credentials of all.
pub fn count_of(count: u64, owned: u64) -> String {
    format!("{count} of {owned} credential{}", if owned == 1 { "" } else { "s" })
}
