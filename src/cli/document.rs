//! Documents given with `-f`: JSON, JSON Lines or YAML in the native shape.

use std::path::Path;

use credctl::credential::{ChangeError, Credential, Draft, Violations};
use credctl::kind::{self, Kind, Named};
use credctl::value::json::{Json, JsonError, Problem};
use credctl::value::{Object, Value, json};
use credctl::vault::file::read_named;
use zeroize::Zeroizing;

use super::context::Context;
use super::error::{Error, Kind as ErrorKind};

/// Largest document.
const LIMIT: u64 = 128 * 1024 * 1024;

/// What a document holds.
pub enum Documents {
    /// One object.
    One(Object),
    /// An array, or several lines: a bulk call.
    Many(Vec<Value>),
}

/// Reads the document that `-f` names.
pub fn read(context: &Context, path: &Path) -> Result<Documents, Error> {
    let bytes = if path == Path::new("-") { context.stdin_data()? } else { read_named(path, LIMIT)? };
    let mut values = parse(&bytes).map_err(|error| not_readable(path, &error))?;
    let items = match &values[..] {
        [Value::List(items)] => items,
        values => values,
    };
    if items.is_empty() {
        return Err(Error::new(ErrorKind::Invalid, "the document holds nothing"));
    }
    if let Some(at) = items.iter().position(|item| item.as_object().is_none()) {
        let what = format!("item {} of the document must be an object, not {}", at + 1, items[at].shape());
        return Err(Error::new(ErrorKind::Invalid, what));
    }
    match (values.len(), values.pop()) {
        (1, Some(Value::Object(object))) => Ok(Documents::One(object)),
        (1, Some(Value::List(items))) => Ok(Documents::Many(items)),
        (0, _) => Err(Error::new(ErrorKind::Invalid, "the document is empty")),
        (1, Some(other)) => Err(Error::new(
            ErrorKind::Invalid,
            format!("the document must be an object, not {}", other.shape()),
        )),
        (_, last) => {
            values.extend(last);
            Ok(Documents::Many(values))
        }
    }
}

/// Reads a document that must hold one object.
pub fn read_one(context: &Context, path: &Path) -> Result<Object, Error> {
    match read(context, path)? {
        Documents::One(object) => Ok(object),
        Documents::Many(_) => {
            Err(Error::new(ErrorKind::Invalid, "one document is expected here, not several"))
        }
    }
}

fn parse(bytes: &Zeroizing<Vec<u8>>) -> Result<Vec<Value>, JsonError> {
    let error = match json::parse_many(bytes) {
        Ok(values) => return Ok(values),
        Err(error) => error,
    };
    // what begins like JSON was meant as JSON
    let begins = bytes.trim_ascii_start().first().copied();
    if error.problem != Problem::Syntax || matches!(begins, Some(b'{' | b'[' | b'"')) {
        return Err(error);
    }
    let Ok(text) = std::str::from_utf8(bytes) else { return Err(error) };
    yaml(text).map(|value| vec![value])
}

/// Reads one YAML text; its parser refuses duplicate keys and runaway aliases.
pub fn yaml(text: &str) -> Result<Value, JsonError> {
    // only true and false are booleans: a name such as `no` stays text
    let options = serde_saphyr::options! { strict_booleans: true };
    serde_saphyr::from_str_with_options::<Json>(text, options).map(|Json(value)| value).map_err(|error| {
        // its message quotes the document, which may hold secrets: only the place is told
        let number = |number: u64| usize::try_from(number).unwrap_or(usize::MAX);
        let (line, column) = error.location().map_or((1, 1), |at| (number(at.line()), number(at.column())));
        JsonError { line, column, problem: Problem::Syntax }
    })
}

fn not_readable(path: &Path, error: &JsonError) -> Error {
    let name = if path == Path::new("-") { "stdin".to_owned() } else { path.display().to_string() };
    let what = match error.problem {
        Problem::Syntax => {
            format!("{name}, line {}, column {}: neither JSON nor YAML", error.line, error.column)
        }
        _ => format!("{name}, {error}"),
    };
    Error::new(ErrorKind::Invalid, what)
}

/// A native document taken apart: what it says it is, and its members.
pub struct Native {
    /// The type it names.
    pub named: Option<Named>,
    id: Option<String>,
    content: Content,
}

