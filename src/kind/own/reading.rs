//! The document of a definition, taken apart.

use super::definition::{
    BuiltInDefinition, FactsDefinition, HeadlineDefinition, MAX_DEFINITION, NOTICES, READERS, TypeDefinition,
};
use super::fault::DefinitionFaults;
use super::field_reading;
use super::members::DefinitionMembers;
use crate::kind::definition::{Content, Prefixed};
use crate::kind::system::System;
use crate::value::{Object, Value, json};

/// The most fields of a type.
const MAX_FIELDS: usize = 64;

/// The members that only built-in types have.
const BUILT_IN: &[&str] = &[
    "systems",
    "prefixed",
    "content",
    "requires",
    "options",
    "foreign",
    "id-field",
    "identity-name",
    "key-type",
    "promotable",
    "warning",
];

/// Reads a definition. Judges each member by itself; `checks.rs` judges them together.
pub(super) fn read(document: &Object, is_built_in: bool) -> Result<TypeDefinition, DefinitionFaults> {
    let mut faults = DefinitionFaults::default();
    if is_too_large(document) {
        faults.add("definition", "must have at most 64 KiB");
        return Err(faults);
    }
    let mut reader = DefinitionMembers::new(document, String::new(), &mut faults);
    let mut definition = TypeDefinition {
        name: reader.required("name", "the name of the type, such as db.postgres"),
        summary: reader.required("summary", "a few words about the type"),
        title: reader.text("title"),
        keywords: reader.text("keywords"),
        short: reader.text("short"),
        aliases: reader.texts("aliases"),
        headline: headline(&mut reader),
        password: reader.text("password"),
        token: reader.text("token"),
        expires_from: reader.text("expires-from"),
        rotate_after: span(&mut reader),
        facts: facts(&mut reader),
        ..TypeDefinition::default()
    };
    let fields = reader.take("field");
    if is_built_in {
        definition.built_in = built_in(&mut reader);
    }
    reader.finish(BUILT_IN);
    match fields {
        Some(Value::List(fields)) if (1..=MAX_FIELDS).contains(&fields.len()) => {
            for (index, field) in fields.iter().enumerate() {
                let path = format!("field[{index}]");
                definition.fields.extend(field_reading::read(field, path, is_built_in, &mut faults));
            }
        }
        _ => faults
            .add("field", format!("must be a list of 1 to {MAX_FIELDS} fields, each begun by [[field]]")),
    }
    faults.or(definition)
}

fn is_too_large(document: &Object) -> bool {
    let mut text = crate::secret::Buffer::with_capacity(4096);
    // memory takes everything
    json::write(&document.clone().into(), &mut text).is_err() || text.len() > MAX_DEFINITION
}

/// Reads `headline`: the name of a field, a list of them, or a table that says what else it is.
fn headline(reader: &mut DefinitionMembers<'_>) -> HeadlineDefinition {
    let Some(value) = reader.take("headline") else { return HeadlineDefinition::Usual };
    match &value {
        Value::Text(path) => return HeadlineDefinition::Paths(vec![path.expose().to_owned()]),
        Value::List(paths) => {
            let paths: Option<Vec<_>> =
                paths.iter().map(|path| path.as_text().map(|path| path.expose().to_owned())).collect();
            if let Some(paths) = paths.filter(|paths| !paths.is_empty()) {
                return HeadlineDefinition::Paths(paths);
            }
        }
        Value::Object(table) if table.len() == 1 => match table.iter().next() {
            Some(("fact", Value::Text(name))) => return HeadlineDefinition::Fact(name.expose().to_owned()),
            Some(("none", Value::Text(reason))) => {
                return HeadlineDefinition::None(reason.expose().to_owned());
            }
            Some(("name", Value::Bool(true))) => return HeadlineDefinition::Name,
            _ => {}
        },
        _ => {}
    }
    reader.wrong("headline", "must be the name of a field, a list of them, or { fact = \"…\" }");
    HeadlineDefinition::Usual
}

/// Reads `rotate-after`: a number of days, weeks, months or years, such as `90d`.
fn span(reader: &mut DefinitionMembers<'_>) -> Option<u32> {
    const MAX_DAYS: u32 = 36_500;
    let text = reader.text("rotate-after")?;
    let (digits, unit) = text.split_at(text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len()));
    let days = match unit {
        "d" => Some(1),
        "w" => Some(7),
        "mo" => Some(30),
        "y" => Some(365),
        _ => None,
    };
    let span = days.and_then(|days| digits.parse::<u32>().ok()?.checked_mul(days));
    let span = span.filter(|span| (1..=MAX_DAYS).contains(span));
    if span.is_none() {
        reader.wrong("rotate-after", "must be a number of days, weeks, months or years: 90d, 12w, 6mo, 1y");
    }
    span
}

/// Reads `facts`: a field, and the reader of its facts.
fn facts(reader: &mut DefinitionMembers<'_>) -> Option<FactsDefinition> {
    let value = reader.take("facts")?;
    let Value::Object(table) = &value else {
        reader.wrong("facts", "must be a table with the members of and as");
        return None;
    };
    let path = reader.path("facts");
    let mut inner = DefinitionMembers::new(table, path, reader.faults);
    let words = READERS.map(|reader| (reader.name, reader.name));
    let path = inner.required("of", "the field that is read");
    let read = inner.word("as", &words);
    if read.is_none() && table.get("as").is_none() {
        inner.wrong("as", "is required: certificate or private-key");
    }
    let encoded = inner.flag("base64").unwrap_or(false);
    inner.finish(&[]);
    Some(FactsDefinition { path, reader: read?, encoded })
}

fn built_in(reader: &mut DefinitionMembers<'_>) -> BuiltInDefinition {
    let systems = reader.texts("systems");
    let found: Vec<_> = systems
        .iter()
        .filter_map(|name| System::ALL.into_iter().find(|system| system.prefix() == name))
        .collect();
    if found.len() < systems.len() {
        reader.wrong("systems", "must name known systems");
    }
    let notices = NOTICES.map(|notice| (notice.name, notice.name));
    let prefixed = [("named", Prefixed::Named), ("bare", Prefixed::Bare), ("open", Prefixed::Open)];
    BuiltInDefinition {
        systems: found,
        prefixed: reader.word("prefixed", &prefixed),
        content: reader.word("content", &[("kubeconfig", Content::Kubeconfig)]),
        requires: reader.texts("requires"),
        options: reader.texts("options"),
        foreign: reader.texts("foreign"),
        id_field: reader.text("id-field"),
        identity_name: reader.flag("identity-name").unwrap_or(false),
        key_type: reader.flag("key-type").unwrap_or(false),
        promotable: reader.flag("promotable").unwrap_or(false),
        notice: reader.word("warning", &notices),
    }
}
