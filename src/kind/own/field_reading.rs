//! One field of a definition, taken apart.

use super::definition::{DefaultDefinition, FieldDefinition, Limits, SecrecyDefinition};
use super::fault::DefinitionFaults;
use super::field_kind::FieldKind;
use super::members::DefinitionMembers;
use crate::kind::field::{Class, Generation};
use crate::kind::rule;
use crate::value::Value;

/// The members of a field that only built-in types have.
const BUILT_IN: &[&str] = &["class", "sealed", "entry", "open", "ours"];

/// The classes that a definition may name, beside those that follow from its other members.
const CLASSES: [(&str, Class); 4] = [
    ("identity", Class::Identity),
    ("ignored", Class::Ignored),
    ("empty", Class::Empty),
    ("computed", Class::Computed),
];

/// The words of `generate`.
pub(super) const GENERATION: [(&str, Generation); 3] =
    [("ask", Generation::Offered), ("generate", Generation::Usual), ("never", Generation::Never)];

/// Reads a field. None if so much is wrong that nothing can be said of it together with others.
pub(super) fn read(
    field: &Value,
    path: String,
    is_built_in: bool,
    faults: &mut DefinitionFaults,
) -> Option<FieldDefinition> {
    let Value::Object(members) = field else {
        faults.add(path, format!("must be a table, not {}", field.shape()));
        return None;
    };
    let mut reader = DefinitionMembers::new(members, path, faults);
    let name = reader.required("name", "the name of the field");
    let kind = kind(&mut reader, "kind");
    if kind.is_none() && members.get("kind").is_none() {
        reader.wrong("kind", format!("is required: {}", FieldKind::names()));
    }
    let help = reader.required("help", "a few words about the field");
    let rule = named_rule(&mut reader);
    let required = reader.flag("required").unwrap_or(false);
    let secret = reader.flag("secret");
    let public = reader.texts("public");
    let default = default(&mut reader);
    let on_update = reader.word("on-update", &[("keep", true), ("clear", false)]);
    let of = self::kind(&mut reader, "of");
    let mut field = FieldDefinition {
        name,
        aliases: reader.texts("aliases"),
        kind: kind.unwrap_or(FieldKind::Text),
        rule,
        secrecy: SecrecyDefinition::Public,
        class: Class::Optional,
        help,
        prompt: reader.text("prompt"),
        env: reader.text("env"),
        env_file: reader.text("env-file"),
        default,
        generate: reader.word("generate", &GENERATION).unwrap_or(Generation::Possible),
        limits: limits(&mut reader),
        of: of.unwrap_or(FieldKind::Text),
        entries: Vec::new(),
        open: false,
        ours: false,
    };
    let always = kind.is_some_and(FieldKind::is_always_secret);
    field.secrecy = match secret {
        _ if !public.is_empty() => SecrecyDefinition::Except(public),
        Some(false) if always => {
            reader.wrong("secret", format!("must not be false, because a {} is secret", field.kind.name()));
            SecrecyDefinition::Secret
        }
        Some(true) => SecrecyDefinition::Secret,
        _ if always => SecrecyDefinition::Secret,
        _ => SecrecyDefinition::Public,
    };
    field.class = match (required, on_update, &field.default) {
        (true, ..) => Class::Required,
        (false, Some(true), _) => Class::Metadata,
        (false, _, Some(_)) => Class::Defaulted,
        (false, ..) => Class::Optional,
    };
    if required && field.default.is_some() {
        reader.wrong("default", "cannot be given for a required field, which always has a value");
    }
    if required && on_update == Some(true) {
        reader.wrong("on-update", "must not be keep for a required field, which every replacement gives");
    }
    let mut entries = None;
    if is_built_in {
        field.class = reader.word("class", &CLASSES).unwrap_or(field.class);
        if reader.flag("sealed") == Some(true) {
            field.secrecy = SecrecyDefinition::Sealed;
        }
        field.open = reader.flag("open").unwrap_or(false);
        field.ours = reader.flag("ours").unwrap_or(false);
        entries = reader.take("entry").map(|entries| (reader.path("entry"), entries));
    }
    reader.finish(BUILT_IN);
    if let Some((path, Value::List(entries))) = entries {
        for (index, entry) in entries.iter().enumerate() {
            field.entries.extend(read(entry, format!("{path}[{index}]"), is_built_in, faults));
        }
    }
    kind.map(|_| field)
}

fn kind(reader: &mut DefinitionMembers<'_>, member: &'static str) -> Option<FieldKind> {
    let name = reader.text(member)?;
    let kind = FieldKind::find(&name);
    if kind.is_none() {
        reader.wrong(member, format!("is no kind of field; there are {}", FieldKind::names()));
    }
    kind
}

fn named_rule(reader: &mut DefinitionMembers<'_>) -> Option<&'static str> {
    let name = reader.text("rule")?;
    let found = rule::named(&name);
    if found.is_none() {
        let names: Vec<_> = rule::NAMED.iter().map(|rule| rule.name).collect();
        reader.wrong("rule", format!("is no rule; there are {}", names.join(", ")));
    }
    found.map(|rule| rule.name)
}

fn default(reader: &mut DefinitionMembers<'_>) -> Option<DefaultDefinition> {
    Some(match reader.take("default")? {
        Value::Text(text) => DefaultDefinition::Text(text.expose().to_owned()),
        Value::Number(number) => DefaultDefinition::Text(number.to_string()),
        Value::Bool(flag) => DefaultDefinition::Flag(flag),
        Value::List(items) => {
            let texts: Option<Vec<_>> =
                items.iter().map(|item| item.as_text().map(|text| text.expose().to_owned())).collect();
            let Some(texts) = texts else {
                reader.wrong("default", "must be a list of texts");
                return None;
            };
            DefaultDefinition::List(texts)
        }
        other => {
            reader.wrong(
                "default",
                format!("must be a text, a number, a flag or a list, not {}", other.shape()),
            );
            return None;
        }
    })
}

fn limits(reader: &mut DefinitionMembers<'_>) -> Limits {
    const MAX_PATTERN: usize = 1024;
    let pattern = match reader.take("pattern") {
        Some(Value::Text(text)) if (1..=MAX_PATTERN).contains(&text.expose().len()) => {
            Some(text.expose().to_owned())
        }
        Some(_) => {
            reader.wrong("pattern", "must be a regular expression of at most 1 KiB");
            None
        }
        None => None,
    };
    Limits { min: reader.number("min"), max: reader.number("max"), pattern, choices: reader.texts("choices") }
}