enum Content {
    /// Members as the document spells them.
    Members(Object),
    /// Members that were put together from words.
    Draft(Draft),
}

impl Native {
    /// Takes a document apart; the fields may stand flat or under `fields`.
    pub fn new(document: Value) -> Result<Self, Error> {
        let Value::Object(mut members) = document else {
            return Err(
                Violations::one("document", format!("must be an object, not {}", document.shape())).into()
            );
        };
        if let Some(nested) = members.remove("fields") {
            let Value::Object(fields) = nested else {
                return Err(Violations::one("fields", "must be an object").into());
            };
            for (name, value) in fields {
                if members.insert(name.as_str(), value).is_some() {
                    return Err(Violations::one(name, "stands both beside fields and in it").into());
                }
            }
        }
        let id = ["id", "resourceId"].into_iter().find_map(|name| members.get(name)?.as_text());
        let id = id.map(|id| id.expose().to_owned());
        let named = match members.get("type") {
            Some(Value::Text(name)) => {
                Some(kind::find(name.expose()).ok_or_else(|| unknown_type(name.expose()))?)
            }
            Some(other) => {
                return Err(Violations::one("type", format!("must be a text, not {}", other.shape())).into());
            }
            None => None,
        };
        if let Some(connector_type) = named.as_ref().and_then(|named| named.connector_type.as_deref())
            && members.get("connectorType").is_none()
        {
            members.insert("connectorType", Value::text(connector_type));
        }
        Ok(Self { named, id, content: Content::Members(members) })
    }

    /// The same from words, whose type is known already.
    pub fn from_draft(kind: &'static Kind, draft: Draft) -> Self {
        Self { named: Some(Named { kind, connector_type: None }), id: None, content: Content::Draft(draft) }
    }

    /// The id it names, or what is the id for its type.
    pub fn key(&self) -> Option<&str> {
        let field = self.named.as_ref().and_then(|named| named.kind.id_field);
        let by_field = || match (&self.content, field) {
            (Content::Members(members), Some(field)) => Some(members.get(field)?.as_text()?.expose()),
            _ => None,
        };
        self.id.as_deref().or_else(by_field)
    }

    /// The draft for a type.
    pub fn draft(self, kind: &Kind) -> Result<Draft, Error> {
        match self.content {
            Content::Members(members) => Ok(Draft::from_members(kind, members)?),
            Content::Draft(draft) => Ok(draft),
        }
    }

    /// Whether the type it names, if it names one, is the stored one. That it differs is told before
    /// members are read that mean something else for the other type.
    pub fn check_identity(&self, stored: &Credential) -> Result<(), Error> {
        match &self.named {
            Some(named) if *named.kind != *stored.kind() => {
                Err(ChangeError::Immutable { field: "type" }.into())
            }
            _ => Ok(()),
        }
    }

    /// The type, which a new credential cannot do without.
    pub fn kind(&self) -> Result<&'static Kind, Error> {
        self.named
            .as_ref()
            .map(|named| named.kind)
            .ok_or_else(|| Error::from(Violations::one("type", "is required: one of `credctl types`")))
    }
}

/// The error for a type in a document or a command that is not in the catalogue.
pub fn unknown_type(name: &str) -> Error {
    known_types(name, Violations::one("type", "is not a known type").into())
}

/// The error for an option that names a type that is not in the catalogue.
pub fn unknown_type_option(name: &str) -> Error {
    known_types(name, Error::usage("--type is not a known type").param("type", "is not a known type"))
}

/// An error with the types that there are.
fn known_types(name: &str, error: Error) -> Error {
    let known =
        || kind::KINDS.iter().flat_map(|kind| std::iter::once(kind.name).chain(kind.aliases.iter().copied()));
    let lower = name.to_lowercase();
    let distance = |known: &str| strsim::damerau_levenshtein(&lower, &known.to_lowercase());
    let error = match known().map(|known| (distance(known), known)).min() {
        Some((distance, nearest)) if distance <= 3 => error.hint(format!("did you mean {nearest}?")),
        _ => error,
    };
    let names: Vec<_> = kind::KINDS.iter().map(|kind| kind.name).collect();
    error.hint(format!("known types: {}", names.join(", ")))
}
