//! A type, made of a definition that has no faults. Its texts stay in memory until the process ends.

use super::constraint;
use super::definition::{
    DefaultDefinition, FieldDefinition, HeadlineDefinition, NOTICES, READERS, SecrecyDefinition,
    TypeDefinition,
};
use super::field_kind::FieldKind;
use crate::kind::definition::{Kind, Prefixed, TypeOrigin};
use crate::kind::fact::FactSource;
use crate::kind::field::{DefaultValue, Field, KeyStoreShape, Secrecy, Shape};
use crate::kind::headline::Headline;

/// Makes the type of a definition.
pub(super) fn compile(definition: &TypeDefinition, origin: TypeOrigin) -> Kind {
    let built_in = &definition.built_in;
    let name = text(&definition.name);
    let summary = text(&definition.summary);
    let fields: Vec<_> = definition.fields.iter().map(field).collect();
    let facts = definition.facts.as_ref().and_then(|facts| {
        let reader = READERS.into_iter().find(|reader| reader.name == facts.reader)?;
        Some(FactSource { path: path(&facts.path), encoded: facts.encoded, reader })
    });
    Kind {
        short: definition.short.as_deref().map_or(name, text),
        title: definition.title.as_deref().map_or(name, text),
        keywords: definition.keywords.as_deref().map_or(summary, text),
        headline: headline(definition),
        content: built_in.content,
        aliases: texts(&definition.aliases),
        systems: built_in.systems.clone().leak(),
        prefixed: built_in.prefixed.unwrap_or(Prefixed::Named),
        requires: texts(&built_in.requires),
        options: texts(&built_in.options),
        foreign: texts(&built_in.foreign),
        password: definition.password.as_deref().map(text),
        token: definition.token.as_deref().map(text),
        id_field: built_in.id_field.as_deref().map(text),
        identity_name: built_in.identity_name,
        key_type: built_in.key_type,
        promotable: built_in.promotable,
        facts,
        notice: built_in.notice.and_then(|name| NOTICES.into_iter().find(|notice| notice.name == name)),
        expires_from: definition.expires_from.as_deref().map(text),
        rotate_after: definition.rotate_after,
        origin,
        ..Kind::new(name, summary, fields.leak())
    }
}

fn headline(definition: &TypeDefinition) -> Headline {
    match &definition.headline {
        HeadlineDefinition::Paths(paths) => {
            let paths: Vec<_> = paths.iter().map(|one| path(one)).collect();
            Headline::Field(paths.leak())
        }
        HeadlineDefinition::Fact(name) => Headline::Fact(text(name)),
        HeadlineDefinition::Name => Headline::Name,
        HeadlineDefinition::None(reason) => Headline::None(text(reason)),
        HeadlineDefinition::Usual => {
            let is_shown = |field: &&FieldDefinition| !field.is_secret() && field.kind.is_line();
            match definition.fields.iter().find(is_shown) {
                Some(field) => Headline::Field(vec![path(&field.name)].leak()),
                None => Headline::None("its definition names no field for it"),
            }
        }
    }
}

fn field(definition: &FieldDefinition) -> Field {
    Field {
        name: text(&definition.name),
        aliases: texts(&definition.aliases),
        class: definition.class,
        shape: shape(definition),
        secrecy: match &definition.secrecy {
            SecrecyDefinition::Public => Secrecy::Public,
            SecrecyDefinition::Secret => Secrecy::Secret,
            SecrecyDefinition::Sealed => Secrecy::Sealed,
            SecrecyDefinition::Except(public) => Secrecy::SecretExcept(texts(public)),
        },
        help: text(&definition.help),
        prompt: definition.prompt.as_deref().map(text),
        variable: definition.env.as_deref().map(text),
        file_variable: definition.env_file.as_deref().map(text),
        default: definition.default.as_ref().map(|default| match default {
            DefaultDefinition::Text(value) => DefaultValue::Text(text(value)),
            DefaultDefinition::Flag(flag) => DefaultValue::Flag(*flag),
            DefaultDefinition::List(items) => DefaultValue::List(texts(items)),
        }),
        is_ours: definition.ours,
        generate: definition.generate,
        choices: texts(&definition.limits.choices),
    }
}

fn shape(definition: &FieldDefinition) -> Shape {
    let rule = || constraint::rule(definition);
    match definition.kind {
        FieldKind::Bool => Shape::Flag,
        FieldKind::Date => Shape::Time,
        FieldKind::List => Shape::List(rule()),
        FieldKind::Addresses => Shape::Several(rule()),
        FieldKind::Map => Shape::Tags,
        FieldKind::Variables => Shape::Variables,
        FieldKind::Tree => Shape::Tree,
        FieldKind::Number => Shape::Number(rule()),
        FieldKind::Lines
        | FieldKind::Certificate
        | FieldKind::PrivateKey
        | FieldKind::SshKey
        | FieldKind::File => Shape::Text(rule()),
        FieldKind::Json => Shape::JsonText(rule()),
        FieldKind::Text
        | FieldKind::Secret
        | FieldKind::Email
        | FieldKind::Url
        | FieldKind::AddressRange
        | FieldKind::Totp
        | FieldKind::Hotp
        | FieldKind::Choice => Shape::Line(rule()),
        FieldKind::Entries => {
            let entries: Vec<_> = definition.entries.iter().map(field).collect();
            Shape::Store(Box::leak(Box::new(KeyStoreShape {
                entries: entries.leak(),
                open: definition.open,
            })))
        }
    }
}

fn text(text: &str) -> &'static str {
    text.to_owned().leak()
}

fn texts(all: &[String]) -> &'static [&'static str] {
    all.iter().map(|one| text(one)).collect::<Vec<_>>().leak()
}

fn path(written: &str) -> &'static [&'static str] {
    text(written).split('.').collect::<Vec<_>>().leak()
}
