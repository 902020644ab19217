//! The forms: tables for people, JSON, YAML, CSV and TSV for programs, names for scripts.

use crate::cli::deployment;
use credctl::store::Deployment;
use std::borrow::Cow;
use std::io::{self, Write};

use credctl::value::{Object, Value, json, yaml};

use super::column::{TableColumn, is_time};
use super::long::shortened;
use super::moment::Clock;
use super::pairs::pairs;
use super::separated::{separated_header, separated_row};
use super::stdout::{paged, with_stdout};
use super::table::OutputTable;
use super::{escape, sanitize};
use crate::cli::context::{Settings, Ui};
use crate::cli::error::Error;
use crate::cli::options::Form;

/// The text in the place of a secret that is not shown.
pub const HIDDEN: &str = "••••••";

/// The members that are columns, in tables and in their wide form.
pub struct Columns {
    pub table: &'static [&'static str],
    pub wide: &'static [&'static str],
}

/// Prints one object: a credential, or the answer to a change.
pub fn object(settings: &Settings, object: &Object) -> Result<(), Error> {
    with_stdout(|out| match settings.form {
        Form::Table | Form::Wide => out.write_all(pairs(&flat(object), settings.colour).as_bytes()),
        Form::Json => escape::json(&Value::Object(object.clone()), true, out),
        Form::Jsonl => escape::json(&Value::Object(object.clone()), false, out),
        Form::Yaml => yaml::write(&Value::Object(object.clone()), out),
        Form::Csv | Form::Tsv => {
            let names: Vec<&str> = object.iter().map(|(name, _)| name).collect();
            separated(settings.form, &names, std::iter::once(object.clone()), out)
        }
        Form::Name | Form::Env => name(object, out),
    })
}

/// Prints a document in another system's shape, as JSON unless another form of documents was asked for.
pub fn document(settings: &Settings, object: &Object) -> Result<(), Error> {
    with_stdout(|out| {
        let value = Value::Object(object.clone());
        match settings.form {
            Form::Yaml => yaml::write(&value, out),
            form => escape::json(&value, form != Form::Jsonl, out),
        }
    })
}

/// Prints the answer to a change: the object, or in a table only what a person wants to know, with the lines of
/// `details` below.
pub fn changed(settings: &Settings, done: &str, object: &Object, details: &str) -> Result<(), Error> {
    match settings.form {
        Form::Table | Form::Wide => {
            let word =
                |name: &str| sanitize::line(&object.get(name).map(cell).unwrap_or_default()).into_owned();
            let line = format!("{done} {} {}", word("type"), word("id")).replace("  ", " ");
            text(&format!("{}\n{details}", sentence(object, line)))
        }
        _ => self::object(settings, object),
    }
}

/// Prints objects, one per row or line; as JSON, an array.
pub fn rows(
    settings: &Settings,
    ui: &Ui,
    items: impl IntoIterator<Item = Object>,
    columns: &Columns,
) -> Result<(), Error> {
    let mut items = items.into_iter();
    if matches!(settings.form, Form::Table | Form::Wide) {
        let columns = if settings.form == Form::Wide { columns.wide } else { columns.table };
        let clock = Clock::of(settings, ui);
        let mut table = OutputTable::new(TableColumn::all(columns));
        for item in items {
            let cells = columns.iter().map(|name| {
                let text = item.get(name).map(shown).unwrap_or_default();
                match *name {
                    name if is_time(name) => clock.reworded(text),
                    "state" if text == "Ok" => String::new(),
                    _ => text,
                }
            });
            table.row(cells.collect());
        }
        table.remove_empty(|column| column.is_state);
        table.break_long_rows();
        return paged(ui, |out| table.write(table_width(settings, ui), settings.colour, out));
    }
    with_stdout(|out| match settings.form {
        Form::Table | Form::Wide | Form::Env => Ok(()),
        Form::Json => escape::json(&Value::List(items.map(Value::Object).collect()), true, out),
        Form::Jsonl => items.try_for_each(|item| escape::json(&Value::Object(item), false, out)),
        Form::Yaml => yaml::write(&Value::List(items.map(Value::Object).collect()), out),
        Form::Csv | Form::Tsv => separated(settings.form, columns.wide, items, out),
        Form::Name => items.try_for_each(|item| name(&item, out)),
    })
}

/// Tells below an empty table that nothing is wrong, and the next command.
pub fn nothing(settings: &Settings, ui: &Ui, note: &str, hint: &str) {
    if is_for_people(settings) {
        ui.notice(note);
        ui.hint(hint);
    }
}

/// Returns the width that a table must fit. A wide table has every column, whatever the width.
pub fn table_width(settings: &Settings, ui: &Ui) -> Option<u16> {
    ui.width().filter(|_| settings.form != Form::Wide)
}

/// Returns true if the answer is a table for people.
pub fn is_for_people(settings: &Settings) -> bool {
    matches!(settings.form, Form::Table | Form::Wide)
}

/// Prints items that are a member of an answer: as JSON and YAML the whole answer, else one item per row or
/// line.
pub fn items(
    settings: &Settings,
    ui: &Ui,
    mut answer: Object,
    member: &str,
    items: Vec<Object>,
    columns: &Columns,
) -> Result<(), Error> {
    match settings.form {
        Form::Json | Form::Yaml => {
            answer.insert(member, Value::List(items.into_iter().map(Value::Object).collect()));
            object(settings, &answer)
        }
        _ => rows(settings, ui, items, columns),
    }
}

