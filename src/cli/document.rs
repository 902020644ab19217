//! Documents given with `-f`, as they are read and parsed: JSON, JSON Lines or YAML.
//!
//! `recognition.rs` decides what they mean.

use std::path::Path;

use credctl::credential::Violations;
use credctl::disk::read_named;
use credctl::text::{self, Nature, Text};
use credctl::value::json::{JsonError, Problem};
use credctl::value::{DocumentError, Object, Value, parse_document};

use super::collection::check_is_one;
use super::context::{Input, Ui};
use super::error::{Error, Failure};

/// The largest document, in bytes.
const LIMIT: u64 = 128 * 1024 * 1024;

/// The content of a document.
pub enum Documents {
    /// One object.
    One(Object),
    /// An array, or several lines: a bulk call.
    Many(Vec<Value>),
}

impl Documents {
    /// Returns the objects.
    pub fn objects(&self) -> impl Iterator<Item = &Object> {
        let (one, many) = match self {
            Self::One(object) => (Some(object), &[][..]),
            Self::Many(values) => (None, &values[..]),
        };
        one.into_iter().chain(many.iter().filter_map(Value::as_object))
    }
}

/// Reads the document that `-f` names.
pub fn read(ui: &Ui, input: &Input, path: &Path) -> Result<Documents, Error> {
    let mut values = load(ui, input, path)?;
    let items = match &values[..] {
        [Value::List(items)] => items,
        values => values,
    };
    if items.is_empty() {
        return Err(Error::new(Failure::Invalid, "the document is empty"));
    }
    all_objects(items)?;
    match (values.len(), values.pop()) {
        (1, Some(Value::Object(mut object))) => match object.remove("credential") {
            // the answer of a system that wraps several
            Some(Value::List(items)) if items.len() > 1 => {
                all_objects(&items)?;
                Ok(Documents::Many(items))
            }
            Some(inner) => {
                object.insert("credential", inner);
                Ok(Documents::One(object))
            }
            None => check_is_one(&object).map(|()| Documents::One(object)),
        },
        (1, Some(Value::List(items))) => Ok(Documents::Many(items)),
        (0, _) => Err(Error::new(Failure::Invalid, "the document is empty")),
        (1, Some(other)) => Err(Error::new(
            Failure::Invalid,
            format!("the document must be an object, not {}", other.shape()),
        )),
        (_, last) => {
            values.extend(last);
            Ok(Documents::Many(values))
        }
    }
}

fn all_objects(items: &[Value]) -> Result<(), Error> {
    match items.iter().position(|item| item.as_object().is_none()) {
        None => Ok(()),
        Some(at) => {
            let what =
                format!("item {} of the document must be an object, not {}", at + 1, items[at].shape());
            Err(Error::new(Failure::Invalid, what))
        }
    }
}

/// Reads a document that must hold one object.
pub fn read_one(ui: &Ui, input: &Input, path: &Path) -> Result<Object, Error> {
    match read(ui, input, path)? {
        Documents::One(object) => Ok(object),
        Documents::Many(_) => Err(Error::new(Failure::Invalid, "one document is expected here, not several")),
    }
}

/// Returns the ids that a document names: `{"ids": [...]}`.
pub fn ids(document: &Object) -> Result<Vec<String>, Error> {
    let ids = document.get("ids").and_then(Value::as_list).unwrap_or_default();
    let ids: Option<Vec<String>> = ids.iter().map(|id| Some(id.as_text()?.expose().to_owned())).collect();
    ids.filter(|ids| !ids.is_empty())
        .ok_or_else(|| Violations::one("ids", "must be a list of at least one id").into())
}

/// Reads the items of a document: a list, an object with a list as a member of one of these names, or one
/// item by itself.
pub fn entries(ui: &Ui, input: &Input, path: &Path, members: &[&str]) -> Result<Vec<Value>, Error> {
    let mut values = load(ui, input, path)?;
    let only = if values.len() == 1 { values.pop() } else { None };
    match only {
        Some(Value::List(items)) => Ok(items),
        Some(Value::Object(mut object)) => {
            let member = members.iter().copied().find(|name| object.get(name).is_some());
            match member.and_then(|name| Some((name, object.remove(name)?))) {
                Some((_, Value::List(items))) => Ok(items),
                Some((_, Value::Null)) => Ok(Vec::new()),
                Some((name, other)) => {
                    Err(Violations::one(name, format!("must be a list, not {}", other.shape())).into())
                }
                None => Ok(vec![object.into()]),
            }
        }
        Some(other) => Ok(vec![other]),
        None => Ok(values),
    }
}

/// Returns the values of a document: the items of a list, or all values that follow one another.
pub fn values(path: &Path, text: &str) -> Result<Vec<Value>, Error> {
    let mut values = parse(path, text)?;
    Ok(match (values.len(), values.pop()) {
        (1, Some(Value::List(items))) => items,
        (_, last) => {
            values.extend(last);
            values
        }
    })
}

fn load(ui: &Ui, input: &Input, path: &Path) -> Result<Vec<Value>, Error> {
    let bytes = if path == Path::new("-") { input.data(ui)? } else { read_named(path, LIMIT)? };
    parse(path, &decode(path, &bytes)?)
}

/// Parses the values of a text.
fn parse(path: &Path, text: &str) -> Result<Vec<Value>, Error> {
    let values = parse_document(text);
    let is_collection = |value: &Value| matches!(value, Value::Object(_) | Value::List(_));
    if !matches!(&values, Ok(values) if !values.is_empty() && values.iter().all(is_collection))
        && let Some(nature) = Nature::of(text.as_bytes())
    {
        return Err(something_else(path, &nature));
    }
    values.map_err(|error| {
        let is_bad_json = matches!(error, DocumentError::Json(JsonError { problem: Problem::Syntax, .. }));
        let error = Error::new(Failure::Invalid, format!("{}, {error}", name_of(path))).describing(error);
        if is_bad_json {
            error.hint("YAML that begins with a brace needs a line `---` in front")
        } else {
            error
        }
    })
}

/// Decodes bytes as text. The error says what the bytes are.
pub fn decode<'a>(path: &Path, bytes: &'a [u8]) -> Result<Text<'a>, Error> {
    text::decode(bytes).map_err(|error| match Nature::of(bytes) {
        Some(nature) => something_else(path, &nature),
        None => Error::new(Failure::Invalid, format!("{} {error}", name_of(path))).describing(error),
    })
}

/// Makes the error for a file that is something else.
pub fn something_else(path: &Path, nature: &Nature) -> Error {
    let error = Error::new(Failure::Invalid, format!("{} is {}", name_of(path), nature.name));
    nature.hint.into_iter().fold(error, Error::hint)
}

/// Returns the name of a document in messages.
pub fn name_of(path: &Path) -> String {
    if path == Path::new("-") { "stdin".to_owned() } else { path.display().to_string() }
}

/// Makes the error for envelope options with several documents: the options can apply to one document only.
pub fn several_envelopes() -> Error {
    Error::usage("envelope options cannot be used with several documents")
}
