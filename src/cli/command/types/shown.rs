//! The list of the types, and one type field by field.

use credctl::kind::{self, Class, Field, Kind, KnownTypes, Secrecy, Shape, TypeOrigin, rule};
use credctl::value::{Object, Value};

use crate::cli::context::{Settings, Ui};
use crate::cli::error::Error;
use crate::cli::options::Form;
use crate::cli::output::{self, Columns};

/// Prints the list of all types.
pub(super) fn list(settings: &Settings, ui: &Ui, types: &KnownTypes) -> Result<(), Error> {
    let columns = Columns {
        table: &["type", "short", "required", "description"],
        wide: &["type", "aliases", "required", "optional", "description"],
    };
    // the short name is one of the names that other forms list
    let rows = types.stored().map(|kind| {
        let mut row = summary(kind);
        if output::is_for_people(settings) {
            row.insert("short", Value::text(kind.short));
            let paths = row.get("required").and_then(Value::as_list).unwrap_or_default().iter();
            let paths = paths.filter_map(|path| Some(kind.bare_name(path.as_text()?.expose())));
            let names: Vec<String> = paths.map(str::to_owned).collect();
            row.insert("required", Value::texts(names));
            if let Some(origin) = origin(kind) {
                row.insert("description", Value::text(format!("{} ({origin})", kind.summary)));
            }
        }
        row
    });
    output::rows(settings, ui, rows, &columns)
}

/// Prints one type, field by field.
pub(super) fn one(settings: &Settings, ui: &Ui, kind: &'static Kind) -> Result<(), Error> {
    let rows: Vec<Object> = fields(kind).collect();
    if matches!(settings.form, Form::Table | Form::Wide) {
        let origin = origin(kind).map(|origin| format!(" ({origin})")).unwrap_or_default();
        let mut head = format!("{}: {}{origin}\n", kind.name, kind.summary);
        let aliases = names(kind);
        if !aliases.is_empty() {
            head.push_str(&format!("also: {}\n", aliases.join(", ")));
        }
        output::text(&format!("{head}\n"))?;
        let columns = Columns {
            table: &["field", "need", "secret", "expects", "description"],
            wide: &["field", "aliases", "need", "secret", "expects", "description"],
        };
        return output::rows(settings, ui, rows, &columns);
    }
    let mut shown = summary(kind);
    shown.insert("fields", Value::List(rows.into_iter().map(Value::Object).collect()));
    output::object(settings, &shown)
}

/// Returns the words for the place where a type of the vault is defined.
fn origin(kind: &Kind) -> Option<&'static str> {
    match kind.origin {
        TypeOrigin::BuiltIn | TypeOrigin::Unknown => None,
        TypeOrigin::Vault => Some("own type"),
        TypeOrigin::Removed => Some("removed, kept for its credentials"),
    }
}

fn summary(kind: &Kind) -> Object {
    let needed = |needs: &[&str]| {
        let is_one = |row: &Object| {
            row.get("need").and_then(Value::as_text).is_some_and(|need| needs.contains(&need.expose()))
        };
        Value::texts(fields(kind).filter(is_one).filter_map(|row| row.get("field")?.as_text().cloned()))
    };
    let mut row = Object::new();
    row.insert("type", Value::text(kind.name));
    row.insert("aliases", Value::texts(names(kind)));
    row.insert("required", needed(&["required"]));
    row.insert("optional", needed(&["optional", "default"]));
    row.insert("description", Value::text(kind.summary));
    let origin = match kind.origin {
        TypeOrigin::BuiltIn | TypeOrigin::Unknown => None,
        TypeOrigin::Vault => Some("vault"),
        TypeOrigin::Removed => Some("removed"),
    };
    if let Some(origin) = origin {
        row.insert("origin", Value::text(origin));
    }
    row
}

fn names(kind: &Kind) -> Vec<String> {
    let prefixed = kind.systems.iter().map(|system| format!("{}:{}", system.prefix(), kind.name));
    kind.aliases.iter().map(|alias| (*alias).to_owned()).chain(prefixed).collect()
}

fn fields(kind: &Kind) -> impl Iterator<Item = Object> {
    let needed = kind::ENVELOPE.iter().filter(|field| kind.needs(field));
    let options = kind::ENVELOPE.iter().filter(|field| kind.options.contains(&field.name));
    needed.chain(kind.every_field()).chain(options).filter(|field| field.class != Class::Computed).flat_map(
        move |field| match field.shape {
            Shape::Store(store) if !store.entries.is_empty() => store
                .entries
                .iter()
                .map(|entry| row(kind, entry, &format!("{}.{}", field.name, entry.name)))
                .collect(),
            Shape::Custom => {
                let mut row = row(kind, field, &format!("{}.NAME", field.name));
                row.insert("expects", Value::text(rule::text::TEXT.expects));
                vec![row]
            }
            _ => vec![row(kind, field, field.name)],
        },
    )
}

fn row(kind: &Kind, field: &Field, path: &str) -> Object {
    let class = if kind.needs(field) { Class::Required } else { kind.class_of(field) };
    let mut row = Object::new();
    row.insert("field", Value::text(path));
    row.insert("aliases", Value::texts(field.aliases.iter().copied()));
    row.insert("need", Value::text(need(class)));
    row.insert(
        "secret",
        Value::text(match field.secrecy {
            Secrecy::Public => "no",
            Secrecy::Secret | Secrecy::Sealed => "yes",
            Secrecy::SecretExcept(_) => "mostly",
            Secrecy::PerItem => "as given",
        }),
    );
    row.insert("expects", Value::text(field.expects()));
    row.insert("description", Value::text(field.help));
    row
}

fn need(class: Class) -> &'static str {
    match class {
        Class::Required => "required",
        Class::Optional | Class::Metadata | Class::Identity => "optional",
        Class::Defaulted => "default",
        Class::ReadOnly | Class::Computed => "read-only",
        Class::Ignored => "ignored",
        Class::Empty => "empty",
    }
}