/// Prints an answer, of which a person wants to know one sentence, with the lines of `details` below.
pub fn message(settings: &Settings, answer: &Object, message: &str, details: &str) -> Result<(), Error> {
    match settings.form {
        Form::Table | Form::Wide => {
            text(&format!("{}\n{details}", sentence(answer, sanitize::line(message).into_owned())))
        }
        _ => object(settings, answer),
    }
}

/// Returns the sentence of an answer. The sentence of a dry run says so first, so that nobody takes the
/// change for done.
fn sentence(answer: &Object, done: String) -> String {
    if answer.get("dryRun") != Some(&Value::Bool(true)) {
        return done;
    }
    let is_said = ["would ", "nothing "].iter().any(|start| done.starts_with(start));
    format!("dry run: {}{done}; nothing was written", if is_said { "" } else { "would have " })
}

/// Prints the answer to the change of anything but a credential: its document, and the results of the
/// deployment.
pub fn resident(
    settings: &Settings,
    done: &str,
    mut document: Object,
    deployment: &Deployment,
    dry_run: bool,
) -> Result<(), Error> {
    document.insert("deploymentResult", deployment::document(deployment));
    if dry_run {
        document.insert("dryRun", true);
    }
    let key = ["id", "name"].into_iter().find_map(|name| document.get(name)).map(cell).unwrap_or_default();
    message(settings, &document, &format!("{done} {key}"), "")
}

/// Prints text as it is.
pub fn text(text: &str) -> Result<(), Error> {
    with_stdout(|out| out.write_all(text.as_bytes()))
}

/// Prints lines of values; on a terminal made harmless.
pub fn lines(ui: &Ui, lines: &[u8]) -> Result<(), Error> {
    with_stdout(|out| {
        if !ui.stdout_is_terminal {
            return out.write_all(lines);
        }
        out.write_all(sanitize::text(&String::from_utf8_lossy(lines)).as_bytes())
    })
}

/// Prints the exact bytes of one value; on a terminal made harmless, and with a newline.
pub fn raw(ui: &Ui, value: &[u8]) -> Result<(), Error> {
    with_stdout(|out| {
        if !ui.stdout_is_terminal {
            return out.write_all(value);
        }
        let shown = String::from_utf8_lossy(value);
        writeln!(out, "{}", sanitize::text(&shown))
    })
}

fn name(item: &Object, out: &mut dyn Write) -> io::Result<()> {
    let known = ["id", "name", "resourceRef", "type"].into_iter().find_map(|name| item.get(name));
    match known.map(cell) {
        Some(name) => writeln!(out, "{}", sanitize::words(&name)),
        None => Ok(()),
    }
}

fn separated(
    form: Form,
    columns: &[&str],
    mut items: impl Iterator<Item = Object>,
    out: &mut dyn Write,
) -> io::Result<()> {
    separated_header(form, columns, out)?;
    items.try_for_each(|item| {
        let cells: Vec<_> =
            columns.iter().map(|name| item.get(name).map(cell_text).unwrap_or_default()).collect();
        separated_row(form, &cells, out)
    })
}

/// Converts a value to the text of one cell.
pub fn cell(value: &Value) -> String {
    cell_text(value).into_owned()
}

/// Returns the text of one cell, of a text without a copy.
pub(super) fn cell_text(value: &Value) -> Cow<'_, str> {
    match value {
        Value::Null => Cow::Borrowed(""),
        Value::Text(text) => Cow::Borrowed(text.expose()),
        Value::List(items) => items.iter().map(cell_text).collect::<Vec<_>>().join(",").into(),
        other => {
            let mut text = Vec::new();
            let _ = json::write(other, &mut text);
            String::from_utf8(text).unwrap_or_default().into()
        }
    }
}

/// Converts a value to text for people.
pub(super) fn shown(value: &Value) -> String {
    match value {
        Value::Text(text) => shortened(text.expose()).into_owned(),
        other => cell(other),
    }
}

/// Returns an object as names and values, its fields with dots, its secrets hidden.
fn flat(object: &Object) -> Vec<(String, String)> {
    let mut rows = Vec::new();
    for (name, value) in object.iter() {
        match (name, value) {
            ("fields", Value::Object(fields)) => {
                fields.iter().for_each(|(name, value)| leaves(name.to_owned(), value, &mut rows));
                let hidden = object.get("secrets").and_then(Value::as_list).unwrap_or_default();
                for secret in hidden.iter().map(cell).filter(|path| !is_there(fields, path)) {
                    rows.push((secret, HIDDEN.to_owned()));
                }
            }
            ("secrets", _) => {}
            (_, Value::List(items)) if items.is_empty() => {}
            (_, Value::Object(members)) if members.is_empty() => {}
            ("labels", Value::List(labels)) => {
                for label in labels.iter().filter_map(Value::as_object) {
                    let part = |name| label.get(name).map(shown).unwrap_or_default();
                    rows.push((format!("label {}", part("name")), part("value")));
                }
            }
            (name, value) => leaves(name.to_owned(), value, &mut rows),
        }
    }
    rows
}

fn is_there(fields: &Object, path: &str) -> bool {
    let steps: Vec<&str> = path.split('.').collect();
    steps.split_first().and_then(|(first, rest)| fields.get(first)?.at(rest)).is_some()
}

/// Adds the values of a value as rows, their names with dots.
pub(super) fn leaves(path: String, value: &Value, rows: &mut Vec<(String, String)>) {
    match value {
        Value::Object(members) => {
            members.iter().for_each(|(name, value)| leaves(format!("{path}.{name}"), value, rows));
        }
        value => rows.push((path, shown(value))),
    }
}
