//! The checks of members together, after each was read by itself.

use std::collections::BTreeSet;

use super::definition::{
    DefaultDefinition, FieldDefinition, HeadlineDefinition, READERS, SecrecyDefinition, TypeDefinition,
};
use super::fault::DefinitionFaults;
use super::field_kind::FieldKind;
use super::{constraint, name};
use crate::kind::field::Generation;

/// Checks a definition as a whole.
pub(super) fn check(definition: &TypeDefinition, is_built_in: bool) -> Result<(), DefinitionFaults> {
    let mut faults = DefinitionFaults::default();
    if !is_built_in {
        let members = [("name", &definition.name)].into_iter();
        let short = definition.short.iter().map(|short| ("short", short));
        let aliases = definition.aliases.iter().map(|alias| ("aliases", alias));
        for (member, text) in members.chain(short).chain(aliases) {
            if let Some(reason) = name::type_name(text) {
                faults.add(member, reason);
            }
        }
    }
    let mut taken = BTreeSet::new();
    for (index, field) in definition.fields.iter().enumerate() {
        let path = format!("field[{index}]");
        for (member, text) in named(field) {
            // built-in fields have names that documents know for something else, too
            if let Some(reason) = name::field_name(text).filter(|_| !is_built_in) {
                faults.add(format!("{path}.{member}"), reason);
            } else if !taken.insert(text.clone()) && !is_built_in {
                faults.add(format!("{path}.{member}"), "is the name of another field, too");
            }
        }
        check_field(field, &path, &mut faults);
    }
    if let Some(facts) = &definition.facts {
        let names =
            READERS.iter().find(|reader| reader.name == facts.reader).map_or(&[][..], |reader| reader.names);
        if let Some(clash) = names.iter().find(|name| taken.contains(**name)) {
            faults.add("facts", format!("gives `{clash}`, which is the name of a field"));
        }
        if !is_built_in
            && !definition.fields.iter().any(|field| field.name == facts.path && field.kind.has_text())
        {
            faults.add("facts.of", "must be the name of a field with a text");
        }
    }
    references(definition, is_built_in, &mut faults);
    faults.or(())
}

/// Returns the names of a field, each with the member that gives it.
fn named(field: &FieldDefinition) -> impl Iterator<Item = (&'static str, &String)> {
    std::iter::once(("name", &field.name)).chain(field.aliases.iter().map(|alias| ("aliases", alias)))
}

/// Checks the members of the type that name one of its fields.
fn references(definition: &TypeDefinition, is_built_in: bool, faults: &mut DefinitionFaults) {
    let find = |name: &str| definition.fields.iter().find(|field| field.name == name);
    if let Some(name) = &definition.expires_from
        && !find(name).is_some_and(|field| field.kind == FieldKind::Date && !field.is_secret())
    {
        faults.add("expires-from", "must be the name of a field of kind date");
    }
    if is_built_in {
        // their paths lead into key stores and trees; tests of the catalogue look at them
        return;
    }
    let is_secret_text = |field: &FieldDefinition| field.is_secret() && field.kind.has_text();
    for (member, name) in [("password", &definition.password), ("token", &definition.token)] {
        if let Some(name) = name
            && !find(name).is_some_and(is_secret_text)
        {
            faults.add(member, "must be the name of a secret field with a text");
        }
    }
    match &definition.headline {
        HeadlineDefinition::Paths(paths) => {
            let is_shown = |field: &FieldDefinition| !field.is_secret() && field.kind.is_line();
            if !paths.iter().all(|path| find(path).is_some_and(is_shown)) {
                faults.add("headline", "must name fields of one line that are not secret");
            }
        }
        HeadlineDefinition::Fact(name) => {
            let reader = definition
                .facts
                .as_ref()
                .and_then(|facts| READERS.iter().find(|one| one.name == facts.reader));
            if !reader.is_some_and(|reader| reader.names.contains(&name.as_str())) {
                faults.add("headline", "must be the name of a fact");
            }
        }
        HeadlineDefinition::Name => faults.add("headline", "{ name = true } is for built-in types only"),
        HeadlineDefinition::Usual | HeadlineDefinition::None(_) => {}
    }
}

