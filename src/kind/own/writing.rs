//! The document of a definition, and the definition of a built-in type.

use super::definition::{
    BuiltInDefinition, DefaultDefinition, FactsDefinition, FieldDefinition, HeadlineDefinition, Limits,
    SecrecyDefinition, TypeDefinition,
};
use super::field_kind::FieldKind;
use super::field_reading::GENERATION;
use crate::kind::definition::{Content, Kind, Prefixed};
use crate::kind::field::{Class, DefaultValue, Field, Secrecy, Shape};
use crate::kind::headline::Headline;
use crate::kind::rule::Rule;
use crate::value::{Object, Value};

/// Returns the document of a definition.
pub(super) fn document(definition: &TypeDefinition) -> Object {
    let built_in = &definition.built_in;
    let mut document = Object::new();
    let mut put = |name: &str, value: Option<Value>| {
        if let Some(value) = value {
            document.insert(name, value);
        }
    };
    put("name", text(Some(&definition.name)));
    put("summary", text(Some(&definition.summary)));
    put("title", text(definition.title.as_ref()));
    put("keywords", text(definition.keywords.as_ref()));
    put("short", text(definition.short.as_ref()));
    put("aliases", texts(&definition.aliases));
    put("headline", headline(&definition.headline));
    put("password", text(definition.password.as_ref()));
    put("token", text(definition.token.as_ref()));
    put("expires-from", text(definition.expires_from.as_ref()));
    put("rotate-after", definition.rotate_after.map(|days| Value::text(format!("{days}d"))));
    put(
        "facts",
        definition.facts.as_ref().map(|facts| {
            let mut table = Object::new();
            table.insert("of", Value::text(facts.path.as_str()));
            table.insert("as", Value::text(facts.reader));
            if facts.encoded {
                table.insert("base64", true);
            }
            table.into()
        }),
    );
    put(
        "systems",
        texts(&built_in.systems.iter().map(|system| system.prefix().to_owned()).collect::<Vec<_>>()),
    );
    let prefixed = built_in.prefixed.map(|prefixed| match prefixed {
        Prefixed::Named => "named",
        Prefixed::Bare => "bare",
        Prefixed::Open => "open",
    });
    put("prefixed", prefixed.map(Value::text));
    put("content", built_in.content.map(|Content::Kubeconfig| Value::text("kubeconfig")));
    put("requires", texts(&built_in.requires));
    put("options", texts(&built_in.options));
    put("foreign", texts(&built_in.foreign));
    put("id-field", text(built_in.id_field.as_ref()));
    put("identity-name", flag(built_in.identity_name));
    put("key-type", flag(built_in.key_type));
    put("promotable", flag(built_in.promotable));
    put("warning", built_in.notice.map(Value::text));
    put(
        "field",
        Some(Value::List(definition.fields.iter().map(|field| field_document(field).into()).collect())),
    );
    document
}

fn headline(headline: &HeadlineDefinition) -> Option<Value> {
    let table = |name: &str, value: Value| Some(Object::from_iter([(name, value)]).into());
    match headline {
        HeadlineDefinition::Usual => None,
        HeadlineDefinition::Paths(paths) => match &paths[..] {
            [path] => Some(Value::text(path.as_str())),
            paths => texts(paths),
        },
        HeadlineDefinition::Fact(name) => table("fact", Value::text(name.as_str())),
        HeadlineDefinition::Name => table("name", Value::Bool(true)),
        HeadlineDefinition::None(reason) => table("none", Value::text(reason.as_str())),
    }
}

