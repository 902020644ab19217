//! The JSON Schema of a type: what a document of one of its credentials must be like. Secrets are `writeOnly`.

use super::definition::{DefaultDefinition, FieldDefinition, Limits, SecrecyDefinition, TypeDefinition};
use super::field_kind::FieldKind;
use crate::kind::envelope::ENVELOPE;
use crate::kind::field::{Class, Field, Shape};
use crate::value::{Object, Value};

const DIALECT: &str = "https://json-schema.org/draft/2020-12/schema";

/// Returns the schema of a document as `add -f` takes it.
pub(super) fn schema(definition: &TypeDefinition) -> Object {
    let built_in = &definition.built_in;
    let needs = |name: &str| {
        built_in.requires.iter().any(|required| required == name)
            || (built_in.identity_name && name == "name")
            || built_in.id_field.as_deref() == Some(name)
    };
    let mut properties = object([("type", object([("const", text(&definition.name))]).into())]);
    let mut required = vec!["type".to_owned()];
    for member in ENVELOPE.iter().filter(|member| is_given(definition, member)) {
        properties.insert(member.name, envelope(member));
        if needs(member.name) {
            required.push(member.name.to_owned());
        }
    }
    for field in definition.fields.iter().filter(|field| field.class != Class::Computed) {
        properties.insert(field.name.as_str(), schema_of(field));
        if field.class == Class::Required || needs(&field.name) {
            required.push(field.name.clone());
        }
    }
    object([
        ("$schema", text(DIALECT)),
        ("title", text(definition.title.as_deref().unwrap_or(&definition.name))),
        ("description", text(&definition.summary)),
        ("type", text("object")),
        ("properties", properties.into()),
        ("required", Value::texts(required)),
        ("additionalProperties", Value::Bool(false)),
    ])
}

/// Returns true for a member of the envelope that a document may give.
fn is_given(definition: &TypeDefinition, member: &Field) -> bool {
    let is_own = definition.built_in.requires.iter().any(|name| name == member.name);
    match member.name {
        "type" => false,
        "connectorType" => is_own,
        _ => member.class != Class::ReadOnly,
    }
}

fn envelope(member: &Field) -> Value {
    let mut schema = match member.shape {
        Shape::Flag => typed("boolean"),
        Shape::Labels => {
            let label = object([("name", typed("string").into()), ("value", typed("string").into())]);
            let label = object([
                ("type", text("object")),
                ("properties", label.into()),
                ("required", Value::texts(["name", "value"])),
                ("additionalProperties", Value::Bool(false)),
            ]);
            object([("type", text("array")), ("items", label.into())])
        }
        Shape::Tags => texts_by_name(),
        Shape::Open(_) | Shape::Tree | Shape::Store(_) => typed("object"),
        _ => typed("string"),
    };
    schema.insert("description", text(member.help));
    schema.into()
}

fn schema_of(field: &FieldDefinition) -> Value {
    let mut schema = match field.kind {
        FieldKind::Bool => typed("boolean"),
        FieldKind::Number => typed("number"),
        FieldKind::Map | FieldKind::Variables => texts_by_name(),
        FieldKind::Addresses => object([("type", text("array")), ("items", typed("string").into())]),
        FieldKind::Tree => object([("type", text("object")), ("minProperties", Value::from(1))]),
        FieldKind::Json => object([("type", Value::texts(["string", "object"]))]),
        FieldKind::Entries => entries(field),
        FieldKind::List => object([("type", text("array")), ("items", string(field.of, field).into())]),
        kind => string(kind, field),
    };
    if field.kind == FieldKind::Number {
        limit(&mut schema, &field.limits, ["minimum", "maximum"]);
    }
    let label = field.prompt.as_deref().unwrap_or(&field.help);
    schema.insert("description", text(label));
    match (&field.default, field.kind) {
        (Some(DefaultDefinition::Text(number)), FieldKind::Number) => {
            if let Ok(number) = serde_json::from_str(number) {
                schema.insert("default", Value::Number(number));
            }
        }
        (Some(DefaultDefinition::Text(default)), _) => drop(schema.insert("default", text(default))),
        (Some(DefaultDefinition::Flag(flag)), _) => drop(schema.insert("default", *flag)),
        (Some(DefaultDefinition::List(items)), _) => {
            schema.insert("default", Value::texts(items.iter().map(String::as_str)));
        }
        (None, _) => {}
    }
    // a key store says it of each entry
    if field.secrecy != SecrecyDefinition::Public && field.kind != FieldKind::Entries {
        schema.insert("writeOnly", true);
    }
    schema.into()
}

fn entries(field: &FieldDefinition) -> Object {
    let base64 = |secret: bool| {
        let mut entry = object([("type", text("string")), ("contentEncoding", text("base64"))]);
        if secret {
            entry.insert("writeOnly", true);
        }
        entry
    };
    let mut properties = Object::new();
    for entry in &field.entries {
        let mut schema = base64(entry.is_secret());
        schema.insert("description", text(entry.prompt.as_deref().unwrap_or(&entry.help)));
        properties.insert(entry.name.as_str(), schema);
    }
    let others = if field.open { base64(true).into() } else { Value::Bool(false) };
    object([
        ("type", text("object")),
        ("properties", properties.into()),
        ("required", Value::texts(field.entries.iter().map(|entry| entry.name.as_str()))),
        ("minProperties", Value::from(1)),
        ("additionalProperties", others),
    ])
}

/// Returns the schema of a text, or of one text of a list.
fn string(kind: FieldKind, field: &FieldDefinition) -> Object {
    let mut schema = typed("string");
    if field.class == Class::Empty {
        schema.insert("maxLength", Value::from(0));
        return schema;
    }
    match kind {
        FieldKind::Email => drop(schema.insert("format", text("email"))),
        FieldKind::Url => drop(schema.insert("format", text("uri"))),
        FieldKind::Certificate | FieldKind::PrivateKey | FieldKind::SshKey => {
            schema.insert("contentMediaType", text("application/x-pem-file"));
        }
        _ => {}
    }
    limit(&mut schema, &field.limits, ["minLength", "maxLength"]);
    if field.limits.min.is_none() && field.class == Class::Required {
        schema.insert("minLength", Value::from(1));
    }
    if !field.limits.choices.is_empty() {
        schema.insert("enum", Value::texts(field.limits.choices.iter().map(String::as_str)));
    }
    // flags and the like are not known to the dialect of JSON Schema
    if let Some(pattern) =
        field.limits.pattern.as_deref().filter(|pattern| !pattern.replace("(?:", "").contains("(?"))
    {
        schema.insert("pattern", Value::text(format!("^(?:{pattern})$")));
    }
    schema
}

fn limit(schema: &mut Object, limits: &Limits, [least, most]: [&str; 2]) {
    if let Some(min) = &limits.min {
        schema.insert(least, Value::Number(min.clone()));
    }
    if let Some(max) = &limits.max {
        schema.insert(most, Value::Number(max.clone()));
    }
}

fn texts_by_name() -> Object {
    object([("type", text("object")), ("additionalProperties", typed("string").into())])
}

fn typed(name: &str) -> Object {
    object([("type", text(name))])
}

fn text(text: &str) -> Value {
    Value::text(text)
}

fn object<const N: usize>(members: [(&str, Value); N]) -> Object {
    Object::from_iter(members)
}