fn check_field(field: &FieldDefinition, path: &str, faults: &mut DefinitionFaults) {
    let mut wrong = |member: &str, reason: &str| faults.add(format!("{path}.{member}"), reason);
    let kind = field.kind;
    let limits = &field.limits;
    let is_number = kind == FieldKind::Number;
    if (limits.min.is_some() || limits.max.is_some()) && !kind.has_text() && !is_number {
        wrong("min", "is for texts and numbers only");
    }
    if let (Some(min), Some(max)) = (&limits.min, &limits.max)
        && min.as_f64() > max.as_f64()
    {
        wrong("min", "must not be greater than max");
    }
    let is_length = |limit: &serde_json::Number| limit.as_u64().is_some_and(|limit| limit <= 128 << 20);
    if !is_number && !limits.min.iter().chain(&limits.max).all(is_length) {
        wrong("min", "must be a number of characters");
    }
    if let Some(pattern) = &limits.pattern {
        if !kind.has_text() {
            wrong("pattern", "is for texts only");
        }
        if let Err(reason) = constraint::pattern(pattern) {
            wrong("pattern", &reason);
        }
    }
    let is_choice = kind == FieldKind::Choice || (kind == FieldKind::List && field.of == FieldKind::Choice);
    match (is_choice, limits.choices.is_empty()) {
        (true, true) => wrong("choices", "is required: the texts to choose from"),
        (false, false) => wrong("choices", "is for the kind choice only"),
        _ => {}
    }
    if kind == FieldKind::List && !field.of.is_line() && field.of != FieldKind::Lines {
        wrong("of", "must be a kind with a text of one line");
    }
    if kind != FieldKind::List && field.of != FieldKind::Text {
        wrong("of", "is for the kind list only");
    }
    if field.rule.is_some() && !kind.has_text() && kind != FieldKind::List {
        wrong("rule", "is for texts only");
    }
    if matches!(field.secrecy, SecrecyDefinition::Except(_)) && kind != FieldKind::Tree {
        wrong("public", "is for the kind tree only");
    }
    if field.is_secret()
        && matches!(kind, FieldKind::Bool | FieldKind::Date | FieldKind::Number | FieldKind::List)
    {
        wrong("secret", "is for texts, maps and trees only");
    }
    for (member, variable) in [("env", &field.env), ("env-file", &field.env_file)] {
        if let Some(reason) = variable.as_deref().and_then(name::variable) {
            wrong(member, reason);
        }
    }
    let is_line = kind.is_line() && field.is_secret();
    if field.generate != Generation::Possible && !is_line {
        wrong("generate", "is for secrets of one line only");
    }
    check_default(field, &mut wrong);
}

fn check_default(field: &FieldDefinition, wrong: &mut impl FnMut(&str, &str)) {
    let Some(default) = &field.default else { return };
    if field.is_secret() {
        return wrong("default", "cannot be given for a secret, because everybody may see the definition");
    }
    let fits = |texts: &[&str]| {
        let rule = constraint::rule_for(field);
        texts.iter().find_map(|text| rule(text).err())
    };
    let reason = match (field.kind, default) {
        (FieldKind::Bool, DefaultDefinition::Flag(_)) => None,
        (FieldKind::Bool, _) => Some("must be true or false".into()),
        (FieldKind::List, DefaultDefinition::List(items)) => {
            fits(&items.iter().map(String::as_str).collect::<Vec<_>>())
        }
        (FieldKind::List, _) => Some("must be a list".into()),
        (
            FieldKind::Date
            | FieldKind::Addresses
            | FieldKind::Map
            | FieldKind::Variables
            | FieldKind::Tree
            | FieldKind::Entries,
            _,
        ) => Some("cannot be given for this kind of field".into()),
        (_, DefaultDefinition::Text(text)) => fits(&[text]),
        _ => Some("must be a text".into()),
    };
    if let Some(reason) = reason {
        wrong("default", &reason);
    }
}
