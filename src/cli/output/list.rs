//! A list of credentials. Items go out as they come in: memory does not grow with them, except for
//! the cells of a table, whose widths must be known first.

use std::io::{self, Write};

use credctl::credential::Head;

use super::credential::{METADATA, Metadata, WIDE, cells, metadata};
use super::form::{separated_header, separated_row};
use super::table::Table;
use super::{escape, form, sanitize};
use crate::cli::args::Form;
use crate::cli::context::Context;

/// A list in the form that was asked for.
pub struct List<'a> {
    context: &'a Context,
    out: &'a mut dyn Write,
    count: u64,
    line: Vec<u8>,
    table: Table,
}

impl<'a> List<'a> {
    /// Begins.
    pub fn new(context: &'a Context, out: &'a mut dyn Write) -> io::Result<Self> {
        let list = Self { context, out, count: 0, line: Vec::new(), table: Table::new(columns(context)) };
        match context.form {
            Form::Json => list.out.write_all(b"{\"items\":[")?,
            Form::Csv | Form::Tsv => separated_header(context.form, columns(context), list.out)?,
            _ => {}
        }
        Ok(list)
    }

    /// Adds one.
    pub fn add(&mut self, head: &Head) -> io::Result<()> {
        self.count += 1;
        let now = self.context.now;
        match self.context.form {
            Form::Table | Form::Wide => self.table.row(cells(head, now, columns(self.context), true)),
            Form::Json | Form::Jsonl => {
                self.line.clear();
                if self.context.form == Form::Json {
                    self.line.extend_from_slice(if self.count > 1 { b",\n" } else { b"\n" });
                }
                serde_json::to_writer(&mut self.line, &Metadata(head, now))?;
                if self.context.form == Form::Jsonl {
                    self.line.push(b'\n');
                }
                escape::write(&self.line, self.out)?;
            }
            Form::Yaml => form::yaml(&vec_of(metadata(head, now)), self.out)?,
            Form::Csv | Form::Tsv => {
                separated_row(self.context.form, &cells(head, now, columns(self.context), false), self.out)?;
            }
            Form::Name => writeln!(self.out, "{}", sanitize::line(&head.id))?,
        }
        Ok(())
    }

    /// Whether nothing was added.
    pub fn is_empty(&self) -> bool {
        self.count == 0
    }

    /// Ends.
    pub fn finish(self) -> io::Result<()> {
        match self.context.form {
            Form::Json => {
                let count = self.count;
                let newline = if count > 0 { "\n" } else { "" };
                let end = format!(
                    "{newline}],\"pageSize\":{count},\"totalItems\":{count},\"continuationToken\":null}}\n"
                );
                self.out.write_all(end.as_bytes())
            }
            Form::Table | Form::Wide => self.table.write(self.context.width(), self.context.colour, self.out),
            Form::Yaml if self.count == 0 => self.out.write_all(b"[]\n"),
            _ => Ok(()),
        }
    }
}

fn columns(context: &Context) -> &'static [&'static str] {
    match context.form {
        Form::Wide | Form::Csv | Form::Tsv => WIDE,
        _ => METADATA,
    }
}

/// One item of a YAML list.
fn vec_of(item: credctl::value::Object) -> credctl::value::Value {
    credctl::value::Value::List(vec![item.into()])
}