fn field_document(field: &FieldDefinition) -> Object {
    let Limits { min, max, pattern, choices } = &field.limits;
    let mut document = Object::new();
    let mut put = |name: &str, value: Option<Value>| {
        if let Some(value) = value {
            document.insert(name, value);
        }
    };
    put("name", text(Some(&field.name)));
    put("aliases", texts(&field.aliases));
    put("kind", Some(Value::text(field.kind.name())));
    put("of", (field.of != FieldKind::Text).then(|| Value::text(field.of.name())));
    put("rule", field.rule.map(Value::text));
    put("help", text(Some(&field.help)));
    put("prompt", text(field.prompt.as_ref()));
    put("required", flag(field.class == Class::Required));
    let class = match field.class {
        Class::Identity => Some("identity"),
        Class::Ignored => Some("ignored"),
        Class::Empty => Some("empty"),
        Class::Computed => Some("computed"),
        _ => None,
    };
    put("class", class.map(Value::text));
    put("on-update", (field.class == Class::Metadata).then(|| Value::text("keep")));
    match &field.secrecy {
        SecrecyDefinition::Public => {}
        SecrecyDefinition::Secret => put("secret", flag(!field.kind.is_always_secret())),
        SecrecyDefinition::Sealed => put("sealed", flag(true)),
        SecrecyDefinition::Except(public) => put("public", texts(public)),
    }
    put("min", min.clone().map(Value::Number));
    put("max", max.clone().map(Value::Number));
    put("pattern", text(pattern.as_ref()));
    put("choices", texts(choices));
    put(
        "default",
        field.default.as_ref().map(|default| match default {
            DefaultDefinition::Text(text) => match serde_json::from_str(text) {
                Ok(number) if field.kind == FieldKind::Number => Value::Number(number),
                _ => Value::text(text.as_str()),
            },
            DefaultDefinition::Flag(flag) => Value::Bool(*flag),
            DefaultDefinition::List(items) => Value::texts(items.iter().map(String::as_str)),
        }),
    );
    let generate = GENERATION.iter().find(|(_, generate)| *generate == field.generate);
    put("generate", generate.map(|(word, _)| Value::text(*word)));
    put("env", text(field.env.as_ref()));
    put("env-file", text(field.env_file.as_ref()));
    put("open", flag(field.open));
    put("ours", flag(field.ours));
    let entries: Vec<Value> = field.entries.iter().map(|entry| field_document(entry).into()).collect();
    put("entry", (!entries.is_empty()).then_some(Value::List(entries)));
    document
}

/// Returns the definition of a built-in type.
pub(super) fn of(kind: &Kind) -> TypeDefinition {
    let own = |text: &str, usual: &str| (text != usual).then(|| text.to_owned());
    TypeDefinition {
        name: kind.name.to_owned(),
        summary: kind.summary.to_owned(),
        title: own(kind.title, kind.name),
        keywords: own(kind.keywords, kind.summary),
        short: own(kind.short, kind.name),
        aliases: owned(kind.aliases),
        headline: match kind.headline {
            Headline::Field(paths) => {
                HeadlineDefinition::Paths(paths.iter().map(|path| path.join(".")).collect())
            }
            Headline::Fact(name) => HeadlineDefinition::Fact(name.to_owned()),
            Headline::Name => HeadlineDefinition::Name,
            Headline::None(reason) => HeadlineDefinition::None(reason.to_owned()),
        },
        password: kind.password.map(str::to_owned),
        token: kind.token.map(str::to_owned),
        expires_from: kind.expires_from.map(str::to_owned),
        rotate_after: kind.rotate_after,
        facts: kind.facts.map(|source| FactsDefinition {
            path: source.path.join("."),
            reader: source.reader.name,
            encoded: source.encoded,
        }),
        fields: kind.fields.iter().map(field_of).collect(),
        built_in: BuiltInDefinition {
            systems: kind.systems.to_vec(),
            prefixed: (kind.prefixed != Prefixed::Named).then_some(kind.prefixed),
            content: kind.content,
            requires: owned(kind.requires),
            options: owned(kind.options),
            foreign: owned(kind.foreign),
            id_field: kind.id_field.map(str::to_owned),
            identity_name: kind.identity_name,
            key_type: kind.key_type,
            promotable: kind.promotable,
            notice: kind.notice.map(|notice| notice.name),
        },
    }
}

fn field_of(field: &Field) -> FieldDefinition {
    let secrecy = match field.secrecy {
        Secrecy::Public => SecrecyDefinition::Public,
        Secrecy::Secret => SecrecyDefinition::Secret,
        Secrecy::Sealed => SecrecyDefinition::Sealed,
        Secrecy::SecretExcept(public) => SecrecyDefinition::Except(owned(public)),
        // of own fields, which every type has and no definition names
        Secrecy::PerItem => SecrecyDefinition::Secret,
    };
    let is_secret = secrecy == SecrecyDefinition::Secret;
    let (kind, rule) = kind_of(field.shape, is_secret);
    let (entries, open) = match field.shape {
        Shape::Store(store) => (store.entries.iter().map(field_of).collect(), store.open),
        _ => (Vec::new(), false),
    };
    let of = match (kind, rule) {
        (FieldKind::List, Some(rule)) => line_kind(rule, false),
        _ => FieldKind::Text,
    };
    let usual = if kind == FieldKind::List { of } else { kind }.rule(field.is_secret());
    FieldDefinition {
        name: field.name.to_owned(),
        aliases: owned(field.aliases),
        kind,
        rule: rule.filter(|rule| rule.name != usual.name).map(|rule| rule.name),
        secrecy,
        class: field.class,
        help: field.help.to_owned(),
        prompt: field.prompt.map(str::to_owned),
        env: field.variable.map(str::to_owned),
        env_file: field.file_variable.map(str::to_owned),
        default: field.default.map(|default| match default {
            DefaultValue::Text(text) => DefaultDefinition::Text(text.to_owned()),
            DefaultValue::Flag(flag) => DefaultDefinition::Flag(flag),
            DefaultValue::List(items) => DefaultDefinition::List(owned(items)),
        }),
        generate: field.generate,
        limits: Limits::default(),
        of,
        entries,
        open,
        ours: field.is_ours,
    }
}

/// Returns the kind of a field by its shape, and the rule of its texts.
fn kind_of(shape: Shape, is_secret: bool) -> (FieldKind, Option<&'static Rule>) {
    match shape {
        Shape::Line(rule) => (line_kind(rule, is_secret), Some(rule)),
        Shape::Text(rule) => {
            let kinds = [FieldKind::Certificate, FieldKind::PrivateKey, FieldKind::SshKey, FieldKind::File];
            let own = kinds.into_iter().find(|kind| kind.rule(is_secret).name == rule.name);
            (own.unwrap_or(FieldKind::Lines), Some(rule))
        }
        Shape::JsonText(rule) => (FieldKind::Json, Some(rule)),
        Shape::Number(rule) => (FieldKind::Number, Some(rule)),
        Shape::List(rule) => (FieldKind::List, Some(rule)),
        Shape::Time => (FieldKind::Date, None),
        Shape::Flag => (FieldKind::Bool, None),
        // labels, open objects and own fields are no fields of one type
        Shape::Several(rule) => (FieldKind::Addresses, Some(rule)),
        Shape::Variables => (FieldKind::Variables, None),
        Shape::Tags | Shape::Labels => (FieldKind::Map, None),
        Shape::Tree | Shape::Open(_) | Shape::Custom => (FieldKind::Tree, None),
        Shape::Store(_) => (FieldKind::Entries, None),
    }
}

fn line_kind(rule: &Rule, is_secret: bool) -> FieldKind {
    let kinds = [FieldKind::Email, FieldKind::Url, FieldKind::AddressRange, FieldKind::Totp, FieldKind::Hotp];
    let own = kinds.into_iter().find(|kind| kind.rule(is_secret).name == rule.name);
    own.unwrap_or(if is_secret { FieldKind::Secret } else { FieldKind::Text })
}

fn owned(texts: &[&str]) -> Vec<String> {
    texts.iter().map(|text| (*text).to_owned()).collect()
}

fn text(text: Option<&String>) -> Option<Value> {
    text.map(|text| Value::text(text.as_str()))
}

fn texts(texts: &[String]) -> Option<Value> {
    (!texts.is_empty()).then(|| Value::texts(texts.iter().map(String::as_str)))
}

fn flag(flag: bool) -> Option<Value> {
    flag.then_some(Value::Bool(true))
}
